import { expect, test } from 'vitest';
import type { SharedCentreKind } from '../schema-types.ts';
import { type StructureFacts, structureWarnings } from './structure-warnings.ts';

const six: readonly SharedCentreKind[] = ['LAB', 'IMAGING', 'ECG', 'PATHOLOGY', 'STERILISATION', 'LOGISTICS'];

const whole: StructureFacts = {
  counties: [{ code: '320322', communities: 3, cityFeatures: 2, countyFeatures: 1 }],
  members: [{ id: 'in_ONE', county: '320322', communityIds: ['al_ONE'] }],
  communities: [{ id: 'al_ONE', county: '320322', keySpecialties: 2, centres: six }],
  hospitals: [{ id: 'in_ONE', county: '320322', specialTypes: ['REMOTE'], leadTiers: ['TOWNSHIP', 'COUNTY'] }],
};

test('a county that has all it needs is told of nothing', () => {
  expect(structureWarnings(whole)).toEqual([]);
});

test('each rule that is broken is told once, county by county', () => {
  const broken: StructureFacts = {
    counties: [
      { code: '320382', communities: 0, cityFeatures: 0, countyFeatures: 0 },
      { code: '320322', communities: 4, cityFeatures: 3, countyFeatures: 9 },
    ],
    members: [
      { id: 'in_TWICE', county: '320322', communityIds: ['al_ONE', 'al_TWO'] },
      { id: 'in_ONCE', county: '320322', communityIds: ['al_ONE', 'al_ONE'] },
      { id: 'in_NEVER', county: '320382', communityIds: [] },
    ],
    communities: [{ id: 'al_ONE', county: '320322', keySpecialties: 1, centres: six.slice(1) }],
    hospitals: [
      { id: 'in_REMOTE', county: '320322', specialTypes: ['REMOTE'], leadTiers: ['TOWNSHIP'] },
      { id: 'in_CENTRE', county: '320322', specialTypes: ['CENTRAL_TOWN'], leadTiers: [] },
    ],
  };
  const told = structureWarnings(broken).map(
    ({ rule, regionCode, allianceId, institutionId, count, missingCentres }) =>
      `${regionCode} ${rule} ${allianceId ?? institutionId ?? ''} ${count} ${missingCentres.join()}`,
  );
  expect(told).toEqual([
    '320322 COMMUNITIES_PER_COUNTY  4 ',
    '320322 CITY_FEATURE_SPECIALTIES  3 ',
    '320322 ONE_COMMUNITY in_TWICE 2 ',
    '320322 KEY_SPECIALTIES al_ONE 1 ',
    '320322 SHARED_CENTRES al_ONE 5 LAB',
    '320322 SPECIAL_AREA_PARTNER in_REMOTE null ',
    '320382 COMMUNITIES_PER_COUNTY  0 ',
    '320382 CITY_FEATURE_SPECIALTIES  0 ',
    '320382 COUNTY_FEATURE_SPECIALTIES  0 ',
    '320382 ONE_COMMUNITY in_NEVER 0 ',
  ]);
});
