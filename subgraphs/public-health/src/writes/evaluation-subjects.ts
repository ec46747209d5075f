import { governs, type Write } from '@hutong/kit';
import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { PeriodRange } from '../rules/period-range.ts';
import { countedValues, type CountedValue } from '../rules/snapshot-values.ts';
import type { RunEvaluationInput, SubjectType } from '../schema-types.ts';
import { inspections } from '../tables/oversight.ts';
import { allianceMembers, indicatorSnapshots } from '../tables/indicator.ts';
import { institutionProjections, teamProjections } from '../tables/projection.ts';

/** A subject of an evaluation with what public health counted of it in the period. */
export interface EvaluatedSubject {
  readonly id: string;
  readonly counted: ReadonlyMap<string, CountedValue>;
  /** Services checked and truthful, of teams with a check in the period (domain.md 3.8.7). */
  readonly check?: { readonly samples: number; readonly truthful: number };
}

/** The subjects of a region that have figures of a period, in order of their id. */
export function subjectsOf(write: Write, input: RunEvaluationInput, range: PeriodRange): Promise<EvaluatedSubject[]> {
  return input.subjectType === 'TEAM' ? teamsOf(write, input, range) : snapshotSubjects(write, input);
}

const isIn: Readonly<Record<Exclude<SubjectType, 'TEAM'>, (regionCode: string) => SQL>> = {
  REGION: (regionCode) => sql`starts_with(${indicatorSnapshots.subjectId}, ${regionCode})`,
  INSTITUTION: (regionCode) =>
    sql`${indicatorSnapshots.subjectId} in (select p.id from ${institutionProjections} p where starts_with(p.region_code, ${regionCode}))`,
  ALLIANCE: (regionCode) =>
    sql`${indicatorSnapshots.subjectId} in (select m.alliance_id from ${allianceMembers} m
      join ${institutionProjections} p on p.id = m.institution_id group by 1 having bool_and(starts_with(p.region_code, ${regionCode})))`,
};

async function snapshotSubjects(
  { tx }: Write,
  { subjectType, regionCode, period }: RunEvaluationInput,
): Promise<EvaluatedSubject[]> {
  if (subjectType === 'TEAM') return [];
  const rows = await tx
    .select()
    .from(indicatorSnapshots)
    .where(
      and(
        eq(indicatorSnapshots.subjectType, subjectType),
        eq(indicatorSnapshots.periodType, period.length === 4 ? 'YEAR' : 'QUARTER'),
        eq(indicatorSnapshots.period, period),
        isIn[subjectType](regionCode),
      ),
    )
    .orderBy(indicatorSnapshots.subjectId);
  return rows.map((row) => ({ id: row.subjectId, counted: countedValues(row) }));
}

/** Teams have no snapshots: their tasks, contracts and answers are counted as the snapshot of an institution is. */
async function teamsOf(
  { tx }: Write,
  input: RunEvaluationInput,
  { from, to }: PeriodRange,
): Promise<EvaluatedSubject[]> {
  const rows = await tx.execute<TeamFigures>(sql`
    select t.id, f.due as "fulfilmentDue", f.done as fulfilled, c.ended as "contractsEnded", c.renewed, s.score as "satisfactionScore"
    from team_projections t
    join institution_projections p on p.id = t.institution_id and starts_with(p.region_code, ${input.regionCode})
    cross join lateral (
      select count(*)::integer as due, (count(*) filter (where k.status = 'DONE'))::integer as done
      from fulfilment_tasks k join service_contracts c on c.resident_id = k.resident_id and c.no = k.contract_no
      where c.team_id = t.id and k.counted and k.status <> 'WAIVED' and k.due_to between ${from}::date and ${to}::date) f
    cross join lateral (
      select count(*)::integer as ended, (count(*) filter (where c.status = 'RENEWED'))::integer as renewed
      from service_contracts c
      where c.team_id = t.id and c.status in ('EXPIRED', 'RENEWED') and c.valid_to between ${from}::date and ${to}::date) c
    cross join lateral (
      select round(avg(r.score), 2)::text as score from satisfaction_responses r
      where r.team_id = t.id and r.respondent_kind = 'RESIDENT' and r.at >= ${from}::date and r.at < ${to}::date + 1) s
    order by t.id`);
  const checks = await checksOf(
    { tx },
    rows.map(({ id }) => id),
    { from, to },
  );
  return rows.map(({ id, ...figures }) => {
    const check = checks.get(id);
    const counts = { ...figures, truthChecks: check?.samples ?? null, truthful: check?.truthful ?? null };
    return { id, counted: countedValues(counts), ...(check !== undefined && { check }) };
  });
}

interface TeamFigures extends Record<string, unknown> {
  readonly id: string;
  readonly fulfilmentDue: number;
  readonly fulfilled: number;
  readonly contractsEnded: number;
  readonly renewed: number;
  readonly satisfactionScore: string | null;
}

type Check = NonNullable<EvaluatedSubject['check']>;

/** What the checks of services in the quarters of a period found, by team. */
async function checksOf(
  { tx }: Pick<Write, 'tx'>,
  teamIds: readonly string[],
  { from, to }: Pick<PeriodRange, 'from' | 'to'>,
): Promise<ReadonlyMap<string, Check>> {
  const { teamId, period, samples, truthful } = inspections;
  const quarters = [1, 2, 3, 4].map((quarter) => `${from.slice(0, 4)}-Q${quarter}`);
  const asked = quarters.slice(quarterOf(from) - 1, quarterOf(to));
  const rows = await tx
    .select({
      id: sql<string>`${teamId}`,
      samples: sql<number>`coalesce(sum(${samples}), 0)::integer`,
      truthful: sql<number>`coalesce(sum(${truthful}), 0)::integer`,
    })
    .from(inspections)
    .where(and(inArray(teamId, [...teamIds]), inArray(period, asked)))
    .groupBy(teamId);
  return new Map(rows.map(({ id, ...check }) => [id, check]));
}

function quarterOf(day: string): number {
  return Math.ceil(Number(day.slice(5, 7)) / 3);
}

/** Whether a caller governs a subject: the division itself, or where the institution, team or every member of the alliance is. */
export async function governsSubject(
  { tx, caller }: Write,
  { subjectType, subjectId }: { readonly subjectType: SubjectType; readonly subjectId: string },
): Promise<boolean> {
  if (subjectType === 'REGION') return governs(caller, subjectId);
  const { id, regionCode } = institutionProjections;
  const rows = await tx
    .select({ regionCode })
    .from(institutionProjections)
    .where(
      {
        INSTITUTION: eq(id, subjectId),
        TEAM: sql`${id} in (select t.institution_id from ${teamProjections} t where t.id = ${subjectId})`,
        ALLIANCE: sql`${id} in (select m.institution_id from ${allianceMembers} m where m.alliance_id = ${subjectId})`,
      }[subjectType],
    );
  return rows.length > 0 && rows.every((row) => governs(caller, row.regionCode));
}
