import { type DocumentNode, GraphQLError } from 'graphql';
import { type KeyFields, readEntityKeys } from '../supergraph/entity-keys.ts';
import { readExternalFields } from '../supergraph/external-fields.ts';
import { readFieldRequirements } from '../supergraph/field-requirements.ts';
import { readPossibleTypes } from '../supergraph/possible-types.ts';
import {
  type AskedFieldsReader,
  type TrueConditions,
  conditionVariablesOf,
  createAskedFieldsReader,
} from './asked-fields.ts';
import {
  type AskedField,
  type KeyPath,
  type KnownTree,
  isKnown,
  knownAt,
  leadsTo,
  pathsOfFields,
  pathsOfRequired,
} from './known-fields.ts';
import type { FetchNode, PlanNode, QueryPlan, ScheduledStep } from './query-plan.ts';

/** Throws a `GraphQLError` where a plan would give wrong answers. */
export type PlanCheck = (plan: QueryPlan) => void;

/** Fetches that are walked on paper, over all combinations of `@skip` and `@include`: checking is to cost less than planning. */
const MAX_STEPS = 4000;

/**
 * Makes the check of a supergraph's plans: a field with `@requires` is asked only where what it requires is in the
 * representation and was fetched before, every representation holds a key that was fetched before, and no subgraph is
 * asked for a field that it calls external.
 *
 * `@apollo/query-planner` breaks all three, above all where required fields require others: it asks the subgraph without
 * what is required, and gets an answer made from nothing. A wrong answer is worse than an error.
 */
export function createPlanCheck(supergraph: DocumentNode): PlanCheck {
  const types = readPossibleTypes(supergraph);
  const entityKeys = readEntityKeys(supergraph, types);
  const externals = readExternalFields(supergraph, types, entityKeys);
  const requirements = readFieldRequirements(supergraph);
  const readAsked = createAskedFieldsReader(supergraph);

  function requiredBy(subgraph: string, { typeName, name }: AskedField): readonly KeyPath[] {
    return requirements
      .filter((one) => one.subgraph === subgraph && one.fieldName === name && types.overlap(one.typeName, typeName))
      .flatMap(({ paths }) => paths.filter(({ isLeaf }) => isLeaf).map(({ path }) => path.split('.')));
  }

  /** The fields of one object: what they require stands beside them, or in the representation; `provided` are given here. */
  function checkFields(
    fetch: FetchNode,
    fields: readonly AskedField[],
    given: readonly KeyPath[],
    provided: readonly string[],
  ): void {
    const there = [...given, ...pathsOfFields(fields)];
    for (const field of fields) {
      const { typeName, name } = field;
      if (externals.isExternal(fetch.subgraph, typeName, name) && !provided.includes(name)) {
        throw fault(fetch, `"${name}"`, 'having it');
      }
      for (const required of requiredBy(fetch.subgraph, field)) {
        if (!there.some((path) => leadsTo(path, required))) throw fault(fetch, `"${field.name}"`, required.join('.'));
      }
      const below = provided.flatMap((path) => (path.startsWith(`${name}.`) ? [path.slice(name.length + 1)] : []));
      const providedBelow = [...below, ...externals.providedBy(fetch.subgraph, typeName, name)];
      if (field.inner) checkFields(fetch, field.inner, [], providedBelow);
    }
  }

  function checkKeys(fetch: FetchNode, given: readonly KeyPath[]): void {
    for (const selection of fetch.requires ?? []) {
      if (selection.kind !== 'Fragment' || selection.typeCondition === undefined) continue;
      const { typeCondition } = selection;
      const keys = entityKeys(fetch.subgraph, typeCondition);
      const isGiven = (path: KeyPath): boolean => given.some((one) => leadsTo(one, path));
      if (!keys.some((key) => pathsOfKey(key).every(isGiven))) throw fault(fetch, typeCondition, 'its key');
    }
  }

  /**
   * Checks one fetch of a run that brought `all`. What nothing brings where these conditions hold is needed by nobody
   * there: planners leave a condition out where it saves a fetch.
   */
  function check({ fetch, at, asked, known }: Step, all: readonly KnownTree[]): void {
    const isGiven = (path: KeyPath): boolean => isKnown(known, [...at, ...path]) || !isKnown(all, [...at, ...path]);
    const given = pathsOfRequired(fetch.requires ?? []).filter(isGiven);
    checkKeys(fetch, given);
    checkFields(fetch, asked, given, []);
  }

  return ({ root, fetches }) => {
    if (!root) return;
    const nodes = root.kind === 'Subscription' ? [root.primary, root.rest] : [root];
    const variables = new Set([...fetches.flatMap(conditionVariablesOf), ...nodes.flatMap(conditionsOf)]);
    for (const conditions of combinations([...variables], MAX_STEPS / fetches.length)) {
      const steps: Step[] = [];
      const all = walkAll({ readAsked, conditions, steps }, nodes, []);
      for (const step of steps) check(step, all);
    }
  };
}

