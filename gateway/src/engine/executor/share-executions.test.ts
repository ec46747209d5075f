import { expect, test } from 'vitest';
import { parse } from 'graphql';
import { type Engine, type RequestScope, type SubgraphResponse, createEngine } from '../index.ts';
import { createInlinePlanner } from '../planner/inline-planner.ts';
import { composeTestGraph, toPlain } from '../fixtures.ts';

const supergraphSdl = composeTestGraph([
  {
    name: 'people',
    sdl: `type Query { doctor(no: Int): Doctor } type Mutation { hire: Doctor } type Doctor @key(fields: "id") { id: ID! name: String }`,
  },
  { name: 'money', sdl: `type Doctor @key(fields: "id") { id: ID! pay: Int }` },
]);

/** An engine whose subgraphs answer when they are told to. */
function createHeldEngine() {
  const asked: { readonly subgraph: string; readonly answer: (response: SubgraphResponse) => void }[] = [];
  const engine = createEngine({
    supergraphSdl,
    createPlanner: createInlinePlanner,
    transport: (subgraph) => new Promise((resolve) => asked.push({ subgraph, answer: resolve })),
  });
  return { engine, asked };
}

const scope = (options: Partial<RequestScope> = {}): RequestScope => ({
  requestId: 'r',
  signal: new AbortController().signal,
  headersFor: () => ({}),
  sharingKey: '',
  ...options,
});

async function start(engine: Engine, query: string, variables = {}, options: Partial<RequestScope> = {}) {
  const prepared = await engine.prepare(parse(query));
  return engine.execute(prepared, variables, scope(options)).then(toPlain);
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const query = '{ doctor { name pay } }';
const numbered = 'query ($no: Int = 1) { doctor(no: $no) { name pay } }';
const doctor = { data: { doctor: { __typename: 'Doctor', id: '1', name: 'Wang' } } };
const pay = { data: { _entities: [{ pay: 7 }] } };

test('equal operations that no subgraph has answered yet are executed once', async () => {
  const { engine, asked } = createHeldEngine();
  const both = [start(engine, query), start(engine, query)];
  await turn();
  asked[0]?.answer(doctor);
  await turn();
  asked[1]?.answer(pay);
  const answer = { data: { doctor: { name: 'Wang', pay: 7 } } };
  expect(await Promise.all(both)).toEqual([answer, answer]);
  expect(asked.map(({ subgraph }) => subgraph)).toEqual(['people', 'money']);
});

test('who asks after a subgraph has answered the first one gets an execution of his own', async () => {
  const { engine, asked } = createHeldEngine();
  void start(engine, query);
  await turn();
  asked[0]?.answer(doctor);
  await turn();
  void start(engine, query);
  await turn();
  expect(asked.map(({ subgraph }) => subgraph)).toEqual(['people', 'money', 'people']);
});

test.each<readonly [string, string, object, Partial<RequestScope>]>([
  ['another caller', query, {}, { sharingKey: 'other' }],
  ['a caller of whom nothing is said', query, {}, { sharingKey: undefined }],
  ['an observed one', query, {}, { onFetch: () => undefined }],
  ['another variable', numbered, { no: 2 }, {}],
  ['a null where the other left the variable out', numbered, { no: null }, {}],
  ['a mutation', 'mutation { hire { name } }', {}, {}],
])('%s is executed apart', async (_, text, variables, options) => {
  const { engine, asked } = createHeldEngine();
  void start(engine, text);
  void start(engine, text, variables, options);
  await turn();
  expect(asked.map(({ subgraph }) => subgraph)).toEqual(['people', 'people']);
});

test('who joined is executed for himself when the first one’s client is gone', async () => {
  const { engine, asked } = createHeldEngine();
  const gone = new AbortController();
  const first = start(engine, query, {}, { signal: gone.signal });
  const second = start(engine, query);
  await turn();
  gone.abort();
  asked[0]?.answer({ data: { doctor: { __typename: 'Doctor', id: '1', name: 'Wang' } } });
  expect((await first).errors?.map(({ code }) => code)).toEqual(['REQUEST_CANCELLED']);
  await turn();
  asked[1]?.answer(doctor);
  await turn();
  asked[2]?.answer(pay);
  expect(await second).toEqual({ data: { doctor: { name: 'Wang', pay: 7 } } });
});
