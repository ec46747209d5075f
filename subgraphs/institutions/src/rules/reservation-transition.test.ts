import { expect, test } from 'vitest';
import type { EquipmentStatus, ReservationStatus } from '../schema-types.ts';
import { mayBecome, reservationAfter } from './reservation-transition.ts';

const events = ['CONFIRM', 'COMPLETE', 'CANCEL', 'MISS', 'EXPIRE', 'DISPLACE'] as const;

test('a hold is confirmed, cancelled, lapses or is displaced; what is confirmed is used, missed, cancelled or displaced', () => {
  const after = (status: ReservationStatus) => events.map((event) => reservationAfter(status, event));
  const final = [null, null, null, null, null, null];
  expect({
    HELD: after('HELD'),
    CONFIRMED: after('CONFIRMED'),
    RESCHEDULE_NEEDED: after('RESCHEDULE_NEEDED'),
    DONE: after('DONE'),
    NO_SHOW: after('NO_SHOW'),
    CANCELLED: after('CANCELLED'),
    EXPIRED: after('EXPIRED'),
  }).toEqual({
    HELD: ['CONFIRMED', null, 'CANCELLED', null, 'EXPIRED', 'RESCHEDULE_NEEDED'],
    CONFIRMED: [null, 'DONE', 'CANCELLED', 'NO_SHOW', null, 'RESCHEDULE_NEEDED'],
    RESCHEDULE_NEEDED: [null, null, 'CANCELLED', null, null, null],
    DONE: final,
    NO_SHOW: final,
    CANCELLED: final,
    EXPIRED: final,
  });
});

test('a unit that is retired is never used again', () => {
  const states: EquipmentStatus[] = ['IN_USE', 'MAINTENANCE', 'IDLE', 'RETIRED'];
  expect(states.map((from) => states.filter((to) => mayBecome(from, to)))).toEqual([
    ['MAINTENANCE', 'IDLE', 'RETIRED'],
    ['IN_USE', 'IDLE', 'RETIRED'],
    ['IN_USE', 'MAINTENANCE', 'RETIRED'],
    [],
  ]);
});
