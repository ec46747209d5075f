import type { BatchFetchNode, FetchNode } from '../planner/query-plan.ts';
import type { PossibleTypes } from '../supergraph/possible-types.ts';
import { contextValues } from './context-arguments.ts';
import { isJsonObject } from './json.ts';
import { ScannedAnswer } from './express/scan-answer.ts';
import { asMember, forwarded, listMember } from './forwarded-variables.ts';
import { type Place, fillSlot, placesAt } from './place.ts';
import { type CheckedResponse, invalidResponse } from './read-response.ts';
import { loseEntity, receiveErrors, receiveFailure } from './receive-errors.ts';
import type { FetchOutcome, LocatedError } from './response-state.ts';
import { applyRewrites } from './rewrites.ts';
import type { KeyReader } from './representation.ts';
import type { PlanRun } from './plan-run.ts';
import { send } from './send-request.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import type { SubgraphError } from './transport.ts';

/** Entities to ask for, each once, and the fetches that want them. */
interface Question {
  /** As JSON text. */
  readonly representations: string[];
  readonly indexes: Map<string, number>;
  /** The same by key, where that is all that tells entities apart; by the text before it (`KeyReader`). */
  readonly indexesByKey: Map<string, Map<string, number>>;
  readonly parts: QuestionPart[];
  readonly contexts: Readonly<Record<string, unknown>>;
}

/** The places of one fetch that an entity belongs to, by the index of its representation. */
interface QuestionPart {
  readonly fetch: FetchNode;
  readonly targets: (Place[] | undefined)[];
}

/** Asks a subgraph what a fetch is for, where there is anything to ask, and puts the answers into their places. */
export async function askFetch(run: PlanRun, fetch: FetchNode): Promise<void> {
  if (!fetch.requires) {
    const response = await ask(run, fetch, forwarded(run, fetch.variables));
    receiveRoot(run, fetch, response);
    return;
  }
  const questions = new Map<string, Question>();
  collect(run, fetch, (place) => questionAbout(questions, fetch, place, run.state.types));
  await Promise.all([...questions.values()].map((question) => askQuestion(run, fetch, question)));
}

/** The same for a batch. */
export async function askBatch(run: PlanRun, batch: BatchFetchNode): Promise<void> {
  const questions = new Map<string, Question>();
  for (const { fetch, alias } of batch.parts) {
    collect(run, fetch, () => questionAt(questions, alias, noContexts));
  }
  const [first] = questions.values();
  if (!first) return;
  const [part] = first.parts;
  // A subgraph is not asked for nothing, under no alias.
  if (questions.size === 1 && part) return askQuestion(run, part.fetch, first);
  const members = [...forwarded(run, batch.variables), ...batchVariables(batch, questions)];
  const entities = [...questions.values()].reduce((sum, { representations }) => sum + representations.length, 0);
  const response = await ask(run, batch, members, entities);
  for (const [alias, question] of questions) {
    const isOwn = (path: SubgraphError['path']): boolean =>
      path?.[0] === alias || (question === first && !questions.has(String(path?.[0])));
    receiveEntities(run, question, alias, response, isOwn);
  }
}

function batchVariables({ parts }: BatchFetchNode, questions: ReadonlyMap<string, Question>): readonly string[] {
  const byVariable = new Map(parts.map(({ variable, alias }) => [variable, alias]));
  return [...byVariable].map(([variable, alias]) => listMember(variable, questions.get(alias)?.representations ?? []));
}

async function askQuestion(run: PlanRun, fetch: FetchNode, question: Question): Promise<void> {
  const { representations, contexts } = question;
  const members = [
    ...forwarded(run, fetch.variables),
    ...Object.entries(contexts).map(asMember),
    listMember('representations', representations),
  ];
  const response = await ask(run, fetch, members, representations.length);
  receiveEntities(run, question, '_entities', response, () => true);
}

