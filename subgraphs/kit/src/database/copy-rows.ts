import { once } from 'node:events';
import type { Writable } from 'node:stream';

import { type Column, getTableColumns, getTableName, is, SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

import type { KeyRing } from '../crypto/key-ring.ts';
import { quote } from '../read/table.ts';
import { columnName } from './column-name.ts';
import { copyIn, type CopyIn } from './copy-in.ts';
import { type FieldWriter, fieldWriter } from './copy-text.ts';
import type { SqlSession } from './open-database.ts';

/** Options of a bulk load. */
export interface CopyOptions {
  /** Needed when the table has encrypted columns; their values are given as text. */
  readonly keys?: KeyRing;
  /** Another table of the same columns that takes the rows, for example a temporary one. */
  readonly into?: string;
  /** Only these properties; all by default. */
  readonly properties?: readonly string[];
  /** Called now and then with the rows written so far, and at the end. */
  readonly onProgress?: (rows: number) => void;
}

/** Rows to load, at once or as a stream. */
export type Rows<T extends PgTable> = Iterable<T['$inferInsert']> | AsyncIterable<T['$inferInsert']>;

/** A column and how its values are written. */
interface CopyColumn {
  readonly property: string;
  readonly name: string;
  readonly write: FieldWriter;
  readonly fallback: unknown;
}

/** Characters gathered before they are sent; the server answers slower than we write, so memory stays at a few of these. */
const chunkSize = 128 * 1024;

/**
 * Loads rows with COPY FROM STDIN: the fast way in, with back-pressure, memory does not grow with the rows.
 *
 * A property that a row lacks takes the column's plain default, else null. Identity columns, and columns whose default is an
 * expression, are left to the database unless the first row gives them. All or nothing: a fault of any row undoes the whole call.
 */
export async function copyRows<T extends PgTable>(
  sql: SqlSession,
  table: T,
  rows: Rows<T>,
  options: CopyOptions = {},
): Promise<number> {
  const iterator = iterate(rows);
  const first = await iterator.next();
  if (first.done === true) {
    options.onProgress?.(0);
    return 0;
  }
  const columns = copyColumns(table, first.value, options);
  const names = columns.map(({ name }) => quote(name)).join(', ');
  const copy = await copyIn(sql, `copy ${quote(options.into ?? getTableName(table))} (${names}) from stdin`);
  return send(copy, columns, first.value, iterator, options);
}

function iterate<R>(rows: Iterable<R> | AsyncIterable<R>): Iterator<R> | AsyncIterator<R> {
  return Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
}

function copyColumns(table: PgTable, firstRow: object, { keys, properties }: CopyOptions): readonly CopyColumn[] {
  return Object.entries(getTableColumns(table))
    .filter(([property]) => properties === undefined || properties.includes(property))
    .filter(([property, column]) => isWritten(column, Reflect.get(firstRow, property)))
    .map(([property, column]) => ({
      property,
      name: columnName(column),
      write: fieldWriter(column, keys),
      fallback: is(column.default, SQL) ? undefined : column.default,
    }));
}

function isWritten(column: Column, firstValue: unknown): boolean {
  if (column.generated !== undefined) return false;
  const madeByDatabase = column.generatedIdentity !== undefined || is(column.default, SQL) || isSerial(column);
  return !madeByDatabase || firstValue !== undefined;
}

function isSerial(column: Column): boolean {
  return column.columnType === 'PgSerial' || column.columnType === 'PgBigSerial53';
}

async function send<R extends object>(
  { target, finished }: CopyIn,
  columns: readonly CopyColumn[],
  firstRow: R,
  rest: Iterator<R> | AsyncIterator<R>,
  { onProgress }: CopyOptions,
): Promise<number> {
  let chunk = '';
  let count = 0;
  try {
    for (let row = firstRow; ;) {
      chunk += line(columns, row);
      count += 1;
      if (chunk.length >= chunkSize) {
        await write(target, chunk, finished);
        chunk = '';
        onProgress?.(count);
      }
      const next = rest.next();
      const { done, value } = next instanceof Promise ? await next : next;
      if (done === true) break;
      row = value;
    }
    target.end(chunk);
    await finished;
  } catch (error) {
    target.destroy(error instanceof Error ? error : new Error(String(error)));
    await finished.catch(() => {});
    throw error;
  }
  onProgress?.(count);
  return count;
}

function line(columns: readonly CopyColumn[], row: object): string {
  let text = '';
  let separator = '';
  for (const { property, write: writeField, fallback } of columns) {
    const value: unknown = Reflect.get(row, property);
    text += separator + writeField(value === undefined ? fallback : value);
    separator = '\t';
  }
  return `${text}\n`;
}

/** Waits while the server is behind; a refusal of the server meanwhile ends the wait. */
async function write(target: Writable, chunk: string, finished: Promise<void>): Promise<void> {
  if (target.write(chunk)) return;
  await Promise.race([once(target, 'drain'), finished]);
}
