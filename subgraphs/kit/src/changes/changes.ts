import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

import type { Sql, SqlSession } from '../database/open-database.ts';
import type { ChangeKind } from './changes-table.ts';

/** One row that was written. */
export interface Change {
  /** GraphQL type name. */
  readonly type: string;
  /** Public id. */
  readonly id: string;
  readonly kind: ChangeKind;
  readonly residentId?: string | null;
  /** Codes, states and versions only: no personal content. */
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** A change as the log tells it. */
export interface LoggedChange {
  readonly position: string;
  readonly at: string;
  readonly type: string;
  readonly id: string;
  readonly kind: ChangeKind;
  readonly residentId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A page of the log; `position` is where the next one begins. */
export interface ChangePage {
  readonly changes: readonly LoggedChange[];
  readonly position: string;
}

/** A drizzle database or transaction, whatever schema it knows. */
type DrizzleWriter = Pick<PgDatabase<PgQueryResultHKT>, 'execute'>;

/** Position before the first change. */
export const startOfChanges = '0-0';

const insertChanges = `
  insert into changes (txid, at, type, id, kind, resident_id, payload)
  select pg_current_xact_id(), $1::text::timestamptz, c.type, c.id, c.kind, c."residentId", coalesce(c.payload, '{}'::jsonb)
  from rows from (jsonb_to_recordset($2::text::jsonb)
    as (type text, id text, kind text, "residentId" text, payload jsonb)) with ordinality as c order by c.ordinality`;

/** Writes change rows in the drizzle transaction that writes the rows themselves; `at` is business time. */
export async function recordChanges(tx: DrizzleWriter, at: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const [before = '', between = '', after = ''] = insertChanges.split(/\$[12]/);
  await tx.execute(sql`${sql.raw(before)}${at}${sql.raw(between)}${JSON.stringify(changes)}${sql.raw(after)}`);
}

/** The same, in a transaction of the plain client. */
export async function recordChangesIn(tx: SqlSession, at: string, changes: readonly Change[]): Promise<void> {
  if (changes.length > 0) await tx.unsafe(insertChanges, [at, JSON.stringify(changes)]);
}

/**
 * The changes after a position, at most `limit`, without gaps (domain.md §2.6, change log).
 *
 * Only transactions older than every running one of this database are told, in the order (transaction, sequence): what commits later
 * always comes after. The snapshot lists the running ones of the whole server; those that the server says are of another database
 * are passed over, and one that it no longer knows (it has just ended) still counts. Two changes of one row may thus come in the order their transactions began; readers take the state of the row (or the
 * version in the payload), never the order, as truth.
 */
export async function readChanges(client: Sql, after: string, limit: number): Promise<ChangePage> {
  const { txid, seq } = parsePosition(after);
  const rows = await client<LoggedChange[]>`
    select txid::text || '-' || seq as position, at, type, id, kind, resident_id as "residentId", payload
    from changes
    where (txid, seq) > (${txid}::text::xid8, ${seq}::text::bigint) and txid < coalesce(
      (select min(running) from pg_snapshot_xip(pg_current_snapshot()) running where not exists (
        select from pg_stat_activity where backend_xid = running::xid
          and datid <> (select oid from pg_database where datname = current_database()))),
      pg_snapshot_xmax(pg_current_snapshot()))
    order by changes.txid, changes.seq limit ${limit}`;
  return { changes: [...rows], position: rows.at(-1)?.position ?? after };
}

/** What is not told yet after a position. */
export interface Untold {
  /** When the oldest change was written, told or still held back by a running transaction; undefined when there is none. */
  readonly oldest: string | undefined;
  /** Seconds for which the oldest running transaction of this database runs: it may still write a change of its beginning. 0 when none runs. */
  readonly running: number;
}

/** What of the log is not told yet after a position: what was written, and what may be being written. */
export async function untoldAfter(client: Sql, after: string): Promise<Untold> {
  const { txid, seq } = parsePosition(after);
  const [row] = await client<{ oldest: string | null; running: number | null }[]>`
    select (select at from changes where (txid, seq) > (${txid}::text::xid8, ${seq}::text::bigint)
        order by changes.txid, changes.seq limit 1) as oldest,
      (select extract(epoch from clock_timestamp() - min(xact_start))::float8 from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()) as running`;
  return { oldest: row?.oldest ?? undefined, running: Math.max(0, row?.running ?? 0) };
}

/** The earliest business time of a change after a position; undefined when there is none. */
export async function earliestAfter(client: Sql, after: string): Promise<string | undefined> {
  const { txid, seq } = parsePosition(after);
  const [row] = await client<{ at: string | null }[]>`
    select min(at) as at from changes where (txid, seq) > (${txid}::text::xid8, ${seq}::text::bigint)`;
  return row?.at ?? undefined;
}

function parsePosition(position: string): { txid: string; seq: string } {
  const [, txid, seq] = /^(\d{1,20})-(\d{1,19})$/.exec(position) ?? [];
  if (txid === undefined || seq === undefined) throw new TypeError(`not a position of the change log: ${position}`);
  return { txid, seq };
}
