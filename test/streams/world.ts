import { createGateway, createInlinePlanner, type Gateway, type GatewayParts } from '@hutong/gateway';
import { fixedClock } from '@hutong/kit';
import { composeSubgraphs } from '@hutong/schema/compose';
import { createFeed, type Feed } from './feed.ts';
import { staffSdl, startStaff, startWards, wardsSdl, type Gate, type StreamingSubgraph } from './subgraphs.ts';

/** How a world differs from the usual one. */
export interface WorldOptions {
  /** How the gateway reaches the events of wards. */
  readonly events?: 'sse' | 'websocket' | 'multipart';
  readonly streams?: Partial<GatewayParts['streams']>;
  readonly gate?: Gate;
}

/** A gateway over two subgraphs, one of which has subscriptions. */
export interface StreamingWorld {
  readonly gateway: Gateway;
  readonly url: string;
  readonly socketUrl: string;
  readonly supergraphSdl: string;
  readonly feed: Feed;
  readonly wards: StreamingSubgraph;
  /** Stops the gateway gracefully; gives how many requests were cut. */
  readonly stop: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Starts it. */
export async function startWorld({ events = 'sse', streams, gate }: WorldOptions = {}): Promise<StreamingWorld> {
  const feed = createFeed();
  const wards = await startWards(feed);
  const staff = await startStaff(gate ?? (() => undefined));
  const supergraphSdl = compose({ wards: wards.url, staff: staff.url });
  const subscriptionUrl = events === 'websocket' ? wards.socketUrl : wards.url;
  const subscriptionProtocol = events === 'multipart' ? 'multipart' : 'sse';
  const gateway = await createGateway({
    supergraphSdl,
    sources: { kind: 'foreign' },
    createPlanner: createInlinePlanner,
    personas: [],
    clock: fixedClock('2024-12-31T23:59:59+08:00'),
    requestTimeout: 20_000,
    streams: { maxSubscriptions: 100, maxBufferedBytes: 1_048_576, heartbeat: 10_000, ...streams },
    subgraphs: { common: {}, named: new Map([['wards', { subscriptionUrl, subscriptionProtocol }]]) },
    bodyLimit: 100_000,
    limits: { maxTokens: 10_000, maxDepth: 50, maxSelections: 1_000, maxFetches: 100 },
    receiveTimeout: 10_000,
    logLevel: 'silent',
  });
  let stopping: Promise<number> | undefined;
  const address = await gateway.listen({ host: '127.0.0.1', port: 0 });
  return {
    gateway,
    url: `${address}/graphql`,
    socketUrl: `${address.replace('http', 'ws')}/graphql`,
    supergraphSdl,
    feed,
    wards,
    stop: () => (stopping ??= gateway.stop(10_000)),
    close: async () => {
      await (stopping ??= gateway.stop(0));
      await Promise.all([wards.close(), staff.close()]);
    },
  };
}

/** Lets a test work in a world of its own. */
export async function within<T>(options: WorldOptions, work: (world: StreamingWorld) => Promise<T>): Promise<T> {
  const world = await startWorld(options);
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}

function compose(urls: Readonly<Record<string, string>>): string {
  const composed = composeSubgraphs([
    { name: 'wards', sdl: wardsSdl },
    { name: 'staff', sdl: staffSdl },
  ]);
  if (composed.kind === 'failed') throw new Error(composed.errors.join('\n'));
  return Object.entries(urls).reduce(
    (sdl, [name, url]) => sdl.replace(`http://${name}/graphql`, url),
    composed.supergraphSdl,
  );
}
