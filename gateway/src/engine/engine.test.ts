import { expect, test } from 'vitest';
import { parse } from 'graphql';
import { clinicSubgraphs } from './clinic-fixtures.ts';
import { composeTestGraph, createScope, createTestGraph, toPlain } from './fixtures.ts';
import { InvalidOperationError, createEngine } from './index.ts';
import { createInlinePlanner } from './planner/inline-planner.ts';

const products = {
  name: 'products',
  sdl: `
    type Query { product(id: ID!): Product products: [Product!]! }
    type Product @key(fields: "id") { id: ID! name: String! }
  `,
  resolvers: {
    Query: {
      product: (_: unknown, { id }: { id?: unknown }) => ({ id, name: `P${String(id)}` }),
      products: () => ['1', '2', '1'].map((id) => ({ id, name: `P${id}` })),
    },
  },
};
const prices = {
  name: 'prices',
  sdl: `type Product @key(fields: "id") { id: ID! price: Int }`,
  resolvers: {
    Product: {
      __resolveReference: (reference: object) => reference,
      price: ({ id }: { id?: unknown }) => Number(id) * 10,
    },
  },
};

test('an entity of one subgraph gets a field of another, duplicates asked once', async () => {
  const { run, sent } = createTestGraph([products, prices]);
  expect(await run('{ products { id: name cost: price } }')).toEqual({
    data: {
      products: [
        { id: 'P1', cost: 10 },
        { id: 'P2', cost: 20 },
        { id: 'P1', cost: 10 },
      ],
    },
  });
  expect(sent.map(({ subgraph, query, variables }) => ({ subgraph, query, variables }))).toEqual([
    { subgraph: 'products', query: '{products{__typename id name}}', variables: {} },
    {
      subgraph: 'prices',
      query: 'query($representations:[_Any!]!){_entities(representations:$representations){...on Product{price}}}',
      variables: {
        representations: [
          { __typename: 'Product', id: '1' },
          { __typename: 'Product', id: '2' },
        ],
      },
    },
  ]);
});

const clinic = createTestGraph(clinicSubgraphs());

/** The refusal of an operation: messages and codes. */
async function refusal(query: string, operationName?: string): Promise<unknown> {
  const error: unknown = await clinic.engine.prepare(parse(query), operationName).catch((reason: unknown) => reason);
  if (!(error instanceof InvalidOperationError)) throw error;
  return error.errors.map(({ message, extensions }) => ({ message, code: extensions['code'] }));
}

test('the engine names its subgraphs and their addresses', () => {
  expect(clinic.engine.subgraphs).toEqual(
    ['health', 'money', 'people', 'places'].map((name) => ({ name, url: `http://${name}.test/graphql` })),
  );
});

test('what is inaccessible cannot be asked for, seen or named in an answer', async () => {
  expect(await refusal('{ institutions { secret } }')).toEqual([
    { message: 'Cannot query field "secret" on type "Institution".', code: 'GRAPHQL_VALIDATION_FAILED' },
  ]);
  const { data } = await clinic.run(
    '{ type: __type(name: "Mark") { enumValues { name } } __type(name: "Resident") { fields { name } } }',
  );
  expect(data).toEqual({
    type: { enumValues: ['GOOD', 'BAD', 'UNKNOWN'].map((name) => ({ name })) },
    __type: {
      fields: ['id', 'name', 'status', 'packages', 'mother', 'friends', 'card', 'cap', 'team'].map((name) => ({
        name,
      })),
    },
  });
  const hidden = await clinic.run(
    '{ search(text: "1") { ... on Note { mark } } }',
    {},
    {
      disturb: () => Promise.resolve({ data: { search: [{ __typename: 'Note', mark: 'HIDDEN' }] } }),
    },
  );
  expect(hidden).toEqual({
    data: { search: [{ mark: null }] },
    errors: [
      {
        message: 'Note.mark is not a value of Mark.',
        path: ['search', 0, 'mark'],
        code: 'SUBGRAPH_INVALID_RESPONSE',
        subgraph: 'places',
      },
    ],
  });
});

