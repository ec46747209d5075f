import { kind, kinds, listOf, oneOf, type Kind } from './setting-kinds.ts';

/** One setting: where it is given, how its text is read, what holds when it is not given, and what it means. */
export interface Setting<T> {
  readonly env: string;
  /** Name of the command line argument, for those that have one. */
  readonly flag?: string;
  readonly kind: Kind<T>;
  /** Absent: the setting is optional and has no value unless given. */
  readonly fallback?: NoInfer<T>;
  readonly secret?: boolean;
  readonly en: string;
  readonly zh: string;
}

/** A setting that cannot be used; the message is one sentence for the person who starts the program. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Texts by name: the environment, or what the command line gave. */
export type Texts = Readonly<Record<string, string | undefined>>;

/** Reads settings; both functions throw `ConfigError` for a text that is no value of the setting. */
export interface SettingsReader {
  readonly required: <T>(setting: Setting<T>) => T;
  readonly optional: <T>(setting: Setting<T>) => T | undefined;
}

/** Declares a setting. */
export function setting<T>(value: Setting<T>): Setting<T> {
  return value;
}

/** Reads settings from the environment and, before it, from command line arguments. An empty text counts as not given. */
export function readSettings(env: Texts, args: Texts = {}): SettingsReader {
  const optional = <T>({
    env: name,
    flag,
    kind: { name: type, read },
    fallback,
    secret,
  }: Setting<T>): T | undefined => {
    const argument = flag === undefined ? undefined : args[flag];
    const text = argument ?? env[name];
    if (text === undefined || text === '') return fallback;
    const value = read(text);
    if (value !== undefined) return value;
    const given = secret === true ? 'a value that' : `"${text}", which`;
    throw new ConfigError(
      `${argument === undefined ? name : `--${flag}`} has ${given} is not of type ${type.replaceAll('\\', '')}. 该设置的值无效。`,
    );
  };
  const required = <T>(wanted: Setting<T>): T => {
    const value = optional(wanted);
    if (value === undefined) throw new ConfigError(`${wanted.env} must be set: ${wanted.en} ${wanted.zh}`);
    return value;
  };
  return { required, optional };
}

const years = kind<readonly number[]>('years that end with 2024, as 2024 or 2022-2024', (value) => {
  const from = /^(?:(202[2-4])-)?2024$/.exec(value)?.[1] ?? (value === '2024' ? value : undefined);
  return from === undefined ? undefined : [2022, 2023, 2024].filter((year) => year >= Number(from));
});

