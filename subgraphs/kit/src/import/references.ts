import { getTableColumns, getTableName } from 'drizzle-orm';

import { columnName } from '../database/column-name.ts';
import type { SqlSession } from '../database/open-database.ts';
import { quote } from '../read/table.ts';
import { type Fault, fault } from './faults.ts';
import type { ImportColumn, ImportTarget } from './import-target.ts';
import { shown } from './parse-value.ts';
import type { HeaderMatch, RejectedRow, ValidRow } from './validate-row.ts';

/** Keys remembered as existing per reference; a region has fewer institutions and divisions than that. */
const rememberedKeys = 200_000;

/** What checking the references of a batch comes to. */
export interface ReferenceVerdict {
  readonly valid: readonly ValidRow[];
  readonly rejected: readonly RejectedRow[];
  /** Rows whose reference to their own table is not there yet: it may stand further down in the file. */
  readonly waiting: readonly ValidRow[];
}

interface Reference {
  readonly header: string;
  readonly property: string;
  readonly table: string;
  readonly statement: string;
  readonly own: boolean;
  readonly ownProperty: string;
  readonly known: Set<string>;
}

/** Prepares the check of a target's references: one statement a batch and reference, for keys not seen before. */
export function referenceChecker(target: ImportTarget, match: HeaderMatch) {
  const references = [...match.columns].flatMap(([header, column]) => referenceOf(target, header, column));
  return async (sql: SqlSession, rows: readonly ValidRow[], mayWait: boolean): Promise<ReferenceVerdict> => {
    const missing = new Map<ValidRow, { faults: Fault[]; ownOnly: boolean }>();
    for (const reference of references) {
      for (const row of await rowsWithout(sql, reference, rows)) {
        const entry = missing.get(row) ?? { faults: [], ownOnly: true };
        entry.faults.push(notFound(reference, row));
        missing.set(row, { faults: entry.faults, ownOnly: entry.ownOnly && reference.own });
      }
    }
    const waits = (row: ValidRow) => mayWait && missing.get(row)?.ownOnly === true;
    return {
      valid: rows.filter((row) => !missing.has(row)),
      waiting: rows.filter(waits),
      rejected: [...missing].filter(([row]) => !waits(row)).map(([{ line }, { faults }]) => ({ line, faults })),
    };
  };
}

function referenceOf(target: ImportTarget, header: string, column: ImportColumn): readonly Reference[] {
  if (column.reference === undefined) return [];
  const { table, column: property } = column.reference;
  const key = getTableColumns(table)[property];
  if (key === undefined)
    throw new TypeError(`import column ${header}: no property ${property} in the referenced table`);
  const name = quote(columnName(key));
  const statement = `select ${name}::text as key from ${quote(getTableName(table))}
    where ${name} = any(($1::text[])::${key.getSQLType()}[])`;
  const own = table === target.table;
  return [
    {
      header,
      property: column.column,
      table: getTableName(table),
      statement,
      own,
      ownProperty: property,
      known: new Set(),
    },
  ];
}

async function rowsWithout(
  sql: SqlSession,
  reference: Reference,
  rows: readonly ValidRow[],
): Promise<readonly ValidRow[]> {
  const { property, known, own, ownProperty } = reference;
  const isSet = (row: ValidRow) => row.values[property] !== null && row.values[property] !== undefined;
  const wanted = new Set(rows.filter(isSet).map((row) => String(row.values[property])));
  const unknown = [...wanted].filter((key) => !known.has(key));
  if (unknown.length > 0) {
    if (known.size > rememberedKeys) known.clear();
    const found = await sql.unsafe<{ key: string }[]>(reference.statement, [unknown]);
    for (const { key } of found) known.add(key);
  }
  const inBatch = new Set(own ? rows.map((row) => String(row.values[ownProperty])) : []);
  const exists = (key: string) => known.has(key) || inBatch.has(key);
  return rows.filter((row) => isSet(row) && !exists(String(row.values[property])));
}

function notFound({ header, table }: Reference, row: ValidRow): Fault {
  return fault('REFERENCE_NOT_FOUND', header, shown(row.fields[header]), { table });
}
