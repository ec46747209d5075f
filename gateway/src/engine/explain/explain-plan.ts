import { parse, print } from 'graphql';
import type {
  BatchFetchNode,
  BatchPart,
  DeferredPart,
  FetchNode,
  PathStep,
  PlanNode,
  QueryPlan,
  RequiredSelection,
  ScheduledStep,
  SubscriptionNode,
} from '../planner/query-plan.ts';

/** What is said of a fetch above its question, a line each: what was measured when it ran, for one. */
export type FetchNotes = (node: FetchNode | BatchFetchNode) => readonly string[];

/** The plan as text for people: nodes indented, each fetch with its place, what it needs and what it asks. */
export function explainPlan({ root }: QueryPlan, notesOf: FetchNotes = () => []): string {
  return root ? createExplainer(notesOf)(root).join('\n') : 'Nothing to fetch';
}

type Explain = (node: PlanNode | SubscriptionNode) => readonly string[];

function createExplainer(notesOf: FetchNotes): Explain {
  const explain: Explain = (node) => {
    switch (node.kind) {
      case 'Sequence':
      case 'Parallel':
        return [`${node.kind} {`, ...indent(node.nodes.flatMap(explain)), '}'];
      case 'Schedule':
        return [
          'Schedule {',
          ...indent(node.steps.flatMap((step, index) => explainScheduled(step, index, explain))),
          '}',
        ];
      case 'Condition':
        return [
          `If $${node.variable} {`,
          ...indent(node.ifTrue ? explain(node.ifTrue) : []),
          ...(node.ifFalse ? ['} Else {', ...indent(explain(node.ifFalse))] : []),
          '}',
        ];
      case 'Subscription':
        return [
          'Subscription {',
          ...indent(explain(node.primary)),
          ...(node.rest ? ['} Each {', ...indent(explain(node.rest))] : []),
          '}',
        ];
      case 'Defer':
        return [
          'First {',
          ...indent(node.primary ? explain(node.primary) : []),
          ...node.deferred.flatMap((part) => explainDeferred(part, explain)),
          '}',
        ];
      case 'Fetch':
        return explainRequest(node, explainPlace(node), [...notesOf(node), ...explainNeeds(node)]);
      case 'BatchFetch':
        return explainRequest(node, '', [...notesOf(node), ...node.parts.map(explainPart)]);
    }
  };
  return explain;
}

/** Steps are numbered from 0; `after` names those it waits for. */
function explainScheduled({ node, after }: ScheduledStep, index: number, explain: Explain): readonly string[] {
  const [first = '', ...rest] = explain(node);
  const waiting = after.length === 0 ? '' : ` after ${after.map((step) => `#${step}`).join(', ')}`;
  return [`#${index}${waiting}: ${first}`, ...rest];
}

function explainDeferred({ id, node }: DeferredPart, explain: Explain): readonly string[] {
  return [`} Then ${id} {`, ...indent(node ? explain(node) : [])];
}

function explainRequest(
  { subgraph, query }: FetchNode | BatchFetchNode,
  place: string,
  lines: readonly string[],
): readonly string[] {
  return [`Fetch from ${subgraph}${place} {`, ...indent([...lines, ...print(parse(query)).split('\n')]), '}'];
}

function explainPart({ fetch, alias }: BatchPart): string {
  return [`${alias}${explainPlace(fetch)}`, ...explainNeeds(fetch)].join(' ');
}

function explainPlace(fetch: FetchNode): string {
  return fetch.path.length === 0 ? '' : ` at ${placeText(fetch)}`;
}

function explainNeeds({ requires }: FetchNode): readonly string[] {
  return requires ? [`by ${requiresText(requires)}`] : [];
}

/** Where the answer of a fetch belongs: `institutions.@.staff`, where @ stands for the items of a list. */
export function placeText({ path }: FetchNode): string {
  return path.map(explainStep).join('.');
}

/** What a fetch must know of each entity, as selections. */
export function requiresText(requires: readonly RequiredSelection[]): string {
  return requires.map(explainSelection).join(' ');
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
