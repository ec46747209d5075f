import { parseArgs } from 'node:util';
import {
  ConfigError,
  readSeedOptions,
  readSettings,
  seedSettings,
  type SeedOptions,
  type Setting,
  type SettingsReader,
  type Texts,
} from '@hutong/kit';
import { settings } from './settings.ts';

export { ConfigError } from '@hutong/kit';

/** How the parts of the product are run (architecture.md §4). */
export type Mode =
  | { readonly kind: 'foreign'; readonly supergraph: string }
  | { readonly kind: 'distributed'; readonly urls: Readonly<Record<string, string>>; readonly callerKey: string }
  | { readonly kind: 'colocated'; readonly databaseUrls: Readonly<Record<string, string>> };

/** Every setting with its value. */
export type Config = Readonly<ReturnType<typeof readValues>> & { readonly mode: Mode };

/** What reaches the four databases. */
export interface StoreConfig {
  readonly data: string;
  readonly dataKeys: string | undefined;
  /** By subgraph; empty where the embedded PostgreSQL of the data folder holds them. */
  readonly databaseUrls: Readonly<Record<string, string>>;
}

/** Reads the configuration from the command line and the environment; the command line wins. Throws `ConfigError`. */
export function readConfig(args: readonly string[] = process.argv.slice(2), env: Texts = process.env): Config {
  const values = readValues(readSettings(env, readArguments(args)));
  const mode = chooseMode(values);
  refuseDemoInProduction(values);
  if (mode.kind !== 'foreign' && !values.demo) {
    throw new ConfigError(
      'This version has no identity provider yet, so the graph is served only as a demo: set HUTONG_DEMO=1 (npm start does), or serve another graph with --supergraph FILE. 本版本尚无身份认证，只能以演示方式运行：请设置 HUTONG_DEMO=1，或用 --supergraph 指定其他超图。',
    );
  }
  return { ...values, mode };
}

/** How a command is written. */
export interface CommandUsage {
  /** The whole line, shown to whoever writes it wrong. */
  readonly usage: string;
  /** How many words it takes beside its options. */
  readonly words: number;
  /** Options with a value, and options without. */
  readonly texts?: readonly string[];
  readonly flags?: readonly string[];
  /** Refused in production, for it replaces what is stored by generated persons. */
  readonly demoOnly?: true;
}

/** What a command is told: its own arguments, and the settings. */
export interface CommandConfig {
  readonly words: readonly string[];
  readonly texts: Texts;
  readonly flags: ReadonlySet<string>;
  readonly store: StoreConfig;
  readonly clock: string;
  /** Whether the demo runs: then generated persons may come in. */
  readonly demo: boolean;
  readonly seed: SeedOptions;
}

/** Reads arguments and settings of a command of one's own, such as `npm run backup`. Throws `ConfigError`. */
export function readCommandConfig(
  { usage, words, texts = [], flags = [], demoOnly }: CommandUsage,
  args: readonly string[] = process.argv.slice(2),
  env: Texts = process.env,
): CommandConfig {
  const given = parseArguments(args, { texts, flags }, `Usage 用法: ${usage}`);
  if (given.words.length !== words) throw new ConfigError(`Usage 用法: ${usage}`);
  const values = readValues(readSettings(env, given.texts));
  refuseDemoInProduction(values);
  if (demoOnly && values.nodeEnv === 'production') {
    throw new ConfigError(
      'This command replaces what is stored by generated persons, and is refused when NODE_ENV is production. 该命令会以生成的人员数据替换现有数据，NODE_ENV 为 production 时不可使用。',
    );
  }
  const { data, dataKeys, databaseUrls, clock, demo, seed } = values;
  return { ...given, clock, demo, seed, store: { data, dataKeys, databaseUrls: chooseDatabases(databaseUrls) } };
}

function refuseDemoInProduction({ demo, nodeEnv }: ReturnType<typeof readValues>): void {
  if (!demo || nodeEnv !== 'production') return;
  throw new ConfigError(
    'HUTONG_DEMO=1 is refused when NODE_ENV is production: demo personas need no proof of identity. Unset one of the two. NODE_ENV 为 production 时不得使用演示身份，请取消其中一项。',
  );
}

/** Flags of the seed's settings, as a command takes them. */
export const seedFlags: readonly string[] = flagsOf(Object.values(seedSettings));

function readArguments(args: readonly string[]): Texts {
  const flags = flagsOf(Object.values(settings));
  const usage = `Known arguments: ${flags.map((flag) => `[--${flag} …]`).join(' ')}`;
  const { words, texts } = parseArguments(args, { texts: flags, flags: [] }, usage);
  if (words.length > 0) throw new ConfigError(`Unexpected argument "${words[0]}". ${usage}`);
  return texts;
}

function flagsOf(list: readonly Setting<unknown>[]): readonly string[] {
  return list.flatMap(({ flag }) => (flag === undefined ? [] : [flag]));
}

function parseArguments(
  args: readonly string[],
  known: { readonly texts: readonly string[]; readonly flags: readonly string[] },
  usage: string,
): Pick<CommandConfig, 'words' | 'texts' | 'flags'> {
  const options = Object.fromEntries([
    ...known.texts.map((name) => [name, { type: 'string' } as const]),
    ...known.flags.map((name) => [name, { type: 'boolean' } as const]),
  ]);
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const values: Readonly<Record<string, unknown>> = parsed.values;
    const texts = known.texts.map((name) => [name, textOf(values[name])] as const);
    return {
      words: parsed.positionals,
      texts: Object.fromEntries(texts),
      flags: new Set(known.flags.filter((name) => values[name] === true)),
    };
  } catch (error) {
    throw new ConfigError(`${explainArguments(error)} ${usage}`, { cause: error });
  }
}

