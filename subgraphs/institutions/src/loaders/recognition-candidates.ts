import type { Read } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import type { QualityGrade, ReportStatus } from '../schema-types.ts';
import { diagnosticReports, recognitionItems } from '../tables/report.ts';

/** Which reports to look for: of a resident and item, made before an instant by others than the one who asks. */
export interface CandidateQuery {
  readonly residentId: string;
  readonly itemCode: string;
  readonly institutionId: string;
  readonly at: string;
}

/** The reports of an item that other institutions made for a resident, the newest first, with the terms of the item. */
export function recognitionCandidates(read: Read) {
  return async ({ residentId, itemCode, institutionId, at }: CandidateQuery) => {
    const rows = await read.query(sql`
      select no, coalesce(body_site, specimen), method, performed_time, quality_grade, status, validity_days, required_grade
      from ${diagnosticReports} join ${recognitionItems} on ${recognitionItems.code} = ${diagnosticReports.item}
      where resident_id = ${residentId} and item = ${itemCode} and performed_at_id <> ${institutionId} and performed_time <= ${at}
      order by performed_time desc, no desc`);
    return rows.map(([no, site, method, performedTime, qualityGrade, status, validityDays, requiredGrade]) => ({
      residentId,
      reportNo: Number(no),
      item: itemCode,
      site: textOf(site),
      methodClass: textOf(method),
      performedTime: String(performedTime),
      qualityGrade: oneOf(qualityGrades, qualityGrade),
      status: oneOf(reportStates, status),
      validityDays: Number(validityDays),
      requiredGrade: oneOf(qualityGrades, requiredGrade),
    }));
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
