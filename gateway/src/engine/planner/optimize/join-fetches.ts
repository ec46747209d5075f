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
import type { BatchFetchNode, BatchPart, FetchNode } from '../query-plan.ts';

/**
 * Makes one request of several entity fetches of one subgraph: `_entities` under an alias for each thing asked. Fetches that
 * ask the same of entities at different places share an alias, so that an entity of both is asked for once.
 */
export function joinFetches(fetches: readonly FetchNode[]): BatchFetchNode {
  const aliases = new Map<string, string>();
  const parts = fetches.map((fetch): BatchPart => {
    const question = questionOf(fetch);
    const number = aliases.get(question) ?? String(aliases.size);
    aliases.set(question, number);
    return { fetch, alias: `_${number}`, variable: `representations_${number}` };
  });
  const asking = parts.filter(({ alias }, index) => parts.findIndex((part) => part.alias === alias) === index);
  const operations = asking.map(readPart);
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

/** What a fetch asks of its entities, whatever its name and its place: equal for equal questions. */
function questionOf({ query, inputRewrites, outputRewrites }: FetchNode): string {
  return JSON.stringify([query.slice(query.indexOf('{')), inputRewrites, outputRewrites]);
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
