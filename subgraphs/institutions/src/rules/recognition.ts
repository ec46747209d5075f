import { Decimal } from 'decimal.js';
import type { QualityGrade, RecognitionReason, ReportStatus } from '../schema-types.ts';
import { compareInstants, plusMinutes } from './instant.ts';

/** An item of examination or test with where and how it is done. */
interface ExaminedItem {
  readonly item: string;
  /** Body site of an examination, specimen of a test. */
  readonly site: string | null;
  readonly methodClass: string | null;
}

/** A report that exists. */
export interface ExistingReport extends ExaminedItem {
  readonly performedTime: string;
  readonly qualityGrade: QualityGrade;
  readonly status: ReportStatus;
}

/** What is to be ordered, when, and why again if there is a reason of VS-31. */
export interface NewOrder extends ExaminedItem {
  readonly at: string;
  readonly reason: RecognitionReason | null;
}

/** The target's terms for the item, from the recognition catalogue 互认项目目录. */
export interface RecognitionTerms {
  readonly validityDays: number;
  readonly requiredGrade: QualityGrade;
}

/** Whether a report stands for an order, and if not why. */
export type RecognitionCheck =
  | { readonly kind: 'RECOGNISABLE' }
  | { readonly kind: 'NOT_RECOGNISABLE'; readonly reason: RecognitionReason };

/** What recognising a report saved, yuan. */
export interface RecognitionSavings {
  readonly avoidedPrice: string;
  readonly fundSaved: string;
  readonly personSaved: string;
}

const DAY = 24 * 60;

/** Grades from the lowest to the highest (VS-30). */
const grades: readonly QualityGrade[] = ['NONE', 'ALLIANCE', 'CITY', 'PROVINCE', 'NATIONAL'];

const ownTests: ReadonlySet<RecognitionReason> = new Set(['ITEM', 'SITE_OR_METHOD', 'STATUS']);

/**
 * Whether a report is to be recognised instead of repeating the examination (domain.md 3.7, 3.23): the first failing test gives
 * the reason. `terms` is undefined for an item outside the catalogue.
 */
export function checkRecognition(
  report: ExistingReport,
  order: NewOrder,
  terms: RecognitionTerms | undefined,
): RecognitionCheck {
  const reason = firstFailure(report, order, terms);
  return reason === null ? { kind: 'RECOGNISABLE' } : { kind: 'NOT_RECOGNISABLE', reason };
}

/** The instant from which a report is too old: performedTime + validity (domain.md 3.7, 3.23). */
export function validUntil(performedTime: string, validityDays: number): string {
  return plusMinutes(performedTime, validityDays * DAY);
}

/** Whether a reason may be given for repeating an examination: those of VS-31, not the outcomes of our own tests (domain.md 3.7). */
export function isReExaminationReason(reason: RecognitionReason): boolean {
  return !ownTests.has(reason);
}

/** Savings of a recognised report at the price of the target, with the resident's effective ratio (domain.md 3.7, 3.0.1). */
export function recognitionSavings(price: string, effectiveRatio: string): RecognitionSavings {
  const avoided = new Decimal(price).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
  const fund = avoided.times(effectiveRatio).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
  return {
    avoidedPrice: avoided.toFixed(2),
    fundSaved: fund.toFixed(2),
    personSaved: avoided.minus(fund).toFixed(2),
  };
}

function firstFailure(
  report: ExistingReport,
  order: NewOrder,
  terms: RecognitionTerms | undefined,
): RecognitionReason | null {
  if (terms === undefined || report.item !== order.item) return 'ITEM';
  if (report.site !== order.site || report.methodClass !== order.methodClass) return 'SITE_OR_METHOD';
  if (compareInstants(order.at, validUntil(report.performedTime, terms.validityDays)) >= 0) return 'EXPIRED';
  if (grades.indexOf(report.qualityGrade) < grades.indexOf(terms.requiredGrade)) return 'QUALITY_INSUFFICIENT';
  if (report.status !== 'FINAL') return 'STATUS';
  return order.reason;
}
