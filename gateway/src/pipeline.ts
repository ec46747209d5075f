import { channel } from 'node:diagnostics_channel';
import type { Caller, CallerSigner } from '@hutong/schema';
import { callerTokenHeader } from '@hutong/schema';
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import type { RequestContext } from './context.ts';
import {
  InvalidOperationError,
  OperationResult,
  type Engine,
  type PreparedOperation,
  type RequestScope,
} from './engine/index.ts';

export type { OperationResult } from './engine/index.ts';

/** What every door makes of its dialect: a validated document against the schema it was validated with. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
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
   * Serves another graph from the next request on; operations already validated finish on the old one. Throws when a
   * listener cannot take it: then all have the present one again.
   */
  swap(engine: Engine): void;
  run(operation: Operation, context: RequestContext): Promise<OperationResult>;
}

/** Published on `hutong:operation` when an operation is over; holds no variables and nothing of the answer. */
export interface OperationEvent {
  readonly requestId: string;
  readonly role: string | undefined;
  readonly operationName: string | undefined;
  readonly milliseconds: number;
  readonly errors: number;
}

/** What a pipeline is made of. */
export interface PipelineParts {
  readonly engine: Engine;
  /** Signs caller tokens; absent where subgraphs want none (in process, or somebody else's graph). */
  readonly signCaller?: CallerSigner;
}

const operations = channel('hutong:operation');

/** Makes the pipeline: plan → execute, observed. Authorization, cost and audit have their place here when they come. */
export function createPipeline({ engine, signCaller }: PipelineParts): Pipeline {
  const engines = new WeakMap<GraphQLSchema, Engine>([[engine.schema, engine]]);
  const listeners = new Set<(graph: Graph) => void>();
  let current = engine;

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
    },
    run: (operation, context) =>
      observed(operation, context, async () => {
        const serving = engines.get(operation.schema) ?? current;
        const prepared = await planned(serving, operation);
        if ('errors' in prepared) return new OperationResult(undefined, prepared.errors);
        return serving.execute(prepared, operation.variables, scopeOf(context, signCaller));
      }),
  };
}

/** A plan, or why there can be none: such an operation is answered, not failed (GraphQL §7.1.2). */
async function planned(
  engine: Engine,
  { document, operationName }: Operation,
): Promise<PreparedOperation | { readonly errors: readonly GraphQLError[] }> {
  try {
    return await engine.prepare(document, operationName);
  } catch (error) {
    if (error instanceof InvalidOperationError) return { errors: error.errors };
    throw error;
  }
}

/** A token lives a minute; an older one of these milliseconds is not sent again. */
const tokenAge = 30_000;

/** The scope of one request; a subgraph that is asked several times gets one token (architecture.md §6). */
function scopeOf(context: RequestContext, signCaller: CallerSigner | undefined): RequestScope {
  const { requestId, signal, caller, businessTime } = context;
  const tokens = new Map<string, { readonly token: Promise<string>; readonly since: number }>();
  const tokenFor = (subgraph: string, sign: CallerSigner, asking: Caller): Promise<string> => {
    const now = performance.now();
    const known = tokens.get(subgraph);
    if (known !== undefined && now - known.since < tokenAge) return known.token;
    const token = sign(subgraph, { caller: asking, requestId, businessTime });
    tokens.set(subgraph, { token, since: now });
    return token;
  };
  return {
    requestId,
    signal,
    caller: caller === undefined ? undefined : { caller, requestId, businessTime },
    headersFor: async (subgraph) => {
      if (signCaller === undefined || caller === undefined) return { 'x-request-id': requestId };
      return { 'x-request-id': requestId, [callerTokenHeader]: await tokenFor(subgraph, signCaller, caller) };
    },
  };
}

async function observed(
  { operationName }: Operation,
  { requestId, caller }: RequestContext,
  work: () => Promise<OperationResult>,
): Promise<OperationResult> {
  if (!operations.hasSubscribers) return work();
  const start = performance.now();
  const finish = (errors: number): void => {
    const milliseconds = performance.now() - start;
    operations.publish({ requestId, role: caller?.role, operationName, milliseconds, errors } satisfies OperationEvent);
  };
  try {
    const result = await work();
    finish(result.errors?.length ?? 0);
    return result;
  } catch (error) {
    finish(1);
    throw error;
  }
}
