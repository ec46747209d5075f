import { bodiesFor, type Contestant, type GatewayProcess, type Place } from './contestant.ts';
import { readPeakMemory } from './cpu-accounting.ts';
import type { Exchange, LoadFigures, LoadOrder } from './load-orders.ts';
import type { Servant } from './pinned-process.ts';
import { profileDuring } from './profile.ts';
import type { GatewayQuery } from './queries.ts';
import { exchangesFor } from './shop-scene.ts';
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

/** Who serves and who asks, how long, and what gateways are started with. */
export interface Bench {
  readonly stub: Servant<StubOrder>;
  readonly load: Servant<LoadOrder>;
  readonly effort: Effort;
  readonly place: Omit<Place, 'port'>;
}

/** A contestant that serves. */
export interface Running {
  readonly contestant: Contestant;
  readonly gateway: GatewayProcess;
  readonly port: number;
  readonly exchanges: readonly Exchange[];
  /** Mean length of the answers. */
  readonly bytes: number;
  /** Megabytes when it was warm: processes that have ended since are no longer counted later. */
  readonly peakWhenWarm: number;
}

/** Starts a contestant, holds its answers against the right ones, and warms it up. */
export async function enter(bench: Bench, contestant: Contestant, query: GatewayQuery): Promise<Running> {
  const { load, place, effort } = bench;
  const port = await findFreePort();
  const gateway = await contestant.start({ ...place, port });
  try {
    const exchanges = await exchangesFor(bodiesFor(contestant, query));
    const bytes = await load.order<number>({ kind: 'learn', port, exchanges });
    await ask(bench, { gateway, port }, effort.warmUp);
    return { contestant, gateway, port, exchanges, bytes, peakWhenWarm: readPeakMemory(gateway.pid) };
  } catch (error) {
    await gateway.stop();
    throw error;
  }
}

/** Measures contestants turn about, so that what else the machine does meets them all; then holds their answers against the right ones again. */
export async function measure(bench: Bench, all: readonly Running[]): Promise<readonly Outcome[]> {
  const { load, stub, effort, place } = bench;
  const rounds = all.map((): LoadFigures[] => []);
  const fetches = all.map(() => 0);
  for (let round = 1; round <= effort.rounds; round += 1) {
    for (const [index, running] of all.entries()) {
      await stub.order<StubCounts>({ kind: 'counts' });
      const run = (): Promise<LoadFigures> => ask(bench, running, effort.seconds);
      const probe = round === effort.rounds ? running.gateway.probe : undefined;
      const figures = await (probe === undefined ? run() : profileDuring(probe, place.profileDirectory ?? '', run));
      const counts = await stub.order<StubCounts>({ kind: 'counts' });
      assertNothingNew(running, counts);
      rounds[index]?.push(figures);
      fetches[index] = counts.requests / figures.requests;
    }
  }
  for (const { port, exchanges } of all) await load.order<number>({ kind: 'learn', port, exchanges });
  return all.map(({ contestant, gateway, peakWhenWarm }, index) => ({
    contestant,
    rounds: rounds[index] ?? [],
    peakMemory: Math.max(peakWhenWarm, readPeakMemory(gateway.pid)),
    fetches: fetches[index] ?? 0,
  }));
}

function ask(
  { load, effort }: Bench,
  { port, gateway }: Pick<Running, 'port' | 'gateway'>,
  seconds: number,
): Promise<LoadFigures> {
  return load.order<LoadFigures>({ kind: 'run', port, pid: gateway.pid, connections: effort.connections, seconds });
}

function assertNothingNew({ contestant }: Running, { computed }: StubCounts): void {
  if (computed === 0) return;
  throw new Error(`${contestant.name} asked ${computed} things never asked before: the subgraphs were measured too.`);
}
