/** One setting: where it is given, how its text is read, what holds when it is not given, and what it means. */
export interface Setting<T> {
  readonly env: string;
  /** Name of the command line argument, for the few that have one. */
  readonly flag?: string;
  readonly kind: Kind<T>;
  /** Absent: the setting is optional and has no value unless given. */
  readonly fallback?: T;
  readonly secret?: boolean;
  readonly en: string;
  readonly zh: string;
}

/** How the text of a setting becomes a value; `read` gives undefined for a text that is none. */
export interface Kind<T> {
  readonly name: string;
  readonly read: (text: string) => T | undefined;
}

const text: Kind<string> = { name: 'text', read: (value) => value };
const path: Kind<string> = { name: 'path', read: (value) => value };
const flag: Kind<boolean> = {
  name: '0 or 1',
  read: (value) => ({ '0': false, '1': true })[value],
};
const port: Kind<number> = { name: 'port', read: (value) => integerWithin(value, 0, 65_535) };
const count: Kind<number> = { name: 'integer ≥ 1', read: (value) => integerWithin(value, 1, Number.MAX_SAFE_INTEGER) };
const milliseconds: Kind<number> = { name: 'milliseconds', read: (value) => integerWithin(value, 1, 2 ** 31 - 1) };
const ratio: Kind<number> = {
  name: 'number > 0',
  read: (value) => (Number(value) > 0 && Number.isFinite(Number(value)) ? Number(value) : undefined),
};
const httpUrl: Kind<string> = { name: 'http(s) URL', read: (value) => urlWithProtocol(value, ['http:', 'https:']) };
const databaseUrl: Kind<string> = {
  name: 'postgres URL',
  read: (value) => urlWithProtocol(value, ['postgres:', 'postgresql:']),
};
const years: Kind<readonly number[]> = {
  name: 'years, as 2024 or 2022-2024',
  read: (value) => {
    const [, from, to] = /^(20\d\d)(?:-(20\d\d))?$/.exec(value) ?? [];
    if (from === undefined) return undefined;
    const list = Array.from({ length: Number(to ?? from) - Number(from) + 1 }, (_, index) => Number(from) + index);
    return list.length > 0 ? list : undefined;
  },
};

function oneOf<const T extends string>(...values: readonly T[]): Kind<T> {
  return { name: values.join(' \\| '), read: (value) => values.find((candidate) => candidate === value) };
}

function setting<T>(value: Setting<T>): Setting<T> {
  return value;
}

