import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { bodiesFor, type Contestant, type Place } from './contestant.ts';
import { readPeakMemory } from './cpu-accounting.ts';
import type { Exchange, LoadFigures, LoadOrder } from './load-orders.ts';
import type { PinnedProcess, Servant } from './pinned-process.ts';
import type { GatewayQuery } from './queries.ts';
import { answerWithoutFederation } from './shop-subgraphs.ts';
import { findFreePort } from './start-gateways.ts';
import type { StubCounts, StubOrder } from './stub-orders.ts';
import type { Outcome } from './table.ts';

/** How long is measured. */
export interface Effort {
  readonly connections: number;
  /** Seconds before anything is measured: the compiler has its time. */
  readonly warmUp: number;
  /** Seconds of a round. */
  readonly seconds: number;
  readonly rounds: number;
}

/** Who serves and who asks. */
export interface Surroundings {
  readonly stub: Servant<StubOrder>;
  readonly load: Servant<LoadOrder>;
}

/** Measures a fresh process of a contestant at one query; gives the mean length of the answers too. */
export async function measure(
  { stub, load }: Surroundings,
  contestant: Contestant,
  query: GatewayQuery,
  { place, effort }: { readonly place: Omit<Place, 'port'>; readonly effort: Effort },
): Promise<Outcome & { readonly bytes: number }> {
  const port = await findFreePort();
  const gateway = await contestant.start({ ...place, port });
  try {
    const exchanges = await answersOf(bodiesFor(contestant, query));
    const bytes = await load.order<number>({ kind: 'learn', port, exchanges });
    const { connections, seconds } = effort;
    const run = (length: number): Promise<LoadFigures> =>
      load.order<LoadFigures>({ kind: 'run', connections, seconds: length, pid: gateway.pid });
    await run(effort.warmUp);
    await stub.order<StubCounts>({ kind: 'counts' });
    const endProfile = beginProfile(gateway, contestant, place);
    const rounds: LoadFigures[] = [];
    for (let round = 0; round < effort.rounds; round += 1) rounds.push(await run(seconds));
    await endProfile();
    const counts = await stub.order<StubCounts>({ kind: 'counts' });
    if (counts.computed > 0) {
      throw new Error(`${contestant.name} asked ${counts.computed} new things: the subgraphs were measured too.`);
    }
    const peakMemory = readPeakMemory(gateway.pid);
    await load.order<number>({ kind: 'learn', port, exchanges });
    const requests = rounds.reduce((total, round) => total + round.requests, 0);
    return { contestant, rounds, peakMemory, fetches: counts.requests / requests, bytes };
  } finally {
    await gateway.stop();
  }
}

async function answersOf(bodies: readonly string[]): Promise<Exchange[]> {
  return Promise.all(bodies.map(async (body) => ({ body, right: await answerWithoutFederation(body) })));
}

/** Profiles our gateway, if that is wished; gives the function that ends it and waits for the file. */
function beginProfile(
  { pid }: PinnedProcess,
  { name }: Contestant,
  { profileDirectory }: Omit<Place, 'port'>,
): () => Promise<void> {
  if (profileDirectory === undefined || !name.startsWith('ours')) return async () => undefined;
  process.kill(pid, 'SIGUSR2');
  return async () => {
    process.kill(pid, 'SIGUSR2');
    while (!readdirSync(profileDirectory).includes(`gateway-${pid}.cpuprofile`)) await pause(100);
  };
}
