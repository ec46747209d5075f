import { parse, print } from 'graphql';
import type {
  BatchFetchNode,
  DeferredPart,
  FetchNode,
  PathStep,
  PlanNode,
  QueryPlan,
  RequiredSelection,
  ScheduledStep,
  SubscriptionNode,
} from './query-plan.ts';

/** The plan as text for people: nodes indented, each fetch with its place, what it needs and what it asks. */
export function explainPlan(plan: QueryPlan): string {
  return plan.root ? explainNode(plan.root).join('\n') : 'Nothing to fetch';
}

function explainNode(node: PlanNode | SubscriptionNode): readonly string[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return [`${node.kind} {`, ...indent(node.nodes.flatMap(explainNode)), '}'];
    case 'Schedule':
      return ['Schedule {', ...indent(node.steps.flatMap(explainScheduled)), '}'];
    case 'Condition':
      return [
        `If $${node.variable} {`,
        ...indent(node.ifTrue ? explainNode(node.ifTrue) : []),
        ...(node.ifFalse ? ['} Else {', ...indent(explainNode(node.ifFalse))] : []),
        '}',
      ];
    case 'Subscription':
      return [
        'Subscription {',
        ...indent(explainNode(node.primary)),
        ...(node.rest ? ['} Each {', ...indent(explainNode(node.rest))] : []),
        '}',
      ];
    case 'Defer':
      return [
        'First {',
        ...indent(node.primary ? explainNode(node.primary) : []),
        ...node.deferred.flatMap(explainDeferred),
        '}',
      ];
    case 'Fetch':
      return [`Fetch from ${node.subgraph}${explainPlace(node)} {`, ...indent(explainFetch(node)), '}'];
    case 'BatchFetch':
      return explainBatch(node);
  }
}

/** Steps are numbered from 0; `after` names those it waits for. */
function explainScheduled({ node, after }: ScheduledStep, index: number): readonly string[] {
  const [first = '', ...rest] = explainNode(node);
  const waiting = after.length === 0 ? '' : ` after ${after.map((step) => `#${step}`).join(', ')}`;
  return [`#${index}${waiting}: ${first}`, ...rest];
}

function explainDeferred({ id, node }: DeferredPart): readonly string[] {
  return [`} Then ${id} {`, ...indent(node ? explainNode(node) : [])];
}

function explainBatch(node: BatchFetchNode): readonly string[] {
  const parts = node.parts.flatMap(({ fetch, alias }) => [`${alias}${explainPlace(fetch)}${explainRequires(fetch)}`]);
  return [`Fetch from ${node.subgraph} {`, ...indent([...parts, ...explainQuery(node.query)]), '}'];
}

function explainFetch(fetch: FetchNode): readonly string[] {
  const requires = explainRequires(fetch);
  return [...(requires === '' ? [] : [requires.trim()]), ...explainQuery(fetch.query)];
}

const explainQuery = (query: string): readonly string[] => print(parse(query)).split('\n');

function explainPlace({ path }: FetchNode): string {
  return path.length === 0 ? '' : ` at ${path.map(explainStep).join('.')}`;
}

function explainStep(step: PathStep): string {
  switch (step.kind) {
    case 'Field':
      return step.key;
    case 'List':
      return '@';
    case 'Types':
      return `(${step.names.join('|')})`;
  }
}

function explainRequires({ requires }: FetchNode): string {
  return requires ? ` by ${requires.map(explainSelection).join(' ')}` : '';
}

function explainSelection(selection: RequiredSelection): string {
  const inner = selection.selections ? ` { ${selection.selections.map(explainSelection).join(' ')} }` : '';
  switch (selection.kind) {
    case 'Field':
      return `${selection.key}${inner}`;
    case 'Fragment':
      return `... on ${selection.typeCondition ?? ''}${inner}`;
  }
}

const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);
