import {
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLFieldResolver,
  Kind,
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

/** Fields by which worlds' entities are found. */
const keyNames: readonly string[] = ['id', 'code', 'licence', 'k1', 'k2', 'ref'];

/** A subgraph that shows of a world what its schema has. */
export function subgraphOverWorld(name: string, sdl: string, world: World): TestSubgraph {
  const document = parse(sdl);
  const view = createView(document);
  const references = [...keyedTypes(document)].map((typeName) => [
    typeName,
    {
      __resolveReference: (reference: Fields) => {
        const found = findByReference(world.objects.get(typeName) ?? [], reference);
        return found ? view.seen(found, typeName, reference) : null;
      },
    },
  ]);
  const roots = {
    Query: bindRoot(document, 'Query', world.query),
    Mutation: bindRoot(document, 'Mutation', world.mutation),
  };
  const resolvers = Object.fromEntries([
    ...references,
    ...Object.entries(roots).filter(([, fields]) => Object.keys(fields).length > 0),
  ]);
  return { name, sdl, resolvers, fieldResolver: view.resolve };
}

function bindRoot(document: DocumentNode, typeName: string, root: Fields) {
  const fields = fieldsOf(document).filter((field) => field.type === typeName);
  return Object.fromEntries(
    fields.map(({ name }) => {
      const value = root[name];
      return [name, (_: Fields, args: Fields): unknown => (typeof value === 'function' ? value(args) : value)];
    }),
  );
}

/** What a subgraph sees of the world's objects: not its external fields, unless a reference or `@provides` gives them. */
function createView(document: DocumentNode) {
  const external = new Map<string, Set<string>>();
  const provided = new Map<string, string>();
  for (const { type, name, directives } of fieldsOf(document)) {
    if (directives.has('external')) external.set(type, (external.get(type) ?? new Set()).add(name));
    provided.set(`${type}.${name}`, directives.get('provides') ?? '');
  }
  const known = new Set(fieldsOf(document).map(({ type }) => type));
  const typeIn = (object: Fields, otherwise: string): string => {
    const typeName = String(object['__typename']);
    return known.has(typeName) ? typeName : otherwise;
  };
  const seen = (object: Fields, declaredType: string, given: Fields): Fields => {
    const typeName = typeIn(object, declaredType);
    const view: Record<string, unknown> = Object.create(object);
    for (const name of external.get(typeName) ?? []) view[name] = undefined;
    return Object.assign(view, given, { __typename: typeName });
  };
  const look = (value: unknown, declaredType: string, given: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => look(item, declaredType, given));
    if (!isFields(value) || value['__typename'] === undefined) return value;
    return seen(value, declaredType, Object.fromEntries(given.map((name) => [name, value[name]])));
  };
  const resolve: GraphQLFieldResolver<Fields, unknown> = (source, args, _, info) => {
    const value = source[info.fieldName];
    const result: unknown = typeof value === 'function' ? value.call(source, args) : value;
    const given = provided.get(`${info.parentType.name}.${info.fieldName}`) ?? '';
    return look(result, getNamedType(info.returnType).name, given === '' ? [] : given.split(' '));
  };
  return { seen, resolve };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function findByReference(objects: readonly Fields[], reference: Fields): Fields | undefined {
  const keys = keyNames.filter((key) => reference[key] !== undefined);
  return objects.find((object) => keys.every((key) => contains(object[key], reference[key])));
}

function contains(value: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null || typeof value !== 'object' || value === null) return value === part;
  return Object.entries(part).every(([key, inner]) => contains(Reflect.get(value, key), inner));
}

function keyedTypes(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    if (definition.directives?.some(({ name }) => name.value === 'key')) names.add(definition.name.value);
  }
  return names;
}

function fieldsOf(document: DocumentNode) {
  const fields: { type: string; name: string; directives: ReadonlyMap<string, string> }[] = [];
  const read = (type: string) => ({
    FieldDefinition(node: FieldDefinitionNode) {
      const directives = new Map(
        (node.directives ?? []).map(({ name, arguments: given }) => {
          const value = given?.[0]?.value;
          return [name.value, value?.kind === Kind.STRING ? value.value : ''];
        }),
      );
      fields.push({ type, name: node.name.value, directives });
      return false;
    },
  });
  for (const definition of document.definitions) {
    if ('fields' in definition && 'name' in definition && definition.name)
      visit(definition, read(definition.name.value));
  }
  return fields;
}