/** A fetch that runs, what it asks where, and what was brought before it. */
interface Step {
  readonly fetch: FetchNode;
  readonly at: KeyPath;
  readonly asked: readonly AskedField[];
  readonly known: readonly KnownTree[];
}

/** A run of the plan on paper. */
interface Walk {
  readonly readAsked: AskedFieldsReader;
  readonly conditions: TrueConditions;
  readonly steps: Step[];
}

function walk(run: Walk, node: PlanNode, known: readonly KnownTree[]): readonly KnownTree[] {
  switch (node.kind) {
    case 'Fetch':
      return walkFetch(run, node, known);
    case 'BatchFetch':
      return node.parts.flatMap(({ fetch }) => walkFetch(run, fetch, known));
    case 'Sequence':
      return walkAll(run, node.nodes, known);
    case 'Parallel':
      return node.nodes.flatMap((child) => walk(run, child, known));
    case 'Schedule':
      return walkSteps(run, node.steps, known);
    case 'Condition': {
      const branch = run.conditions.has(node.variable) ? node.ifTrue : node.ifFalse;
      return branch ? walk(run, branch, known) : [];
    }
    case 'Defer':
      return walkAll(run, [node.primary, ...node.deferred.map((part) => part.node)], known);
  }
}

function walkAll(
  run: Walk,
  nodes: readonly (PlanNode | undefined)[],
  known: readonly KnownTree[],
): readonly KnownTree[] {
  let brought: readonly KnownTree[] = [];
  for (const node of nodes) {
    if (node) brought = [...brought, ...walk(run, node, [...known, ...brought])];
  }
  return brought;
}

function walkSteps(run: Walk, steps: readonly ScheduledStep[], known: readonly KnownTree[]): readonly KnownTree[] {
  /** What each step, and all it comes after, brought. */
  const upTo: (readonly KnownTree[])[] = [];
  const brought = steps.map(({ node, after }) => {
    const before = after.flatMap((index) => upTo[index] ?? []);
    const own = walk(run, node, [...known, ...before]);
    upTo.push([...before, ...own]);
    return own;
  });
  return brought.flat();
}

/** A fetch for places that do not exist where these conditions hold does not run. */
function walkFetch(
  { readAsked, conditions, steps }: Walk,
  fetch: FetchNode,
  known: readonly KnownTree[],
): readonly KnownTree[] {
  const asked = readAsked(fetch, conditions);
  const at = fetch.path.flatMap((step) => (step.kind === 'Field' ? [step.key] : []));
  if (asked.length === 0 || (at.length > 0 && !isKnown(known, at))) return [];
  steps.push({ fetch, at, asked, known });
  return [knownAt(at, asked, fetch.outputRewrites)];
}

function fault({ subgraph }: FetchNode, asked: string, missing: string): GraphQLError {
  return new GraphQLError(
    `No right plan was found: subgraph "${subgraph}" would be asked for ${asked} without ${missing}. ` +
      'Ask for less in one operation.',
  );
}

function pathsOfKey(key: KeyFields): readonly KeyPath[] {
  return [...key].flatMap(([name, inner]) => (inner ? pathsOfKey(inner).map((path) => [name, ...path]) : [[name]]));
}

function conditionsOf(node: PlanNode | undefined): readonly string[] {
  switch (node?.kind) {
    case undefined:
    case 'Fetch':
    case 'BatchFetch':
      return [];
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(conditionsOf);
    case 'Schedule':
      return node.steps.flatMap((step) => conditionsOf(step.node));
    case 'Condition':
      return [node.variable, ...conditionsOf(node.ifTrue), ...conditionsOf(node.ifFalse)];
    case 'Defer':
      return [...conditionsOf(node.primary), ...node.deferred.flatMap((part) => conditionsOf(part.node))];
  }
}

/** Every combination of the variables if they are so many at most; else all, none and each alone, as far as they go. */
function combinations(variables: readonly string[], most: number): readonly TrueConditions[] {
  const count = 2 ** variables.length;
  if (count > most) {
    const few = [new Set<string>(), new Set(variables), ...variables.map((variable) => new Set([variable]))];
    return few.slice(0, Math.max(2, most));
  }
  return Array.from(
    { length: count },
    (_, bits) => new Set(variables.filter((__, index) => (bits >> index) % 2 === 1)),
  );
}
