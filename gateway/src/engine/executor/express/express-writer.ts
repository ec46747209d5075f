import type { ClientSelection } from '../../planner/client-operation.ts';
import type { PossibleTypes } from '../../supergraph/possible-types.ts';
import { type TrueVariables, collectFields } from '../collect-fields.ts';
import { type FieldTemplate, LEAF, LEAVES, NoTemplate, OBJECTS } from './answer-template.ts';
import { KnownText } from './known-text.ts';
import { type ExpressPosition, type ExpressSlot, type LeafSource, leafSources } from './express-layout.ts';

/** How the objects of a position are written: what is known, and where that stands which is not. */
export interface ObjectWriter {
  readonly pieces: readonly Piece[];
  /** There are lists in it, or in objects of it: only then it may be long. */
  readonly hasLists: boolean;
  readonly tail: Buffer;
}

/** A part of an object's text. */
export type Piece = TextPiece | ChoicePiece | ObjectPiece | ObjectsPiece;

/** Fields that stand in the answer as they are to be written. */
interface TextPiece {
  readonly kind: 'Text';
  /** Everything before it that is known. */
  readonly lead: Buffer;
  readonly slot: ExpressSlot;
  /** The columns that say where it begins and ends. */
  readonly from: number;
  readonly to: number;
}

/** A leaf that several answers may hold. */
interface ChoicePiece {
  readonly kind: 'Choice';
  readonly lead: Buffer;
  readonly sources: readonly LeafSource[];
}

export interface ObjectPiece {
  readonly kind: 'Object';
  readonly lead: Buffer;
  readonly slot: ExpressSlot;
  /** The column that says its row. */
  readonly at: number;
  readonly inner: ObjectWriter;
}

export interface ObjectsPiece extends Omit<ObjectPiece, 'kind'> {
  readonly kind: 'Objects';
  /** Of the items' rows, and of which table. */
  readonly width: number;
  readonly table: number;
}

/** What decides which fields clients get. */
export interface Selecting {
  readonly types: PossibleTypes;
  readonly variables: TrueVariables;
}

/** Compiles what clients select of the objects of a position. Throws `NoTemplate`. */
export function compileWriter(
  position: ExpressPosition,
  selections: readonly ClientSelection[],
  selecting: Selecting,
): ObjectWriter {
  const { types, variables } = selecting;
  const pieces: Piece[] = [];
  const known = new KnownText();
  for (const { field, selections: inner } of collectFields(selections, position.type.name, types, variables)) {
    const { responseName, name, key } = field;
    known.addKey(responseName);
    if (name === '__typename') {
      known.addValue(position.type.name);
      continue;
    }
    const lead = Buffer.from(known.takeLead());
    const child = position.children.get(key);
    const piece = child ? compileChild(lead, child, inner, selecting) : compileLeaf(lead, leafSources(position, key));
    const joined = joinText(pieces.at(-1), piece);
    if (joined) pieces.splice(-1, 1, joined);
    else pieces.push(piece);
  }
  const hasLists = pieces.some(
    (piece) => piece.kind === 'Objects' || (piece.kind === 'Object' && piece.inner.hasLists),
  );
  return { pieces, hasLists, tail: Buffer.from(known.takeTail()) };
}

function compileChild(
  lead: Buffer,
  child: ExpressPosition,
  selections: readonly ClientSelection[],
  selecting: Selecting,
): Piece {
  if (!child.origin) throw new NoTemplate('A field is the root.');
  const { slot, field } = child.origin;
  const inner = compileWriter(child, selections, selecting);
  if (field.content !== OBJECTS) return { kind: 'Object', lead, slot, at: field.column, inner };
  return {
    kind: 'Objects',
    lead,
    slot,
    at: field.column,
    width: field.inner?.width ?? 0,
    table: field.inner?.table ?? 0,
    inner,
  };
}

function compileLeaf(lead: Buffer, sources: readonly LeafSource[]): Piece {
  const [first] = sources;
  if (!first) throw new NoTemplate('Nobody was asked for a field.');
  if (sources.length > 1) return { kind: 'Choice', lead, sources };
  const { slot, field } = first;
  return { kind: 'Text', lead, slot, from: field.column, to: field.column + 1 };
}

/** Two fields that follow each other in the answer as they shall are one piece of its text. */
function joinText(before: Piece | undefined, piece: Piece): Piece | undefined {
  if (before?.kind !== 'Text' || piece.kind !== 'Text' || before.slot !== piece.slot) return undefined;
  const next = fieldAt(piece.slot, piece.from);
  const isNext = next.column === before.to + 1 && isLeaf(next) && isLeaf(fieldAt(before.slot, before.to - 1));
  return isNext && next.lead.equals(piece.lead) ? { ...before, to: piece.to } : undefined;
}

function fieldAt({ template }: ExpressSlot, column: number): FieldTemplate {
  const field = template.fields[column / 2];
  if (!field) throw new NoTemplate('There is no such field.');
  return field;
}

function isLeaf({ content }: FieldTemplate): boolean {
  return content === LEAF || content === LEAVES;
}
