import { expect, test } from 'vitest';
import type { SpecialArea } from '../schema-types.ts';
import {
  countFinding,
  DEFAULT_COMMUNITIES_PER_COUNTY,
  DEFAULT_FEATURE_SPECIALTIES,
  DEFAULT_KEY_SPECIALTIES,
  hospitalsWithoutPartner,
  membersAtFault,
  missingSharedCentres,
} from './county-structure.ts';

test('one to three communities in a county', () => {
  expect([0, 1, 3, 4].map((count) => countFinding(count, DEFAULT_COMMUNITIES_PER_COUNTY))).toEqual([
    'TOO_FEW',
    'FITS',
    'FITS',
    'TOO_MANY',
  ]);
});

test('two key specialties or more in a community', () => {
  expect([1, 2, 40].map((count) => countFinding(count, DEFAULT_KEY_SPECIALTIES))).toEqual(['TOO_FEW', 'FITS', 'FITS']);
});

test('one or two feature specialties of the city and some of the county in a year', () => {
  const { CITY, COUNTY } = DEFAULT_FEATURE_SPECIALTIES;
  expect([
    [0, 1, 2, 3].map((count) => countFinding(count, CITY)),
    [0, 1, 9].map((count) => countFinding(count, COUNTY)),
  ]).toEqual([
    ['TOO_FEW', 'FITS', 'FITS', 'TOO_MANY'],
    ['TOO_FEW', 'FITS', 'FITS'],
  ]);
});

test('every primary institution is in exactly one community', () => {
  expect(
    membersAtFault([
      { id: 'in_NONE', communityIds: [] },
      { id: 'in_ONE', communityIds: ['al_ONE'] },
      { id: 'in_TWICE', communityIds: ['al_ONE', 'al_ONE'] },
      { id: 'in_TWO', communityIds: ['al_ONE', 'al_TWO'] },
    ]),
  ).toEqual(['in_NONE', 'in_TWO']);
});

test('a township hospital of a special area has a partner from county level or above', () => {
  expect(
    hospitalsWithoutPartner([
      { id: 'in_ALONE', specialTypes: ['POOR'], leadTiers: [] },
      { id: 'in_VILLAGES', specialTypes: ['CENTRAL_TOWN', 'ALPINE'], leadTiers: ['TOWNSHIP'] },
      { id: 'in_COUNTY', specialTypes: ['ETHNIC'], leadTiers: ['TOWNSHIP', 'COUNTY'] },
      { id: 'in_CITY', specialTypes: ['REMOTE'], leadTiers: ['CITY'] },
      { id: 'in_PLAIN', specialTypes: [], leadTiers: [] },
      { id: 'in_CENTRAL', specialTypes: ['CENTRAL_TOWN'], leadTiers: [] },
    ]),
  ).toEqual(['in_ALONE', 'in_VILLAGES']);
});

test('special areas are all but central towns', () => {
  const types: readonly SpecialArea[] = ['ETHNIC', 'POOR', 'REMOTE', 'ALPINE', 'HARDSHIP', 'CENTRAL_TOWN'];
  expect(hospitalsWithoutPartner(types.map((type) => ({ id: type, specialTypes: [type], leadTiers: [] })))).toEqual([
    'ETHNIC',
    'POOR',
    'REMOTE',
    'ALPINE',
    'HARDSHIP',
  ]);
});

test('a community has six shared centres', () => {
  expect([
    missingSharedCentres(['LOGISTICS', 'STERILISATION', 'PATHOLOGY', 'ECG', 'IMAGING', 'LAB']),
    missingSharedCentres(['LAB', 'LAB', 'IMAGING', 'STERILISATION', 'LOGISTICS']),
  ]).toEqual([[], ['ECG', 'PATHOLOGY']]);
});
