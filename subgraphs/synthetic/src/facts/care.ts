import type { CareLevel, PlaceKey } from './places.ts';

export type EncounterKind = 'OUTPATIENT' | 'EMERGENCY' | 'INPATIENT' | 'HOME' | 'ONLINE';

export interface DiagnosisFact {
  readonly rank: number;
  readonly icd10: string;
  readonly kind: 'MAIN' | 'OTHER';
  /** TCM disease code, when diagnosed by a TCM department. */
  readonly tcmCode: string | null;
}

/** One line of cost of an encounter; amount = quantity · unitPrice to the cent. */
export interface CostLineFact {
  readonly itemCode: string;
  readonly name: string;
  readonly kind: 'DRUG' | 'SERVICE' | 'CONSUMABLE';
  /** 甲 A, 乙 B, 丙 C (VS-57). */
  readonly chargeClass: 'A' | 'B' | 'C';
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
  /** Share paid first by the person for class B, e.g. "0.10"; "0" for A, "1" for C. */
  readonly selfPayRatio: string;
  readonly priceCap: string | null;
  readonly twoDisease: boolean;
}

/** One encounter 就诊; `no` from 1 in order of startedAt inside the resident, the same in all four subgraphs. */
export interface EncounterFact {
  readonly no: number;
  readonly kind: EncounterKind;
  readonly visitNo: string;
  readonly institutionId: string;
  readonly careLevel: CareLevel;
  readonly departmentCode: string;
  readonly practitionerId: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly diagnoses: readonly DiagnosisFact[];
  /** ICD-9-CM-3 codes. */
  readonly procedures: readonly string[];
  readonly isFirstContact: boolean;
  /** Referral that brought the resident here. */
  readonly referralNo: number | null;
  readonly lines: readonly CostLineFact[];
  readonly totalCost: string;
  /** OUTPATIENT. */
  readonly appointmentNo: number | null;
  readonly waitingMinutes: number | null;
  readonly isTcm: boolean;
  readonly steps: readonly { readonly step: 'REGISTER' | 'PAY' | 'EXAM' | 'PHARMACY'; readonly at: string }[];
  /** EMERGENCY. */
  readonly emergency: {
    readonly triageLevel: 1 | 2 | 3 | 4;
    readonly arrivedBy: 'AMBULANCE' | 'SELF' | 'TRANSFER';
    readonly disposition: 'WARD' | 'ICU' | 'HOME' | 'TRANSFER' | 'DEATH';
    readonly doorToMinutes: number;
  } | null;
  /** INPATIENT. */
  readonly stay: {
    readonly admittedAt: string;
    readonly dischargedAt: string;
    readonly bedClass: string;
    /** VS-65. */
    readonly admittedFrom: string;
    readonly lengthOfStay: number;
    /** VS-64. */
    readonly dischargeMode: string;
    /** DRG group code (VS-68), null when not grouped. */
    readonly drgCode: string | null;
    readonly surgery: boolean;
  } | null;
  /** HOME. */
  readonly homeServices: readonly string[];
  readonly homeVulnerability: string | null;
  /** ONLINE. */
  readonly online: {
    readonly question: string;
    readonly replies: readonly { readonly at: string; readonly text: string }[];
    readonly respondedWithinMinutes: number | null;
  } | null;
}

export interface PrescriptionLineFact {
  readonly nhsaDrugCode: string;
  readonly dose: string;
  /** CV06.00.228 code. */
  readonly frequency: string;
  readonly days: number;
  readonly quantity: string;
  readonly price: string;
}

export interface PrescriptionFact {
  readonly no: number;
  readonly encounterNo: number;
  readonly prescriberId: string;
  readonly issuedAt: string;
  readonly isLong: boolean;
  readonly diseaseKind: string | null;
  readonly lines: readonly PrescriptionLineFact[];
  readonly daysSupply: number;
  readonly refillsLeft: number;
  readonly dispensedAt: string | null;
  readonly dispensedById: string | null;
}

export interface ReportResultFact {
  readonly item: string;
  readonly value: string;
  readonly unit: string;
  readonly refLow: string | null;
  readonly refHigh: string | null;
  readonly flag: 'N' | 'H' | 'L';
}

export interface ReportFact {
  readonly no: number;
  readonly encounterNo: number | null;
  readonly category: 'LAB' | 'IMAGING' | 'ECG' | 'PATHOLOGY' | 'ULTRASOUND' | 'ENDOSCOPY';
  /** Code of recognitionItems. */
  readonly itemCode: string;
  readonly bodySite: string | null;
  readonly specimen: string | null;
  readonly performedAtInstitutionId: string;
  readonly interpretedAtInstitutionId: string | null;
  readonly performedTime: string;
  readonly issuedTime: string;
  readonly validUntil: string;
  readonly qualityGrade: 'NATIONAL' | 'PROVINCE' | 'CITY' | 'ALLIANCE' | 'NONE';
  readonly status: 'FINAL' | 'PRELIMINARY' | 'CANCELLED';
  readonly conclusion: string;
  readonly results: readonly ReportResultFact[];
  readonly imagingStudyUid: string | null;
  readonly doseMsv: string | null;
  readonly price: string;
}

export interface RecognitionFact {
  readonly no: number;
  readonly reportNo: number;
  readonly atInstitutionId: string;
  readonly encounterNo: number;
  readonly decision: 'RECOGNISED' | 'NOT_RECOGNISED';
  /** VS-31; null when recognised, or when repeated without a reason (a duplicate). */
  readonly reason: string | null;
  readonly practitionerId: string;
  readonly at: string;
  readonly avoidedPrice: string;
  readonly fundSaved: string;
  readonly personSaved: string;
}

