import { type DocumentNode, GraphQLError, Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { InvalidOperationError, withCode } from './invalid-operation-error.ts';
import { type OperationLimits, tooCostly } from './operation-limits.ts';
import type { Planner } from './planner.ts';
import type { PreparedOperation } from './prepared-operation.ts';
import type { QueryPlan } from './query-plan.ts';
import { refuseConflicts } from './refuse-conflicts.ts';
import { readClientOperation } from './read-client-operation.ts';
import { validateDocument } from './validate-document.ts';

/** What decides about an operation besides its document. */
export interface PreparationOptions {
  /** Labels of progressive `@override` that hold. */
  readonly overridden: ReadonlySet<string>;
  readonly limits: OperationLimits;
  /** Whether the client takes the parts of `@defer` one by one. */
  readonly isIncremental: boolean;
}

/**
 * Validates, reads and plans one operation of a document (GraphQL §6.1). Rejects with `InvalidOperationError`: nothing
 * unvalidated reaches a planner, whichever door it came through.
 */
export async function prepareOperation(
  supergraph: Supergraph,
  planner: Planner,
  document: DocumentNode,
  operationName: string | undefined,
  { overridden, limits, isIncremental }: PreparationOptions,
): Promise<PreparedOperation> {
  const errors = validateDocument(supergraph.apiSchema, document, limits);
  if (errors.length > 0) throw new InvalidOperationError(errors);
  const definition = selectOperation(document, operationName);
  if (definition.operation === OperationTypeNode.SUBSCRIPTION) refuseConditionalRoot(definition);
  const prepare = async (inParts: boolean): Promise<PreparedOperation> => {
    const { apiSchema, plannerFieldNames } = supergraph;
    const options = { limits, isIncremental: inParts };
    const { operation, planned } = readClientOperation(apiSchema, plannerFieldNames, document, definition, options);
    refuseConflicts(operation, supergraph);
    const plan = planned ? await planner.plan(planned, overridden) : { root: undefined, fetches: [] };
    refuseManyFetches(plan, definition, limits);
    return { document, operationName, operation, plan };
  };
  return orRefuse(() => (isIncremental ? orAtOnce(prepare) : prepare(false)));
}

/** What the planner cannot plan in parts comes at once: `@defer` is a wish. Some defers it fails at, inside of others. */
async function orAtOnce(prepare: (inParts: boolean) => Promise<PreparedOperation>): Promise<PreparedOperation> {
  try {
    return await prepare(true);
  } catch (error) {
    if (!(error instanceof GraphQLError) || error.extensions['code'] === 'QUERY_TOO_COSTLY') throw error;
    return prepare(false);
  }
}

/** What reading and planning refuse with a `GraphQLError` is the operation's fault. */
async function orRefuse<T>(prepare: () => Promise<T>): Promise<T> {
  try {
    return await prepare();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { code = 'GRAPHQL_VALIDATION_FAILED' } = error.extensions;
    throw new InvalidOperationError([withCode(code)(error)]);
  }
}

function refuseManyFetches({ fetches }: QueryPlan, definition: OperationDefinitionNode, limits: OperationLimits): void {
  const { maxFetches } = limits;
  if (fetches.length <= maxFetches) return;
  throw tooCostly(
    `The operation needs ${fetches.length} requests to subgraphs; ${maxFetches} are allowed.`,
    `该操作需向子图发出 ${fetches.length} 次请求，上限为 ${maxFetches} 次。`,
    definition,
  );
}

function selectOperation(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [only] = operations;
  if (operationName === undefined) {
    if (only && operations.length === 1) return only;
    throw refuse(
      only ? 'Must provide operation name if query contains multiple operations.' : 'Must provide an operation.',
    );
  }
  const named = operations.find(({ name }) => name?.value === operationName);
  if (!named) throw refuse(`Unknown operation named "${operationName}".`);
  return named;
}

/** Whether there is a stream at all must not depend on variables (as GraphQL's later drafts say, §5.2.4.1). */
function refuseConditionalRoot(definition: OperationDefinitionNode): void {
  const isConditional = definition.selectionSet.selections.some(({ directives = [] }) =>
    directives.some(({ name }) => name.value === 'skip' || name.value === 'include'),
  );
  if (!isConditional) return;
  throw refuse('The root field of a subscription must stand without @skip and @include.', definition);
}

function refuse(message: string, node?: OperationDefinitionNode): InvalidOperationError {
  const options = { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } };
  return new InvalidOperationError([new GraphQLError(message, node ? { ...options, nodes: node } : options)]);
}
