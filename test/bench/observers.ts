// What observers cost an operation of two fetches, answered in this process: `npm run bench:observers`. A small operation is
// the worst case: what is spent on observers is the same for a large one.
import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import { createEngine, createInlinePlanner, createPipeline, type Engine } from '@hutong/gateway';
import { parse } from 'graphql';
import { composeShop } from './gateway/shop-subgraphs.ts';

const rounds = 15;
const operationsPerRound = 4_000;

const answers: Readonly<Record<string, string>> = {
  accounts: `{"data":{"users":[${[1, 2, 3, 4].map((id) => `{"__typename":"User","id":"${id}","name":"User ${id}"}`).join(',')}]}}`,
  reviews: `{"data":{"_entities":[${[1, 2, 3, 4].map((id) => `{"reviews":[{"body":"Review ${id}"}]}`).join(',')}]}}`,
};
const engine: Engine = createEngine({
  supergraphSdl: composeShop({}),
  createPlanner: createInlinePlanner,
  transport: async (subgraph) => ({ ...JSON.parse(answers[subgraph] ?? '{}'), isPlain: true }),
});
const pipeline = createPipeline({ engine });
const operation = { schema: engine.schema, document: parse('{ users { name reviews { body } } }'), variables: {} };
const { signal } = new AbortController();
const context = { requestId: 'bench', caller: undefined, businessTime: '2024-12-31T23:59:59+08:00', signal };

/** Microseconds of processor time an operation takes. */
async function measure(): Promise<number> {
  const start = process.cpuUsage();
  for (let done = 0; done < operationsPerRound; done += 1) await pipeline.run(operation, context);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / operationsPerRound;
}

let events = 0;
const listen = (): void => void (events += 1);
const points = ['hutong:operation', 'hutong:engine:fetch', 'hutong:engine:plan'];
const traces = ['hutong:operation', 'hutong:stage', 'hutong:engine:fetch', 'hutong:engine:exchange'].map((name) =>
  tracingChannel(name),
);

/** Who listens; nobody's costs are everybody's. */
const audiences = {
  nobody: { open: () => undefined, close: () => undefined },
  counting: {
    open: () => points.forEach((name) => subscribe(name, listen)),
    close: () => points.forEach((name) => unsubscribe(name, listen)),
  },
  tracing: {
    open: () => traces.forEach(({ start, asyncEnd }) => [start, asyncEnd].forEach((end) => end.subscribe(listen))),
    close: () => traces.forEach(({ start, asyncEnd }) => [start, asyncEnd].forEach((end) => end.unsubscribe(listen))),
  },
};

const first = await pipeline.run(operation, context);
if (first.errors !== undefined) throw new Error(JSON.stringify(first));
for (let round = 0; round < 3; round += 1) await measure();

const figures = new Map<string, number[]>();
for (let round = 0; round < rounds; round += 1) {
  for (const [name, { open, close }] of Object.entries(audiences)) {
    events = 0;
    open();
    const cost = await measure();
    close();
    figures.set(name, [...(figures.get(name) ?? []), cost]);
    if (name === 'nobody' && events > 0) throw new Error('Events were made for nobody.');
  }
}
const median = (name: string): number => figures.get(name)?.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
for (const name of Object.keys(audiences)) {
  const ratio = (median(name) / median('nobody')).toFixed(2);
  console.log(`${name.padEnd(10)} ${median(name).toFixed(1)} µs of processor time per operation, ${ratio} of nobody's`);
}
