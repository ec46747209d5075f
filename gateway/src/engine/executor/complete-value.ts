import {
  type GraphQLLeafType,
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { ClientSelection } from '../planner/client-operation.ts';
import type { QueryPlan } from '../planner/query-plan.ts';
import { type Complete, type ObjectField, type ShapeContext, compileObject } from './complete-object.ts';
import {
  type Completed,
  type Completion,
  FAILED,
  PROPAGATE,
  WRITTEN,
  explainNullAtPlace,
  forgetDeferred,
  reportAll,
  reportInvalid,
} from './completion.ts';
import { type JsonObject, isJsonObject, readKey } from './json.ts';
import { leafWriter } from './leaf-values.ts';
import { type Place, type PlaceTree, childPlaces, isPlaceList, typeNameOf } from './place.ts';
import type { Position } from './response-layout.ts';
import { errorsBehind, errorsOfNull } from './response-state.ts';

/** Completes a value of an answer that stands in `container` under `key` (GraphQL §6.4.3 CompleteValue). */
type CompleteValue = (
  completion: Completion,
  value: unknown,
  container: JsonObject | readonly unknown[],
  key: string | number,
) => Completed;
type CompleteTree = (completion: Completion, tree: PlaceTree, parent: Place) => Completed;

/** Compiles the completion of the places of a position. */
export function compilePlace(
  context: ShapeContext,
  position: Position,
  type: GraphQLNamedOutputType,
  selections: readonly ClientSelection[],
): Complete<Place> {
  return compileObject(context, type, selections, {
    subgraph: subgraphOf(context.plan, position, 0),
    typeNameOf: (place) => typeNameOf(place, context.types),
    errorsOfType: (completion, place) => errorsBehind(completion.state, place, '__typename', []),
    compileField: (field) => compilePlacedField(field, position),
  });
}

/** Compiles the completion of objects that have no places below them. */
function compileRawObject(field: FieldContext, position: Position, type: GraphQLNamedOutputType): Complete<JsonObject> {
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

function compileRawField(field: ObjectField, position: Position): Complete<JsonObject> {
  const { key, type, responseName } = field;
  const inner = { ...field, position: childOf(position, key), subgraph: subgraphOf(field.context.plan, position, 0) };
  const complete = compileValue(inner, type);
  const carefully: Complete<JsonObject> = (completion, object) => {
    completion.path.push(responseName);
    const completed = complete(completion, readKey(object, key), object, key);
    completion.path.pop();
    return completed;
  };
  const leaf = leafTypeOf(type);
  if (!leaf) return carefully;
  const write = leafWriter(leaf);
  return (completion, object) => {
    const value = object[key];
    const text = value === null || value === undefined ? undefined : write(value, completion.isPlain);
    if (text === undefined) return carefully(completion, object);
    completion.out.push(text);
    return WRITTEN;
  };
}

function compilePlacedField(field: ObjectField, position: Position): Complete<Place> {
  const { key, type, responseName } = field;
  const slots = position.slotsByKey.get(key) ?? [];
  const inner: FieldContext = {
    ...field,
    position: childOf(position, key),
    subgraph: subgraphOf(field.context.plan, position, slots[0] ?? 0),
  };
  const complete = compilePlacedValue(inner, position, slots);
  const carefully: Complete<Place> = (completion, place) => {
    completion.path.push(responseName);
    const completed = complete(completion, place);
    completion.path.pop();
    return completed;
  };
  const leaf = leafTypeOf(type);
  if (!leaf) return carefully;
  const write = leafWriter(leaf);
  return (completion, place) => {
    for (const slot of slots) {
      const value = place.slots[slot]?.[key];
      if (value === undefined || value === null) continue;
      const text = write(value, completion.isPlain);
      if (text === undefined) break;
      completion.out.push(text);
      return WRITTEN;
    }
    return carefully(completion, place);
  };
}

/** A field whose value may stand in several slots, or has places of its own. */
function compilePlacedValue(field: FieldContext, parent: Position, slots: readonly number[]): Complete<Place> {
  const { key, type, name, position } = field;
  const childIndex = parent.childIndexes.get(key);
  if (position?.placed && childIndex !== undefined) {
    const complete = compileTree(field, position, type);
    return (completion, place) => complete(completion, childPlaces(place, childIndex), place);
  }
  const complete = compileValue(field, type);
  const afterNull = compileNull(field, type);
  return (completion, place) => {
    for (const slot of slots) {
      const object = place.slots[slot];
      if (!object) continue;
      const value = readKey(object, key);
      if (value !== undefined && value !== null) return complete(completion, value, object, key);
    }
    return afterNull(completion, explainNullAtPlace(completion, place, key, name));
  };
}

function childOf(position: Position, key: string): Position | undefined {
  const index = position.childIndexes.get(key);
  return index === undefined ? undefined : position.children[index];
}

function leafTypeOf(type: GraphQLOutputType): GraphQLLeafType | undefined {
  const nullable = isNonNullType(type) ? type.ofType : type;
  return isLeafType(nullable) ? nullable : undefined;
}

/** What a null of a type becomes: it goes to the parent where the type is non-null, never without an error. */
function compileNull({ name, subgraph }: FieldContext, type: GraphQLOutputType) {
  if (!isNonNullType(type)) return (): Completed => FAILED;
  return (completion: Completion, isExplained: boolean): Completed => {
    if (!isExplained) reportInvalid(completion, subgraph, `Cannot return null for non-nullable field ${name}.`);
    return PROPAGATE;
  };
}

function compileValue(field: FieldContext, type: GraphQLOutputType): CompleteValue {
  const nullable = isNonNullType(type) ? type.ofType : type;
  const completeNullable = isListType(nullable)
    ? compileList(field, nullable.ofType)
    : compileNamed(field, getNamedType(nullable));
  const afterNull = compileNull(field, type);
  return (completion, value, container, key) => {
    if (value === null || value === undefined) {
      return afterNull(
        completion,
        explainNull(completion, field, value, errorsOfNull(completion.state, container, key)),
      );
    }
    return completeNullable(completion, value, container, key) === WRITTEN ? WRITTEN : afterNull(completion, true);
  };
}

/** Whether there is an error for a null of an answer; what is not there at all has one of its own. */
function explainNull(
  completion: Completion,
  { name, subgraph }: FieldContext,
  value: null | undefined,
  errors: ReturnType<typeof errorsOfNull>,
): boolean {
  if (reportAll(completion, errors)) return true;
  if (value === null) return false;
  reportInvalid(completion, subgraph, `The subgraph's answer holds no ${name}.`);
  return true;
}

function compileList(field: FieldContext, itemType: GraphQLOutputType): CompleteValue {
  const completeItem = compileValue(field, itemType);
  return (completion, value) => {
    if (!Array.isArray(value)) return fail(completion, field.subgraph, `${field.name} is not a list.`);
    const items: readonly unknown[] = value;
    return completeItems(completion, items, (item, index) => completeItem(completion, item, items, index));
  };
}

function completeItems<T>(
  completion: Completion,
  items: readonly T[],
  completeItem: (item: T, index: number) => Completed,
): Completed {
  const { path, out } = completion;
  const start = out.length;
  let loose = start;
  const depth = path.push(0) - 1;
  let lead = '[';
  for (let index = 0; index < items.length; index += 1) {
    path[depth] = index;
    out.push(lead);
    lead = ',';
    // The index is in bounds; a hole of a sparse list is as good as its `undefined`.
    const completed = completeItem(items[index] as T, index);
    if (out.length - loose > MAX_LOOSE_PIECES) loose = joinPieces(completion, loose);
    if (completed === FAILED) out.push('null');
    else if (completed === PROPAGATE) {
      path.length = depth;
      out.length = start;
      forgetDeferred(completion);
      return FAILED;
    }
  }
  path.length = depth;
  out.push(lead === '[' ? '[]' : ']');
  return WRITTEN;
}

/** A piece takes some 20 bytes besides its text: those of a long list become one now and then. */
const MAX_LOOSE_PIECES = 32_768;

/** Joins the last pieces; gives where the next ones begin. */
function joinPieces(completion: Completion, from: number): number {
  const { out } = completion;
  const joined = out.slice(from).join('');
  completion.isLarge = true;
  out.length = from;
  return out.push(joined);
}

function compileNamed(field: FieldContext, type: GraphQLNamedOutputType): CompleteValue {
  const { name, subgraph, position } = field;
  if (isLeafType(type)) {
    const write = leafWriter(type);
    return (completion, value) => {
      const text = write(value, completion.isPlain);
      if (text === undefined) return fail(completion, subgraph, `${name} is not a value of ${type.name}.`);
      completion.out.push(text);
      return WRITTEN;
    };
  }
  const complete = position && compileRawObject(field, position, type);
  return (completion, value) =>
    complete && isJsonObject(value)
      ? complete(completion, value)
      : fail(completion, subgraph, `${name} is not an object.`);
}

function fail(completion: Completion, subgraph: string | undefined, message: string): Completed {
  reportInvalid(completion, subgraph, message);
  return FAILED;
}

function compileTree(field: FieldContext, position: Position, type: GraphQLOutputType): CompleteTree {
  const nullable = isNonNullType(type) ? type.ofType : type;
  const completeNullable = isListType(nullable)
    ? compileTreeList(field, position, nullable.ofType)
    : compileTreeObject(field, position, getNamedType(nullable));
  const afterNull = compileNull(field, type);
  return (completion, tree, parent) => {
    if (tree === null) return afterNull(completion, explainNullAtPlace(completion, parent, field.key, field.name));
    return completeNullable(completion, tree, parent) === WRITTEN ? WRITTEN : afterNull(completion, true);
  };
}

function compileTreeList(field: FieldContext, position: Position, itemType: GraphQLOutputType): CompleteTree {
  const completeItem = compileTree(field, position, itemType);
  return (completion, tree, parent) =>
    isPlaceList(tree)
      ? completeItems(completion, tree, (item) => completeItem(completion, item, parent))
      : fail(completion, field.subgraph, `${field.name} is not a list.`);
}

function compileTreeObject(field: FieldContext, position: Position, type: GraphQLNamedOutputType): CompleteTree {
  const complete = compilePlace(field.context, position, type, field.selections);
  return (completion, tree) =>
    tree === null || isPlaceList(tree)
      ? fail(completion, field.subgraph, `${field.name} is not an object.`)
      : complete(completion, tree);
}

function subgraphOf(plan: QueryPlan, position: Position, slot: number): string | undefined {
  const source = position.sources[slot];
  if (!source) return undefined;
  if (source.kind === 'Answer') return plan.fetches[source.fetch]?.subgraph;
  return position.parent ? subgraphOf(plan, position.parent, source.parentSlot) : undefined;
}
