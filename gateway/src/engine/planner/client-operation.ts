import type { FieldNode, GraphQLObjectType, OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { InclusionCondition } from './inclusion-conditions.ts';

/**
 * A client's operation with its fragments expanded. Every field has a `key` besides the client's response name: the name
 * under which subgraphs are asked and answers are read.
 *
 * The key does not depend on the client's aliases. So an alias can never stand where a planner expects a `@key` or
 * `@requires` field (`{ product { id: name } }`), and a field asked twice under two aliases is fetched once.
 */
export interface ClientOperation {
  readonly definition: OperationDefinitionNode;
  readonly kind: OperationTypeNode;
  readonly rootType: GraphQLObjectType;
  readonly selections: readonly ClientSelection[];
  /** Variables that decide a `@skip`, `@include` or `@defer`. */
  readonly conditionVariables: readonly string[];
  /** The client's name of a variable that had to be renamed for the subgraphs. */
  readonly renamedVariables: ReadonlyMap<string, string>;
}

export type ClientSelection = ClientField | ClientFragment;

export interface ClientField {
  readonly kind: 'Field';
  readonly responseName: string;
  readonly key: string;
  readonly name: string;
  readonly parentType: string;
  readonly conditions: readonly InclusionCondition[];
  readonly selections: readonly ClientSelection[] | undefined;
  readonly node: FieldNode;
}

export interface ClientFragment {
  readonly kind: 'Fragment';
  readonly typeCondition: string | undefined;
  readonly conditions: readonly InclusionCondition[];
  /** Only where the client takes parts of the answer one by one. */
  readonly deferred: DeferredFragment | undefined;
  readonly selections: readonly ClientSelection[];
}

/** A fragment with `@defer`. */
export interface DeferredFragment {
  /** Tells it from every other of the operation. */
  readonly id: string;
  /** The client's name for it. */
  readonly label: string | undefined;
  /** It is deferred only if this variable is true. */
  readonly variable: string | undefined;
}
