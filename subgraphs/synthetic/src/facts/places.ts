/** The three places of the demo region (domain.md 8.2). */
export type PlaceKey = 'pei' | 'ningbo' | 'qujing';

/** Which figures a run shows: those of the source documents, or those of 2024 (domain.md 8.1). */
export type Scenario = 'SEED_BASELINE' | 'CURRENT';

/** Level of a provider for benefit rules and prices: village, township, county, tertiary inside, outside the pooled region (domain.md 3.1.1). */
export type CareLevel = 'V' | 'T' | 'C' | 'M' | 'O';

/** One administrative division 行政区划, as in data/divisions.csv, with its place. */
export interface Division {
  readonly code: string;
  readonly name: string;
  readonly level: 'PROVINCE' | 'CITY' | 'COUNTY' | 'TOWNSHIP' | 'VILLAGE';
  readonly parentCode: string | null;
  /** 统计用城乡分类 (111, 112, 121, 122, 123, 210, 220); villages only. */
  readonly urbanRural: string | null;
  readonly specialTypes: readonly SpecialArea[];
  /** km², two decimals; county and above only where known. */
  readonly areaKm2: string | null;
  /** Where a village lies; null above villages, and of a few that nobody has measured. */
  readonly location: MapPoint | null;
}

/** WGS-84 degrees, 6 decimals. */
export interface MapPoint {
  readonly longitude: number;
  readonly latitude: number;
}

export type SpecialArea = 'ETHNIC' | 'POOR' | 'REMOTE' | 'ALPINE' | 'HARDSHIP' | 'CENTRAL_TOWN';

/** One place with the figures other generators and indicators divide by. */
export interface Place {
  readonly key: PlaceKey;
  /** Division code of the place itself: 320322, 3302, 5303. */
  readonly regionCode: string;
  readonly name: string;
  readonly nameEn: string;
  /** Resident population of the 2020 census: the denominator of densities (domain.md 8.10). */
  readonly censusPopulation: number;
  /** Pooled region 统筹区 of the insurance: a city code. */
  readonly pooledRegionCode: string;
  readonly counties: readonly string[];
  /** How many residents this run generates here. */
  readonly residents: number;
}

export type InstitutionLevel = 'L1' | 'L2' | 'L3' | 'L9';
export type InstitutionGrade = 'A' | 'B' | 'C' | 'S' | 'N';
export type Tier = 'CITY' | 'COUNTY' | 'TOWNSHIP' | 'VILLAGE';
export type Ownership = 'PUBLIC' | 'COLLECTIVE' | 'PRIVATE_NONPROFIT' | 'PRIVATE_FORPROFIT';
export type CareDuty = 'BASIC_CARE' | 'PUBLIC_HEALTH' | 'HEALTH_MANAGEMENT' | 'CONTRACT_SERVICE';

export interface DepartmentFact {
  /** 诊疗科目 code, e.g. 03 内科; unique in the institution. */
  readonly code: string;
  readonly name: string;
  /** Specialty VS-16. */
  readonly specialty: string;
}

export interface BedFact {
  readonly bedClass: 'GENERAL' | 'CHRONIC' | 'ELDERLY' | 'REHAB' | 'NURSING' | 'ICU' | 'MATERNAL' | 'CHILD';
  readonly open: number;
  readonly physical: number;
  readonly occupied: number;
}

export interface LicenceFact {
  readonly number: string;
  /** 诊疗科目 names. */
  readonly subjects: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  readonly status: 'VALID' | 'EXPIRED' | 'REVOKED';
}

export interface MaintenanceFact {
  readonly on: string;
  readonly kind: 'ROUTINE' | 'REPAIR';
  readonly days: number;
}

