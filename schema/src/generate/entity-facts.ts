import { Kind, parse } from 'graphql';
import type { ConstDirectiveNode, DocumentNode, FieldDefinitionNode, TypeDefinitionNode } from 'graphql';
import { isTypeDefinitionNode } from 'graphql';

/** What federation says about one object or interface type of a subgraph. */
export interface EntityFacts {
  readonly name: string;
  /** Field names of each @key, resolvable or not; empty when the type is no entity. */
  readonly keys: readonly (readonly string[])[];
  /** Whether another subgraph may ask for it by key: some @key is resolvable. */
  readonly resolvable: boolean;
  /** Fields that another subgraph owns. */
  readonly external: readonly string[];
  readonly fields: readonly string[];
}

/** Reads the keys and external fields of every object and interface type of a subgraph's SDL. */
export function readEntityFacts(document: DocumentNode): ReadonlyMap<string, EntityFacts> {
  const facts = new Map<string, EntityFacts>();
  for (const type of document.definitions.filter(isTypeDefinitionNode)) {
    if (type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      facts.set(type.name.value, factsOf(type, type.fields ?? []));
    }
  }
  return facts;
}

function factsOf(type: TypeDefinitionNode, fields: readonly FieldDefinitionNode[]): EntityFacts {
  const keys = directivesOf(type, 'key');
  const isExternal = directivesOf(type, 'external').length > 0;
  const external = fields.filter((field) => isExternal || directivesOf(field, 'external').length > 0);
  return {
    name: type.name.value,
    keys: keys.map(keyFields),
    resolvable: keys.some(isResolvable),
    external: external.map((field) => field.name.value),
    fields: fields.map((field) => field.name.value),
  };
}

/** Names of all fields that are part of some @key of a type. */
export function keyFieldsOf(type: TypeDefinitionNode): readonly string[] {
  return directivesOf(type, 'key').flatMap(keyFields);
}

function directivesOf(node: { readonly directives?: readonly ConstDirectiveNode[] }, name: string) {
  return (node.directives ?? []).filter((directive) => directive.name.value === name);
}

function keyFields(key: ConstDirectiveNode): readonly string[] {
  const value = key.arguments?.find(({ name }) => name.value === 'fields')?.value;
  if (value?.kind !== Kind.STRING) return [];
  const [selection] = parse(`{ ${value.value} }`).definitions;
  if (selection?.kind !== Kind.OPERATION_DEFINITION) return [];
  return selection.selectionSet.selections.flatMap((field) => (field.kind === Kind.FIELD ? [field.name.value] : []));
}

function isResolvable(key: ConstDirectiveNode): boolean {
  const value = key.arguments?.find(({ name }) => name.value === 'resolvable')?.value;
  return !(value?.kind === Kind.BOOLEAN && !value.value);
}
