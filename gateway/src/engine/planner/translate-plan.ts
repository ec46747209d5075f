import type {
  FetchDataKeyRenamer,
  FetchDataRewrite,
  FetchNode as ApolloFetch,
  PlanNode as ApolloNode,
  QueryPlan as ApolloPlan,
  QueryPlanSelectionNode,
} from '@apollo/query-planner';
import { GraphQLError, Kind, type SelectionSetNode, parse } from 'graphql';
import type {
  AnswerTree,
  ContextArgument,
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
  if (!plan.node) return { root: undefined, fetches };
  if (plan.node.kind === 'Subscription') throw new GraphQLError('Subscriptions are not served here.');
  return { root: translateNode(plan.node, [], fetches), fetches };
}

function translateNode(node: ApolloNode, path: readonly PathStep[], fetches: FetchNode[]): PlanNode {
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'Sequence', nodes: node.nodes.map((child) => translateNode(child, path, fetches)) };
    case 'Parallel':
      return { kind: 'Parallel', nodes: node.nodes.map((child) => translateNode(child, path, fetches)) };
    case 'Flatten':
      return translateNode(node.node, [...path, ...translatePath(node.path)], fetches);
    case 'Condition':
      return {
        kind: 'Condition',
        variable: node.condition,
        ifTrue: node.ifClause && translateNode(node.ifClause, path, fetches),
        ifFalse: node.elseClause && translateNode(node.elseClause, path, fetches),
      };
    case 'Fetch': {
      const fetch = translateFetch(node, path, fetches.length);
      fetches.push(fetch);
      return fetch;
    }
    case 'Defer':
      throw new GraphQLError('@defer is not served here.');
  }
}

function translateFetch(node: ApolloFetch, path: readonly PathStep[], id: number): FetchNode {
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
    answers: readAnswers(node, outputRewrites),
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
      return { kind: 'Field', key: node.alias ?? node.name, selections: node.selections?.map(translateSelection) };
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

type MutableTree = Map<string, MutableTree | undefined>;

function readAnswers(node: ApolloFetch, outputRewrites: readonly Rewrite[]): AnswerTree {
  const document = parse(node.operation, { noLocation: true });
  const fragments = new Map<string, SelectionSetNode>();
  const tree: MutableTree = new Map();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet);
  }
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) addAnswers(tree, definition.selectionSet, fragments);
  }
  const answers = node.requires ? (tree.get('_entities') ?? new Map()) : tree;
  for (const rewrite of outputRewrites) renameAnswer(answers, rewrite);
  return answers;
}

function addAnswers(
  tree: MutableTree,
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, SelectionSetNode>,
): void {
  for (const selection of selectionSet.selections) {
    switch (selection.kind) {
      case Kind.FIELD: {
        const key = selection.alias?.value ?? selection.name.value;
        const inner = selection.selectionSet ? (tree.get(key) ?? new Map()) : undefined;
        if (selection.selectionSet && inner) addAnswers(inner, selection.selectionSet, fragments);
        tree.set(key, inner);
        break;
      }
      case Kind.INLINE_FRAGMENT:
        addAnswers(tree, selection.selectionSet, fragments);
        break;
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments.get(selection.name.value);
        if (fragment) addAnswers(tree, fragment, fragments);
        break;
      }
    }
  }
}

function renameAnswer(tree: MutableTree, rewrite: Rewrite): void {
  if (rewrite.kind !== 'RenameKey') return;
  let at: MutableTree | undefined = tree;
  for (const step of rewrite.path) if (step.kind === 'Field') at = at?.get(step.key);
  if (!at?.has(rewrite.key)) return;
  const renamed = at.get(rewrite.key);
  const existing = at.get(rewrite.to);
  at.delete(rewrite.key);
  at.set(rewrite.to, renamed && existing ? mergeTrees(existing, renamed) : renamed);
}

function mergeTrees(a: MutableTree, b: MutableTree): MutableTree {
  const merged = new Map(a);
  for (const [key, inner] of b) {
    const known = merged.get(key);
    merged.set(key, known && inner ? mergeTrees(known, inner) : inner);
  }
  return merged;
}
