import { parse, print } from 'graphql';
import type { BatchFetchNode, FetchNode, PathStep, PlanNode, QueryPlan, RequiredSelection } from './query-plan.ts';

/** The plan as text for people: nodes indented, each fetch with its place, what it needs and what it asks. */
export function explainPlan(plan: QueryPlan): string {
  return plan.root ? explainNode(plan.root).join('\n') : 'Nothing to fetch';
}

function explainNode(node: PlanNode): readonly string[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return [`${node.kind} {`, ...indent(node.nodes.flatMap(explainNode)), '}'];
    case 'Condition':
      return [
        `If $${node.variable} {`,
        ...indent(node.ifTrue ? explainNode(node.ifTrue) : []),
        ...(node.ifFalse ? ['} Else {', ...indent(explainNode(node.ifFalse))] : []),
        '}',
      ];
    case 'Fetch':
      return [`Fetch from ${node.subgraph}${explainPlace(node)} {`, ...indent(explainFetch(node)), '}'];
    case 'BatchFetch':
      return explainBatch(node);
  }
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
