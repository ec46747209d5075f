import { sql, type SQL } from 'drizzle-orm';
import { compositeKey, type Query } from '@hutong/kit';
import type { ServiceSubjectType } from '../schema-types.ts';
import { keyColumns, textList } from './key-columns.ts';

/** Responses of residents about a subject in a period. */
export interface SatisfactionFigures {
  readonly responses: number;
  readonly score: string | null;
  readonly satisfiedShare: string | null;
}

/** About which subject, in which days, both ends inclusive. */
export interface SatisfactionAsk {
  readonly subjectType: ServiceSubjectType;
  readonly subjectId: string;
  readonly from: string;
  readonly to: string;
}

/** Key of {@link loadSatisfaction}. */
export function satisfactionKey({ subjectType, subjectId, from, to }: SatisfactionAsk): string {
  return compositeKey(subjectType, subjectId, from, to);
}

/** Which responses are about a subject: by what they judge; of a contract, who answered its own survey, for no response names a contract. */
const conditions: Readonly<Record<ServiceSubjectType, SQL>> = {
  INSTITUTION: sql`r.institution_id = k.id`,
  TEAM: sql`r.team_id = k.id`,
  PRACTITIONER: sql`r.practitioner_id = k.id`,
  CONTRACT: sql`r.survey_id in (
    select s.id from satisfaction_surveys s where s.subject_type = 'CONTRACT' and s.subject_id = k.id)`,
  ALLIANCE: sql`r.institution_id in (select m.institution_id from alliance_members m where m.alliance_id = k.id)`,
};

/** Satisfaction of subjects in periods: one statement for each kind of subject asked for. */
export async function loadSatisfaction(
  keys: readonly string[],
  query: Query,
): Promise<ReadonlyMap<string, SatisfactionFigures>> {
  const figures = new Map<string, SatisfactionFigures>();
  for (const [type, condition] of Object.entries(conditions)) {
    const ofType = keys.filter((key) => key.startsWith(`["${type}"`));
    if (ofType.length === 0) continue;
    for (const row of await query(statement(ofType, condition))) {
      const [key, responses, score, satisfiedShare] = row;
      figures.set(String(key), {
        responses: Number(responses),
        score: typeof score === 'string' ? score : null,
        satisfiedShare: typeof satisfiedShare === 'string' ? satisfiedShare : null,
      });
    }
  }
  return figures;
}

function statement(keys: readonly string[], condition: SQL): SQL {
  const [, ids = [], froms = [], tos = []] = keyColumns(keys, 4);
  return sql`
    select k.key, r.responses, r.score, r.satisfied_share
    from unnest(${textList(keys)}, ${textList(ids)}, ${textList(froms)}::date[], ${textList(tos)}::date[])
      as k(key, id, from_day, to_day)
    cross join lateral (
      select count(*)::integer as responses, round(avg(r.score), 2) as score,
        round(100.0 * sum((select count(*) from unnest(r.answers) a where a >= 4)) / nullif(sum(cardinality(r.answers)), 0), 2)
          as satisfied_share
      from satisfaction_responses r
      where r.respondent_kind = 'RESIDENT' and r.at >= k.from_day and r.at < k.to_day + 1 and ${condition}
    ) r
    where r.responses > 0`;
}
