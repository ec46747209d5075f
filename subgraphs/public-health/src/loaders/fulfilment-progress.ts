import { sql } from 'drizzle-orm';
import { compositeKey, type Query } from '@hutong/kit';
import { keyColumns, textList } from './key-columns.ts';

/** Of which team in which days, both ends inclusive. */
export interface ProgressAsk {
  readonly teamId: string;
  readonly from: string;
  readonly to: string;
}

/** Tasks that were due and those of them that were done. */
export interface Progress {
  readonly done: number;
  readonly due: number;
}

/** Key of {@link loadTeamProgress}. */
export function progressKey({ teamId, from, to }: ProgressAsk): string {
  return compositeKey(teamId, from, to);
}

/** Counted tasks of teams whose window ended in the days asked for, waived ones left out (domain.md 3.8.5). */
export async function loadTeamProgress(keys: readonly string[], query: Query): Promise<ReadonlyMap<string, Progress>> {
  const [teams = [], froms = [], tos = []] = keyColumns(keys, 3);
  const rows = await query(sql`
    select k.key, count(*) filter (where t.status = 'DONE')::integer, count(*)::integer
    from unnest(${textList(keys)}, ${textList(teams)}, ${textList(froms)}::date[], ${textList(tos)}::date[])
      as k(key, team_id, from_day, to_day)
    join fulfilment_tasks t on t.team_id = k.team_id and t.due_to between k.from_day and k.to_day
    where t.counted and t.status <> 'WAIVED'
    group by k.key`);
  return new Map(rows.map(([key, done, due]) => [String(key), { done: Number(done), due: Number(due) }]));
}
