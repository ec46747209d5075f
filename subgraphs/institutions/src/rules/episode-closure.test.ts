import { expect, test } from 'vitest';
import type { ReferralDirection, ReferralStatus } from '../schema-types.ts';
import { episodeClosedAt, followUpDays } from './episode-closure.ts';

const may = (day: number) => `2024-05-${String(day).padStart(2, '0')}T10:00:00+08:00`;

const referral = (direction: ReferralDirection, status: ReferralStatus, completedAt: string | null = null) => ({
  direction,
  status,
  completedAt,
});

const up = referral('UP', 'COMPLETED', may(10));

test('TV-41 up-referral completed, no down-referral, follow-up at the township on day 6: closed', () => {
  expect([episodeClosedAt([up], [may(16)]), episodeClosedAt([up], [])]).toEqual([may(16), null]);
});

test('a late follow-up closes it too', () => {
  expect(episodeClosedAt([up], [may(29)])).toBe(may(29));
});

test('a completed down-referral closes it, one under way does not', () => {
  expect([
    episodeClosedAt([up, referral('DOWN', 'COMPLETED', may(20))], []),
    episodeClosedAt([up, referral('DOWN', 'IN_TREATMENT')], []),
    episodeClosedAt([up, referral('DOWN', 'REJECTED')], []),
    episodeClosedAt([up, referral('DOWN', 'IN_TREATMENT')], [may(14)]),
  ]).toEqual([may(20), null, null, may(14)]);
});

test('the first of down-referral and follow-ups counts, and nothing closes before the up-referral is completed', () => {
  expect([
    episodeClosedAt([up, referral('DOWN', 'COMPLETED', may(20))], [may(18), may(15)]),
    episodeClosedAt([up], [may(9)]),
    episodeClosedAt([referral('UP', 'IN_TREATMENT')], [may(15)]),
  ]).toEqual([may(15), may(10), null]);
});

test('of several up-referrals all that took effect must be completed', () => {
  expect([
    episodeClosedAt([up, referral('UP', 'COMPLETED', may(19))], [may(16)]),
    episodeClosedAt([up, referral('UP', 'ARRIVED')], [may(16)]),
    episodeClosedAt(
      [up, referral('UP', 'REJECTED'), referral('UP', 'EXPIRED'), referral('UP', 'CANCELLED')],
      [may(16)],
    ),
    episodeClosedAt([referral('UP', 'CANCELLED')], [may(16)]),
    episodeClosedAt([], [may(16)]),
  ]).toEqual([may(19), null, may(16), null, null]);
});

test('follow-up within 7 days, within 3 after stroke, infarction and delivery', () => {
  expect(
    ['J18.9', 'I63.9', 'I21.9', 'I22', 'O80', 'O84.9', 'O85', 'I20', 'I69', ''].map((code) => followUpDays(code)),
  ).toEqual([7, 3, 3, 3, 3, 3, 7, 7, 7, 7]);
});
