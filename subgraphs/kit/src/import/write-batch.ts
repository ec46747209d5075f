import postgres from 'postgres';

import { type Change, recordChangesIn } from '../changes/changes.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import { copyRows } from '../database/copy-rows.ts';
import type { SqlSession } from '../database/open-database.ts';
import { quote } from '../read/table.ts';
import { type Fault, fault } from './faults.ts';
import type { ImportTarget, RowValues } from './import-target.ts';
import { shown } from './parse-value.ts';
import { publicIdSource } from './public-id.ts';
import { differs, storedRows, type TargetTable } from './stored-rows.ts';
import type { ValidRow } from './validate-row.ts';

/** What writing came to. */
export interface WriteOutcome {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedRow[];
}

/** A row that the database does not take. */
export interface RefusedRow {
  readonly row: ValidRow;
  readonly fault: Fault;
  /** Another row has a value that must be unique: when that one is changed, this one may be taken. */
  readonly contested: boolean;
}

/** Runs work all or nothing: a transaction, or within a dry run's great transaction a savepoint. */
export type Atomically = (work: (sql: SqlSession) => Promise<WriteOutcome>) => Promise<WriteOutcome>;

/** What a batch writer needs. */
export interface WriteParts {
  readonly target: ImportTarget;
  readonly table: TargetTable;
  readonly keys: KeyRing | undefined;
  /** Business time of the import, ISO 8601. */
  readonly at: string;
}

const stage = 'import_stage';

/** Makes the temporary table through which changed rows reach the table. */
export async function createStage(sql: SqlSession, table: TargetTable): Promise<void> {
  const columns = table.properties.map((property) => table.sqlName(property)).join(', ');
  await sql.unsafe(`create temp table ${stage} as select ${columns} from ${quote(table.name)} with no data`);
}

/**
 * Prepares the writing of batches: what is new is copied in, what differs is updated, what is equal is not touched; each with
 * its row of the change log in the same transaction. When the database refuses, halves are tried until the row that it refuses
 * stands alone; the others are written. The rows may refer to rows that are stored, not to one another.
 */
export function batchWriter(parts: WriteParts) {
  const newId = parts.target.idPrefix === undefined ? undefined : publicIdSource(parts.target.idPrefix);

  async function write(atomically: Atomically, rows: readonly ValidRow[]): Promise<WriteOutcome> {
    if (rows.length === 0) return nothing;
    try {
      return await atomically((sql) => writeAll(sql, parts, rows, newId));
    } catch (error) {
      if (!isRowFault(error)) throw error;
      const [only, ...others] = rows;
      if (only !== undefined && others.length === 0) return { ...nothing, refused: [refusal(only, error)] };
      const half = rows.length >> 1;
      return sum(await write(atomically, rows.slice(0, half)), await write(atomically, rows.slice(half)));
    }
  }

  return write;
}

const nothing: WriteOutcome = { created: 0, updated: 0, unchanged: 0, refused: [] };

function sum(a: WriteOutcome, b: WriteOutcome): WriteOutcome {
  return {
    created: a.created + b.created,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    refused: [...a.refused, ...b.refused],
  };
}

async function writeAll(
  sql: SqlSession,
  parts: WriteParts,
  rows: readonly ValidRow[],
  newId: (() => string) | undefined,
): Promise<WriteOutcome> {
  const { target, table, keys, at } = parts;
  const stored = await storedRows(
    sql,
    target,
    table,
    rows.map(({ values }) => values),
    keys,
  );
  const created: RowValues[] = [];
  const updated: RowValues[] = [];
  const refused: RefusedRow[] = [];
  for (const row of rows) {
    const { key, values } = row;
    const existing = stored.get(key);
    if (existing === undefined) created.push(newRow(parts, values, newId));
    else if (hasOtherId(values, existing)) refused.push(otherId(row, String(existing['id'])));
    else if (isChanged(table, values, existing)) updated.push({ ...existing, ...values });
  }
  if (created.length > 0)
    await copyRows(sql, target.table, created, { ...(keys && { keys }), properties: newProperties(parts) });
  if (updated.length > 0) await update(sql, parts, updated);
  await recordChangesIn(sql, at, [
    ...created.map((row) => changeOf(target, row, 'CREATED')),
    ...updated.map((row) => changeOf(target, row, 'UPDATED')),
  ]);
  const unchanged = rows.length - created.length - updated.length - refused.length;
  return { created: created.length, updated: updated.length, unchanged, refused };
}

