import { addDays, addMonths } from './contract-term.ts';

/** From this level of risk 危险性评估 on a patient is not stable: referral, and a visit within two weeks. */
const UNSTABLE = 3;

/** Whether the risk of a severe mental disorder asks for a referral. */
export function isUnstable(riskLevel: number): boolean {
  return riskLevel >= UNSTABLE;
}

/** When a person with a severe mental disorder is seen again: stable 3 months, nearly stable 1 month, not stable 2 weeks (BPH3). */
export function nextMentalVisit(riskLevel: number, day: string): string {
  if (isUnstable(riskLevel)) return addDays(day, 14);
  return addMonths(day, riskLevel === 0 ? 3 : 1);
}

/** Months of the intensive phase of the treatment 强化期. */
const INTENSIVE_MONTHS = 2;

/** When a person with tuberculosis is seen again: every 10 days of the first two months of treatment, then every month (BPH3). */
export function nextTbVisit(treatmentFrom: string | null, day: string): string {
  const isIntensive = treatmentFrom === null || day < addMonths(treatmentFrom, INTENSIVE_MONTHS);
  return isIntensive ? addDays(day, 10) : addMonths(day, 1);
}

/**
 * Whether a diagnosis is one of the six severe mental disorders 六类重性精神疾病: schizophrenia, paranoid, schizoaffective and bipolar
 * disorder, those of epilepsy and of mental retardation (BPH3).
 */
export function isSevereMental(diagnosis: string): boolean {
  return /^F(06|2\d|3[01]|7\d)/.test(diagnosis);
}

/** Whether a diagnosis is tuberculosis 结核病 (VS-38). */
export function isTuberculosis(diagnosis: string): boolean {
  return /^A1[5-9]/.test(diagnosis);
}
