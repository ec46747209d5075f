import type { PlaceKey } from './places.ts';

export type Sex = 'MALE' | 'FEMALE';
export type Vulnerability = 'LONELY' | 'EMPTY_NEST' | 'FIVE_GUARANTEE' | 'DISABLED_HOME';
export type FocusGroup =
  | 'ELDERLY'
  | 'PREGNANT'
  | 'CHILD'
  | 'HYPERTENSION'
  | 'DIABETES'
  | 'TB'
  | 'MENTAL'
  | 'DISABLED'
  | 'LOW_INCOME'
  | 'FAMILY_PLANNING_SPECIAL'
  | 'STROKE';
export type ChronicDisease = 'HTN' | 'T2DM' | 'STROKE' | 'CHD' | 'COPD' | 'CANCER' | 'MENTAL' | 'TB';

/** A true condition of the person, known to the system or not. */
export interface ConditionFact {
  readonly disease: ChronicDisease;
  readonly icd10: string;
  readonly since: string;
}

export interface HouseholdFact {
  readonly id: string;
  readonly headResidentId: string;
  readonly size: number;
  readonly regionCode: string;
  readonly addressDetail: string;
  readonly drinkingWater: 'TAP' | 'WELL' | 'PURIFIED';
  readonly toilet: 'SANITARY' | 'DRY';
  readonly fuel: 'GAS' | 'ELECTRICITY' | 'COAL' | 'WOOD';
}

/** One resident 居民; index runs from 0 in the place, households are contiguous. */
export interface ResidentFact {
  readonly id: string;
  readonly place: PlaceKey;
  readonly index: number;
  /** Every generated person is a test person (the flag 测试, domain.md 8.1). */
  readonly test: true;
  readonly name: string;
  readonly sex: Sex;
  readonly birthDate: string;
  /** Full years at AS_OF (or at death). */
  readonly age: number;
  /** VS-50. */
  readonly idType: string;
  readonly idNumber: string;
  /** 17 digits; null for the 6 % without a health record. */
  readonly healthRecordNo: string | null;
  readonly healthRecordOpenedOn: string | null;
  /** 医保人员编号; null when not insured. */
  readonly psnNo: string | null;
  /** VS-51, VS-52, VS-60, VS-61, VS-62 codes. */
  readonly ethnicity: string;
  readonly marital: string;
  readonly education: string | null;
  readonly occupation: string | null;
  readonly bloodType: string;
  readonly rh: string;
  readonly phone: string;
  readonly contactName: string;
  readonly contactPhone: string;
  /** 12-digit village. */
  readonly registeredRegionCode: string;
  readonly registeredAddress: string;
  readonly currentRegionCode: string;
  readonly currentAddress: string;
  readonly townshipCode: string;
  readonly countyCode: string;
  /** 1 户籍, 2 非户籍. */
  readonly residentType: '1' | '2';
  readonly household: HouseholdFact;
  /** VS-59. */
  readonly relationToHead: string;
  readonly guardianId: string | null;
  readonly allergies: readonly string[];
  /** ICD-10 codes of past illnesses, with year. */
  readonly pastIllnesses: readonly { readonly icd10: string; readonly year: number }[];
  /** CV05.10.001-like: 视力, 听力, 肢体 … as constants. */
  readonly disabilities: readonly ('VISION' | 'HEARING' | 'SPEECH' | 'LIMB' | 'INTELLECT' | 'MENTAL')[];
  readonly vulnerability: readonly Vulnerability[];
  readonly inCareHome: boolean;
  readonly focusGroups: readonly FocusGroup[];
  readonly conditions: readonly ConditionFact[];
  readonly status: 'ACTIVE' | 'MOVED' | 'DECEASED';
  readonly statusOn: string | null;
  readonly deathCause: string | null;
  /** The village clinic and the township hospital that serve the address; the lead hospital of its alliance. */
  readonly clinicId: string | null;
  readonly townshipHospitalId: string;
  readonly countyHospitalId: string;
}
