import type { Write } from '@hutong/kit';
import { and, desc, eq, isNotNull, lte, ne } from 'drizzle-orm';
import { checkRecognition } from '../rules/recognition.ts';
import type { ReportStatus } from '../schema-types.ts';
import { diagnosticReports, recognitionDecisions, recognitionItems } from '../tables/report.ts';

/** A report that is about to be stored. */
interface NewReport {
  readonly residentId: string;
  readonly encounterNo?: number | null | undefined;
  readonly item: string;
  readonly bodySite?: string | null | undefined;
  readonly specimen?: string | null | undefined;
  readonly method?: string | null | undefined;
  readonly performedAtId: string;
  readonly performedTime: string;
  readonly status: ReportStatus;
}

/**
 * The number of the report that a new one repeats without a reason 重复检查, null when it repeats none (domain.md 3.7): another
 * institution's report of the same item was recognisable when this one was made, and nobody here stored why it would not do.
 */
export async function duplicatedReport(write: Write, made: NewReport): Promise<number | null> {
  const { residentId, item, performedAtId, performedTime, encounterNo } = made;
  if (made.status === 'CANCELLED') return null;
  const earlier = await write.tx
    .select()
    .from(diagnosticReports)
    .innerJoin(recognitionItems, eq(recognitionItems.code, diagnosticReports.item))
    .where(
      and(
        eq(diagnosticReports.residentId, residentId),
        eq(diagnosticReports.item, item),
        ne(diagnosticReports.performedAtId, performedAtId),
        lte(diagnosticReports.performedTime, performedTime),
      ),
    )
    .orderBy(desc(diagnosticReports.performedTime), desc(diagnosticReports.no));
  const site = made.bodySite ?? made.specimen ?? null;
  const order = { item, site, methodClass: made.method ?? null, at: performedTime, reason: null };
  const recognisable = earlier.filter(({ diagnostic_reports: report, recognition_items: terms }) => {
    const own = { item: report.item, site: report.bodySite ?? report.specimen, methodClass: report.method };
    const { performedTime: at, qualityGrade, status } = report;
    const check = checkRecognition({ ...own, performedTime: at, qualityGrade, status }, order, terms);
    return check.kind === 'RECOGNISABLE';
  });
  if (recognisable.length === 0) return null;
  const excused = await write.tx
    .select({ reportNo: recognitionDecisions.reportNo, encounterNo: recognitionDecisions.encounterNo })
    .from(recognitionDecisions)
    .where(
      and(
        eq(recognitionDecisions.residentId, residentId),
        eq(recognitionDecisions.atInstitutionId, performedAtId),
        eq(recognitionDecisions.decision, 'NOT_RECOGNISED'),
        isNotNull(recognitionDecisions.reason),
      ),
    );
  const excuses = excused
    .filter((decision) => encounterNo === null || encounterNo === undefined || decision.encounterNo === encounterNo)
    .map(({ reportNo }) => reportNo);
  return recognisable.find(({ diagnostic_reports: { no } }) => !excuses.includes(no))?.diagnostic_reports.no ?? null;
}