export interface EquipmentFact {
  readonly id: string;
  readonly institutionId: string;
  readonly name: string;
  readonly class: 'CT' | 'MRI' | 'DR' | 'US' | 'ECG' | 'ENDOSCOPE' | 'BIOCHEM' | 'DIALYSIS' | 'VENTILATOR' | 'OTHER';
  /** 甲/乙类大型医用设备. */
  readonly large: boolean;
  readonly licenceNo: string | null;
  readonly model: string;
  readonly serialNo: string;
  readonly acquisition: 'PURCHASE' | 'FINANCE_LEASE' | 'LEASE' | 'CO_BUILD' | 'DONATION';
  readonly leaseTerms: string | null;
  /** Yuan, two decimals. */
  readonly purchasePrice: string;
  readonly inServiceOn: string;
  readonly status: 'IN_USE' | 'MAINTENANCE' | 'IDLE' | 'RETIRED';
  readonly shared: boolean;
  readonly sharingMode: 'COOPERATION' | 'LEASE' | 'NONE';
  readonly sharedWithAllianceIds: readonly string[];
  readonly slotMinutes: number;
  readonly bufferMinutes: number;
  readonly openFrom: string;
  readonly openTo: string;
  readonly operatorCount: number;
  /** Share of daily minutes kept for primary care, e.g. 0.20. */
  readonly sharedQuota: string;
  readonly maintenance: readonly MaintenanceFact[];
}

export interface SystemConnectionFact {
  readonly id: string;
  readonly institutionId: string;
  readonly system: 'HIS' | 'LIS' | 'PACS' | 'EMR' | 'PHIS';
  readonly connected: boolean;
  readonly unifiedOperation: boolean;
  readonly lastExchangeAt: string | null;
}

export interface CapabilityItemFact {
  readonly id: string;
  readonly institutionId: string;
  readonly area: CareDuty;
  readonly itemCode: string;
  readonly name: string;
  /** VS-26, 1–4; null when not surgery. */
  readonly surgeryLevel: '1' | '2' | '3' | '4' | null;
  readonly available: boolean;
  readonly yearVolume: number;
}

export interface CapabilityAssessmentFact {
  readonly id: string;
  readonly institutionId: string;
  readonly kind: 'QUALITY_PRIMARY' | 'MODEL_VILLAGE_CLINIC' | 'LEVEL2B' | 'STRONG_COUNTY';
  readonly standardVersion: string;
  readonly score: string;
  readonly result: 'BELOW' | 'BASIC' | 'RECOMMENDED';
  readonly assessedOn: string;
}

export interface SpecialtyCentreFact {
  readonly id: string;
  readonly institutionId: string;
  readonly kind:
    | 'CHEST_PAIN'
    | 'STROKE'
    | 'TRAUMA'
    | 'CHRONIC'
    | 'MATERNAL_CRITICAL'
    | 'CHILD_CRITICAL'
    | 'KEY_SPECIALTY'
    | 'WEAK_SPECIALTY'
    | 'REGIONAL_DISEASE'
    | 'FEATURE_SPECIALTY';
  readonly specialty: string;
  readonly level: 'NATIONAL' | 'PROVINCIAL' | 'CITY' | 'COUNTY';
  readonly year: number;
  readonly accredited: boolean;
  readonly radiatesRegionCodes: readonly string[];
}

export interface EmergencyNodeFact {
  readonly id: string;
  readonly institutionId: string;
  readonly level: 1 | 2 | 3 | 4;
  readonly duty: string;
  readonly ambulances: number;
  readonly coverageRegionCodes: readonly string[];
}

/** One institution 医疗卫生机构 with everything that hangs on it (domain.md 2.2). */
export interface InstitutionFact {
  readonly id: string;
  readonly place: PlaceKey;
  readonly name: string;
  readonly shortName: string;
  /** VS-04. */
  readonly class: string;
  readonly level: InstitutionLevel;
  readonly grade: InstitutionGrade;
  readonly tier: Tier;
  readonly careLevel: CareLevel;
  readonly ownership: Ownership;
  readonly nonProfit: boolean;
  readonly duties: readonly CareDuty[];
  /** 12-digit village for clinics, 9-digit township else, city or province for outside hospitals. */
  readonly regionCode: string;
  /** 6-digit county it lies in; null for hospitals outside the place. */
  readonly countyCode: string | null;
  readonly uscc: string | null;
  readonly orgCode: string;
  /** 定点医药机构编码, H + 6 digits + 5 digits. */
  readonly providerCode: string;
  readonly parentInstitutionId: string | null;
  readonly address: string;
  /** WGS-84 degrees, 6 decimals. */
  readonly longitude: number;
  readonly latitude: number;
  readonly licence: LicenceFact;
  readonly strongCountyHospital: boolean | null;
  readonly capabilityGrade: string | null;
  readonly integratedManagement: boolean;
  readonly modelClinic: boolean;
  readonly status: 'ACTIVE' | 'SUSPENDED' | 'CLOSED' | 'MERGED';
  readonly establishedOn: string;
  readonly departments: readonly DepartmentFact[];
  readonly beds: readonly BedFact[];
  readonly equipment: readonly EquipmentFact[];
  readonly systems: readonly SystemConnectionFact[];
  readonly capabilityItems: readonly CapabilityItemFact[];
  readonly assessments: readonly CapabilityAssessmentFact[];
  readonly specialtyCentres: readonly SpecialtyCentreFact[];
  readonly emergencyNode: EmergencyNodeFact | null;
  /** Villages a clinic serves (its own first); empty for others. */
  readonly serves: readonly string[];
  /** Health technicians the place's density gives to this institution; practitioners(place) yields exactly as many. */
  readonly staffCount: number;
}

