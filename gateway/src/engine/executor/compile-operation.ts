import { OperationTypeNode } from 'graphql';
import type { BatchFetchNode, FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '../planner/query-plan.ts';
import type { PreparedOperation } from '../planner/prepared-operation.ts';
import type { KeyFields } from '../supergraph/entity-keys.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { type FindExpressWay, createExpressWays } from './express/express-way.ts';
import { type MutationLoss, createMutationLoss } from './mutation-loss.ts';
import { type ResponseShaper, createResponseShaper } from './shape-response.ts';
import { type RepresentationMaker, compileRepresentation } from './representation.ts';
import { type ResponseLayout, layOutResponse } from './response-layout.ts';
import { type SubgraphOperation, createSubgraphOperation } from './transport.ts';

/** A prepared operation with everything that can be decided before it runs. */
export interface CompiledOperation {
  readonly prepared: PreparedOperation;
  readonly layout: ResponseLayout;
  /** By fetch id; `undefined` for root fetches. */
  readonly representations: readonly (RepresentationMaker | undefined)[];
  /** What each fetch and batch sends. */
  readonly operations: ReadonlyMap<FetchNode | BatchFetchNode, SubgraphOperation>;
  /** Every one of them may be shared. */
  readonly isShareable: boolean;
  readonly mutationLoss: MutationLoss;
  readonly shaper: ResponseShaper;
  readonly express: FindExpressWay;
}

/** Compiles a prepared operation. */
export function compileOperation(supergraph: Supergraph, prepared: PreparedOperation): CompiledOperation {
  const layout = layOutResponse(prepared.plan);
  const compile = ({ id, subgraph, requires }: FetchNode): RepresentationMaker | undefined => {
    const mount = layout.mounts[id];
    if (!requires || !mount) return undefined;
    const keysOf = (typeName: string): readonly KeyFields[] => supergraph.entityKeys(subgraph, typeName);
    return compileRepresentation(requires, supergraph, mount.position, keysOf);
  };
  const operations = readOperations(prepared.plan, supergraph.personalFieldNames);
  return {
    prepared,
    layout,
    representations: prepared.plan.fetches.map(compile),
    operations,
    isShareable: [...operations.values()].every((operation) => operation.isShareable),
    mutationLoss: createMutationLoss(prepared.operation),
    shaper: createResponseShaper(supergraph, prepared, layout),
    express: createExpressWays(supergraph, prepared, layout),
  };
}

function readOperations(
  { root, fetches }: QueryPlan,
  personal: ReadonlySet<string>,
): ReadonlyMap<FetchNode | BatchFetchNode, SubgraphOperation> {
  const operations = new Map<FetchNode | BatchFetchNode, SubgraphOperation>();
  for (const fetch of fetches) {
    const { operationKind, query, operationName } = fetch;
    const isShareable = operationKind === OperationTypeNode.QUERY && isUnchanged(fetch) && !asksAnyOf(query, personal);
    operations.set(fetch, createSubgraphOperation(operationKind, query, operationName, isShareable));
  }
  for (const batch of batchesIn(root)) {
    const { query, operationName, parts } = batch;
    const isShareable = parts.every(({ fetch }) => isUnchanged(fetch)) && !asksAnyOf(query, personal);
    operations.set(batch, createSubgraphOperation('query', query, operationName, isShareable));
  }
  return operations;
}

/** Rewrites change an answer as it arrives. */
const isUnchanged = ({ outputRewrites }: FetchNode): boolean => outputRewrites.length === 0;

/** By name, whatever the type: a field too many is only not shared. */
function asksAnyOf(query: string, fieldNames: ReadonlySet<string>): boolean {
  return fieldNames.size > 0 && (query.match(/\w+/g) ?? []).some((name) => fieldNames.has(name));
}

function batchesIn(node: PlanNode | SubscriptionNode | undefined): readonly BatchFetchNode[] {
  switch (node?.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(batchesIn);
    case 'Schedule':
      return node.steps.flatMap((step) => batchesIn(step.node));
    case 'Condition':
      return [node.ifTrue, node.ifFalse].flatMap(batchesIn);
    case 'Subscription':
      return batchesIn(node.rest);
    case 'Defer':
      return [node.primary, ...node.deferred.map((part) => part.node)].flatMap(batchesIn);
    case 'BatchFetch':
      return [node];
    case 'Fetch':
    case undefined:
      return [];
  }
}
