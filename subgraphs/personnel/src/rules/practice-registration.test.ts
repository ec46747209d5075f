import { expect, test } from 'vitest';
import {
  type HeldRegistration,
  type LicenceTerms,
  type RegistrationRequest,
  decideRegistration,
  isLicenceInForce,
  prescribingRight,
} from './practice-registration.ts';

const licence: LicenceTerms = { status: 'VALID', kind: '1', scope: 'INTERNAL', assessedUntil: '2025-12-31' };
const held = (change: Partial<HeldRegistration>): HeldRegistration => ({
  institutionId: 'in_county',
  kind: 'PRIMARY',
  status: 'ACTIVE',
  daysPerWeek: '4.0',
  from: '2020-01-01',
  to: null,
  ...change,
});
const decide = (change: Partial<RegistrationRequest>, registrations = [held({})], terms = licence) =>
  decideRegistration(
    { licence: terms, registrations },
    {
      institutionId: 'in_town',
      kind: 'ADDITIONAL',
      daysPerWeek: '2',
      licenceKind: '1',
      licenceScope: 'INTERNAL',
      sharesAlliance: false,
      from: '2024-03-01',
      to: null,
      ...change,
    },
  );
const allowed = { kind: 'ALLOWED' };
const wrong = (path: string) => ({ kind: 'REFUSED', code: 'VALIDATION_FAILED', path: [path] });

test('there is exactly one primary registration at a time', () => {
  expect([
    decide({ kind: 'PRIMARY' }, []),
    decide({ kind: 'PRIMARY' }),
    decide({ kind: 'PRIMARY' }, [held({ status: 'SUSPENDED' })]),
    decide({ kind: 'PRIMARY' }, [held({ status: 'ENDED' })]),
    decide({ kind: 'PRIMARY' }, [held({ to: '2024-02-29' })]),
    decide({ kind: 'PRIMARY', to: '2024-12-31' }, [held({ from: '2025-01-01' })]),
  ]).toEqual([allowed, wrong('kind'), wrong('kind'), allowed, allowed, allowed]);
});

test('further places need the primary one first', () => {
  expect([
    decide({}, []),
    decide({ kind: 'FILING', sharesAlliance: true }, []),
    decide({}, [held({ from: '2024-03-02' })]),
    decide({}, [held({ from: '2024-03-01' })]),
  ]).toEqual([wrong('kind'), wrong('kind'), wrong('kind'), allowed]);
});

test('a further place has the class and the scope of the licence', () => {
  expect([decide({}), decide({ licenceKind: '4' }), decide({ licenceScope: 'SURGERY' })]).toEqual([
    allowed,
    wrong('licenceKind'),
    wrong('licenceScope'),
  ]);
});

test('inside one alliance a filing is enough, outside it is not', () => {
  const filing = { kind: 'FILING', licenceKind: null, licenceScope: null } as const;
  expect([decide({ ...filing, sharesAlliance: true }), decide({ ...filing, sharesAlliance: false })]).toEqual([
    allowed,
    wrong('kind'),
  ]);
});

test('the places of a person make at most seven days a week', () => {
  expect(['3', '3.5', '0', '-1', null].map((daysPerWeek) => decide({ daysPerWeek }))).toEqual([
    allowed,
    wrong('daysPerWeek'),
    wrong('daysPerWeek'),
    wrong('daysPerWeek'),
    allowed,
  ]);
});

test('only places of the same time share a week', () => {
  const further = (institutionId: string, from: string, to: string) =>
    held({ institutionId, kind: 'ADDITIONAL', daysPerWeek: '2', from, to });
  const first = further('in_A', '2024-01-01', '2024-06-30');
  const second = further('in_B', '2024-07-01', '2024-12-31');
  expect([
    decide({ daysPerWeek: '1' }, [held({}), first, second]),
    decide({ daysPerWeek: '1.5' }, [held({}), first]),
    decide({ daysPerWeek: '1.5' }, [held({}), second]),
    decide({ daysPerWeek: '1.5', to: '2024-06-30' }, [held({}), second]),
    decide({ daysPerWeek: '1.5' }, [held({}), { ...first, status: 'ENDED' }]),
  ]).toEqual([allowed, wrong('daysPerWeek'), wrong('daysPerWeek'), allowed, allowed]);
});

test('one institution has one registration of a person', () => {
  expect([
    decide({ institutionId: 'in_county' }),
    decide({ institutionId: 'in_county' }, [
      held({ institutionId: 'in_other' }),
      held({ kind: 'ADDITIONAL', to: '2024-02-29' }),
    ]),
  ]).toEqual([wrong('institutionId'), allowed]);
});

test('a registration does not end before it begins, and not without a licence in force', () => {
  expect([
    decide({ to: '2024-02-29' }),
    decide({ to: '2024-03-01' }),
    decide({}, [held({})], { ...licence, assessedUntil: '2024-02-29' }),
    decide({}, [held({})], { ...licence, status: 'SUSPENDED' }),
  ]).toEqual([wrong('validTo'), allowed, wrong('practitionerId'), wrong('practitionerId')]);
});

test('a licence is in force through the last day of its assessment', () => {
  const terms = [
    licence,
    { ...licence, assessedUntil: null },
    { ...licence, assessedUntil: '2025-12-30' },
    { ...licence, status: 'CANCELLED' },
    { ...licence, status: null },
  ] as const;
  expect(terms.map((one) => isLicenceInForce(one, '2025-12-31'))).toEqual([true, true, false, false, false]);
});

test('a place without days told takes none of the week', () => {
  const untold = held({ daysPerWeek: null });
  const full = held({ daysPerWeek: '7' });
  expect([
    decide({ daysPerWeek: '7' }, [untold]),
    decide({ daysPerWeek: null }, [full]),
    decide({ daysPerWeek: '0.5' }, [full]),
  ]).toEqual([allowed, allowed, wrong('daysPerWeek')]);
});

test('the right to prescribe follows from category and licence', () => {
  const categories = ['PHYSICIAN', 'ASSISTANT_PHYSICIAN', 'VILLAGE_DOCTOR', 'TRAINEE_PHYSICIAN', 'NURSE'] as const;
  const right = (category: string) => prescribingRight({ category, licenceStatus: 'VALID' });
  expect(categories.map((category) => right(category).prescriber)).toEqual([true, true, true, false, false]);
  expect(categories.map((category) => right(category).physician)).toEqual([true, false, false, false, false]);
  const licences = [
    { licenceStatus: 'VALID', licenceAssessedUntil: '2025-12-31' },
    { licenceStatus: 'SUSPENDED', licenceAssessedUntil: '2025-12-31' },
    { licenceStatus: null, licenceAssessedUntil: null },
  ];
  expect(licences.map(prescribingRight)).toEqual([
    { prescriber: false, physician: false, licensed: true, licensedUntil: '2025-12-31' },
    { prescriber: false, physician: false, licensed: false, licensedUntil: '2025-12-31' },
    { prescriber: false, physician: false, licensed: false, licensedUntil: null },
  ]);
});
