import type { Caller, CallerSigner } from '@hutong/schema';
import { callerTokenHeader } from '@hutong/schema';
import { GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { RequestContext, StreamContext } from './context.ts';
import {
  InvalidOperationError,
  OperationResult,
  type Engine,
  type PrepareOptions,
  type PreparedOperation,
  type RequestScope,
  type ResultInParts,
  type ResultPart,
} from './engine/index.ts';
import { catalogueError } from './errors.ts';
import { observed, observedParts, observedStream, tracedOperation, tracedStage } from './operation-channel.ts';
import { explainOperation, refuseExplaining, refuseMeasuring, type ExplainMode } from './explain-operation.ts';

export { readExplainMode, type ExplainMode } from './explain-operation.ts';
export { OperationResult, type PendingPart, type ResultInParts, type ResultPart } from './engine/index.ts';

/** What every door makes of its dialect: a document, which the pipeline validates, and the schema it was written for. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether the client wants its plan, beside the answer or instead of it. */
  readonly explain?: ExplainMode | undefined;
}

/** The graph a pipeline serves at the moment. */
export interface Graph {
  readonly schema: GraphQLSchema;
  readonly supergraphSdl: string;
}

/** The one way every operation goes, whatever door it came in by. */
export interface Pipeline {
  graph(): Graph;
  /** Calls the listener with the present graph and with each that replaces it; gives the function that ends this. */
  onGraph(listener: (graph: Graph) => void): () => void;
  /**
   * Serves another graph from the next request on; operations that began with the old one finish on it. Throws when a
   * listener cannot take it: then all have the present one again.
   */
  swap(engine: Engine): void;
  run(operation: Operation, context: RequestContext): Promise<OperationResult>;
  /** The same for a client who takes what is deferred (`@defer`) part by part. */
  runInParts(operation: Operation, context: RequestContext): Promise<ResultInParts>;
  /**
   * Runs a subscription on the present graph: a result for each event, or one that says why there is no stream. It ends when
   * the context's signal aborts, without a word; when the graph is replaced (GRAPH_REPLACED) or the server stops
   * (SHUTTING_DOWN), that is the last result. An event is asked for when the one before was taken.
   */
  subscribe(operation: Operation, context: StreamContext): Promise<OperationResult | AsyncIterable<OperationResult>>;
  /** Ends every subscription: the server stops. */
  endSubscriptions(): void;
}

/** What a pipeline is made of. */
export interface PipelineParts {
  readonly engine: Engine;
  /** Signs caller tokens; absent where subgraphs want none (in process, or somebody else's graph). */
  readonly signCaller?: CallerSigner;
  /** Whether plans are shown to those who ask for them (`Operation.explain`); refused by default. */
  readonly allowExplain?: boolean | undefined;
}

/** Makes the pipeline: plan → execute, observed. Authorization, cost and audit have their place here when they come. */
export function createPipeline({ engine, signCaller, allowExplain = false }: PipelineParts): Pipeline {
  const engines = new WeakMap<GraphQLSchema, Engine>([[engine.schema, engine]]);
  const listeners = new Set<(graph: Graph) => void>();
  const streams = createOpenStreams();
  let current = engine;

  async function answer(
    operation: Operation,
    context: RequestContext,
    options?: PrepareOptions,
  ): Promise<OperationResult> {
    const { explain, variables } = operation;
    if (explain !== undefined && !allowExplain) return refuseExplaining();
    const serving = engines.get(operation.schema) ?? current;
    const prepared = await planned(serving, operation, context.signal, options);
    if ('errors' in prepared) return new OperationResult(undefined, prepared.errors);
    const scope = scopeOf(context, signCaller);
    const execute = (asking: RequestScope): Promise<OperationResult> =>
      tracedStage('execute', () => serving.execute(prepared, variables, asking));
    if (explain === undefined) return execute(scope);
    return explainOperation(serving, prepared, explain, (onFetch) => execute({ ...scope, onFetch }));
  }

  async function answerInParts(operation: Operation, context: RequestContext): Promise<ResultInParts> {
    if (operation.explain !== undefined) {
      // What is measured comes at once, so that the measurements are whole.
      const isIncremental = operation.explain === 'plan';
      return inOnePart(await observed(operation, context, () => answer(operation, context, { isIncremental })));
    }
    const start = performance.now();
    const serving = engines.get(operation.schema) ?? current;
    const prepared = await planned(serving, operation, context.signal, { isIncremental: true });
    if ('errors' in prepared) return inOnePart(new OperationResult(undefined, prepared.errors));
    const result = await tracedStage('execute', () =>
      serving.executeInParts(prepared, operation.variables, scopeOf(context, signCaller)),
    );
    return { ...result, later: observedParts(operation, context, result, start) };
  }

  return {
    graph: () => current,
    onGraph(listener) {
      listeners.add(listener);
      listener(current);
      return () => listeners.delete(listener);
    },
    swap(next) {
      engines.set(next.schema, next);
      try {
        for (const listener of listeners) listener(next);
      } catch (error) {
        for (const listener of listeners) listener(current);
        throw error;
      }
      current = next;
      streams.endAll('GRAPH_REPLACED');
    },
    endSubscriptions: () => streams.endAll('SHUTTING_DOWN'),
    async subscribe(operation, context) {
      if (operation.explain === 'run') return refuseMeasuring();
      if (operation.explain === 'plan') return answer(operation, { ...context, businessTime: context.businessTime() });
      const serving = current;
      const prepared = await planned(serving, operation, context.signal);
      if ('errors' in prepared) return new OperationResult(undefined, prepared.errors);
      const open = (signal: AbortSignal): AsyncIterable<OperationResult> => {
        const scopeOfEvent = (eventSignal: AbortSignal): RequestScope =>
          scopeOf({ ...context, signal: eventSignal, businessTime: context.businessTime() }, signCaller);
        const { eventTimeout } = context;
        return serving.subscribe(prepared, operation.variables, {
          ...scopeOfEvent(signal),
          scopeOfEvent,
          eventTimeout,
        });
      };
      return observedStream(operation, context, streams.open(context.signal, open));
    },
    runInParts: (operation, context) => tracedOperation(operation, context, () => answerInParts(operation, context)),
    run: (operation, context) =>
      tracedOperation(operation, context, () => observed(operation, context, () => answer(operation, context))),
  };
}

