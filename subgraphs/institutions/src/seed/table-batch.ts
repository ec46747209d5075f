import type { PgTable } from 'drizzle-orm/pg-core';
import { copyRows, type SqlSession } from '@hutong/kit';

/** How many rows a table has got since the load began. */
export interface TableProgress {
  readonly table: string;
  readonly rows: number;
}

/** Rows of several tables, gathered and then copied table by table, parents first, so that foreign keys hold. */
export interface TableBatch {
  add<T extends PgTable>(table: T, ...rows: T['$inferInsert'][]): void;
  /** Rows waiting to be copied. */
  readonly size: number;
  /** Copies what was gathered, and tells how many rows each table has now. */
  flush(): AsyncGenerator<TableProgress>;
}

interface Waiting {
  readonly name: string;
  readonly copy: () => Promise<number>;
  readonly clear: () => void;
  readonly count: () => number;
  total: number;
}

/** A batch over the given tables; the order is the order of copying. */
export function createTableBatch(sql: SqlSession, tables: Readonly<Record<string, PgTable>>): TableBatch {
  const rows = new Map<PgTable, object[]>();
  const waiting: Waiting[] = Object.entries(tables).map(([name, table]) => {
    const list: PgTable['$inferInsert'][] = [];
    rows.set(table, list);
    return {
      name,
      copy: () => copyRows(sql, table, list),
      clear: () => void list.splice(0),
      count: () => list.length,
      total: 0,
    };
  });
  let size = 0;
  return {
    add: (table, ...more) => {
      const list = rows.get(table);
      if (list === undefined) throw new TypeError('the batch has no such table');
      for (const row of more) list.push(row);
      size += more.length;
    },
    get size() {
      return size;
    },
    async *flush() {
      for (const entry of waiting) {
        if (entry.count() === 0) continue;
        entry.total += await entry.copy();
        entry.clear();
        yield { table: entry.name, rows: entry.total };
      }
      size = 0;
    },
  };
}
