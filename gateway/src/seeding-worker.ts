import { parentPort, workerData } from 'node:worker_threads';
import { openKeyRing, seedDatabase } from '@hutong/kit';
import { subgraphPackages } from './colocated-packages.ts';
import type { SeedingOrder, SeedingReport } from './seeding.ts';

/** Seeds one database in a thread of its own: generating rows takes one processor, and four databases are to be filled. */
async function main(): Promise<void> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own seeding.ts made it.
  const { name, url, store, options, replace } = workerData as SeedingOrder;
  const subgraph = subgraphPackages.find((known) => known.name === name);
  if (subgraph === undefined) throw new TypeError(`there is no subgraph ${name}`);
  const outcome = await seedDatabase({ url }, subgraph, openKeyRing(store), options, {
    replace,
    onProgress: ({ table, rows }) => report({ kind: 'progress', table, rows }),
  });
  report({ kind: 'done', outcome });
}

function report(message: SeedingReport): void {
  parentPort?.postMessage(message);
}

await main();
