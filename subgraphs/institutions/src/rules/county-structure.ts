import type { SharedCentreKind, SpecialArea, Tier } from '../schema-types.ts';

/** How many of something a structure has: at least, at most; without an end when null. */
export interface CountRange {
  readonly min: number;
  readonly max: number | null;
}

/** Communities of a county (domain.md 3.19.1). */
export const DEFAULT_COMMUNITIES_PER_COUNTY: CountRange = { min: 1, max: 3 };

/** Key specialties of a community (domain.md 3.19.2). */
export const DEFAULT_KEY_SPECIALTIES: CountRange = { min: 2, max: null };

/** Feature specialties that a county gains in a year, by level (domain.md 3.19.4). */
export const DEFAULT_FEATURE_SPECIALTIES: Readonly<Record<'CITY' | 'COUNTY', CountRange>> = {
  CITY: { min: 1, max: 2 },
  COUNTY: { min: 1, max: null },
};

/** A primary public institution with the communities it is an active member of. */
export interface CommunityMember {
  readonly id: string;
  readonly communityIds: readonly string[];
}

/** A township hospital with the special types of its division and the tiers of its alliances' leads. */
export interface PartneredHospital {
  readonly id: string;
  readonly specialTypes: readonly SpecialArea[];
  readonly leadTiers: readonly Tier[];
}

/** The six shared centres of a community (domain.md 3.19.8, VS-11). */
const centreKinds: readonly SharedCentreKind[] = ['LAB', 'IMAGING', 'ECG', 'PATHOLOGY', 'STERILISATION', 'LOGISTICS'];

/** Special types whose townships are promised a partner: all but central towns (domain.md 3.19.7, S4-18). */
const promised: ReadonlySet<SpecialArea> = new Set(['ETHNIC', 'POOR', 'REMOTE', 'ALPINE', 'HARDSHIP']);

const partnerTiers: ReadonlySet<Tier> = new Set(['COUNTY', 'CITY']);

/** Whether a number is too few, enough or too many: communities, key and feature specialties (domain.md 3.19.1, .2, .4). */
export function countFinding(count: number, { min, max }: CountRange): 'TOO_FEW' | 'FITS' | 'TOO_MANY' {
  if (count < min) return 'TOO_FEW';
  return max !== null && count > max ? 'TOO_MANY' : 'FITS';
}

/** Primary public institutions that are not in exactly one community (domain.md 3.19.1). */
export function membersAtFault(members: readonly CommunityMember[]): string[] {
  return members.filter(({ communityIds }) => new Set(communityIds).size !== 1).map(({ id }) => id);
}

/** Township hospitals of special areas without an alliance led from county level or above (domain.md 3.19.7). */
export function hospitalsWithoutPartner(hospitals: readonly PartneredHospital[]): string[] {
  return hospitals
    .filter(({ specialTypes }) => specialTypes.some((type) => promised.has(type)))
    .filter(({ leadTiers }) => !leadTiers.some((tier) => partnerTiers.has(tier)))
    .map(({ id }) => id);
}

/** Kinds of shared centres that a community lacks, a warning (domain.md 3.19.8). */
export function missingSharedCentres(kinds: readonly SharedCentreKind[]): SharedCentreKind[] {
  return centreKinds.filter((kind) => !kinds.includes(kind));
}
