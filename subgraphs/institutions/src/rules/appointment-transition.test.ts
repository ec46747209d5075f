import { expect, test } from 'vitest';
import type { AppointmentStatus } from '../schema-types.ts';
import { appointmentAfter } from './appointment-transition.ts';

test('what is booked is met, cancelled or missed; who has come is served; the rest is final', () => {
  const after = (status: AppointmentStatus) =>
    (['CHECK_IN', 'COMPLETE', 'CANCEL', 'MISS'] as const).map((event) => appointmentAfter(status, event));
  expect({
    BOOKED: after('BOOKED'),
    CHECKED_IN: after('CHECKED_IN'),
    SERVED: after('SERVED'),
    NO_SHOW: after('NO_SHOW'),
    CANCELLED: after('CANCELLED'),
  }).toEqual({
    BOOKED: ['CHECKED_IN', null, 'CANCELLED', 'NO_SHOW'],
    CHECKED_IN: [null, 'SERVED', null, null],
    SERVED: [null, null, null, null],
    NO_SHOW: [null, null, null, null],
    CANCELLED: [null, null, null, null],
  });
});
