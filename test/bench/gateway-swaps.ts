// Memory of the gateway before and after many hot swaps of its supergraph under light load: `npm run bench:swaps`.
import { renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { LoadFigures } from './gateway/load-orders.ts';
import { countThreads, readPeakMemory } from './gateway/cpu-accounting.ts';
import { reportGrowth } from './gateway/memory-growth.ts';
import type { MemoryFigures } from './gateway/probe-orders.ts';
import { gatewayQueries, queryNames } from './gateway/queries.ts';
import { exchangesFor, openShopScene } from './gateway/shop-scene.ts';
import { composeShop } from './gateway/shop-subgraphs.ts';
import { findFreePort, ourProgram, startProbed } from './gateway/start-gateways.ts';

const { values } = parseArgs({
  options: { swaps: { type: 'string', default: '200' }, program: { type: 'string', default: ourProgram } },
});
/** A graph that was replaced is held for the requests that may still be under way: as long as a request may take. */
const requestTimeout = 10_000;
const scene = await openShopScene();
const port = await findFreePort();
const env = { HUTONG_REQUEST_TIMEOUT: String(requestTimeout) };
const gateway = await startProbed({ ...scene, port, program: values.program, env });
const exchanges = await exchangesFor(gatewayQueries(queryNames).map(({ equal }) => equal));
await scene.load.order<number>({ kind: 'learn', port, exchanges });

/** Two graphs that answer the same; one has a type more. */
const graphs = [composeShop(scene.urls, ' enum Colour { RED GREEN }'), composeShop(scene.urls)];

// Both graphs have been served, and everything has been done once, before memory is looked at.
await swap(10);
const before = await readMemory();
const requests = await swap(Number(values.swaps));
const after = await readMemory();
console.log(`${values.swaps} swaps under ${requests} requests, all answered rightly`);
if (!reportGrowth(before, after)) process.exitCode = 1;
console.log(`  most resident meanwhile ${readPeakMemory(gateway.pid).toFixed(0)} MB`);
if (after.threads > before.threads) {
  console.log(`  THREADS are left over: ${before.threads} → ${after.threads}`);
  process.exitCode = 1;
}
await gateway.stop();
await scene.close();

/** Memory and threads, when graphs that were replaced have been let go. */
async function readMemory(): Promise<MemoryFigures & { readonly threads: number }> {
  await pause(requestTimeout + 1000);
  const memory = await gateway.order<MemoryFigures>({ kind: 'memory' });
  return { ...memory, threads: countThreads(gateway.pid) };
}

/** Replaces the file's graph so many times, while somebody asks; gives the number of requests. */
async function swap(times: number): Promise<number> {
  const swapping = { isOver: false };
  const loading = loadUntil(() => swapping.isOver);
  for (let time = 0; time < times; time += 1) {
    const served = gateway.says('is served');
    writeFileSync(`${scene.supergraphFile}.new`, graphs[time % graphs.length] ?? '');
    renameSync(`${scene.supergraphFile}.new`, scene.supergraphFile);
    await served;
    if (time % 50 === 49) process.stderr.write(`${time + 1} swaps …\n`);
    await pause(20);
  }
  swapping.isOver = true;
  return loading;
}

async function loadUntil(isOver: () => boolean): Promise<number> {
  let asked = 0;
  while (!isOver()) {
    const order = { kind: 'run', port, pid: gateway.pid, connections: 4, seconds: 1, pause: 20 } as const;
    asked += (await scene.load.order<LoadFigures>(order)).requests;
  }
  return asked;
}
