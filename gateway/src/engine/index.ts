import type { DocumentNode, GraphQLSchema } from 'graphql';
import { type CompiledOperation, compileOperation } from './executor/compile-operation.ts';
import { type ResultInParts, executeInParts } from './executor/execute-in-parts.ts';
import { createExecute } from './executor/execute-operation.ts';
import type { OperationResult } from './executor/operation-result.ts';
import { type SubscriptionScope, subscribeOperation } from './executor/subscriptions/subscribe-operation.ts';
import type { SubscriptionTransport } from './executor/subscriptions/subscription-transport.ts';
import { traceFetches } from './executor/trace-fetches.ts';
import { SubgraphFailure } from './executor/subgraph-failure.ts';
import { shareInFlight } from './executor/share-in-flight.ts';
import type { RequestScope, Transport } from './executor/transport.ts';
import { type Explanation, explain } from './explain/explanation.ts';
import type { FetchMeasurements } from './explain/measure-fetches.ts';
import { type OperationLimits, wideLimits } from './planner/operation-limits.ts';
import { type PlanCacheOptions, createPlanCache } from './planner/plan-cache.ts';
import type { CreatePlanner, Planner } from './planner/planner.ts';
import { reportPlanning } from './planner/plan-channel.ts';
import { prepareOperation } from './planner/prepare-operation.ts';
import type { PreparedOperation } from './planner/prepared-operation.ts';
import { type OverrideDecider, createOverrideDecider } from './supergraph/override-labels.ts';
import type { SubgraphAddress } from './supergraph/subgraph-addresses.ts';
import { type Supergraph, readSupergraph } from './supergraph/supergraph.ts';

export { type BreakerReport, breakerChannelName } from './executor/breaker-channel.ts';
export { type FetchReport, failureChannelName, fetchChannelName } from './executor/fetch-channel.ts';
export { type FetchMeasurements, measureFetches } from './explain/measure-fetches.ts';
export type { Explanation } from './explain/explanation.ts';
export { traced } from './traced.ts';
export { type HttpTransport, type SubgraphConnection, createHttpTransport } from './executor/http-transport.ts';
export { type ResilienceOptions, createResilientTransport } from './executor/resilient-transport.ts';
export type { PendingPart, ResultInParts, ResultPart } from './executor/execute-in-parts.ts';
export { OperationResult } from './executor/operation-result.ts';
export { SubgraphFailure, type SubgraphFailureCode } from './executor/subgraph-failure.ts';
export type { SubscriptionScope } from './executor/subscriptions/subscribe-operation.ts';
export {
  type SubscriptionConnection,
  type SubscriptionConnections,
  type SubscriptionTransport,
  createSubscriptionTransport,
} from './executor/subscriptions/subscription-transport.ts';
export type {
  RequestScope,
  SubgraphError,
  SubgraphOperation,
  SubgraphRequest,
  SubgraphResponse,
  Transport,
} from './executor/transport.ts';
export { createSubgraphOperation } from './executor/transport.ts';
export type { CreatePlanner, Planner } from './planner/planner.ts';
export { type ProcessPlannerOptions, createProcessPlanner } from './planner/process-planner.ts';
export { InvalidOperationError } from './planner/invalid-operation-error.ts';
export { type PlanningReport, planChannelName } from './planner/plan-channel.ts';
export type { OperationLimits } from './planner/operation-limits.ts';
export type { PreparedOperation } from './planner/prepared-operation.ts';
export type * from './planner/query-plan.ts';
export type { OverrideDecider } from './supergraph/override-labels.ts';
export type { SubgraphAddress } from './supergraph/subgraph-addresses.ts';

/** Answers operations over one supergraph. A new supergraph is a new engine; operations under way end on the old one. */
export interface Engine {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly supergraphSdl: string;
  readonly subgraphs: readonly SubgraphAddress[];
  /**
   * Validates and plans an operation, or gives the plan it made before. Rejects with `InvalidOperationError`.
   * Any document may come: what was validated already is validated again only when its plan is not known.
   */
  prepare(document: DocumentNode, operationName?: string, options?: PrepareOptions): Promise<PreparedOperation>;
  /** Runs an operation this engine prepared. Never rejects for what a subgraph did: that is in the result's errors. */
  execute(
    prepared: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    scope: RequestScope,
  ): Promise<OperationResult>;
  /** The same for an operation prepared to come in parts (`@defer`). */
  executeInParts(
    prepared: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    scope: RequestScope,
  ): Promise<ResultInParts>;
  /**
   * Runs a subscription this engine prepared: one result for each event, until the scope's signal aborts or the subgraph
   * ends it. What breaks it is the last result, which has no data.
   */
  subscribe(
    prepared: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    scope: SubscriptionScope,
  ): AsyncIterable<OperationResult>;
  /** The plan, without running it; or with what was measured when it ran (`RequestScope.onFetch`). */
  explain(prepared: PreparedOperation, measurements?: FetchMeasurements): Explanation;
  /** Prepared operations, those asked for most often first. */
  mostUsed(limit: number): readonly PreparedOperation[];
  /** Rejects with the planner's reason when the SDL is no supergraph: then nothing can be prepared. */
  ready(): Promise<void>;
  /** Ends planning. What is prepared can still run. */
  close(): void;
}

