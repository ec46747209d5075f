import { NONE } from './answer-template.ts';
import type { ObjectWriter, ObjectsPiece } from './express-writer.ts';
import { type FetchedRows, findLeaf, rowIn } from './fetched-rows.ts';
import { NULL_ROW } from './scan-answer.ts';
import type { TextOutput } from './text-output.ts';

/** What is written from, and to. */
export interface Writing {
  /** By fetch id. */
  readonly fetched: readonly (FetchedRows | undefined)[];
  readonly out: TextOutput;
}

/** Writes an object: every null in it is one that a subgraph said and that may be. */
export function writeObject(writing: Writing, { pieces, tail }: ObjectWriter, row: number): void {
  const { fetched, out } = writing;
  for (const piece of pieces) {
    out.write(piece.lead);
    if (piece.kind === 'Choice') {
      const leaf = findLeaf(fetched, piece.sources, row);
      if (!leaf) throw new Error('What is written was not answered.');
      out.copy(leaf.source, leaf.start, leaf.end);
      continue;
    }
    const { template } = piece.slot;
    const rows = fetched[piece.slot.fetch];
    const table = rows?.tables[template.table];
    if (!rows || !table) throw new Error('What is written was not fetched.');
    const base = rowIn(rows, piece.slot, row) * template.width;
    if (base < 0) throw new Error('What is written was not answered.');
    switch (piece.kind) {
      case 'Text':
        out.copy(rows.source, table[base + piece.from] ?? 0, table[base + piece.to] ?? 0);
        break;
      case 'Object':
        writeNullable(writing, piece.inner, table[base + piece.at] ?? NONE);
        break;
      case 'Objects':
        writeList(writing, piece, {
          rows,
          first: table[base + piece.at] ?? NONE,
          count: table[base + piece.at + 1] ?? 0,
        });
        break;
    }
  }
  out.write(tail);
}

function writeNullable(writing: Writing, writer: ObjectWriter, row: number): void {
  if (row === NONE) writing.out.write(nothing);
  else writeObject(writing, writer, row);
}

interface ListOfRows {
  readonly rows: FetchedRows;
  readonly first: number;
  readonly count: number;
}

function writeList(writing: Writing, { inner, width, table }: ObjectsPiece, { rows, first, count }: ListOfRows): void {
  const { out } = writing;
  if (first === NONE) {
    out.write(nothing);
    return;
  }
  const items = rows.tables[table];
  for (let row = first; row < first + count; row += 1) {
    out.write(row === first ? opening : comma);
    writeNullable(writing, inner, items?.[row * width] === NULL_ROW ? NONE : row);
  }
  out.write(count === 0 ? empty : closing);
}

const nothing = Buffer.from('null');
const opening = Buffer.from('[');
const comma = Buffer.from(',');
const closing = Buffer.from(']');
const empty = Buffer.from('[]');
