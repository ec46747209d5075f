import { subscribe } from 'node:diagnostics_channel';
import { subgraphNames, type SubgraphName } from '@hutong/schema';
import { readCallerSigner, readCallerVerifier } from './caller-keys.ts';
import { startBackground, type Background } from './background.ts';
import { businessClock, readSeeding } from './clock.ts';
import type { KeyRing } from './crypto/key-ring.ts';
import { checkKeys, openKeyRing, sandboxKeyOf } from './crypto/open-key-ring.ts';
import { checkReachable } from './database/check-reachable.ts';
import { migrate } from './database/migrate.ts';
import { openDatabase, type Database } from './database/open-database.ts';
import { describeCause } from './describe-cause.ts';
import { assertListenable } from './listen-error.ts';
import { count, createLines, describeSeeding } from './progress.ts';
import { seedDatabase } from './seed-database.ts';
import { createHttpOutlet } from './relay/signed-pages.ts';
import type { Outlet } from './relay/start-relay.ts';
import { serveSubgraph, type SubgraphServer } from './serve-subgraph.ts';
import { kinds } from './setting-kinds.ts';
import { commonSettings, ConfigError, readSeedOptions, readSettings, setting, type Texts } from './settings.ts';
import type { SeedOptions, SubgraphPackage } from './subgraph-package.ts';

/** Where a server of its own tells what it does; the process's console. */
export interface Voice {
  log(line: string): void;
  error(line: string): void;
}

/** What a subgraph that runs as a server of its own is told. */
interface SubgraphConfig {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  readonly callerKeys: string;
  readonly demo: boolean;
  readonly data: string;
  readonly dataKeys: string | undefined;
  readonly paymentSandboxKey: string | undefined;
  readonly bodyLimit: number;
  readonly receiveTimeout: number;
  readonly drainDelay: number;
  readonly drainTime: number;
  readonly seed: SeedOptions;
  readonly clock: string;
  /** Key that signs what is delivered to the other subgraphs, and where they are; they get no changes without. */
  readonly callerKey: string | undefined;
  readonly peers: ReadonlyMap<string, string>;
}

/** Settings of a subgraph's own server, beside those that all share. */
export function subgraphSettings(name: string) {
  const own = `${name.toUpperCase().replaceAll('-', '_')}_DATABASE_URL`;
  const position = subgraphNames.findIndex((known) => known === name);
  return {
    port: setting({
      env: 'PORT',
      kind: kinds.port,
      fallback: 4001 + position,
      en: 'Port the server listens on; 0 takes any free one.',
      zh: '服务监听端口；0 表示任取空闲端口。',
    }),
    ownDatabaseUrl: setting({
      env: own,
      kind: kinds.databaseUrl,
      secret: true,
      en: `PostgreSQL database of the subgraph ${name} (or DATABASE_URL).`,
      zh: `子图 ${name} 的 PostgreSQL 数据库（或 DATABASE_URL）。`,
    }),
    databaseUrl: setting({
      env: 'DATABASE_URL',
      kind: kinds.databaseUrl,
      secret: true,
      en: `PostgreSQL database of the subgraph, where ${own} is not set.`,
      zh: `子图的 PostgreSQL 数据库（未设置 ${own} 时）。`,
    }),
    callerKeys: setting({
      env: 'HUTONG_CALLER_PUBLIC_KEYS',
      kind: kinds.path,
      en: 'File of the public keys that check caller tokens; `npm run keys -- DIR` makes it.',
      zh: '校验调用方令牌的公钥文件；可用 `npm run keys -- DIR` 生成。',
    }),
    bodyLimit: setting({
      env: 'HUTONG_BODY_LIMIT',
      kind: kinds.count,
      fallback: 16 * 1_048_576,
      en: 'Largest request body, bytes; the gateway asks for many entities at once.',
      zh: '请求体上限，字节；网关会一次请求大量实体。',
    }),
    clock: commonSettings.clock,
    callerKey: setting({
      env: 'HUTONG_CALLER_KEY',
      kind: kinds.path,
      secret: true,
      en: 'File of the Ed25519 private key that signs the changes delivered to the other subgraphs; without it none are delivered.',
      zh: '向其他子图投递变更时用于签名的 Ed25519 私钥文件；未设置则不投递。',
    }),
    peers: {
      institutions: peer('institutions'),
      personnel: peer('personnel'),
      insurance: peer('insurance'),
      'public-health': peer('public-health'),
    },
    demo: setting({
      env: 'HUTONG_DEMO',
      kind: kinds.flag,
      fallback: false,
      en: 'With 1 an empty database is filled with the demo region, and keys are made where none are set.',
      zh: '为 1 时，空库将填入演示区域；未设置密钥时自动生成。',
    }),
  };
}

/** Where the inbox of a subgraph is that gets this one's changes. */
function peer(name: SubgraphName) {
  return setting({
    env: `${name.toUpperCase().replaceAll('-', '_')}_URL`,
    kind: kinds.httpUrl,
    en: `GraphQL address of the subgraph ${name}, whose inbox gets this one's changes; none are delivered there when absent.`,
    zh: `子图 ${name} 的 GraphQL 地址，用于投递变更；未设置则不投递。`,
  });
}

/**
 * Runs a subgraph as a server of its own until a signal ends it: migrates its database, seeds it when it is empty and this is a demo,
 * serves. Rejects with `ConfigError` where a setting cannot be used.
 */