/** How an operation is prepared. */
export interface PrepareOptions {
  /** Whether the client takes the parts of `@defer` one by one; else `@defer` says nothing. */
  readonly isIncremental?: boolean;
  /** Who asks waits no longer when it aborts (rejects with its reason); the plan is made for those who ask next. */
  readonly signal?: AbortSignal;
}

export interface EngineOptions {
  readonly supergraphSdl: string;
  /** What composition made of the supergraph for clients, where both are known to be valid: a start need not make it again. */
  readonly apiSdl?: string | undefined;
  readonly transport: Transport;
  /** Opens subscriptions at subgraphs; without it they cannot be reached for any. */
  readonly subscriptionTransport?: SubscriptionTransport | undefined;
  readonly createPlanner: CreatePlanner;
  readonly planCache?: PlanCacheOptions;
  /** Whether a label of progressive `@override` holds for an operation; `percent(n)` holds for n of 100 by default. */
  readonly overrides?: OverrideDecider;
  /** Beyond these an operation is refused before it is planned, or before it runs; wide ones by default. */
  readonly limits?: OperationLimits;
  /** Whether equal questions of one moment, and equal operations, are asked once (`RequestScope.sharingKey`); true by default. */
  readonly isSharing?: boolean | undefined;
  /** Teaches the API schema what the graph's custom scalars may be, so that a value that is none is refused unplanned. */
  readonly attachScalars?: (schema: GraphQLSchema) => void;
}

/** Makes the engine of a supergraph. Throws when the SDL links no join specification; `ready` tells the rest. */
export function createEngine(options: EngineOptions): Engine {
  const {
    supergraphSdl,
    subscriptionTransport = noSubscriptions,
    planCache,
    overrides,
    attachScalars,
    limits = wideLimits,
    isSharing = true,
  } = options;
  const traced = traceFetches(options.transport);
  const transport = isSharing ? shareInFlight(traced) : traced;
  const { planner, supergraph } = openSupergraph(options);
  attachScalars?.(supergraph.apiSchema);
  const plans = createPlanCache(planCache);
  const decideOverrides = createOverrideDecider(supergraph.overrideLabels, overrides);
  const execute = createExecute({ supergraph, transport, isSharing });
  const compiledOperations = new WeakMap<PreparedOperation, CompiledOperation>();

  function compiledOf(prepared: PreparedOperation): CompiledOperation {
    const known = compiledOperations.get(prepared);
    if (known) return known;
    const compiled = compileOperation(supergraph, prepared);
    compiledOperations.set(prepared, compiled);
    return compiled;
  }

  return {
    schema: supergraph.apiSchema,
    supergraphSdl,
    subgraphs: supergraph.subgraphs,
    prepare(document, operationName, { isIncremental = false, signal } = {}) {
      const overridden = decideOverrides();
      return plans.get(document, { operationName, overridden, isIncremental, signal }, () =>
        reportPlanning(() =>
          prepareOperation(supergraph, planner, document, operationName, { overridden, limits, isIncremental }),
        ),
      );
    },
    execute: (prepared, variables, scope) => execute(compiledOf(prepared), variables, scope),
    executeInParts: (prepared, variables, scope) =>
      executeInParts(supergraph, transport, compiledOf(prepared), variables, scope),
    subscribe(prepared, variables, scope) {
      const parts = { supergraph, transport, subscriptionTransport };
      return subscribeOperation(parts, { compiled: compiledOf(prepared), variables, scope });
    },
    explain: ({ plan }, measurements) => explain(plan, measurements),
    mostUsed: (limit) => plans.mostUsed(limit),
    ready: () => planner.ready(),
    close: () => planner.close(),
  };
}

const noSubscriptions: SubscriptionTransport = (subgraph) => {
  throw new SubgraphFailure(subgraph, 'SUBGRAPH_UNAVAILABLE', `Subgraph "${subgraph}" offers no subscriptions here.`);
};

/** A planner in a process of its own begins while the supergraph is read here. */
function openSupergraph({ supergraphSdl, apiSdl, createPlanner }: EngineOptions): {
  readonly planner: Planner;
  readonly supergraph: Supergraph;
} {
  const planner = createPlanner({ sdl: supergraphSdl, isTrusted: apiSdl !== undefined });
  try {
    return { planner, supergraph: readSupergraph(supergraphSdl, apiSdl) };
  } catch (error) {
    planner.close();
    throw error;
  }
}