/** Every setting of the server, in the order of the documentation. */
export const settings = {
  port: setting({
    env: 'PORT',
    flag: 'port',
    kind: port,
    fallback: 4000,
    en: 'Port the server listens on; 0 takes any free one.',
    zh: '服务监听端口；0 表示任取空闲端口。',
  }),
  host: setting({
    env: 'HOST',
    flag: 'host',
    kind: text,
    fallback: '127.0.0.1',
    en: 'Address the server listens on; 0.0.0.0 to be reachable from other machines.',
    zh: '服务监听地址；0.0.0.0 表示可从其他机器访问。',
  }),
  demo: setting({
    env: 'HUTONG_DEMO',
    kind: flag,
    fallback: false,
    en: 'Demo personas stand in for identity. Our own graph starts only with 1; refused when NODE_ENV is production.',
    zh: '以演示身份代替身份认证。目前只有设为 1 才能启动本图；NODE_ENV 为 production 时拒绝启动。',
  }),
  nodeEnv: setting({
    env: 'NODE_ENV',
    kind: text,
    fallback: 'development',
    en: 'production refuses the demo.',
    zh: '为 production 时拒绝演示模式。',
  }),
  data: setting({
    env: 'HUTONG_DATA',
    kind: path,
    fallback: '.data',
    en: 'Folder of the embedded PostgreSQL and of generated keys.',
    zh: '内嵌 PostgreSQL 数据与生成密钥所在目录。',
  }),
  clock: setting({
    env: 'HUTONG_CLOCK',
    kind: {
      name: 'system, demo or an instant',
      read: (value) => (value === 'system' || value === 'demo' || !Number.isNaN(Date.parse(value)) ? value : undefined),
    },
    fallback: 'demo',
    en: 'Business time: the system clock; or, in the demo, the instant the generated data end plus the time since seeding; or an instant (ISO 8601) from which it runs.',
    zh: '业务时间：system 为系统时钟；demo 为演示数据截止时刻加上造数以来经过的时间；也可填 ISO 8601 起始时刻。',
  }),
  supergraph: setting({
    env: 'SUPERGRAPH',
    flag: 'supergraph',
    kind: path,
    en: 'File of any Federation 2 supergraph to serve instead of our own; watched, and swapped when it changes.',
    zh: '要服务的任意 Federation 2 超图文件（代替本图）；文件变化时自动切换。',
  }),
  institutionsUrl: setting({
    env: 'INSTITUTIONS_URL',
    kind: httpUrl,
    en: 'GraphQL address of the institutions subgraph; all four together choose the distributed way to run.',
    zh: '机构子图的 GraphQL 地址；四个地址都给出时按分布式运行。',
  }),
  personnelUrl: setting({
    env: 'PERSONNEL_URL',
    kind: httpUrl,
    en: 'GraphQL address of the personnel subgraph.',
    zh: '人员子图的 GraphQL 地址。',
  }),
  insuranceUrl: setting({
    env: 'INSURANCE_URL',
    kind: httpUrl,
    en: 'GraphQL address of the insurance subgraph.',
    zh: '医保子图的 GraphQL 地址。',
  }),
  publicHealthUrl: setting({
    env: 'PUBLIC_HEALTH_URL',
    kind: httpUrl,
    en: 'GraphQL address of the public-health subgraph.',
    zh: '公共卫生子图的 GraphQL 地址。',
  }),
  institutionsDatabaseUrl: setting({
    env: 'INSTITUTIONS_DATABASE_URL',
    kind: databaseUrl,
    secret: true,
    en: 'Your own PostgreSQL database of the institutions subgraph; without it an embedded one is started.',
    zh: '机构子图自有的 PostgreSQL 数据库；未给出时启动内嵌数据库。',
  }),
  personnelDatabaseUrl: setting({
    env: 'PERSONNEL_DATABASE_URL',
    kind: databaseUrl,
    secret: true,
    en: 'Likewise for the personnel subgraph.',
    zh: '人员子图，同上。',
  }),
  insuranceDatabaseUrl: setting({
    env: 'INSURANCE_DATABASE_URL',
    kind: databaseUrl,
    secret: true,
    en: 'Likewise for the insurance subgraph.',
    zh: '医保子图，同上。',
  }),
  publicHealthDatabaseUrl: setting({
    env: 'PUBLIC_HEALTH_DATABASE_URL',
    kind: databaseUrl,
    secret: true,
    en: 'Likewise for the public-health subgraph.',
    zh: '公共卫生子图，同上。',
  }),
  callerKey: setting({
    env: 'HUTONG_CALLER_KEY',
    kind: path,
    secret: true,
    en: 'File of the Ed25519 private key (JWK or PEM) that signs caller tokens; needed when distributed. `npm run keys -- DIR` makes one.',
    zh: '签发调用方令牌的 Ed25519 私钥文件（JWK 或 PEM）；分布式运行时必填。可用 `npm run keys -- DIR` 生成。',
  }),
  dataKeys: setting({
    env: 'HUTONG_DATA_KEYS',
    kind: text,
    secret: true,
    en: 'Keys that encrypt identifiers of people, `id:base64` each, newest first, and one `hash:base64`; without it the demo makes its own in the data folder.',
    zh: '加密个人标识的密钥：每项 `id:base64`，新者在前，另加一项 `hash:base64`；未给出时演示模式在数据目录中自行生成。',
  }),
  requestTimeout: setting({
    env: 'HUTONG_REQUEST_TIMEOUT',
    kind: milliseconds,
    fallback: 30_000,
    en: 'Longest time a whole operation may take.',
    zh: '一次操作允许的最长时间。',
  }),
  subgraphTimeout: setting({
    env: 'HUTONG_SUBGRAPH_TIMEOUT',
    kind: milliseconds,
    fallback: 10_000,
    en: 'Longest time one request to a subgraph may take.',
    zh: '向子图发出的单次请求允许的最长时间。',
  }),
  bodyLimit: setting({
    env: 'HUTONG_BODY_LIMIT',
    kind: count,
    fallback: 1_048_576,
    en: 'Largest request body, bytes.',
    zh: '请求体上限，字节。',
  }),
  drainTime: setting({
    env: 'HUTONG_DRAIN_TIME',
    kind: milliseconds,
    fallback: 10_000,
    en: 'How long a stopping server waits for requests in flight.',
    zh: '停止服务时等待处理中请求的时间。',
  }),
  logLevel: setting({
    env: 'HUTONG_LOG_LEVEL',
    kind: oneOf('debug', 'info', 'warn', 'error', 'silent'),
    fallback: 'warn',
    en: 'Least severe log line that is written; info has one line per operation.',
    zh: '日志的最低级别；info 级别每次操作一行。',
  }),
  seed: setting({
    env: 'HUTONG_SEED',
    kind: text,
    fallback: 'hutong',
    en: 'Seed of the demo region; one seed always gives the same region.',
    zh: '演示区域的随机种子；同一种子得到同一区域。',
  }),
  seedResidents: setting({
    env: 'HUTONG_SEED_RESIDENTS',
    kind: count,
    fallback: 2_000,
    en: 'Residents per place that `npm start` generates when the databases are empty.',
    zh: '数据库为空时 `npm start` 为每地生成的居民数。',
  }),
  seedYears: setting({
    env: 'HUTONG_SEED_YEARS',
    kind: years,
    fallback: [2024],
    en: 'Years of generated visits and claims.',
    zh: '生成就诊与结算数据的年份。',
  }),
  seedScenario: setting({
    env: 'HUTONG_SEED_SCENARIO',
    kind: oneOf('CURRENT', 'SEED_BASELINE'),
    fallback: 'CURRENT',
    en: 'State of the region: today, or as the source documents describe it.',
    zh: '区域状态：当前，或原始文献所述年份。',
  }),
  seedVisitScale: setting({
    env: 'HUTONG_SEED_VISIT_SCALE',
    kind: ratio,
    fallback: 0.25,
    en: 'Share of the real number of visits that is generated; 1 is the real rate.',
    zh: '生成就诊量占真实就诊量的比例；1 为真实水平。',
  }),
} as const;

/** Renders the settings as the markdown table of the documentation. */
export function settingsTable(): string {
  const rows = Object.values(settings).map(({ env, flag: argument, kind, fallback, en, zh }: Setting<unknown>) => {
    const name = argument === undefined ? `\`${env}\`` : `\`${env}\`, \`--${argument}\``;
    return `| ${name} | ${kind.name} | ${showFallback(fallback)} | ${en}<br>${zh} |`;
  });
  return ['| Setting 设置 | Type 类型 | Default 默认 | Meaning 含义 |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function showFallback(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? '`1`' : '`0`';
  return `\`${Array.isArray(value) ? value.join(', ') : JSON.stringify(value).replaceAll('"', '')}\``;
}

function integerWithin(value: string, least: number, most: number): number | undefined {
  if (!/^\d+$/.test(value)) return undefined;
  const number = Number(value);
  return number >= least && number <= most ? number : undefined;
}

function urlWithProtocol(value: string, protocols: readonly string[]): string | undefined {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol) ? value : undefined;
}
