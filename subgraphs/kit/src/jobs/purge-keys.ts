import { channel } from 'node:diagnostics_channel';
import type { RequestClock } from '../clock.ts';
import type { Sql } from '../database/open-database.ts';

/** Published on `hutong:job` by a job that takes long, at each step. */
export interface JobEvent {
  readonly subgraph: string;
  readonly job: string;
  /** Rows dealt with so far. */
  readonly done: number;
}

const steps = channel('hutong:job');

/** Days that a request can be repeated under its key: a clinic that was cut off for weeks still gets its first answer, and the table stays small. */
const keptDays = 30;

/** Rows of one statement: none holds its locks for long. */
const batchSize = 10_000;

const day = 24 * 60 * 60 * 1000;

/**
 * Deletes idempotency keys 幂等键 older than 30 days of business time, after which a key may be used anew; what was done under it, its
 * history and its changes stay.
 */
export async function purgeKeys(sql: Sql, subgraph: string, { instant }: Pick<RequestClock, 'instant'>): Promise<void> {
  const before = new Date(Date.parse(instant) - keptDays * day).toISOString();
  let done = 0;
  for (let deleted = batchSize; deleted === batchSize; done += deleted) {
    ({ count: deleted } = await sql`delete from idempotency_keys where (caller_id, key) in (
      select caller_id, key from idempotency_keys where at < ${before}::text::timestamptz order by at limit ${batchSize})`);
    if (deleted > 0) steps.publish({ subgraph, job: 'purgeIdempotencyKeys', done: done + deleted } satisfies JobEvent);
  }
}
