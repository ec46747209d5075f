import { GraphQLError, getVariableValues } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { CompiledOperation } from './compile-operation.ts';
import { OperationResult } from './operation-result.ts';
import { createResponseState } from './response-state.ts';
import { runPlan } from './run-plan.ts';
import type { RequestScope, Transport } from './transport.ts';

/** Runs a compiled operation: coerces the variables, runs the plan, shapes the response (GraphQL §6). */
export async function executeOperation(
  supergraph: Supergraph,
  transport: Transport,
  compiled: CompiledOperation,
  variables: Readonly<Record<string, unknown>>,
  scope: RequestScope,
): Promise<OperationResult> {
  const definitions = compiled.prepared.operation.definition.variableDefinitions ?? [];
  const { coerced, errors } = getVariableValues(supergraph.apiSchema, definitions, variables);
  if (errors) return new OperationResult(undefined, errors.map(badUserInput));
  const state = createResponseState(compiled.layout, supergraph.possibleTypes);
  await runPlan({ compiled, state, transport, scope, variables, coerced });
  return compiled.shaper(state, { raw: variables, coerced });
}

function badUserInput(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    extensions: { ...error.extensions, code: 'BAD_USER_INPUT' },
  });
}
