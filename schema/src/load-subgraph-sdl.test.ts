import { composeServices as composeWithApollo } from '@apollo/composition';
import { parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { composeSubgraphs } from './compose.ts';
import { expandSubgraphSdl } from './load-subgraph-sdl.ts';

const places = `
"Root 根"
type Query {
  "Institutions 机构"
  institutions(where: InstitutionFilter, orderBy: [InstitutionOrder!], first: Int = 50, after: String): InstitutionConnection!
}
"Level 级别"
enum InstitutionLevel { "Level one 一级" L1 "Level two 二级" L2 }
"Institution 机构"
type Institution @key(fields: "id") @key(fields: "providerCode") {
  "Id 标识"
  id: ID!
  "Provider code 定点编码"
  providerCode: String
  "Name 名称"
  name: String! @filterable @sortable
  "Level 级别"
  level: InstitutionLevel! @filterable
  "Class 类别"
  class: Coded! @filterable(as: "classCode")
  "Parent 上级机构"
  parent: Institution @filterable(as: "parentId")
}
`;

const care = `
extend type Query {
  "Encounters 就诊"
  encounters(where: EncounterFilter, first: Int = 50, after: String): EncounterConnection @personal(class: H)
}
"Encounter 就诊"
interface Encounter @key(fields: "id") @residentOwned {
  "Id 就诊标识"
  id: ID! @personal(class: Q)
  "Start 开始时间"
  startedAt: DateTime @personal(class: Q) @filterable
}
"Outpatient visit 门诊"
type OutpatientVisit implements Encounter @key(fields: "id") @residentOwned {
  "Id 就诊标识"
  id: ID! @personal(class: Q)
  "Start 开始时间"
  startedAt: DateTime @personal(class: Q)
}
`;

const money = `
type Query {
  "Claim 结算"
  claim(id: ID!): Claim @personal(class: F)
}
"Encounter 就诊"
type Encounter @interfaceObject @key(fields: "id") @residentOwned {
  "Id 就诊标识"
  id: ID! @personal(class: Q)
  "Claim 结算"
  claim: Claim @personal(class: F)
}
"Institution 机构"
type Institution @key(fields: "providerCode") {
  "Provider code 定点编码"
  providerCode: String
  "Level 级别"
  level: InstitutionLevel! @external
  "Claims 结算"
  claims(first: Int = 50, after: String): ClaimConnection @personal(class: F) @requires(fields: "level")
}
"Level 级别"
enum InstitutionLevel { "Level one 一级" L1 "Level two 二级" L2 }
"Claim 结算"
type Claim @key(fields: "id") @residentOwned {
  "Id 标识"
  id: ID! @personal(class: F)
}
`;

function expand(...texts: readonly string[]): string {
  return expandSubgraphSdl(texts.map((text, at) => ({ path: `area-${at + 1}.graphql`, text })));
}

function definition(sdl: string, name: string): string {
  const found = parse(sdl).definitions.find((node) => 'name' in node && node.name?.value === name);
  return found === undefined ? 'not defined' : print(found);
}

test('a connection of data that is not personal has items that are never null', () => {
  expect(definition(expand(places), 'InstitutionConnection')).toMatchInlineSnapshot(`
    ""A page 分页列表 of Institution."
    type InstitutionConnection @shareable {
      "The items 条目 of this page."
      nodes: [Institution!]!
      "The items with their cursors 带游标的条目."
      edges: [InstitutionEdge!]!
      "Where the page ends 分页信息."
      pageInfo: PageInfo!
      "How many items there are on all pages 总数; counted only when asked for."
      totalCount: Int!
    }"
  `);
});

test('the arguments of a connection are described once, here, unless the field says more', () => {
  const spoken = places.replace('first: Int = 50', '"Page size 每页条数; the desk shows 20." first: Int = 50');
  expect(definition(expand(spoken), 'Query')).toMatchInlineSnapshot(`
    ""Root 根"
    type Query {
      "Institutions 机构"
      institutions(
        "Conditions 筛选条件; all that are given must hold."
        where: InstitutionFilter
        "Order 排序, the first named first; the key is always added last."
        orderBy: [InstitutionOrder!]
        "Page size 每页条数; the desk shows 20."
        first: Int = 50
        "Cursor 游标 of the last item seen: \`pageInfo.endCursor\` of the page before."
        after: String
      ): InstitutionConnection!
    }"
  `);
});

test('a connection of a resident-owned interface has nullable items, so that a refused one costs only itself', () => {
  const sdl = expand(places, care);
  expect(definition(sdl, 'EncounterConnection')).toContain('nodes: [Encounter]!');
  expect(definition(sdl, 'EncounterEdge')).toContain('node: Encounter\n');
});

test('a filter has the filterable fields, coded ones as text, references as ids, enums with a filter of their own', () => {
  const sdl = expand(places);
  expect(definition(sdl, 'InstitutionFilter')).toMatchInlineSnapshot(`
    ""Conditions on Institution 筛选条件; all that are given must hold."
    input InstitutionFilter {
      "All of these hold 全部满足."
      and: [InstitutionFilter!]
      "At least one of these holds 满足任一."
      or: [InstitutionFilter!]
      "This does not hold 不满足."
      not: InstitutionFilter
      "Name 名称"
      name: StringFilter
      "Level 级别"
      level: InstitutionLevelFilter
      "Class 类别"
      classCode: StringFilter
      "Parent 上级机构"
      parentId: IDFilter
    }"
  `);
  expect(definition(sdl, 'InstitutionLevelFilter')).toContain('in: [InstitutionLevel!]');
});

test('an order names the sortable fields', () => {
  expect(definition(expand(places), 'InstitutionOrderField')).toMatchInlineSnapshot(`
    ""Fields of Institution that can be sorted by 可排序字段."
    enum InstitutionOrderField {
      "Name 名称"
      name
    }"
  `);
});

test('what only the expansion reads, and shared definitions that nothing uses, stay out', () => {
  const sdl = expand(places);
  expect(sdl).not.toMatch(/@filterable|@sortable|scalar JSON|GeoPoint/);
});

test('a hand-written connection is left as it is', () => {
  const own = '"Own page 自定义分页" type InstitutionConnection { "Items 条目" nodes: [Institution!]! }';
  expect(definition(expand(places, own), 'InstitutionConnection')).not.toContain('edges');
});

test('root fields may be written in every file', () => {
  const query = definition(expand(places, care), 'Query');
  expect(query).toContain('institutions(');
  expect(query).toContain('encounters(');
});

const wrong: readonly (readonly [string, string, string])[] = [
  [
    'a misspelt type',
    '"T 甲" type T { "A 乙"\n a: Institutoin }',
    'area-2.graphql:2  Type Institutoin is not defined.',
  ],
  [
    'a connection of an unknown type',
    '"T 甲" type T { "A 乙" a: PlaceConnection! }',
    'area-2.graphql:1  PlaceConnection cannot be generated: there is no type Place in this subgraph.',
  ],
  [
    'a filterable reference without a name',
    'extend type Query { "Things 物" things(where: ThingFilter): Int }\n"Thing 物" type Thing {\n "Of 属"\n of: Institution @filterable }',
    'area-2.graphql:3  Thing.of is a reference to Institution: write @filterable(as: "ofId") or the like.',
  ],
  [
    'a filterable list',
    'extend type Query { "Things 物" things(where: ThingFilter): Int }\n"Thing 物" type Thing { "Names 名" names: [String!] @filterable }',
    'area-2.graphql:2  Thing.names is a list: @filterable is for single values.',
  ],
  [
    'a filter without filterable fields',
    'extend type Query { "Things 物" things(where: ThingFilter): Int }\n"Thing 物" type Thing { "Name 名" name: String }',
    'area-2.graphql:2  ThingFilter is used, yet no field of Thing is @filterable.',
  ],
  [
    'a type written twice',
    '"Again 又" type Institution { "Id 标" id: ID }',
    'Type Institution is already defined at area-1.graphql:9',
  ],
  [
    'a field written twice',
    'extend type Institution {\n "Name 名" name: String }',
    'area-2.graphql:2  Institution.name is defined twice.',
  ],
  ['a syntax error', 'type T {\n a: }', 'area-2.graphql:2  Syntax Error'],
  [
    'an unknown directive',
    '"T 甲" type T {\n "A 乙" a: Int @persnal(class: Q) }',
    'area-2.graphql:2  Unknown directive "@persnal".',
  ],
  [
    'an unknown data class',
    '"T 甲" type T {\n "A 乙" a: Int @personal(class: Z) }',
    'area-2.graphql:2  @personal(class:) must be DataClass!, not Z.',
  ],
];

test.each(wrong)('%s is refused with file, line and what is wrong', (_, text, message) => {
  expect(() => expand(places, text)).toThrow(message);
});

test('both composers accept the expanded SDL and carry the personal-data classes into the supergraph', () => {
  const subgraphs = [
    { name: 'care', sdl: expand(places, care) },
    { name: 'money', sdl: expand(money) },
  ];
  const ours = composeSubgraphs(subgraphs);
  const apollo = composeWithApollo(subgraphs.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl) })));
  expect(apollo.errors).toBeUndefined();
  const supergraphs = [ours.kind === 'composed' ? ours.supergraphSdl : ours.errors.join(), apollo.supergraphSdl ?? ''];
  for (const supergraph of supergraphs) {
    expect(supergraph).toMatch(/claims\([^)]*\): ClaimConnection .*@personal\(class: F\)/);
    expect(definition(supergraph, 'OutpatientVisit')).toMatch(/claim: Claim .*@personal\(class: F\)/);
    expect(definition(supergraph, 'Claim')).toContain('@residentOwned');
  }
});

test('a mutation that says what it returns gets its payload, and its input a key', () => {
  const sdl = expandSubgraphSdl([
    {
      path: 'places.graphql',
      text: `${places}
        extend type Mutation {
          "Open 开设"
          openPlace(input: OpenPlaceInput!): OpenPlacePayload! @returns(type: "Institution", as: "place")
        }
        "Opening 开设申请"
        input OpenPlaceInput { "Name 名称" name: String! }`,
    },
  ]);
  expect(definition(sdl, 'OpenPlacePayload')).toBe(`"What openPlace did 写入结果."
type OpenPlacePayload {
  "Whether it was done 是否成功; when not, nothing was changed."
  ok: Boolean!
  "Why it was not done 失败原因; empty when it was."
  errors: [MutationError!]!
  "What was written 写入的对象, as it is now; null when nothing was."
  place: Institution
}`);
  expect(definition(sdl, 'OpenPlaceInput')).toContain('idempotencyKey: String');
  expect(sdl).not.toContain('@returns');
});
