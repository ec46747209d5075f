import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { type TestSubgraph, composeTestGraph, createScope, createTestGraph, toPlain } from '../../fixtures.ts';
import { type OperationResult, type Transport, createEngine } from '../../index.ts';
import { createInlinePlanner } from '../../planner/inline-planner.ts';
import { inTurns } from '../in-turns.ts';

const wards: TestSubgraph = {
  name: 'wards',
  sdl: `
    type Query { ward: Ward wards: [Ward!] beds: [Bed] }
    type Ward @key(fields: "id") { id: ID! name: String floor: Int area: Float open: Boolean kind: Kind tags: [String] beds: [Bed!]! data: Data }
    type Bed @key(fields: "ward number") { ward: ID! number: Int! note: String @deprecated }
    enum Kind { GENERAL ICU }
    scalar Data`,
};
const staff: TestSubgraph = {
  name: 'staff',
  sdl: `
    type Ward @key(fields: "id") { id: ID! name: String @external nurses: Int label: String @requires(fields: "name") }
    type Bed @key(fields: "ward number") { ward: ID! number: Int! patient: Patient }
    type Patient { name: String! age: Int }`,
};

const supergraphSdl = composeTestGraph([wards, staff]);

/** Runs a query over answers that are these texts, one after the other, by subgraph. */
async function run(query: string, texts: Readonly<Record<string, readonly string[]>>) {
  const left = new Map(Object.entries(texts).map(([name, all]) => [name, [...all]]));
  const sent: string[] = [];
  const transport: Transport = async (subgraph, request) => {
    sent.push(`${subgraph} ${request.variables}`);
    const text = left.get(subgraph)?.shift();
    if (text === undefined) throw new Error(`${subgraph} was asked too often: ${request.variables}`);
    const bytes = Buffer.from(text);
    return request.scan?.atOnce(bytes) ?? { ...parseOr(text), isPlain: !text.includes('\\') };
  };
  const engine = createEngine({ supergraphSdl, transport, createPlanner: createInlinePlanner });
  const prepared = await engine.prepare(parse(query));
  const result = await engine.execute(prepared, {}, createScope());
  return { result, sent, isExpress: wentExpress(result) };
}