/** A plan, or why there can be none: such an operation is answered, not failed (GraphQL §7.1.2). */
async function planned(
  engine: Engine,
  { document, operationName }: Operation,
  signal: AbortSignal,
  options: PrepareOptions = {},
): Promise<PreparedOperation | { readonly errors: readonly GraphQLError[] }> {
  try {
    return await tracedStage('plan', () => engine.prepare(document, operationName, { ...options, signal }));
  } catch (error) {
    if (error instanceof InvalidOperationError) return { errors: error.errors };
    if (signal.aborted && error === signal.reason) return { errors: [endedError(error)] };
    throw error;
  }
}

/** The request ended while its plan was made; `startDeadline` says why. */
function endedError(reason: unknown): GraphQLError {
  const isTimeout = reason instanceof Error && reason.name === 'TimeoutError';
  return catalogueError(isTimeout ? 'REQUEST_TIMEOUT' : 'REQUEST_CANCELLED');
}

/** Without a caller, subgraphs tell requests apart by the headers they get only. With one, each request has its own token. */
function sharingKeyOf(forwardedHeaders: RequestContext['forwardedHeaders']): string {
  return forwardedHeaders === undefined ? '' : JSON.stringify(forwardedHeaders);
}

/** A token lives a minute; an older one of these milliseconds is not sent again. */
const tokenAge = 30_000;

/** The scope of one request; a subgraph that is asked several times gets one token (architecture.md §6). */
function scopeOf(context: RequestContext, signCaller: CallerSigner | undefined): RequestScope {
  const { requestId, signal, caller, forwardedHeaders } = context;
  const common = { 'x-request-id': requestId, ...forwardedHeaders };
  const tokens = new Map<string, { readonly token: Promise<string>; readonly since: number }>();
  const tokenFor = (subgraph: string, sign: CallerSigner, asking: Caller): Promise<string> => {
    const now = performance.now();
    const known = tokens.get(subgraph);
    if (known !== undefined && now - known.since < tokenAge) return known.token;
    const token = sign(subgraph, { caller: asking, requestId, businessTime: context.businessTime });
    tokens.set(subgraph, { token, since: now });
    return token;
  };
  return {
    requestId,
    signal,
    caller: caller === undefined ? undefined : { caller, requestId, businessTime: context.businessTime },
    ...(caller === undefined ? { sharingKey: sharingKeyOf(forwardedHeaders) } : {}),
    headersFor: (subgraph) => {
      if (signCaller === undefined || caller === undefined) return common;
      return tokenFor(subgraph, signCaller, caller).then((token) => ({ ...common, [callerTokenHeader]: token }));
    },
  };
}

/** Subscriptions that are open, each with the reason it ends for, once it is known. */
function createOpenStreams() {
  const endings = new Set<AbortController>();
  return {
    endAll(code: 'GRAPH_REPLACED' | 'SHUTTING_DOWN'): void {
      for (const ending of endings) ending.abort(catalogueError(code));
    },
    async *open(
      signal: AbortSignal,
      start: (signal: AbortSignal) => AsyncIterable<OperationResult>,
    ): AsyncGenerator<OperationResult> {
      const ending = new AbortController();
      const leave = (): void => ending.abort();
      signal.addEventListener('abort', leave, { once: true });
      endings.add(ending);
      try {
        if (signal.aborted) return;
        yield* start(ending.signal);
        const { reason } = ending.signal;
        if (reason instanceof GraphQLError) yield new OperationResult(undefined, [reason]);
      } finally {
        endings.delete(ending);
        signal.removeEventListener('abort', leave);
      }
    },
  };
}

function inOnePart(first: OperationResult): ResultInParts {
  return { first, pending: [], later: noParts() };
}

async function* noParts(): AsyncGenerator<readonly ResultPart[]> {
  // Everything came at once.
}
