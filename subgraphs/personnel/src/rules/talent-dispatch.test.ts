import { expect, test } from 'vitest';
import {
  type AssignmentDemand,
  type ExpertOffer,
  advanceDispatch,
  assignExpert,
  decideDispatchRequest,
} from './talent-dispatch.ts';

const requested = { status: 'REQUESTED', skill: 'REHAB' } as const;
const assign = (offer: Partial<ExpertOffer>, demand: Partial<AssignmentDemand> = {}) =>
  assignExpert(
    requested,
    { skills: ['INTERNAL', 'REHAB'], availableDays: 4, radiusKm: 60, willing: true, ...offer },
    { days: 2, promisedDays: 0, distanceKm: 45, ...demand },
  );
const allowed = { kind: 'ALLOWED' };
const assigned = { kind: 'ALLOWED', status: 'ASSIGNED' };
const refused = (code: string, ...path: string[]) => ({ kind: 'REFUSED', code, path });
const unsuited = refused('VALIDATION_FAILED', 'practitionerId');

test('an expert is asked for between days in order', () => {
  expect([
    decideDispatchRequest({ from: '2024-03-05', to: '2024-03-05' }),
    decideDispatchRequest({ from: '2024-03-05', to: '2024-03-04' }),
  ]).toEqual([allowed, refused('VALIDATION_FAILED', 'to')]);
});

test('an expert goes who is willing and has the skill', () => {
  expect([assign({}), assign({ willing: false }), assign({ skills: ['INTERNAL'] })]).toEqual([
    assigned,
    unsuited,
    unsuited,
  ]);
});

test('an expert gives no more days a month than offered', () => {
  const full = refused('CAPACITY_EXCEEDED', 'practitionerId');
  expect([
    assign({}, { days: 4 }),
    assign({}, { days: 5 }),
    assign({}, { promisedDays: 2 }),
    assign({}, { promisedDays: 3 }),
    assign({}, { days: 1, promisedDays: 3 }),
    assign({}, { days: 0 }),
  ]).toEqual([assigned, full, assigned, full, assigned, refused('VALIDATION_FAILED', 'days')]);
});

test('an expert travels within the radius, where both are known', () => {
  expect([
    assign({}, { distanceKm: 60 }),
    assign({}, { distanceKm: 60.1 }),
    assign({}, { distanceKm: null }),
    assign({ radiusKm: null }, { distanceKm: 500 }),
  ]).toEqual([assigned, unsuited, assigned, assigned]);
});

test('a dispatch is assigned, then completed, and may be cancelled before', () => {
  const statuses = ['REQUESTED', 'ASSIGNED', 'COMPLETED', 'CANCELLED'] as const;
  const events = ['ASSIGN', 'COMPLETE', 'CANCEL'] as const;
  const no = refused('INVALID_TRANSITION');
  const to = (status: string) => ({ kind: 'ALLOWED', status });
  expect(statuses.map((status) => events.map((event) => advanceDispatch(status, event)))).toEqual([
    [to('ASSIGNED'), no, to('CANCELLED')],
    [no, to('COMPLETED'), to('CANCELLED')],
    [no, no, no],
    [no, no, no],
  ]);
});

test('an expert is assigned to an open request only', () => {
  const offer = { skills: ['REHAB'], availableDays: 4, radiusKm: null, willing: true };
  const demand = { days: 1, promisedDays: 0, distanceKm: null };
  const unwilling = { ...offer, willing: false };
  expect([
    assignExpert({ status: 'ASSIGNED', skill: 'REHAB' }, offer, demand),
    assignExpert({ status: 'ASSIGNED', skill: 'REHAB' }, unwilling, demand),
  ]).toEqual([refused('INVALID_TRANSITION'), refused('INVALID_TRANSITION')]);
});
