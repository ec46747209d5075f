import { expect, test } from 'vitest';
import { isCompliant, isOverSixMonths, meetsTarget, type SecondmentTerms } from './secondment.ts';

const terms = (change: Partial<SecondmentTerms>): SecondmentTerms => ({
  titleLevelAtStart: 'MID',
  startOn: '2023-03-01',
  plannedEndOn: '2024-08-31',
  actualEndOn: null,
  fullTime: true,
  daysPerWeek: null,
  ...change,
});
const judge = (change: Partial<SecondmentTerms>): readonly boolean[] => [
  isCompliant(terms(change)),
  isOverSixMonths(terms(change)),
];

test('TV-76 exactly 18 months of a mid-level title comply', () => {
  expect(judge({})).toEqual([true, true]);
});

test('TV-77 one day short of 18 months does not comply, yet counts for six months', () => {
  expect(judge({ plannedEndOn: '2024-08-30' })).toEqual([false, true]);
});

test('TV-78 a junior title complies with nothing', () => {
  expect(judge({ plannedEndOn: '2025-02-28', titleLevelAtStart: 'JUNIOR' })).toEqual([false, false]);
});

test('TV-79 what ended early is judged by its actual end', () => {
  expect(judge({ plannedEndOn: '2024-12-31', actualEndOn: '2023-10-01' })).toEqual([false, true]);
});

test('part time complies from three days a week', () => {
  expect(judge({ fullTime: false, daysPerWeek: '3.0' })).toEqual([true, true]);
  expect(judge({ fullTime: false, daysPerWeek: '2.5' })).toEqual([false, true]);
});

test('exactly six months do not exceed six months', () => {
  expect(judge({ plannedEndOn: '2023-08-31' })).toEqual([false, false]);
  expect(judge({ plannedEndOn: '2023-09-01' })).toEqual([false, true]);
});

test('TV-80 a strict target of 150 is not met by 150, an inclusive one of 100 is met by 101', () => {
  expect(meetsTarget(312, { target: 300, strict: true })).toBe(true);
  expect(meetsTarget(150, { target: 150, strict: true })).toBe(false);
  expect(meetsTarget(101, { target: 100, strict: false })).toBe(true);
  expect(meetsTarget(100, { target: 100, strict: false })).toBe(true);
});
