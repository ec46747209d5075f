import {
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type VariableDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import type { BatchFetchNode, BatchPart, FetchNode, ParallelNode, PlanNode, QueryPlan } from '../query-plan.ts';

/**
 * Entity fetches of one subgraph that can start at the same time become one request (engine.md, step 2).
 *
 * Branches of a `Parallel` are put together by the subgraph their first fetch asks; what follows in each branch needs
 * its first fetch only, so it waits for no other request than before.
 */
export function batchFetches(plan: QueryPlan): QueryPlan {
  return { ...plan, root: plan.root && batchNode(plan.root) };
}

function batchNode(node: PlanNode): PlanNode {
  switch (node.kind) {
    case 'Fetch':
    case 'BatchFetch':
      return node;
    case 'Sequence':
      return { kind: 'Sequence', nodes: node.nodes.map(batchNode) };
    case 'Condition':
      return {
        ...node,
        ifTrue: node.ifTrue && batchNode(node.ifTrue),
        ifFalse: node.ifFalse && batchNode(node.ifFalse),
      };
    case 'Parallel':
      return batchParallel(node);
  }
}

interface Branch {
  readonly head: FetchNode;
  readonly tail: readonly PlanNode[];
}

function batchParallel(node: ParallelNode): PlanNode {
  const others: PlanNode[] = [];
  const bySubgraph = new Map<string, Branch[]>();
  for (const child of node.nodes) {
    const branch = readBranch(child);
    if (!branch) {
      others.push(batchNode(child));
      continue;
    }
    const group = bySubgraph.get(branch.head.subgraph);
    if (group) group.push(branch);
    else bySubgraph.set(branch.head.subgraph, [branch]);
  }
  const branches = [...[...bySubgraph.values()].map(joinBranches), ...others];
  return inParallel(branches);
}

/** A branch that begins with an entity fetch that may share its request. */
function readBranch(node: PlanNode): Branch | undefined {
  const [head, ...tail] = node.kind === 'Sequence' ? node.nodes : [node];
  return head?.kind === 'Fetch' && head.requires && head.contexts.length === 0 ? { head, tail } : undefined;
}

function joinBranches(branches: readonly Branch[]): PlanNode {
  const heads = branches.map(({ head }) => head);
  const [first] = heads;
  const head = heads.length === 1 && first ? first : createBatch(heads);
  const tails = branches.filter(({ tail }) => tail.length > 0).map(({ tail }) => inSequence(tail));
  return tails.length === 0 ? head : inSequence([head, batchNode(inParallel(tails))]);
}

function inSequence(nodes: readonly PlanNode[]): PlanNode {
  const flat = nodes.flatMap((node) => (node.kind === 'Sequence' ? node.nodes : [node]));
  const [only] = flat;
  return flat.length === 1 && only ? only : { kind: 'Sequence', nodes: flat };
}

function inParallel(nodes: readonly PlanNode[]): PlanNode {
  const flat = nodes.flatMap((node) => (node.kind === 'Parallel' ? node.nodes : [node]));
  const [only] = flat;
  return flat.length === 1 && only ? only : { kind: 'Parallel', nodes: flat };
}

function createBatch(fetches: readonly FetchNode[]): BatchFetchNode {
  const parts = fetches.map((fetch, index): BatchPart => ({
    fetch,
    alias: `_${index}`,
    variable: `representations_${index}`,
  }));
  const operations = parts.map(readPart);
  const [first] = fetches;
  const query: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    ...(first?.operationName === undefined ? {} : { name: { kind: Kind.NAME, value: first.operationName } }),
    variableDefinitions: mergeVariables(operations),
    directives: operations[0]?.directives ?? [],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: operations.flatMap(({ selectionSet }) => selectionSet.selections),
    },
  };
  return {
    kind: 'BatchFetch',
    subgraph: first?.subgraph ?? '',
    operationName: first?.operationName,
    query: stripIgnoredCharacters(print(query)),
    variables: [...new Set(fetches.flatMap(({ variables }) => variables))],
    parts,
  };
}

/** The fetch's operation with its `_entities` field and `$representations` renamed. */
function readPart({ fetch, alias, variable }: BatchPart): OperationDefinitionNode {
  const document: DocumentNode = visit(parse(fetch.query, { noLocation: true }), {
    Variable: (node) =>
      node.name.value === 'representations' ? { ...node, name: { ...node.name, value: variable } } : undefined,
    Field: {
      leave: (node): FieldNode | undefined =>
        node.name.value === '_entities' ? { ...node, alias: { kind: Kind.NAME, value: alias } } : undefined,
    },
  });
  const operation = document.definitions.find(isOperation);
  if (!operation) throw new Error(`A fetch of ${fetch.subgraph} holds no operation.`);
  return operation;
}

function isOperation(definition: DefinitionNode): definition is OperationDefinitionNode {
  return definition.kind === Kind.OPERATION_DEFINITION;
}

function mergeVariables(operations: readonly OperationDefinitionNode[]): readonly VariableDefinitionNode[] {
  const byName = new Map<string, VariableDefinitionNode>();
  for (const operation of operations) {
    for (const definition of operation.variableDefinitions ?? []) {
      byName.set(definition.variable.name.value, definition);
    }
  }
  return [...byName.values()];
}
