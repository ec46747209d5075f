import { sql } from 'drizzle-orm';
import { decodeOwnedId, encodeOwnedId, type Query, type Read } from '@hutong/kit';
import { waitingListEntries } from '../tables/waiting.ts';

const inServiceOrder = { orderBy: ['priority', 'requestedAt'] } as const;

export const waitingLoaders = (read: Read) => ({
  waitingListEntry: read.byOwnedId(waitingListEntries, 'wl'),
  waitingList: read.page(waitingListEntries, ['residentId', 'no'], inServiceOrder),
  waitingOfResident: read.pageBy(waitingListEntries, 'residentId', ['residentId', 'no'], inServiceOrder),
  /** Places of those who wait, by public id, among all who wait for the same; nothing for who waits no longer. */
  position: read.batch((ids, query) => loadPositions(query, ids)),
});

async function loadPositions(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const keys = ids.flatMap((id) => decodeOwnedId('wl', id) ?? []);
  const asked = sql.join(
    keys.map(({ residentId, no }) => sql`(${residentId}, ${no}::integer)`),
    sql`, `,
  );
  const rows = await query(sql`
    select e.resident_id, e.no, 1 + (
      select count(*) from waiting_list_entries o where o.status = 'WAITING'
        and (o.equipment_id = e.equipment_id
          or o.department_id = e.department_id and o.day = e.day and o.resource = e.resource)
        and (o.priority, o.requested_at, o.resident_id) < (e.priority, e.requested_at, e.resident_id))
    from waiting_list_entries e where e.status = 'WAITING' and (e.resident_id, e.no) in (${asked})`);
  return new Map(
    rows.map(([residentId, no, position]) => [encodeOwnedId('wl', String(residentId), Number(no)), Number(position)]),
  );
}
