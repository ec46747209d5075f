import { expect, test } from 'vitest';
import { openMinutes, outsideOpenHours } from './open-hours.ts';

/** 6 May 2024 is a Monday. */
const at = (day: number, time: string) => `2024-05-${String(day).padStart(2, '0')}T${time}:00+08:00`;

const weekdays = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, opens: '08:00', closes: '12:00' },
  { weekday, opens: '13:00', closes: '17:00' },
]);

const monday = (start: string, end: string) => outsideOpenHours(weekdays, { start: at(6, start), end: at(6, end) });

test('an interval lies inside from the opening to the closing minute', () => {
  expect([
    monday('08:00', '12:00'),
    monday('07:59', '08:30'),
    monday('11:50', '12:01'),
    monday('12:00', '12:15'),
    monday('11:45', '13:15'),
    monday('16:45', '17:00'),
    monday('17:00', '17:15'),
  ]).toEqual([null, 'start', 'end', 'start', 'end', null, 'start']);
});

test('the day of the week is that in Asia/Shanghai, 7 is Sunday', () => {
  const sunday = [{ weekday: 7, opens: '00:00', closes: '12:00' }];
  expect([
    outsideOpenHours(sunday, { start: '2024-05-11T16:00:00Z', end: '2024-05-11T17:00:00Z' }),
    outsideOpenHours(sunday, { start: '2024-05-11T15:59:00Z', end: '2024-05-11T17:00:00Z' }),
    outsideOpenHours(weekdays, { start: at(11, '09:00'), end: at(11, '10:00') }),
    outsideOpenHours([], { start: at(6, '09:00'), end: at(6, '10:00') }),
  ]).toEqual([null, 'start', 'start', 'start']);
});

test('hours that touch, run to midnight or over it are one stretch', () => {
  const around = [
    { weekday: 1, opens: '16:00', closes: '24:00' },
    { weekday: 1, opens: '08:00', closes: '16:00' },
    { weekday: 2, opens: '00:00', closes: '01:00' },
    { weekday: 3, opens: '20:00', closes: '02:00' },
  ];
  expect([
    outsideOpenHours(around, { start: at(6, '15:50'), end: at(6, '16:10') }),
    outsideOpenHours(around, { start: at(6, '23:30'), end: at(7, '01:00') }),
    outsideOpenHours(around, { start: at(6, '23:30'), end: at(7, '01:01') }),
    outsideOpenHours(around, { start: at(9, '01:00'), end: at(9, '02:00') }),
    outsideOpenHours(around, { start: at(9, '01:30'), end: at(9, '02:01') }),
  ]).toEqual([null, null, 'end', null, 'end']);
});

test('open minutes of a day', () => {
  expect([
    openMinutes(weekdays, '2024-05-06'),
    openMinutes(weekdays, '2024-05-11'),
    openMinutes([{ weekday: 1, opens: '00:00', closes: '24:00' }], '2024-05-06'),
    openMinutes([{ weekday: 1, opens: '00:00', closes: '00:00' }], '2024-05-06'),
    openMinutes([{ weekday: 1, opens: '20:00', closes: '02:00' }], '2024-05-06'),
    openMinutes([{ weekday: 1, opens: '08:30', closes: '17:45' }], '2024-05-06'),
  ]).toEqual([480, 0, 1440, 1440, 360, 555]);
});
