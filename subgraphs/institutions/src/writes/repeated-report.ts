import { encodeOwnedId, type Write } from '@hutong/kit';
import { type SQL, sql } from 'drizzle-orm';
import type { DiagnosticReportRow } from '../tables/report.ts';
import { duplicatedBy } from '../tables/duplicate-exam.ts';

const repeated = sql.raw(duplicatedBy('r'));

/** Judges whether a report that was just stored repeats another without a reason 重复检查, and marks it (domain.md 3.7). */
export async function markRepeated({ tx }: Write, residentId: string, no: number): Promise<boolean> {
  const [marked] = await tx.execute<{ of_no: number | null }>(sql`
    update diagnostic_reports r set duplicate_of_no = (${repeated})
    where resident_id = ${residentId} and no = ${no} returning duplicate_of_no as of_no`);
  return marked !== undefined && marked.of_no !== null;
}

/** Takes the mark from the reports of an encounter for which a reason is stored only now, as in an emergency, and tells it. */
export async function excuseRepeated(
  write: Write,
  at: { readonly residentId: string; readonly encounterNo: number; readonly institutionId: string },
): Promise<void> {
  const { residentId, encounterNo, institutionId } = at;
  await judgeAgain(write, residentId, sql`encounter_no = ${encounterNo} and performed_at_id = ${institutionId}`);
}

/** Judges the reports anew that were marked for a report that is cancelled now, and tells it: they repeat another one, or none. */
export async function releaseRepeated(write: Write, { residentId, no }: OwnedReport): Promise<void> {
  await judgeAgain(write, residentId, sql`duplicate_of_no = ${no}`);
}

async function judgeAgain({ tx, clock, change }: Write, residentId: string, which: SQL): Promise<void> {
  const judged = await tx.execute<Judged>(sql`
    update diagnostic_reports r set duplicate_of_no = (${repeated}), version = version + 1, updated_at = ${clock.instant}
    where resident_id = ${residentId} and ${which}
      and duplicate_of_no is not null and (${repeated}) is distinct from duplicate_of_no
    returning no, status, performed_at_id as "performedAtId", interpreted_at_id as "interpretedAtId", duplicate_of_no as "duplicateOfNo", version`);
  for (const { no, duplicateOfNo, ...report } of judged) {
    const payload = { ...report, duplicate: duplicateOfNo !== null };
    change({ type: 'DiagnosticReport', id: encodeOwnedId('dr', residentId, no), kind: 'UPDATED', residentId, payload });
  }
}

type OwnedReport = Pick<DiagnosticReportRow, 'residentId' | 'no'>;

/** What the change of a report tells; a type, since it is a row of a query. */
type Judged = Pick<
  DiagnosticReportRow,
  'no' | 'status' | 'performedAtId' | 'interpretedAtId' | 'duplicateOfNo' | 'version'
>;
