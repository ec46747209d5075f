import type { Servant } from './pinned-process.ts';
import type { GatewayQuery } from './queries.ts';
import { findFreePort, startOurs } from './start-gateways.ts';
import type { Recording } from './recording.ts';
import type { SeenRequest, StubCounts, StubOrder } from './stub-orders.ts';

/** Slow enough that the requests of a stage are all there before its first answer. */
const delay = 60;

/** Who is watched, and at what. */
interface Scene {
  readonly stub: Servant<StubOrder>;
  /** Of the subgraphs. */
  readonly urls: Readonly<Record<string, string>>;
  readonly queries: readonly GatewayQuery[];
}

/** Gives the function that makes the recordings of our gateway when they are first wanted. */
export function createRecorder(
  ours: { readonly supergraphFile: string; readonly program: string },
  scene: Scene,
): () => Promise<readonly Recording[]> {
  let recordings: Promise<readonly Recording[]> | undefined;
  return () => (recordings ??= recordOurs(ours, scene));
}

async function recordOurs(
  ours: { readonly supergraphFile: string; readonly program: string },
  scene: Scene,
): Promise<readonly Recording[]> {
  const port = await findFreePort();
  const gateway = await startOurs({ ...ours, port });
  try {
    return await record(port, scene);
  } finally {
    await gateway.stop();
  }
}

/** Asks a gateway each query once and notes what it asks of the subgraphs. */
async function record(port: number, { stub, urls, queries }: Scene): Promise<readonly Recording[]> {
  const recordings: Recording[] = [];
  for (const { equal } of queries) {
    // Once before, so that planning is over.
    await ask(port, equal);
    await stub.order<null>({ kind: 'watch', delay });
    const answer = await ask(port, equal);
    const stages = splitStages(await stub.order<SeenRequest[]>({ kind: 'seen' }));
    recordings.push({
      asked: equal,
      stages: stages.map((stage) => stage.map(({ subgraph, body }) => ({ url: urls[subgraph] ?? '', body }))),
      answer,
    });
  }
  await stub.order<StubCounts>({ kind: 'counts' });
  return recordings;
}

function splitStages(requests: readonly SeenRequest[]): SeenRequest[][] {
  const stages: SeenRequest[][] = [];
  let begun = Number.NEGATIVE_INFINITY;
  for (const request of requests) {
    if (request.at - begun >= delay) {
      stages.push([]);
      begun = request.at;
    }
    stages.at(-1)?.push(request);
  }
  return stages;
}

async function ask(port: number, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body });
  return response.text();
}
