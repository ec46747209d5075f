import { expect, test } from 'vitest';
import { doseDue, immunisationStatus, isOfProgrammeAge, programmeDoses } from './immunisation.ts';

const born = '2024-01-15';

test('the national programme has 22 doses of nine vaccines, each due at its age', () => {
  expect(programmeDoses.map((one) => `${one.vaccine} ${one.dose} ${doseDue(one, born, null)}`)).toEqual([
    'HEP_B 1 2024-01-15',
    'HEP_B 2 2024-02-15',
    'HEP_B 3 2024-07-15',
    'BCG 1 2024-01-15',
    'POLIO 1 2024-03-15',
    'POLIO 2 2024-04-15',
    'POLIO 3 2024-05-15',
    'POLIO 4 2028-01-15',
    'DTAP 1 2024-04-15',
    'DTAP 2 2024-05-15',
    'DTAP 3 2024-06-15',
    'DTAP 4 2025-07-15',
    'DT 1 2030-01-15',
    'MMR 1 2024-09-15',
    'MMR 2 2025-07-15',
    'JE 1 2024-09-15',
    'JE 2 2026-01-15',
    'MENING 1 2024-07-15',
    'MENING 2 2024-10-15',
    'MENING 3 2027-01-15',
    'MENING 4 2030-01-15',
    'HEP_A 1 2025-07-15',
  ]);
});

test('a dose waits for its age and for the dose before it', () => {
  expect([
    doseDue({ vaccine: 'HEP_B', dose: 2 }, born, '2024-01-15'),
    doseDue({ vaccine: 'HEP_B', dose: 2 }, born, '2024-02-01'),
    doseDue({ vaccine: 'DTAP', dose: 4 }, born, '2025-06-20'),
    doseDue({ vaccine: 'JE', dose: 2 }, born, '2025-06-20'),
    doseDue({ vaccine: 'MENING', dose: 4 }, born, '2028-05-01'),
    doseDue({ vaccine: 'BCG', dose: 2 }, born, '2024-01-15'),
    doseDue({ vaccine: 'BCG', dose: 0 }, born, null),
  ]).toEqual(['2024-02-15', '2024-02-29', '2025-12-20', '2026-06-20', '2031-05-01', undefined, undefined]);
});

test('tuberculosis vaccine is given up to the fourth birthday, the others up to the eighteenth', () => {
  expect([
    isOfProgrammeAge('BCG', born, '2028-01-14'),
    isOfProgrammeAge('BCG', born, '2028-01-15'),
    isOfProgrammeAge('MMR', born, '2042-01-14'),
    isOfProgrammeAge('MMR', born, '2042-01-15'),
  ]).toEqual([true, false, true, false]);
});

test('a dose is due until it is given, put off for an illness, or barred', () => {
  const givenAt = '2024-01-15T09:00:00+08:00';
  expect([
    immunisationStatus({ givenAt: null, contraindication: null }),
    immunisationStatus({ givenAt: null, contraindication: 'ACUTE_ILLNESS' }),
    immunisationStatus({ givenAt: null, contraindication: 'ALLERGY' }),
    immunisationStatus({ givenAt, contraindication: 'ACUTE_ILLNESS' }),
  ]).toEqual(['DUE', 'POSTPONED', 'CONTRAINDICATED', 'GIVEN']);
});
