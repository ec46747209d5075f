import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  type TypeNode,
  parse,
} from 'graphql';
import { inclusionConditionsOf } from './inclusion-conditions.ts';
import type { AskedField } from './known-fields.ts';
import type { FetchNode } from './query-plan.ts';

/** Which variables of `@skip` and `@include` are true. */
export type TrueConditions = ReadonlySet<string>;

/** Reads what a fetch asks where these conditions hold: of the root, or of its entities. */
export type AskedFieldsReader = (fetch: FetchNode, conditions: TrueConditions) => readonly AskedField[];

/** Makes the reader for the fetches of a supergraph's plans. */
export function createAskedFieldsReader(supergraph: DocumentNode): AskedFieldsReader {
  const typesOfFields = readTypesOfFields(supergraph);

  function readFields(
    { selections }: SelectionSetNode,
    typeName: string,
    conditions: TrueConditions,
  ): readonly AskedField[] {
    return selections.flatMap((selection): readonly AskedField[] => {
      if (!isIncluded(selection, (name) => conditions.has(name)) || selection.kind === Kind.FRAGMENT_SPREAD) return [];
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        return readFields(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, conditions);
      }
      const { name, alias, selectionSet } = selection;
      const innerType = typesOfFields.get(`${typeName}.${name.value}`) ?? '';
      const inner = selectionSet && readFields(selectionSet, innerType, conditions);
      return [{ typeName, name: name.value, key: alias?.value ?? name.value, inner }];
    });
  }

  function readOperation(
    { selectionSet, operation }: OperationDefinitionNode,
    isOfEntities: boolean,
    conditions: TrueConditions,
  ) {
    const fields = readFields(selectionSet, rootTypes[operation], conditions);
    return isOfEntities ? fields.flatMap(({ inner }) => inner ?? []) : fields;
  }

  const parsed = new WeakMap<FetchNode, OperationDefinitionNode>();
  const unconditional = new WeakMap<FetchNode, readonly AskedField[]>();
  return (fetch, conditions) => {
    const known = unconditional.get(fetch);
    if (known) return known;
    const operation = parsed.get(fetch) ?? parseOperation(fetch);
    parsed.set(fetch, operation);
    const asked = readOperation(operation, fetch.requires !== undefined, conditions);
    if (!/@(?:skip|include)\b/.test(fetch.query)) unconditional.set(fetch, asked);
    return asked;
  };
}

/** Parses what a fetch asks. */
export function parseOperation({ query, subgraph }: FetchNode): OperationDefinitionNode {
  const operation = parse(query, { noLocation: true }).definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation) throw new Error(`A fetch of ${subgraph} holds no operation.`);
  return operation;
}

/** A composed supergraph names its roots so. */
const rootTypes: Readonly<Record<OperationTypeNode, string>> = {
  [OperationTypeNode.QUERY]: 'Query',
  [OperationTypeNode.MUTATION]: 'Mutation',
  [OperationTypeNode.SUBSCRIPTION]: 'Subscription',
};

/** Variables by which `@skip` and `@include` of a fetch decide. */
export function conditionVariablesOf({ query }: FetchNode): readonly string[] {
  return [...query.matchAll(/@(?:skip|include)\(if:\s*\$(\w+)\)/g)].flatMap(([, name]) => name ?? []);
}

/** Whether `@skip` and `@include` leave a selection in, where these variables are true. */
export function isIncluded(selection: SelectionNode, isTrue: (variable: string) => boolean): boolean {
  return inclusionConditionsOf(selection).every(
    ({ wanted, value }) => (typeof value === 'boolean' ? value : isTrue(value.variable)) === wanted,
  );
}

function readTypesOfFields(document: DocumentNode): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const { name, type } of definition.fields ?? [])
      types.set(`${definition.name.value}.${name.value}`, named(type));
  }
  return types;
}

function named(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type);
}
