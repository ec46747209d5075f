import type { SharedCentreKind, StructureRule } from '../schema-types.ts';
import {
  type CommunityMember,
  type CountRange,
  countFinding,
  DEFAULT_COMMUNITIES_PER_COUNTY,
  DEFAULT_FEATURE_SPECIALTIES,
  DEFAULT_KEY_SPECIALTIES,
  hospitalsWithoutPartner,
  membersAtFault,
  missingSharedCentres,
  type PartneredHospital,
} from './county-structure.ts';

/** What the structure of a county lacks. */
export interface StructureWarningValue {
  readonly rule: StructureRule;
  readonly regionCode: string;
  readonly allianceId: string | null;
  readonly institutionId: string | null;
  readonly count: number | null;
  readonly missingCentres: readonly SharedCentreKind[];
}

/** A county with its communities and the feature specialties it gained this year. */
interface CountyFacts {
  readonly code: string;
  readonly communities: number;
  readonly cityFeatures: number;
  readonly countyFeatures: number;
}

/** A county community with its key specialties and the shared centres in operation. */
interface CommunityFacts {
  readonly id: string;
  readonly county: string;
  readonly keySpecialties: number;
  readonly centres: readonly SharedCentreKind[];
}

interface InCounty {
  readonly county: string;
}

/** The structure of counties. */
export interface StructureFacts {
  readonly counties: readonly CountyFacts[];
  /** Their primary public institutions. */
  readonly members: readonly (CommunityMember & InCounty)[];
  readonly communities: readonly CommunityFacts[];
  /** Their township hospitals of special areas. */
  readonly hospitals: readonly (PartneredHospital & InCounty)[];
}

const none = { allianceId: null, institutionId: null, count: null, missingCentres: [] };

/** What counties lack by the rules of their structure (domain.md 3.19.1, .2, .4, .7, .8), county by county. */
export function structureWarnings({
  counties,
  members,
  communities,
  hospitals,
}: StructureFacts): readonly StructureWarningValue[] {
  const atFault = new Set(membersAtFault(members));
  const withoutPartner = new Set(hospitalsWithoutPartner(hospitals));
  const warnings: readonly StructureWarningValue[] = [
    ...counties.flatMap(countyWarnings),
    ...members
      .filter(({ id }) => atFault.has(id))
      .map(({ id, county, communityIds }) => ({
        ...none,
        rule: 'ONE_COMMUNITY' as const,
        regionCode: county,
        institutionId: id,
        count: communityIds.length,
      })),
    ...communities.flatMap(communityWarnings),
    ...hospitals
      .filter(({ id }) => withoutPartner.has(id))
      .map(({ id, county }) => ({
        ...none,
        rule: 'SPECIAL_AREA_PARTNER' as const,
        regionCode: county,
        institutionId: id,
      })),
  ];
  return warnings.toSorted((a, b) => (a.regionCode < b.regionCode ? -1 : Number(a.regionCode > b.regionCode)));
}

function countyWarnings({ code, communities, cityFeatures, countyFeatures }: CountyFacts): StructureWarningValue[] {
  const counted: readonly (readonly [StructureRule, number, CountRange])[] = [
    ['COMMUNITIES_PER_COUNTY', communities, DEFAULT_COMMUNITIES_PER_COUNTY],
    ['CITY_FEATURE_SPECIALTIES', cityFeatures, DEFAULT_FEATURE_SPECIALTIES.CITY],
    ['COUNTY_FEATURE_SPECIALTIES', countyFeatures, DEFAULT_FEATURE_SPECIALTIES.COUNTY],
  ];
  return counted
    .filter(([, count, range]) => countFinding(count, range) !== 'FITS')
    .map(([rule, count]) => ({ ...none, rule, regionCode: code, count }));
}

function communityWarnings({ id, county, keySpecialties, centres }: CommunityFacts): StructureWarningValue[] {
  const at = { ...none, regionCode: county, allianceId: id };
  const missingCentres = missingSharedCentres(centres);
  const few = countFinding(keySpecialties, DEFAULT_KEY_SPECIALTIES) !== 'FITS';
  const warnings: StructureWarningValue[] = [];
  if (few) warnings.push({ ...at, rule: 'KEY_SPECIALTIES', count: keySpecialties });
  if (missingCentres.length > 0)
    warnings.push({ ...at, rule: 'SHARED_CENTRES', count: centres.length, missingCentres });
  return warnings;
}
