import {
  type FieldNode,
  type GraphQLField,
  type GraphQLOutputType,
  isCompositeType,
  isListType,
  isNonNullType,
  print,
} from 'graphql';

/** The keys given at one place of the answer. */
export interface KeyScope {
  readonly bySignature: Map<string, string>;
  readonly inner: Map<string, KeyScope>;
}

/** A place where no key is given yet. */
export function createKeyScope(): KeyScope {
  return { bySignature: new Map(), inner: new Map() };
}

/** The place inside a field. */
export function innerScope(scope: KeyScope, key: string): KeyScope {
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
export function keyOfField(
  scope: KeyScope,
  node: FieldNode,
  { type, args }: GraphQLField<unknown, unknown>,
  isPlanners: boolean,
): string {
  const given = (node.arguments ?? []).map((argument) => print(argument)).join(', ');
  const directives = keptDirectives(node);
  const isPlain = args.length === 0 && directives === '';
  return giveKey(scope, `(${given})${directives} ${responseShape(type)}`, node.name.value, isPlain || !isPlanners);
}

/** Every mutation the client names is one call, even with equal arguments. */
export function keyOfMutation(scope: KeyScope, node: FieldNode, responseName: string): string {
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

function keptDirectives(node: FieldNode): string {
  return (node.directives ?? [])
    .filter(({ name }) => name.value !== 'skip' && name.value !== 'include')
    .map((directive) => print(directive))
    .join(' ');
}
