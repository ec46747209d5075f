import { getTableColumns, getTableName } from 'drizzle-orm';

import { columnName } from '../database/column-name.ts';
import type { SqlSession } from '../database/open-database.ts';
import { quote } from '../read/table.ts';
import { type Fault, fault } from './faults.ts';
import type { ImportColumn, ImportTarget } from './import-target.ts';
import { shown } from './parse-value.ts';
import type { HeaderMatch, RejectedRow, ValidRow } from './validate-row.ts';
import type { WaitingRow } from './waiting-rows.ts';

/** Keys remembered as existing per reference; a region has fewer institutions and divisions than that. */
const rememberedKeys = 200_000;

/** What checking the references of a batch comes to. */
export interface ReferenceVerdict {
  /** Everything that these rows refer to is stored. */
  readonly ready: readonly ValidRow[];
  /** Rows that refer to another table, in vain. */
  readonly rejected: readonly RejectedRow[];
  /** Rows that refer to a row of their own table that is not stored yet: it may come with a later row of the file. */
  readonly waiting: readonly WaitingRow[];
}

/** The references of a target. */
export interface References {
  /** One statement per reference, for keys not seen before. A row counts as stored when the database has it, not when the file has. */
  check(sql: SqlSession, rows: readonly ValidRow[]): Promise<ReferenceVerdict>;
  /** What rows may wait for these rows under (`WaitingRow.awaits`). */
  awaited(rows: readonly ValidRow[]): readonly string[];
}

interface Reference {
  /** Names that the file may give the column: a CSV file has one of them, NDJSON lines may differ. */
  readonly headers: readonly string[];
  readonly property: string;
  readonly table: string;
  readonly statement: string;
  /** Property of the target's own table that it names; undefined when it names another table. */
  readonly ownProperty: string | undefined;
  readonly known: Set<string>;
}

/** Prepares the check of a target's references. */
export function referencesOf(target: ImportTarget, match: HeaderMatch): References {
  const references = [...new Set(match.columns.values())].flatMap((column) => referenceOf(target, match, column));
  const ownProperties = [...new Set(references.flatMap(({ ownProperty }) => ownProperty ?? []))];

  return {
    check: async (sql, rows) => {
      const others = new Map<ValidRow, Fault[]>();
      const own = new Map<ValidRow, { awaits: string; faults: Fault[] }>();
      for (const reference of references) {
        for (const { row, key } of await rowsWithout(sql, reference, rows)) {
          const missing = notFound(reference, row);
          if (reference.ownProperty === undefined) others.set(row, [...(others.get(row) ?? []), missing]);
          else {
            const { awaits, faults } = own.get(row) ?? { awaits: awaitedKey(reference.ownProperty, key), faults: [] };
            own.set(row, { awaits, faults: [...faults, missing] });
          }
        }
      }
      return {
        ready: rows.filter((row) => !others.has(row) && !own.has(row)),
        rejected: [...others].map(([{ line }, faults]) => ({ line, faults })),
        waiting: [...own].filter(([row]) => !others.has(row)).map(([row, entry]) => ({ row, ...entry })),
      };
    },
    awaited: (rows) =>
      ownProperties.flatMap((property) =>
        rows.filter((row) => isSet(row, property)).map((row) => awaitedKey(property, String(row.values[property]))),
      ),
  };
}

function referenceOf(target: ImportTarget, match: HeaderMatch, column: ImportColumn): readonly Reference[] {
  if (column.reference === undefined) return [];
  const { table, column: property } = column.reference;
  const key = getTableColumns(table)[property];
  if (key === undefined)
    throw new TypeError(`import column ${column.column}: no property ${property} in the referenced table`);
  const headers = [...match.columns].filter(([, other]) => other === column).map(([header]) => header);
  const name = quote(columnName(key));
  const statement = `select ${name}::text as key from ${quote(getTableName(table))}
    where ${name} = any(($1::text[])::${key.getSQLType()}[])`;
  const ownProperty = table === target.table ? property : undefined;
  return [{ headers, property: column.column, table: getTableName(table), statement, ownProperty, known: new Set() }];
}

/** Rows whose key is not stored; a row may name itself. */
async function rowsWithout(
  sql: SqlSession,
  { property, known, ownProperty, statement }: Reference,
  rows: readonly ValidRow[],
): Promise<readonly { row: ValidRow; key: string }[]> {
  const namesItself = (row: ValidRow) =>
    ownProperty !== undefined && String(row.values[ownProperty]) === String(row.values[property]);
  const naming = rows
    .filter((row) => isSet(row, property) && !namesItself(row))
    .map((row) => ({ row, key: String(row.values[property]) }));
  if (known.size > rememberedKeys) known.clear();
  const unknown = [...new Set(naming.map(({ key }) => key))].filter((key) => !known.has(key));
  if (unknown.length > 0) {
    const found = await sql.unsafe<{ key: string }[]>(statement, [unknown]);
    for (const { key } of found) known.add(key);
  }
  return naming.filter(({ key }) => !known.has(key));
}

function isSet(row: ValidRow, property: string): boolean {
  return row.values[property] !== null && row.values[property] !== undefined;
}

function awaitedKey(property: string, key: string): string {
  return `${property}=${key}`;
}

function notFound({ headers, table }: Reference, row: ValidRow): Fault {
  const header = headers.find((name) => row.fields[name] !== undefined) ?? '';
  return fault('REFERENCE_NOT_FOUND', header, shown(row.fields[header]), { table });
}
