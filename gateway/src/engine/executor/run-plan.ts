import type { BatchFetchNode, FetchNode, PlanNode } from '../planner/query-plan.ts';
import type { CompiledOperation } from './compile-operation.ts';
import { hasFetchObservers, reportFetch } from './fetch-channel.ts';
import { contextValues } from './context-arguments.ts';
import { isJsonObject } from './json.ts';
import { type Place, fillSlot, placesAt } from './place.ts';
import { type CheckedResponse, invalidResponse, readResponse } from './read-response.ts';
import { loseEntity, receiveErrors, receiveFailure } from './receive-errors.ts';
import type { LocatedError, ResponseState } from './response-state.ts';
import { applyRewrites } from './rewrites.ts';
import { SubgraphFailure, requestEnded, toSubgraphFailure } from './subgraph-failure.ts';
import {
  type RequestScope,
  type SubgraphError,
  type SubgraphRequest,
  type Transport,
  createSubgraphOperation,
} from './transport.ts';

/** One execution of a plan. */
export interface PlanRun {
  readonly compiled: CompiledOperation;
  readonly state: ResponseState;
  readonly transport: Transport;
  readonly scope: RequestScope;
  /** What the client sent. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same with defaults, coerced: what conditions are decided by. */
  readonly coerced: Readonly<Record<string, unknown>>;
}

/** Runs a plan; never rejects: what fails is noted in the state. */
export async function runPlan(run: PlanRun): Promise<void> {
  const { root } = run.compiled.prepared.plan;
  if (root) await runNode(run, root);
}

async function runNode(run: PlanRun, node: PlanNode): Promise<void> {
  switch (node.kind) {
    case 'Sequence':
      for (const child of node.nodes) await runNode(run, child);
      return;
    case 'Parallel':
      await Promise.all(node.nodes.map((child) => runNode(run, child)));
      return;
    case 'Condition': {
      const branch = run.coerced[clientVariable(run, node.variable)] === true ? node.ifTrue : node.ifFalse;
      if (branch) await runNode(run, branch);
      return;
    }
    case 'Fetch':
      await runFetch(run, node);
      return;
    case 'BatchFetch':
      await runBatch(run, node);
      return;
  }
}

/** What a fetch asks for now: entities without duplicates, and the places each is for. */
interface Asked {
  readonly fetch: FetchNode;
  readonly representations: readonly Readonly<Record<string, unknown>>[];
  readonly targets: readonly (readonly Place[])[];
  readonly contexts: Readonly<Record<string, unknown>>;
}

async function runFetch(run: PlanRun, fetch: FetchNode): Promise<void> {
  const groups = collect(run, fetch);
  await Promise.all(groups.map((asked) => ask(run, asked)));
}

async function ask(run: PlanRun, asked: Asked): Promise<void> {
  const { fetch, representations, contexts } = asked;
  const own = fetch.requires ? { ...contexts, representations } : contexts;
  const response = await send(run, fetch, { ...forwarded(run, fetch.variables), ...own });
  if (response instanceof SubgraphFailure) {
    receiveFailure(outcomeOf(run, fetch), response);
  } else if (fetch.requires) {
    receiveEntities(run, asked, '_entities', response, () => true);
  } else {
    receiveRoot(run, asked, response);
  }
}

async function runBatch(run: PlanRun, batch: BatchFetchNode): Promise<void> {
  const parts = batch.parts.flatMap((part) => collect(run, part.fetch).map((asked) => ({ ...part, asked })));
  const [first] = parts;
  if (!first) return;
  if (parts.length === 1) return ask(run, first.asked);
  const variables: Record<string, unknown> = { ...forwarded(run, batch.variables) };
  for (const { variable } of batch.parts) variables[variable] = [];
  for (const { variable, asked } of parts) variables[variable] = asked.representations;
  const response = await send(run, batch, variables);
  const aliases = new Set(parts.map(({ alias }) => alias));
  for (const { alias, fetch, asked } of parts) {
    if (response instanceof SubgraphFailure) {
      receiveFailure(outcomeOf(run, fetch), response);
    } else {
      const isOwn = (path: SubgraphError['path']): boolean =>
        !response.data || path?.[0] === alias || (alias === first.alias && !aliases.has(String(path?.[0])));
      receiveEntities(run, asked, alias, response, isOwn);
    }
  }
}

/** Finds what to ask, in one group; in several if the entities differ in the contexts they stand in. */
function collect(run: PlanRun, fetch: FetchNode): readonly Asked[] {
  const { state, compiled } = run;
  const places = placesAt(state.root, fetch.path, state.types);
  const make = compiled.representations[fetch.id];
  if (places.length === 0) return [];
  if (!make) return [{ fetch, representations: [], targets: [places], contexts: {} }];
  const groups = new Map<string, Grouping>();
  const outcome = outcomeOf(run, fetch);
  for (const place of places) {
    const made = make(state, place);
    switch (made.kind) {
      case 'NotConcerned':
        break;
      case 'Keyless':
        fill(run, fetch, [[place]], [null]);
        break;
      case 'Incomplete':
        outcome.unasked.set(place, made.errors.length > 0 ? made.errors : [missingField(fetch, made.missing)]);
        break;
      case 'Ready': {
        const contexts = contextValues(fetch, place, state.types);
        const groupKey = fetch.contexts.length === 0 ? '' : JSON.stringify(contexts);
        const group = groups.get(groupKey) ?? { indexes: new Map(), representations: [], targets: [], contexts };
        groups.set(groupKey, group);
        addToGroup(group, made.identity, made.value, place);
        break;
      }
    }
  }
  for (const group of groups.values()) applyRewrites(state.types, fetch.inputRewrites, group.representations);
  return [...groups.values()].map(({ representations, targets, contexts }) => ({
    fetch,
    representations,
    targets,
    contexts,
  }));
}

