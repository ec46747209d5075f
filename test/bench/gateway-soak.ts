// Memory of the gateway before and after full load: `npm run bench:soak`.
import { parseArgs } from 'node:util';
import { reportGrowth } from './gateway/memory-growth.ts';
import type { LoadFigures } from './gateway/load-orders.ts';
import type { MemoryFigures } from './gateway/probe-orders.ts';
import { gatewayQueries, queryNames } from './gateway/queries.ts';
import { exchangesFor, openShopScene } from './gateway/shop-scene.ts';
import { findFreePort, ourProgram, startProbed } from './gateway/start-gateways.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    'warm-up': { type: 'string', default: '10' },
    connections: { type: 'string', default: '50' },
    program: { type: 'string', default: ourProgram },
  },
});
const connections = Number(values.connections);
const scene = await openShopScene();
const port = await findFreePort();
const gateway = await startProbed({ ...scene, port, program: values.program });
const queries = gatewayQueries(queryNames);

await soak(
  'medium query',
  queries.filter(({ name }) => name === 'medium').map(({ equal }) => equal),
);
await soak(
  'mix of all queries, equal and distinct',
  queries.flatMap(({ equal, distinct }) => [equal, ...distinct]),
);
await gateway.stop();
await scene.close();

/** Loads the gateway with these requests; the memory before is that after a warm-up with the same. */
async function soak(title: string, bodies: readonly string[]): Promise<void> {
  const exchanges = await exchangesFor(bodies);
  await scene.load.order<number>({ kind: 'learn', port, exchanges });
  await run(Number(values['warm-up']));
  const before = await gateway.order<MemoryFigures>({ kind: 'memory' });
  const { requests, seconds } = await run(Number(values.seconds));
  const after = await gateway.order<MemoryFigures>({ kind: 'memory' });
  await scene.load.order<number>({ kind: 'learn', port, exchanges });
  console.log(`${title}: ${requests} requests in ${seconds.toFixed(0)} s, all answered rightly`);
  if (!reportGrowth(before, after)) process.exitCode = 1;
}

function run(seconds: number): Promise<LoadFigures> {
  return scene.load.order<LoadFigures>({ kind: 'run', port, pid: gateway.pid, connections, seconds });
}