export type ReferralStatus =
  | 'DRAFT'
  | 'SUBMITTED'
  | 'ACCEPTED'
  | 'REJECTED'
  | 'SCHEDULED'
  | 'ARRIVED'
  | 'IN_TREATMENT'
  | 'DOWN_PROPOSED'
  | 'COMPLETED'
  | 'CANCELLED'
  | 'EXPIRED';

/** One referral 转诊 with its events in order. */
export interface ReferralFact {
  readonly no: number;
  readonly episodeNo: number;
  readonly direction: 'UP' | 'DOWN' | 'LATERAL';
  readonly scope: 'INTRA_ALLIANCE' | 'INTER_ALLIANCE' | 'OUT_OF_COUNTY';
  readonly fromInstitutionId: string;
  readonly toInstitutionId: string;
  readonly toDepartmentCode: string;
  /** VS-22b. */
  readonly reason: string;
  readonly reasonText: string | null;
  readonly diagnosis: DiagnosisFact;
  readonly urgency: 'ROUTINE' | 'URGENT' | 'EMERGENCY';
  readonly greenChannel: boolean;
  readonly status: ReferralStatus;
  readonly referrerId: string;
  readonly referrerName: string;
  readonly receiverId: string | null;
  readonly createdAt: string;
  readonly submittedAt: string | null;
  readonly acceptedAt: string | null;
  readonly arrivedAt: string | null;
  readonly completedAt: string | null;
  readonly dueAt: string | null;
  /** By rule 3.4.7; null while it can still be in time. */
  readonly timely: boolean | null;
  readonly fromEncounterNo: number | null;
  readonly toEncounterNo: number | null;
  readonly events: readonly {
    readonly from: ReferralStatus | null;
    readonly to: ReferralStatus;
    readonly at: string;
    readonly practitionerId: string | null;
    readonly reason: string | null;
  }[];
}

export interface EpisodeFact {
  readonly no: number;
  readonly openedAt: string;
  readonly closed: boolean;
  readonly closedAt: string | null;
  readonly rehabInstitutionId: string | null;
  readonly stages: readonly {
    readonly stage: 'UP' | 'TREATMENT' | 'DOWN' | 'REHAB' | 'FOLLOW_UP';
    readonly at: string;
  }[];
  readonly days: number | null;
}

export interface DocumentFact {
  readonly no: number;
  readonly encounterNo: number | null;
  readonly referralNo: number | null;
  /** VS-27. */
  readonly type: string;
  readonly institutionId: string;
  readonly authorId: string | null;
  readonly createdAt: string;
  readonly title: string;
  readonly sha256: string;
  readonly storageUri: string;
  readonly confidentiality: 'N' | 'R' | 'V';
}

export interface RemoteConsultationFact {
  readonly no: number;
  readonly kind: 'CONSULTATION' | 'IMAGING' | 'ECG' | 'PATHOLOGY' | 'LAB' | 'REMOTE_CLINIC' | 'REMOTE_WARD_ROUND';
  readonly requesterInstitutionId: string;
  readonly providerInstitutionId: string;
  readonly centreId: string | null;
  readonly reportNo: number | null;
  readonly question: string;
  readonly answer: string | null;
  readonly requestedAt: string;
  readonly answeredAt: string | null;
  readonly minutes: number | null;
  readonly status: 'REQUESTED' | 'ANSWERED' | 'CANCELLED';
  readonly fee: string;
}

export interface AppointmentFact {
  readonly no: number;
  readonly slotId: string;
  readonly institutionId: string;
  readonly departmentCode: string;
  readonly start: string;
  readonly bookedByInstitutionId: string | null;
  readonly referralNo: number | null;
  readonly contractNo: number | null;
  /** 1 green channel, 2 referral, 3 contracted, 4 others. */
  readonly priority: 1 | 2 | 3 | 4;
  readonly channel: 'LEAD_HOSPITAL' | 'ALLIANCE' | 'PUBLIC' | 'SIGNED';
  readonly status: 'BOOKED' | 'CHECKED_IN' | 'SERVED' | 'NO_SHOW' | 'CANCELLED';
  readonly bookedAt: string;
  readonly checkedInAt: string | null;
  readonly encounterNo: number | null;
}

/** One consulting session whose slots rule 3.5 splits into channels: slot k (0-based) is LEAD_HOSPITAL first, then ALLIANCE, then PUBLIC. */
export interface SlotSessionFact {
  readonly place: PlaceKey;
  readonly institutionId: string;
  readonly departmentCode: string;
  readonly practitionerId: string;
  readonly resource: 'CLINIC' | 'EXAM_EQUIPMENT';
  readonly date: string;
  /** Release ratio in force, e.g. "0.30". */
  readonly ratio: string;
  readonly leadShare: string;
  readonly price: string;
  readonly slots: readonly SlotFact[];
}

/** One bookable place in time 号源; its channel is rule 3.5's, and an appointment names it. */
export interface SlotFact {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly capacity: number;
  readonly booked: number;
  readonly channel: 'LEAD_HOSPITAL' | 'ALLIANCE' | 'PUBLIC';
}

export interface ReservationFact {
  readonly no: number;
  readonly equipmentId: string;
  readonly requesterInstitutionId: string;
  readonly examItemCode: string;
  readonly start: string;
  readonly end: string;
  readonly blockedUntil: string;
  readonly priority: 1 | 2 | 3 | 4;
  readonly status: 'HELD' | 'CONFIRMED' | 'DONE' | 'NO_SHOW' | 'CANCELLED' | 'EXPIRED' | 'RESCHEDULE_NEEDED';
  readonly referralNo: number | null;
  readonly reportNo: number | null;
}

export interface MedicationAdviceFact {
  readonly no: number;
  readonly practitionerId: string;
  readonly text: string;
  readonly at: string;
}
