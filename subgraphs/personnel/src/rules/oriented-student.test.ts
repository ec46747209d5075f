import { expect, test } from 'vitest';
import { advanceStudent, decideAgreement, serviceEndsOn } from './oriented-student.ts';

const statuses = ['STUDYING', 'RESIDENCY', 'SERVING', 'COMPLETED', 'BREACHED'] as const;
const events = ['ENTER_RESIDENCY', 'START_SERVICE', 'COMPLETE_SERVICE', 'BREACH'] as const;
const allowed = { kind: 'ALLOWED' };
const refused = (code: string, ...path: string[]) => ({ kind: 'REFUSED', code, path });
const to = (status: string) => ({ kind: 'ALLOWED', status });

test('a student studies, trains, serves and completes, or breaks the agreement before that', () => {
  const no = refused('INVALID_TRANSITION');
  const steps = statuses.map((status) =>
    events.map((event) => advanceStudent({ status, serviceEndsOn: '2029-07-31' }, event, '2029-07-31')),
  );
  expect(steps).toEqual([
    [to('RESIDENCY'), to('SERVING'), no, to('BREACHED')],
    [no, to('SERVING'), no, to('BREACHED')],
    [no, no, to('COMPLETED'), to('BREACHED')],
    [no, no, no, no],
    [no, no, no, no],
  ]);
});

test('a service is complete on its last day, not before', () => {
  const complete = (ends: string | null) =>
    advanceStudent({ status: 'SERVING', serviceEndsOn: ends }, 'COMPLETE_SERVICE', '2029-07-30');
  expect([complete('2029-07-31'), complete('2029-07-30'), complete(null)]).toEqual([
    refused('INVALID_TRANSITION'),
    to('COMPLETED'),
    refused('INVALID_TRANSITION'),
  ]);
});

test('a service starts before its last day is known', () => {
  expect([
    advanceStudent({ status: 'RESIDENCY', serviceEndsOn: null }, 'START_SERVICE', '2023-08-01'),
    advanceStudent({ status: 'SERVING', serviceEndsOn: '2029-07-31' }, 'BREACH', '2023-08-02'),
  ]).toEqual([to('SERVING'), to('BREACHED')]);
});

test('the service owed ends the day before its anniversary', () => {
  expect([serviceEndsOn('2023-08-01', 6), serviceEndsOn('2024-02-29', 1)]).toEqual(['2029-07-31', '2025-02-27']);
});

test('an agreement has a graduation after the enrolment and whole years of service', () => {
  const agreement = { enrolledOn: '2018-09-01', graduatesOn: '2023-06-30', serviceYears: 6 };
  expect([
    decideAgreement(agreement),
    decideAgreement({ ...agreement, graduatesOn: null, serviceYears: 1 }),
    decideAgreement({ ...agreement, graduatesOn: '2018-09-01' }),
    decideAgreement({ ...agreement, serviceYears: 0 }),
    decideAgreement({ ...agreement, serviceYears: 1.5 }),
  ]).toEqual([
    allowed,
    allowed,
    refused('VALIDATION_FAILED', 'graduatesOn'),
    refused('VALIDATION_FAILED', 'serviceYears'),
    refused('VALIDATION_FAILED', 'serviceYears'),
  ]);
});
