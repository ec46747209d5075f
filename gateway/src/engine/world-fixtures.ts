import {
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLFieldResolver,
  Kind,
  type SelectionSetNode,
  type TypeNode,
  getNamedType,
  parse,
  visit,
} from 'graphql';
import type { Fields, TestSubgraph } from './fixtures.ts';

/** Objects that know everything, and what the root fields give: the data of one process without federation. */
export interface World {
  /** By type; those of an interface under its name too. */
  readonly objects: ReadonlyMap<string, readonly Fields[]>;
  readonly query: Fields;
  readonly mutation: Fields;
}

/** A subgraph that shows of a world what its schema has. */
export function subgraphOverWorld(name: string, sdl: string, world: World): TestSubgraph {
  const document = parse(sdl);
  const view = createView(document);
  const references = [...keysByType(document)].map(([typeName, keys]) => [
    typeName,
    {
      __resolveReference: (reference: Fields) => {
        const found = findByReference(world.objects.get(typeName) ?? [], keys, reference);
        return found ? view.seen(found, typeName, reference) : null;
      },
    },
  ]);
  const roots = {
    Query: bindRoot(document, 'Query', world.query, view),
    Mutation: bindRoot(document, 'Mutation', world.mutation, view),
  };
  const resolvers = Object.fromEntries([
    ...references,
    ...Object.entries(roots).filter(([, fields]) => Object.keys(fields).length > 0),
  ]);
  return { name, sdl, resolvers, fieldResolver: view.resolve };
}

function bindRoot(document: DocumentNode, typeName: string, root: Fields, { look, providedBy }: View) {
  const fields = fieldsOf(document).filter((field) => field.type === typeName);
  return Object.fromEntries(
    fields.map(({ name, returns }) => {
      const value = root[name];
      return [
        name,
        (_: Fields, args: Fields): unknown =>
          look(typeof value === 'function' ? value(args) : value, returns, providedBy(typeName, name)),
      ];
    }),
  );
}

type View = ReturnType<typeof createView>;

/** What a subgraph sees of the world's objects: not its external fields, unless a reference or `@provides` gives them. */
function createView(document: DocumentNode) {
  const external = new Map<string, Set<string>>();
  const provided = new Map<string, readonly string[]>();
  for (const { type, name, directives } of fieldsOf(document)) {
    if (directives.has('external')) external.set(type, (external.get(type) ?? new Set()).add(name));
    const names = directives.get('provides');
    if (names !== undefined) provided.set(`${type}.${name}`, names.split(' '));
  }
  const known = new Set(fieldsOf(document).map(({ type }) => type));
  const typeIn = (object: Fields, otherwise: string): string => {
    const typeName = String(object['__typename']);
    return known.has(typeName) ? typeName : otherwise;
  };
  const providedBy = (type: string, field: string): readonly string[] => provided.get(`${type}.${field}`) ?? [];
  const seen = (object: Fields, declaredType: string, given: Fields): Fields => {
    const typeName = typeIn(object, declaredType);
    const hidden = external.get(typeName) ?? new Set();
    const view: Record<string, unknown> = Object.create(object);
    for (const name of hidden) view[name] = undefined;
    for (const [name, value] of Object.entries(given)) {
      view[name] = hidden.has(name) ? value : completed(object[name], value);
    }
    return Object.assign(view, { __typename: typeName });
  };
  /** A field of the subgraph's own, with what a reference gives of external fields below it (`@requires(fields: "a { b }")`). */
  const completed = (own: unknown, given: unknown): unknown => {
    if (typeof own === 'function') return (args: Fields): unknown => completed(own(args), given);
    if (Array.isArray(own) && Array.isArray(given)) return own.map((item, index) => completed(item, given[index]));
    if (own === undefined) return given;
    if (!isFields(own) || !isFields(given) || own['__typename'] === undefined) return own;
    return seen(own, String(own['__typename']), given);
  };
  const look = (value: unknown, declaredType: string, given: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => look(item, declaredType, given));
    if (!isFields(value) || value['__typename'] === undefined) return value;
    return seen(value, declaredType, Object.fromEntries(given.map((name) => [name, value[name]])));
  };
  const resolve: GraphQLFieldResolver<Fields, unknown> = (source, args, _, info) => {
    const value = source[info.fieldName];
    const result: unknown = typeof value === 'function' ? value.call(source, args) : value;
    return look(result, getNamedType(info.returnType).name, providedBy(info.parentType.name, info.fieldName));
  };
  return { seen, look, providedBy, resolve };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function findByReference(
  objects: readonly Fields[],
  keys: readonly SelectionSetNode[],
  reference: Fields,
): Fields | undefined {
  return objects.find((object) => keys.some((key) => isSame(object, reference, key)));
}

/** Whether two values have the same fields of a key. */
function isSame(held: unknown, given: unknown, key: SelectionSetNode | undefined): boolean {
  const value: unknown = typeof held === 'function' ? held() : held;
  if (!key) return value === given;
  if (!isFields(value) || !isFields(given)) return false;
  return key.selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) return true;
    const { name, selectionSet } = selection;
    return given[name.value] !== undefined && isSame(value[name.value], given[name.value], selectionSet);
  });
}

/** The keys of each type that has some. */
function keysByType(document: DocumentNode): ReadonlyMap<string, readonly SelectionSetNode[]> {
  const keys = new Map<string, readonly SelectionSetNode[]>();
  for (const definition of document.definitions) {
    if (!('fields' in definition) || !('name' in definition) || !definition.name) continue;
    for (const directive of definition.directives ?? []) {
      if (directive.name.value !== 'key') continue;
      const name = definition.name.value;
      keys.set(name, [...(keys.get(name) ?? []), fieldSetOf(firstText(directive))]);
    }
  }
  return keys;
}

/** A set of fields as federation's directives write it. */
export function fieldSetOf(text: string): SelectionSetNode {
  const [definition] = parse(`{ ${text} }`).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new TypeError('No set of fields');
  return definition.selectionSet;
}

function firstText({ arguments: given }: DirectiveNode): string {
  const value = given?.[0]?.value;
  return value?.kind === Kind.STRING ? value.value : '';
}

function fieldsOf(document: DocumentNode) {
  const fields: { type: string; name: string; returns: string; directives: ReadonlyMap<string, string> }[] = [];
  const read = (type: string) => ({
    FieldDefinition(node: FieldDefinitionNode) {
      const directives = new Map(
        (node.directives ?? []).map((directive) => [directive.name.value, firstText(directive)]),
      );
      fields.push({ type, name: node.name.value, returns: namedTypeOf(node.type), directives });
      return false;
    },
  });
  for (const definition of document.definitions) {
    if ('fields' in definition && 'name' in definition && definition.name)
      visit(definition, read(definition.name.value));
  }
  return fields;
}

function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}
