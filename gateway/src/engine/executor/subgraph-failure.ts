/** Why a subgraph gave no usable answer; the codes are of the error catalogue. */
export type SubgraphFailureCode =
  | 'SUBGRAPH_UNAVAILABLE'
  | 'SUBGRAPH_TIMEOUT'
  | 'SUBGRAPH_INVALID_RESPONSE'
  | 'REQUEST_TIMEOUT'
  | 'REQUEST_CANCELLED';

/** A subgraph gave no usable answer. The message is meant for clients; the reason behind it is `cause`. */
export class SubgraphFailure extends Error {
  readonly code: SubgraphFailureCode;
  readonly subgraph: string;

  constructor(subgraph: string, code: SubgraphFailureCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SubgraphFailure';
    this.code = code;
    this.subgraph = subgraph;
  }
}

/** What a transport threw, as a failure that says nothing of the inside. */
export function toSubgraphFailure(subgraph: string, thrown: unknown, signal: AbortSignal): SubgraphFailure {
  if (thrown instanceof SubgraphFailure) return thrown;
  if (signal.aborted) return requestEnded(subgraph, signal);
  return new SubgraphFailure(subgraph, 'SUBGRAPH_UNAVAILABLE', `Subgraph "${subgraph}" is not available.`, thrown);
}

/** The failure of a fetch that was cut off, or never sent, because the whole request ended. */
export function requestEnded(subgraph: string, signal: AbortSignal): SubgraphFailure {
  const reason: unknown = signal.reason;
  return reason instanceof Error && reason.name === 'TimeoutError'
    ? new SubgraphFailure(
        subgraph,
        'REQUEST_TIMEOUT',
        `The request's time ended before subgraph "${subgraph}" answered.`,
      )
    : new SubgraphFailure(
        subgraph,
        'REQUEST_CANCELLED',
        `The request was cancelled before subgraph "${subgraph}" answered.`,
      );
}