function newRow({ target, table, at }: WriteParts, values: RowValues, newId: (() => string) | undefined): RowValues {
  const row: Record<string, unknown> = { ...target.defaults, ...values };
  if (newId !== undefined) row['id'] ??= newId();
  if (table.hasUpdatedAt) row['updatedAt'] ??= at;
  return row;
}

function newProperties({ target, table }: WriteParts): readonly string[] {
  return [...table.properties, ...Object.keys(target.defaults ?? {}), 'version', 'updatedAt'];
}

/** An id never changes: a file that gives another one means another row. */
function hasOtherId(values: RowValues, existing: RowValues): boolean {
  const given = values['id'];
  return given !== undefined && given !== null && given !== existing['id'];
}

function otherId(row: ValidRow, id: string): RefusedRow {
  return { row, fault: fault('ID_DIFFERS', 'id', shown(row.values['id']), { id }), contested: false };
}

function isChanged(table: TargetTable, values: RowValues, existing: RowValues): boolean {
  const given = Object.entries(values).filter(([property]) => property !== 'id');
  return given.some(([property, value]) => differs(table.column(property), value, existing[property]));
}

async function update(
  sql: SqlSession,
  { target, table, keys, at }: WriteParts,
  rows: readonly RowValues[],
): Promise<void> {
  const written = table.properties.filter((property) => property !== 'id' && !target.naturalKey.includes(property));
  await sql.unsafe(`truncate ${stage}`);
  await copyRows(sql, target.table, rows, { ...(keys && { keys }), into: stage, properties: table.properties });
  const assignments = [
    ...written.map((property) => `${table.sqlName(property)} = s.${table.sqlName(property)}`),
    ...(table.hasVersion ? [`${table.sqlName('version')} = t.${table.sqlName('version')} + 1`] : []),
    ...(table.hasUpdatedAt ? [`${table.sqlName('updatedAt')} = $1::text::timestamptz`] : []),
  ];
  const joined = target.naturalKey.map((property) => `t.${table.sqlName(property)} = s.${table.sqlName(property)}`);
  await sql.unsafe(
    `update ${quote(table.name)} t set ${assignments.join(', ')} from ${stage} s where ${joined.join(' and ')}`,
    table.hasUpdatedAt ? [at] : [],
  );
}

function changeOf(target: ImportTarget, row: RowValues, kind: 'CREATED' | 'UPDATED'): Change {
  return {
    type: target.type,
    id: target.publicId?.(row) ?? String(row['id'] ?? target.naturalKey.map((property) => row[property]).join('_')),
    kind,
    residentId: target.residentId?.(row) ?? null,
    payload: {
      source: 'IMPORT',
      ...Object.fromEntries((target.tells ?? []).map((property) => [property, row[property] ?? null])),
      ...target.tellsBesides?.(row),
    },
  };
}

/** Data exceptions and violated constraints are the row's fault; anything else (connection, disk, our SQL) is not. */
function isRowFault(error: unknown): error is postgres.PostgresError {
  return error instanceof postgres.PostgresError && /^(22|23)/.test(error.code);
}

/** unique_violation, exclusion_violation. */
const uniqueViolations: ReadonlySet<string> = new Set(['23505', '23P01']);

/** The constraint's name tells enough; the message itself may quote personal data. */
function refusal(row: ValidRow, error: postgres.PostgresError): RefusedRow {
  const reason =
    error.constraint_name === undefined
      ? `SQLSTATE ${error.code}`
      : `${error.constraint_name} (SQLSTATE ${error.code})`;
  return {
    row,
    fault: fault('REFUSED_BY_DATABASE', error.column_name ?? '', '', { reason }),
    contested: uniqueViolations.has(error.code),
  };
}
