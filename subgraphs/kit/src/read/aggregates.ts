import type { SQL } from 'drizzle-orm';
import { createBatch } from './batch.ts';
import { conditionsSql, dialect, renumber, typed, whereSql, type Scope } from './scope.ts';
import { Statement, type Run } from './statement.ts';
import type { ParentLoader } from './types.ts';

/** The number of a parent's rows. */
export function createCountLoader(run: Run, scope: Scope, parent: string): ParentLoader<number> {
  return createBatch((keys) => countsBy(run, scope, parent, keys, undefined), 0);
}

/** The number of rows of each parent that has any. */
export async function countsBy(
  run: Run,
  scope: Scope,
  parent: string,
  keys: readonly string[],
  where: object | null | undefined,
): Promise<ReadonlyMap<string, number>> {
  const { table } = scope;
  const statement = new Statement();
  const column = `${table.sql}.${table.column(parent).sql}`;
  const conditions = [
    statement.isOneOf(table.sql, table.column(parent), keys),
    ...conditionsSql(scope, where, statement),
  ];
  const rows = await run(
    `select ${column}, count(*)::integer from ${table.sql}${whereSql(conditions)} group by ${column}`,
    statement.parameters,
  );
  return new Map(rows.map(([key, count]) => [String(key), Number(count)]));
}

/** SQL aggregates over a parent's rows. */
export function createAggregateLoader<A extends Readonly<Record<string, SQL>>, Result>(
  run: Run,
  scope: Scope,
  parent: string,
  aggregates: A,
): ParentLoader<Result> {
  const { table } = scope;
  const names = Object.keys(aggregates);
  const nothing = typed<Result>(Object.fromEntries(names.map((name) => [name, null])));
  return createBatch<Result, Result>(async (keys) => {
    const statement = new Statement();
    const column = `${table.sql}.${table.column(parent).sql}`;
    const values = Object.values(aggregates).map((aggregate) => {
      const { sql, params } = dialect.sqlToQuery(aggregate);
      return renumber(sql, params, statement);
    });
    const conditions = [
      statement.isOneOf(table.sql, table.column(parent), keys),
      ...conditionsSql(scope, undefined, statement),
    ];
    const text = `select ${[column, ...values].join(', ')} from ${table.sql}${whereSql(conditions)} group by ${column}`;
    const rows = await run(text, statement.parameters);
    return new Map(
      rows.map(([key, ...row]) => [
        String(key),
        typed<Result>(Object.fromEntries(names.map((name, index) => [name, row[index]]))),
      ]),
    );
  }, nothing);
}
