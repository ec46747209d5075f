import { eq, getTableColumns, getTableName, sql, and, type InferSelectModel, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { randomBytes } from 'node:crypto';
import { isEncrypted } from '../crypto/encrypted.ts';
import { crockfordText, decodeOwnedId } from '../ids.ts';
import { refuse } from './write-refused.ts';
import type { Write } from './write.ts';

/** A table whose rows have an id of their own. */
export type IdTable = PgTable & { readonly id: PgColumn };

/** A table whose rows belong to a resident (architecture.md §3). */
export type OwnedTable = PgTable & { readonly residentId: PgColumn; readonly no: PgColumn };

/** A row as a write reads it: encrypted columns are left out, since only the read layer opens them. */
export type StoredRow<T extends PgTable> = InferSelectModel<T>;

/** A new public id: prefix and 60 random bits. */
export function newId(prefix: string): string {
  return `${prefix}_${crockfordText(randomBytes(12))}`;
}

/** The next free number among a resident's rows of a table; others who ask for the same resident wait for the end of the write. */
export async function nextNo({ tx }: Write, table: OwnedTable, residentId: string): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(${numberingOf(table, residentId)})`);
  return numberAfterLast({ tx }, table, residentId);
}

/** The same without waiting: undefined while somebody else writes for the resident, for who holds what that one may wait for. */
export async function nextNoUnlessBusy(
  { tx }: Write,
  table: OwnedTable,
  residentId: string,
): Promise<number | undefined> {
  const [row] = await tx.execute<{ free: boolean }>(
    sql`select pg_try_advisory_xact_lock(${numberingOf(table, residentId)}) as free`,
  );
  return row?.free === true ? numberAfterLast({ tx }, table, residentId) : undefined;
}

/** The advisory lock under which a resident's rows of a table are numbered. */
function numberingOf(table: OwnedTable, residentId: string): SQL {
  return sql`hashtextextended(${`${getTableName(table)} ${residentId}`}, 0)`;
}

async function numberAfterLast({ tx }: Pick<Write, 'tx'>, table: OwnedTable, residentId: string): Promise<number> {
  const [row] = await tx
    .select({ last: sql<number>`coalesce(max(${table.no}), 0)` })
    .from(table)
    .where(eq(table.residentId, residentId));
  return (row?.last ?? 0) + 1;
}

/** The row of an id, locked until the write ends; refuses with NOT_FOUND at `path` when there is none. */
export async function lockById<T extends IdTable>(
  write: Write,
  table: T,
  id: string,
  path: string,
): Promise<StoredRow<T>> {
  const [row] = await write.tx.select(openColumns(table)).from<PgTable>(table).where(eq(table.id, id)).for('update');
  return found<T>(row, path);
}

/** The row of a resident-owned public id, locked until the write ends; refuses with NOT_FOUND at `path` when there is none. */
export async function lockByOwnedId<T extends OwnedTable>(
  write: Write,
  { table, prefix }: { readonly table: T; readonly prefix: string },
  id: string,
  path: string,
): Promise<StoredRow<T>> {
  const key = decodeOwnedId(prefix, id);
  if (key === undefined) return refuse('NOT_FOUND', path);
  const [row] = await write.tx
    .select(openColumns(table))
    .from<PgTable>(table)
    .where(and(eq(table.residentId, key.residentId), eq(table.no, key.no)))
    .for('update');
  return found<T>(row, path);
}

/** Refuses with VERSION_CONFLICT when the caller names another version than the stored one (domain.md §2.0). */
export function expectVersion(row: { readonly version: number }, version: number | null | undefined): void {
  if (version !== null && version !== undefined && version !== row.version) refuse('VERSION_CONFLICT', 'version');
}

/** The columns of a row that is changed now. */
export function advanced(row: { readonly version: number }, { clock }: Write): { version: number; updatedAt: string } {
  return { version: row.version + 1, updatedAt: clock.instant };
}

function openColumns(table: PgTable): Record<string, PgColumn> {
  return Object.fromEntries(Object.entries(getTableColumns(table)).filter(([, column]) => !isEncrypted(column)));
}

function found<T extends PgTable>(row: Record<string, unknown> | undefined, path: string): StoredRow<T> {
  if (row === undefined) return refuse('NOT_FOUND', path);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- drizzle reads every column of the table; it cannot say so of a table that is a parameter.
  return row as StoredRow<T>;
}
