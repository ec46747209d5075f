import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startHostileWorld, type HostileWorld, type Seen } from './hostile-graph.ts';

let world: HostileWorld;
beforeAll(async () => {
  world = await startHostileWorld();
});
afterAll(() => world.close());

// Whatever was asked, the next request is served.
afterEach(async () => {
  const { status, error } = await world.ask('{ n }');
  if (status !== 200 || error !== undefined) throw new Error(`The next request got ${status} ${error?.join(' ')}`);
});

const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');

const refused = (status: number, message: string, code: string): Seen => ({ status, error: [message, code] });
const tooCostly = (message: string): Seen => refused(400, message, 'QUERY_TOO_COSTLY');
const tooWide = tooCostly('The operation has more than 1000 selections.');
const tooAlike = tooCostly(
  'Too many fields of the document have the same name in the answer and would have to be compared with each other.',
);
const tooDeep = tooCostly('The brackets of the document stand more than 100 levels deep.');

const tooLong = 'Syntax Error: Document contains more that 10000 tokens. Parsing aborted.';
const cycle = 'Cannot spread fragment "a" within itself via "b".';
const doubling = many(900, (index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`);

test.each<readonly [string, string, Seen]>([
  ['10,000 aliases', `{ ${many(10_000, (index) => `a${index}: n`)} }`, refused(200, tooLong, 'GRAPHQL_PARSE_FAILED')],
  ['3,000 aliases', `{ ${many(3_000, (index) => `a${index}: n`)} }`, tooWide],
  ['9,900 times the same field', `{ ${many(9_900, () => 'n')} }`, tooWide],
  ['2,400 objects to be merged', `{ ${many(2_400, () => 'o { n }')} }`, tooWide],
  ['480 objects to be merged', `{ ${many(480, () => 'o { n }')} }`, tooAlike],
  [
    'fragments in a circle',
    '{ ...a } fragment a on Query { n ...b } fragment b on Query { n ...a }',
    refused(200, cycle, 'GRAPHQL_VALIDATION_FAILED'),
  ],
  ['fragments that double at each step', `{ ...f0 } ${doubling} fragment f900 on Query { n }`, tooWide],
  ['500 levels', `{ ${'o { '.repeat(500)} n ${'} '.repeat(500)} }`, tooDeep],
  ['100,000 opening brackets', '{'.repeat(100_000), tooDeep],
  ['a list of 300 levels', `{ heard(json: ${'['.repeat(300)}${']'.repeat(300)}) }`, tooDeep],
  ['an object of 300 levels', `{ heard(filter: ${'{ not: '.repeat(300)}{}${' }'.repeat(300)}) }`, tooDeep],
  [
    '900 wrong fields',
    `{ ${many(900, (index) => `wrong${index}`)} }`,
    refused(200, 'Cannot query field "wrong0" on type "Query".', 'GRAPHQL_VALIDATION_FAILED'),
  ],
  [
    '2,400 operations without a name',
    many(2_400, () => '{ n }'),
    refused(200, 'This anonymous operation must be the only defined operation.', 'OPERATION_RESOLUTION_FAILURE'),
  ],
  [
    'a name of 900,000 letters',
    `{ ${'z'.repeat(900_000)} }`,
    refused(200, `Cannot query field "${'z'.repeat(900_000)}" on type "Query".`, 'GRAPHQL_VALIDATION_FAILED'),
  ],
  [
    'a character that GraphQL has not',
    '{ n \u0000 }',
    refused(200, 'Syntax Error: Unexpected character: U+0000.', 'GRAPHQL_PARSE_FAILED'),
  ],
])('%s', async (_name, query, expected) => {
  expect(await world.ask(query)).toEqual(expected);
});

test('as much as is allowed is answered', async () => {
  const aliases = many(990, (index) => `a${index}: n`);
  const objects = many(100, () => 'o { n }');
  const operations = many(1_900, (index) => `query A${index} { n }`);
  const text = 'x'.repeat(900_000);
  const answers = [
    await world.ask(`{ ${aliases} }`),
    await world.ask(`{ ${objects} }`),
    await world.ask(operations, { operationName: 'A1899' }),
    await world.ask(`{ heard(text: "${text}") }`),
  ];
  expect(answers.map(({ status, error }) => [status, error])).toEqual(answers.map(() => [200, undefined]));
});

test('a body of 5 MB is not read', async () => {
  expect(await world.ask(`{ n } # ${'x'.repeat(5_000_000)}`)).toEqual(
    refused(413, 'The request body is larger than the server accepts.', 'PAYLOAD_TOO_LARGE'),
  );
});

