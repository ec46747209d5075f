import type { CareLevel, PlaceKey, Scenario, SpecialArea } from '../facts/places.ts';

/** One age band of domain.md 8.3; ages are full years, both ends included. */
export interface AgeBand {
  readonly from: number;
  readonly to: number;
  readonly htn: number;
  readonly dm: number;
  readonly visits: number;
  readonly admissions: number;
  readonly deaths: number;
}

/** Bands with prevalence, contacts per person-year and death rate (domain.md 8.3). */
export const AGE_BANDS: readonly AgeBand[] = [
  { from: 0, to: 6, htn: 0, dm: 0, visits: 8.2, admissions: 0.14, deaths: 0.0009 },
  { from: 7, to: 14, htn: 0, dm: 0, visits: 3.8, admissions: 0.04, deaths: 0.0002 },
  { from: 15, to: 17, htn: 0, dm: 0, visits: 2.6, admissions: 0.04, deaths: 0.0003 },
  { from: 18, to: 34, htn: 0.05, dm: 0.02, visits: 3.4, admissions: 0.09, deaths: 0.0006 },
  { from: 35, to: 44, htn: 0.13, dm: 0.06, visits: 4.2, admissions: 0.09, deaths: 0.0013 },
  { from: 45, to: 54, htn: 0.26, dm: 0.115, visits: 5.6, admissions: 0.13, deaths: 0.0032 },
  { from: 55, to: 59, htn: 0.38, dm: 0.175, visits: 7.2, admissions: 0.19, deaths: 0.006 },
  { from: 60, to: 64, htn: 0.46, dm: 0.2, visits: 8.4, admissions: 0.25, deaths: 0.0095 },
  { from: 65, to: 74, htn: 0.54, dm: 0.22, visits: 10.5, admissions: 0.36, deaths: 0.0195 },
  { from: 75, to: 84, htn: 0.6, dm: 0.21, visits: 11.6, admissions: 0.46, deaths: 0.055 },
  { from: 85, to: 103, htn: 0.58, dm: 0.18, visits: 10.2, admissions: 0.5, deaths: 0.145 },
];

export type LevelShares = Readonly<Record<CareLevel, number>>;

/** Everything that differs between the places (domain.md 8.2 to 8.6). */
export interface PlaceModel {
  readonly key: PlaceKey;
  readonly regionCode: string;
  readonly name: string;
  readonly nameEn: string;
  readonly censusPopulation: number;
  readonly pooledRegionCode: string;
  /** Shares of AGE_BANDS. */
  readonly bandShares: readonly number[];
  readonly visitFactor: number;
  readonly visitLevels: LevelShares;
  readonly stayLevels: LevelShares;
  readonly householdSize: number;
  /** Births per resident and year. */
  readonly births: number;
  readonly contractRate: Readonly<Record<Scenario, number>>;
  readonly insured: { readonly employee: number; readonly none: number };
  readonly satisfactionMean: number;
  readonly referrals: { readonly timely: number; readonly down: number };
  readonly slots: { readonly ratio: number; readonly used: number };
  readonly recognised: number;
  readonly staffPer1000: number;
  readonly gpPer10000: number;
  readonly bedsPer1000: number;
  readonly primaryBedShare: number;
  readonly clinicEcgShare: number;
  readonly sixCentres: number;
  readonly specialTowns: readonly (readonly [string, SpecialArea])[];
  /** Longitude and latitude of the middle of the place. */
  readonly centre: readonly [number, number];
}

