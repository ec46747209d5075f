import {
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import type { ClientSelection } from '../planner/client-operation.ts';
import type { QueryPlan } from '../planner/query-plan.ts';
import type { PossibleTypes } from '../supergraph/possible-types.ts';
import { type CollectedField, type TrueVariables, collectFields, needsObjectType } from './collect-fields.ts';
import { type Completion, FAILED, PROPAGATE, reportAll, reportInvalid } from './completion.ts';
import type { LocatedError } from './response-state.ts';

/** What completion is compiled from; the same for every field of an operation. */
export interface ShapeContext {
  readonly schema: GraphQLSchema;
  readonly types: PossibleTypes;
  readonly plan: QueryPlan;
  readonly variables: TrueVariables;
}

/** Completes an object: `FAILED` if it had to become null. */
export type CompleteObject<Container> = (completion: Completion, container: Container) => unknown;

/** A field of an object type, and what is asked of it. */
export interface ObjectField {
  readonly context: ShapeContext;
  /** `Type.field`, for messages. */
  readonly name: string;
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
  readonly compileField: (field: ObjectField) => CompleteObject<Container>;
}

interface FieldShape<Container> {
  readonly responseName: string;
  readonly complete: CompleteObject<Container>;
}

/** Compiles the completion of objects of a type; an abstract type has a shape per `__typename` (GraphQL §6.4.3). */
export function compileObject<Container>(
  context: ShapeContext,
  type: GraphQLNamedOutputType,
  selections: readonly ClientSelection[],
  reading: ObjectReading<Container>,
): CompleteObject<Container> {
  const shapes = new Map<string, readonly FieldShape<Container>[] | undefined>();
  const shapeOf = (typeName: string): readonly FieldShape<Container>[] | undefined => {
    if (!shapes.has(typeName)) shapes.set(typeName, compileFields(context, typeName, selections, reading));
    return shapes.get(typeName);
  };
  const staticName = isObjectType(type) ? type.name : undefined;
  return (completion, container) => {
    const said = staticName ?? reading.typeNameOf(container);
    const typeName = staticName ?? knownTypeName(context, type, said);
    const shape = typeName === undefined ? undefined : shapeOf(typeName);
    if (shape) return completeFields(completion, shape, container);
    const reported = reportAll(completion, reading.errorsOfType(completion, container));
    return reported ?? reportInvalid(completion, reading.subgraph, unknownType(context, type, said));
  };
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
function compileFields<Container>(
  context: ShapeContext,
  typeName: string,
  selections: readonly ClientSelection[],
  reading: ObjectReading<Container>,
): readonly FieldShape<Container>[] | undefined {
  const { schema, types, variables } = context;
  const type = schema.getType(typeName);
  if (isInterfaceType(type) && needsObjectType(selections, typeName, types, variables)) return undefined;
  const definitions = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  return collectFields(selections, typeName, types, variables).map((collected) => {
    const { responseName, name, key } = collected.field;
    const definition = definitions[name];
    if (name === '__typename') return { responseName, complete: () => typeName };
    if (!definition) return { responseName, complete: completeIntrospection(collected) };
    const field = {
      context,
      name: `${typeName}.${name}`,
      key,
      type: definition.type,
      selections: collected.selections,
    };
    return { responseName, complete: reading.compileField(field) };
  });
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
