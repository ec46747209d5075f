import type { PlaceKey } from './places.ts';

export type TitleLevel = '1' | '2' | '3' | '4' | '5' | '9';
export type TeamDuty =
  | 'FAMILY_DOCTOR'
  | 'GP'
  | 'PUBLIC_HEALTH'
  | 'NURSE'
  | 'VILLAGE_DOCTOR'
  | 'TCM'
  | 'SPECIALIST'
  | 'HEALTH_MANAGER';

export interface PostFact {
  readonly role: string;
  /** Department code of the institution, or null. */
  readonly departmentCode: string | null;
  readonly fte: string;
}

export interface PracticeRegistrationFact {
  readonly id: string;
  readonly institutionId: string;
  readonly kind: 'PRIMARY' | 'ADDITIONAL' | 'FILING';
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly daysPerWeek: string;
  readonly status: 'VALID' | 'ENDED';
}

export interface EmploymentFact {
  readonly kind: 'ESTABLISHED' | 'POOL' | 'CONTRACT' | 'VILLAGE';
  readonly hiredByInstitutionId: string;
  readonly usedAtInstitutionId: string;
  readonly from: string;
  readonly to: string | null;
}

/** One practitioner 医务人员 (domain.md 2.3). */
export interface PractitionerFact {
  readonly id: string;
  readonly place: PlaceKey;
  /** Position among the staff of the institution, from 0. */
  readonly index: number;
  /** D (physician) or N (nurse) + 6 + 6 digits; null for others. */
  readonly physicianCode: string | null;
  readonly name: string;
  readonly sex: 'MALE' | 'FEMALE';
  readonly birthDate: string;
  readonly idNumber: string;
  /** VS-15: 11 physician, 12 assistant, 21 nurse, 60 village doctor … */
  readonly category: string;
  readonly licence: {
    readonly no: string;
    /** VS-15b practice class, null for those who are not physicians. */
    readonly kind: string | null;
    readonly scope: string;
    readonly firstRegisteredOn: string;
    readonly status: 'VALID' | 'SUSPENDED';
    readonly assessedUntil: string;
  };
  /** VS-16. */
  readonly specialty: string;
  /** VS-53 level; the professional title 专业技术职务 has the same digit. */
  readonly titleLevel: TitleLevel;
  readonly title: string;
  /** VS-60. */
  readonly education: string;
  readonly institutionId: string;
  readonly registrations: readonly PracticeRegistrationFact[];
  readonly posts: readonly PostFact[];
  readonly employment: EmploymentFact;
  /** Years without a break at primary institutions at AS_OF, one decimal. */
  readonly primaryCareYears: string;
  readonly isGp: boolean;
  readonly isFamilyDoctor: boolean;
  readonly isVillageDoctor: boolean;
}

export interface TeamMemberFact {
  readonly practitionerId: string;
  readonly duty: TeamDuty;
  readonly from: string;
  readonly to: string | null;
}

/** One family-doctor team 家庭医生团队 of a township hospital. */
export interface TeamFact {
  readonly id: string;
  readonly place: PlaceKey;
  readonly name: string;
  readonly institutionId: string;
  readonly leaderId: string;
  readonly familyDoctorId: string;
  readonly members: readonly TeamMemberFact[];
  readonly guidanceGroupId: string;
  /** 12-digit villages. */
  readonly coverage: readonly string[];
  readonly capacity: number;
}

/** A group of 4–6 specialists of a level-2 hospital assigned to towns 技术指导小组. */
export interface GuidanceGroupFact {
  readonly id: string;
  readonly place: PlaceKey;
  readonly name: string;
  readonly institutionId: string;
  /** 3–4 department codes of the institution. */
  readonly departmentCodes: readonly string[];
  readonly specialistIds: readonly string[];
  readonly contractOffice: string;
  readonly assignedTowns: readonly string[];
  readonly principle: 'PAIRED_AID' | 'NEARBY';
}

export interface SecondmentFact {
  readonly id: string;
  readonly place: PlaceKey;
  readonly practitionerId: string;
  readonly kind: 'LEAD_TO_MEMBER' | 'CITY_TO_LEAD' | 'CITY_TO_COUNTY' | 'TOWNSHIP_TO_VILLAGE';
  readonly fromInstitutionId: string;
  readonly toInstitutionId: string;
  readonly startOn: string;
  readonly plannedEndOn: string;
  readonly actualEndOn: string | null;
  readonly fullTime: boolean;
  readonly daysPerWeek: string;
  /** VS-18. */
  readonly purpose: string;
  readonly objectives: readonly string[];
  readonly outcomes: readonly { readonly technique: string; readonly peopleTrained: number }[];
  readonly titleLevelAtStart: TitleLevel;
  /** What rule 3.12 must say about it (the facts are built so). */
  readonly compliant: boolean;
}

export interface HeadcountAllocationFact {
  readonly id: string;
  readonly practitionerId: string;
  readonly mode: 'COUNTY_HIRED_TOWNSHIP_USED' | 'TOWNSHIP_HIRED_VILLAGE_USED';
  readonly hiredByInstitutionId: string;
  readonly usedAtInstitutionId: string;
  readonly from: string;
  readonly to: string | null;
  readonly status: 'ACTIVE' | 'ENDED';
}

/** The headcount pool 编制周转池 of an alliance in the year of AS_OF. */
export interface HeadcountFact {
  readonly id: string;
  readonly place: PlaceKey;
  readonly allianceId: string;
  readonly year: number;
  readonly approved: number;
  readonly allocations: readonly HeadcountAllocationFact[];
}

/** Approved and filled posts of an institution: the raw material of vacancy and gap figures. */
export interface StaffingFact {
  readonly institutionId: string;
  readonly approvedPosts: number;
  readonly actualStaff: number;
  readonly gapsBySpecialty: readonly {
    readonly specialty: string;
    readonly standard: number;
    readonly actual: number;
  }[];
}

export interface TrainingCourseFact {
  readonly id: string;
  readonly title: string;
  /** VS-20. */
  readonly topic: string;
  /** VS-19. */
  readonly mode: string;
  readonly hostInstitutionId: string;
  readonly credits: string;
  readonly creditClass: 'I' | 'II';
  readonly hours: number;
  readonly free: boolean;
  readonly targetCategories: readonly string[];
  readonly openFrom: string;
  readonly openTo: string;
}

export interface TrainingFact {
  readonly id: string;
  readonly practitionerId: string;
  readonly courseId: string;
  readonly completedOn: string;
  readonly score: string;
  readonly passed: boolean;
  readonly creditsEarned: string;
}
