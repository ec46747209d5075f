import { eq, sql } from 'drizzle-orm';
import type { Query, Read } from '@hutong/kit';
import type { SubjectType } from '../schema-types.ts';
import {
  evaluations,
  indicatorDefinitions,
  indicatorTargets,
  satisfactionResponses,
  satisfactionSurveys,
} from '../tables/evaluation.ts';
import { keyedBy, textList } from './key-columns.ts';
import { loadSatisfaction, satisfactionKey } from './satisfaction.ts';

/** Reads of satisfaction, evaluation and targets. */
export const evaluationLoaders = (read: Read) => ({
  satisfaction: keyedBy(read.batch(loadSatisfaction), satisfactionKey),
  survey: read.byKey(satisfactionSurveys, 'id'),
  surveys: read.page(satisfactionSurveys, 'id'),
  response: read.byKey(satisfactionResponses, 'id'),
  responsesOfSurvey: read.pageBy(satisfactionResponses, 'surveyId', 'id'),
  evaluation: read.byKey(evaluations, 'id'),
  evaluations: read.page(evaluations, 'id'),
  evaluationsOfInstitution: read.pageBy(evaluations, 'subjectId', 'id', ofSubject('INSTITUTION')),
  evaluationsOfAlliance: read.pageBy(evaluations, 'subjectId', 'id', ofSubject('ALLIANCE')),
  allianceTotal: read.batch(loadAllianceTotals),
  indicator: read.byKey(indicatorDefinitions, 'code'),
  indicators: read.all(indicatorDefinitions, { orderBy: ['position'] }),
  target: read.byKey(indicatorTargets, 'id'),
  targets: read.page(indicatorTargets, 'id'),
  targetsOfIndicator: read.pageBy(indicatorTargets, 'indicatorCode', 'id'),
});

/** Evaluations of one kind of subject only. */
function ofSubject(type: SubjectType) {
  return { where: eq(evaluations.subjectType, sql.raw(`'${type}'`)) };
}

/** Total score of each alliance's latest evaluation: what insurance makes the performance factor from (domain.md 3.16). */
async function loadAllianceTotals(ids: readonly string[], query: Query): Promise<ReadonlyMap<string, string | null>> {
  const rows = await query(sql`
    select distinct on (e.subject_id) e.subject_id, e.total
    from evaluations e
    where e.subject_type = 'ALLIANCE' and e.kind = 'ALLIANCE' and e.status = 'PUBLISHED' and e.subject_id = any(${textList(ids)})
    order by e.subject_id, e.period desc`);
  return new Map(rows.map(([id, total]) => [String(id), typeof total === 'string' ? total : null]));
}
