import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  print,
  visit,
} from 'graphql';
import type { ClientOperation, ClientSelection, InclusionCondition } from './client-operation.ts';

/** What a planner gets and what the executor answers by. */
export interface ReadOperation {
  readonly operation: ClientOperation;
  /** The operation under its keys, without introspection; `undefined` when nothing is left to plan. */
  readonly planned: DocumentNode | undefined;
}

/** More selections than this, fragments expanded, are no honest operation; the planner would need minutes. */
const MAX_SELECTIONS = 100_000;

/** Expands a validated operation's fragments and gives every field its key (see `ClientOperation`). */
export function readClientOperation(
  schema: GraphQLSchema,
  plannerFieldNames: ReadonlySet<string>,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): ReadOperation {
  const rootType = schema.getRootType(definition.operation);
  if (!rootType) {
    throw new GraphQLError(`Schema is not configured to execute ${definition.operation} operation.`, {
      nodes: definition,
    });
  }
  const renamedVariables = renameVariables(definition);
  const reader = createReader(schema, plannerFieldNames, document, definition);
  const { client, planned } = reader.read(definition.selectionSet, rootType, createKeyScope());
  return {
    operation: {
      definition,
      kind: definition.operation,
      rootType,
      selections: client,
      conditionVariables: reader.conditionVariables(),
      renamedVariables,
    },
    planned: planned.length === 0 ? undefined : plannedDocument(definition, planned, renamedVariables),
  };
}

function plannedDocument(
  definition: OperationDefinitionNode,
  selections: readonly SelectionNode[],
  renamed: ReadonlyMap<string, string>,
): DocumentNode {
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [{ ...definition, selectionSet: { kind: Kind.SELECTION_SET, selections } }],
  };
  if (renamed.size === 0) return document;
  const byOriginal = new Map([...renamed].map(([to, from]) => [from, to]));
  return visit(document, {
    Variable(node) {
      const to = byOriginal.get(node.name.value);
      return to === undefined ? undefined : { ...node, name: { ...node.name, value: to } };
    },
  });
}

/** Names that fetches use for themselves must not be a client's: `representations…`, `contextualArgument…`. */
function renameVariables(definition: OperationDefinitionNode): ReadonlyMap<string, string> {
  const names = (definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  const taken = names.filter((name) => /^(representations|contextualArgument)/.test(name));
  return new Map(taken.map((name) => [`client__${name}`, name]));
}

interface Expansion {
  readonly client: ClientSelection[];
  readonly planned: SelectionNode[];
}

function createReader(
  schema: GraphQLSchema,
  plannerFieldNames: ReadonlySet<string>,
  document: DocumentNode,
  definition: OperationDefinitionNode,
) {
  const fragments = readFragments(document);
  const conditionVariables = new Set<string>();
  const mutationType = definition.operation === OperationTypeNode.MUTATION ? schema.getMutationType() : undefined;
  let count = 0;

  function read(selectionSet: SelectionSetNode, parent: GraphQLNamedType, scope: KeyScope): Expansion {
    const into: Expansion = { client: [], planned: [] };
    for (const selection of selectionSet.selections) {
      count += 1;
      if (count > MAX_SELECTIONS) {
        throw new GraphQLError(`Operation has more than ${MAX_SELECTIONS} selections.`, { nodes: definition });
      }
      switch (selection.kind) {
        case Kind.FIELD:
          readField(selection, parent, scope, into);
          break;
        case Kind.INLINE_FRAGMENT:
          readFragment(selection, parent, scope, into);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const fragment = fragments.get(selection.name.value);
          if (!fragment) throw new GraphQLError(`Unknown fragment "${selection.name.value}".`, { nodes: selection });
          const { typeCondition, selectionSet: inner } = fragment;
          const directives = selection.directives ?? [];
          const inlined = { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet: inner } as const;
          readFragment(inlined, parent, scope, into);
          break;
        }
      }
    }
    return into;
  }

  function readField(node: FieldNode, parent: GraphQLNamedType, scope: KeyScope, into: Expansion): void {
    const name = node.name.value;
    const responseName = node.alias?.value ?? name;
    const parentType = parent.name;
    const common = { kind: 'Field', responseName, name, parentType, conditions: readConditions(node), node } as const;
    if (name.startsWith('__')) {
      into.client.push({ ...common, key: name, selections: undefined });
      if (name === '__typename' && !isRootType(parent)) into.planned.push(withoutAlias(node));
      return;
    }
    const field = fieldOf(parent, node);
    const key =
      parent === mutationType
        ? keyOfMutation(scope, node, responseName)
        : keyOfField(scope, node, field, plannerFieldNames.has(name));
    const inner = node.selectionSet && read(node.selectionSet, getNamedType(field.type), innerScope(scope, key));
    into.client.push({ ...common, key, selections: inner?.client });
    into.planned.push(wrapConditions(plannedField(node, key, inner?.planned)));
  }

  function readFragment(node: InlineFragmentNode, parent: GraphQLNamedType, scope: KeyScope, into: Expansion): void {
    const typeCondition = node.typeCondition?.name.value;
    const type = typeCondition === undefined ? parent : (schema.getType(typeCondition) ?? parent);
    const inner = read(node.selectionSet, type, scope);
    into.client.push({
      kind: 'Fragment',
      typeCondition,
      conditions: readConditions(node),
      selections: inner.client,
    });
    if (inner.planned.length > 0) {
      into.planned.push({ ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: inner.planned } });
    }
  }

  function readConditions(node: FieldNode | InlineFragmentNode): readonly InclusionCondition[] {
    const conditions: InclusionCondition[] = [];
    for (const { name, arguments: given } of node.directives ?? []) {
      if (name.value !== 'skip' && name.value !== 'include') continue;
      const value = given?.[0]?.value;
      const wanted = name.value === 'include';
      if (value?.kind === Kind.VARIABLE) {
        conditionVariables.add(value.name.value);
        conditions.push({ wanted, value: { variable: value.name.value } });
      } else if (value?.kind === Kind.BOOLEAN) {
        conditions.push({ wanted, value: value.value });
      }
    }
    return conditions;
  }

  const isRootType = (type: GraphQLNamedType): boolean => type === schema.getRootType(definition.operation);
  return { read, conditionVariables: (): readonly string[] => [...conditionVariables] };
}