/** Finds the entities of a fetch; each goes into the question that its place belongs to. */
function collect(run: PlanRun, fetch: FetchNode, questionOf: (place: Place) => Question): void {
  const { state, compiled } = run;
  const maker = compiled.representations[fetch.id];
  if (!maker) return;
  const { make, keyReaderFor } = maker;
  const finish = rewriterOf(run, fetch);
  const outcome = outcomeOf(run, fetch);
  for (const place of placesAt(state.root, fetch.path, state.types, state.knownPlaces)) {
    const reader = keyReaderFor(place);
    const key = reader?.keyAt(place);
    if (reader && key !== undefined) {
      const question = questionOf(place);
      const index = indexOfKey(question, reader, key, finish);
      addTarget(question, fetch, place, index);
      continue;
    }
    const made = make(state, place);
    if (typeof made === 'string') {
      const question = questionOf(place);
      addTarget(question, fetch, place, indexOf(question, finish(made)));
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
}

/** Entities that stand in different contexts are asked for apart. */
function questionAbout(
  questions: Map<string, Question>,
  fetch: FetchNode,
  place: Place,
  types: PossibleTypes,
): Question {
  if (fetch.contexts.length === 0) return questionAt(questions, '', noContexts);
  const contexts = contextValues(fetch, place, types);
  return questionAt(questions, JSON.stringify(contexts), contexts);
}

const noContexts: Readonly<Record<string, unknown>> = {};

function questionAt(questions: Map<string, Question>, key: string, contexts: Question['contexts']): Question {
  const known = questions.get(key);
  if (known) return known;
  const question = { representations: [], indexes: new Map(), indexesByKey: new Map(), parts: [], contexts };
  questions.set(key, question);
  return question;
}

/** The index of an entity among those asked for, by its representation. */
function indexOf({ representations, indexes }: Question, representation: string): number {
  const known = indexes.get(representation);
  if (known !== undefined) return known;
  const index = representations.push(representation) - 1;
  indexes.set(representation, index);
  return index;
}

/** The same by its key: the representation is made only once for each. */
function indexOfKey(question: Question, { lead }: KeyReader, key: string, finish: (text: string) => string): number {
  let byKey = question.indexesByKey.get(lead);
  if (!byKey) question.indexesByKey.set(lead, (byKey = new Map()));
  const known = byKey.get(key);
  if (known !== undefined) return known;
  const index = indexOf(question, finish(`${lead}${JSON.stringify(key)}}`));
  byKey.set(key, index);
  return index;
}

function addTarget({ parts }: Question, fetch: FetchNode, place: Place, index: number): void {
  let part = parts.at(-1);
  if (part?.fetch !== fetch) {
    part = { fetch, targets: [] };
    parts.push(part);
  }
  const known = part.targets[index];
  if (known) known.push(place);
  else part.targets[index] = [place];
}

function rewriterOf({ state }: PlanRun, { inputRewrites }: FetchNode): (text: string) => string {
  if (inputRewrites.length === 0) return (text) => text;
  return (text) => {
    const value: unknown = JSON.parse(text);
    applyRewrites(state.types, inputRewrites, value);
    return JSON.stringify(value);
  };
}

function missingField(fetch: FetchNode, key: string): LocatedError {
  const message = `Subgraph "${fetch.subgraph}" could not be asked: "${key}", which it needs, has no value.`;
  const extensions = { code: 'SUBGRAPH_INVALID_RESPONSE', subgraph: fetch.subgraph };
  return { report: { message, extensions }, rest: [] };
}

/** The response, or why there is none: what an earlier attempt got, else what the subgraph answers now. */
async function ask(
  run: PlanRun,
  node: FetchNode | BatchFetchNode,
  members: readonly string[],
  entities?: number,
): Promise<CheckedResponse | SubgraphFailure> {
  const { compiled, state } = run;
  const operation = compiled.operations.get(node);
  if (!operation) throw new Error(`What subgraph "${node.subgraph}" is asked here is not of this plan.`);
  const variables = `{${members.join(',')}}`;
  const earlier = run.earlier?.get(operation);
  const response =
    earlier?.variables === variables ? earlier.response : await send(run, node, { operation, variables }, entities);
  if (response instanceof SubgraphFailure) return response;
  if (response instanceof ScannedAnswer) await response.parseInTurns();
  if (!response.isPlain) state.isPlain = false;
  if (response.isLarge) state.isLarge = true;
  return response;
}

/** Puts the answer of a root fetch into its place. */
export function receiveRoot(run: PlanRun, fetch: FetchNode, response: CheckedResponse | SubgraphFailure): void {
  const { state } = run;
  if (response instanceof SubgraphFailure) {
    receiveFailure(outcomeOf(run, fetch), response);
    return;
  }
  const targets = [placesAt(state.root, fetch.path, state.types, state.knownPlaces)];
  const answer = response.data ?? undefined;
  if (answer) applyRewrites(state.types, fetch.outputRewrites, answer);
  const errors = response.errors.map((error) => (error.path ? { ...error, path: [0, ...error.path] } : error));
  const answers = answer && [answer];
  receiveErrors(state, outcomeOf(run, fetch), { fetch, targets, answers, errors });
  if (answer) fill(run, fetch, targets, [answer]);
}

function receiveEntities(
  run: PlanRun,
  { representations, parts }: Question,
  alias: string,
  response: CheckedResponse | SubgraphFailure,
  isOwn: (path: SubgraphError['path']) => boolean,
): void {
  if (response instanceof SubgraphFailure) {
    for (const { fetch } of parts) receiveFailure(outcomeOf(run, fetch), response);
    return;
  }
  const errors = response.errors
    .filter(({ path }) => !response.data || isOwn(path))
    .map((error) => (error.path ? { ...error, path: error.path.slice(1) } : error));
  const answered: unknown = response.data?.[alias];
  const isComplete = Array.isArray(answered) && answered.length === representations.length;
  const answers: readonly unknown[] | undefined = isComplete ? answered : undefined;
  const [first] = parts;
  if (answers && first) applyRewrites(run.state.types, first.fetch.outputRewrites, answers);
  for (const part of parts) {
    const { fetch, targets } = part;
    if (!answers && errors.length === 0) {
      const fault = `does not hold the ${representations.length} entities it was asked for`;
      receiveFailure(outcomeOf(run, fetch), invalidResponse(fetch.subgraph, fault));
      continue;
    }
    const own = errors.filter((error) => !answers || isOfPart(error, part, part === first, representations.length));
    receiveErrors(run.state, outcomeOf(run, fetch), { fetch, targets, answers, errors: own });
    if (answers) fill(run, fetch, targets, answers);
  }
}

/** Errors of an entity belong to the fetches that want it; those of none to the first one. */
function isOfPart({ path }: SubgraphError, { targets }: QuestionPart, isFirst: boolean, count: number): boolean {
  const index = path?.[0];
  return typeof index === 'number' && index >= 0 && index < count ? targets[index] !== undefined : isFirst;
}

function fill(
  run: PlanRun,
  fetch: FetchNode,
  targets: readonly (readonly Place[] | undefined)[],
  answers: readonly unknown[],
): void {
  const mount = run.compiled.layout.mounts[fetch.id];
  if (!mount) return;
  for (const [index, places] of targets.entries()) {
    if (!places) continue;
    const answer = answers[index];
    const entity = isJsonObject(answer) ? answer : null;
    if (answer !== null && !entity) loseEntity(outcomeOf(run, fetch), fetch, places);
    for (const place of places) fillSlot(place, mount.slot, entity);
  }
}

function outcomeOf(run: PlanRun, fetch: FetchNode): FetchOutcome {
  const outcome = run.state.outcomes[fetch.id];
  if (!outcome) throw new Error(`Fetch ${fetch.id} is not of this plan.`);
  return outcome;
}
