// Reading through the gateway against hand-written SQL that returns the same JSON: `npm run bench:read`.
import { fork, type ChildProcess } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { createKeyRing, createTestDatabase, generateDataKeys, parseDataKeys, seedDatabase } from '@hutong/kit';
import { startTestServer } from '../database.ts';
import { packages, regionOptions } from '../region.ts';
import type { RegionPlace } from '../world.ts';
import { queries, type BenchQuery } from './queries.ts';
import { variants, type Variant } from './variants.ts';

const rounds = 5;
const connections = 8;

interface Running {
  readonly variant: Variant;
  readonly url: string;
  readonly child: ChildProcess;
}

const server = await startTestServer();
const dataKeys = generateDataKeys();
console.log(`Seeding ${regionOptions.residentsPerPlace} residents of one county …`);
const databases = await Promise.all(
  packages.map(async (subgraph) => {
    const database = await createTestDatabase(server.url, { migrations: subgraph.migrations });
    await seedDatabase(database, subgraph, createKeyRing(parseDataKeys(dataKeys)), regionOptions);
    return { name: subgraph.name, database };
  }),
);
const region = { dataKeys, databases: Object.fromEntries(databases.map(({ name, database }) => [name, database.url])) };
const running = await Promise.all(variants.map((variant) => start(variant, region)));
for (const query of queries) await measure(query);
for (const { child } of running) child.kill();
await Promise.all(databases.map(({ database }) => database.close()));
await server.close();

async function start(variant: Variant, place: RegionPlace): Promise<Running> {
  const child = fork(new URL('read-server.js', import.meta.url));
  child.send({ variant, region: place });
  const url = await new Promise<string>((resolve) => {
    child.once('message', (message: { url: string }) => resolve(new URL('/graphql', message.url).href));
  });
  return { variant, url, child };
}

/** Milliseconds per request of every variant, turn about; the ratio of each round is to SQL's time in the same round. */
async function measure(query: BenchQuery): Promise<void> {
  const answers = await Promise.all(running.map(({ url }) => ask(url, query)));
  for (const [index, { variant }] of running.entries()) {
    if (isDeepStrictEqual(answers[index], answers[0])) continue;
    console.error(JSON.stringify(answers[0]));
    console.error(JSON.stringify(answers[index]));
    throw new Error(`${variant} answers "${query.name}" differently from ${variants[0]}: see the two lines above`);
  }
  for (const { url } of running) await load(url, query, query.requests);
  const times = new Map<Variant, number[]>(variants.map((variant) => [variant, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { variant, url } of running) times.get(variant)?.push(await load(url, query, query.requests));
  }
  const base = times.get('sql') ?? [];
  console.log(`\n${query.name} (${connections} connections, ${rounds} rounds of ${query.requests} requests)`);
  for (const [variant, list] of times) {
    const ratios = list.map((time, index) => time / (base[index] ?? Number.NaN));
    console.log(
      `  ${variant.padEnd(12)} ${median(list).toFixed(2).padStart(8)} ms/request   ×${median(ratios).toFixed(2)} of SQL`,
    );
  }
}

async function load(url: string, query: BenchQuery, requests: number): Promise<number> {
  let left = requests;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left > 0) {
        left -= 1;
        await ask(url, query);
      }
    }),
  );
  return (performance.now() - begun) / requests;
}

async function ask(url: string, { query, variables }: BenchQuery): Promise<unknown> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return response.json();
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
