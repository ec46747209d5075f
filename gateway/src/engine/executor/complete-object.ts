import {
  type GraphQLInterfaceType,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import type { ClientSelection } from '../planner/client-operation.ts';
import type { QueryPlan } from '../planner/query-plan.ts';
import type { PossibleTypes } from '../supergraph/possible-types.ts';
import {
  type CollectedField,
  type TrueVariables,
  collectDeferred,
  collectFields,
  needsObjectType,
} from './collect-fields.ts';
import {
  type Completed,
  type Completion,
  FAILED,
  PROPAGATE,
  WRITTEN,
  reportAll,
  reportInvalid,
  type Completer,
  type Slices,
  inBothWays,
  sliced,
  undo,
} from './completion.ts';
import type { LocatedError } from './response-state.ts';

/** What completion is compiled from; the same for every field of an operation. */
export interface ShapeContext {
  readonly schema: GraphQLSchema;
  readonly types: PossibleTypes;
  readonly plan: QueryPlan;
  readonly variables: TrueVariables;
}

/** Writes a field of an object, or the object. */
export type Complete<Container> = Completer<readonly [container: Container]>;

/** A field of an object type, and what is asked of it. */
export interface ObjectField {
  readonly context: ShapeContext;
  /** `Type.field`, for messages. */
  readonly name: string;
  readonly responseName: string;
  readonly key: string;
  readonly type: GraphQLOutputType;
  readonly selections: readonly ClientSelection[];
}

/** How the objects of a place, or of an answer, are read. */
export interface ObjectReading<Container> {
  readonly subgraph: string | undefined;
  readonly typeNameOf: (container: Container) => unknown;
  /** Why the type is not known. */
  readonly errorsOfType: (completion: Completion, container: Container) => readonly LocatedError[];
  /** The field's value; it notes the way to it (`Completion.path`) itself, and only when it must. */
  readonly compileField: (field: ObjectField) => Complete<Container>;
}

interface FieldShape<Container> {
  /** Everything before the value. */
  readonly lead: string;
  readonly complete: Complete<Container>;
}

/** The fields of objects of one type. */
interface ObjectShape<Container> {
  readonly fields: readonly FieldShape<Container>[];
  readonly end: string;
  /** Writes down that there are fields which come later; absent where there are none. */
  readonly defer: ((completion: Completion, container: Container) => void) | undefined;
}

/** Compiles the completion of objects of a type; an abstract type has a shape per `__typename` (GraphQL §6.4.3). */
export function compileObject<Container>(
  context: ShapeContext,
  type: GraphQLNamedOutputType,
  selections: readonly ClientSelection[],
  reading: ObjectReading<Container>,
): Complete<Container> {
  if (isObjectType(type)) {
    const compile = (): ObjectShape<Container> => compileFields(context, type.name, selections, reading);
    let shape: ObjectShape<Container> | undefined;
    return inBothWays(
      (completion, container) => completeFields(completion, (shape ??= compile()), container),
      (completion, container) => completeFieldsInSlices(completion, (shape ??= compile()), container),
    );
  }
  const shapes = new Map<string, ObjectShape<Container> | undefined>();
  const shapeOf = (typeName: string): ObjectShape<Container> | undefined => {
    if (!shapes.has(typeName)) shapes.set(typeName, compileKnown(context, typeName, selections, reading));
    return shapes.get(typeName);
  };
  const shapeFor = (completion: Completion, container: Container): ObjectShape<Container> | undefined => {
    const said = reading.typeNameOf(container);
    const typeName = knownTypeName(context, type, said);
    const shape = typeName === undefined ? undefined : shapeOf(typeName);
    if (!shape && !reportAll(completion, reading.errorsOfType(completion, container))) {
      reportInvalid(completion, reading.subgraph, unknownType(context, type, said));
    }
    return shape;
  };
  return inBothWays(
    (completion, container) => {
      const shape = shapeFor(completion, container);
      return shape ? completeFields(completion, shape, container) : FAILED;
    },
    function* (completion, container) {
      const shape = shapeFor(completion, container);
      return shape ? yield* completeFieldsInSlices(completion, shape, container) : FAILED;
    },
  );
}

/**
 * The type whose fields the object has. An interface stands for itself where a subgraph knows no more: it holds an
 * `@interfaceObject`.
 */
function knownTypeName(context: ShapeContext, type: GraphQLNamedOutputType, said: unknown): string | undefined {
  if (said === undefined && isInterfaceType(type)) return type.name;
  if (typeof said !== 'string' || !context.types.includes(type.name, said)) return undefined;
  return context.schema.getType(said) ? said : undefined;
}

function unknownType(context: ShapeContext, type: GraphQLNamedOutputType, said: unknown): string {
  return typeof said === 'string' && !context.types.isAbstract(said)
    ? `This object is of a type that ${type.name} does not have here.`
    : `No subgraph said which object type this ${type.name} is.`;
}

/** The fields of objects of a type; `undefined` for an interface where the fields depend on the object type. */
function compileKnown<Container>(
  context: ShapeContext,
  typeName: string,
  selections: readonly ClientSelection[],
  reading: ObjectReading<Container>,
): ObjectShape<Container> | undefined {
  const { schema, types, variables } = context;
  const isUnclear =
    isInterfaceType(schema.getType(typeName)) && needsObjectType(selections, typeName, types, variables);
  return isUnclear ? undefined : compileFields(context, typeName, selections, reading);
}

function compileFields<Container>(
  context: ShapeContext,
  typeName: string,
  selections: readonly ClientSelection[],
  reading: ObjectReading<Container>,
): ObjectShape<Container> {
  const type = context.schema.getType(typeName);
  const hasFields = isObjectType(type) || isInterfaceType(type);
  const definitions = hasFields ? type.getFields() : {};
  const fields: FieldShape<Container>[] = [];
  let lead = '{';
  for (const collected of collectFields(selections, typeName, context.types, context.variables)) {
    const { responseName, name, key } = collected.field;
    lead += `${lead === '{' || lead.endsWith(',') ? '' : ','}${JSON.stringify(responseName)}:`;
    if (name === '__typename') {
      lead += JSON.stringify(typeName);
      continue;
    }
    const definition = definitions[name];
    const complete = definition
      ? reading.compileField({
          context,
          name: `${typeName}.${name}`,
          responseName,
          key,
          type: definition.type,
          selections: collected.selections,
        })
      : completeIntrospection(collected);
    fields.push({ lead, complete });
    lead = ',';
  }
  return {
    fields,
    end: lead === ',' ? '}' : `${lead}}`,
    defer: hasFields ? compileDeferred(context, type, selections, reading) : undefined,
  };
}

/**
 * The fragments with `@defer`: each of them is an object of its own, to be written from the same container. Which object
 * type an interface is may be known only then.
 */
function compileDeferred<Container>(
  context: ShapeContext,
  type: GraphQLObjectType | GraphQLInterfaceType,
  selections: readonly ClientSelection[],
  reading: ObjectReading<Container>,
): ObjectShape<Container>['defer'] {
  const found = collectDeferred(selections, type.name, context.types, context.variables);
  if (found.length === 0) return undefined;
  const parts = found.map(({ fragment, selections: inner }) => ({
    fragment,
    complete: compileObject(context, type, inner, reading),
  }));
  return ({ path, deferred }, container) => {
    for (const { fragment, complete } of parts) {
      deferred.push({ fragment, path: [...path], complete: (completion) => complete(completion, container) });
    }
  };
}

function* completeFieldsInSlices<Container>(
  completion: Completion,
  { fields, end, defer }: ObjectShape<Container>,
  container: Container,
): Slices {
  const { out } = completion;
  const start = out.length;
  for (const { lead, complete } of fields) {
    out.push(lead);
    const completed = yield* sliced(complete, completion, container);
    if (completed === WRITTEN) continue;
    if (completed === PROPAGATE) return undo(completion, start);
    out.push('null');
  }
  out.push(end);
  defer?.(completion, container);
  return WRITTEN;
}

function completeIntrospection({ field, nodes }: CollectedField) {
  return ({ introspect, out }: Completion): Completed => {
    out.push(JSON.stringify(introspect(nodes, field.responseName)));
    return WRITTEN;
  };
}

function completeFields<Container>(
  completion: Completion,
  { fields, end, defer }: ObjectShape<Container>,
  container: Container,
): Completed {
  const { out } = completion;
  const start = out.length;
  for (const { lead, complete } of fields) {
    out.push(lead);
    const completed = complete(completion, container);
    if (completed === WRITTEN) continue;
    if (completed === PROPAGATE) return undo(completion, start);
    out.push('null');
  }
  out.push(end);
  if (defer) defer(completion, container);
  return WRITTEN;
}