/** As the HTTP transport does: what is no JSON is no answer. */
function parseOr(text: string): object {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function wentExpress({ body }: OperationResult): boolean {
  return body !== undefined;
}

const leaves = '{ ward { name floor area open kind tags data } }';
const wardOf = (fields: string): string => `{"data":{"ward":{${fields}}}}`;
const usual = '"name":"东区","floor":3,"area":12.5,"open":true,"kind":"ICU","tags":["a",null],"data":"x"';

describe('an answer of the usual form goes out as it came', () => {
  test.each([
    ['leaves of every kind', usual],
    ['nulls', '"name":null,"floor":null,"area":null,"open":null,"kind":null,"tags":null,"data":null'],
    ['escapes', usual.replace('东区', String.raw`a\"b\\\/\n\u4e1c\ud83d`)],
    ['numbers at their limits', usual.replace('3', '-2147483648').replace('12.5', '-0.123456789012')],
    ['a long string', usual.replace('东区', '住院部'.repeat(100))],
    ['white space at the end', `${usual}}}}\n`],
  ])('%s', async (_, fields) => {
    const text = fields.endsWith('\n') ? wardOf(fields).slice(0, -3) : wardOf(fields);
    const { result, isExpress } = await run(leaves, { wards: [text] });
    expect(isExpress).toBe(true);
    expect(toPlain(result)).toEqual(JSON.parse(text));
    expect(Buffer.concat(result.body ?? []).toString()).toBe(text.trim());
    expect(result.data).toEqual(JSON.parse(text).data);
  });
});

describe('an answer of another form is read as values', () => {
  test.each([
    ['another order of fields', usual.replace('"name":"东区","floor":3', '"floor":3,"name":"东区"')],
    ['white space', usual.replace(',', ', ')],
    ['a field too many', `${usual},"more":1`],
    ['an exponent', usual.replace('12.5', '1.25e1')],
    ['more digits than a double has', usual.replace('12.5', '0.12345678901234567890')],
    ['an object for a scalar', usual.replace('"x"', '{"a":[1]}')],
    ['escaped keys', usual.replace('"name"', String.raw`"\u006eame"`)],
  ])('%s', async (_, fields) => {
    const { result, isExpress, sent } = await run(leaves, { wards: [wardOf(fields)] });
    expect(isExpress).toBe(false);
    expect(sent).toEqual(['wards {}']);
    const { more: _more, ...ward } = JSON.parse(wardOf(fields)).data.ward;
    expect(toPlain(result)).toEqual({ data: { ward } });
  });

  test.each([
    ['an Int out of range', usual.replace('3', '2147483648'), 'floor'],
    ['an Int with a point', usual.replace('3', '3.5'), 'floor'],
    ['text for a number', usual.replace('3', '"3"'), 'floor'],
    ['a number for a text', usual.replace('"东区"', '3'), 'name'],
    ['an unknown enum value', usual.replace('ICU', 'icu'), 'kind'],
    ['a boolean in quotes', usual.replace('true', '"true"'), 'open'],
    ['no list', usual.replace('["a",null]', '"a"'), 'tags'],
  ])('%s is null with its error', async (_, fields, field) => {
    const { result, isExpress } = await run(leaves, { wards: [wardOf(fields)] });
    expect(isExpress).toBe(false);
    const { data, errors } = toPlain(result);
    expect(data).toEqual({ ward: { ...JSON.parse(wardOf(fields)).data.ward, [field]: null } });
    expect(errors).toMatchObject([{ path: ['ward', field], code: 'SUBGRAPH_INVALID_RESPONSE' }]);
  });

  test.each([
    ['a raw line break in a string', usual.replace('东区', 'a\nb')],
    ['a raw control character in a string', usual.replace('东区', 'a\u0001b')],
    ['an unknown escape', usual.replace('东区', String.raw`a\xb`)],
    ['half an escape', usual.replace('东区', String.raw`a\u12`)],
    ['a number with a zero before it', usual.replace('3', '03')],
    ['a number that ends with its point', usual.replace('12.5', '12.')],
    ['a sign alone', usual.replace('3', '-')],
    ['a string without its end', usual.replace('东区"', '东区')],
  ])('%s is no JSON, and never goes out', async (_, fields) => {
    const { result, isExpress } = await run(leaves, { wards: [wardOf(fields)] });
    expect(isExpress).toBe(false);
    expect(toPlain(result)).toMatchObject({ data: { ward: null }, errors: [{ path: ['ward'] }] });
  });

  test.each([
    ['a line break alone', '\n'],
    ['an empty object', '{}'],
    ['a control character at the end', `${wardOf(usual)}\u0000`],
  ])('%s', async (_, text) => {
    const { result, isExpress } = await run(leaves, { wards: [text] });
    expect(isExpress).toBe(false);
    expect(toPlain(result)).toMatchObject({ data: { ward: null }, errors: [{ path: ['ward'] }] });
  });

  test('errors beside data', async () => {
    const text = '{"data":{"ward":{"name":null}},"errors":[{"message":"Lost","path":["ward","name"]}]}';
    const { result, isExpress } = await run('{ ward { name } }', { wards: [text] });
    expect(isExpress).toBe(false);
    expect(toPlain(result)).toMatchObject({
      data: { ward: { name: null } },
      errors: [{ message: 'Lost', path: ['ward', 'name'] }],
    });
  });

  test('a null that may not be', async () => {
    const text = '{"data":{"wards":[{"beds":null}]}}';
    const { result, isExpress } = await run('{ wards { beds { number } } }', { wards: [text] });
    expect(isExpress).toBe(false);
    expect(toPlain(result)).toMatchObject({ data: { wards: null }, errors: [{ path: ['wards', 0, 'beds'] }] });
  });
});

describe('entities', () => {
  const query = '{ wards { label nurses beds { patient { name age } } } beds { note patient { name } } }';
  const bed = (ward: string, number: number): string => `{"__typename":"Bed","ward":"${ward}","number":${number}`;
  const wardsAnswer = (id: string): string =>
    `{"data":{"wards":[{"__typename":"Ward","id":"1","name":"A","beds":[${bed('1', 1)}},${bed('1', 12)}}]},` +
    `{"__typename":"Ward","id":"${id}","name":null,"beds":[]},{"__typename":"Ward","id":"1","name":"A","beds":[${bed('11', 2)}}]}],` +
    `"beds":[null,${bed('1', 1)},"note":"n"},${bed('1', 1)},"note":null}]}}`;
  const staffAnswer =
    '{"data":{"_0":[{"label":"A!","nurses":4},{"label":null,"nurses":null}],' +
    '"_1":[{"patient":{"name":"甲","age":7}},{"patient":null},{"patient":{"name":"乙","age":null}}],"_2":[{"patient":{"name":"丙"}}]}}';

  test('are asked for once each, told apart by all their keys, as by values', async () => {
    const ways = [wardsAnswer('11'), wardsAnswer('11').replace('{"data"', '{ "data"')];
    const [express, byValues] = await Promise.all(
      ways.map((text) => run(query, { wards: [text], staff: [staffAnswer] })),
    );
    expect([express?.isExpress, byValues?.isExpress]).toEqual([true, false]);
    expect(express?.sent).toEqual(byValues?.sent);
    expect(express?.sent[1]).toBe(
      'staff {"representations_0":[{"__typename":"Ward","id":"1","name":"A"},{"__typename":"Ward","id":"11","name":null}],' +
        '"representations_1":[{"__typename":"Bed","ward":"1","number":1},{"__typename":"Bed","ward":"1","number":12},{"__typename":"Bed","ward":"11","number":2}],' +
        '"representations_2":[{"__typename":"Bed","ward":"1","number":1}]}',
    );
    expect(toPlain(express?.result ?? {})).toEqual({
      data: {
        wards: [
          { label: 'A!', nurses: 4, beds: [{ patient: { name: '甲', age: 7 } }, { patient: null }] },
          { label: null, nurses: null, beds: [] },
          { label: 'A!', nurses: 4, beds: [{ patient: { name: '乙', age: null } }] },
        ],
        beds: [null, { note: 'n', patient: { name: '丙' } }, { note: null, patient: { name: '丙' } }],
      },
    });
    expect(toPlain(byValues?.result ?? {})).toEqual(toPlain(express?.result ?? {}));
  });

  test.each([
    ['fewer than asked for', staffAnswer.replace('{"patient":null},', '')],
    ['null', staffAnswer.replace('{"patient":null}', 'null')],
  ])('%s: nobody is asked twice for what is there', async (_, text) => {
    const { result, isExpress, sent } = await run(query, { wards: [wardsAnswer('11')], staff: [text] });
    expect(isExpress).toBe(false);
    expect(sent.length).toBe(2);
    expect(toPlain(result).data).toMatchObject({ wards: [{ label: 'A!' }, { label: null }, { label: 'A!' }] });
  });

  test('are asked for in the words in which values would be, so that nobody is asked again', async () => {
    const odd = wardsAnswer('11').replaceAll('"name":"A"', String.raw`"name":"\u0041\/"`);
    const { result, isExpress, sent } = await run(query, {
      wards: [odd],
      staff: [staffAnswer.replace('{"patient":null}', 'null')],
    });
    expect(isExpress).toBe(false);
    expect(sent.length).toBe(2);
    expect(sent[1]).toContain('"name":"A/"');
    expect(toPlain(result).data).toMatchObject({ wards: [{ label: 'A!' }, { label: null }, {}] });
  });

  test('with a key that is null are not asked for', async () => {
    const wardsText = '{"data":{"beds":[{"__typename":"Bed","ward":null,"number":1}]}}';
    const { result, sent } = await run('{ beds { patient { name } } }', { wards: [wardsText] });
    expect(sent.length).toBe(1);
    expect(toPlain(result)).toMatchObject({ data: { beds: [{ patient: null }] } });
  });
});

test('an operation whose answers never have the usual form is seldom tried', async () => {
  let scans = 0;
  const transport: Transport = async (_, { scan }) => {
    if (scan) scans += 1;
    return { data: { ward: { floor: 1 } }, isPlain: true };
  };
  const engine = createEngine({ supergraphSdl, transport, createPlanner: createInlinePlanner });
  const prepared = await engine.prepare(parse('{ ward { floor } }'));
  for (let count = 0; count < 128; count += 1) {
    expect(toPlain(await engine.execute(prepared, {}, createScope()))).toEqual({ data: { ward: { floor: 1 } } });
  }
  expect(scans).toBe(18);
});

test('the root asked again inside a list', async () => {
  const items: TestSubgraph = {
    name: 'items',
    sdl: 'type Query { items: [Item!]! } type Item { query: Query! name: String }',
    resolvers: {
      Query: {
        items: () => [
          { name: 'a', query: {} },
          { name: 'b', query: {} },
        ],
      },
    },
  };
  const others: TestSubgraph = {
    name: 'others',
    sdl: 'type Query { other: Int }',
    resolvers: { Query: { other: () => 5 } },
  };
  const { run: ask } = createTestGraph([items, others], { composer: 'apollo' });
  expect(await ask('{ items { name query { other } } }')).toEqual({
    data: {
      items: [
        { name: 'a', query: { other: 5 } },
        { name: 'b', query: { other: 5 } },
      ],
    },
  });
});

test('a long answer that two operations wait for is looked through by each in slices', async () => {
  const wards200 = Array.from({ length: 200 }, (_, floor) => `{"name":"n","floor":${floor}}`).join(',');
  const text = Buffer.from(`{"data":{"wards":[${wards200}]}}`);
  const transport: Transport = async (_, { scan }) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const scanned = scan && (await inTurns(scan.inSlices(text)));
    return scanned ?? JSON.parse(text.toString());
  };
  const engine = createEngine({ supergraphSdl, transport, createPlanner: createInlinePlanner });
  const documents = ['query A { wards { name floor } }', 'query A { wards { name alias: floor } }'];
  const results = await Promise.all(
    documents.map(async (document) => {
      const prepared = await engine.prepare(parse(document));
      return engine.execute(prepared, {}, { ...createScope(), sharingKey: '' });
    }),
  );
  expect(results.map(wentExpress)).toEqual([true, true]);
  const values = JSON.parse(text.toString()).data.wards;
  expect(toPlain(results[0] ?? {})).toEqual({ data: { wards: values } });
  expect(toPlain(results[1] ?? {})).toEqual({
    data: { wards: values.map(({ name, floor }: { name: string; floor: number }) => ({ name, alias: floor })) },
  });
});
