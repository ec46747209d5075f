import { inTurns } from './in-turns.ts';
import type { PreparedOperation } from '../planner/prepared-operation.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { compilePlace } from './complete-value.ts';
import { type Completion, WRITTEN, reportLoose, sliced } from './completion.ts';
import { createConditionVariants } from './condition-variants.ts';
import { createIntrospection } from './introspection.ts';
import { OperationResult } from './operation-result.ts';
import type { ResponseLayout } from './response-layout.ts';
import type { ResponseState } from './response-state.ts';

/** Turns the answers of an execution into the client's response (GraphQL §6.4, §7.1). */
export type ResponseShaper = (state: ResponseState, variables: ShaperVariables) => Promise<ShapedResponse>;

/** A response, and the pass that wrote it, which knows what is deferred. */
export interface ShapedResponse {
  readonly result: OperationResult;
  readonly completion: Completion;
}

export interface ShaperVariables {
  /** What the client sent. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** The same with defaults, coerced. */
  readonly coerced: Readonly<Record<string, unknown>>;
}

/** Makes the shaper of an operation; each combination of its conditions is compiled once, when it first occurs. */
export function createResponseShaper(
  supergraph: Supergraph,
  prepared: PreparedOperation,
  layout: ResponseLayout,
): ResponseShaper {
  const { operation, plan } = prepared;
  const { apiSchema: schema, possibleTypes: types } = supergraph;
  const introspection = createIntrospection(schema, prepared);
  const variantFor = createConditionVariants(operation.conditionVariables, (variables) =>
    compilePlace({ schema, types, plan, variables }, layout.root, operation.rootType, operation.selections),
  );

  return async (state, { raw, coerced }) => {
    const introspected = introspection(raw);
    const completion: Completion = {
      operation,
      state,
      out: [],
      isLarge: false,
      isPlain: state.isPlain,
      path: [],
      errors: [],
      deferred: [],
      reported: new Set(),
      introspect: introspected,
    };
    const complete = variantFor(coerced);
    const completed = state.isLarge
      ? await inTurns(sliced(complete, completion, state.root))
      : complete(completion, state.root);
    reportLoose(completion);
    const { out, errors, isLarge } = completion;
    const result = new OperationResult(completed === WRITTEN ? out : ['null'], errors, isLarge);
    return { result, completion };
  };
}
