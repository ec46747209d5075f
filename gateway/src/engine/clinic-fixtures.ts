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

type World = ReadonlyMap<string, readonly Fields[]>;

const call = (value: unknown): unknown => (typeof value === 'function' ? value() : value);

/** The region's data: objects that know everything; a subgraph shows what its schema has. */
export function createWorld(): { readonly objects: World; readonly query: Fields; readonly mutation: Fields } {
  const doctors: Fields[] = [];
  const residents: Fields[] = [];
  const institutions: Fields[] = [];
  const encounters: Fields[] = [];
  const claims: Fields[] = [];
  const packages = ['basic', 'child', 'elder'].map((code) => ({
    __typename: 'Package',
    code,
    title: `Package ${code}`,
    benefit: code === 'child' ? null : `half off ${code}`,
  }));
  for (let no = 1; no <= 4; no += 1) {
    doctors.push({
      __typename: 'Doctor',
      id: `pr_${no}`,
      licence: { __typename: 'Licence', country: no % 2 ? 'CN' : 'HK', no },
      name: `Dr ${no}`,
      workload: no === 3 ? null : no * 7,
      signed: no * 100,
      load(this: Fields) {
        return Number(this['signed']) / 8;
      },
      works: () => institutions.filter((_, index) => index % no === 0),
      patients: () => residents.filter((_, index) => index % 4 === no - 1),
    });
  }
  for (let no = 1; no <= 5; no += 1) {
    residents.push({
      __typename: 'Resident',
      id: `rs_${no}`,
      name: `Resident ${no}`,
      status: no === 2 ? null : no % 2 ? 'SIGNED' : 'ENDED',
      packages: no === 4 ? null : packages.slice(0, no % 4).flatMap((one) => (no === 3 ? [one, null] : [one])),
      teamNo: no === 5 ? null : no,
      psnNo: `psn${no}`,
      card(this: Fields) {
        return `card of ${String(this['psnNo'])}`;
      },
      team(this: Fields) {
        return this['teamNo'] === null ? null : doctors[Number(this['teamNo']) - 1];
      },
      cap(this: Fields, { year }: Fields) {
        const list = this['packages'];
        const held = Array.isArray(list) ? list.filter((one) => one !== null).map((one: Fields) => one['code']) : [];
        return Number(year) + (this['status'] === 'SIGNED' ? 300 : 0) + held.join('').length;
      },
      mother: () => residents[no] ?? null,
      friends: () => [[residents[0], null], [], residents.slice(0, no % 3)],
    });
  }
  for (let no = 1; no <= 4; no += 1) {
    institutions.push({
      __typename: 'Institution',
      id: `in_${no}`,
      code: `H${no}`,
      kind: no % 2 ? 'HOSPITAL' : 'CLINIC',
      name: `Institution ${no}`,
      secret: 'secret',
      address: no === 2 ? null : { __typename: 'Address', street: `Street ${no}`, city: `City ${no % 2}` },
      sign(this: Fields) {
        return `*${String(this['name'])}*`;
      },
      parent: () => (no === 1 ? null : institutions[0]),
      doctors: () => [doctors[no - 1], null, doctors[0]],
      rota: () => [[doctors[0], doctors[1]], [], [doctors[no - 1]]],
      head: () => (no === 4 ? null : doctors[no]),
      staff: () => doctors.slice(0, no),
      encounters: ({ kind }: Fields) =>
        encounters.filter(
          (one) => call(one['place']) === institutions[no - 1] && (!kind || one['__typename'] === kind),
        ),
      designated: no !== 3,
      claims: () => claims.filter((_, index) => index % 4 === no - 1),
    });
  }
  for (let no = 1; no <= 6; no += 1) {
    encounters.push({
      __typename: no % 2 ? 'Stay' : 'Visit',
      id: `en_${no}`,
      place: () => institutions[no % 4],
      resident: () => (no === 3 ? null : residents[no % 5]),
      cost: ({ currency }: Fields) => (no === 5 ? null : currency === 'USD' ? no : no * 7),
      paid(this: Fields) {
        const { cost } = this;
        const dollars: unknown = typeof cost === 'function' ? cost.call(this, { currency: 'USD' }) : cost;
        return dollars === null ? null : Number(dollars) / 2;
      },
      bed: no,
      room: no === 2 ? null : `R${no}`,
      claim: () => claims[no - 1] ?? null,
      followUps: ({ first }: Fields) => ['a', 'b', 'c'].slice(0, typeof first === 'number' ? first : no % 3),
    });
  }
  for (let no = 1; no <= 5; no += 1) {
    claims.push({
      __typename: 'Claim',
      id: `cl_${no}`,
      encounter: () => (no === 4 ? null : encounters[no]),
      resident: () => residents[no - 1],
      payer: () => (no % 2 ? residents[no - 1] : { __typename: 'Fund', title: `Fund ${no}` }),
      amount: no * 11.5,
    });
  }
  const byId = (list: readonly Fields[]) => (args: Fields) => list.find(({ id }) => id === args['id']) ?? null;
  const note = { __typename: 'Note', text: 'A note', mark: 'GOOD' };
  const log: unknown[] = [];
  return {
    objects: new Map([
      ['Doctor', doctors],
      ['Resident', residents],
      ['Institution', institutions],
      ['Encounter', encounters],
      ['Stay', encounters],
      ['Visit', encounters],
      ['Claim', claims],
      ['Package', packages],
    ]),
    query: {
      institution: byId(institutions),
      institutions: ({ first, kinds }: Fields) =>
        institutions.filter(({ kind }) => !Array.isArray(kinds) || kinds.includes(kind)).slice(0, Number(first)),
      encounters: () => [...encounters.slice(0, 3), null, ...encounters.slice(3)],
      encounter: byId(encounters),
      search: ({ text }: Fields) => [institutions[0], encounters[0], note, institutions[Number(text)] ?? note],
      doctor: ({ no }: Fields) => doctors[Number(no) - 1] ?? null,
      claims: () => claims,
      resident: byId(residents),
      residents: () => [residents[0], null, ...residents.slice(1)],
      survey: { __typename: 'Survey', mark: 'UNKNOWN' },
      now: 'now',
    },
    mutation: {
      sign: byIdArgument(residents, 'resident'),
      note: ({ text }: Fields) => log.push(text),
    },
  };
}

const byIdArgument = (list: readonly Fields[], argument: string) => (args: Fields) =>
  list.find(({ id }) => id === args[argument]) ?? null;

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
