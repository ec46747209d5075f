import { expect, test } from 'vitest';
import { childSchedule, childVisitDue, growthBounds, nextChildVisit, scheduledAge } from './child-care.ts';

const born = '2020-01-31';

test('visits are due on the third and the 28th day, then at the months and years of the schedule', () => {
  expect(childSchedule.map((age) => childVisitDue(born, age))).toEqual([
    '2020-02-03',
    '2020-02-28',
    '2020-04-30',
    '2020-07-31',
    '2020-09-30',
    '2021-01-31',
    '2021-07-31',
    '2022-01-31',
    '2022-07-31',
    '2023-01-31',
    '2024-01-31',
    '2025-01-31',
    '2026-01-31',
  ]);
});

test('a day belongs to one age of the schedule, from the birth up to the seventh birthday', () => {
  const days = [
    '2020-01-30',
    '2020-01-31',
    '2020-02-20',
    '2020-02-21',
    '2020-04-15',
    '2020-04-16',
    '2027-01-30',
    '2027-01-31',
  ];
  expect(days.map((day) => scheduledAge(born, day))).toEqual([undefined, 0, 0, 1, 1, 3, 72, undefined]);
});

test('the next visit is that of the age after the last one visited, whatever was missed before', () => {
  const after = (...ages: number[]) =>
    nextChildVisit(
      born,
      ages.map((ageMonths) => ({ ageMonths })),
    );
  expect([after(), after(0), after(0, 12, 3), after(72)]).toEqual(['2020-02-03', '2020-02-28', '2021-07-31', null]);
});

test('every age of the schedule has its bounds of growth, which rise with the age', () => {
  const bounds = childSchedule.map(growthBounds);
  const ends = (part: 'weight' | 'height', end: 0 | 1) => bounds.map((one) => one[part][end]);
  for (const rising of [ends('weight', 0), ends('weight', 1), ends('height', 0), ends('height', 1)]) {
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(new Set(rising).size).toBe(childSchedule.length);
  }
});