test('variables may be large where the schema allows it', async () => {
  const wide = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`key${index}`, index]));
  const query = 'query ($json: Json, $filter: Filter) { heard(json: $json, filter: $filter) }';
  expect(await world.ask(query, { variables: { json: wide } })).toEqual({ status: 200, data: { heard: 'yes' } });
  expect(await world.ask(query, { variables: { filter: wide } })).toMatchObject({
    error: [expect.stringContaining('Field "key0" is not defined by type "Filter".'), 'BAD_USER_INPUT'],
  });
});

test('variables of 100,000 levels are refused, whatever their type', async () => {
  const deep = (open: string, close: string): string => open.repeat(100_000) + close.repeat(100_000);
  const body = (query: string, value: string): string =>
    `{"query":${JSON.stringify(query)},"variables":{"v":${value}}}`;
  const answers = [
    await world.send(body('query ($v: Json) { heard(json: $v) }', deep('[', ']'))),
    await world.send(body('query ($v: Filter) { heard(filter: $v) }', deep('{"not":', '}').replace('}', 'null}'))),
  ];
  const message = 'Variable "$v" is nested more than 500 levels deep.';
  expect(answers).toEqual(answers.map(() => refused(200, message, 'BAD_USER_INPUT')));
});

test('an operation with too many ways to answer it is refused, and nobody waits for it who has a plan', async () => {
  const query = `{ a { ${'b { a { '.repeat(3)} id ${'} } '.repeat(3)} } }`;
  const order: string[] = [];
  const costly = world.ask(query).finally(() => order.push('costly'));
  const waiting = world.ask('{ a { id } }').finally(() => order.push('waiting'));
  await world.ask('{ n }').finally(() => order.push('planned'));
  expect(await costly).toEqual(tooCostly('The operation cannot be planned within 1000 ms.'));
  expect(await waiting).toEqual({ status: 200, data: { a: { id: '1' } } });
  expect(order).toEqual(['planned', 'costly', 'waiting']);
  expect(await world.ask(query)).toEqual(await costly);
});

test('a thousand operations that nobody asked before, at the same time', { timeout: 120_000 }, async () => {
  const answers = await Promise.all(Array.from({ length: 1_000 }, (_, index) => world.ask(`{ a${index}: n }`)));
  expect(answers).toEqual(answers.map((_, index) => ({ status: 200, data: { [`a${index}`]: 1 } })));
});

test('bytes that are no UTF-8 are read as what they cannot be', async () => {
  const text = Buffer.from('{"query":"{ heard(text: \\"?\\") }"}');
  text[text.indexOf('?')] = 0xff;
  expect(await world.send(text)).toEqual({ status: 200, data: { heard: 'yes' } });
  const name = Buffer.from('{"query":"{ n? }"}');
  name[name.indexOf('?')] = 0xff;
  expect(await world.send(name)).toEqual(
    refused(200, 'Syntax Error: Unexpected character: U+FFFD.', 'GRAPHQL_PARSE_FAILED'),
  );
});

test('of a key that comes twice the last one counts, and keys that would change objects are refused', async () => {
  expect(await world.send('{"query":"{ wrong }","query":"{ n }"}')).toEqual({ status: 200, data: { n: 1 } });
  for (const key of ['__proto__', 'constructor']) {
    const body = `{"query":"{ n }","variables":{"${key}":{"prototype":{"n":1}}}}`;
    expect(await world.send(body)).toMatchObject({ status: 400, error: [expect.any(String), 'BAD_REQUEST'] });
  }
});
