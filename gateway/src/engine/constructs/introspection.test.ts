import {
  type IntrospectionQuery,
  buildClientSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { expect, test } from 'vitest';
import { createTestGraph } from '../fixtures.ts';

const { engine, run, sent } = createTestGraph([
  {
    name: 'a',
    sdl: `
      "The root"
      type Query { "A thing" thing(of: Int! = 3): Thing old: Int @deprecated(reason: "gone") }
      type Thing @key(fields: "id") { id: ID! a: Int }`,
    resolvers: { Query: { thing: () => ({ id: '1', a: 1 }) } },
  },
  {
    name: 'b',
    sdl: 'type Thing @key(fields: "id") { id: ID! b: [Thing!] } scalar Odd @specifiedBy(url: "https://odd.test")',
    resolvers: {},
  },
]);

test('the whole of it is the API schema, and no subgraph is asked', async () => {
  sent.splice(0);
  const { data, errors } = await run(getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true }));
  expect(errors).toBeUndefined();
  const client = buildClientSchema(data as IntrospectionQuery);
  expect(printSchema(lexicographicSortSchema(client))).toBe(printSchema(lexicographicSortSchema(engine.schema)));
  expect(printSchema(client)).not.toMatch(/join__|link__|_Any|_entities|@key/);
  expect(sent).toEqual([]);
});

test('with data, aliases, fragments, variables and conditions', async () => {
  const query = `query ($name: String!, $no: Boolean!) {
    root: __typename
    thing { id kind: __typename }
    type: __type(name: $name) { ...T }
    none: __type(name: "None") { name }
    __schema @include(if: $no) { queryType { name } }
    schema: __schema { queryType { name @skip(if: $no) ...T } mutationType { name } }
  }
  fragment T on __Type { name fields { name type { kind ofType { name } } } }`;
  expect(await run(query, { name: 'Thing', no: false })).toEqual({
    data: {
      root: 'Query',
      thing: { id: '1', kind: 'Thing' },
      type: {
        name: 'Thing',
        fields: [
          { name: 'id', type: { kind: 'NON_NULL', ofType: { name: 'ID' } } },
          { name: 'a', type: { kind: 'SCALAR', ofType: null } },
          { name: 'b', type: { kind: 'LIST', ofType: { name: null } } },
        ],
      },
      none: null,
      schema: {
        queryType: {
          name: 'Query',
          fields: [{ name: 'thing', type: { kind: 'OBJECT', ofType: null } }],
        },
        mutationType: null,
      },
    },
  });
});

test('__typename alone needs no subgraph; of the mutation root too', async () => {
  sent.splice(0);
  expect(await run('{ __typename a: __typename ... { b: __typename } }')).toEqual({
    data: { __typename: 'Query', a: 'Query', b: 'Query' },
  });
  expect(sent).toEqual([]);
});
