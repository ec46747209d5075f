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
import { completeItems, completeItemsInSlices } from './complete-list.ts';
import {
  type Completed,
  type Completer,
  type Completion,
  FAILED,
  PROPAGATE,
  WRITTEN,
  explainNullAtPlace,
  inBothWays,
  reportAll,
  reportInvalid,
  sliced,
} from './completion.ts';
import { type JsonObject, isJsonObject, readKey } from './json.ts';
import { leafWriter } from './leaf-values.ts';
import { type Place, type PlaceTree, childPlaces, isPlaceList, typeNameOf } from './place.ts';
import type { Position } from './response-layout.ts';
import { errorsBehind, errorsOfNull } from './response-state.ts';

/** Completes a value of an answer that stands in `container` under `key` (GraphQL §6.4.3 CompleteValue). */
type CompleteValue = Completer<
  readonly [value: unknown, container: JsonObject | readonly unknown[], key: string | number]
>;
type CompleteTree = Completer<readonly [tree: PlaceTree, parent: Place]>;

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
  const carefully = underName<JsonObject>(
    responseName,
    inBothWays(
      (completion, object) => complete(completion, readKey(object, key), object, key),
      (completion, object) => sliced(complete, completion, readKey(object, key), object, key),
    ),
  );
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
  const carefully = underName(responseName, compilePlacedValue(inner, position, slots));
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

/** Notes the way to a field while it is completed. */
function underName<Container>(responseName: string, complete: Complete<Container>): Complete<Container> {
  return inBothWays(
    (completion, container) => {
      completion.path.push(responseName);
      const completed = complete(completion, container);
      completion.path.pop();
      return completed;
    },
    function* (completion, container) {
      completion.path.push(responseName);
      const completed = yield* sliced(complete, completion, container);
      completion.path.pop();
      return completed;
    },
  );
}

/** A field whose value may stand in several slots, or has places of its own. */
function compilePlacedValue(field: FieldContext, parent: Position, slots: readonly number[]): Complete<Place> {
  const { key, type, name, position } = field;
  const childIndex = parent.childIndexes.get(key);
  if (position?.placed && childIndex !== undefined) {
    const complete = compileTree(field, position, type);
    return inBothWays(
      (completion, place) => complete(completion, childPlaces(place, childIndex), place),
      (completion, place) => sliced(complete, completion, childPlaces(place, childIndex), place),
    );
  }
  const complete = compileValue(field, type);
  const afterNull = compileNull(field, type);
  const answering = ({ slots: objects }: Place): JsonObject | undefined => {
    for (const slot of slots) {
      const object = objects[slot];
      const value = object ? readKey(object, key) : undefined;
      if (object && value !== undefined && value !== null) return object;
    }
    return undefined;
  };
  return inBothWays(
    (completion, place) => {
      const object = answering(place);
      if (object) return complete(completion, readKey(object, key), object, key);
      return afterNull(completion, explainNullAtPlace(completion, place, key, name));
    },
    function* (completion, place) {
      const object = answering(place);
      if (object) return yield* sliced(complete, completion, readKey(object, key), object, key);
      return afterNull(completion, explainNullAtPlace(completion, place, key, name));
    },
  );
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
  const completeNull: CompleteValue = (completion, value, container, key) =>
    afterNull(completion, explainNull(completion, field, value, errorsOfNull(completion.state, container, key)));
  return inBothWays(
    (completion, value, container, key) => {
      if (value === null || value === undefined) return completeNull(completion, value, container, key);
      return completeNullable(completion, value, container, key) === WRITTEN ? WRITTEN : afterNull(completion, true);
    },
    function* (completion, value, container, key) {
      if (value === null || value === undefined) return completeNull(completion, value, container, key);
      const completed = yield* sliced(completeNullable, completion, value, container, key);
      return completed === WRITTEN ? WRITTEN : afterNull(completion, true);
    },
  );
}

/** Whether there is an error for a null of an answer; what is not there at all has one of its own. */
function explainNull(
  completion: Completion,
  { name, subgraph }: FieldContext,
  value: unknown,
  errors: ReturnType<typeof errorsOfNull>,
): boolean {
  if (reportAll(completion, errors)) return true;
  if (value === null) return false;
  reportInvalid(completion, subgraph, `The subgraph's answer holds no ${name}.`);
  return true;
}

function compileList(field: FieldContext, itemType: GraphQLOutputType): CompleteValue {
  const completeItem = compileValue(field, itemType);
  const notList = `${field.name} is not a list.`;
  return inBothWays(
    (completion, value) => {
      if (!Array.isArray(value)) return fail(completion, field.subgraph, notList);
      const items: readonly unknown[] = value;
      return completeItems(completion, items, (item, index) => completeItem(completion, item, items, index));
    },
    function* (completion, value) {
      if (!Array.isArray(value)) return fail(completion, field.subgraph, notList);
      const items: readonly unknown[] = value;
      return yield* completeItemsInSlices(completion, items, (item, index) =>
        sliced(completeItem, completion, item, items, index),
      );
    },
  );
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
  const notObject = `${name} is not an object.`;
  return inBothWays(
    (completion, value) =>
      complete && isJsonObject(value) ? complete(completion, value) : fail(completion, subgraph, notObject),
    function* (completion, value) {
      if (!complete || !isJsonObject(value)) return fail(completion, subgraph, notObject);
      return yield* sliced(complete, completion, value);
    },
  );
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
  const completeNull: CompleteTree = (completion, _, parent) =>
    afterNull(completion, explainNullAtPlace(completion, parent, field.key, field.name));
  return inBothWays(
    (completion, tree, parent) => {
      if (tree === null) return completeNull(completion, tree, parent);
      return completeNullable(completion, tree, parent) === WRITTEN ? WRITTEN : afterNull(completion, true);
    },
    function* (completion, tree, parent) {
      if (tree === null) return completeNull(completion, tree, parent);
      const completed = yield* sliced(completeNullable, completion, tree, parent);
      return completed === WRITTEN ? WRITTEN : afterNull(completion, true);
    },
  );
}

function compileTreeList(field: FieldContext, position: Position, itemType: GraphQLOutputType): CompleteTree {
  const completeItem = compileTree(field, position, itemType);
  const notList = `${field.name} is not a list.`;
  return inBothWays(
    (completion, tree, parent) =>
      isPlaceList(tree)
        ? completeItems(completion, tree, (item) => completeItem(completion, item, parent))
        : fail(completion, field.subgraph, notList),
    function* (completion, tree, parent) {
      if (!isPlaceList(tree)) return fail(completion, field.subgraph, notList);
      return yield* completeItemsInSlices(completion, tree, (item) => sliced(completeItem, completion, item, parent));
    },
  );
}

function compileTreeObject(field: FieldContext, position: Position, type: GraphQLNamedOutputType): CompleteTree {
  const complete = compilePlace(field.context, position, type, field.selections);
  const notObject = `${field.name} is not an object.`;
  return inBothWays(
    (completion, tree) =>
      tree === null || isPlaceList(tree) ? fail(completion, field.subgraph, notObject) : complete(completion, tree),
    function* (completion, tree) {
      if (tree === null || isPlaceList(tree)) return fail(completion, field.subgraph, notObject);
      return yield* sliced(complete, completion, tree);
    },
  );
}

function subgraphOf(plan: QueryPlan, position: Position, slot: number): string | undefined {
  const source = position.sources[slot];
  if (!source) return undefined;
  if (source.kind === 'Answer') return plan.fetches[source.fetch]?.subgraph;
  return position.parent ? subgraphOf(plan, position.parent, source.parentSlot) : undefined;
}
