import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Exchange, LoadOrder } from './load-orders.ts';
import { cores, programFile, startServant, type Servant } from './pinned-process.ts';
import { answerWithoutFederation, composeShop } from './shop-subgraphs.ts';
import type { StubOrder } from './stub-orders.ts';

/** Everything around a gateway: subgraphs, who asks, and the supergraph's file. */
export interface ShopScene {
  readonly stub: Servant<StubOrder>;
  readonly load: Servant<LoadOrder>;
  /** Addresses of the subgraphs. */
  readonly urls: Readonly<Record<string, string>>;
  readonly supergraphFile: string;
  close(): Promise<void>;
}

/** Sets the scene; the processes in it end with this one. */
export async function openShopScene(): Promise<ShopScene> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const core = cores.surroundings;
  const stub = startServant<StubOrder>({ core, command: [programFile('stub-subgraphs')] });
  const load = startServant<LoadOrder>({ core, command: [programFile('load')] });
  const urls = await stub.order<Record<string, string>>({ kind: 'serve' });
  const supergraphFile = join(mkdtempSync(join(tmpdir(), 'hutong-bench-')), 'supergraph.graphql');
  writeFileSync(supergraphFile, composeShop(urls));
  return {
    stub,
    load,
    urls,
    supergraphFile,
    close: async () => {
      await Promise.all([stub.stop(), load.stop()]);
    },
  };
}

/** Request bodies with the answers a process without federation gives. */
export function exchangesFor(bodies: readonly string[]): Promise<Exchange[]> {
  return Promise.all(bodies.map(async (body) => ({ body, right: await answerWithoutFederation(body) })));
}
