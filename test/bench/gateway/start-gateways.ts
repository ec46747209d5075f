import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cores, startPinned, startServant, type PinnedProcess } from './pinned-process.ts';
import type { GatewayOrder } from './gateway-orders.ts';

/** What `npm run gateway` becomes when everything is built. */
export const ourProgram = fileURLToPath(new URL('../../../../../gateway/dist/main.js', import.meta.url));
const profiler = new URL('./programs/profiler.js', import.meta.url).href;

interface OurPlace {
  /** The built main.js of our gateway; the repository's own by default. */
  readonly program?: string;
  readonly supergraphFile: string;
  readonly port: number;
  /** Where a CPU profile is written, if anywhere. */
  readonly profileDirectory?: string | undefined;
}

/** Starts our gateway as its users do, less the launcher that builds it; with a profile directory, SIGUSR2 begins and ends a profile. */
export async function startOurs(place: OurPlace, env: Readonly<Record<string, string>> = {}): Promise<PinnedProcess> {
  const { profileDirectory } = place;
  const process = startPinned({
    core: cores.measured,
    command: [
      ...(profileDirectory === undefined ? [] : ['--import', profiler]),
      place.program ?? ourProgram,
      '--supergraph',
      place.supergraphFile,
      '--port',
      String(place.port),
      '--host',
      '127.0.0.1',
    ],
    env: { ...env, ...(profileDirectory === undefined ? {} : { PROFILE_DIRECTORY: profileDirectory }) },
  });
  await untilItAnswers(process, place.port);
  return process;
}

/** Starts one of the benchmark's own servers and waits until it serves. */
export async function startOwnProgram(order: GatewayOrder): Promise<PinnedProcess> {
  const servant = startServant<GatewayOrder>('gateway-server', { core: cores.measured });
  await servant.order(order);
  return servant;
}

/** Waits until a gateway answers a query. Rejects when its process ends before. */
export async function untilItAnswers(process: PinnedProcess, port: number): Promise<void> {
  for (;;) {
    const isThere = await Promise.race([asksTypename(port), process.ended]);
    if (isThere) return;
    await pause(50);
  }
}

async function asksTypename(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
    return response.ok;
  } catch {
    return false;
  }
}

/** A port that was free a moment ago. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
