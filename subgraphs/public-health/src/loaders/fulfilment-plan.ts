import { sql } from 'drizzle-orm';
import { decodeOwnedId, type Query } from '@hutong/kit';
import type { FulfilmentTaskStatus } from '../schema-types.ts';
import type { StoredPackageItem } from '../tables/contract.ts';
import { keyColumns, textList } from './key-columns.ts';

/** Items of packages. Keys: package, item. */
export async function loadPackageItems(
  keys: readonly string[],
  query: Query,
): Promise<ReadonlyMap<string, StoredPackageItem>> {
  const [packages = [], items = []] = keyColumns(keys, 2);
  const rows = await query(sql`
    select k.key, i.value
    from unnest(${textList(keys)}, ${textList(packages)}, ${textList(items)}) as k(key, package, item)
    join service_packages p on p.code = k.package
    cross join lateral jsonb_array_elements(p.items) i
    where i.value ->> 'code' = k.item`);
  // The column holds what the seed and later the write layer put there: package items.
  return new Map(rows.map(([key, item]) => [String(key), item as StoredPackageItem]));
}

/** The years in which contracts began. Keys: public ids of contracts. */
export async function loadContractYears(ids: readonly string[], query: Query): Promise<ReadonlyMap<string, number>> {
  const places = ids.flatMap((id) => {
    const place = decodeOwnedId('ct', id);
    return place === undefined ? [] : [{ id, ...place }];
  });
  if (places.length === 0) return new Map();
  const rows = await query(sql`
    select k.id, extract(year from c.valid_from)::integer
    from unnest(${textList(places.map(({ id }) => id))}, ${textList(places.map(({ residentId }) => residentId))},
      ${textList(places.map(({ no }) => String(no)))}::integer[]) as k(id, resident_id, no)
    join service_contracts c on c.resident_id = k.resident_id and c.no = k.no`);
  return new Map(rows.map(([id, year]) => [String(id), Number(year)]));
}

/** How the tasks of contracts that were due by a day ended; tasks in whose place a make-up counts are left out. Keys: contract, day. */
export async function loadPlanProgress(
  keys: readonly string[],
  query: Query,
): Promise<ReadonlyMap<string, readonly { readonly status: FulfilmentTaskStatus }[]>> {
  const [contracts = [], days = []] = keyColumns(keys, 2);
  const places = keys.flatMap((key, index) => {
    const place = decodeOwnedId('ct', contracts[index] ?? '');
    return place === undefined ? [] : [{ key, day: days[index] ?? '', ...place }];
  });
  const progress = new Map<string, { readonly status: FulfilmentTaskStatus }[]>();
  if (places.length === 0) return progress;
  const rows = await query(sql`
    select k.key, t.status
    from unnest(${textList(places.map(({ key }) => key))}, ${textList(places.map(({ residentId }) => residentId))},
      ${textList(places.map(({ no }) => String(no)))}::integer[], ${textList(places.map(({ day }) => day))}::date[])
      as k(key, resident_id, no, day)
    join fulfilment_tasks t on t.resident_id = k.resident_id and t.contract_no = k.no
    where t.counted and t.due_to <= k.day`);
  for (const [key, status] of rows) {
    const tasks = progress.get(String(key)) ?? [];
    tasks.push({ status: status as FulfilmentTaskStatus });
    progress.set(String(key), tasks);
  }
  return progress;
}