interface Grouping {
  readonly indexes: Map<string, number>;
  readonly representations: Record<string, unknown>[];
  readonly targets: Place[][];
  readonly contexts: Readonly<Record<string, unknown>>;
}

function addToGroup(group: Grouping, identity: string, value: Record<string, unknown>, place: Place): void {
  const index = group.indexes.get(identity);
  if (index !== undefined) {
    group.targets[index]?.push(place);
    return;
  }
  group.indexes.set(identity, group.representations.length);
  group.representations.push(value);
  group.targets.push([place]);
}

function missingField(fetch: FetchNode, key: string): LocatedError {
  const message = `Subgraph "${fetch.subgraph}" could not be asked: "${key}", which it needs, has no value.`;
  const extensions = { code: 'SUBGRAPH_INVALID_RESPONSE', subgraph: fetch.subgraph };
  return { report: { message, extensions }, rest: [] };
}

/** The response, or why there is none; observers are told. */
async function send(
  run: PlanRun,
  node: FetchNode | BatchFetchNode,
  variables: Readonly<Record<string, unknown>>,
): Promise<CheckedResponse | SubgraphFailure> {
  if (!hasFetchObservers()) return sendUnobserved(run, node, variables);
  const start = performance.now();
  const response = await sendUnobserved(run, node, variables);
  reportFetch({
    requestId: run.scope.requestId,
    subgraph: node.subgraph,
    operationName: node.operationName,
    milliseconds: performance.now() - start,
    failure: response instanceof SubgraphFailure ? response : undefined,
  });
  return response;
}

async function sendUnobserved(
  { scope, transport }: PlanRun,
  node: FetchNode | BatchFetchNode,
  variables: Readonly<Record<string, unknown>>,
): Promise<CheckedResponse | SubgraphFailure> {
  const { subgraph, query, operationName } = node;
  if (scope.signal.aborted) return requestEnded(subgraph, scope.signal);
  const kind = node.kind === 'Fetch' ? node.operationKind : 'query';
  const request: SubgraphRequest = {
    operation: createSubgraphOperation(kind, query, operationName),
    variables: JSON.stringify(variables),
  };
  try {
    return readResponse(subgraph, await transport(subgraph, request, scope));
  } catch (error) {
    return toSubgraphFailure(subgraph, error, scope.signal);
  }
}

function receiveRoot(run: PlanRun, { fetch, targets }: Asked, response: CheckedResponse): void {
  const { state } = run;
  const answer = response.data ?? undefined;
  if (answer) applyRewrites(state.types, fetch.outputRewrites, answer);
  const errors = response.errors.map((error) => (error.path ? { ...error, path: [0, ...error.path] } : error));
  const answers = answer && [answer];
  receiveErrors(state, outcomeOf(run, fetch), { fetch, targets, answers, errors });
  if (answer) fill(run, fetch, targets, [answer]);
}

function receiveEntities(
  run: PlanRun,
  { fetch, targets }: Asked,
  alias: string,
  response: CheckedResponse,
  isOwn: (path: SubgraphError['path']) => boolean,
): void {
  const { state } = run;
  const outcome = outcomeOf(run, fetch);
  const errors = response.errors
    .filter(({ path }) => isOwn(path))
    .map((error) => (error.path ? { ...error, path: error.path.slice(1) } : error));
  const entities: unknown = response.data?.[alias];
  if (Array.isArray(entities) && entities.length === targets.length) {
    const answers: readonly unknown[] = entities;
    applyRewrites(state.types, fetch.outputRewrites, answers);
    receiveErrors(state, outcome, { fetch, targets, answers, errors });
    fill(run, fetch, targets, answers);
  } else if (errors.length > 0) {
    receiveErrors(state, outcome, { fetch, targets, answers: undefined, errors });
  } else {
    const fault = `does not hold the ${targets.length} entities it was asked for`;
    receiveFailure(outcome, invalidResponse(fetch.subgraph, fault));
  }
}

function fill(
  run: PlanRun,
  fetch: FetchNode,
  targets: readonly (readonly Place[])[],
  answers: readonly unknown[],
): void {
  const mount = run.compiled.layout.mounts[fetch.id];
  if (!mount) return;
  targets.forEach((places, index) => {
    const answer = answers[index];
    if (answer !== null && !isJsonObject(answer)) loseEntity(outcomeOf(run, fetch), fetch, places);
    for (const place of places) fillSlot(place, mount.slot, isJsonObject(answer) ? answer : null);
  });
}

function outcomeOf(run: PlanRun, fetch: FetchNode) {
  const outcome = run.state.outcomes[fetch.id];
  if (!outcome) throw new Error(`Fetch ${fetch.id} is not of this plan.`);
  return outcome;
}

/** The client's variables a fetch uses; a variable the client left out stays out, so that defaults apply. */
function forwarded(run: PlanRun, names: readonly string[]): Readonly<Record<string, unknown>> {
  const variables: Record<string, unknown> = {};
  for (const name of names) {
    const value = run.variables[clientVariable(run, name)];
    if (value !== undefined) variables[name] = value;
  }
  return variables;
}

function clientVariable(run: PlanRun, name: string): string {
  return run.compiled.prepared.operation.renamedVariables.get(name) ?? name;
}
