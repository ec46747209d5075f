import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { needsOfResolver } from './needs.ts';

/** What an operation asks of one kind of row. */
export interface Projection {
  /** Row properties that the selected fields read. */
  readonly columns: ReadonlySet<string>;
  /** Names of the selected fields. */
  readonly fields: ReadonlySet<string>;
}

/** What an operation asks of a connection: its nodes' columns, and which of its parts. */
export interface ConnectionProjection extends Projection {
  readonly wantsTotal: boolean;
  readonly wantsRows: boolean;
  readonly wantsEdges: boolean;
}

type Composite = GraphQLObjectType | GraphQLInterfaceType;

interface Collected {
  readonly columns: Set<string>;
  readonly fields: Set<string>;
}

const projections = new WeakMap<FieldNode, Map<string, Projection>>();
const connections = new WeakMap<FieldNode, ConnectionProjection>();

/** The columns that the selection under this field reads from rows of the given type (default: the field's own type). */
export function projectionOf(info: GraphQLResolveInfo, typeName?: string): Projection {
  const type = typeName === undefined ? getNamedType(info.returnType) : info.schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) throw new TypeError(`${String(type)} has no fields to project`);
  return cached(info, projections, type.name, () => {
    const collected = emptyCollection();
    for (const node of info.fieldNodes) collectSelections(info, node.selectionSet, type, collected);
    return collected;
  });
}

/** The columns that a connection's nodes read, and which of its parts are wanted. */
export function connectionProjectionOf(info: GraphQLResolveInfo): ConnectionProjection {
  const [first] = info.fieldNodes;
  const known = info.fieldNodes.length === 1 && first !== undefined ? connections.get(first) : undefined;
  if (known !== undefined) return known;
  const projection = collectConnection(info);
  if (info.fieldNodes.length === 1 && first !== undefined) connections.set(first, projection);
  return projection;
}

function collectConnection(info: GraphQLResolveInfo): ConnectionProjection {
  const connection = getNamedType(info.returnType);
  if (!isObjectType(connection)) throw new TypeError(`${String(connection)} is no connection`);
  const collected = emptyCollection();
  const asked = new Set<string>();
  for (const part of fieldsOf(
    info,
    info.fieldNodes.map((node) => node.selectionSet),
  )) {
    asked.add(part.name.value);
    if (part.name.value === 'nodes') collectSelections(info, part.selectionSet, nodeTypeOf(connection), collected);
    if (part.name.value !== 'edges') continue;
    for (const edgePart of fieldsOf(info, [part.selectionSet])) {
      if (edgePart.name.value === 'node')
        collectSelections(info, edgePart.selectionSet, nodeTypeOf(connection), collected);
    }
  }
  const wantsRows = asked.has('nodes') || asked.has('edges') || asked.has('pageInfo');
  return { ...collected, wantsTotal: asked.has('totalCount'), wantsRows, wantsEdges: asked.has('edges') };
}

function nodeTypeOf(connection: GraphQLObjectType): Composite {
  const nodes = connection.getFields()['nodes'];
  const type = nodes === undefined ? undefined : getNamedType(nodes.type);
  if (!isObjectType(type) && !isInterfaceType(type)) throw new TypeError(`${connection.name} has no nodes`);
  return type;
}

/** The fields directly under these selection sets, fragments opened (a connection and its edges are never abstract). */
function* fieldsOf(info: GraphQLResolveInfo, sets: readonly (SelectionSetNode | undefined)[]): Generator<FieldNode> {
  for (const set of sets) {
    for (const selection of set?.selections ?? []) {
      switch (selection.kind) {
        case Kind.FIELD:
          yield selection;
          break;
        case Kind.INLINE_FRAGMENT:
          yield* fieldsOf(info, [selection.selectionSet]);
          break;
        case Kind.FRAGMENT_SPREAD:
          yield* fieldsOf(info, [info.fragments[selection.name.value]?.selectionSet]);
          break;
      }
    }
  }
}

function collectSelections(
  info: GraphQLResolveInfo,
  set: SelectionSetNode | undefined,
  type: Composite,
  into: Collected,
): void {
  if (isInterfaceType(type))
    for (const column of needsOfResolver(type.resolveType ?? undefined) ?? []) into.columns.add(column);
  for (const selection of set?.selections ?? []) {
    switch (selection.kind) {
      case Kind.FIELD:
        collectField(info.schema, selection.name.value, type, into);
        break;
      case Kind.INLINE_FRAGMENT:
        collectFragment(info, selection.typeCondition?.name.value, selection.selectionSet, type, into);
        break;
      case Kind.FRAGMENT_SPREAD: {
        const fragment = info.fragments[selection.name.value];
        if (fragment !== undefined) {
          collectFragment(info, fragment.typeCondition.name.value, fragment.selectionSet, type, into);
        }
        break;
      }
    }
  }
}

function collectFragment(
  info: GraphQLResolveInfo,
  condition: string | undefined,
  set: SelectionSetNode,
  type: Composite,
  into: Collected,
): void {
  const target = condition === undefined ? type : info.schema.getType(condition);
  if (!isObjectType(target) && !isInterfaceType(target)) {
    // A union such as _Entity narrows nothing: its own fragments decide.
    if (isAbstractType(target)) collectSelections(info, set, type, into);
    return;
  }
  if (target === type || mayOverlap(info.schema, target, type)) collectSelections(info, set, target, into);
}

function mayOverlap(schema: GraphQLSchema, one: Composite, other: Composite): boolean {
  if (isInterfaceType(one) && schema.isSubType(one, other)) return true;
  if (isInterfaceType(other) && schema.isSubType(other, one)) return true;
  return false;
}

function collectField(schema: GraphQLSchema, name: string, type: Composite, into: Collected): void {
  into.fields.add(name);
  if (name === '__typename') return;
  const owners = isInterfaceType(type) ? schema.getPossibleTypes(type) : [type];
  for (const owner of owners) {
    const field = owner.getFields()[name];
    for (const column of needsOfResolver(field?.resolve) ?? [name]) into.columns.add(column);
  }
}

function emptyCollection(): Collected {
  return { columns: new Set(), fields: new Set() };
}

function cached(
  info: GraphQLResolveInfo,
  cache: WeakMap<FieldNode, Map<string, Projection>>,
  typeName: string,
  make: () => Projection,
): Projection {
  const [node] = info.fieldNodes;
  if (node === undefined || info.fieldNodes.length > 1) return make();
  const byType = cache.get(node) ?? new Map<string, Projection>();
  cache.set(node, byType);
  const known = byType.get(typeName) ?? make();
  byType.set(typeName, known);
  return known;
}