export type AllianceKind =
  | 'COUNTY_COMMUNITY'
  | 'CITY_COUNTY'
  | 'COUNTY_TOWNSHIP'
  | 'TOWNSHIP_VILLAGE'
  | 'SPECIALTY'
  | 'TECHNICAL'
  | 'ONE_PLUS_X'
  | 'TELEMEDICINE'
  | 'TCM';

export interface AllianceMembershipFact {
  readonly allianceId: string;
  readonly institutionId: string;
  readonly tier: Tier;
  readonly role: 'LEAD' | 'MEMBER' | 'PUBLIC_HEALTH';
  readonly joinedOn: string;
  readonly leftOn: string | null;
  readonly integratedFinance: boolean;
}

export interface SharedCentreFact {
  readonly id: string;
  readonly kind: 'LAB' | 'IMAGING' | 'ECG' | 'PATHOLOGY' | 'STERILISATION' | 'LOGISTICS';
  readonly allianceId: string;
  readonly hostInstitutionId: string;
  readonly servesInstitutionIds: readonly string[];
  readonly openedOn: string;
  readonly monthlyCapacity: number;
  readonly status: 'IN_OPERATION' | 'BUILDING' | 'CLOSED';
}

export interface SpecialtyPlanFact {
  readonly id: string;
  readonly allianceId: string;
  readonly specialty: string;
  readonly horizon: string;
  readonly goals: string;
  readonly leadInstitutionId: string;
  readonly basis: string;
}

export interface GovernanceFact {
  readonly charter: boolean;
  readonly memberInDecision: boolean;
  readonly unifiedHr: boolean;
  readonly unifiedFinance: boolean;
  readonly unifiedBusiness: boolean;
  readonly unifiedDrug: boolean;
  readonly unifiedIt: boolean;
}

/** One alliance 医共体/医联体 with its members and centres (domain.md 2.2). */
export interface AllianceFact {
  readonly id: string;
  readonly place: PlaceKey;
  readonly name: string;
  readonly kind: AllianceKind;
  readonly tightness: 'DIRECT' | 'TIGHT' | 'SEMI' | 'LOOSE';
  readonly regionCode: string;
  readonly leadInstitutionId: string;
  readonly internetPlus: boolean;
  readonly governance: GovernanceFact;
  readonly establishedOn: string;
  readonly dissolvedOn: string | null;
  readonly memberships: readonly AllianceMembershipFact[];
  readonly sharedCentres: readonly SharedCentreFact[];
  readonly specialtyPlans: readonly SpecialtyPlanFact[];
}

export interface PairingAgreementFact {
  readonly id: string;
  readonly cityHospitalId: string;
  readonly leadHospitalId: string;
  readonly mode: 'FULL_TRUSTEESHIP' | 'SPECIALTY_TRUSTEESHIP' | 'SPECIALTY_COOPERATION';
  readonly specialties: readonly string[];
  readonly from: string;
  readonly to: string | null;
}

/** How much of an institution's slots goes to primary care 号源下沉政策 (domain.md 3.5). */
export interface SlotReleasePolicyFact {
  readonly id: string;
  readonly institutionId: string;
  readonly effectiveFrom: string;
  /** Ratio in force in the year of AS_OF, e.g. "0.30". */
  readonly ratio: string;
  readonly leadShare: string;
  readonly leadWindowDays: number;
  readonly allianceWindowDays: number;
  readonly yearlyStep: string;
  readonly maxRatio: string;
}
