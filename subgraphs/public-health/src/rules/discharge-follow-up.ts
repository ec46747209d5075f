import { addDays } from './contract-term.ts';

/** Stroke I60–I64, acute myocardial infarction I21–I22, delivery O80–O84: followed sooner. */
const SOONER = /^(I6[0-4]|I2[12]|O8[0-4])/;

/** The last day of a timely follow-up after discharge: the seventh, after stroke, infarction and delivery the third (domain.md 3.4.6). */
export function dischargeFollowUpDueBy(dischargedOn: string, icd10: readonly string[]): string {
  return addDays(dischargedOn, icd10.some((code) => SOONER.test(code)) ? 3 : 7);
}
