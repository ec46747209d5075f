import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  assertListenable,
  businessClock,
  type Clock,
  count,
  createProgress,
  explainFailure,
  readCallerSigner,
} from '@hutong/kit';
import { repositoryRoot } from '@hutong/schema';
import { askSeeding, seedingSubgraph } from './ask-seeding.ts';
import type { Seed } from './colocated.ts';
import { ConfigError, readConfig, type Config, type StoreConfig } from './config.ts';
import { createProcessPlanner } from './engine/index.ts';
import { sourcesToCome } from './in-process-sources.ts';
import { personaId } from './policy/persona-ids.ts';
import { defaultPersonaId, personas, resolvePersonas } from './policy/personas.ts';
import { describeSummary, seedDatabases } from './seeding.ts';
import { createGateway, type Gateway, type GatewayParts } from './server.ts';
import { readSubgraphOptions, type SubgraphSettings } from './subgraph-options.ts';
import { openSupergraphFile } from './supergraph-file.ts';

/** A running gateway, and what else must be closed with it. */
interface Running {
  readonly gateway: Gateway;
  readonly close: () => Promise<void>;
}

async function main(): Promise<void> {
  const config = readConfig();
  const subgraphs = await readSubgraphOptions(config.subgraphOptions, config.subgraphs);
  await assertListenable({ host: config.host, port: config.port });
  const running = await start({ ...config, subgraphs });
  const address = await running.gateway.listen(config).catch(async (error: unknown) => {
    await running.close();
    throw error;
  });
  stopOnSignals(running, config);
  announce(address, running.gateway, config);
  warnOfStrays(running.gateway, subgraphs, config);
}

/** The configuration, with what its file of subgraph options says. */
type Settings = Omit<Config, 'subgraphs'> & { readonly subgraphs: SubgraphSettings };

async function start(config: Settings): Promise<Running> {
  switch (config.mode.kind) {
    case 'foreign':
      return startForeign(config, config.mode.supergraph);
    case 'distributed': {
      const { urls, callerKey } = config.mode;
      const addresses = new Map(Object.entries(urls));
      const gateway = await createGateway({
        ...commonParts(config),
        clock: await askClock(config, urls[seedingSubgraph] ?? ''),
        ...(await readOwnGraph()),
        sources: { kind: 'distributed', urls: addresses, signCaller: await readCallerSigner(callerKey) },
        personas: resolvePersonas(personaId),
      });
      return { gateway, close: async () => undefined };
    }
    case 'colocated':
      return startColocated(config, config.mode.databaseUrls);
  }
}

/** Business time of the demo begins when its data were written: only their database knows. */
async function askClock({ clock }: Settings, url: string): Promise<Clock> {
  if (clock !== 'demo') return businessClock(clock, undefined);
  return businessClock(clock, await askSeeding(url, { onWait: sayWaiting }));
}

function sayWaiting(): void {
  console.log(
    `Waiting until ${seedingSubgraph} says when the demo was seeded … 正在等待 ${seedingSubgraph} 子图就绪 …`,
  );
}

async function startColocated(config: Settings, databaseUrls: Readonly<Record<string, string>>): Promise<Running> {
  const isEmbedded = Object.keys(databaseUrls).length === 0;
  console.log(
    isEmbedded
      ? `Starting PostgreSQL on ${config.data} … 正在启动内嵌数据库 …`
      : 'Opening the databases … 正在打开数据库 …',
  );
  const store = { data: config.data, dataKeys: config.dataKeys, databaseUrls };
  // Who serves somebody else's graph, or subgraphs elsewhere, has no use for ours.
  const { openColocated } = await import('./colocated.ts');
  const { demo, paymentSandboxKey } = config;
  const opening = openColocated({ ...store, demo, paymentSandboxKey }, (databases) =>
    seedEmpty(databases, store, config),
  );
  const sources = sourcesToCome(opening);
  // Nothing is served before the databases have said when they were seeded.
  let clock = businessClock(config.clock, undefined);
  const making = makeMeanwhile({ ...commonParts(config), clock: { now: () => clock.now() }, sources });
  const [gateway, { seeding, startBackground, close }] = await Promise.all([making, opening]);
  clock = businessClock(config.clock, seeding);
  const background = await startBackground(clock);
  return {
    gateway,
    close: async () => {
      await background.stop();
      await close();
    },
  };
}

/** Makes the gateway, whose engine takes the processor for a second, while PostgreSQL, spawned a turn earlier, starts. */
async function makeMeanwhile(parts: Omit<GatewayParts, 'supergraphSdl' | 'personas'>): Promise<Gateway> {
  await nextTurn();
  return createGateway({ ...parts, ...(await readOwnGraph()), personas: resolvePersonas(personaId) });
}

