import { sql, type SQL } from 'drizzle-orm';
import type { Query } from '@hutong/kit';

/** Whose tasks, whose windows ended in which days, both ends inclusive. */
export interface GapAsk {
  readonly subject: GapSubject;
  readonly from: string;
  readonly to: string;
}

/** Who or what answers for tasks. */
export type GapSubject =
  | { readonly kind: 'TEAM' | 'INSTITUTION' | 'ALLIANCE'; readonly id: string }
  | { readonly kind: 'REGION'; readonly code: string };

/** Counted tasks by item that should have been done and were not, waived ones left out (domain.md 3.8.5); most first. */
export async function loadFulfilmentGaps(query: Query, { subject, from, to }: GapAsk) {
  const rows = await query(sql`
    select t.package_code, t.item_code, count(*)::integer, (count(*) filter (where t.status <> 'DONE'))::integer as missing,
      (count(distinct t.resident_id) filter (where t.status <> 'DONE'))::integer
    from fulfilment_tasks t
    where ${tasksOf(subject)} and t.due_to between ${from}::date and ${to}::date and t.counted and t.status <> 'WAIVED'
    group by 1, 2 having bool_or(t.status <> 'DONE') order by missing desc, 1, 2`);
  return rows.map(([packageCode, itemCode, due, missing, residents]) => ({
    packageCode: String(packageCode),
    itemCode: String(itemCode),
    due: Number(due),
    missing: Number(missing),
    residents: Number(residents),
  }));
}

function tasksOf(subject: GapSubject): SQL {
  switch (subject.kind) {
    case 'TEAM':
      return sql`t.team_id = ${subject.id}`;
    case 'INSTITUTION':
      return sql`t.institution_id = ${subject.id}`;
    case 'ALLIANCE':
      return sql`t.institution_id in (select institution_id from alliance_members where alliance_id = ${subject.id})`;
    case 'REGION':
      return sql`exists (select from residents r where r.id = t.resident_id
        and r.region_code ~>=~ ${subject.code} and r.region_code ~<~ ${`${subject.code}:`})`;
  }
}
