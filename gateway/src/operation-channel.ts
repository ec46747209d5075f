import { channel, tracingChannel } from 'node:diagnostics_channel';
import { getOperationAST, type DocumentNode } from 'graphql';
import type { RequestContext } from './context.ts';
import { traced, type OperationResult, type ResultInParts, type ResultPart } from './engine/index.ts';
import { isErrorCode } from './errors.ts';

/** What of an operation and its request observers are told of. */
interface Observed {
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
}

type Asking = Pick<RequestContext, 'requestId' | 'caller' | 'traceHeaders'>;

/** Published on `hutong:operation` when an operation is over; holds no variables and nothing of the answer. */
export interface OperationEvent {
  readonly requestId: string;
  readonly role: string | undefined;
  readonly operationName: string | undefined;
  /** Absent where the document does not say which operation is meant. */
  readonly kind: 'query' | 'mutation' | 'subscription' | undefined;
  readonly milliseconds: number;
  readonly errors: number;
  /** Of each error; those that are not of the catalogue are OTHER. */
  readonly codes: readonly string[];
  /** `partial` has data and errors, `failed` no data. */
  readonly outcome: 'complete' | 'partial' | 'failed';
}

/** Goes through `tracing:hutong:operation` and `tracing:hutong:stage`, by `node:diagnostics_channel`'s TracingChannel. */
export interface OperationTrace {
  readonly kind: OperationEvent['kind'];
  /** The operation's own name. */
  readonly operationName: string | undefined;
  /** Headers by which the client says what trace this belongs to. */
  readonly traceHeaders: Readonly<Record<string, string>>;
}

const operations = channel('hutong:operation');
const traces = tracingChannel<unknown, OperationTrace>('hutong:operation');
const stages = tracingChannel<unknown, { readonly name: string }>('hutong:stage');

/** Runs an operation; who traces it, if anybody, learns of its beginning and its end. */
export function tracedOperation<T>(operation: Observed, asking: Asking, work: () => Promise<T>): Promise<T> {
  return traced(
    traces,
    () => {
      const definition = getOperationAST(operation.document, operation.operationName);
      const { traceHeaders = {} } = asking;
      return { kind: definition?.operation, operationName: definition?.name?.value, traceHeaders };
    },
    work,
  );
}

/** Runs a stage of an operation, likewise. */
export function tracedStage<T>(name: 'plan' | 'execute', work: () => Promise<T>): Promise<T> {
  return traced(stages, () => ({ name }), work);
}

/** Tells of an operation when it is over. */
export async function observed(
  operation: Observed,
  asking: Asking,
  work: () => Promise<OperationResult>,
): Promise<OperationResult> {
  if (!operations.hasSubscribers) return work();
  const tell = createTeller(operation, asking);
  try {
    const result = await work();
    tell.count(result.errors);
    tell.end(result.hasData);
    return result;
  } catch (error) {
    tell.count([error]);
    tell.end(false);
    throw error;
  }
}

/** Tells of an operation when its last part has come. */
export async function* observedParts(
  operation: Observed,
  asking: Asking,
  { first, later }: ResultInParts,
  start: number,
): AsyncGenerator<readonly ResultPart[]> {
  const tell = createTeller(operation, asking, start);
  tell.count(first.errors);
  try {
    for await (const parts of later) {
      for (const part of parts) tell.count(part.errors);
      yield parts;
    }
  } finally {
    tell.end(first.hasData);
  }
}

/** Tells of a subscription when it is over, with the errors of all its results. */
export async function* observedStream(
  operation: Observed,
  asking: Asking,
  results: AsyncIterable<OperationResult>,
): AsyncGenerator<OperationResult> {
  const tell = createTeller(operation, asking);
  let hasAnswer = false;
  try {
    for await (const result of results) {
      tell.count(result.errors);
      hasAnswer ||= result.hasData;
      yield result;
    }
  } finally {
    tell.end(hasAnswer);
  }
}

function createTeller({ document, operationName }: Observed, asking: Asking, start = performance.now()) {
  const codes: string[] = [];
  return {
    count(errors: readonly unknown[] | undefined): void {
      if (!operations.hasSubscribers) return;
      for (const error of errors ?? []) codes.push(codeOf(error));
    },
    end(hasData: boolean): void {
      if (!operations.hasSubscribers) return;
      const withErrors = hasData ? 'partial' : 'failed';
      operations.publish({
        requestId: asking.requestId,
        role: asking.caller?.role,
        operationName,
        kind: getOperationAST(document, operationName)?.operation,
        milliseconds: performance.now() - start,
        errors: codes.length,
        codes,
        outcome: codes.length === 0 ? 'complete' : withErrors,
      } satisfies OperationEvent);
    },
  };
}

/** Subgraphs of somebody else's may have any codes, and any number of them. */
function codeOf(error: unknown): string {
  const { code } = Object(Object(error).extensions);
  return isErrorCode(code) ? code : 'OTHER';
}
