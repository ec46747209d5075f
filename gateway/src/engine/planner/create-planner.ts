import {
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph as FederationSupergraph,
  operationFromDocument,
} from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { withoutUnresolvableKeys } from '../supergraph/resolvable-keys.ts';
import { createPlanCheck } from './check-plan.ts';
import { mendMergedFetches } from './merge-fetches.ts';
import { scheduleFetches } from './optimize/schedule-fetches.ts';
import { tooCostly } from './operation-limits.ts';
import type { PlannerSource } from './planner.ts';
import type { QueryPlan } from './query-plan.ts';
import { translatePlan } from './translate-plan.ts';

/** Plans an operation that was validated and read (`readClientOperation`). */
export type PlanOperation = (document: DocumentNode, overridden: ReadonlySet<string>) => QueryPlan;

/**
 * Makes the planner of a supergraph (Federation 2.0–2.9, or Federation 1 composed by Federation 2): `@apollo/query-planner`,
 * then our own passes. Throws with its reason when the SDL is none.
 */
export function createPlanner({ sdl, isTrusted }: PlannerSource): PlanOperation {
  mendMergedFetches();
  const source = withoutUnresolvableKeys(parse(sdl, { noLocation: true }));
  const supergraph = FederationSupergraph.build(source, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: !isTrusted,
  });
  // Without type conditions in its paths, what only one type's entities need is fetched for those of every type.
  const planner = new QueryPlanner(supergraph, {
    reuseQueryFragments: false,
    typeConditionedFetching: true,
    incrementalDelivery: { enableDefer: true },
    debug: budget,
  });
  const schema = supergraph.apiSchema();
  const checkPlan = createPlanCheck(source);
  return (document, overridden) => {
    const operation = operationFromDocument(schema, document, { validate: false });
    const overrideConditions = new Map([...overridden].map((label) => [label, true]));
    const plan = orUnplannable(() => planner.buildQueryPlan(operation, { overrideConditions }));
    const translated = translatePlan(plan);
    checkPlan(translated);
    return scheduleFetches(translated);
  };
}

/**
 * Where types are shared by many subgraphs, ways to a field multiply at each level. Beyond so many ways to one field the
 * planner gives up; of more plans than so many it looks at those with the fewest changes of subgraph only.
 */
const budget = { pathsLimit: 5_000, maxEvaluatedPlans: 1_000 };

/** How the planner says that an operation is beyond the budget, or beyond its own limits. */
const beyondBudget = /^(Too many options generated|Number of non-local selections exceeds|Exceeded maximum recursive)/;

/** A planner that finds no way throws an assertion of its inside. */
function orUnplannable<T>(plan: () => T): T {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof RangeError || beyondBudget.test(error.message)) throw intricateError();
    const message = 'No plan was found that answers this operation from the subgraphs.';
    throw new GraphQLError(message, { originalError: error });
  }
}

const intricateError = (): GraphQLError =>
  tooCostly(
    'The operation can be answered in more ways than can be considered; ask for less at once.',
    '该操作的执行方式过多，无法逐一比较；请减少一次查询的内容。',
  );
