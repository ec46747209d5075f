// CPU time per request of gateways over stub subgraphs: `npm run bench:gateway`.
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { contestants } from './gateway/contestants.ts';
import { contestantNames } from './gateway/contestant.ts';
import { enter, measure, type Bench, type Effort, type Running } from './gateway/measure.ts';
import { cores } from './gateway/pinned-process.ts';
import { profileOf, reportProfile } from './gateway/profile.ts';
import { gatewayQueries, queryNames, type GatewayQuery } from './gateway/queries.ts';
import { createRecorder } from './gateway/record-ours.ts';
import { ourProgram } from './gateway/start-gateways.ts';
import { openShopScene } from './gateway/shop-scene.ts';
import { NotAvailableError } from './gateway/start-hive.ts';
import { renderTable } from './gateway/table.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: contestantNames.join(',') },
    queries: { type: 'string', default: queryNames.join(',') },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    'warm-up': { type: 'string', default: '8' },
    connections: { type: 'string', default: '50' },
    'prof-dir': { type: 'string' },
    program: { type: 'string', default: ourProgram },
  },
});
const effort: Effort = {
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  warmUp: Number(values['warm-up']),
  connections: Number(values.connections),
};
const chosen = contestants.filter(({ name }) => values.only.split(',').includes(name));
const queries = gatewayQueries(queryNames.filter((name) => values.queries.split(',').includes(name)));
const profileDirectory = values['prof-dir'];
if (profileDirectory !== undefined) mkdirSync(profileDirectory, { recursive: true });

const scene = await openShopScene();
const ours = { supergraphFile: scene.supergraphFile, program: values.program };
const recordings = createRecorder(ours, { ...scene, queries });
const bench: Bench = { ...scene, effort, place: { ...ours, profileDirectory, recordings } };

console.log(
  `${effort.connections} connections; ${effort.rounds} rounds of ${effort.seconds} s after ${effort.warmUp} s; gateway on core ${cores.measured}, load and subgraphs on core ${cores.surroundings}; Node ${process.version}.`,
);
if (chosen.some(({ requests }) => requests === 'distinct')) {
  console.log('ours-distinct: every request asks another shop, so no two subgraph requests in flight are equal.');
}
console.log();
for (const query of queries) {
  const running = await enterAll(query);
  const outcomes = await measure(bench, running);
  const bytes = running.find(({ contestant }) => contestant.requests === 'equal')?.bytes ?? running[0]?.bytes ?? 0;
  console.log(`${renderTable(query, bytes, outcomes)}\n`);
  if (profileDirectory !== undefined) reportProfiles(query, running, profileDirectory);
  for (const { gateway } of running) await gateway.stop();
}
await scene.close();

/** Starts all that are to be had. */
async function enterAll(query: GatewayQuery): Promise<Running[]> {
  const running: Running[] = [];
  for (const contestant of chosen) {
    process.stderr.write(`${query.name}: ${contestant.name} starts and warms up …\n`);
    try {
      running.push(await enter(bench, contestant, query));
    } catch (error) {
      if (!(error instanceof NotAvailableError)) throw error;
      console.log(`${contestant.name} is left out: ${error.message}`);
    }
  }
  return running;
}

function reportProfiles(query: GatewayQuery, running: readonly Running[], directory: string): void {
  for (const { contestant, gateway } of running.filter((each) => each.gateway.probe !== undefined)) {
    const file = profileOf(gateway, directory);
    console.log(`${query.name}, ${contestant.name}: own time of functions, by ${file}\n${reportProfile(file)}\n`);
  }
}
