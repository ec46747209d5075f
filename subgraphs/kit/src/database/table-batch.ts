import type { PgTable } from 'drizzle-orm/pg-core';
import type { KeyRing } from '../crypto/key-ring.ts';
import { copyRows } from './copy-rows.ts';
import type { SqlSession } from './open-database.ts';

/** How many rows a table has got since its load began. */
export interface TableProgress {
  readonly table: string;
  readonly rows: number;
}

/** Rows of several tables, gathered in one pass over what they come from and copied table by table, in the order given. */
export interface TableBatch {
  add<T extends PgTable>(table: T, ...rows: readonly T['$inferInsert'][]): void;
  /** Copies what was gathered when it has grown large, so that memory stays the same however many rows there are. */
  flushWhenLarge(): AsyncGenerator<TableProgress>;
  /** Copies what was gathered. */
  flush(): AsyncGenerator<TableProgress>;
}

interface Waiting {
  readonly name: string;
  readonly table: PgTable;
  rows: PgTable['$inferInsert'][];
  total: number;
}

/** Rows gathered before they are copied. */
const largeBatch = 20_000;

/** A batch over the given tables, parents first where foreign keys join them. */
export function createTableBatch(
  sql: SqlSession,
  tables: Readonly<Record<string, PgTable>>,
  keys?: KeyRing,
): TableBatch {
  const waiting = Object.entries(tables).map(([name, table]): Waiting => ({ name, table, rows: [], total: 0 }));
  const byTable = new Map(waiting.map((entry) => [entry.table, entry]));
  let size = 0;
  const batch: TableBatch = {
    add: (table, ...rows) => {
      const entry = byTable.get(table);
      if (entry === undefined) throw new TypeError('the batch has no such table');
      entry.rows.push(...rows);
      size += rows.length;
    },
    async *flushWhenLarge() {
      if (size >= largeBatch) yield* batch.flush();
    },
    async *flush() {
      for (const entry of waiting) {
        if (entry.rows.length === 0) continue;
        entry.total += await copyRows(sql, entry.table, entry.rows, keys === undefined ? {} : { keys });
        entry.rows = [];
        yield { table: entry.name, rows: entry.total };
      }
      size = 0;
    },
  };
  return batch;
}
