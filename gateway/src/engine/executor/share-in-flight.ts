import { SubgraphFailure, requestEnded } from './subgraph-failure.ts';
import type { RequestScope, SubgraphRequest, SubgraphResponse, Transport } from './transport.ts';

/** Requests under way, by what is asked, with which variables and on whose behalf. */
type InFlight = Map<string, Map<string, Promise<SubgraphResponse>>>;

/**
 * A transport over another that asks once what several operations ask at the same time. Only what may be shared is
 * (`SubgraphOperation.isShareable`), and only between scopes that a subgraph cannot tell apart (`RequestScope.sharingKey`).
 * Nobody gets an answer that was sent for before asking: nothing is kept once it is there.
 */
export function shareInFlight(transport: Transport): Transport {
  const bySubgraph = new Map<string, InFlight>();
  return (subgraph, request, scope) => {
    const { sharingKey, onFetch } = scope;
    // Who observes wants to know what his own request took.
    if (sharingKey === undefined || onFetch || !request.operation.isShareable) {
      return transport(subgraph, request, scope);
    }
    let inFlight = bySubgraph.get(subgraph);
    if (!inFlight) bySubgraph.set(subgraph, (inFlight = new Map()));
    let sameQuestion = inFlight.get(request.operation.head);
    if (!sameQuestion) inFlight.set(request.operation.head, (sameQuestion = new Map()));
    const known = sameQuestion.get(sharingKey + request.variables);
    if (known) return joinOrAsk(known, { transport, subgraph, request, scope });
    return lead(inFlight, sameQuestion, { transport, subgraph, request, scope });
  };
}

interface Call {
  readonly transport: Transport;
  readonly subgraph: string;
  readonly request: SubgraphRequest;
  readonly scope: RequestScope;
}

/** Asks, and lets others join until the answer is there. */
function lead(
  inFlight: InFlight,
  sameQuestion: Map<string, Promise<SubgraphResponse>>,
  { transport, subgraph, request, scope }: Call,
): Promise<SubgraphResponse> {
  const key = (scope.sharingKey ?? '') + request.variables;
  const end = (): void => {
    sameQuestion.delete(key);
    if (sameQuestion.size === 0) inFlight.delete(request.operation.head);
  };
  const asking = transport(subgraph, request, scope);
  sameQuestion.set(key, asking);
  asking.then(end, end);
  return asking;
}

/** Waits for the answer to another's request; asks itself if that one's client was gone, or out of time, before it came. */
async function joinOrAsk(
  asking: Promise<SubgraphResponse>,
  { transport, subgraph, request, scope }: Call,
): Promise<SubgraphResponse> {
  try {
    return await untilEnded(asking, scope.signal);
  } catch (error) {
    if (scope.signal.aborted) throw requestEnded(subgraph, scope.signal);
    const isOthersEnd = error instanceof SubgraphFailure && endings.has(error.code);
    if (isOthersEnd) return transport(subgraph, request, scope);
    throw error;
  }
}

const endings: ReadonlySet<string> = new Set(['REQUEST_CANCELLED', 'REQUEST_TIMEOUT']);

/** Waits for work that is another's, no longer than one's own signal allows; rejects with its reason. */
export function untilEnded<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
