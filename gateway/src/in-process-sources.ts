import type { Subgraph } from '@hutong/kit';
import type { CallerClaims } from '@hutong/schema';
import type { CheckSubgraphs } from './doors/health/health-door.ts';
import type { SubgraphRequest, SubgraphResponse, Transport } from './engine/index.ts';
import { catalogueError, publishFault } from './errors.ts';
import { checkAll } from './readiness.ts';

/** A subgraph that runs in this process. */
export interface RunningSubgraph {
  readonly subgraph: Subgraph;
  /** Rejects while its database does not answer. */
  readonly checkReady: () => Promise<void>;
}

/** The four subgraphs in this process, as sources of the graph. */
export interface InProcessSources {
  readonly kind: 'colocated';
  readonly transport: Transport;
  readonly checkSubgraphs: CheckSubgraphs;
}

/** Makes sources of subgraphs that run in this process: no HTTP, and the caller is handed over as it is. */
export function createInProcessSources(running: readonly RunningSubgraph[]): InProcessSources {
  const byName = new Map(running.map((entry) => [entry.subgraph.name, entry]));
  const find = (name: string): RunningSubgraph => {
    const found = byName.get(name);
    if (found === undefined) throw new TypeError(`The supergraph names a subgraph ${name} that does not run here.`);
    return found;
  };
  return {
    kind: 'colocated',
    transport: async (name, request, { caller, signal }) =>
      unlessAborted(signal, () => answer(find(name).subgraph, request, claimsOf(caller))),
    checkSubgraphs: () => checkAll([...byName.keys()], (name) => find(name).checkReady()),
  };
}

/** Sources that are still being opened: whoever asks them waits. So the gateway is made while PostgreSQL starts. */
export function sourcesToCome(opening: Promise<{ readonly sources: InProcessSources }>): InProcessSources {
  return {
    kind: 'colocated',
    transport: async (...request) => (await opening).sources.transport(...request),
    checkSubgraphs: async () => (await opening).sources.checkSubgraphs(),
  };
}

/** What a subgraph throws is a fault of ours, not a subgraph that cannot be reached; only the log learns of it. */
async function answer(subgraph: Subgraph, request: SubgraphRequest, claims: CallerClaims): Promise<SubgraphResponse> {
  try {
    const { query, operationName } = request.operation;
    const named = operationName === undefined ? {} : { operationName };
    return await subgraph.execute({ query, variables: JSON.parse(request.variables), ...named }, claims);
  } catch (cause) {
    publishFault({ subgraph: subgraph.name, requestId: claims.requestId, cause });
    return { data: null, errors: [catalogueError('INTERNAL_SERVER_ERROR').toJSON()] };
  }
}

/** A subgraph in this process cannot be cut off; when the request is over, nobody waits for it any longer. */
function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const end = (): void => reject(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    void work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', end));
  });
}

/** The engine knows no caller; what the pipeline gave it comes out as it went in. */
function claimsOf(caller: unknown): CallerClaims {
  if (isClaims(caller)) return caller;
  throw catalogueError('UNAUTHENTICATED');
}

function isClaims(value: unknown): value is CallerClaims {
  return typeof value === 'object' && value !== null && 'caller' in value && 'businessTime' in value;
}
