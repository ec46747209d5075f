import { sql, type SQL } from 'drizzle-orm';
import { compositeKey, type Query } from '@hutong/kit';
import type { PackageKind, SubjectType } from '../schema-types.ts';
import { keyColumns, textList } from './key-columns.ts';

/** State of contracting of a subject on a day. */
export interface DashboardFigures {
  readonly residentPopulation: number;
  readonly contracts: number;
  readonly focusResidents: number;
  readonly focusContracts: number;
  readonly packages: readonly { readonly kind: PackageKind; readonly contracts: number }[];
  readonly expiringSoon: number;
  readonly tasksDue: number;
  readonly tasksDone: number;
}

/** Of which subject on which day. */
export interface DashboardAsk {
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly day: string;
}

/** Key of {@link loadContractDashboards}. */
export function dashboardKey({ subjectType, subjectId, day }: DashboardAsk): string {
  return compositeKey(subjectType, subjectId, day);
}

/** Which residents and tasks belong to a subject. */
const conditions: Readonly<Record<SubjectType, { readonly resident: SQL; readonly task: SQL }>> = {
  REGION: {
    resident: sql`r.region_code like k.id || '%'`,
    task: sql`exists (select from residents r where r.id = t.resident_id and r.region_code like k.id || '%')`,
  },
  INSTITUTION: { resident: sql`r.serving_institution_id = k.id`, task: sql`t.institution_id = k.id` },
  ALLIANCE: {
    resident: sql`r.serving_institution_id in (select m.institution_id from alliance_members m where m.alliance_id = k.id)`,
    task: sql`t.institution_id in (select m.institution_id from alliance_members m where m.alliance_id = k.id)`,
  },
  TEAM: {
    resident: sql`r.id in (select s.resident_id from service_contracts s where s.team_id = k.id)`,
    task: sql`exists (select from service_contracts s where s.resident_id = t.resident_id and s.no = t.contract_no and s.team_id = k.id)`,
  },
};

/** Dashboards of subjects on days: one statement for each kind of subject asked for. */
export async function loadContractDashboards(
  keys: readonly string[],
  query: Query,
): Promise<ReadonlyMap<string, DashboardFigures>> {
  const dashboards = new Map<string, DashboardFigures>();
  for (const [type, { resident, task }] of Object.entries(conditions)) {
    const ofType = keys.filter((key) => key.startsWith(`["${type}"`));
    if (ofType.length === 0) continue;
    for (const row of await query(statement(ofType, resident, task))) dashboards.set(String(row[0]), toFigures(row));
  }
  return dashboards;
}

const inForce = sql`c.resident_id = r.id and c.valid_from <= k.day and k.day <= coalesce(c.terminated_on, c.valid_to)
  and (c.status in ('ACTIVE', 'EXPIRED', 'RENEWED', 'TERMINATED')
    or (c.status = 'PENDING_CONFIRM' and c.confirmed_at is not null))`;

/** Contracts are those in force on the day; tasks those whose window ended in the twelve months before it. */
function statement(keys: readonly string[], resident: SQL, task: SQL): SQL {
  const [, ids = [], days = []] = keyColumns(keys, 3);
  return sql`
    select k.key, p.residents, p.contracts, p.focus, p.focus_contracts, p.expiring, q.packages, t.due, t.done
    from unnest(${textList(keys)}, ${textList(ids)}, ${textList(days)}::date[]) as k(key, id, day)
    cross join lateral (
      select count(distinct r.id)::integer as residents, count(distinct c.resident_id)::integer as contracts,
        count(distinct r.id) filter (where r.focus_groups <> '{}')::integer as focus,
        count(distinct c.resident_id) filter (where r.focus_groups <> '{}')::integer as focus_contracts,
        count(distinct c.resident_id) filter (where c.valid_to <= k.day + 60)::integer as expiring
      from residents r left join service_contracts c on ${inForce}
      where r.status = 'ACTIVE' and ${resident}
    ) p
    cross join lateral (
      select jsonb_object_agg(g.kind, g.contracts) as packages
      from (
        select s.kind, count(distinct c.resident_id)::integer as contracts
        from residents r
        join service_contracts c on ${inForce}
        join service_packages s on s.code = any(c.package_codes)
        where r.status = 'ACTIVE' and ${resident}
        group by s.kind
      ) g
    ) q
    cross join lateral (
      select count(*)::integer as due, count(*) filter (where t.status = 'DONE')::integer as done
      from fulfilment_tasks t
      where t.counted and t.status <> 'WAIVED' and t.due_to > k.day - interval '1 year' and t.due_to <= k.day
        and ${task}
    ) t`;
}

const packageKinds: readonly PackageKind[] = [
  'PUBLIC_HEALTH',
  'PREGNANCY',
  'CHILD_CARE',
  'ELDERLY',
  'CHRONIC',
  'HEALTH_EXAM',
  'SPECIAL_NEEDS',
];

function toFigures(row: readonly unknown[]): DashboardFigures {
  const [residentPopulation = 0, contracts = 0, focusResidents = 0, focusContracts = 0, expiringSoon = 0] = row
    .slice(1, 6)
    .map(Number);
  const [tasksDue = 0, tasksDone = 0] = row.slice(7, 9).map(Number);
  const counts = new Map<string, unknown>(Object.entries(row[6] ?? {}));
  return {
    residentPopulation,
    contracts,
    focusResidents,
    focusContracts,
    packages: packageKinds.map((kind) => ({ kind, contracts: Number(counts.get(kind) ?? 0) })),
    expiringSoon,
    tasksDue,
    tasksDone,
  };
}