/** The three places (domain.md 8.2 to 8.6). */
export const PLACE_MODELS: Readonly<Record<PlaceKey, PlaceModel>> = {
  pei: {
    key: 'pei',
    regionCode: '320322',
    name: '沛县',
    nameEn: 'Pei County',
    censusPopulation: 1_038_337,
    pooledRegionCode: '3203',
    bandShares: [0.09, 0.13, 0.04, 0.185, 0.115, 0.145, 0.095, 0.045, 0.1, 0.042, 0.013],
    visitFactor: 1,
    visitLevels: { V: 0.25, T: 0.3, C: 0.32, M: 0.04, O: 0.09 },
    stayLevels: { V: 0, T: 0.3, C: 0.52, M: 0.08, O: 0.1 },
    householdSize: 3,
    births: 0.0065,
    contractRate: { CURRENT: 0.457, SEED_BASELINE: 0.1252 },
    insured: { employee: 0.15, none: 0.03 },
    satisfactionMean: 88,
    referrals: { timely: 0.88, down: 0.45 },
    slots: { ratio: 0.3, used: 0.7 },
    recognised: 0.55,
    staffPer1000: 7,
    gpPer10000: 2.9,
    bedsPer1000: 5.6,
    primaryBedShare: 0.22,
    clinicEcgShare: 0.7,
    sixCentres: 5,
    specialTowns: [
      ['龙固镇', 'CENTRAL_TOWN'],
      ['敬安镇', 'CENTRAL_TOWN'],
      ['安国镇', 'CENTRAL_TOWN'],
      ['大屯街道', 'CENTRAL_TOWN'],
    ],
    centre: [116.937, 34.722],
  },
  ningbo: {
    key: 'ningbo',
    regionCode: '3302',
    name: '宁波市',
    nameEn: 'Ningbo',
    censusPopulation: 9_404_283,
    pooledRegionCode: '3302',
    bandShares: [0.05, 0.072, 0.025, 0.255, 0.16, 0.165, 0.085, 0.055, 0.083, 0.034, 0.016],
    visitFactor: 1.55,
    visitLevels: { V: 0.15, T: 0.445, C: 0.305, M: 0.07, O: 0.03 },
    stayLevels: { V: 0, T: 0.16, C: 0.66, M: 0.1, O: 0.08 },
    householdSize: 2.5,
    births: 0.0055,
    contractRate: { CURRENT: 0.42, SEED_BASELINE: 0.1252 },
    insured: { employee: 0.52, none: 0.03 },
    satisfactionMean: 91,
    referrals: { timely: 0.93, down: 0.55 },
    slots: { ratio: 0.35, used: 0.8 },
    recognised: 0.7,
    staffPer1000: 9.2,
    gpPer10000: 3.8,
    bedsPer1000: 5.2,
    primaryBedShare: 0.14,
    clinicEcgShare: 0.95,
    sixCentres: 6,
    specialTowns: [
      ['泗门镇', 'CENTRAL_TOWN'],
      ['周巷镇', 'CENTRAL_TOWN'],
      ['观海卫镇', 'CENTRAL_TOWN'],
      ['石浦镇', 'CENTRAL_TOWN'],
      ['溪口镇', 'CENTRAL_TOWN'],
      ['西店镇', 'CENTRAL_TOWN'],
    ],
    centre: [121.55, 29.87],
  },
  qujing: {
    key: 'qujing',
    regionCode: '5303',
    name: '曲靖市',
    nameEn: 'Qujing',
    censusPopulation: 5_765_775,
    pooledRegionCode: '5303',
    bandShares: [0.08, 0.133, 0.045, 0.215, 0.13, 0.165, 0.08, 0.039, 0.07, 0.034, 0.009],
    visitFactor: 0.95,
    visitLevels: { V: 0.25, T: 0.26, C: 0.34, M: 0.06, O: 0.09 },
    stayLevels: { V: 0, T: 0.28, C: 0.48, M: 0.12, O: 0.12 },
    householdSize: 3.1,
    births: 0.008,
    contractRate: { CURRENT: 0.426, SEED_BASELINE: 0.1252 },
    insured: { employee: 0.11, none: 0.03 },
    satisfactionMean: 84,
    referrals: { timely: 0.74, down: 0.25 },
    slots: { ratio: 0.2, used: 0.45 },
    recognised: 0.3,
    staffPer1000: 6.4,
    gpPer10000: 2.1,
    bedsPer1000: 6.1,
    primaryBedShare: 0.26,
    clinicEcgShare: 0.25,
    sixCentres: 2,
    specialTowns: [
      ['大海乡', 'ALPINE'],
      ['驾车乡', 'ALPINE'],
      ['五星乡', 'REMOTE'],
      ['纸厂乡', 'REMOTE'],
      ['火红乡', 'REMOTE'],
    ],
    centre: [103.797, 25.501],
  },
};

/** Index of the age band of an age. */
export function bandOf(age: number): number {
  return AGE_BANDS.findIndex((band) => age <= band.to);
}

/** Σ share · value over the bands of a place: what a random resident has. */
export function meanOverBands(model: PlaceModel, value: (band: AgeBand) => number): number {
  return AGE_BANDS.reduce((sum, band, index) => sum + value(band) * (model.bandShares[index] ?? 0), 0);
}
