import { OperationTypeNode } from 'graphql';
import type { PreparedOperation } from '../../planner/prepared-operation.ts';
import type { BatchFetchNode, FetchNode, PlanNode } from '../../planner/query-plan.ts';
import type { Supergraph } from '../../supergraph/supergraph.ts';
import type { TrueVariables } from '../collect-fields.ts';
import type { ResponseLayout } from '../response-layout.ts';
import { type AnswerTree, NoTemplate } from './answer-template.ts';
import { layOutExpress } from './express-layout.ts';
import { type ExpressRepresentation, compileExpressRepresentation } from './express-representation.ts';
import { type ObjectWriter, compileWriter } from './express-writer.ts';
import { type AnswerScan, type AnswerTemplate, createScan } from './scan-answer.ts';

/** An operation compiled for the express way. */
export interface ExpressOperation {
  readonly plan: PlanNode;
  readonly writer: ObjectWriter;
  /** By fetch id; `undefined` for root fetches. */
  readonly representations: readonly (ExpressRepresentation | undefined)[];
  /** How the answer to each fetch and batch is read. */
  readonly scans: ReadonlyMap<FetchNode | BatchFetchNode, AnswerScan>;
}

/**
 * Compiles a query for the express way, on which answers stay text: they are looked through once, for where things are,
 * and what clients get is cut out of them. `undefined` where types or rewrites decide during the run what an answer looks
 * like; what else is unusual is found when it comes, and then the operation is run the other way.
 */
export function compileExpress(
  supergraph: Supergraph,
  { prepared, layout }: { readonly prepared: PreparedOperation; readonly layout: ResponseLayout },
  variables: TrueVariables,
): ExpressOperation | undefined {
  const { operation, plan: whole } = prepared;
  if (operation.kind !== OperationTypeNode.QUERY || !whole.root || whole.root.kind === 'Subscription') return undefined;
  const types = supergraph.possibleTypes;
  const isTrue = (name: string): boolean => variables.has(operation.renamedVariables.get(name) ?? name);
  try {
    const plan = decide(whole.root, isTrue);
    const nodes = [...nodesIn(plan)];
    const fetches = nodes.filter((node) => node.kind === 'Fetch');
    const { root, byPosition, trees } = layOutExpress(prepared, layout, fetches, { types, isTrue });
    const representations: (ExpressRepresentation | undefined)[] = [];
    for (const fetch of fetches) {
      const position = layout.mounts[fetch.id]?.position;
      const at = position && byPosition.get(position);
      if (!fetch.requires || !at) continue;
      representations[fetch.id] = compileExpressRepresentation(supergraph, fetch, representations, at);
    }
    const writer = compileWriter(root, operation.selections, { types, variables });
    const scans = new Map(nodes.map((node) => [node, createScan(templateOf(node, trees))]));
    return { plan, writer, representations, scans };
  } catch (error) {
    if (error instanceof NoTemplate) return undefined;
    throw error;
  }
}

/** The plan without conditions. */
function decide(node: PlanNode, isTrue: (variable: string) => boolean): PlanNode {
  switch (node.kind) {
    case 'Fetch':
    case 'BatchFetch':
      return node;
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((part) => decide(part, isTrue)) };
    case 'Schedule':
      return { ...node, steps: node.steps.map((step) => ({ ...step, node: decide(step.node, isTrue) })) };
    case 'Condition': {
      const branch = isTrue(node.variable) ? node.ifTrue : node.ifFalse;
      return branch ? decide(branch, isTrue) : { kind: 'Sequence', nodes: [] };
    }
    case 'Defer':
      throw new NoTemplate('Parts come later.');
  }
}

/** Everything that may be sent; of a batch also each fetch alone, for there may be nothing else to ask. */
function* nodesIn(node: PlanNode): Generator<FetchNode | BatchFetchNode> {
  switch (node.kind) {
    case 'Fetch':
      yield node;
      return;
    case 'BatchFetch':
      yield node;
      yield* node.parts.map(({ fetch }) => fetch);
      return;
    case 'Sequence':
    case 'Parallel':
      for (const child of node.nodes) yield* nodesIn(child);
      return;
    case 'Schedule':
      for (const step of node.steps) yield* nodesIn(step.node);
      return;
    case 'Condition':
    case 'Defer':
      throw new NoTemplate('Not everything runs.');
  }
}

function templateOf(node: FetchNode | BatchFetchNode, trees: readonly AnswerTree[]): AnswerTemplate {
  if (node.kind === 'Fetch' && !node.requires) {
    return {
      parts: [{ isRoot: true, lead: Buffer.from('{"data":'), tree: treeOf(node, trees) }],
      tail: Buffer.from('}'),
    };
  }
  const wanted = node.kind === 'Fetch' ? [{ alias: '_entities', fetch: node }] : node.parts;
  // Fetches of one alias ask the same: their trees are equal, and one of them serves all.
  const byAlias = new Map<string, AnswerTree>();
  for (const { alias, fetch } of wanted) {
    const tree = treeOf(fetch, trees);
    const known = byAlias.get(alias) ?? tree;
    if (known.root.type !== tree.root.type) throw new NoTemplate('Entities of several types are asked for at once.');
    byAlias.set(alias, known);
  }
  const parts = [...byAlias].map(([alias, tree], index) => ({
    isRoot: false,
    lead: Buffer.from(`${index === 0 ? '{"data":{' : ','}"${alias}":`),
    tree,
  }));
  return { parts, tail: Buffer.from('}}') };
}

function treeOf({ id }: FetchNode, trees: readonly AnswerTree[]): AnswerTree {
  const tree = trees[id];
  if (!tree) throw new NoTemplate('A fetch has no place.');
  return tree;
}
