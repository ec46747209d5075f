import { expect, test } from 'vitest';
import { prescriberRefusal, type PracticePlace, type PrescribingPerson } from './prescriber.ts';

const doctor = { prescriber: true, licensed: true, licensedUntil: '2025-12-31' };
const county = { institutionId: 'in_county', status: 'ACTIVE', validFrom: '2020-01-01', validTo: '2024-06-30' };
const refusal = (
  change: Partial<PrescribingPerson> = {},
  places: readonly PracticePlace[] = [county],
  { institutionId = 'in_county', day = '2024-06-30' } = {},
) => prescriberRefusal({ ...doctor, ...change }, places, { institutionId, day });

test('prescriptions are signed only where a registration is valid on the day', () => {
  expect([
    refusal(),
    refusal({}, [county], { day: '2024-07-01' }),
    refusal({}, [county], { day: '2019-12-31' }),
    refusal({}, [county], { institutionId: 'in_town' }),
    refusal({}, [{ ...county, status: 'SUSPENDED' }]),
    prescriberRefusal(undefined, [county], { institutionId: 'in_county', day: '2024-06-30' }),
  ]).toEqual([null, 'NOT_HERE', 'NOT_HERE', 'NOT_HERE', 'NOT_HERE', 'UNKNOWN']);
});

test('one of several registrations is enough to sign at its place', () => {
  const places = [county, { ...county, institutionId: 'in_town', validTo: null }];
  const at = ['in_county', 'in_town', 'in_other'];
  expect(at.map((institutionId) => refusal({}, places, { institutionId }))).toEqual([null, null, 'NOT_HERE']);
});

test('prescriptions are signed by who may prescribe, through the last day of the licence', () => {
  const open = [{ ...county, validTo: null }];
  expect([
    refusal({ prescriber: false }),
    refusal({ licensed: false }),
    refusal({}, open, { day: '2025-12-31' }),
    refusal({}, open, { day: '2026-01-01' }),
    refusal({ licensedUntil: null }, open, { day: '2026-01-01' }),
  ]).toEqual(['NO_PRESCRIBER', 'UNLICENSED', null, 'UNLICENSED', null]);
});
