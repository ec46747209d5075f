import { expect, test } from 'vitest';
import type { AppointmentStatus } from '../schema-types.ts';
import { type BookableSlot, type BookingRequest, bookingRefusal } from './slot-booking.ts';

const slot: BookableSlot = {
  departmentId: 'dp_HEART',
  channel: 'PUBLIC',
  status: 'OPEN',
  start: '2024-06-20T08:00:00+08:00',
  capacity: 2,
  bookedCount: 1,
};

const request: BookingRequest = {
  at: '2024-06-19T10:00:00+08:00',
  booker: 'PUBLIC',
  residentSigned: false,
  appointments: [],
};

test('TV-46 a township hospital books a lead-hospital slot only after the lead window', () => {
  const book = (at: string) =>
    bookingRefusal({ ...slot, channel: 'LEAD_HOSPITAL' }, { ...request, at, booker: 'MEMBER' });
  expect([book('2024-06-08T09:00:00+08:00'), book('2024-06-11T09:00:00+08:00')]).toEqual([
    { code: 'CHANNEL_CLOSED', field: 'slotId' },
    null,
  ]);
});

test('the windows may be those of a policy', () => {
  const book = (leadWindowDays: number, allianceWindowDays: number) =>
    bookingRefusal(
      { ...slot, channel: 'LEAD_HOSPITAL' },
      { ...request, at: '2024-06-08T09:00:00+08:00', booker: 'MEMBER' },
      { leadWindowDays, allianceWindowDays },
    );
  expect([book(1, 11), book(5, 7)]).toEqual([null, { code: 'CHANNEL_CLOSED', field: 'slotId' }]);
});

test('the last place is booked, no more', () => {
  expect([
    bookingRefusal(slot, request),
    bookingRefusal({ ...slot, bookedCount: 2, status: 'FULL' }, request),
    bookingRefusal({ ...slot, capacity: 0, bookedCount: 0 }, request),
  ]).toEqual([null, { code: 'SLOT_FULL', field: 'slotId' }, { code: 'SLOT_FULL', field: 'slotId' }]);
});

test('a session that is cancelled or has begun takes no bookings', () => {
  const refused = { code: 'VALIDATION_FAILED', field: 'slotId' };
  expect([
    bookingRefusal({ ...slot, status: 'CLOSED' }, request),
    bookingRefusal(slot, { ...request, at: '2024-06-20T07:59:59+08:00' }),
    bookingRefusal(slot, { ...request, at: '2024-06-20T08:00:00+08:00' }),
  ]).toEqual([refused, null, refused]);
});

test('a resident has one active appointment in a department on a day', () => {
  const having = (status: AppointmentStatus, start = '2024-06-19T23:30:00Z', departmentId = 'dp_HEART') =>
    bookingRefusal(slot, { ...request, appointments: [{ status, start, departmentId }] });
  const conflict = { code: 'SCHEDULE_CONFLICT', field: 'residentId' };
  expect([
    having('BOOKED'),
    having('CHECKED_IN'),
    having('SERVED'),
    having('NO_SHOW'),
    having('CANCELLED'),
    having('BOOKED', '2024-06-21T08:00:00+08:00'),
    having('BOOKED', slot.start, 'dp_SKIN'),
  ]).toEqual([conflict, conflict, null, null, null, null, null]);
});
