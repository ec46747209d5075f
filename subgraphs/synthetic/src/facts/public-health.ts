import type { ChronicDisease } from './residents.ts';

export type PackageKind =
  | 'PUBLIC_HEALTH'
  | 'PREGNANCY'
  | 'CHILD_CARE'
  | 'ELDERLY'
  | 'CHRONIC'
  | 'HEALTH_EXAM'
  | 'SPECIAL_NEEDS';
export type ItemClass = 'BASIC_PUBLIC_HEALTH' | 'BASIC_CARE' | 'PERSONALISED' | 'EXAM' | 'TEST';
export type FulfilmentMode = 'CENTRALISED' | 'TEAM' | 'INDIVIDUAL' | 'HOME';

export interface PackageItemFact {
  readonly code: string;
  readonly name: string;
  readonly itemClass: ItemClass;
  readonly frequencyPerYear: number;
  readonly mode: FulfilmentMode;
  readonly mandatory: boolean;
  readonly homeCapable: boolean;
}

/** A service package 服务包 with its items, price and benefit (insurance). */
export interface ServicePackageFact {
  readonly code: string;
  readonly kind: PackageKind;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly variant: string | null;
  readonly targetGroups: readonly string[];
  readonly items: readonly PackageItemFact[];
  /** Yuan. */
  readonly price: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly benefits: readonly {
    readonly kind: 'CAP_INCREASE' | 'EXTRA_REIMBURSE' | 'DISCOUNT' | 'INCENTIVE';
    readonly value: string;
    readonly payer: 'FUND' | 'TOWNSHIP_HOSPITAL' | 'BPH_FUND';
    readonly condition: string;
  }[];
}

/** One family-doctor contract 签约协议; `no` is its position in the resident's history, from 1. */
export interface ContractFact {
  readonly no: number;
  readonly scope: 'PERSON' | 'HOUSEHOLD';
  readonly familyDoctorId: string;
  readonly teamId: string;
  readonly baseInstitutionId: string;
  readonly guidanceGroupId: string;
  readonly villageClinicId: string | null;
  /** Codes of servicePackages. */
  readonly packageCodes: readonly string[];
  readonly status: 'ACTIVE' | 'EXPIRED' | 'RENEWED' | 'TERMINATED';
  readonly signedOn: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly channel: 'PAPER' | 'APP' | 'BATCH';
  readonly renewedFromNo: number | null;
  readonly terminatedOn: string | null;
  readonly terminationReason: 'CHANGE' | 'DEATH' | 'MOVED' | 'REQUEST' | null;
}

/** What became of one task of the fulfilment plan (rule 3.8.5 makes the tasks; this says how each ended). */
export interface FulfilmentFact {
  readonly contractNo: number;
  readonly packageCode: string;
  readonly itemCode: string;
  /** 1..frequencyPerYear. */
  readonly seq: number;
  /** DONE_FIRST in the planned way, DONE_MAKE_UP by the team afterwards, OPEN when not yet due at AS_OF. */
  readonly outcome: 'DONE_FIRST' | 'DONE_MAKE_UP' | 'WAIVED' | 'MISSED' | 'OPEN';
  readonly dueFrom: string;
  readonly dueTo: string;
  readonly mode: FulfilmentMode;
  /** Instant of the service; null unless done. */
  readonly at: string | null;
  readonly practitionerId: string | null;
  readonly place: 'HOSPITAL' | 'CLINIC' | 'HOME' | 'CARE_HOME' | 'ONLINE' | null;
  readonly evidence: readonly string[];
  readonly residentConfirmed: boolean;
  readonly truthful: boolean;
  /** Encounter of the same resident that this service was, if any. */
  readonly encounterNo: number | null;
  readonly waivedReason: string | null;
  /** The session of centralisedSessions where it was done, when it was. */
  readonly sessionId: string | null;
}

/** A session of centralised fulfilment 集中履约; every township hospital and month has some. */
export interface CentralisedSessionFact {
  readonly id: string;
  readonly institutionId: string;
  readonly regionCode: string;
  readonly residentType: string;
  readonly start: string;
  readonly end: string;
  readonly capacity: number;
  readonly itemCodes: readonly string[];
}

export interface MeasurementFact {
  readonly kind: 'SBP' | 'DBP' | 'FBG' | 'RBG' | 'HbA1c' | 'WEIGHT' | 'HEIGHT' | 'BMI' | 'HR';
  readonly value: string;
  readonly unit: 'mmHg' | 'mmol/L' | '%' | 'kg' | 'cm' | 'kg/m2' | '/min';
  readonly at: string;
  readonly source: 'CLINIC' | 'HOME' | 'DEVICE';
}

/** One enrolment in chronic management 慢病管理. */
export interface ChronicFact {
  readonly no: number;
  readonly disease: ChronicDisease;
  readonly diagnosedOn: string;
  readonly enrolledOn: string;
  readonly managedByInstitutionId: string;
  readonly managedByPractitionerId: string;
  readonly status: 'ACTIVE' | 'ENDED';
  readonly plan: string;
}

