import type { RecognitionReason } from '../schema-types.ts';
import { checkRecognition, validUntil, type ExistingReport, type RecognitionTerms } from './recognition.ts';

/** A report that may make an examination unnecessary, with the terms of its item. */
export interface RecognitionCandidate extends ExistingReport, RecognitionTerms {
  readonly residentId: string;
  readonly reportNo: number;
}

/** What is to be examined and when; null leaves site or method open. */
export interface IntendedExamination {
  readonly at: string;
  readonly site: string | null;
  readonly method: string | null;
}

/** Whether there is a report that makes an examination unnecessary 互认查询, and which. */
export interface RecognitionChoice {
  readonly residentId: string;
  readonly reportNo: number | null;
  readonly recognisable: boolean;
  /** The first test that the report fails. */
  readonly reason: RecognitionReason | null;
  readonly validUntil: string | null;
}

/** The newest report to be recognised, else the newest of all, with its reason (domain.md 3.7); candidates come newest first. */
export function chooseReport(
  residentId: string,
  candidates: readonly RecognitionCandidate[],
  examination: IntendedExamination,
): RecognitionChoice {
  const judged = candidates.map((candidate) => judge(candidate, examination));
  const none = { residentId, reportNo: null, recognisable: false, reason: null, validUntil: null };
  return judged.find(({ recognisable }) => recognisable) ?? judged[0] ?? none;
}

function judge(candidate: RecognitionCandidate, { at, site, method }: IntendedExamination): RecognitionChoice {
  const { residentId, reportNo, item, performedTime, validityDays } = candidate;
  const order = { item, site: site ?? candidate.site, methodClass: method ?? candidate.methodClass, at, reason: null };
  const check = checkRecognition(candidate, order, candidate);
  return {
    residentId,
    reportNo,
    recognisable: check.kind === 'RECOGNISABLE',
    reason: check.kind === 'RECOGNISABLE' ? null : check.reason,
    validUntil: validUntil(performedTime, validityDays),
  };
}
