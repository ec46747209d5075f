import { GraphQLError, OperationTypeNode } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { createAdmission } from './admission.ts';
import type { CompiledOperation } from './compile-operation.ts';
import { OperationResult } from './operation-result.ts';
import { createResponseState } from './response-state.ts';
import { type Execute, type SharedExecute, shareExecutions } from './share-executions.ts';
import { runPlan } from './run-plan.ts';
import type { RequestScope, Transport } from './transport.ts';
import { readVariables } from './variable-values.ts';

/** What operations are executed with. */
export interface ExecutionParts {
  readonly supergraph: Supergraph;
  readonly transport: Transport;
  /** Whether equal operations of one moment are executed once. */
  readonly isSharing: boolean;
}

/** Makes what runs compiled operations: it coerces the variables, runs the plan, shapes the response (GraphQL §6). */
export function createExecute({ supergraph, transport, isSharing }: ExecutionParts) {
  const runAlone: Execute = async (over, compiled, { raw, coerced }, scope) => {
    const parts = { compiled, transport: over, scope, variables: raw, coerced };
    const attempt = await compiled.express(coerced)?.(parts);
    if (attempt?.kind === 'Done') return attempt.result;
    const state = createResponseState(compiled, supergraph.possibleTypes, coerced);
    await runPlan({ ...parts, state, ...(attempt ? { earlier: attempt.answers } : {}) });
    const { result } = await compiled.shaper(state, { raw, coerced });
    return result;
  };
  const admission = createAdmission();
  const runInTurn: Execute = async (over, compiled, variables, scope) => {
    await admission.enter(scope.signal);
    try {
      return await runAlone(over, compiled, variables, scope);
    } finally {
      admission.leave();
    }
  };
  const run: SharedExecute = isSharing
    ? shareExecutions(transport, runInTurn)
    : (...operation) => runInTurn(transport, ...operation);
  return async (
    compiled: CompiledOperation,
    raw: Readonly<Record<string, unknown>>,
    scope: RequestScope,
  ): Promise<OperationResult> => {
    if (compiled.prepared.operation.kind === OperationTypeNode.SUBSCRIPTION) return asStreamOnly();
    const { coerced, errors } = coerceVariables(supergraph, compiled, raw);
    return errors ? new OperationResult(undefined, errors) : run(compiled, { raw, coerced }, scope);
  };
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
