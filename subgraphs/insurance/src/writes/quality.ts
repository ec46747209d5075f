import type { FaultText, Write } from '@hutong/kit';
import { and, desc, eq, inArray, isNotNull, ne } from 'drizzle-orm';
import { evaluationProjections } from '../tables/projection.ts';

/** The totals of the three-dimensional evaluation 三维评估 of a year, by subject, as public health told them last (domain.md 3.15). */
export async function qualityOfYear(
  { tx }: Write,
  subjectType: 'INSTITUTION' | 'ALLIANCE',
  subjectIds: readonly string[],
  year: number,
): Promise<ReadonlyMap<string, string>> {
  if (subjectIds.length === 0) return new Map();
  const { subjectId, period, kind, total, status, seq } = evaluationProjections;
  const rows = await tx
    .select({ subjectId, total })
    .from(evaluationProjections)
    .where(
      and(
        eq(evaluationProjections.subjectType, subjectType),
        inArray(subjectId, [...subjectIds]),
        eq(period, String(year)),
        // The appraisal of contract services and the baseline are other evaluations of the same subject.
        inArray(kind, ['ROUTINE', 'ALLIANCE']),
        ne(status, 'SUPERSEDED'),
        isNotNull(total),
      ),
    )
    .orderBy(desc(seq));
  return new Map(rows.toReversed().map((row) => [row.subjectId, row.total ?? '']));
}

/** Says what must be done before a year can be closed. */
export function notEvaluated(subjects: readonly string[], year: number): FaultText {
  const names = subjects.slice(0, 10).join(', ');
  return {
    en: `The evaluation of ${year} is not known of ${names}; the health commission runs it first (runEvaluation).`,
    zh: `尚无 ${names} 的 ${year} 年三维评估结果，请先由卫生健康行政部门开展评估（runEvaluation）。`,
  };
}
