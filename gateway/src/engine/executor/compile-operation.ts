import type { BatchFetchNode, FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '../planner/query-plan.ts';
import type { PreparedOperation } from '../planner/prepared-operation.ts';
import type { KeyFields } from '../supergraph/entity-keys.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
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
  readonly shaper: ResponseShaper;
}

/** Compiles a prepared operation. */
export function compileOperation(supergraph: Supergraph, prepared: PreparedOperation): CompiledOperation {
  const layout = layOutResponse(prepared.plan);
  const compile = ({ id, subgraph, requires }: FetchNode): RepresentationMaker | undefined => {
    const mount = layout.mounts[id];
    if (!requires || !mount) return undefined;
    const keysOf = (typeName: string): readonly KeyFields[] => supergraph.entityKeys(subgraph, typeName);
    return compileRepresentation(requires, supergraph.possibleTypes, mount.position, keysOf);
  };
  return {
    prepared,
    layout,
    representations: prepared.plan.fetches.map(compile),
    operations: readOperations(prepared.plan),
    shaper: createResponseShaper(supergraph, prepared, layout),
  };
}

function readOperations({ root, fetches }: QueryPlan): ReadonlyMap<FetchNode | BatchFetchNode, SubgraphOperation> {
  const operations = new Map<FetchNode | BatchFetchNode, SubgraphOperation>();
  for (const fetch of fetches) {
    operations.set(fetch, createSubgraphOperation(fetch.operationKind, fetch.query, fetch.operationName));
  }
  for (const batch of batchesIn(root)) {
    operations.set(batch, createSubgraphOperation('query', batch.query, batch.operationName));
  }
  return operations;
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
