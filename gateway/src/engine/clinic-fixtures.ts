import {
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLFieldResolver,
  Kind,
  getNamedType,
  parse,
  visit,
} from 'graphql';
import { createWorld } from './clinic-world-fixtures.ts';
import type { Fields, TestSubgraph } from './fixtures.ts';

/**
 * A small region over four subgraphs that uses what Federation 2 offers: several, composite and nested keys, `@requires`
 * (nested, with arguments, across two hops), `@provides`, `@shareable` value types split between subgraphs,
 * `@interfaceObject`, unions and enums that differ by subgraph, lists of lists and nulls in lists.
 */
export const clinicSdl = {
  places: `
    type Query {
      institution(id: ID!): Institution
      institutions(first: Int = 10, kinds: [Kind!]): [Institution!]!
      encounters: [Encounter]!
      encounter(id: ID!): Encounter
      search(text: String!): [Result!]!
      now: String! @shareable
    }
    enum Kind { HOSPITAL CLINIC }
    enum Mark { GOOD BAD HIDDEN @inaccessible }
    union Result = Institution | Stay | Note
    type Note { text: String! mark: Mark }
    type Address @shareable { street: String! }
    type Institution @key(fields: "id") @key(fields: "code") {
      id: ID! code: String kind: Kind! name: String! address: Address @shareable parent: Institution secret: String @inaccessible
      doctors: [Doctor] rota: [[Doctor!]!] head: Doctor @provides(fields: "name") encounters(kind: String): [Encounter!]
    }
    type Doctor @key(fields: "licence { country no }") { licence: Licence! name: String! @external }
    type Licence @shareable { country: String! no: Int! }
    interface Encounter @key(fields: "id") { id: ID! place: Institution! resident: Resident cost(currency: String = "CNY"): Float }
    type Stay implements Encounter @key(fields: "id") {
      id: ID! place: Institution! resident: Resident cost(currency: String = "CNY"): Float bed: Int
    }
    type Visit implements Encounter @key(fields: "id") {
      id: ID! place: Institution! resident: Resident cost(currency: String = "CNY"): Float room: String
    }
    type Resident @key(fields: "id") { id: ID! }`,
  people: `
    type Query { doctor(no: Int!): Doctor now: String! @shareable }
    type Doctor @key(fields: "licence { country no }") @key(fields: "id") {
      id: ID! licence: Licence! name: String! @shareable workload: Int signed: Int @external
      load: Float @requires(fields: "signed") works: [Institution!]
    }
    type Licence @shareable { country: String! no: Int! }
    type Address @shareable { street: String! city: String! }
    type Institution @key(fields: "id") { id: ID! staff: [Doctor!] address: Address @shareable name: String! @external
      sign: String @requires(fields: "name") }
    type Resident @key(fields: "id") { id: ID! teamNo: Int @external team: Doctor @requires(fields: "teamNo") }`,
  money: `
    type Query { claims: [Claim!]! }
    type Claim @key(fields: "id") { id: ID! encounter: Encounter resident: Resident! payer: Payer amount: Float! }
    union Payer = Fund | Resident
    type Fund { title: String! }
    type Encounter @key(fields: "id") @interfaceObject {
      id: ID! claim: Claim cost(currency: String = "CNY"): Float @external paid: Float @requires(fields: "cost(currency: \\"USD\\")")
    }
    type Institution @key(fields: "code") { code: String claims: [Claim!]! designated: Boolean! }
    type Resident @key(fields: "id") { id: ID! status: String @external packages: [Package] @external
      cap(year: Int!): Int @requires(fields: "status packages { code }") psnNo: String @inaccessible }
    type Package @key(fields: "code") { code: ID! benefit: String }`,
  health: `
    type Query { resident(id: ID!): Resident residents: [Resident] now: String! @shareable }
    type Mutation { sign(resident: ID!): Resident note(text: String!): Int! }
    type Resident @key(fields: "id") {
      id: ID! name: String! status: String packages: [Package] teamNo: Int @inaccessible mother: Resident friends: [[Resident]]
      psnNo: String @external card: String @requires(fields: "psnNo")
    }
    type Package @key(fields: "code") { code: ID! title: String! }
    type Doctor @key(fields: "id") { id: ID! signed: Int patients: [Resident!]! }
    type Encounter @key(fields: "id") @interfaceObject { id: ID! followUps(first: Int): [String!]! }
    enum Mark { GOOD BAD UNKNOWN }
    type Survey { mark: Mark! }
    extend type Query { survey: Survey }`,
} as const;

/** The four subgraphs over one world. */
export function clinicSubgraphs(world = createWorld()): readonly TestSubgraph[] {
  return Object.entries(clinicSdl).map(([name, sdl]) => {
    const document = parse(sdl);
    const view = createView(document);
    const entities = keyedTypes(document);
    const references = [...entities].map((typeName) => [
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
  });
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
  const keys = ['id', 'code', 'licence'].filter((key) => reference[key] !== undefined);
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
