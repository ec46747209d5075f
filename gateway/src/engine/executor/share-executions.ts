import type { CompiledOperation } from './compile-operation.ts';
import { untilEnded } from './share-in-flight.ts';
import type { OperationResult } from './operation-result.ts';
import type { ShaperVariables } from './shape-response.ts';
import type { RequestScope, Transport } from './transport.ts';

/** Runs an operation over a transport. */
export type Execute = (
  transport: Transport,
  compiled: CompiledOperation,
  variables: ShaperVariables,
  scope: RequestScope,
) => Promise<OperationResult>;

/** Runs an operation. */
export type SharedExecute = (
  compiled: CompiledOperation,
  variables: ShaperVariables,
  scope: RequestScope,
) => Promise<OperationResult>;

/**
 * Executes once what several clients ask at the same time. An execution can be joined as long as no subgraph has answered
 * it: nobody gets anything that a subgraph said before he asked, but for what was under way, as with every shared request
 * (`shareInFlight`). Only operations of which every request may be shared are.
 */
export function shareExecutions(transport: Transport, execute: Execute): SharedExecute {
  const open = new Map<CompiledOperation, Map<string, Promise<OperationResult>>>();

  function lead(compiled: CompiledOperation, key: string, variables: ShaperVariables, scope: RequestScope) {
    const close = (): void => {
      const executions = open.get(compiled);
      if (executions?.get(key) !== result) return;
      executions.delete(key);
      if (executions.size === 0) open.delete(compiled);
    };
    const closing: Transport = (...call) => {
      const answer = transport(...call);
      answer.then(close, close);
      return answer;
    };
    const result = execute(closing, compiled, variables, scope).finally(close);
    const executions = open.get(compiled) ?? new Map<string, Promise<OperationResult>>();
    open.set(compiled, executions.set(key, result));
    return result;
  }

  return (compiled, variables, scope) => {
    const { sharingKey, onFetch, signal } = scope;
    if (sharingKey === undefined || onFetch || signal.aborted || !compiled.isShareable) {
      return execute(transport, compiled, variables, scope);
    }
    const key = sharingKey + keyOfVariables(compiled, variables);
    const known = open.get(compiled)?.get(key);
    return known
      ? join(known, scope, () => execute(transport, compiled, variables, scope))
      : lead(compiled, key, variables, scope);
  };
}

/** What the client sent for the variables that the operation declares. */
function keyOfVariables({ prepared }: CompiledOperation, { raw }: ShaperVariables): string {
  const { variableDefinitions = [] } = prepared.operation.definition;
  // What is left out takes a default; null does not.
  return JSON.stringify(
    variableDefinitions.map(({ variable: { name } }) => (name.value in raw ? [raw[name.value]] : 0)),
  );
}

/** Takes another's result, unless that one's client was gone or out of time, or this one's is. */
async function join(
  known: Promise<OperationResult>,
  { signal }: RequestScope,
  execute: () => Promise<OperationResult>,
): Promise<OperationResult> {
  const result = await untilEnded(known, signal).catch(() => undefined);
  const isUsable = result && !result.errors?.some(({ extensions }) => endings.has(extensions['code']));
  return isUsable ? result : execute();
}

const endings: ReadonlySet<unknown> = new Set(['REQUEST_CANCELLED', 'REQUEST_TIMEOUT']);
