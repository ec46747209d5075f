import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Place } from './contestant.ts';
import { cores, startPinned, type PinnedProcess } from './pinned-process.ts';
import { untilItAnswers } from './start-gateways.ts';

const versions = { gateway: '2.15.1', runtime: '1.4.23' } as const;

/** It is no dependency of ours: it lives in a folder of its own, which an installation of ours clears away. */
const folder = fileURLToPath(
  new URL(
    `../../../../../node_modules/.cache/hutong/bench-hive-${versions.gateway}-${versions.runtime}`,
    import.meta.url,
  ),
);

const manifest = {
  private: true,
  type: 'module',
  dependencies: {
    '@graphql-hive/gateway': versions.gateway,
    '@graphql-hive/router-runtime': versions.runtime,
    graphql: '16.15.0',
  },
  overrides: { '@graphql-tools/batch-execute': '10.2.0' },
};

/** Equal requests under way to one subgraph are one by default; whole answers are not shared, as by default. */
const config = `
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
const deduplicateInflightRequests = process.env.HIVE_DEDUP === '1';
export const gatewayConfig = {
  unifiedGraphHandler,
  transportEntries: { '*.http': { options: { deduplicateInflightRequests } } },
};
`;

/** Says why something is not there to be compared. */
export class NotAvailableError extends Error {}

/** Starts Hive Gateway with its Rust planner. Rejects with `NotAvailableError` when npm cannot install it. */
export async function startHive(
  { port, supergraphFile }: Place,
  { dedup }: { readonly dedup: boolean },
): Promise<PinnedProcess> {
  await install();
  const program = join(folder, 'node_modules/@graphql-hive/gateway/dist/bin.js');
  const process = startPinned({
    core: cores.measured,
    directory: folder,
    command: [program, 'supergraph', supergraphFile, '-c', 'gateway.config.mjs', '-h', '127.0.0.1', '-p', `${port}`],
    env: { HIVE_DEDUP: dedup ? '1' : '0', FORK: '1' },
  });
  await untilItAnswers(process, port);
  return process;
}

async function install(): Promise<void> {
  const stamp = join(folder, 'installed');
  if (existsSync(stamp)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'gateway.config.mjs'), config);
  const npm = spawn('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  npm.stderr.on('data', (text: Buffer) => (said += String(text)));
  const [code] = await once(npm, 'close');
  if (code !== 0) throw new NotAvailableError(`Hive Gateway could not be installed:\n${said.slice(-1000)}`);
  writeFileSync(stamp, '');
}
