import { sql } from 'drizzle-orm';
import type { Query } from '@hutong/kit';
import { percent } from '../rules/fulfilment-plan.ts';
import { keyColumns, textList } from './key-columns.ts';

/**
 * Fulfilment rates of teams, percent: done of the counted tasks whose window ended in the days asked for, waived ones
 * left out (domain.md 3.8.5). Keys: team, first day, last day.
 */
export async function loadFulfilmentRates(
  keys: readonly string[],
  query: Query,
): Promise<ReadonlyMap<string, string | null>> {
  const [teams = [], froms = [], tos = []] = keyColumns(keys, 3);
  const rows = await query(sql`
    select k.key, count(*) filter (where t.status = 'DONE')::integer, count(*)::integer
    from unnest(${textList(keys)}, ${textList(teams)}, ${textList(froms)}::date[], ${textList(tos)}::date[])
      as k(key, team_id, from_day, to_day)
    join fulfilment_tasks t on t.team_id = k.team_id and t.due_to between k.from_day and k.to_day
    where t.counted and t.status <> 'WAIVED'
    group by k.key`);
  return new Map(rows.map(([key, done, due]) => [String(key), percent(Number(done), Number(due))]));
}
