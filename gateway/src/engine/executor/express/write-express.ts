import { NONE } from './answer-template.ts';
import type { Slices } from '../in-turns.ts';
import type { ObjectPiece, ObjectWriter, ObjectsPiece, Piece } from './express-writer.ts';
import { type FetchedRows, NotAnswered, findLeaf, findRow } from './fetched-rows.ts';
import { NULL_ROW } from './answer-scanner.ts';
import type { TextOutput } from './text-output.ts';

/** What is written from, and to. */
export interface Writing {
  /** By fetch id. */
  readonly fetched: readonly (FetchedRows | undefined)[];
  readonly out: TextOutput;
}

/** Writes an object: every null in it is one that a subgraph said and that may be. */
export function writeObject(writing: Writing, { pieces, tail }: ObjectWriter, row: number): void {
  for (const piece of pieces) writePiece(writing, piece, row);
  writing.out.write(tail);
}

/** The same, with a pause whenever much has been written. */
export function* writeObjectInSlices(writing: Writing, writer: ObjectWriter, row: number): Slices<void> {
  if (!writer.hasLists) return writeObject(writing, writer, row);
  const { out } = writing;
  for (const piece of writer.pieces) {
    if (piece.kind !== 'Object' && piece.kind !== 'Objects') {
      writePiece(writing, piece, row);
      continue;
    }
    out.write(piece.lead);
    const list = findList(writing, piece, row);
    if (list.first === NONE) out.write(nothing);
    else if (piece.kind === 'Object') yield* writeObjectInSlices(writing, piece.inner, list.first);
    else yield* writeListInSlices(writing, piece, list);
  }
  out.write(writer.tail);
}

/** Bytes written before others have a turn. */
const sliceBytes = 262_144;

function* writeListInSlices(writing: Writing, { inner, width }: ObjectsPiece, list: RowList): Slices<void> {
  const { out } = writing;
  let pauseAt = out.length + sliceBytes;
  for (let index = 0; index < list.count; index += 1) {
    const row = list.first + index;
    out.write(index === 0 ? opening : comma);
    if (list.items?.[row * width] === NULL_ROW) out.write(nothing);
    else yield* writeObjectInSlices(writing, inner, row);
    if (out.length < pauseAt) continue;
    pauseAt = out.length + sliceBytes;
    yield;
  }
  out.write(list.count === 0 ? empty : closing);
}

function writePiece(writing: Writing, piece: Piece, row: number): void {
  const { fetched, out } = writing;
  out.write(piece.lead);
  switch (piece.kind) {
    case 'Text': {
      const { source, table, base } = findRow(fetched, piece.slot, row);
      const start = table[base + piece.from];
      const end = table[base + piece.to];
      if (start === undefined || end === undefined) throw new NotAnswered();
      out.copy(source, start, end);
      return;
    }
    case 'Choice': {
      const leaf = findLeaf(fetched, piece.sources, row);
      if (!leaf) throw new NotAnswered();
      out.copy(leaf.source, leaf.start, leaf.end);
      return;
    }
    case 'Object': {
      const { first } = findList(writing, piece, row);
      if (first === NONE) out.write(nothing);
      else writeObject(writing, piece.inner, first);
      return;
    }
    case 'Objects':
      writeList(writing, piece, findList(writing, piece, row));
      return;
  }
}

function writeList(writing: Writing, { inner, width }: ObjectsPiece, { first, count, items }: RowList): void {
  const { out } = writing;
  if (first === NONE) {
    out.write(nothing);
    return;
  }
  for (let row = first; row < first + count; row += 1) {
    out.write(row === first ? opening : comma);
    if (items?.[row * width] === NULL_ROW) out.write(nothing);
    else writeObject(writing, inner, row);
  }
  out.write(count === 0 ? empty : closing);
}

/** Rows that follow each other; an object is the first, null has none. */
interface RowList {
  readonly first: number;
  readonly count: number;
  /** The table they stand in. */
  readonly items: readonly number[] | undefined;
}

function findList({ fetched }: Writing, piece: ObjectPiece | ObjectsPiece, row: number): RowList {
  const { tables, table, base } = findRow(fetched, piece.slot, row);
  const first = table[base + piece.at] ?? NONE;
  const count = table[base + piece.at + 1] ?? NONE;
  return { first, count, items: piece.kind === 'Objects' ? tables[piece.table] : undefined };
}

const nothing = Buffer.from('null');
const opening = Buffer.from('[');
const comma = Buffer.from(',');
const closing = Buffer.from(']');
const empty = Buffer.from('[]');
