import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  cores,
  programFile,
  startPinned,
  startServant,
  type PinnedProcess,
  type Servant,
  type Start,
} from './pinned-process.ts';
import type { ProbeOrder } from './probe-orders.ts';
import type { GatewayOrder } from './gateway-orders.ts';

/** What `npm run gateway` becomes when everything is built. */
export const ourProgram = fileURLToPath(new URL('../../../../../gateway/dist/main.js', import.meta.url));

/** As `npm run gateway` starts Node (package.json). */
const nodeFlags = ['--max-semi-space-size=8'];

/** How our gateway is started. */
export interface OurStart {
  readonly supergraphFile: string;
  readonly port: number;
  /** The built main.js; the repository's own by default. */
  readonly program?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts our gateway as its users do, less the launcher that builds it. */
export async function startOurs(start: OurStart): Promise<PinnedProcess> {
  const process = startPinned(pinned(start, []));
  await untilItAnswers(process, start.port);
  return process;
}

/** Starts our gateway with a probe in its process. */
export async function startProbed(start: OurStart): Promise<Servant<ProbeOrder>> {
  const probe = pathToFileURL(programFile('probe')).href;
  const process = startServant<ProbeOrder>(pinned(start, ['--expose-gc', '--import', probe]));
  await untilItAnswers(process, start.port);
  return process;
}

function pinned({ supergraphFile, port, program = ourProgram, env = {} }: OurStart, flags: readonly string[]): Start {
  const options = ['--supergraph', supergraphFile, '--port', String(port), '--host', '127.0.0.1'];
  return { core: cores.measured, command: [...nodeFlags, ...flags, program, ...options], env };
}

/** Starts one of the benchmark's own servers and waits until it serves. */
export async function startOwnProgram(order: GatewayOrder): Promise<PinnedProcess> {
  const servant = startServant<GatewayOrder>({ core: cores.measured, command: [programFile('gateway-server')] });
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
