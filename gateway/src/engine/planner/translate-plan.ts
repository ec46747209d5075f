import type {
  DeferNode as ApolloDefer,
  FetchDataKeyRenamer,
  FetchDataRewrite,
  FetchNode as ApolloFetch,
  PlanNode as ApolloNode,
  QueryPlan as ApolloPlan,
  QueryPlanSelectionNode,
} from '@apollo/query-planner';
import { type FragmentDefinitionNode, Kind, type NamedTypeNode, type SelectionSetNode, parse } from 'graphql';
import { type InclusionCondition, inclusionConditionsOf } from './inclusion-conditions.ts';
import type {
  AnswerTree,
  Asking,
  ContextArgument,
  DeferNode,
  FetchNode,
  PathStep,
  PlanNode,
  QueryPlan,
  RequiredSelection,
  Rewrite,
  RewriteStep,
} from './query-plan.ts';

/** Turns a plan of `@apollo/query-planner` into the engine's own. */
export function translatePlan(plan: ApolloPlan): QueryPlan {
  const fetches: FetchNode[] = [];
  const { node } = plan;
  const within = { path: [], conditions: [], ids: new Map() };
  if (!node) return { root: undefined, fetches };
  if (node.kind !== 'Subscription') return { root: translateNode(node, within, fetches), fetches };
  const primary = translateFetch(node.primary, within, fetches.length);
  fetches.push(primary);
  const rest = node.rest && translateNode(node.rest, within, fetches);
  return { root: { kind: 'Subscription', primary, rest }, fetches };
}

interface Surroundings {
  readonly path: readonly PathStep[];
  readonly conditions: readonly InclusionCondition[];
  /** The planner's own ids of fetches that deferred parts depend on. */
  readonly ids: Map<string, number>;
}

function translateNode(node: ApolloNode, within: Surroundings, fetches: FetchNode[]): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { kind: node.kind, nodes: node.nodes.map((child) => translateNode(child, within, fetches)) };
    case 'Flatten': {
      const path = [...within.path, ...translatePath(node.path)];
      return translateNode(node.node, { ...within, path }, fetches);
    }
    case 'Condition': {
      const variable = node.condition;
      const inside = (wanted: boolean): Surroundings => ({
        ...within,
        conditions: [...within.conditions, { wanted, value: { variable } }],
        ids: new Map(within.ids),
      });
      return {
        kind: 'Condition',
        variable,
        ifTrue: node.ifClause && translateNode(node.ifClause, inside(true), fetches),
        ifFalse: node.elseClause && translateNode(node.elseClause, inside(false), fetches),
      };
    }
    case 'Fetch': {
      const fetch = translateFetch(node, within, fetches.length);
      fetches.push(fetch);
      if (node.id !== undefined) within.ids.set(node.id, fetch.id);
      return fetch;
    }
    case 'Defer':
      return translateDefer(node, within, fetches);
  }
}

/** Every `@defer` that reaches the planner has a label of our own: the id of its fragment. */
function translateDefer({ primary, deferred }: ApolloDefer, within: Surroundings, fetches: FetchNode[]): DeferNode {
  return {
    kind: 'Defer',
    primary: primary.node && translateNode(primary.node, within, fetches),
    deferred: deferred.map(({ label = '', depends, node }) => {
      const known = depends.map(({ id }) => within.ids.get(id) ?? wholeFirst);
      const translated = node && translateNode(node, within, fetches);
      const isForgotten = known.length === 0 && translated !== undefined && beginsWithEntities(translated);
      return { id: label, depends: isForgotten ? [wholeFirst] : known, node: translated };
    }),
  };
}

/**
 * The id of no fetch: a part that depends on it waits for all fetches of the answer it hangs on. The planner names no
 * dependency of a part that is deferred inside of a part without fetches of its own, though it asks for entities.
 */
const wholeFirst = -1;

/** Whether a node asks first for entities, which must have been found. */
function beginsWithEntities(node: PlanNode): boolean {
  switch (node.kind) {
    case 'Fetch':
      return node.requires !== undefined;
    case 'BatchFetch':
      return true;
    case 'Sequence':
      return node.nodes.slice(0, 1).some(beginsWithEntities);
    case 'Parallel':
      return node.nodes.some(beginsWithEntities);
    case 'Schedule':
      return node.steps.some((step) => beginsWithEntities(step.node));
    case 'Condition':
      return [node.ifTrue, node.ifFalse].some((branch) => branch && beginsWithEntities(branch));
    case 'Defer':
      return [node.primary, ...node.deferred.map((part) => part.node)].some((part) => part && beginsWithEntities(part));
  }
}

function translateFetch(node: ApolloFetch, { path, conditions }: Surroundings, id: number): FetchNode {
  const outputRewrites = deepestFirst((node.outputRewrites ?? []).map(translateRewrite));
  return {
    kind: 'Fetch',
    id,
    subgraph: node.serviceName,
    path,
    operationKind: node.operationKind,
    operationName: node.operationName,
    query: node.operation,
    variables: (node.variableUsages ?? []).filter((name) => !isContextArgument(node, name)),
    requires: node.requires?.map(translateSelection),
    answers: readAnswers(node, outputRewrites, conditions),
    inputRewrites: (node.inputRewrites ?? []).map(translateRewrite),
    outputRewrites,
    contexts: (node.contextRewrites ?? []).map(translateContext),
  };
}