export async function runSubgraph(subgraph: SubgraphPackage, env: Texts, voice: Voice): Promise<void> {
  const config = readConfig(subgraph.name, env);
  await assertListenable(config);
  const verifyCaller = await readCallerVerifier(config.callerKeys);
  const keys = openKeyRing(config);
  const database = await openDatabase({ url: config.databaseUrl }, { applicationName: `hutong-${subgraph.name}` });
  try {
    await checkReachable(database, subgraphSettings(subgraph.name).ownDatabaseUrl.env);
    await migrate(database.url, subgraph.migrations);
    await checkKeys(database.sql, keys, subgraph.name);
    if (config.demo) await seed(subgraph, database, keys, config.seed, voice);
    logEvents(voice);
    const seeding = await readSeeding(database.sql);
    const paymentSandboxKey = sandboxKeyOf(config, keys);
    const running = subgraph.create({ database, keys, paymentSandboxKey, allowSynthetic: config.demo });
    let background: Background | undefined;
    const server = await serveSubgraph(running, {
      host: config.host,
      port: config.port,
      verifyCaller,
      bodyLimit: config.bodyLimit,
      receiveTimeout: config.receiveTimeout,
      checkReady: async () => void (await database.sql`select 1`),
      lag: () => background?.lag() ?? {},
      refused: () => background?.refused() ?? {},
      ...(seeding === undefined ? {} : { seeding }),
    });
    const clock = businessClock(config.clock, seeding);
    background = await startBackground({
      subgraph: running,
      database,
      clock,
      outlets: await openOutlets(config),
    });
    stopOnSignals({ server, background, database }, config);
    voice.log(`${subgraph.name} ${server.url}`);
  } catch (error) {
    await database.close();
    throw error;
  }
}

function readConfig(name: string, env: Texts): SubgraphConfig {
  const reader = readSettings(env);
  const { required, optional } = reader;
  const own = subgraphSettings(name);
  const demo = required(own.demo);
  const dataKeys = optional(commonSettings.dataKeys);
  if (dataKeys === undefined && !demo) throw missing(commonSettings.dataKeys);
  return {
    port: required(own.port),
    host: required(commonSettings.host),
    databaseUrl: optional(own.ownDatabaseUrl) ?? optional(own.databaseUrl) ?? required(own.ownDatabaseUrl),
    callerKeys: required(own.callerKeys),
    demo,
    data: required(commonSettings.data),
    dataKeys,
    paymentSandboxKey: optional(commonSettings.paymentSandboxKey),
    bodyLimit: required(own.bodyLimit),
    receiveTimeout: required(commonSettings.receiveTimeout),
    drainDelay: required(commonSettings.drainDelay),
    drainTime: required(commonSettings.drainTime),
    seed: readSeedOptions(reader),
    clock: required(commonSettings.clock),
    callerKey: optional(own.callerKey),
    peers: new Map(
      subgraphNames.flatMap((peerName) => {
        const url = peerName === name ? undefined : optional(own.peers[peerName]);
        return url === undefined ? [] : [[peerName, url] as const];
      }),
    ),
  };
}

function missing({ env, en, zh }: { readonly env: string; readonly en: string; readonly zh: string }): ConfigError {
  return new ConfigError(`${env} must be set: ${en} ${zh}`);
}

async function seed(
  { name, ...subgraph }: SubgraphPackage,
  database: Database,
  keys: KeyRing,
  options: SeedOptions,
  voice: Voice,
): Promise<void> {
  const { show } = createLines((line) => voice.log(line));
  const outcome = await seedDatabase(database, subgraph, keys, options, {
    onProgress: ({ table, rows }) => show({ lane: name, done: rows, text: `${table} ${count(rows)} rows` }),
  });
  if (outcome.kind === 'seeded') voice.log(`${name}: ${describeSeeding(outcome)}`);
}

/** One line per fault and per step of a long job, without values of people's data. */
function logEvents(voice: Voice): void {
  subscribe('hutong:job', (event) => {
    const { subgraph, job, done } = Object(event);
    voice.log(JSON.stringify({ time: new Date().toISOString(), level: 'info', subgraph, job, done }));
  });
  subscribe('hutong:error', (event) => {
    const { subgraph, requestId, cause } = Object(event);
    const time = new Date().toISOString();
    voice.error(JSON.stringify({ time, level: 'error', subgraph, requestId, cause: describeCause(cause) }));
  });
}

/** The inboxes of the others: without addresses and a key to sign with there are none. */
async function openOutlets({ peers, callerKey }: SubgraphConfig): Promise<readonly Outlet[]> {
  if (callerKey === undefined && peers.size === 0) return [];
  if (callerKey === undefined || peers.size === 0) {
    throw new ConfigError(
      'Changes are delivered to the other subgraphs with both HUTONG_CALLER_KEY and their addresses (INSTITUTIONS_URL, …), or, with neither, not at all. 投递变更须同时设置 HUTONG_CALLER_KEY 与其他子图的地址，或二者都不设置。',
    );
  }
  const signCaller = await readCallerSigner(callerKey);
  return [...peers].map(([name, url]) => createHttpOutlet(name, url, signCaller));
}

/** What a signal ends. */
interface Running {
  readonly server: SubgraphServer;
  readonly background: Background;
  readonly database: Database;
}

/** The first signal drains, a second one ends at once. */
function stopOnSignals({ server, background, database }: Running, { drainTime, drainDelay }: SubgraphConfig): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    await Promise.all([server.stop(drainTime, drainDelay), background.stop()]);
    await database.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}
