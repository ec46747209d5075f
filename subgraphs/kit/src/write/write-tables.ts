import { bigint, index, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { StoredResult } from './write-result.ts';

const instant = () => timestamp({ withTimezone: true, mode: 'string' });

/** Requests done under a key 幂等键: who sends one again gets what it did the first time. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    callerId: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of the mutation's name and input: another request under the same key is refused. */
    inputHash: text().notNull(),
    result: jsonb().$type<StoredResult>(),
    /** Business time. */
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.callerId, t.key] }), index('idempotency_keys_by_time').on(t.at)],
);

/** Changes of status 状态变更记录 of whatever has a status (domain.md §2.0, History). */
export const statusHistory = pgTable(
  'status_history',
  {
    seq: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** GraphQL type name. */
    type: text().notNull(),
    /** Public id. */
    id: text().notNull(),
    residentId: text(),
    from: text(),
    to: text().notNull(),
    at: instant().notNull(),
    /** Practitioner who did it; null for the system and for callers that are no practitioner. */
    byId: text(),
    reason: text(),
  },
  (t) => [index('status_history_by_subject').on(t.type, t.id, t.seq)],
);
