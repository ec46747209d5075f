import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { clinicSubgraphs } from '../clinic-fixtures.ts';
import { createTestGraph } from '../fixtures.ts';

const { engine, run, sent } = createTestGraph(clinicSubgraphs());
const explain = async (query: string): Promise<string> => engine.explain(await engine.prepare(parse(query))).text;

test('two fields of one subgraph are one fetch', async () => {
  expect(await explain('{ institution(id: "in_1") { name code } now }')).toMatchInlineSnapshot(`
    "Fetch from places {
      {
        institution(id: "in_1") {
          name
          code
        }
        now
      }
    }"
  `);
});

test('entity fetches of one subgraph that can start together are one request', async () => {
  const query = 'query Crew { institutions { staff { name } parent { staff { id } } } }';
  expect(await explain(query)).toMatchInlineSnapshot(`
    "Sequence {
      Fetch from places {
        query Crew__places__0 {
          institutions {
            __typename
            id
            parent {
              __typename
              id
            }
          }
        }
      }
      Fetch from people {
        _0 at institutions.@ by ... on Institution { __typename id }
        _1 at institutions.@.parent by ... on Institution { __typename id }
        query Crew__people__1($representations_0: [_Any!]!, $representations_1: [_Any!]!) {
          _0: _entities(representations: $representations_0) {
            ... on Institution {
              staff {
                name
              }
            }
          }
          _1: _entities(representations: $representations_1) {
            ... on Institution {
              staff {
                id
              }
            }
          }
        }
      }
    }"
  `);
  sent.length = 0;
  await run(query);
  expect(sent.map(({ subgraph, operationName, variables }) => ({ subgraph, operationName, variables })))
    .toMatchInlineSnapshot(`
    [
      {
        "operationName": "Crew__places__0",
        "subgraph": "places",
        "variables": {},
      },
      {
        "operationName": "Crew__people__1",
        "subgraph": "people",
        "variables": {
          "representations_0": [
            {
              "__typename": "Institution",
              "id": "in_1",
            },
            {
              "__typename": "Institution",
              "id": "in_2",
            },
            {
              "__typename": "Institution",
              "id": "in_3",
            },
            {
              "__typename": "Institution",
              "id": "in_4",
            },
          ],
          "representations_1": [
            {
              "__typename": "Institution",
              "id": "in_1",
            },
          ],
        },
      },
    ]
  `);
});

test('a batch of which one part has nothing to ask is that part’s fetch alone', async () => {
  sent.length = 0;
  await run('{ institution(id: "in_1") { staff { name } parent { staff { id } } } }');
  expect(sent.map(({ query }) => query)).toMatchInlineSnapshot(`
    [
      "{institution(id:"in_1"){__typename id parent{__typename id}}}",
      "query($representations:[_Any!]!){_entities(representations:$representations){...on Institution{staff{name}}}}",
    ]
  `);
});

test('a field left out by a variable is not fetched', async () => {
  const query = 'query ($more: Boolean!) { institutions { name ... @include(if: $more) { staff { name } } } }';
  expect(await explain(query)).toMatchInlineSnapshot(`
    "Sequence {
      Fetch from places {
        query ($more: Boolean!) {
          institutions {
            name
            ... @include(if: $more) {
              __typename
              id
            }
          }
        }
      }
      If $more {
        Fetch from people at institutions.@ {
          by ... on Institution { __typename id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Institution {
                staff {
                  name
                }
              }
            }
          }
        }
      }
    }"
  `);
  sent.length = 0;
  await run(query, { more: false });
  expect(sent.map(({ subgraph }) => subgraph)).toEqual(['places']);
});

test('fields that only some types have are fetched for objects of those types', async () => {
  sent.length = 0;
  const query = '{ encounters { ... on Stay { place { staff { id } } } ... on Visit { place { name } } } }';
  const places = engine.explain(await engine.prepare(parse(query))).text.match(/ at .*/)?.[0];
  expect(places).toBe(' at encounters.@.(Stay).place {');
  await run(query);
  expect(sent[1]?.variables).toEqual({
    representations: ['in_2', 'in_4'].map((id) => ({ __typename: 'Institution', id })),
  });
});

test('nothing is planned for introspection', async () => {
  expect(await explain('{ __typename __schema { queryType { name } } }')).toBe('Nothing to fetch');
});
