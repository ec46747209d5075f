import { sql, type SQL } from 'drizzle-orm';
import { compositeKey, encodeOwnedId, type Query } from '@hutong/kit';
import type { TimelineKind } from '../schema-types.ts';
import { keyColumns, textList } from './key-columns.ts';

/** Entry of a resident's timeline. */
export interface TimelineValue {
  readonly kind: TimelineKind;
  readonly at: string;
  readonly entryId: string;
  readonly detail: string | null;
}

/** Which entries of whose timeline. */
export interface TimelineAsk {
  readonly residentId: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly kinds: readonly TimelineKind[] | null;
}

/** Where entries of a kind come from: their table, moment and finer kind. */
const sources: Readonly<Record<TimelineKind, { readonly prefix: string; readonly entries: SQL }>> = {
  CONTRACT: {
    prefix: 'ct',
    entries: sql`select no, signed_on::timestamptz as at, status as detail from service_contracts`,
  },
  FULFILMENT: { prefix: 'fe', entries: sql`select no, at, mode as detail from fulfilment_events` },
  FOLLOW_UP: { prefix: 'fu', entries: sql`select no, at, kind as detail from follow_ups` },
  EXAM: { prefix: 'he', entries: sql`select no, at, kind as detail from health_exams` },
  CHRONIC_ENROLLMENT: {
    prefix: 'ce',
    entries: sql`select no, enrolled_on::timestamptz as at, disease as detail from chronic_enrollments`,
  },
  MATERNAL: {
    prefix: 'mr',
    entries: sql`select no, registered_on::timestamptz as at, risk_colour as detail from maternal_records`,
  },
  CHILD: {
    prefix: 'cr',
    entries: sql`select no, opened_on::timestamptz as at, null as detail from child_records`,
  },
  ELDERLY: { prefix: 'ea', entries: sql`select no, at, null as detail from elderly_assessments` },
  IMMUNISATION: { prefix: 'im', entries: sql`select no, given_at as at, vaccine as detail from immunisations` },
  MENTAL: {
    prefix: 'mh',
    entries: sql`select no, registered_on::timestamptz as at, null as detail from mental_health_records`,
  },
  TB: {
    prefix: 'tb',
    entries: sql`select no, notified_on::timestamptz as at, outcome as detail from tb_records`,
  },
  INFECTIOUS: {
    prefix: 'ir',
    entries: sql`select no, reported_at as at, disease_class as detail from infectious_reports`,
  },
};

/** Key of {@link loadTimelines}. */
export function timelineKey({ residentId, from, to, kinds }: TimelineAsk): string {
  return compositeKey(residentId, from ?? '-infinity', to ?? 'infinity', (kinds ?? Object.keys(sources)).join(','));
}

/** Timelines of residents with the records merged into theirs, newest first: one statement over the tables of the kinds asked for. */
export async function loadTimelines(
  keys: readonly string[],
  query: Query,
): Promise<ReadonlyMap<string, readonly TimelineValue[]>> {
  const [residents = [], froms = [], tos = [], kinds = []] = keyColumns(keys, 4);
  const asked = new Set(kinds.join(',').split(','));
  const parts = Object.entries(sources).flatMap(([kind, { prefix, entries }]) =>
    asked.has(kind)
      ? [
          sql`select ${kind}::text as kind, ${prefix}::text as prefix, e.* from (${entries} where resident_id = o.owner_id) e`,
        ]
      : [],
  );
  const timelines = new Map<string, TimelineValue[]>(keys.map((key) => [key, []]));
  if (parts.length === 0) return timelines;
  const rows = await query(sql`
    select k.key, o.owner_id, e.kind, e.prefix, e.no, e.at, e.detail
    from unnest(${textList(keys)}, ${textList(residents)}, ${textList(froms)}::date[], ${textList(tos)}::date[],
      ${textList(kinds)}) as k(key, resident_id, from_day, to_day, kinds)
    cross join lateral (
      select k.resident_id as owner_id
      union all
      select l.resident_id from resident_links l where l.surviving_id = k.resident_id and l.ended_at is null
    ) o
    cross join lateral (${sql.join(parts, sql` union all `)}) e
    where e.kind = any(string_to_array(k.kinds, ',')) and e.at >= k.from_day and e.at < k.to_day + 1
    order by e.at desc, e.kind, e.no desc`);
  for (const [key, residentId, kind, prefix, no, at, detail] of rows) {
    timelines.get(String(key))?.push({
      kind: kind as TimelineKind,
      at: String(at),
      entryId: encodeOwnedId(String(prefix), String(residentId), Number(no)),
      detail: typeof detail === 'string' ? detail : null,
    });
  }
  return timelines;
}
