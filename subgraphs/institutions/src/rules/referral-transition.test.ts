import { describe, expect, test } from 'vitest';
import type { ReferralStatus } from '../schema-types.ts';
import {
  guardedTransition,
  missingInputs,
  type ReferralEvent,
  type ReferralState,
  referralRules,
  statusAfterSubmit,
  transition,
} from './referral-transition.ts';

const statuses: readonly ReferralStatus[] = [
  'DRAFT',
  'SUBMITTED',
  'ACCEPTED',
  'REJECTED',
  'SCHEDULED',
  'ARRIVED',
  'IN_TREATMENT',
  'DOWN_PROPOSED',
  'COMPLETED',
  'CANCELLED',
  'EXPIRED',
];

const events: readonly ReferralEvent[] = [
  'SUBMIT',
  'APPROVE_OUT_OF_COUNTY',
  'ACCEPT',
  'REJECT',
  'SCHEDULE',
  'ARRIVE',
  'START_TREATMENT',
  'PROPOSE_DOWN',
  'COMPLETE',
  'CANCEL',
  'EXPIRE',
];

const routineOut: ReferralState = {
  direction: 'UP',
  status: 'SUBMITTED',
  scope: 'OUT_OF_COUNTY',
  urgency: 'ROUTINE',
  greenChannel: false,
  outOfCountyApproved: false,
};

describe('the state machine', () => {
  test('TV-38 a draft cannot arrive', () => {
    expect(transition('DRAFT', 'ARRIVE')).toBe('INVALID_TRANSITION');
  });

  test('TV-36 what has expired is not accepted', () => {
    expect(transition('EXPIRED', 'ACCEPT')).toBe('INVALID_TRANSITION');
  });

  test('every status allows exactly the steps of the table', () => {
    const allowed = statuses.map((status) => [
      status,
      events.flatMap((event) => {
        const next = transition(status, event);
        return next === 'INVALID_TRANSITION' ? [] : [`${event} ${next}`];
      }),
    ]);
    expect(Object.fromEntries(allowed)).toEqual({
      DRAFT: ['SUBMIT SUBMITTED', 'CANCEL CANCELLED'],
      SUBMITTED: [
        'APPROVE_OUT_OF_COUNTY SUBMITTED',
        'ACCEPT ACCEPTED',
        'REJECT REJECTED',
        'CANCEL CANCELLED',
        'EXPIRE EXPIRED',
      ],
      ACCEPTED: ['SCHEDULE SCHEDULED', 'ARRIVE ARRIVED', 'CANCEL CANCELLED', 'EXPIRE EXPIRED'],
      SCHEDULED: ['ARRIVE ARRIVED', 'CANCEL CANCELLED', 'EXPIRE EXPIRED'],
      ARRIVED: ['START_TREATMENT IN_TREATMENT'],
      IN_TREATMENT: ['PROPOSE_DOWN DOWN_PROPOSED', 'COMPLETE COMPLETED'],
      DOWN_PROPOSED: ['COMPLETE COMPLETED'],
      REJECTED: [],
      COMPLETED: [],
      CANCELLED: [],
      EXPIRED: [],
    });
  });

  test('every event has its actor', () => {
    expect(events.map((event) => `${event} ${referralRules[event].who}`)).toEqual([
      'SUBMIT FROM',
      'APPROVE_OUT_OF_COUNTY REFERRAL_OFFICE',
      'ACCEPT TO',
      'REJECT TO',
      'SCHEDULE TO',
      'ARRIVE TO',
      'START_TREATMENT TO',
      'PROPOSE_DOWN TO',
      'COMPLETE TO',
      'CANCEL FROM_OR_RESIDENT',
      'EXPIRE SYSTEM',
    ]);
  });

  test('an event names what it lacks', () => {
    expect([
      missingInputs('SUBMIT', new Set()),
      missingInputs('REJECT', new Set(['attachments'])),
      missingInputs('CANCEL', new Set(['reason'])),
      missingInputs('SCHEDULE', new Set()),
      missingInputs('ARRIVE', new Set()),
      missingInputs('COMPLETE', new Set()),
      missingInputs('COMPLETE', new Set(['outcome'])),
      missingInputs('ACCEPT', new Set()),
    ]).toEqual([
      ['attachments'],
      ['reason'],
      [],
      ['slotOrBed'],
      ['encounter'],
      ['outcome', 'dischargeSummary'],
      ['dischargeSummary'],
      [],
    ]);
  });
});

describe('out of the county', () => {
  const approved = { ...routineOut, outOfCountyApproved: true };

  test('accepted only after the county referral office has approved', () => {
    expect([
      guardedTransition(routineOut, 'ACCEPT'),
      guardedTransition(routineOut, 'APPROVE_OUT_OF_COUNTY'),
      guardedTransition(approved, 'ACCEPT'),
    ]).toEqual(['INVALID_TRANSITION', 'SUBMITTED', 'ACCEPTED']);
  });

  test('before approval it may be rejected, cancelled and expire', () => {
    expect([
      guardedTransition(routineOut, 'REJECT'),
      guardedTransition(routineOut, 'CANCEL'),
      guardedTransition(routineOut, 'EXPIRE'),
    ]).toEqual(['REJECTED', 'CANCELLED', 'EXPIRED']);
  });

  test('an emergency and a green channel need no approval, and there is none to give', () => {
    const emergency: ReferralState = { ...routineOut, urgency: 'EMERGENCY' };
    const green: ReferralState = { ...routineOut, urgency: 'URGENT', greenChannel: true };
    expect([
      guardedTransition(emergency, 'ACCEPT'),
      guardedTransition(green, 'ACCEPT'),
      guardedTransition(emergency, 'APPROVE_OUT_OF_COUNTY'),
      guardedTransition(green, 'APPROVE_OUT_OF_COUNTY'),
    ]).toEqual(['ACCEPTED', 'ACCEPTED', 'INVALID_TRANSITION', 'INVALID_TRANSITION']);
  });

  test('nothing is approved twice, within the county or before submission', () => {
    expect([
      guardedTransition(approved, 'APPROVE_OUT_OF_COUNTY'),
      guardedTransition({ ...routineOut, scope: 'INTER_ALLIANCE' }, 'APPROVE_OUT_OF_COUNTY'),
      guardedTransition({ ...routineOut, status: 'DRAFT' }, 'APPROVE_OUT_OF_COUNTY'),
      guardedTransition({ ...routineOut, scope: 'INTER_ALLIANCE' }, 'ACCEPT'),
    ]).toEqual(['INVALID_TRANSITION', 'INVALID_TRANSITION', 'INVALID_TRANSITION', 'ACCEPTED']);
  });
});

test('TV-39 through the green channel a referral is accepted right after submission', () => {
  expect([statusAfterSubmit(true), statusAfterSubmit(false)]).toEqual(['ACCEPTED', 'SUBMITTED']);
});
