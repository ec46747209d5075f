import { NONE } from './answer-template.ts';
import type { ExpressSlot, LeafSource } from './express-layout.ts';
import type { Tables } from './answer-scanner.ts';

/** What one fetch brought. */
export interface FetchedRows {
  readonly source: Buffer;
  readonly tables: Tables;
  /** For each row of the fetch's position, that of its entity; of the root there is one. */
  readonly entities: readonly number[];
}

/** Thrown where something is to be written that was not answered: then the answers are not what they seemed. */
export class NotAnswered extends Error {}

/** The row of a slot's table that tells of the object. */
export function rowIn({ entities }: FetchedRows, { isOwn }: ExpressSlot, row: number): number {
  return isOwn ? row : (entities[row] ?? NONE);
}

/** A leaf among bytes. */
export interface LeafPlace {
  readonly source: Buffer;
  readonly start: number;
  readonly end: number;
}

/** The first leaf that is not null, else null; `undefined` where nobody was asked for it yet. */
export function findLeaf(
  fetched: readonly (FetchedRows | undefined)[],
  sources: readonly LeafSource[],
  row: number,
): LeafPlace | undefined {
  let found: LeafPlace | undefined;
  for (const { slot, field } of sources) {
    const rows = fetched[slot.fetch];
    if (!rows) continue;
    const base = rowIn(rows, slot, row) * slot.template.width + field.column;
    const table = rows.tables[slot.template.table];
    const start = table?.[base];
    const end = table?.[base + 1];
    if (start === undefined || end === undefined) continue;
    found = { source: rows.source, start, end };
    if (!isNull(found)) return found;
  }
  return found;
}

const LETTER_N = 0x6e;

/** Nothing else begins like null. */
export function isNull({ source, start }: LeafPlace): boolean {
  return source[start] === LETTER_N;
}

/** Where the fields of an object stand. */
export interface RowPlace extends Pick<FetchedRows, 'source' | 'tables'> {
  readonly table: readonly number[];
  /** Of its numbers the first. */
  readonly base: number;
}

/** The row of a slot that tells of an object. */
export function findRow(fetched: readonly (FetchedRows | undefined)[], slot: ExpressSlot, row: number): RowPlace {
  const rows = fetched[slot.fetch];
  const table = rows?.tables[slot.template.table];
  if (!rows || !table) throw new NotAnswered();
  const base = rowIn(rows, slot, row) * slot.template.width;
  if (base < 0) throw new NotAnswered();
  return { source: rows.source, tables: rows.tables, table, base };
}
