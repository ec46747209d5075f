/** Why a subgraph gave no usable answer; the codes are of the error catalogue. */
export type SubgraphFailureCode =
  | 'SUBGRAPH_UNAVAILABLE'
  | 'SUBGRAPH_TIMEOUT'
  | 'SUBGRAPH_INVALID_RESPONSE'
  | 'REQUEST_TIMEOUT'
  | 'REQUEST_CANCELLED';

/** What is known of a failure beyond what clients are told. */
export interface FailureDetail {
  /** The reason behind it, for logs. */
  readonly cause?: unknown;
  /** The same query may succeed a moment later: the connection broke, or the subgraph said so (HTTP 502, 503, 504). */
  readonly isRetryable?: boolean;
  /** The subgraph itself is ill, whatever it was asked: its circuit breaker counts this. */
  readonly isOutage?: boolean;
  /** The subgraph was not asked at all, because its circuit breaker is open. */
  readonly isWithheld?: boolean;
}

/** A subgraph gave no usable answer. The message is meant for clients; the reason behind it is `cause`. */
export class SubgraphFailure extends Error {
  readonly code: SubgraphFailureCode;
  readonly subgraph: string;
  readonly isRetryable: boolean;
  readonly isOutage: boolean;
  readonly isWithheld: boolean;

  constructor(subgraph: string, code: SubgraphFailureCode, message: string, detail: FailureDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'SubgraphFailure';
    this.code = code;
    this.subgraph = subgraph;
    this.isRetryable = detail.isRetryable ?? false;
    this.isOutage = detail.isOutage ?? false;
    this.isWithheld = detail.isWithheld ?? false;
  }
}

/** What a transport threw, as a failure that says nothing of the inside. */
export function toSubgraphFailure(subgraph: string, thrown: unknown, signal: AbortSignal): SubgraphFailure {
  if (thrown instanceof SubgraphFailure) return thrown;
  if (signal.aborted) return requestEnded(subgraph, signal);
  return unavailable(subgraph, { cause: thrown });
}

/** The failure of a subgraph that could not be reached, or said that it cannot answer anybody now. */
export function unavailable(subgraph: string, detail: FailureDetail): SubgraphFailure {
  return new SubgraphFailure(subgraph, 'SUBGRAPH_UNAVAILABLE', `Subgraph "${subgraph}" is not available.`, detail);
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
