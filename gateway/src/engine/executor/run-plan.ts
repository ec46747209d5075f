import type { BatchFetchNode, DeferNode, FetchNode, PlanNode, SubscriptionNode } from '../planner/query-plan.ts';
import type { PossibleTypes } from '../supergraph/possible-types.ts';
import type { CompiledOperation } from './compile-operation.ts';
import { type DeferredParts, createDeferredParts } from './deferred-parts.ts';
import { hasFetchObservers, reportFetch } from './fetch-channel.ts';
import { contextValues } from './context-arguments.ts';
import { isJsonObject } from './json.ts';
import { type Place, fillSlot, placesAt } from './place.ts';
import { type CheckedResponse, invalidResponse, readResponse } from './read-response.ts';
import { loseEntity, receiveErrors, receiveFailure } from './receive-errors.ts';
import type { LocatedError, ResponseState } from './response-state.ts';
import { applyRewrites } from './rewrites.ts';
import { SubgraphFailure, requestEnded, toSubgraphFailure } from './subgraph-failure.ts';
import type { RequestScope, SubgraphError, SubgraphResponse, Transport } from './transport.ts';

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
  /** There where deferred parts are waited for one by one. */
  readonly deferredParts?: DeferredParts;
}

/** Runs a plan; never rejects: what fails is noted in the state. The parts of `@defer` may still be under way. */
export async function runPlan(run: PlanRun): Promise<void> {
  const { root } = run.compiled.prepared.plan;
  if (root && root.kind !== 'Subscription') await runNode(run, root);
}

/** Takes one event of a subscription as the answer of its first fetch, and runs the rest; never rejects. */
export async function runEvent(run: PlanRun, node: SubscriptionNode, event: SubgraphResponse): Promise<void> {
  const { primary, rest } = node;
  const asked = { fetch: primary, representations: [], targets: [[run.state.root]], contexts: {} };
  try {
    receiveRoot(run, asked, readResponse(primary.subgraph, event));
  } catch (error) {
    receiveFailure(outcomeOf(run, primary), toSubgraphFailure(primary.subgraph, error, run.scope.signal));
    return;
  }
  if (rest) await runNode(run, rest);
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
    case 'Defer':
      await runDefer(run, node);
      return;
    case 'Fetch':
      await runFetch(run, node);
      run.deferredParts?.fetchEnded(node.id);
      return;
    case 'BatchFetch':
      await runBatch(run, node);
      if (run.deferredParts) for (const { fetch } of node.parts) run.deferredParts.fetchEnded(fetch.id);
      return;
  }
}

/** Without anybody who waits for the parts one by one, they are waited for all. */
async function runDefer(run: PlanRun, node: DeferNode): Promise<void> {
  const parts = run.deferredParts ?? createDeferredParts();
  await parts.run(node, (inner) => runNode({ ...run, deferredParts: parts }, inner));
  if (!run.deferredParts) await Promise.all(node.deferred.map(({ id }) => parts.ended(id)));
}

/** What a fetch asks for now: entities without duplicates, and the places each is for. */
interface Asked {
  readonly fetch: FetchNode;
  /** As JSON text. */
  readonly representations: readonly string[];
  readonly targets: readonly (readonly Place[])[];
  readonly contexts: Readonly<Record<string, unknown>>;
}

async function runFetch(run: PlanRun, fetch: FetchNode): Promise<void> {
  const groups = collect(run, fetch);
  await Promise.all(groups.map((asked) => ask(run, asked)));
}

async function ask(run: PlanRun, asked: Asked): Promise<void> {
  const { fetch, representations, contexts } = asked;
  const variables = [...forwarded(run, fetch.variables), ...Object.entries(contexts).map(asMember)];
  if (fetch.requires) variables.push(listMember('representations', representations));
  const response = await send(run, fetch, variables);
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
  const variables = [...forwarded(run, batch.variables)];
  for (const { variable, fetch } of batch.parts) {
    const part = parts.find(({ asked }) => asked.fetch === fetch);
    variables.push(listMember(variable, part?.asked.representations ?? []));
  }
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
    if (typeof made === 'string') {
      addToGroup(groupOf(groups, fetch, place, state.types), made, place);
      continue;
    }
    switch (made.kind) {
      case 'NotConcerned':
        break;
      case 'Keyless':
        fill(run, fetch, [[place]], [null]);
        break;
      case 'Incomplete':
        outcome.unasked.set(place, made.errors.length > 0 ? made.errors : [missingField(fetch, made.missing)]);
        break;
    }
  }
  return [...groups.values()].map(({ representations, targets, contexts }) => ({
    fetch,
    representations: rewritten(run, fetch, representations),
    targets,
    contexts,
  }));
}

function groupOf(groups: Map<string, Grouping>, fetch: FetchNode, place: Place, types: PossibleTypes): Grouping {
  const contexts = fetch.contexts.length === 0 ? noContexts : contextValues(fetch, place, types);
  const key = contexts === noContexts ? '' : JSON.stringify(contexts);
  const known = groups.get(key);
  if (known) return known;
  const group = { indexes: new Map(), representations: [], targets: [], contexts };
  groups.set(key, group);
  return group;
}

const noContexts: Readonly<Record<string, unknown>> = {};

function rewritten({ state }: PlanRun, fetch: FetchNode, representations: readonly string[]): readonly string[] {
  if (fetch.inputRewrites.length === 0) return representations;
  return representations.map((text) => {
    const value: unknown = JSON.parse(text);
    applyRewrites(state.types, fetch.inputRewrites, value);
    return JSON.stringify(value);
  });
}

interface Grouping {
  readonly indexes: Map<string, number>;
  readonly representations: string[];
  readonly targets: Place[][];
  readonly contexts: Readonly<Record<string, unknown>>;
}

function addToGroup(group: Grouping, representation: string, place: Place): void {
  const index = group.indexes.get(representation);
  if (index !== undefined) {
    group.targets[index]?.push(place);
    return;
  }
  group.indexes.set(representation, group.representations.length);
  group.representations.push(representation);
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
  variables: readonly string[],
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
  { compiled, scope, transport, state }: PlanRun,
  node: FetchNode | BatchFetchNode,
  variables: readonly string[],
): Promise<CheckedResponse | SubgraphFailure> {
  const { subgraph } = node;
  if (scope.signal.aborted) return requestEnded(subgraph, scope.signal);
  const operation = compiled.operations.get(node);
  if (!operation) throw new Error(`What subgraph "${subgraph}" is asked here is not of this plan.`);
  try {
    const response = await transport(subgraph, { operation, variables: `{${variables.join(',')}}` }, scope);
    const checked = readResponse(subgraph, response);
    if (!checked.isPlain) state.isPlain = false;
    return checked;
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

/** The client's variables a fetch uses, as JSON; a variable the client left out stays out, so that defaults apply. */
function forwarded(run: PlanRun, names: readonly string[]): readonly string[] {
  const members: string[] = [];
  for (const name of names) {
    const value = run.variables[clientVariable(run, name)];
    if (value !== undefined) members.push(asMember([name, value]));
  }
  return members;
}

/** A member of a JSON object; names of variables need no escaping. */
const asMember = ([name, value]: readonly [string, unknown]): string => `"${name}":${JSON.stringify(value)}`;

const listMember = (name: string, items: readonly string[]): string => `"${name}":[${items.join(',')}]`;

function clientVariable(run: PlanRun, name: string): string {
  return run.compiled.prepared.operation.renamedVariables.get(name) ?? name;
}
