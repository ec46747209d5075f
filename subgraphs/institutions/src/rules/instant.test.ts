import { expect, test } from 'vitest';
import { compareInstants, localDay, minutesBetween, plusMinutes } from './instant.ts';

test('minutes are added across midnight, and milliseconds are kept', () => {
  expect([plusMinutes('2024-05-06T23:50:00+08:00', 15), plusMinutes('2024-05-06T00:00:00.250Z', 0)]).toEqual([
    '2024-05-07T00:05:00+08:00',
    '2024-05-06T08:00:00.250+08:00',
  ]);
});

test('an instant belongs to its day in Asia/Shanghai, whatever zone it is written in', () => {
  expect([localDay('2024-05-06T15:59:59Z'), localDay('2024-05-06T16:00:00Z')]).toEqual(['2024-05-06', '2024-05-07']);
});

test('one instant in two zones is one instant', () => {
  expect([
    compareInstants('2024-05-06T08:00:00Z', '2024-05-06T16:00:00+08:00'),
    minutesBetween('2024-05-06T08:00:00Z', '2024-05-06T16:45:00+08:00'),
  ]).toEqual([0, 45]);
});
