import type { Read } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import { checkRecognition, validUntil } from '../rules/recognition.ts';
import type { QualityGrade, RecognitionReason, ReportStatus } from '../schema-types.ts';
import { diagnosticReports, recognitionItems } from '../tables/report.ts';

/** Whether a resident has a report that makes an examination unnecessary 互认查询, and which. */
export interface RecognitionCheckValue {
  readonly residentId: string;
  readonly reportNo: number | null;
  readonly recognisable: boolean;
  readonly reason: RecognitionReason | null;
  readonly validUntil: string | null;
}

/** What is to be examined, where and when; null leaves site or method open. */
export interface IntendedExamination {
  readonly residentId: string;
  readonly itemCode: string;
  readonly institutionId: string;
  readonly at: string;
  readonly site: string | null;
  readonly method: string | null;
}

/** The reports of an item that other institutions made for a resident, the newest first, judged for an examination (domain.md 3.7). */
export function recognitionCheckLoader(read: Read) {
  return async (order: IntendedExamination): Promise<RecognitionCheckValue> => {
    const { residentId, itemCode, institutionId, at } = order;
    const rows = await read.query(sql`
      select no, coalesce(body_site, specimen), method, performed_time, quality_grade, status, validity_days, required_grade
      from ${diagnosticReports} join ${recognitionItems} on ${recognitionItems.code} = ${diagnosticReports.item}
      where resident_id = ${residentId} and item = ${itemCode} and performed_at_id <> ${institutionId} and performed_time <= ${at}
      order by performed_time desc, no desc`);
    const judged = rows.map((row) => judge(row, order));
    return judged.find(({ recognisable }) => recognisable) ?? judged[0] ?? { ...nothing, residentId };
  };
}

const nothing = { reportNo: null, recognisable: false, reason: null, validUntil: null } as const;

function judge(
  row: readonly unknown[],
  { residentId, itemCode, ...order }: IntendedExamination,
): RecognitionCheckValue {
  const [no, site, method, performedTime, qualityGrade, status, validityDays, requiredGrade] = row;
  const own = { site: textOf(site), methodClass: textOf(method) };
  const check = checkRecognition(
    {
      item: itemCode,
      ...own,
      performedTime: String(performedTime),
      qualityGrade: oneOf(qualityGrades, qualityGrade),
      status: oneOf(reportStates, status),
    },
    {
      item: itemCode,
      site: order.site ?? own.site,
      methodClass: order.method ?? own.methodClass,
      at: order.at,
      reason: null,
    },
    { validityDays: Number(validityDays), requiredGrade: oneOf(qualityGrades, requiredGrade) },
  );
  return {
    residentId,
    reportNo: Number(no),
    recognisable: check.kind === 'RECOGNISABLE',
    reason: check.kind === 'RECOGNISABLE' ? null : check.reason,
    validUntil: validUntil(String(performedTime), Number(validityDays)),
  };
}

const qualityGrades: readonly QualityGrade[] = ['NATIONAL', 'PROVINCE', 'CITY', 'ALLIANCE', 'NONE'];
const reportStates: readonly ReportStatus[] = ['REGISTERED', 'PRELIMINARY', 'FINAL', 'AMENDED', 'CANCELLED'];

function oneOf<T extends string>(values: readonly T[], value: unknown): T {
  const found = values.find((each) => each === value);
  if (found === undefined) throw new TypeError(`the database holds an unknown constant ${String(value)}`);
  return found;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
