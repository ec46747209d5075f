import { expect, test } from 'vitest';
import { type BookableEquipment, freeIntervals, inMaintenance, type KeptTime } from './equipment-availability.ts';

/** Monday 6 May 2024. */
const on = (time: string) => `2024-05-06T${time}:00+08:00`;

const scanner: BookableEquipment = {
  status: 'IN_USE',
  operatorCount: 1,
  openHours: [
    { weekday: 1, opens: '08:00', closes: '12:00' },
    { weekday: 1, opens: '13:00', closes: '16:00' },
  ],
  slotMinutes: 15,
  bufferMinutes: 5,
  maintenance: [],
};

const nine: KeptTime = { status: 'CONFIRMED', heldAt: on('07:00'), start: on('09:00'), blockedUntil: on('09:20') };
const monday = { start: on('00:00'), end: '2024-05-07T00:00:00+08:00' };

const free = (reservations: readonly KeptTime[], unit: Partial<BookableEquipment> = {}, at = on('07:00')) =>
  freeIntervals({ ...scanner, ...unit }, reservations, monday, at).map(
    ({ start, end }) => `${start.slice(11, 16)}-${end.slice(11, 16)}`,
  );

test('what is open is free but for what stands, the pause before and after it', () => {
  expect([free([]), free([nine]), free([{ ...nine, start: on('08:10'), blockedUntil: on('09:20') }])]).toEqual([
    ['08:00-12:00', '13:00-16:00'],
    ['08:00-08:55', '09:20-12:00', '13:00-16:00'],
    ['09:20-12:00', '13:00-16:00'],
  ]);
});

test('a lapsed hold, a cancelled and an expired reservation keep nothing', () => {
  const all = ['08:00-12:00', '13:00-16:00'];
  expect([
    free([{ ...nine, status: 'HELD', heldAt: on('06:45') }]),
    free([{ ...nine, status: 'HELD', heldAt: on('06:46') }]).length,
    free([{ ...nine, status: 'CANCELLED' }]),
    free([{ ...nine, status: 'EXPIRED' }]),
  ]).toEqual([all, 3, all, all]);
});

test('what has passed is not free, nor is a unit out of use, without operators or in maintenance', () => {
  expect([
    free([], {}, on('11:30')),
    free([], {}, on('11:50')),
    free([], {}, '2024-05-08T09:00:00+08:00'),
    free([], { status: 'MAINTENANCE' }),
    free([], { operatorCount: 0 }),
    free([], { maintenance: [{ from: on('09:00'), to: on('13:30') }] }),
    free([nine], {
      maintenance: [
        { from: on('08:00'), to: on('10:00') },
        { from: on('14:00'), to: null },
      ],
    }),
  ]).toEqual([
    ['11:30-12:00', '13:00-16:00'],
    ['13:00-16:00'],
    [],
    [],
    [],
    ['08:00-09:00', '13:30-16:00'],
    ['10:00-12:00', '13:00-14:00'],
  ]);
});

test('hours that touch are one interval', () => {
  const openHours = [
    { weekday: 1, opens: '12:00', closes: '16:00' },
    { weekday: 1, opens: '08:00', closes: '12:00' },
  ];
  expect(free([], { openHours })).toEqual(['08:00-16:00']);
});

test('a use lies in a maintenance when they have an instant in common', () => {
  const use = { start: on('09:00'), end: on('09:15') };
  expect([
    inMaintenance([{ from: on('09:14'), to: on('10:00') }], use),
    inMaintenance([{ from: on('09:15'), to: on('10:00') }], use),
    inMaintenance([{ from: on('08:00'), to: on('09:00') }], use),
    inMaintenance([{ from: on('08:00'), to: null }], use),
  ]).toEqual([true, false, false, true]);
});
