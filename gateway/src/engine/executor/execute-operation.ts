import { GraphQLError, OperationTypeNode } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { CompiledOperation } from './compile-operation.ts';
import { OperationResult } from './operation-result.ts';
import { createResponseState } from './response-state.ts';
import { runPlan } from './run-plan.ts';
import type { RequestScope, Transport } from './transport.ts';
import { readVariables } from './variable-values.ts';

/** Runs a compiled operation: coerces the variables, runs the plan, shapes the response (GraphQL §6). */
export async function executeOperation(
  supergraph: Supergraph,
  transport: Transport,
  compiled: CompiledOperation,
  variables: Readonly<Record<string, unknown>>,
  scope: RequestScope,
): Promise<OperationResult> {
  if (compiled.prepared.operation.kind === OperationTypeNode.SUBSCRIPTION) return asStreamOnly();
  const { coerced, errors } = coerceVariables(supergraph, compiled, variables);
  if (errors) return new OperationResult(undefined, errors);
  const state = createResponseState(compiled.layout, supergraph.possibleTypes);
  await runPlan({ compiled, state, transport, scope, variables, coerced });
  const { result } = await compiled.shaper(state, { raw: variables, coerced });
  return result;
}

function asStreamOnly(): OperationResult {
  const message =
    'A subscription has no single answer: ask with accept text/event-stream or multipart/mixed, or over a WebSocket.';
  const messageZh = '订阅没有单一应答：请以 accept: text/event-stream 或 multipart/mixed 请求，或使用 WebSocket。';
  const extensions = { code: 'OPERATION_RESOLUTION_FAILURE', messageZh };
  return new OperationResult(undefined, [new GraphQLError(message, { extensions })]);
}

/** A client's variables with defaults, coerced; or why they are not what the operation declares (GraphQL §6.1.2). */
export function coerceVariables(
  { apiSchema }: Supergraph,
  { prepared }: CompiledOperation,
  variables: Readonly<Record<string, unknown>>,
):
  | { readonly coerced: Readonly<Record<string, unknown>>; readonly errors?: never }
  | { readonly coerced?: never; readonly errors: readonly GraphQLError[] } {
  const definitions = prepared.operation.definition.variableDefinitions ?? [];
  const { coerced, errors } = readVariables(apiSchema, definitions, variables);
  return errors ? { errors: errors.map(badUserInput) } : { coerced };
}

function badUserInput(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    extensions: { ...error.extensions, code: 'BAD_USER_INPUT' },
  });
}
