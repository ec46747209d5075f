import {
  CircuitState,
  type FailureReason,
  type IBreaker,
  SamplingBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
} from 'cockatiel';
import { reportBreaker } from './breaker-channel.ts';
import { isJsonObject } from './json.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import type { Transport } from './transport.ts';

/** When a subgraph is not asked any more, and when it is asked again. */
export interface BreakerOptions {
  /** Opens when more than this share of the requests failed; 0.5 by default, 1 is never. */
  readonly breakerThreshold?: number | undefined;
  /** Milliseconds that are looked back; 10 s by default. */
  readonly breakerWindow?: number | undefined;
  /** Requests there must have been in them; 10 by default. */
  readonly breakerRequests?: number | undefined;
  /** Milliseconds until one request is let through to see whether the subgraph is well again; 5 s by default. */
  readonly breakerPause?: number | undefined;
  /** Codes of GraphQL errors by which a subgraph says that it is ill itself, whatever it was asked; none by default. */
  readonly breakerCodes?: readonly string[] | undefined;
}

/**
 * A transport to one subgraph that stops asking it when too many requests failed, and lets single ones through after a
 * pause. Failures that only the request is to blame for do not count.
 */
export function withCircuitBreaker(transport: Transport, name: string, options: BreakerOptions): Transport {
  const { breakerThreshold = 0.5, breakerPause = 5_000, breakerCodes = [] } = options;
  if (breakerThreshold >= 1) return transport;
  const codes = new Set(breakerCodes);
  const policy = circuitBreaker(
    handleWhen(
      (error) => isOutage(error) || (policy.state === CircuitState.HalfOpen && showsNothing(error)),
    ).orWhenResult((response) => illnessOf(response, codes) !== undefined),
    { halfOpenAfter: breakerPause, breaker: createSampling(breakerThreshold, options) },
  );
  policy.onStateChange((state) => {
    const reason = state === CircuitState.Open ? reasonOf(policy.lastFailure, codes) : {};
    reportBreaker({ subgraph: name, state: states[state], ...reason });
  });
  return async (subgraph, request, scope) => {
    // While one request probes, cockatiel would let the others wait for it.
    if (policy.state === CircuitState.HalfOpen) throw withheld(subgraph);
    try {
      return await policy.execute(() => transport(subgraph, request, scope));
    } catch (error) {
      throw isBrokenCircuitError(error) ? withheld(subgraph) : error;
    }
  };
}

/** Requests of the window, counted. cockatiel forgets old ones piece by piece as new ones come: after a lull all are old. */
function createSampling(threshold: number, { breakerWindow = 10_000, breakerRequests = 10 }: BreakerOptions): IBreaker {
  // Half a request less, for the product must not be above the number by an error of rounding.
  const minimumRps = ((breakerRequests - 0.5) * 1_000) / breakerWindow;
  const create = (): SamplingBreaker => new SamplingBreaker({ threshold, duration: breakerWindow, minimumRps });
  let sampling = create();
  let last = 0;
  const current = (): SamplingBreaker => {
    const now = Date.now();
    if (now - last >= breakerWindow) sampling = create();
    last = now;
    return sampling;
  };
  return {
    state: undefined,
    success: (state) => current().success(state),
    failure: (state) => current().failure(state),
  };
}

function isOutage(error: unknown): boolean {
  return error instanceof SubgraphFailure && error.isOutage;
}

/** A probe that its client gave up, or that was never sent, leaves open whether the subgraph is well. */
function showsNothing(error: unknown): boolean {
  return !(error instanceof SubgraphFailure) || error.code === 'REQUEST_CANCELLED' || error.code === 'REQUEST_TIMEOUT';
}

/** The code by which an answer says that the subgraph is ill, if it does. */
function illnessOf(response: unknown, codes: ReadonlySet<string>): string | undefined {
  if (!isJsonObject(response)) return undefined;
  if (response['isUnavailable'] === true) return 'SUBGRAPH_UNAVAILABLE';
  if (codes.size === 0) return undefined;
  const errors: unknown = response['errors'];
  if (!Array.isArray(errors)) return undefined;
  return errors.map(codeOf).find((code) => code !== undefined && codes.has(code));
}

function codeOf(error: unknown): string | undefined {
  const extensions = isJsonObject(error) ? error['extensions'] : undefined;
  const code = isJsonObject(extensions) ? extensions['code'] : undefined;
  return typeof code === 'string' ? code : undefined;
}

function withheld(subgraph: string): SubgraphFailure {
  const message = `Subgraph "${subgraph}" is not available: too many requests to it failed, and it is not asked for now.`;
  return new SubgraphFailure(subgraph, 'SUBGRAPH_UNAVAILABLE', message, { isWithheld: true });
}

function reasonOf(failure: FailureReason<unknown> | undefined, codes: ReadonlySet<string>) {
  if (failure === undefined) return {};
  if ('value' in failure) return { code: illnessOf(failure.value, codes) };
  const { error } = failure;
  return error instanceof SubgraphFailure ? { code: error.code, cause: error.cause } : { cause: error };
}

const states = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
} as const;
