// Settlements, signings and bookings per second through the gateway, beside the commits of its database: `npm run bench:writes`.
import { parseArgs } from 'node:util';
import { startTestServer } from '../database.ts';
import type { Way } from '../world.ts';
import { measureCommits } from './writes/commit-rate.ts';
import { brokenInvariants } from './writes/invariants.ts';
import { runLoad } from './writes/run-load.ts';
import { startGateway } from './writes/start-gateway.ts';
import { renderTable, type Outcome } from './writes/table.ts';
import { copyRegion, seedRegion } from './writes/write-region.ts';
import { openLoads } from './writes/write-loads.ts';

const ways: readonly Way[] = ['colocated', 'distributed'];
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    callers: { type: 'string', default: '50' },
    'warm-up': { type: 'string', default: '5' },
    residents: { type: 'string', default: '3000' },
    ways: { type: 'string', default: ways.join(',') },
  },
});
const effort = { seconds: Number(values.seconds), callers: Number(values.callers) };
const warmUp = { ...effort, seconds: Number(values['warm-up']) };

// Every commit reaches the disk, as in use.
const server = await startTestServer({ durable: true });
try {
  console.log(`Seeding ${values.residents} residents of one county …`);
  const seeded = await seedRegion(server.url, Number(values.residents));
  const outcomes: Outcome[] = [];
  const faults: string[] = [];
  for (const way of ways.filter((one) => values.ways.split(',').includes(one))) {
    const region = await copyRegion(server.url, seeded);
    const commits = await measureCommits(server.url, effort);
    const gateway = await startGateway(way, region);
    try {
      const loads = await openLoads(gateway.url, region);
      for (const load of loads) {
        console.log(`${way}: ${load.name}, ${effort.callers} callers, ${effort.seconds} s …`);
        const before = await runLoad(gateway, load, warmUp);
        const figures = await runLoad(gateway, load, effort);
        const unexpected = [...before.unexpected, ...figures.unexpected];
        const unknown = unexpected.reduce((total, [, count]) => total + count, 0);
        outcomes.push({
          way,
          name: load.name,
          commits,
          ...figures,
          inAll: { done: before.done + figures.done, unknown },
        });
        faults.push(
          ...unexpected.map(([code, count]) => `${way}, ${load.name}: ${count} callers were answered ${code}`),
        );
      }
      const broken = await brokenInvariants(
        region,
        outcomes.filter((outcome) => outcome.way === way),
      );
      faults.push(...broken.map((fault) => `${way}: ${fault}`));
    } finally {
      await gateway.stop();
      await region.close();
    }
  }
  console.log(`\n${renderTable(outcomes, effort)}\n`);
  for (const fault of faults) console.error(`BROKEN ${fault}`);
  if (faults.length === 0) console.log('Every refusal was an expected one, and every invariant holds.');
  else process.exitCode = 1;
  await seeded.close();
} finally {
  await server.close();
}
