import { describe, expect, test } from 'vitest';
import { type TestSubgraph, createTestGraph } from '../fixtures.ts';
import { itself } from './construct-fixtures.ts';

const show = (_: unknown, args: unknown): string => JSON.stringify(args);

const a: TestSubgraph = {
  name: 'a',
  sdl: `
    scalar JSON
    scalar Money
    enum Unit { KG LB }
    input Range { from: Int = 1 to: Int! = 9 unit: Unit = LB inner: Range tags: [String!] = ["x"] extra: JSON }
    type Query {
      thing: Thing
      echo(value: JSON, money: Money = "1.50", unit: Unit! = KG): String
      search(range: Range = { from: 3 }, ids: [ID!], page: Int = 5): String
      any: JSON moneys: [Money]
    }
    type Thing @key(fields: "id") { id: ID! size: JSON }`,
  resolvers: {
    Query: {
      thing: () => ({ id: '1', size: { w: 1, list: [1, [2, null]], text: 'a "b" \\ \n é' } }),
      any: () => [{ deep: { er: [true, null, 1.5, 'x'] } }, 'text'],
      moneys: () => ['0.10', null, '99999999999999999999.99'],
      echo: show,
      search: show,
    },
    Thing: { __resolveReference: itself },
  },
};
const b: TestSubgraph = {
  name: 'b',
  sdl: `
    scalar JSON
    enum Unit { KG LB }
    input Range { from: Int = 1 to: Int! = 9 unit: Unit = LB inner: Range tags: [String!] = ["x"] extra: JSON }
    type Thing @key(fields: "id") {
      id: ID! size: JSON @external
      box: String @requires(fields: "size")
      weigh(unit: Unit = KG, times: [Int] = [1, 2], range: Range): String }`,
  resolvers: { Thing: { __resolveReference: itself, box: ({ size }) => JSON.stringify(size), weigh: show } },
};
const { run, sent } = createTestGraph([a, b]);

describe('custom scalars', () => {
  test('any JSON is passed on as it is, from a subgraph and to another', async () => {
    const size = { w: 1, list: [1, [2, null]], text: 'a "b" \\ \n é' };
    expect(await run('{ any moneys thing { size box } }')).toEqual({
      data: {
        any: [{ deep: { er: [true, null, 1.5, 'x'] } }, 'text'],
        moneys: ['0.10', null, '99999999999999999999.99'],
        thing: { size, box: JSON.stringify(size) },
      },
    });
  });

  test('any JSON is passed on from the client, as literal and as variable', async () => {
    const value = { list: [1, { deep: null }], flag: true };
    const query =
      'query ($v: JSON, $n: Int) { echo(value: $v) inline: echo(value: { list: [1, { deep: $n }], n: 1.5 }) }';
    expect(await run(query, { v: value, n: 7 })).toEqual({
      data: {
        echo: JSON.stringify({ value, money: '1.50', unit: 'KG' }),
        inline: '{"value":{"list":[1,{"deep":7}],"n":1.5},"money":"1.50","unit":"KG"}',
      },
    });
  });
});

describe('defaults', () => {
  test('of arguments and of input fields, in the subgraph that has them', async () => {
    expect(await run('{ search thing { weigh w: weigh(unit: LB, times: 3, range: { from: 2, inner: {} }) } }')).toEqual(
      {
        data: {
          search: '{"range":{"from":3,"to":9,"unit":"LB","tags":["x"]},"page":5}',
          thing: {
            weigh: '{"unit":"KG","times":[1,2]}',
            w: '{"unit":"LB","times":[3],"range":{"from":2,"to":9,"unit":"LB","inner":{"from":1,"to":9,"unit":"LB","tags":["x"]},"tags":["x"]}}',
          },
        },
      },
    );
  });

  test('of variables, where the client leaves them out; null is null', async () => {
    const query = `query ($page: Int = 7, $range: Range = { to: 2 }, $unit: Unit! = LB, $ids: [ID!]) {
      search(page: $page, range: $range, ids: $ids) echo(unit: $unit) thing { weigh(range: $range) } }`;
    expect([await run(query), await run(query, { page: null, range: null, ids: ['x', 4] })]).toEqual([
      {
        data: {
          search: '{"range":{"from":1,"to":2,"unit":"LB","tags":["x"]},"page":7}',
          echo: '{"money":"1.50","unit":"LB"}',
          thing: {
            weigh: '{"unit":"KG","times":[1,2],"range":{"from":1,"to":2,"unit":"LB","tags":["x"]}}',
          },
        },
      },
      {
        data: {
          search: '{"range":null,"ids":["x","4"],"page":null}',
          echo: '{"money":"1.50","unit":"LB"}',
          thing: { weigh: '{"unit":"KG","times":[1,2],"range":null}' },
        },
      },
    ]);
  });

  test('a variable inside an input that is left out leaves the input field its default', async () => {
    const query = 'query ($from: Int, $tag: String = "y") { search(range: { from: $from, tags: [$tag] }) }';
    const fault = 'Variable "$tag" of type "String" used in position expecting type "String!".';
    await expect(run(query)).resolves.toEqual({
      data: { search: '{"range":{"from":1,"to":9,"unit":"LB","tags":["y"]},"page":5}' },
    });
    await expect(run(query.replace(' = "y"', ''))).rejects.toThrow(fault);
  });

  test('a value that its type does not have is refused before anything is asked', async () => {
    sent.splice(0);
    const query = 'query ($range: Range) { search(range: $range) }';
    const outcomes = await Promise.all(
      [{ to: null }, { from: 'x' }, { unit: 'T' }, { unknown: 1 }, { tags: [null] }].map((range) =>
        run(query, { range }),
      ),
    );
    expect(outcomes.map(({ data, errors }) => [data, errors?.map(({ code }) => code)])).toEqual(
      Array.from({ length: 5 }, () => [undefined, ['BAD_USER_INPUT']]),
    );
    expect(sent).toEqual([]);
  });
});
