import { Decimal } from 'decimal.js';
import type { ChronicDisease, Tier } from '../schema-types.ts';

/** Days and diseases of long prescriptions 慢病长处方 (domain.md 3.18, VS-38). */
export interface LongPrescriptionLimits {
  readonly minDays: number;
  readonly maxDays: number;
  readonly diseases: readonly ChronicDisease[];
  /** How many of the last follow-ups must be controlled. */
  readonly controlledFollowUps: number;
}

/** The limits of 长期处方管理规范 2021: four to twelve weeks. */
export const DEFAULT_LONG_PRESCRIPTION_LIMITS: LongPrescriptionLimits = {
  minDays: 28,
  maxDays: 84,
  diseases: ['HTN', 'T2DM', 'CHD', 'COPD'],
  controlledFollowUps: 2,
};

/** A drug of a prescription. */
export interface PrescribedDrug {
  readonly days: number;
  /** On the list for primary care 基本药物. */
  readonly essential: boolean;
  /** Residents with a contract may get it outside the list 签约可用非基药. */
  readonly contractFlexible: boolean;
  readonly availableAtCountyHospital: boolean;
}

/** A long prescription to be issued or refilled. */
export interface LongPrescriptionRequest {
  readonly issue: 'FIRST' | 'REFILL';
  readonly tier: Tier;
  readonly prescriberIsPhysician: boolean;
  readonly disease: ChronicDisease | null;
  /** Whether the follow-ups were controlled, the latest first. */
  readonly followUpsControlled: readonly boolean[];
  /** Whether the latest reading since was controlled, null without a reading. */
  readonly latestReadingControlled: boolean | null;
  readonly contracted: boolean;
  readonly drugs: readonly PrescribedDrug[];
}

/** Why a long prescription is refused: a code of the error catalogue and the field at fault. */
export interface PrescriptionRefusal {
  readonly code: 'VALIDATION_FAILED' | 'DAYS_EXCEEDED';
  readonly field: string;
}

/** Tiers at which a long prescription is first issued and refilled: T/C and V/T (domain.md 3.18). */
const tiersOfIssue: Readonly<Record<LongPrescriptionRequest['issue'], readonly Tier[]>> = {
  FIRST: ['TOWNSHIP', 'COUNTY'],
  REFILL: ['VILLAGE', 'TOWNSHIP'],
};

/** The first rule that a long prescription breaks, null when it may be issued (domain.md 3.18). */
export function longPrescriptionRefusal(
  request: LongPrescriptionRequest,
  limits: LongPrescriptionLimits = DEFAULT_LONG_PRESCRIPTION_LIMITS,
): PrescriptionRefusal | null {
  if (!tiersOfIssue[request.issue].includes(request.tier)) return invalid('institutionId');
  if (request.issue === 'FIRST' && !request.prescriberIsPhysician) return invalid('prescriberId');
  if (request.disease === null || !limits.diseases.includes(request.disease)) return invalid('diseaseKind');
  if (!isStable(request, limits)) return invalid('residentId');
  return request.drugs.length === 0 ? invalid('lines') : refusedDrug(request, limits);
}

/** Quantity of a line in units of the pack: what is taken each time, as many times as it is taken (domain.md 3.18). */
export function prescribedQuantity(unitsPerDose: string, times: number): string {
  return new Decimal(unitsPerDose).times(times).toString();
}

/** Stable is who was controlled at the last follow-ups and has had no uncontrolled reading since. */
function isStable(request: LongPrescriptionRequest, limits: LongPrescriptionLimits): boolean {
  const last = request.followUpsControlled.slice(0, limits.controlledFollowUps);
  return last.length === limits.controlledFollowUps && last.every(Boolean) && request.latestReadingControlled !== false;
}

function refusedDrug(request: LongPrescriptionRequest, limits: LongPrescriptionLimits): PrescriptionRefusal | null {
  for (const [index, drug] of request.drugs.entries()) {
    if (drug.days > limits.maxDays) return { code: 'DAYS_EXCEEDED', field: `lines.${index}.days` };
    if (drug.days < limits.minDays) return invalid(`lines.${index}.days`);
    const flexible = request.contracted && drug.contractFlexible && drug.availableAtCountyHospital;
    if (!drug.essential && !flexible) return invalid(`lines.${index}.drugId`);
  }
  return null;
}

function invalid(field: string): PrescriptionRefusal {
  return { code: 'VALIDATION_FAILED', field };
}
