import { expect, test } from 'vitest';
import {
  type SecondmentDays,
  type SecondmentRequest,
  type SecondmentTerms,
  decideSecondment,
  decideSecondmentEnd,
  isCompliant,
  isOverSixMonths,
  meetsTarget,
} from './secondment.ts';

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

test('mid-level and above comply, nobody below', () => {
  const levels = ['SENIOR', 'ASSOCIATE_SENIOR', 'MID', 'JUNIOR', 'ENTRY', 'NONE'];
  expect(levels.map((titleLevelAtStart) => isCompliant(terms({ titleLevelAtStart })))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('a region may ask for other days a week', () => {
  const twoDays = terms({ fullTime: false, daysPerWeek: '2.0' });
  const untold = terms({ fullTime: false });
  expect([isCompliant(twoDays), isCompliant(twoDays, 2), isCompliant(untold, 1)]).toEqual([false, true, false]);
});

test('18 months from the end of August end at the end of February', () => {
  expect([
    judge({ startOn: '2022-08-31', plannedEndOn: '2024-02-28' }),
    judge({ startOn: '2022-08-31', plannedEndOn: '2024-02-27' }),
  ]).toEqual([
    [true, true],
    [false, true],
  ]);
});

const request = (change: Partial<SecondmentRequest>): SecondmentRequest => ({
  fromId: 'in_lead',
  toId: 'in_town',
  startOn: '2024-03-01',
  plannedEndOn: '2025-08-31',
  fullTime: true,
  daysPerWeek: null,
  ...change,
});
const refused = (code: string, path: string) => ({ kind: 'REFUSED', code, path: [path] });
const allowed = { kind: 'ALLOWED' };

test('a secondment leads elsewhere and ends no earlier than it starts', () => {
  expect([
    decideSecondment(request({}), []),
    decideSecondment(request({ toId: 'in_lead' }), []),
    decideSecondment(request({ plannedEndOn: '2024-02-29' }), []),
    decideSecondment(request({ plannedEndOn: '2024-03-01' }), []),
  ]).toEqual([allowed, refused('VALIDATION_FAILED', 'toId'), refused('VALIDATION_FAILED', 'plannedEndOn'), allowed]);
});

test('part time tells its days a week, at most seven', () => {
  const days = [null, '0', '0.5', '7', '7.5'];
  const wrong = refused('VALIDATION_FAILED', 'daysPerWeek');
  expect(days.map((daysPerWeek) => decideSecondment(request({ fullTime: false, daysPerWeek }), []))).toEqual([
    wrong,
    wrong,
    allowed,
    allowed,
    wrong,
  ]);
});

test('a person is seconded to one place at a time, up to the end that counts', () => {
  const other = (plannedEndOn: string, actualEndOn: string | null): SecondmentDays => ({
    startOn: '2023-01-01',
    plannedEndOn,
    actualEndOn,
  });
  const others = [
    other('2024-03-01', null),
    other('2024-02-29', null),
    other('2024-12-31', '2024-02-29'),
    other('2024-01-31', '2024-03-01'),
  ];
  const conflict = refused('SCHEDULE_CONFLICT', 'startOn');
  expect(others.map((one) => decideSecondment(request({}), [one]))).toEqual([conflict, allowed, allowed, conflict]);
});

test('a secondment ends once, between its start and today', () => {
  const running = { startOn: '2024-03-01', plannedEndOn: '2025-08-31', actualEndOn: null };
  const end = (day: string) => decideSecondmentEnd(running, day, '2025-12-31', []);
  const wrong = refused('VALIDATION_FAILED', 'actualEndOn');
  expect(['2024-02-29', '2024-03-01', '2025-12-31', '2026-01-01'].map(end)).toEqual([wrong, allowed, allowed, wrong]);
  const ended = { ...running, actualEndOn: '2025-08-31' };
  expect(decideSecondmentEnd(ended, '2025-08-31', '2025-12-31', [])).toEqual({
    kind: 'REFUSED',
    code: 'INVALID_TRANSITION',
    path: [],
  });
});

test('a late end reaches no later secondment of the person', () => {
  const running = { startOn: '2024-03-01', plannedEndOn: '2025-08-31', actualEndOn: null };
  const next = { startOn: '2025-10-01', plannedEndOn: '2026-09-30', actualEndOn: null };
  const end = (day: string) => decideSecondmentEnd(running, day, '2025-12-31', [next]);
  expect(['2025-09-30', '2025-10-01'].map(end)).toEqual([allowed, refused('SCHEDULE_CONFLICT', 'actualEndOn')]);
});