test('introspection asks no subgraph, has variables and stands beside data', async () => {
  clinic.sent.length = 0;
  const query = `query ($name: String!, $more: Boolean!) {
    __schema { queryType { name } ...S } t: __type(name: $name) { kind ... @include(if: $more) { name } }
  } fragment S on __Schema { mutationType { name } }`;
  expect(await clinic.run(query, { name: 'Kind', more: false })).toEqual({
    data: { __schema: { queryType: { name: 'Query' }, mutationType: { name: 'Mutation' } }, t: { kind: 'ENUM' } },
  });
  expect(clinic.sent).toEqual([]);
});

test('variables that do not fit are refused before anything is sent', async () => {
  clinic.sent.length = 0;
  const result = await clinic.run(
    'query ($id: ID!, $k: [Kind!]) { institution(id: $id) { id } institutions(kinds: $k) { id } }',
    {
      k: ['PALACE'],
    },
  );
  expect(result).toEqual({
    errors: [
      { message: 'Variable "$id" of required type "ID!" was not provided.', code: 'BAD_USER_INPUT' },
      {
        message: 'Variable "$k" got invalid value "PALACE" at "k[0]"; Value "PALACE" does not exist in "Kind" enum.',
        code: 'BAD_USER_INPUT',
      },
    ],
  });
  expect(clinic.sent).toEqual([]);
});

test('only the variables a subgraph needs are sent to it, and none the client left out', async () => {
  clinic.sent.length = 0;
  await clinic.run(
    'query ($n: Int, $y: Int!, $k: [Kind!]) { institutions(first: $n, kinds: $k) { id } residents { cap(year: $y) } }',
    { y: 3, k: null, unknown: 1 },
  );
  const variables = clinic.sent.map((request) => [request.subgraph, Object.keys(request.variables)]);
  expect(variables).toEqual([
    ['places', ['k']],
    ['health', []],
    ['money', ['y', 'representations']],
  ]);
});

test('an operation is chosen by its name', async () => {
  const query = 'query A { now } query B { doctor(no: 1) { name } }';
  expect(await clinic.run(query, {}, { operationName: 'B' })).toEqual({ data: { doctor: { name: 'Dr 1' } } });
  const code = 'OPERATION_RESOLUTION_FAILURE';
  expect(await refusal(query)).toEqual([
    { message: 'Must provide operation name if query contains multiple operations.', code },
  ]);
  expect(await refusal(query, 'C')).toEqual([{ message: 'Unknown operation named "C".', code }]);
  expect(await refusal('fragment F on Doctor { id }')).toMatchObject([{ code: 'GRAPHQL_VALIDATION_FAILED' }]);
});

test('an alias may be any name, __proto__ too', async () => {
  const { data } = await clinic.run('{ doctor(no: 1) { __proto__: name constructor: id } }');
  expect(JSON.stringify(data)).toBe('{"doctor":{"__proto__":"Dr 1","constructor":"pr_1"}}');
});

test('an operation prepared before a new supergraph came still runs on its own engine', async () => {
  const prepared = await clinic.engine.prepare(parse('{ doctor(no: 1) { name } }'));
  const next = createTestGraph([products, prices]);
  expect(await next.run('{ product(id: 1) { price } }')).toEqual({ data: { product: { price: 10 } } });
  expect(toPlain(await clinic.engine.execute(prepared, {}, createScope()))).toEqual({
    data: { doctor: { name: 'Dr 1' } },
  });
});

test('what is no supergraph is refused with the reason', async () => {
  const open = (supergraphSdl: string) =>
    createEngine({ supergraphSdl, createPlanner: createInlinePlanner, transport: () => Promise.reject(new Error()) });
  expect(() => open('type Query { a: Int }')).toThrow(/supergraph/i);
  expect(() => open('type Query {')).toThrow(/Syntax Error/);
  const unknownVersion = composeTestGraph([products, prices]).replace(/join\/v\d\.\d/, 'join/v7.0');
  await expect(open(unknownVersion).ready()).rejects.toThrow('unsupported join spec version v7.0');
  await expect(open(composeTestGraph([products, prices])).ready()).resolves.toBeUndefined();
});
