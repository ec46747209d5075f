import { parseArgs } from 'node:util';
import { settings, type Setting } from './settings.ts';

/** How the parts of the product are run (architecture.md §4). */
export type Mode =
  | { readonly kind: 'foreign'; readonly supergraph: string }
  | { readonly kind: 'distributed'; readonly urls: Readonly<Record<string, string>>; readonly callerKey: string }
  | { readonly kind: 'colocated'; readonly databaseUrls: Readonly<Record<string, string>> };

/** Every setting with its value. */
export type Config = Readonly<ReturnType<typeof readValues>> & { readonly mode: Mode };

/** A setting that cannot be used; the message is one sentence for the person who starts the server. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the configuration from the command line and the environment; the command line wins. Throws `ConfigError`. */
export function readConfig(args: readonly string[] = process.argv.slice(2), env: Environment = process.env): Config {
  const values = readValues(createReader(readArguments(args), env));
  const mode = chooseMode(values);
  if (values.demo && values.nodeEnv === 'production') {
    throw new ConfigError(
      'HUTONG_DEMO=1 is refused when NODE_ENV is production: demo personas need no proof of identity. Unset one of the two. NODE_ENV 为 production 时不得使用演示身份，请取消其中一项。',
    );
  }
  if (mode.kind !== 'foreign' && !values.demo) {
    throw new ConfigError(
      'This version has no identity provider yet, so the graph is served only as a demo: set HUTONG_DEMO=1 (npm start does), or serve another graph with --supergraph FILE. 本版本尚无身份认证，只能以演示方式运行：请设置 HUTONG_DEMO=1，或用 --supergraph 指定其他超图。',
    );
  }
  return { ...values, mode };
}

function readArguments(args: readonly string[]): Environment {
  const flags = Object.values(settings).flatMap(({ flag }: Setting<unknown>) => (flag === undefined ? [] : [flag]));
  try {
    const options = Object.fromEntries(flags.map((flag) => [flag, { type: 'string' } as const]));
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    const usage = flags.map((flag) => `[--${flag} …]`).join(' ');
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)} Known arguments: ${usage}`);
  }
}

interface Reader {
  readonly required: <T>(setting: Setting<T>) => T;
  readonly optional: <T>(setting: Setting<T>) => T | undefined;
}

function createReader(args: Environment, env: Environment): Reader {
  const optional = <T>({ env: name, flag, kind, fallback, secret }: Setting<T>): T | undefined => {
    const argument = flag === undefined ? undefined : args[flag];
    const text = argument ?? env[name];
    if (text === undefined || text === '') return fallback;
    const value = kind.read(text);
    if (value !== undefined) return value;
    const given = secret === true ? 'a value that' : `"${text}", which`;
    throw new ConfigError(
      `${argument === undefined ? name : `--${flag}`} has ${given} is not of type ${kind.name}. 该设置的值无效。`,
    );
  };
  const required = <T>(setting: Setting<T>): T => {
    const value = optional(setting);
    if (value === undefined) throw new ConfigError(`${setting.env} must be set: ${setting.en} ${setting.zh}`);
    return value;
  };
  return { required, optional };
}

function readValues({ required, optional }: Reader) {
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
    requestTimeout: required(settings.requestTimeout),
    subgraphTimeout: required(settings.subgraphTimeout),
    bodyLimit: required(settings.bodyLimit),
    drainTime: required(settings.drainTime),
    logLevel: required(settings.logLevel),
    seed: {
      seed: required(settings.seed),
      residentsPerPlace: required(settings.seedResidents),
      years: required(settings.seedYears),
      scenario: required(settings.seedScenario),
      visitScale: required(settings.seedVisitScale),
    },
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
  const databaseUrls = allOrNone(values.databaseUrls, 'external databases', {
    institutions: settings.institutionsDatabaseUrl.env,
    personnel: settings.personnelDatabaseUrl.env,
    insurance: settings.insuranceDatabaseUrl.env,
    'public-health': settings.publicHealthDatabaseUrl.env,
  });
  return { kind: 'colocated', databaseUrls: databaseUrls ?? {} };
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