/** What Node says of a wrong argument is advice for programmers; whoever types a command needs the argument's name. */
function explainArguments(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [name] = /--?\w[\w-]*/.exec(message) ?? [''];
  if (message.startsWith('Unknown option')) return `${name} is not known here. 未知参数 ${name}。`;
  if (message.includes('does not take an argument')) return `${name} takes no value. 参数 ${name} 不带取值。`;
  return `${name} needs a value. 参数 ${name} 缺少取值。`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readValues(reader: SettingsReader) {
  const { required, optional } = reader;
  return {
    port: required(settings.port),
    host: required(settings.host),
    demo: required(settings.demo),
    nodeEnv: required(settings.nodeEnv),
    data: required(settings.data),
    clock: required(settings.clock),
    supergraph: optional(settings.supergraph),
    urls: {
      institutions: optional(settings.institutionsUrl),
      personnel: optional(settings.personnelUrl),
      insurance: optional(settings.insuranceUrl),
      'public-health': optional(settings.publicHealthUrl),
    },
    databaseUrls: {
      institutions: optional(settings.institutionsDatabaseUrl),
      personnel: optional(settings.personnelDatabaseUrl),
      insurance: optional(settings.insuranceDatabaseUrl),
      'public-health': optional(settings.publicHealthDatabaseUrl),
    },
    callerKey: optional(settings.callerKey),
    dataKeys: optional(settings.dataKeys),
    paymentSandboxKey: optional(settings.paymentSandboxKey),
    requestTimeout: required(settings.requestTimeout),
    forwardHeaders: optional(settings.forwardHeaders) ?? [],
    shareInFlight: required(settings.shareInFlight),
    subgraphs: {
      responseTimeout: required(settings.subgraphTimeout),
      connectTimeout: required(settings.subgraphConnectTimeout),
      maxResponseBytes: required(settings.maxSubgraphBytes),
      retries: required(settings.subgraphRetries),
      breakerThreshold: required(settings.breakerThreshold),
      breakerWindow: required(settings.breakerWindow),
      breakerRequests: required(settings.breakerRequests),
      breakerPause: required(settings.breakerPause),
      breakerCodes: required(settings.breakerCodes),
    },
    subgraphOptions: optional(settings.subgraphOptions),
    bodyLimit: required(settings.bodyLimit),
    limits: {
      maxTokens: required(settings.maxTokens),
      maxDepth: required(settings.maxDepth),
      maxSelections: required(settings.maxSelections),
      maxFetches: required(settings.maxFetches),
    },
    planTimeout: required(settings.planTimeout),
    streams: {
      maxSubscriptions: required(settings.maxSubscriptions),
      maxBufferedBytes: required(settings.subscriptionBuffer),
      heartbeat: required(settings.heartbeat),
    },
    explain: required(settings.explain),
    metrics: required(settings.metrics),
    tracing: required(settings.tracing),
    receiveTimeout: required(settings.receiveTimeout),
    drainDelay: required(settings.drainDelay),
    drainTime: required(settings.drainTime),
    logLevel: required(settings.logLevel),
    seed: readSeedOptions(reader),
  };
}

function chooseMode(values: ReturnType<typeof readValues>): Mode {
  if (values.supergraph !== undefined) return { kind: 'foreign', supergraph: values.supergraph };
  const urls = allOrNone(values.urls, 'distributed', {
    institutions: settings.institutionsUrl.env,
    personnel: settings.personnelUrl.env,
    insurance: settings.insuranceUrl.env,
    'public-health': settings.publicHealthUrl.env,
  });
  if (urls !== undefined) {
    const { callerKey } = values;
    if (callerKey === undefined) {
      throw new ConfigError(
        'HUTONG_CALLER_KEY must name the private key that signs caller tokens when subgraphs run as servers of their own; `npm run keys -- DIR` makes a pair. 子图单独运行时，须用 HUTONG_CALLER_KEY 指定签名私钥。',
      );
    }
    return { kind: 'distributed', urls, callerKey };
  }
  return { kind: 'colocated', databaseUrls: chooseDatabases(values.databaseUrls) };
}

/** Four databases of one's own, or none: then the embedded ones. */
function chooseDatabases(given: ReturnType<typeof readValues>['databaseUrls']): StoreConfig['databaseUrls'] {
  const urls = allOrNone(given, 'external databases', {
    institutions: settings.institutionsDatabaseUrl.env,
    personnel: settings.personnelDatabaseUrl.env,
    insurance: settings.insuranceDatabaseUrl.env,
    'public-health': settings.publicHealthDatabaseUrl.env,
  });
  return urls ?? {};
}

function allOrNone<K extends string>(
  given: Readonly<Record<K, string | undefined>>,
  purpose: string,
  names: Readonly<Record<K, string>>,
): Readonly<Record<string, string>> | undefined {
  const present = Object.entries<string | undefined>(given).flatMap(([name, url]) =>
    url === undefined ? [] : [[name, url] as const],
  );
  if (present.length === 0) return undefined;
  const missing = Object.entries<string>(names).filter(([name]) => !present.some(([known]) => known === name));
  if (missing.length === 0) return Object.fromEntries(present);
  throw new ConfigError(
    `For ${purpose} all four addresses are needed; missing: ${missing.map(([, env]) => env).join(', ')}. 四个地址须同时给出。`,
  );
}
