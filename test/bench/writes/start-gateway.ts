import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCallerKeys, repositoryRoot } from '@hutong/schema';
import type { Way } from '../../world.ts';
import { beginning, type WriteOrder } from './write-order.ts';
import type { WriteRegion } from './write-region.ts';

/** A gateway that is written through. */
export interface WriteGateway {
  readonly url: string;
  /** Its process, and those of its subgraphs where these are servers of their own. */
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

/** Starts the gateway in a process of its own, with its subgraphs in it, or with each of them as the server that `npm run subgraph` runs. */
export async function startGateway(way: Way, region: WriteRegion): Promise<WriteGateway> {
  const { privateKey, publicKeys } = await generateCallerKeys('bench');
  const subgraphs = way === 'distributed' ? await startSubgraphs(region, { privateKey, publicKeys }) : undefined;
  const order: WriteOrder = {
    region: { databases: region.databases, dataKeys: region.dataKeys },
    institutionIds: await callingInstitutions(region),
    ...(subgraphs && { distributed: { urls: subgraphs.urls, privateKey } }),
  };
  const gateway = fork(new URL('../write-server.js', import.meta.url));
  gateway.send(order);
  const [{ url }] = (await once(gateway, 'message')) as [{ url: string }];
  const processes = [gateway, ...(subgraphs?.processes ?? [])];
  return {
    url: new URL('/graphql', url).href,
    pids: processes.map(({ pid = 0 }) => pid),
    stop: async () => {
      await Promise.all(processes.map(end));
      subgraphs?.clear();
    },
  };
}

/** Those who sign, and the hospital that settles and books. */
async function callingInstitutions(region: WriteRegion): Promise<readonly string[]> {
  const rows = await region.database('public-health').sql<{ id: string }[]>`
    select distinct base_institution_id as id from service_contracts order by 1`;
  return rows.map(({ id }) => id);
}

interface Subgraphs {
  readonly urls: Readonly<Record<string, string>>;
  readonly processes: readonly ChildProcess[];
  clear(): void;
}

async function startSubgraphs(
  region: WriteRegion,
  keys: Pick<Awaited<ReturnType<typeof generateCallerKeys>>, 'privateKey' | 'publicKeys'>,
): Promise<Subgraphs> {
  const folder = mkdtempSync(join(tmpdir(), 'hutong-bench-'));
  const [callerKey, callerKeys] = [join(folder, 'private.jwk'), join(folder, 'public.json')];
  writeFileSync(callerKey, JSON.stringify(keys.privateKey));
  writeFileSync(callerKeys, JSON.stringify(keys.publicKeys));
  const names = Object.keys(region.databases);
  const ports = await Promise.all(names.map(freePort));
  const urls = Object.fromEntries(names.map((name, at) => [name, `http://127.0.0.1:${ports[at]}/graphql`]));
  const addresses = Object.fromEntries(names.map((name) => [`${settingOf(name)}_URL`, urls[name]]));
  const common = {
    ...process.env,
    ...addresses,
    HUTONG_CALLER_KEY: callerKey,
    HUTONG_CALLER_PUBLIC_KEYS: callerKeys,
    HUTONG_DATA_KEYS: region.dataKeys,
    HUTONG_CLOCK: beginning,
  };
  const processes = names.map((name, at) => {
    const program = join(repositoryRoot, 'subgraphs', name, 'dist', 'main.js');
    const env = { ...common, PORT: String(ports[at]), DATABASE_URL: region.databases[name] };
    return spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  });
  await Promise.all(processes.map(untilServing));
  return { urls, processes, clear: () => rmSync(folder, { recursive: true, force: true }) };
}

function settingOf(subgraph: string): string {
  return subgraph.toUpperCase().replaceAll('-', '_');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** A subgraph tells its address when it serves. */
async function untilServing(child: ChildProcess): Promise<void> {
  let said = '';
  const told = new Promise<void>((resolve) => {
    child.stdout?.on('data', (text: Buffer) => {
      said += String(text);
      if (said.includes('http://')) resolve();
    });
    // Until the others serve too, its deliveries to them fail, and it says so.
    child.stderr?.on('data', (text: Buffer) => void (said = (said + String(text)).slice(-4000)));
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${child.spawnargs.join(' ')} ended, saying\n${said}`);
  });
  await Promise.race([told, ended]);
  ended.catch(() => undefined);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
