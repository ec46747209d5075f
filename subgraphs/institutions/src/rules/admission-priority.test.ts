import { expect, test } from 'vitest';
import { type AdmissionFacts, admissionPriority } from './admission-priority.ts';

const walkIn: AdmissionFacts = { greenChannel: false, indicatedUpReferral: false, contracted: false, booked: false };

test('green channel, indicated up-referral, contract, booking, walk-in', () => {
  expect([
    admissionPriority({ ...walkIn, greenChannel: true }),
    admissionPriority({ ...walkIn, indicatedUpReferral: true }),
    admissionPriority({ ...walkIn, contracted: true }),
    admissionPriority({ ...walkIn, booked: true }),
    admissionPriority(walkIn),
  ]).toEqual([1, 2, 3, 4, 5]);
});

test('the best of several grounds counts', () => {
  expect([
    admissionPriority({ greenChannel: true, indicatedUpReferral: true, contracted: true, booked: true }),
    admissionPriority({ ...walkIn, indicatedUpReferral: true, contracted: true, booked: true }),
    admissionPriority({ ...walkIn, contracted: true, booked: true }),
  ]).toEqual([1, 2, 3]);
});
