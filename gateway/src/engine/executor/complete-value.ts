import {
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { ClientSelection } from '../planner/client-operation.ts';
import type { QueryPlan } from '../planner/query-plan.ts';
import type { PossibleTypes } from '../supergraph/possible-types.ts';
import { type CollectedField, type TrueVariables, collectFields } from './collect-fields.ts';
import { type Completion, FAILED, PROPAGATE, nullAtPlace, reportAll, reportInvalid } from './completion.ts';
import { type JsonObject, isJsonObject, readKey } from './json.ts';
import { leafReader } from './leaf-values.ts';
import { type Place, type PlaceTree, childPlaces, isPlaceList, typeNameOf } from './place.ts';
import type { Position } from './response-layout.ts';
import { errorsOfNull } from './response-state.ts';

/** What completion is compiled from; the same for every field of an operation. */
export interface ShapeContext {
  readonly schema: GraphQLSchema;
  readonly types: PossibleTypes;
  readonly plan: QueryPlan;
  readonly variables: TrueVariables;
}

/** Completes a value of an answer that stands in `container` under `key` (GraphQL §6.4.3 CompleteValue). */
type CompleteValue = (
  completion: Completion,
  value: unknown,
  container: JsonObject | readonly unknown[],
  key: string | number,
) => unknown;
type CompleteTree = (completion: Completion, tree: PlaceTree, parent: Place) => unknown;

/** Completes an object that has no places below it. */
type CompleteObject = (completion: Completion, object: JsonObject) => unknown;
/** Completes the object of a place. */
export type CompletePlace = (completion: Completion, place: Place) => unknown;

/** A field as compiling sees it. */
interface FieldContext {
  readonly context: ShapeContext;
  /** `Type.field`, for messages. */
  readonly name: string;
  readonly key: string;
  readonly selections: readonly ClientSelection[];
  readonly position: Position | undefined;
  readonly subgraph: string | undefined;
}

/** Compiles the completion of the places of a position. */
export function compilePlace(
  context: ShapeContext,
  position: Position,
  type: GraphQLNamedOutputType,
  selections: readonly ClientSelection[],
): CompletePlace {
  const byType = new Map<string, readonly FieldShape<Place>[]>();
  const shapeOf = (typeName: string): readonly FieldShape<Place>[] => {
    const known = byType.get(typeName);
    if (known) return known;
    const shape = compileFields(context, typeName, selections, (field) => compilePlacedField(field, position));
    byType.set(typeName, shape);
    return shape;
  };
  const subgraph = subgraphOf(context.plan, position, 0);
  return (completion, place) => {
    const said = isObjectType(type) ? type.name : typeNameOf(place, context.types);
    const typeName = knownTypeName(context, type, said);
    if (typeName === undefined) return reportUnknownType(completion, subgraph, type, said);
    return completeFields(completion, shapeOf(typeName), place);
  };
}

function compileObject(field: FieldContext, position: Position, type: GraphQLNamedOutputType): CompleteObject {
  const { context, selections, subgraph } = field;
  const byType = new Map<string, readonly FieldShape<JsonObject>[]>();
  const shapeOf = (typeName: string): readonly FieldShape<JsonObject>[] => {
    const known = byType.get(typeName);
    if (known) return known;
    const shape = compileFields(context, typeName, selections, (inner) => compileRawField(inner, position));
    byType.set(typeName, shape);
    return shape;
  };
  return (completion, object) => {
    const said = isObjectType(type) ? type.name : object['__typename'];
    const typeName = knownTypeName(context, type, said);
    if (typeName === undefined) return reportUnknownType(completion, subgraph, type, said);
    return completeFields(completion, shapeOf(typeName), object);
  };
}

/**
 * The type whose fields the object has. An interface stands for itself where a subgraph knows no more (it holds an
 * `@interfaceObject`) and the client asked for nothing that needs the object type.
 */
function knownTypeName(context: ShapeContext, type: GraphQLNamedOutputType, said: unknown): string | undefined {
  if (said === undefined && isInterfaceType(type)) return type.name;
  if (typeof said !== 'string' || !context.types.includes(type.name, said)) return undefined;
  return context.schema.getType(said) ? said : undefined;
}

function reportUnknownType(
  completion: Completion,
  subgraph: string | undefined,
  type: GraphQLNamedOutputType,
  said: unknown,
): typeof FAILED {
  const what = typeof said === 'string' ? 'a type this graph does not show' : 'no type';
  return reportInvalid(completion, subgraph, `An object of ${type.name} came with ${what}.`);
}

interface FieldShape<Container> {
  readonly responseName: string;
  readonly complete: (completion: Completion, container: Container) => unknown;
}

type CompileField<Container> = (field: FieldContext & { type: GraphQLOutputType }) => FieldShape<Container>['complete'];

function compileFields<Container>(
  context: ShapeContext,
  typeName: string,
  selections: readonly ClientSelection[],
  compileField: CompileField<Container>,
): readonly FieldShape<Container>[] {
  const type = context.schema.getType(typeName);
  const definitions = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  return collectFields(selections, typeName, context.types, context.variables).map((collected) => {
    const { responseName, name } = collected.field;
    const definition = definitions[name];
    if (name === '__typename') return { responseName, complete: completeTypename(type, typeName) };
    if (!definition) return { responseName, complete: completeIntrospection(collected) };
    const field = {
      context,
      name: `${typeName}.${name}`,
      key: collected.field.key,
      selections: collected.selections,
      position: undefined,
      subgraph: undefined,
      type: definition.type,
    };
    return { responseName, complete: compileField(field) };
  });
}

function completeTypename(type: unknown, typeName: string) {
  return (completion: Completion): unknown => {
    if (isObjectType(type)) return typeName;
    reportInvalid(completion, undefined, `No subgraph said which object type this ${typeName} is.`);
    return PROPAGATE;
  };
}

function completeIntrospection({ field, nodes }: CollectedField) {
  return ({ introspect }: Completion): unknown => introspect(nodes, field.responseName);
}

function completeFields<Container>(
  completion: Completion,
  fields: readonly FieldShape<Container>[],
  container: Container,
): unknown {
  const { path } = completion;
  const made: Record<string, unknown> = {};
  for (const { responseName, complete } of fields) {
    path.push(responseName);
    const value = complete(completion, container);
    path.pop();
    if (value === PROPAGATE) return FAILED;
    setField(made, responseName, value === FAILED ? null : value);
  }
  return made;
}

/** A client may use `__proto__` as an alias. */
function setField(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true });
  else object[name] = value;
}

function compileRawField(field: Parameters<CompileField<JsonObject>>[0], position: Position) {
  const { key, type } = field;
  const complete = compileValue(
    { ...field, position: childOf(position, key), subgraph: subgraphOf(field.context.plan, position, 0) },
    type,
  );
  return (completion: Completion, object: JsonObject): unknown =>
    complete(completion, readKey(object, key), object, key);
}

function compilePlacedField(field: Parameters<CompileField<Place>>[0], position: Position) {
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
  for (let index = 0; index < items.length; index += 1) {
    path.push(index);
    const item = completeItem(items[index] as T, index);
    path.pop();
    if (item === PROPAGATE) return FAILED;
    made.push(item === FAILED ? null : item);
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
  const complete = position && compileObject(field, position, type);
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