/** The first start generates the demo region; a later one finds it and says nothing. */
async function seedEmpty(
  databases: Parameters<Seed>[0],
  store: StoreConfig,
  { seed: options }: Settings,
): Promise<void> {
  const progress = createProgress(process.stdout);
  const summary = await seedDatabases(databases, {
    store,
    options,
    replace: false,
    progress,
    onStart: ({ residentsPerPlace }) =>
      progress.say(`Generating the demo region, ${count(residentsPerPlace)} residents per place … 正在生成演示区域 …`),
  });
  const line = describeSummary(summary);
  if (line !== undefined) console.log(line);
}

/** Serves somebody else's supergraph; each new content of its file replaces it, if it is one. */
async function startForeign(config: Settings, path: string): Promise<Running> {
  const file = await openSupergraphFile(path);
  const gateway = await createGateway({
    ...commonParts(config),
    supergraphSdl: file.sdl,
    sources: { kind: 'foreign' },
    personas: [],
  }).catch((cause: unknown) => {
    throw new ConfigError(`${path} is not a Federation 2 supergraph: ${reasonOf(cause)}`, { cause });
  });
  const unwatch = file.watch(async (sdl) => {
    try {
      await gateway.replaceSupergraph(sdl);
      console.log(`${path} has changed: the new supergraph is served. 超图已更新。`);
    } catch (error) {
      console.error(`${path} has changed and is refused, the old supergraph stays: ${reasonOf(error)}`);
    }
  });
  return { gateway, close: async () => unwatch() };
}

function commonParts(config: Settings): Omit<GatewayParts, 'supergraphSdl' | 'sources' | 'personas'> {
  return {
    clock: businessClock(config.clock, undefined),
    createPlanner: createProcessPlanner({ timeout: config.planTimeout }),
    consoleDirectory: fileURLToPath(new URL('../dist/console', import.meta.url)),
    requestTimeout: config.requestTimeout,
    forwardHeaders: config.forwardHeaders,
    shareInFlight: config.shareInFlight,
    streams: config.streams,
    subgraphs: config.subgraphs,
    bodyLimit: config.bodyLimit,
    limits: config.limits,
    allowExplain: config.explain,
    metrics: config.metrics,
    tracing: config.tracing,
    receiveTimeout: config.receiveTimeout,
    logLevel: config.logLevel,
  };
}

/** The committed files of composition. */
async function readOwnGraph(): Promise<Pick<Required<GatewayParts>, 'supergraphSdl' | 'apiSdl'>> {
  const [supergraphSdl, apiSdl] = await Promise.all([readSchemaFile('supergraph'), readSchemaFile('api')]);
  return { supergraphSdl, apiSdl };
}

function readSchemaFile(name: string): Promise<string> {
  return readFile(join(repositoryRoot, 'schema', `${name}.graphql`), 'utf8');
}

function announce(address: string, { hasConsole }: Gateway, { mode }: Config): void {
  console.log(`Ready after ${process.uptime().toFixed(1)} s. 已就绪。`);
  console.log(`  GraphQL   ${address}/graphql`);
  if (hasConsole) console.log(`  Page 网页  ${address}/`);
  if (mode.kind === 'foreign') return;
  console.log(`  Demo callers, by header x-hutong-persona 演示身份 (${address}/personas):`);
  for (const { id, name, nameZh } of personas) {
    const note = id === defaultPersonaId ? ' (when none is named 默认)' : '';
    console.log(`    ${id.padEnd(18)} ${name} ${nameZh}${note}`);
  }
}

/** Options of a subgraph that is not there do nothing: a slip of the pen, or of a supergraph that is yet to come. */
function warnOfStrays(gateway: Gateway, { named }: SubgraphSettings, { subgraphOptions }: Config): void {
  const present = gateway.subgraphs();
  const strays = [...named.keys()].filter((name) => !present.includes(name));
  if (strays.length === 0) return;
  console.warn(
    `${subgraphOptions} has options for ${strays.join(', ')}, but the subgraphs are ${present.join(', ')}. 选项文件中的子图 ${strays.join('、')} 不在超图中。`,
  );
}

/** The first signal drains, a second one ends at once. */
function stopOnSignals({ gateway, close }: Running, { drainTime, drainDelay }: Config): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    console.log('Stopping … 正在停止 …');
    const cut = await gateway.stop(drainTime, drainDelay);
    await close();
    const cutNote = cut === 0 ? '' : ` ${cut} requests were cut after ${drainTime} ms. 中断了 ${cut} 个请求。`;
    console.log(`Stopped. 已停止。${cutNote}`);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fail(error: unknown): void {
  console.error(explainFailure(error));
  process.exit(1);
}

main().catch(fail);