/** A nested selection that holds nothing but introspection of the root type still needs the object to be asked for. */
function plannedField(node: FieldNode, key: string, selections: readonly SelectionNode[] | undefined): FieldNode {
  const plain = withoutAlias(node);
  const named: FieldNode = key === node.name.value ? plain : { ...plain, alias: { kind: Kind.NAME, value: key } };
  if (!selections) return named;
  const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
  const asked = selections.length === 0 ? [typename] : selections;
  return { ...named, selectionSet: { kind: Kind.SELECTION_SET, selections: asked } };
}

/**
 * A field with a condition and fields inside becomes a field in a fragment with the condition. Otherwise
 * `@apollo/query-planner` takes a condition inside for one of the whole field, and `{ a @skip(if: $x) { b @skip(if: $y) } }`
 * has no `a` when only `b` is skipped.
 */
function wrapConditions(node: FieldNode): SelectionNode {
  const conditions = (node.directives ?? []).filter(({ name }) => name.value === 'skip' || name.value === 'include');
  if (!node.selectionSet || conditions.length === 0) return node;
  const directives = (node.directives ?? []).filter((directive) => !conditions.includes(directive));
  const selectionSet = { kind: Kind.SELECTION_SET, selections: [{ ...node, directives }] } as const;
  return { kind: Kind.INLINE_FRAGMENT, directives: conditions, selectionSet };
}

function withoutAlias({ alias: _alias, ...node }: FieldNode): FieldNode {
  return node;
}

function readFragments(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

type Field = GraphQLField<unknown, unknown>;

function fieldOf(parent: GraphQLNamedType, node: FieldNode): Field {
  const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
  const field = fields[node.name.value];
  if (!field) {
    throw new GraphQLError(`Cannot query field "${node.name.value}" on type "${parent.name}".`, { nodes: node });
  }
  return field;
}

function keptDirectives(node: FieldNode): string {
  return (node.directives ?? [])
    .filter(({ name }) => name.value !== 'skip' && name.value !== 'include')
    .map((directive) => print(directive))
    .join(' ');
}

/** The keys given at one place of the answer. */
interface KeyScope {
  readonly bySignature: Map<string, string>;
  readonly inner: Map<string, KeyScope>;
}

const createKeyScope = (): KeyScope => ({ bySignature: new Map(), inner: new Map() });

function innerScope(scope: KeyScope, key: string): KeyScope {
  const known = scope.inner.get(key);
  if (known) return known;
  const created = createKeyScope();
  scope.inner.set(key, created);
  return created;
}

/**
 * One key per field name, arguments and response shape (GraphQL §5.3.2) at a place. A field that takes no arguments keeps
 * its name, so that it is the same as a planner's own key field; one that takes arguments does too if no planner ever
 * asks it.
 */
function keyOfField(scope: KeyScope, node: FieldNode, { type, args }: Field, isPlanners: boolean): string {
  const given = (node.arguments ?? []).map((argument) => print(argument)).join(', ');
  const directives = keptDirectives(node);
  const isPlain = args.length === 0 && directives === '';
  return giveKey(scope, `(${given})${directives} ${responseShape(type)}`, node.name.value, isPlain || !isPlanners);
}

/** Every mutation the client names is one call, even with equal arguments. */
function keyOfMutation(scope: KeyScope, node: FieldNode, responseName: string): string {
  return giveKey(scope, ` as ${responseName}`, node.name.value, true);
}

function giveKey(scope: KeyScope, details: string, name: string, mayBePlain: boolean): string {
  const signature = name + details;
  const known = scope.bySignature.get(signature);
  if (known !== undefined) return known;
  const taken = new Set(scope.bySignature.values());
  if (!mayBePlain) taken.add(name);
  let key = name;
  for (let n = 1; taken.has(key); n += 1) key = `${name}__${n}`;
  scope.bySignature.set(signature, key);
  return key;
}

function responseShape(type: GraphQLOutputType): string {
  if (isNonNullType(type)) return `${responseShape(type.ofType)}!`;
  if (isListType(type)) return `[${responseShape(type.ofType)}]`;
  return isCompositeType(type) ? '{}' : type.name;
}