/** Settings that the gateway's process, its commands and a subgraph's own server have in common. */
export const commonSettings = {
  host: setting({
    env: 'HOST',
    flag: 'host',
    kind: kinds.text,
    fallback: '127.0.0.1',
    en: 'Address the server listens on; 0.0.0.0 to be reachable from other machines.',
    zh: '服务监听地址；0.0.0.0 表示可从其他机器访问。',
  }),
  data: setting({
    env: 'HUTONG_DATA',
    kind: kinds.path,
    fallback: '.data',
    en: 'Folder of the embedded PostgreSQL and of generated keys.',
    zh: '内嵌 PostgreSQL 数据与生成密钥所在目录。',
  }),
  dataKeys: setting({
    env: 'HUTONG_DATA_KEYS',
    kind: kinds.text,
    secret: true,
    en: 'Keys that encrypt identifiers of people, `id:base64` each, newest first, and one `hash:base64`; without it the demo makes its own in the data folder.',
    zh: '加密个人标识的密钥：每项 `id:base64`，新者在前，另加一项 `hash:base64`；未给出时演示模式在数据目录中自行生成。',
  }),
  paymentSandboxKey: setting({
    env: 'HUTONG_PAYMENT_SANDBOX_KEY',
    kind: kinds.text,
    secret: true,
    en: 'Key by which the payment sandbox signs its notices; with it fees are paid in the sandbox, which moves no money; the demo makes its own. Without a key nothing is paid online.',
    zh: '支付沙箱的通知签名密钥；设置后在线缴费走沙箱，不发生真实资金；演示模式自行生成。无密钥时不提供在线缴费。',
  }),
  clock: setting({
    env: 'HUTONG_CLOCK',
    kind: kind('system, demo or an instant', (value) =>
      value === 'system' || value === 'demo' || !Number.isNaN(Date.parse(value)) ? value : undefined,
    ),
    fallback: 'demo',
    en: 'Business time: the system clock; or, in the demo, the instant the generated data end plus the time since seeding; or an instant (ISO 8601) from which it runs.',
    zh: '业务时间：system 为系统时钟；demo 为演示数据截止时刻加上造数以来经过的时间；也可填 ISO 8601 起始时刻。',
  }),
  drainTime: setting({
    env: 'HUTONG_DRAIN_TIME',
    kind: kinds.milliseconds,
    fallback: 10_000,
    en: 'How long a stopping server waits for requests in flight.',
    zh: '停止服务时等待处理中请求的时间。',
  }),
  receiveTimeout: setting({
    env: 'HUTONG_RECEIVE_TIMEOUT',
    kind: kinds.milliseconds,
    fallback: 15_000,
    en: 'Longest time a request may take to arrive whole.',
    zh: '请求内容全部到达所允许的最长时间。',
  }),
  drainDelay: setting({
    env: 'HUTONG_DRAIN_DELAY',
    kind: kinds.delay,
    fallback: 0,
    en: 'How long a stopping server still takes requests while GET /ready answers 503; behind Kubernetes or a load balancer longer than it takes them to notice, such as 5000.',
    zh: '停止服务时，GET /ready 已返回 503 但仍继续接受请求的时间；在 Kubernetes 或负载均衡之后应长于其察觉所需时间，例如 5000。',
  }),
} as const;

/** What demo region is generated where the databases are empty (domain.md 8.1). */
export const seedSettings = {
  seed: setting({
    env: 'HUTONG_SEED',
    flag: 'seed',
    kind: kinds.text,
    fallback: 'hutong',
    en: 'Seed of the demo region; one seed always gives the same region.',
    zh: '演示区域的随机种子；同一种子得到同一区域。',
  }),
  residentsPerPlace: setting({
    env: 'HUTONG_SEED_RESIDENTS',
    flag: 'residents-per-place',
    kind: kinds.count,
    fallback: 1_000,
    en: 'Residents per place of the demo region.',
    zh: '演示区域每地的居民数。',
  }),
  years: setting({
    env: 'HUTONG_SEED_YEARS',
    flag: 'years',
    kind: years,
    fallback: [2024],
    en: 'Years of generated visits and claims.',
    zh: '生成就诊与结算数据的年份。',
  }),
  scenario: setting({
    env: 'HUTONG_SEED_SCENARIO',
    flag: 'scenario',
    kind: oneOf('CURRENT', 'SEED_BASELINE'),
    fallback: 'CURRENT',
    en: 'State of the region: today, or as the source documents describe it.',
    zh: '区域状态：当前，或原始文献所述年份。',
  }),
  visitScale: setting({
    env: 'HUTONG_SEED_VISIT_SCALE',
    flag: 'visit-scale',
    kind: kinds.ratio,
    fallback: 0.25,
    en: 'Share of the real number of visits that is generated; 1 is the real rate.',
    zh: '生成就诊量占真实就诊量的比例；1 为真实水平。',
  }),
  places: setting({
    env: 'HUTONG_SEED_PLACES',
    flag: 'places',
    kind: listOf('pei', 'ningbo', 'qujing'),
    fallback: ['pei', 'ningbo', 'qujing'],
    en: 'Places of the demo region, with commas between them.',
    zh: '演示区域包含的地方，以逗号分隔。',
  }),
} as const;

/** Reads the options of the demo region. */
export function readSeedOptions({ required }: SettingsReader) {
  return {
    seed: required(seedSettings.seed),
    residentsPerPlace: required(seedSettings.residentsPerPlace),
    years: required(seedSettings.years),
    scenario: required(seedSettings.scenario),
    visitScale: required(seedSettings.visitScale),
    places: required(seedSettings.places),
  };
}
