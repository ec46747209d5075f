import { GraphQLError } from 'graphql';
import type { SubscriptionNode } from '../../planner/query-plan.ts';
import type { Supergraph } from '../../supergraph/supergraph.ts';
import { forwarded } from '../forwarded-variables.ts';
import type { CompiledOperation } from '../compile-operation.ts';
import { coerceVariables } from '../execute-operation.ts';
import { OperationResult } from '../operation-result.ts';
import { createResponseState } from '../response-state.ts';
import { runEvent } from '../run-plan.ts';
import { toSubgraphFailure } from '../subgraph-failure.ts';
import type { RequestScope, SubgraphResponse, Transport } from '../transport.ts';
import type { SubscriptionTransport } from './subscription-transport.ts';

/** What subscriptions of an engine run on. */
export interface SubscriptionParts {
  readonly supergraph: Supergraph;
  readonly transport: Transport;
  readonly subscriptionTransport: SubscriptionTransport;
}

/** One subscription of a client; its signal ends it. */
export interface SubscriptionScope extends RequestScope {
  /** The scope of what other subgraphs are asked for one event. */
  readonly scopeOfEvent: (signal: AbortSignal) => RequestScope;
  /** Milliseconds that other subgraphs may take for one event. */
  readonly eventTimeout: number;
}

/** A subscription about to run. */
export interface SubscriptionRun {
  readonly compiled: CompiledOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly scope: SubscriptionScope;
}

/**
 * Runs a subscription (GraphQL §6.2.3): gives one result for each event, in order, and reads an event only when the one
 * before was taken. Ends quietly with the scope's signal; what breaks it is the last result, which has no data.
 */
export async function* subscribeOperation(
  parts: SubscriptionParts,
  run: SubscriptionRun,
): AsyncGenerator<OperationResult> {
  const { compiled, scope } = run;
  const { root } = compiled.prepared.plan;
  if (root?.kind !== 'Subscription') throw new TypeError('Only a subscription can be subscribed to.');
  const { coerced, errors } = coerceVariables(parts.supergraph, compiled, run.variables);
  if (errors) {
    yield new OperationResult(undefined, errors);
    return;
  }
  const ending = followSignal(scope.signal);
  try {
    for await (const event of openSource(parts, run, root, { ...scope, signal: ending.signal })) {
      yield await answerEvent(parts, { ...run, coerced, root, event });
    }
  } catch (error) {
    if (!scope.signal.aborted) yield new OperationResult(undefined, [toError(root.primary.subgraph, error, scope)]);
  } finally {
    ending.end();
  }
}

interface SubscriptionEvent extends SubscriptionRun {
  readonly root: SubscriptionNode;
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly event: SubgraphResponse;
}

/** Shapes one event; the other subgraphs it needs have only so long. */
async function answerEvent(
  { supergraph, transport }: SubscriptionParts,
  { compiled, variables, coerced, scope, root, event }: SubscriptionEvent,
): Promise<OperationResult> {
  const state = createResponseState(compiled, supergraph.possibleTypes, coerced);
  const following = followSignal(scope.signal);
  const timer = setTimeout(() => {
    following.end(new DOMException('The event took too long.', 'TimeoutError'));
  }, scope.eventTimeout);
  try {
    const eventScope = scope.scopeOfEvent(following.signal);
    await runEvent({ compiled, state, transport, variables, coerced, scope: eventScope }, root, event);
    const { result } = await compiled.shaper(state, { raw: variables, coerced });
    return result;
  } finally {
    clearTimeout(timer);
    following.end();
  }
}

/** The subgraph's events; the signal ends them also while none comes, whatever the transport does about it. */
async function* openSource(
  { subscriptionTransport }: SubscriptionParts,
  { compiled, variables }: SubscriptionRun,
  { primary }: SubscriptionNode,
  scope: RequestScope,
): AsyncGenerator<SubgraphResponse> {
  const operation = compiled.operations.get(primary);
  if (!operation) throw new Error(`Fetch ${primary.id} is not of this plan.`);
  const sent = { operation, variables: `{${forwarded({ compiled, variables }, primary.variables).join(',')}}` };
  const events = subscriptionTransport(primary.subgraph, sent, scope)[Symbol.asyncIterator]();
  const { signal } = scope;
  let stop: (() => void) | undefined;
  const onAbort = (): void => stop?.();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal.aborted) {
      // No race with one promise of the whole subscription: that would remember every event.
      const item = await new Promise<IteratorResult<SubgraphResponse, unknown>>((resolve, reject) => {
        stop = () => resolve({ done: true, value: undefined });
        events.next().then(resolve, reject);
      });
      if (item.done) return;
      yield item.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    Promise.resolve(events.return?.()).catch(() => undefined);
  }
}

/** A signal that aborts with another, or by itself; it must be ended, to be forgotten by the other. */
function followSignal(followed: AbortSignal): { readonly signal: AbortSignal; end(reason?: Error): void } {
  const controller = new AbortController();
  const follow = (): void => controller.abort(followed.reason);
  if (followed.aborted) follow();
  else followed.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    end(reason) {
      followed.removeEventListener('abort', follow);
      controller.abort(reason);
    },
  };
}

function toError(subgraph: string, thrown: unknown, scope: RequestScope): GraphQLError {
  if (thrown instanceof GraphQLError) return thrown;
  const { message, code, cause } = toSubgraphFailure(subgraph, thrown, scope.signal);
  return new GraphQLError(message, {
    extensions: { code, subgraph },
    originalError: cause instanceof Error ? cause : null,
  });
}
