import type { BatchFetchNode, FetchNode } from '../planner/query-plan.ts';
import { ScannedAnswer } from './express/scan-answer.ts';
import { isWatched, reportFetch } from './fetch-channel.ts';
import { type CheckedResponse, readResponse } from './read-response.ts';
import { type SubgraphFailure, requestEnded, toSubgraphFailure } from './subgraph-failure.ts';
import type { RequestScope, SubgraphRequest, Transport } from './transport.ts';

/** Sends the request of a fetch or a batch; gives the response, or why there is none. Observers are told. */
export async function send(
  { scope, transport }: { readonly scope: RequestScope; readonly transport: Transport },
  node: FetchNode | BatchFetchNode,
  request: SubgraphRequest,
  entities?: number,
): Promise<CheckedResponse | SubgraphFailure> {
  const { subgraph } = node;
  if (scope.signal.aborted) return requestEnded(subgraph, scope.signal);
  const start = performance.now();
  try {
    const response = await transport(subgraph, request, scope);
    const checked = response instanceof ScannedAnswer ? response : readResponse(subgraph, response);
    if (isWatched(scope)) reportFetch(scope, { node, start, entities, bytes: response.bytes });
    return checked;
  } catch (error) {
    const failure = toSubgraphFailure(subgraph, error, scope.signal);
    if (isWatched(scope, failure)) reportFetch(scope, { node, start, entities, failure });
    return failure;
  }
}
