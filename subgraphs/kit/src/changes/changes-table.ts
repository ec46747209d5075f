import { bigint, customType, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Full transaction id, 64 bits; it never wraps around. As text: it only orders and compares. */
const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });

/** What happened to a row. */
export type ChangeKind = 'CREATED' | 'UPDATED' | 'DELETED';

/**
 * The change log 变更日志, append-only (domain.md §2.6): written in the transaction of the row it tells of, without personal content.
 *
 * `seq` is given out before the commit, so a lower number may become visible later; `txid` and readChanges make the log readable
 * without gaps.
 */
export const changes = pgTable(
  'changes',
  {
    seq: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** The writing transaction: pg_current_xact_id(). */
    txid: xid8().notNull(),
    /** Business time of the write. */
    at: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    /** GraphQL type name of what changed. */
    type: text().notNull(),
    /** Its public id. */
    id: text().notNull(),
    kind: text().$type<ChangeKind>().notNull(),
    residentId: text(),
    /** Codes, states and versions only. */
    payload: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
  },
  (table) => [index('changes_txid_seq').on(table.txid, table.seq)],
);
