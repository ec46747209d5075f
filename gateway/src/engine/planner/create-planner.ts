import { operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { batchFetches } from './optimize/batch-fetches.ts';
import type { QueryPlan } from './query-plan.ts';
import { translatePlan } from './translate-plan.ts';

/** Plans an operation that was validated and read (`readClientOperation`). */
export type Planner = (document: DocumentNode, overridden: ReadonlySet<string>) => QueryPlan;

/**
 * Makes the planner of a supergraph: `@apollo/query-planner`, then our own passes.
 * `overridden` names the labels of progressive `@override` that hold for the operation.
 */
export function createPlanner(supergraph: Supergraph): Planner {
  // Without type conditions in its paths, what only one type's entities need is fetched for those of every type.
  const planner = new QueryPlanner(supergraph.federation, {
    reuseQueryFragments: false,
    typeConditionedFetching: true,
  });
  const schema = supergraph.federation.apiSchema();
  return (document, overridden) => {
    const operation = operationFromDocument(schema, document, { validate: false });
    const overrideConditions = new Map(supergraph.overrideLabels.map((label) => [label, overridden.has(label)]));
    return batchFetches(translatePlan(planner.buildQueryPlan(operation, { overrideConditions })));
  };
}