const isContextArgument = (node: ApolloFetch, variable: string): boolean =>
  (node.contextRewrites ?? []).some(({ renameKeyTo }) => renameKeyTo === variable);

/** `a`, `@` and, with type-conditioned fetching, `a|[T,U]`. */
function translatePath(path: readonly (string | number)[]): readonly PathStep[] {
  return path.flatMap((element): PathStep[] => {
    const [key = '', types] = String(element).split('|[');
    const steps: PathStep[] = [];
    if (key === '@') steps.push({ kind: 'List' });
    else if (key !== '') steps.push({ kind: 'Field', key });
    if (types !== undefined) steps.push({ kind: 'Types', names: types.slice(0, -1).split(',') });
    return steps;
  });
}

function translateSelection(node: QueryPlanSelectionNode): RequiredSelection {
  switch (node.kind) {
    case 'Field':
      return {
        kind: 'Field',
        key: node.alias ?? node.name,
        name: node.name,
        selections: node.selections?.map(translateSelection),
      };
    case 'InlineFragment':
      return {
        kind: 'Fragment',
        typeCondition: node.typeCondition,
        selections: node.selections.map(translateSelection),
      };
  }
}

function translateRewrite(rewrite: FetchDataRewrite): Rewrite {
  const path = rewrite.path.slice(0, -1).map(translateRewriteStep);
  const key = rewrite.path.at(-1) ?? '';
  switch (rewrite.kind) {
    case 'ValueSetter':
      return { kind: 'SetValue', path, key, value: rewrite.setValueTo };
    case 'KeyRenamer':
      return { kind: 'RenameKey', path, key, to: rewrite.renameKeyTo };
  }
}

function translateRewriteStep(step: string): RewriteStep {
  return step.startsWith('... on ')
    ? { kind: 'Type', condition: step.slice('... on '.length) }
    : { kind: 'Field', key: step };
}

/** A path names its keys as they arrive, so an outer key is renamed after everything under it. */
function deepestFirst(rewrites: readonly Rewrite[]): readonly Rewrite[] {
  return rewrites.toSorted((a, b) => b.path.length - a.path.length);
}

function translateContext(rewrite: FetchDataKeyRenamer): ContextArgument {
  const levelsUp = rewrite.path.filter((step) => step === '..').length;
  return {
    variable: rewrite.renameKeyTo,
    levelsUp,
    path: rewrite.path.slice(levelsUp).map(translateRewriteStep),
  };
}

type MutableTree = Map<string, MutableAnswer>;

interface MutableAnswer {
  readonly inner: MutableTree | undefined;
  readonly asked: readonly Asking[];
}

function readAnswers(
  node: ApolloFetch,
  outputRewrites: readonly Rewrite[],
  conditions: readonly InclusionCondition[],
): AnswerTree {
  const document = parse(node.operation, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  const tree: MutableTree = new Map();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    addAnswers(tree, definition.selectionSet, fragments, { types: [], conditions });
  }
  const answers = node.requires ? (tree.get('_entities')?.inner ?? new Map()) : tree;
  for (const rewrite of outputRewrites) renameAnswer(answers, rewrite);
  return answers;
}

function addAnswers(
  tree: MutableTree,
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  within: Asking,
): void {
  for (const selection of selectionSet.selections) {
    const conditions = [...within.conditions, ...inclusionConditionsOf(selection)];
    switch (selection.kind) {
      case Kind.FIELD: {
        const key = selection.alias?.value ?? selection.name.value;
        const known = tree.get(key);
        const inner = selection.selectionSet ? (known?.inner ?? new Map()) : undefined;
        if (selection.selectionSet && inner) {
          addAnswers(inner, selection.selectionSet, fragments, { types: [], conditions });
        }
        tree.set(key, { inner, asked: [...(known?.asked ?? []), { types: within.types, conditions }] });
        break;
      }
      case Kind.INLINE_FRAGMENT: {
        const types = withType(within.types, selection.typeCondition);
        addAnswers(tree, selection.selectionSet, fragments, { types, conditions });
        break;
      }
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments.get(selection.name.value);
        if (!fragment) break;
        const types = withType(within.types, fragment.typeCondition);
        addAnswers(tree, fragment.selectionSet, fragments, { types, conditions });
        break;
      }
    }
  }
}

function withType(types: readonly string[], condition: NamedTypeNode | undefined): readonly string[] {
  return condition ? [...types, condition.name.value] : types;
}

function renameAnswer(tree: MutableTree, rewrite: Rewrite): void {
  if (rewrite.kind !== 'RenameKey') return;
  let at: MutableTree | undefined = tree;
  for (const step of rewrite.path) if (step.kind === 'Field') at = at?.get(step.key)?.inner;
  const renamed = at?.get(rewrite.key);
  if (!at || !renamed) return;
  at.delete(rewrite.key);
  mergeAnswer(at, rewrite.to, renamed);
}

function mergeAnswer(tree: MutableTree, key: string, answer: MutableAnswer): void {
  const known = tree.get(key);
  if (!known) {
    tree.set(key, answer);
    return;
  }
  const inner = known.inner && new Map(known.inner);
  if (inner) for (const [innerKey, value] of answer.inner ?? []) mergeAnswer(inner, innerKey, value);
  tree.set(key, { inner, asked: [...known.asked, ...answer.asked] });
}
