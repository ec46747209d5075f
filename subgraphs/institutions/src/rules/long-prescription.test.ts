import { timesTaken } from './drug-frequency.ts';
import { expect, test } from 'vitest';
import type { ChronicDisease, Tier } from '../schema-types.ts';
import {
  longPrescriptionRefusal,
  type LongPrescriptionRequest,
  type PrescribedDrug,
  prescribedQuantity,
} from './long-prescription.ts';

const drug: PrescribedDrug = {
  days: 28,
  essential: true,
  contractFlexible: false,
  availableAtCountyHospital: false,
};

const first: LongPrescriptionRequest = {
  issue: 'FIRST',
  tier: 'TOWNSHIP',
  prescriberIsPhysician: true,
  disease: 'HTN',
  followUpsControlled: [true, true],
  latestReadingControlled: null,
  contracted: false,
  drugs: [drug],
};

const refusal = (changes: Partial<LongPrescriptionRequest>) => longPrescriptionRefusal({ ...first, ...changes });
const invalid = (field: string) => ({ code: 'VALIDATION_FAILED', field });

test('TV-87 one tablet twice a day for 84 days are 168 tablets; 90 days are too many', () => {
  const days = (number: number) => refusal({ drugs: [{ ...drug, days: number }] });
  expect([prescribedQuantity('1', timesTaken('1', 84) ?? 0), days(84), days(90)]).toEqual([
    '168',
    null,
    { code: 'DAYS_EXCEEDED', field: 'lines.0.days' },
  ]);
});

test('quantities are exact, also of half tablets', () => {
  expect([prescribedQuantity('0.5', 29), prescribedQuantity('0.1', 84)]).toEqual(['14.5', '8.4']);
});

test('from 28 to 84 days, each line', () => {
  const days = (...numbers: number[]) => refusal({ drugs: numbers.map((number) => ({ ...drug, days: number })) });
  expect([days(27), days(28), days(84), days(85), days(28, 85), days()]).toEqual([
    invalid('lines.0.days'),
    null,
    null,
    { code: 'DAYS_EXCEEDED', field: 'lines.0.days' },
    { code: 'DAYS_EXCEEDED', field: 'lines.1.days' },
    invalid('lines'),
  ]);
});

test('only diseases of the list', () => {
  const diseases: readonly ChronicDisease[] = ['HTN', 'T2DM', 'STROKE', 'CHD', 'COPD', 'CANCER', 'MENTAL', 'TB'];
  expect([diseases.filter((disease) => refusal({ disease }) === null), refusal({ disease: null })]).toEqual([
    ['HTN', 'T2DM', 'CHD', 'COPD'],
    invalid('diseaseKind'),
  ]);
});

test('the last two follow-ups were controlled, and no reading since was uncontrolled', () => {
  expect([
    refusal({ followUpsControlled: [true, true, false] }),
    refusal({ followUpsControlled: [true, false, true] }),
    refusal({ followUpsControlled: [false, true] }),
    refusal({ followUpsControlled: [true] }),
    refusal({ latestReadingControlled: true }),
    refusal({ latestReadingControlled: false }),
    refusal({ issue: 'REFILL', latestReadingControlled: false }),
  ]).toEqual([
    null,
    invalid('residentId'),
    invalid('residentId'),
    invalid('residentId'),
    null,
    invalid('residentId'),
    invalid('residentId'),
  ]);
});

test('first issued by a physician at township or county, refilled in village or township', () => {
  const tiers: readonly Tier[] = ['CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE'];
  expect([
    tiers.filter((tier) => refusal({ tier }) === null),
    tiers.filter((tier) => refusal({ tier, issue: 'REFILL' }) === null),
    refusal({ tier: 'VILLAGE' }),
    refusal({ prescriberIsPhysician: false }),
    refusal({ tier: 'VILLAGE', issue: 'REFILL', prescriberIsPhysician: false }),
  ]).toEqual([
    ['COUNTY', 'TOWNSHIP'],
    ['TOWNSHIP', 'VILLAGE'],
    invalid('institutionId'),
    invalid('prescriberId'),
    null,
  ]);
});

test('outside the essential list only with a contract, if flexible and in stock at the county hospital', () => {
  const flexible: PrescribedDrug = {
    ...drug,
    essential: false,
    contractFlexible: true,
    availableAtCountyHospital: true,
  };
  expect([
    refusal({ contracted: true, drugs: [drug, flexible] }),
    refusal({ contracted: false, drugs: [drug, flexible] }),
    refusal({ contracted: true, drugs: [{ ...flexible, contractFlexible: false }] }),
    refusal({ contracted: true, drugs: [{ ...flexible, availableAtCountyHospital: false }] }),
  ]).toEqual([null, invalid('lines.1.drugId'), invalid('lines.0.drugId'), invalid('lines.0.drugId')]);
});
