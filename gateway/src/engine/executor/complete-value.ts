import {
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { ClientSelection } from '../planner/client-operation.ts';
import type { QueryPlan } from '../planner/query-plan.ts';
import { type CompleteObject, type ObjectField, type ShapeContext, compileObject } from './complete-object.ts';
import { type Completion, FAILED, PROPAGATE, nullAtPlace, reportAll, reportInvalid } from './completion.ts';
import { type JsonObject, isJsonObject, readKey } from './json.ts';
import { leafReader } from './leaf-values.ts';
import { type Place, type PlaceTree, childPlaces, isPlaceList, typeNameOf } from './place.ts';
import type { Position } from './response-layout.ts';
import { errorsBehind, errorsOfNull } from './response-state.ts';

/** Completes a value of an answer that stands in `container` under `key` (GraphQL §6.4.3 CompleteValue). */
type CompleteValue = (
  completion: Completion,
  value: unknown,
  container: JsonObject | readonly unknown[],
  key: string | number,
) => unknown;
type CompleteTree = (completion: Completion, tree: PlaceTree, parent: Place) => unknown;

/** Compiles the completion of the places of a position. */
export function compilePlace(
  context: ShapeContext,
  position: Position,
  type: GraphQLNamedOutputType,
  selections: readonly ClientSelection[],
): CompleteObject<Place> {
  return compileObject(context, type, selections, {
    subgraph: subgraphOf(context.plan, position, 0),
    typeNameOf: (place) => typeNameOf(place, context.types),
    errorsOfType: (completion, place) => errorsBehind(completion.state, place, '__typename', []),
    compileField: (field) => compilePlacedField(field, position),
  });
}

/** Compiles the completion of objects that have no places below them. */
function compileRawObject(
  field: FieldContext,
  position: Position,
  type: GraphQLNamedOutputType,
): CompleteObject<JsonObject> {
  return compileObject(field.context, type, field.selections, {
    subgraph: field.subgraph,
    typeNameOf: (object) => object['__typename'],
    errorsOfType: (completion, object) => errorsOfNull(completion.state, object, '__typename'),
    compileField: (inner) => compileRawField(inner, position),
  });
}

/** A field and where its objects stand. */
interface FieldContext extends ObjectField {
  readonly position: Position | undefined;
  readonly subgraph: string | undefined;
}

function compileRawField(field: ObjectField, position: Position) {
  const { key, type } = field;
  const complete = compileValue(
    { ...field, position: childOf(position, key), subgraph: subgraphOf(field.context.plan, position, 0) },
    type,
  );
  return (completion: Completion, object: JsonObject): unknown =>
    complete(completion, readKey(object, key), object, key);
}

function compilePlacedField(field: ObjectField, position: Position) {
  const { key, type, name } = field;
  const slots = position.slotsByKey.get(key) ?? [];
  const subgraph = subgraphOf(field.context.plan, position, slots[0] ?? 0);
  const child = childOf(position, key);
  const inner: FieldContext = { ...field, position: child, subgraph };
  const childIndex = position.childIndexes.get(key);
  if (child?.placed && childIndex !== undefined) {
    const complete = compileTree(inner, child, type);
    return (completion: Completion, place: Place): unknown =>
      complete(completion, childPlaces(place, childIndex), place);
  }
  const complete = compileValue(inner, type);
  const nullResult = afterNull(inner, type);
  return (completion: Completion, place: Place): unknown => {
    for (const slot of slots) {
      const object = place.slots[slot];
      if (!object) continue;
      const value = readKey(object, key);
      if (value !== undefined && value !== null) return complete(completion, value, object, key);
    }
    return nullResult(completion, nullAtPlace(completion, place, key, name));
  };
}

function childOf(position: Position, key: string): Position | undefined {
  const index = position.childIndexes.get(key);
  return index === undefined ? undefined : position.children[index];
}

/** What a null of a type becomes: it goes to the parent where the type is non-null, never without an error. */
function afterNull({ name, subgraph }: FieldContext, type: GraphQLOutputType) {
  if (!isNonNullType(type)) return (_: Completion, value: typeof FAILED | null): unknown => value;
  return (completion: Completion, value: typeof FAILED | null): unknown => {
    if (value === null) reportInvalid(completion, subgraph, `Cannot return null for non-nullable field ${name}.`);
    return PROPAGATE;
  };
}

function compileValue(field: FieldContext, type: GraphQLOutputType): CompleteValue {
  const nullable = isNonNullType(type) ? type.ofType : type;
  const completeNullable = isListType(nullable)
    ? compileList(field, nullable.ofType)
    : compileNamed(field, getNamedType(nullable));
  const nullResult = afterNull(field, type);
  return (completion, value, container, key) => {
    const made =
      value === null || value === undefined
        ? completeNull(completion, field, value, container, key)
        : completeNullable(completion, value, container, key);
    return made === null || made === FAILED ? nullResult(completion, made) : made;
  };
}

function completeNull(
  completion: Completion,
  { name, subgraph }: FieldContext,
  value: null | undefined,
  container: JsonObject | readonly unknown[],
  key: string | number,
): typeof FAILED | null {
  const reported = reportAll(completion, errorsOfNull(completion.state, container, key));
  if (reported !== null || value === null) return reported;
  return reportInvalid(completion, subgraph, `The subgraph's answer holds no ${name}.`);
}

function compileList(field: FieldContext, itemType: GraphQLOutputType): CompleteValue {
  const completeItem = compileValue(field, itemType);
  return (completion, value) => {
    if (!Array.isArray(value)) return reportInvalid(completion, field.subgraph, `${field.name} is not a list.`);
    const items: readonly unknown[] = value;
    return completeItems(completion, items, (item, index) => completeItem(completion, item, items, index));
  };
}

function completeItems<T>(
  { path }: Completion,
  items: readonly T[],
  completeItem: (item: T, index: number) => unknown,
): unknown {
  const made: unknown[] = [];
  let index = 0;
  for (const item of items) {
    path.push(index);
    const value = completeItem(item, index);
    path.pop();
    if (value === PROPAGATE) return FAILED;
    made.push(value === FAILED ? null : value);
    index += 1;
  }
  return made;
}

function compileNamed(field: FieldContext, type: GraphQLNamedOutputType): CompleteValue {
  const { name, subgraph, position } = field;
  if (isLeafType(type)) {
    const read = leafReader(type);
    return (completion, value) => {
      const leaf = read(value);
      return leaf === undefined ? reportInvalid(completion, subgraph, `${name} is not a value of ${type.name}.`) : leaf;
    };
  }
  const complete = position && compileRawObject(field, position, type);
  return (completion, value) =>
    complete && isJsonObject(value)
      ? complete(completion, value)
      : reportInvalid(completion, subgraph, `${name} is not an object.`);
}

function compileTree(field: FieldContext, position: Position, type: GraphQLOutputType): CompleteTree {
  const nullable = isNonNullType(type) ? type.ofType : type;
  const completeNullable = isListType(nullable)
    ? compileTreeList(field, position, nullable.ofType)
    : compileTreeObject(field, position, getNamedType(nullable));
  const nullResult = afterNull(field, type);
  return (completion, tree, parent) => {
    const made =
      tree === null
        ? nullAtPlace(completion, parent, field.key, field.name)
        : completeNullable(completion, tree, parent);
    return made === null || made === FAILED ? nullResult(completion, made) : made;
  };
}

function compileTreeList(field: FieldContext, position: Position, itemType: GraphQLOutputType): CompleteTree {
  const completeItem = compileTree(field, position, itemType);
  return (completion, tree, parent) =>
    isPlaceList(tree)
      ? completeItems(completion, tree, (item) => completeItem(completion, item, parent))
      : reportInvalid(completion, field.subgraph, `${field.name} is not a list.`);
}

function compileTreeObject(field: FieldContext, position: Position, type: GraphQLNamedOutputType): CompleteTree {
  const complete = compilePlace(field.context, position, type, field.selections);
  return (completion, tree) =>
    tree === null || isPlaceList(tree)
      ? reportInvalid(completion, field.subgraph, `${field.name} is not an object.`)
      : complete(completion, tree);
}

function subgraphOf(plan: QueryPlan, position: Position, slot: number): string | undefined {
  const source = position.sources[slot];
  if (!source) return undefined;
  if (source.kind === 'Answer') return plan.fetches[source.fetch]?.subgraph;
  return position.parent ? subgraphOf(plan, position.parent, source.parentSlot) : undefined;
}
