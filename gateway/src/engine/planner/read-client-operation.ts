import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  getNamedType,
  isInterfaceType,
  isObjectType,
  visit,
} from 'graphql';
import type { ClientOperation, ClientSelection } from './client-operation.ts';
import { readDefer, withDefer } from './deferred-fragments.ts';
import { type InclusionCondition, inclusionConditionsOf } from './inclusion-conditions.ts';
import { type OperationLimits, tooCostly, tooManySelections } from './operation-limits.ts';
import { type KeyScope, createKeyScope, innerScope, keyOfField, keyOfMutation } from './response-keys.ts';

/** What a planner gets and what the executor answers by. */
export interface ReadOperation {
  readonly operation: ClientOperation;
  /** The operation under its keys, without introspection; `undefined` when nothing is left to plan. */
  readonly planned: DocumentNode | undefined;
}

/** What decides how an operation is read. */
export interface ReadingOptions {
  readonly limits: OperationLimits;
  /** Whether the client takes parts of the answer one by one: else `@defer` says nothing. */
  readonly isIncremental: boolean;
}

/** Expands a validated operation's fragments and gives every field its key (see `ClientOperation`). */
export function readClientOperation(
  schema: GraphQLSchema,
  plannerFieldNames: ReadonlySet<string>,
  document: DocumentNode,
  definition: OperationDefinitionNode,
  { limits, isIncremental }: ReadingOptions,
): ReadOperation {
  const rootType = schema.getRootType(definition.operation);
  if (!rootType) {
    throw new GraphQLError(`Schema is not configured to execute ${definition.operation} operation.`, {
      nodes: definition,
    });
  }
  const renamedVariables = renameVariables(definition);
  const reading: Reading = {
    schema,
    plannerFieldNames,
    fragments: readFragments(document),
    definition,
    rootType,
    conditionVariables: new Set(),
    limits,
    // A subscription has an answer for each event: none of them comes in parts.
    isIncremental: isIncremental && definition.operation !== OperationTypeNode.SUBSCRIPTION,
    defers: 0,
    count: 0,
    depth: 0,
  };
  const { client, planned } = readSelections(reading, definition.selectionSet, rootType, createKeyScope());
  return {
    operation: {
      definition,
      kind: definition.operation,
      rootType,
      selections: client,
      conditionVariables: [...reading.conditionVariables],
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

/** What reading one operation needs everywhere, and what it gathers. */
interface Reading {
  readonly schema: GraphQLSchema;
  readonly plannerFieldNames: ReadonlySet<string>;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly definition: OperationDefinitionNode;
  readonly rootType: GraphQLNamedType;
  readonly conditionVariables: Set<string>;
  readonly limits: OperationLimits;
  readonly isIncremental: boolean;
  defers: number;
  count: number;
  depth: number;
}

function readSelections(
  reading: Reading,
  { selections }: SelectionSetNode,
  parent: GraphQLNamedType,
  scope: KeyScope,
): Expansion {
  const into: Expansion = { client: [], planned: [] };
  reading.depth += 1;
  reading.count += selections.length;
  refuseBeyond(reading);
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) readField(reading, selection, { parent, scope, into });
    else readFragment(reading, inlined(reading, selection), { parent, scope, into });
  }
  reading.depth -= 1;
  return into;
}

function refuseBeyond({ depth, count, limits: { maxDepth, maxSelections }, definition }: Reading): void {
  if (depth > maxDepth) {
    throw tooCostly(
      `The operation is more than ${maxDepth} levels deep.`,
      `操作的嵌套超过 ${maxDepth} 层。`,
      definition,
    );
  }
  if (count > maxSelections) throw tooManySelections(maxSelections, definition);
}

/** Where a selection stands, and what its expansion is added to. */
interface Standing {
  readonly parent: GraphQLNamedType;
  readonly scope: KeyScope;
  readonly into: Expansion;
}

function readField(reading: Reading, node: FieldNode, { parent, scope, into }: Standing): void {
  const name = node.name.value;
  const common = {
    kind: 'Field',
    responseName: node.alias?.value ?? name,
    name,
    parentType: parent.name,
    conditions: readConditions(reading, node),
    node,
  } as const;
  if (name.startsWith('__')) {
    into.client.push({ ...common, key: name, selections: undefined });
    if (name === '__typename' && parent !== reading.rootType) into.planned.push(withoutAlias(node));
    return;
  }
  const field = fieldOf(parent, node);
  const isMutation = reading.definition.operation === OperationTypeNode.MUTATION && parent === reading.rootType;
  const key = isMutation
    ? keyOfMutation(scope, node, common.responseName)
    : keyOfField(scope, node, field, reading.plannerFieldNames.has(name));
  const type = getNamedType(field.type);
  const inner = node.selectionSet && readSelections(reading, node.selectionSet, type, innerScope(scope, key));
  into.client.push({ ...common, key, selections: inner?.client });
  into.planned.push(wrapConditions(plannedField(node, key, inner?.planned)));
}

function readFragment(reading: Reading, node: InlineFragmentNode, { parent, scope, into }: Standing): void {
  const typeCondition = node.typeCondition?.name.value;
  const type = typeCondition === undefined ? parent : (reading.schema.getType(typeCondition) ?? parent);
  const inner = readSelections(reading, node.selectionSet, type, scope);
  const conditions = readConditions(reading, node);
  const deferred = reading.isIncremental ? readDefer(node, `part${reading.defers}`) : undefined;
  if (deferred) reading.defers += 1;
  if (deferred?.variable !== undefined) reading.conditionVariables.add(deferred.variable);
  into.client.push({ kind: 'Fragment', typeCondition, conditions, deferred, selections: inner.client });
  if (inner.planned.length > 0) {
    const selectionSet = { kind: Kind.SELECTION_SET, selections: inner.planned } as const;
    into.planned.push(withDefer({ ...node, selectionSet }, deferred));
  }
}

function inlined({ fragments }: Reading, node: InlineFragmentNode | FragmentSpreadNode): InlineFragmentNode {
  if (node.kind === Kind.INLINE_FRAGMENT) return node;
  const fragment = fragments.get(node.name.value);
  if (!fragment) throw new GraphQLError(`Unknown fragment "${node.name.value}".`, { nodes: node });
  const { typeCondition, selectionSet } = fragment;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives: node.directives ?? [], selectionSet };
}

function readConditions(reading: Reading, node: FieldNode | InlineFragmentNode): readonly InclusionCondition[] {
  const conditions = inclusionConditionsOf(node);
  for (const { value } of conditions) if (typeof value !== 'boolean') reading.conditionVariables.add(value.variable);
  return conditions;
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

function fieldOf(parent: GraphQLNamedType, node: FieldNode): GraphQLField<unknown, unknown> {
  const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
  const field = fields[node.name.value];
  if (!field) {
    throw new GraphQLError(`Cannot query field "${node.name.value}" on type "${parent.name}".`, { nodes: node });
  }
  return field;
}
