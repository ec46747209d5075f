import { encodeOwnedId, type Write } from '@hutong/kit';
import { sql } from 'drizzle-orm';
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
  const excused = await write.tx.execute<Excused>(sql`
    update diagnostic_reports r set duplicate_of_no = null, version = version + 1, updated_at = ${write.clock.instant}
    where resident_id = ${residentId} and encounter_no = ${encounterNo} and performed_at_id = ${institutionId}
      and duplicate_of_no is not null and (${repeated}) is null
    returning no, status, interpreted_at_id as "interpretedAtId", version`);
  for (const { no, status, interpretedAtId, version } of excused) {
    const payload = { performedAtId: institutionId, interpretedAtId, status, duplicate: false, version };
    const id = encodeOwnedId('dr', residentId, no);
    write.change({ type: 'DiagnosticReport', id, kind: 'UPDATED', residentId, payload });
  }
}

/** What the change of a report tells; a type, since it is a row of a query. */
type Excused = Pick<DiagnosticReportRow, 'no' | 'status' | 'interpretedAtId' | 'version'>;
