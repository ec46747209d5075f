import { expect, test } from 'vitest';
import { inReferralTargetOrder, type ReferralTarget } from './referral-target-order.ts';

function target(id: string, changes: Partial<ReferralTarget> = {}): ReferralTarget {
  return {
    id,
    isOwnLead: false,
    canTreat: true,
    isCountyHospital: false,
    isPairedCityHospital: false,
    nextSlotAt: '2024-05-07T08:00:00+08:00',
    distanceKm: 10,
    ...changes,
  };
}

const order = (...targets: ReferralTarget[]) => inReferralTargetOrder(targets).map(({ id }) => id);

test('own lead, other county hospitals, paired city hospital, others, however near', () => {
  expect(
    order(
      target('other', { distanceKm: 1 }),
      target('city', { isPairedCityHospital: true, distanceKm: 2 }),
      target('county', { isCountyHospital: true, distanceKm: 3 }),
      target('lead', { isOwnLead: true, isCountyHospital: true, distanceKm: 40 }),
    ),
  ).toEqual(['lead', 'county', 'city', 'other']);
});

test('a lead hospital that cannot treat the diagnosis is one of the others', () => {
  expect(
    order(
      target('lead', { isOwnLead: true, isCountyHospital: true, canTreat: false, distanceKm: 5 }),
      target('near', { distanceKm: 4 }),
      target('far', { distanceKm: 6 }),
      target('city', { isPairedCityHospital: true }),
      target('county', { isCountyHospital: true }),
    ),
  ).toEqual(['county', 'city', 'near', 'lead', 'far']);
});

test('inside a class the earlier slot, then the nearer, then the id; what is unknown comes last', () => {
  expect(
    order(
      target('g', { nextSlotAt: null, distanceKm: 1 }),
      target('f', { distanceKm: null }),
      target('e', { distanceKm: 20 }),
      target('d', { distanceKm: 10 }),
      target('c', { distanceKm: 10 }),
      target('b', { nextSlotAt: '2024-05-06T23:00:00Z', distanceKm: 90 }),
      target('a', { nextSlotAt: null, distanceKm: null }),
    ),
  ).toEqual(['b', 'c', 'd', 'e', 'f', 'g', 'a']);
});
