import {
  type FieldNode,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  Kind,
  type SelectionSetNode,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { isIncluded } from '../../planner/asked-fields.ts';
import type { PossibleTypes } from '../../supergraph/possible-types.ts';
import { KnownText } from './known-text.ts';

/** What leaf may stand in a field; anything that is no object and no list where the API schema does not say. */
export const ANY = 0;
export const STRING = 1;
export const INT = 2;
export const FLOAT = 3;
export const BOOLEAN = 4;
export const ENUM = 5;
export type LeafKind = typeof ANY | typeof STRING | typeof INT | typeof FLOAT | typeof BOOLEAN | typeof ENUM;

/** What stands in a field. */
export const LEAF = 0;
export const LEAVES = 1;
export const OBJECT = 2;
export const OBJECTS = 3;
export type ContentKind = typeof LEAF | typeof LEAVES | typeof OBJECT | typeof OBJECTS;

/**
 * How the text of an object of an answer reads where nothing is unusual: its fields in the order they were asked. An
 * object read by it is a row of numbers, which say where in the text its fields are; rows of one template stand in one
 * table.
 */
export interface ObjectTemplate {
  readonly type: GraphQLObjectType;
  /** Whether the type's name was asked for. */
  readonly saysType: boolean;
  /** Which of the answer's tables holds the rows. */
  readonly table: number;
  /** Numbers of a row: two for each field, and two where there is none. */
  readonly width: number;
  readonly fields: readonly FieldTemplate[];
  /** There are lists of objects in it, or in objects of it: only then it may be long. */
  readonly hasLists: boolean;
  /** What follows the last field. */
  readonly tail: Buffer;
}

/**
 * A field of it. Its two numbers: where a leaf's text begins and ends; the row of an object, or `NONE`; the first row of a
 * list's objects and how many there are, or `NONE`.
 */
export interface FieldTemplate {
  readonly key: string;
  /** Everything between the field before and the value. */
  readonly lead: Buffer;
  readonly column: number;
  readonly content: ContentKind;
  readonly isNullable: boolean;
  /** Of the items of a list. */
  readonly isItemNullable: boolean;
  readonly leaf: LeafKind;
  /** Of an enum, as JSON text. */
  readonly names: readonly Buffer[] | undefined;
  readonly inner: ObjectTemplate | undefined;
}

/** In place of a row: null. */
export const NONE = -1;

/** Objects of one selection, with all below them. */
export interface AnswerTree {
  readonly root: ObjectTemplate;
  readonly tables: number;
}

/** Thrown while an operation is compiled that has something for which there is no template. */
export class NoTemplate extends Error {}

/** What decides which selections are there. */
export interface Choosing {
  readonly types: PossibleTypes;
  /** Whether a variable of the subgraph's operation is true. */
  readonly isTrue: (variable: string) => boolean;
}

/** Makes the templates of what is selected of an object type. Throws `NoTemplate`. */
export function compileAnswerTree(
  selectionSet: SelectionSetNode,
  type: GraphQLObjectType,
  choosing: Choosing,
): AnswerTree {
  let tables = 0;

  function compileObject(selectionSets: readonly SelectionSetNode[], objectType: GraphQLObjectType): ObjectTemplate {
    const table = tables;
    tables += 1;
    const collected = new Map<string, FieldNode[]>();
    for (const set of selectionSets) collectAsked(set, objectType.name, choosing, collected);
    const fields: FieldTemplate[] = [];
    const known = new KnownText();
    let saysType = false;
    for (const [key, nodes] of collected) {
      known.addKey(key);
      if (nodes[0]?.name.value === '__typename') {
        known.addValue(objectType.name);
        saysType = true;
        continue;
      }
      const lead = Buffer.from(known.takeLead());
      fields.push({ key, lead, column: fields.length * 2, ...compileContent(nodes, objectType) });
    }
    const tail = Buffer.from(known.takeTail());
    const hasLists = fields.some(({ content, inner }) => content === OBJECTS || inner?.hasLists === true);
    return { type: objectType, saysType, table, width: Math.max(fields.length, 1) * 2, fields, hasLists, tail };
  }

  function compileContent(nodes: readonly FieldNode[], parent: GraphQLObjectType) {
    const [node] = nodes;
    const known = parent.getFields()[node?.name.value ?? ''];
    const inner = nodes.flatMap(({ selectionSet: set }) => set ?? []);
    // What clients cannot see is asked for keys and requirements only.
    if (!known) return { ...leafContent(undefined, inner), isNullable: true };
    const { named, ...nullability } = unwrap(known.type);
    if (isLeafType(named)) return { ...leafContent(named, inner), ...nullability };
    if (!isObjectType(named)) throw new NoTemplate('What type an object has is not known before.');
    const content = nullability.content === LEAVES ? OBJECTS : OBJECT;
    return { ...nullability, ...noLeaf, content, inner: compileObject(inner, named) } as const;
  }

  const root = compileObject([selectionSet], type);
  return { root, tables };
}

const noLeaf = { leaf: ANY, names: undefined } as const;

function leafContent(type: GraphQLLeafType | undefined, inner: readonly SelectionSetNode[]) {
  if (inner.length > 0) throw new NoTemplate('The type of an object is not known.');
  const names = isEnumType(type) ? type.getValues().map(({ name }) => Buffer.from(`"${name}"`)) : undefined;
  return { content: LEAF, isItemNullable: true, leaf: leafKind(type), names, inner: undefined } as const;
}

function leafKind(type: GraphQLLeafType | undefined): LeafKind {
  if (isEnumType(type)) return ENUM;
  switch (type?.name) {
    case 'Int':
      return INT;
    case 'Float':
      return FLOAT;
    // An ID may come as a number too, but that is to become a text then.
    case 'ID':
    case 'String':
      return STRING;
    case 'Boolean':
      return BOOLEAN;
    default:
      return ANY;
  }
}

function unwrap(type: GraphQLOutputType) {
  const isNullable = !isNonNullType(type);
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (!isListType(nullable)) return { named: nullable, isNullable, isItemNullable: true, content: LEAF } as const;
  const item = nullable.ofType;
  const named = isNonNullType(item) ? item.ofType : item;
  if (isListType(named)) throw new NoTemplate('There are lists of lists.');
  return { named, isNullable, isItemNullable: !isNonNullType(item), content: LEAVES } as const;
}

/** Fields of an object of a type by key, in the order of an answer (GraphQL §6.3.2 CollectFields). */
function collectAsked(
  { selections }: SelectionSetNode,
  typeName: string,
  choosing: Choosing,
  into: Map<string, FieldNode[]>,
): void {
  const { types } = choosing;
  for (const selection of selections) {
    if (!isIncluded(selection, choosing.isTrue)) continue;
    switch (selection.kind) {
      case Kind.FIELD: {
        const key = selection.alias?.value ?? selection.name.value;
        const known = into.get(key);
        if (known) known.push(selection);
        else into.set(key, [selection]);
        break;
      }
      case Kind.INLINE_FRAGMENT: {
        const condition = selection.typeCondition?.name.value ?? typeName;
        if (types.includes(condition, typeName)) collectAsked(selection.selectionSet, typeName, choosing, into);
        break;
      }
      case Kind.FRAGMENT_SPREAD:
        throw new NoTemplate('Subgraphs are asked without named fragments.');
    }
  }
}
