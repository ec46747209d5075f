import type { CareLevel, InstitutionGrade, InstitutionLevel, Ownership, PlaceKey, Tier } from '../facts/places.ts';

/** The bare bones of an institution: enough to count, name and connect it; institution.ts dresses it. */
export interface Site {
  readonly id: string;
  readonly place: PlaceKey;
  /** Path of its draws and position among the sites of the place. */
  readonly path: string;
  readonly serial: number;
  readonly kind: SiteKind;
  readonly class: string;
  readonly level: InstitutionLevel;
  readonly grade: InstitutionGrade;
  readonly tier: Tier;
  readonly careLevel: CareLevel;
  readonly ownership: Ownership;
  readonly name: string;
  readonly regionCode: string;
  readonly countyCode: string | null;
  readonly parentId: string | null;
  /** Villages a clinic serves, or the township of a township hospital. */
  readonly serves: readonly string[];
  readonly technicians: number;
}

export type SiteKind =
  | 'TERTIARY'
  | 'OUTSIDE'
  | 'COUNTY_GENERAL'
  | 'COUNTY_TCM'
  | 'COUNTY_THIRD'
  | 'MATERNAL'
  | 'CDC'
  | 'TOWNSHIP'
  | 'CLINIC'
  | 'STATION'
  | 'FARM_CLINIC';

/** Weight of a site when the technicians of a place are spread over its institutions (domain.md 8.6). */
export const STAFF_WEIGHT: Readonly<Record<SiteKind, number>> = {
  TERTIARY: 14,
  OUTSIDE: 0,
  COUNTY_GENERAL: 7,
  COUNTY_TCM: 5,
  COUNTY_THIRD: 4,
  MATERNAL: 1.5,
  CDC: 0.8,
  TOWNSHIP: 0.7,
  CLINIC: 0,
  STATION: 0,
  FARM_CLINIC: 0.05,
};

export interface SiteDescription {
  readonly class: string;
  readonly level: InstitutionLevel;
  readonly grade: InstitutionGrade;
  readonly tier: Tier;
  readonly careLevel: CareLevel;
  readonly ownership: Ownership;
}

/** What a kind of site is in the classes of VS-04 to VS-07. */
export const SITE_KINDS: Readonly<Record<SiteKind, SiteDescription>> = {
  TERTIARY: { class: 'A100', level: 'L3', grade: 'A', tier: 'CITY', careLevel: 'M', ownership: 'PUBLIC' },
  OUTSIDE: { class: 'A100', level: 'L3', grade: 'A', tier: 'CITY', careLevel: 'O', ownership: 'PUBLIC' },
  COUNTY_GENERAL: { class: 'A100', level: 'L2', grade: 'A', tier: 'COUNTY', careLevel: 'C', ownership: 'PUBLIC' },
  COUNTY_TCM: { class: 'A210', level: 'L2', grade: 'A', tier: 'COUNTY', careLevel: 'C', ownership: 'PUBLIC' },
  COUNTY_THIRD: { class: 'A100', level: 'L2', grade: 'B', tier: 'COUNTY', careLevel: 'C', ownership: 'PUBLIC' },
  MATERNAL: { class: 'G100', level: 'L2', grade: 'B', tier: 'COUNTY', careLevel: 'C', ownership: 'PUBLIC' },
  CDC: { class: 'J100', level: 'L9', grade: 'N', tier: 'COUNTY', careLevel: 'C', ownership: 'PUBLIC' },
  TOWNSHIP: { class: 'C220', level: 'L1', grade: 'A', tier: 'TOWNSHIP', careLevel: 'T', ownership: 'PUBLIC' },
  CLINIC: { class: 'D600', level: 'L9', grade: 'N', tier: 'VILLAGE', careLevel: 'V', ownership: 'COLLECTIVE' },
  STATION: { class: 'B200', level: 'L9', grade: 'N', tier: 'VILLAGE', careLevel: 'V', ownership: 'PUBLIC' },
  FARM_CLINIC: { class: 'D400', level: 'L9', grade: 'N', tier: 'TOWNSHIP', careLevel: 'V', ownership: 'PUBLIC' },
};
