import type { CareDuty, CatalogueLevel, Tier } from '../schema-types.ts';
import { isInIcd10Range } from './icd10.ts';

/** A row of the disease catalogue 诊疗目录. */
export interface TreatedDisease {
  readonly level: CatalogueLevel;
  readonly icd10From: string;
  readonly icd10To: string;
}

/** An item of an institution's list of capabilities 服务能力清单. */
export interface Capability {
  readonly itemCode: string;
  readonly area: CareDuty;
  readonly available: boolean;
}

/** The capability item that a tier needs for diagnoses of a range. */
export interface CapabilityNeed {
  readonly tier: Tier;
  readonly icd10From: string;
  readonly icd10To: string;
  readonly itemCode: string;
}

/** An institution with the diseases its alliances' catalogues list. */
export interface TreatingInstitution {
  readonly tier: Tier;
  readonly catalogue: readonly TreatedDisease[];
  readonly capabilities: readonly Capability[];
}

/** The product default of the needs, by the codes of the demo region's list of capabilities (domain.md 3.4.3). */
export const DEFAULT_CAPABILITY_NEEDS: readonly CapabilityNeed[] = [
  { tier: 'COUNTY', icd10From: 'I21', icd10To: 'I22', itemCode: 'C01' },
  { tier: 'COUNTY', icd10From: 'I63', icd10To: 'I63', itemCode: 'C02' },
  { tier: 'COUNTY', icd10From: 'N18', icd10To: 'N18', itemCode: 'C06' },
  { tier: 'COUNTY', icd10From: 'O82', icd10To: 'O82', itemCode: 'C04' },
  { tier: 'TOWNSHIP', icd10From: 'K35', icd10To: 'K35', itemCode: 'T03' },
  { tier: 'TOWNSHIP', icd10From: 'O80', icd10To: 'O80', itemCode: 'T04' },
];

const cataloguesOfTier: Readonly<Record<Tier, readonly CatalogueLevel[]>> = {
  VILLAGE: ['VILLAGE'],
  TOWNSHIP: ['VILLAGE', 'TOWNSHIP'],
  COUNTY: ['VILLAGE', 'TOWNSHIP', 'COUNTY'],
  CITY: ['VILLAGE', 'TOWNSHIP', 'COUNTY'],
};

/**
 * Whether an institution can treat a diagnosis (domain.md 3.4.3): the catalogue of its level or one below covers the code, and
 * the capability items it needs are available; where no item is named, some item of basic care.
 */
export function canTreat(
  institution: TreatingInstitution,
  icd10: string,
  needs: readonly CapabilityNeed[] = DEFAULT_CAPABILITY_NEEDS,
): boolean {
  const covers = ({ icd10From, icd10To }: { readonly icd10From: string; readonly icd10To: string }) =>
    isInIcd10Range(icd10, { from: icd10From, to: icd10To });
  const levels = cataloguesOfTier[institution.tier];
  if (!institution.catalogue.some((disease) => levels.includes(disease.level) && covers(disease))) return false;
  const available = institution.capabilities.filter((capability) => capability.available);
  const needed = needs.filter((need) => need.tier === institution.tier && covers(need));
  if (needed.length === 0) return available.some(({ area }) => area === 'BASIC_CARE');
  return needed.every((need) => available.some(({ itemCode }) => itemCode === need.itemCode));
}
