import { describe, expect, test } from 'vitest';
import {
  acceptBy,
  arriveBy,
  expiresAt,
  hasExpired,
  isTimely,
  type ReferralTimes,
  statusAt,
  timelinessOf,
} from './referral-limits.ts';
import { transition } from './referral-transition.ts';

const submittedAt = '2024-05-06T09:00:00+08:00';
const later = '2024-06-30T00:00:00+08:00';

function referral(changes: Partial<ReferralTimes>): ReferralTimes {
  return {
    direction: 'UP',
    urgency: 'ROUTINE',
    status: 'SUBMITTED',
    submittedAt,
    acceptedAt: null,
    arrivedAt: null,
    ...changes,
  };
}

function arrived(acceptedAt: string, arrivedAt: string, changes: Partial<ReferralTimes> = {}): ReferralTimes {
  return referral({ status: 'ARRIVED', acceptedAt, arrivedAt, ...changes });
}

describe('one referral', () => {
  test('TV-35 accepted within the day, arrived within the week: timely', () => {
    expect(isTimely(arrived('2024-05-07T08:59:00+08:00', '2024-05-12T10:00:00+08:00'), later)).toBe(true);
  });

  test('TV-36 not accepted at 09:00:00 of the next day: expired at that instant, and not timely', () => {
    const open = referral({});
    expect({
      dueAt: expiresAt(open),
      before: hasExpired(open, '2024-05-07T08:59:59+08:00'),
      at: hasExpired(open, '2024-05-07T09:00:00+08:00'),
      timelyBefore: isTimely(open, '2024-05-07T08:59:59+08:00'),
      timelyAt: isTimely(open, '2024-05-07T09:00:00+08:00'),
      acceptedLate: isTimely(arrived('2024-05-07T09:01:00+08:00', '2024-05-08T09:00:00+08:00'), later),
      expired: isTimely(referral({ status: 'EXPIRED' }), later),
    }).toEqual({
      dueAt: '2024-05-07T09:00:00+08:00',
      before: false,
      at: true,
      timelyBefore: null,
      timelyAt: false,
      acceptedLate: false,
      expired: false,
    });
  });

  test('TV-36 whoever accepts at 09:01 finds it expired, also before the timer has run', () => {
    const open = referral({});
    const accept = (at: string) => transition(statusAt(open, at), 'ACCEPT');
    expect([
      accept('2024-05-07T08:59:59+08:00'),
      accept('2024-05-07T09:01:00+08:00'),
      statusAt(open, '2024-05-07T09:01:00+08:00'),
    ]).toEqual(['ACCEPTED', 'INVALID_TRANSITION', 'EXPIRED']);
  });

  test('TV-37 urgent, accepted after 1 h 59, arrived after three days and an hour: not timely', () => {
    const late = arrived('2024-05-06T10:59:00+08:00', '2024-05-09T11:59:00+08:00', { urgency: 'URGENT' });
    expect(isTimely(late, later)).toBe(false);
  });

  test('arriving exactly at the limit is timely, a minute later is not', () => {
    const urgent = (arrivedAt: string) =>
      isTimely(arrived('2024-05-06T10:59:00+08:00', arrivedAt, { urgency: 'URGENT' }), later);
    expect([urgent('2024-05-09T10:59:00+08:00'), urgent('2024-05-09T11:00:00+08:00')]).toEqual([true, false]);
  });

  test('accepting exactly at the limit is within it', () => {
    expect(isTimely(arrived('2024-05-07T09:00:00+08:00', '2024-05-12T10:00:00+08:00'), later)).toBe(true);
  });

  test('drafts and cancelled referrals do not count, rejected ones are not timely', () => {
    expect([
      isTimely(referral({ status: 'DRAFT', submittedAt: null }), later),
      isTimely(referral({ status: 'CANCELLED' }), later),
      isTimely(referral({ status: 'CANCELLED', acceptedAt: '2024-05-08T09:00:00+08:00' }), later),
      isTimely(referral({ status: 'REJECTED' }), later),
    ]).toEqual([null, null, null, false]);
  });

  test('one accepted and not yet arrived counts once its arrival limit has passed', () => {
    const waiting = referral({ status: 'ACCEPTED', urgency: 'URGENT', acceptedAt: '2024-05-06T10:00:00+08:00' });
    expect([isTimely(waiting, '2024-05-09T10:00:00+08:00'), isTimely(waiting, '2024-05-09T10:00:01+08:00')]).toEqual([
      null,
      false,
    ]);
  });
});

describe('limits', () => {
  test('by urgency, and 48 hours for any down-referral', () => {
    expect([
      acceptBy({ direction: 'UP', urgency: 'EMERGENCY' }, submittedAt),
      acceptBy({ direction: 'LATERAL', urgency: 'URGENT' }, submittedAt),
      acceptBy({ direction: 'UP', urgency: 'ROUTINE' }, submittedAt),
      acceptBy({ direction: 'DOWN', urgency: 'EMERGENCY' }, submittedAt),
      arriveBy('EMERGENCY', submittedAt),
      arriveBy('URGENT', submittedAt),
      arriveBy('ROUTINE', submittedAt),
    ]).toEqual([
      '2024-05-06T09:10:00+08:00',
      '2024-05-06T11:00:00+08:00',
      '2024-05-07T09:00:00+08:00',
      '2024-05-08T09:00:00+08:00',
      '2024-05-07T09:00:00+08:00',
      '2024-05-09T09:00:00+08:00',
      '2024-05-13T09:00:00+08:00',
    ]);
  });

  test('accepted and scheduled referrals expire seven days after acceptance, whatever their urgency', () => {
    const acceptedAt = '2024-05-06T10:00:00+08:00';
    expect([
      expiresAt(referral({ status: 'ACCEPTED', acceptedAt, urgency: 'EMERGENCY' })),
      expiresAt(referral({ status: 'SCHEDULED', acceptedAt })),
      expiresAt(referral({ status: 'ARRIVED', acceptedAt })),
      expiresAt(referral({ status: 'DRAFT', submittedAt: null })),
      hasExpired(referral({ status: 'SCHEDULED', acceptedAt }), '2024-05-13T09:59:59+08:00'),
      hasExpired(referral({ status: 'SCHEDULED', acceptedAt }), '2024-05-13T10:00:00+08:00'),
      hasExpired(referral({ status: 'COMPLETED', acceptedAt }), later),
    ]).toEqual(['2024-05-13T10:00:00+08:00', '2024-05-13T10:00:00+08:00', null, null, false, true, false]);
  });
});

describe('many referrals', () => {
  test('TV-40 twenty submitted, two cancelled, fifteen timely: 83.33 %', () => {
    const timely = arrived('2024-05-06T10:00:00+08:00', '2024-05-07T10:00:00+08:00');
    const late = arrived('2024-05-06T10:00:00+08:00', '2024-05-14T10:00:00+08:00');
    const many = [
      ...Array.from({ length: 15 }, () => timely),
      ...Array.from({ length: 3 }, () => late),
      ...Array.from({ length: 2 }, () => referral({ status: 'CANCELLED' })),
    ];
    expect(timelinessOf(many, later)).toEqual({ timely: 15, counted: 18, rate: '83.33' });
  });

  test('of none that counts there is no rate', () => {
    expect(timelinessOf([referral({})], submittedAt)).toEqual({ timely: 0, counted: 0, rate: null });
  });
});