/** One follow-up 随访; rules 3.10 say controlled, referral and next date. */
export interface FollowUpFact {
  readonly no: number;
  readonly kind: 'HTN' | 'DM' | 'MENTAL' | 'MATERNAL' | 'CHILD' | 'ELDERLY' | 'DISCHARGE' | 'TB' | 'STROKE_REHAB';
  readonly chronicNo: number | null;
  readonly encounterNo: number | null;
  readonly at: string;
  readonly mode: 'FACE' | 'HOME' | 'PHONE' | 'ONLINE';
  readonly institutionId: string;
  readonly practitionerId: string;
  readonly measurements: readonly MeasurementFact[];
  readonly medicationAdherence: 'REGULAR' | 'IRREGULAR' | 'NONE';
  readonly warningSigns: boolean;
}

export interface ExamFact {
  readonly no: number;
  readonly kind: 'ELDERLY' | 'CHRONIC' | 'PACKAGE' | 'STUDENT' | 'EMPLOYEE';
  readonly at: string;
  readonly institutionId: string;
  readonly practitionerId: string;
  readonly measurements: readonly MeasurementFact[];
  readonly abnormal: readonly string[];
  readonly advice: string;
}

export interface MaternalFact {
  readonly no: number;
  readonly lmp: string;
  readonly edd: string;
  readonly registeredOn: string;
  readonly registeredWeeks: number;
  readonly gravidity: number;
  readonly riskColour: 'GREEN' | 'YELLOW' | 'ORANGE' | 'RED' | 'PURPLE';
  readonly visits: readonly {
    readonly at: string;
    readonly weeks: number;
    readonly weightKg: string;
    readonly sbp: number;
    readonly dbp: number;
  }[];
  readonly delivery: {
    readonly on: string;
    readonly mode: 'VAGINAL' | 'CAESAREAN';
    readonly institutionId: string;
    readonly liveBirths: number;
    readonly encounterNo: number | null;
  } | null;
  readonly postpartum: readonly { readonly at: string; readonly day: number }[];
  readonly status: 'OPEN' | 'CLOSED';
}

export interface ChildFact {
  readonly no: number;
  /** Grams. */
  readonly birthWeight: number;
  readonly visits: readonly {
    readonly at: string;
    readonly months: number;
    readonly weightKg: string;
    readonly heightCm: string;
  }[];
  readonly kindergarten: string | null;
}

export interface ElderlyFact {
  readonly no: number;
  readonly at: string;
  readonly selfCareScore: number;
  readonly cognition: 'NORMAL' | 'SUSPECT';
  readonly emotion: 'NORMAL' | 'SUSPECT';
  readonly tcmConstitution: string;
  readonly lifestyleAssessed: boolean;
  readonly auxiliaryTests: boolean;
  readonly guidance: boolean;
}

export interface ImmunisationFact {
  readonly no: number;
  readonly vaccine: string;
  readonly dose: number;
  readonly dueOn: string;
  readonly givenOn: string | null;
  readonly institutionId: string;
  readonly batch: string | null;
}

export interface MentalFact {
  readonly no: number;
  readonly icd10: string;
  readonly riskLevel: 0 | 1 | 2 | 3 | 4 | 5;
  readonly registeredOn: string;
  readonly visits: readonly { readonly at: string; readonly stable: boolean }[];
}

export interface TbFact {
  readonly no: number;
  readonly icd10: string;
  readonly notifiedOn: string;
  readonly treatmentFrom: string;
  readonly treatmentTo: string | null;
  readonly outcome: 'CURED' | 'COMPLETED' | 'ON_TREATMENT' | 'LOST';
  readonly visits: readonly { readonly at: string }[];
}

export interface InfectiousFact {
  readonly no: number;
  readonly icd10: string;
  readonly disease: string;
  readonly onsetOn: string;
  readonly diagnosedAt: string;
  readonly reportedAt: string;
  readonly institutionId: string;
  readonly timely: boolean;
}

export interface DeviceMeasurementFact {
  readonly no: number;
  readonly deviceId: string;
  readonly measurement: MeasurementFact;
}

export interface SatisfactionFact {
  readonly no: number;
  readonly contractNo: number;
  readonly period: string;
  readonly at: string;
  readonly answers: readonly (1 | 2 | 3 | 4 | 5)[];
  /** 0–100, two decimals. */
  readonly score: string;
  readonly comment: string | null;
}

export interface ConsentFact {
  readonly no: number;
  /** The referral it was given for; null for the consent to a contract. */
  readonly referralNo: number | null;
  /** VS-56. */
  readonly purpose: string;
  readonly recipient: string;
  readonly dataClasses: readonly ('N' | 'Q' | 'I' | 'H' | 'F')[];
  readonly from: string;
  readonly to: string | null;
  readonly withdrawnAt: string | null;
  readonly method: 'PAPER' | 'APP' | 'SMS';
}
