import { commonSettings, kind, kinds, oneOf, seedSettings, setting, type Setting } from '@hutong/kit';

/** The kind of the setting that names error codes; also of those in the file of subgraph options. */
export const errorCodes = kind<readonly string[]>('list of error codes', (text) => {
  const codes = text.split(',').flatMap((code) => (code.trim() === '' ? [] : [code.trim()]));
  return codes.every((code) => /^\w+$/.test(code)) ? codes : undefined;
});

/** Every setting of the server, in the order of the documentation. */
export const settings = {
  port: setting({
    env: 'PORT',
    flag: 'port',
    kind: kinds.port,
    fallback: 4000,
    en: 'Port the server listens on; 0 takes any free one.',
    zh: '服务监听端口；0 表示任取空闲端口。',
  }),
  host: commonSettings.host,
  demo: setting({
    env: 'HUTONG_DEMO',
    kind: kinds.flag,
    fallback: false,
    en: 'Demo personas stand in for identity. Our own graph starts only with 1; refused when NODE_ENV is production.',
    zh: '以演示身份代替身份认证。目前只有设为 1 才能启动本图；NODE_ENV 为 production 时拒绝启动。',
  }),
  nodeEnv: setting({
    env: 'NODE_ENV',
    kind: kinds.text,
    fallback: 'development',
    en: 'production refuses the demo.',
    zh: '为 production 时拒绝演示模式。',
  }),
  data: commonSettings.data,
  clock: commonSettings.clock,
  supergraph: setting({
    env: 'SUPERGRAPH',
    flag: 'supergraph',
    kind: kinds.path,
    en: 'File of any Federation 2 supergraph to serve instead of our own; watched, and swapped when it changes.',
    zh: '要服务的任意 Federation 2 超图文件（代替本图）；文件变化时自动切换。',
  }),
  institutionsUrl: setting({
    env: 'INSTITUTIONS_URL',
    kind: kinds.httpUrl,
    en: 'GraphQL address of the institutions subgraph; all four together choose the distributed way to run.',
    zh: '机构子图的 GraphQL 地址；四个地址都给出时按分布式运行。',
  }),
  personnelUrl: setting({
    env: 'PERSONNEL_URL',
    kind: kinds.httpUrl,
    en: 'GraphQL address of the personnel subgraph.',
    zh: '人员子图的 GraphQL 地址。',
  }),
  insuranceUrl: setting({
    env: 'INSURANCE_URL',
    kind: kinds.httpUrl,
    en: 'GraphQL address of the insurance subgraph.',
    zh: '医保子图的 GraphQL 地址。',
  }),
  publicHealthUrl: setting({
    env: 'PUBLIC_HEALTH_URL',
    kind: kinds.httpUrl,
    en: 'GraphQL address of the public-health subgraph.',
    zh: '公共卫生子图的 GraphQL 地址。',
  }),
  institutionsDatabaseUrl: setting({
    env: 'INSTITUTIONS_DATABASE_URL',
    kind: kinds.databaseUrl,
    secret: true,
    en: 'Your own PostgreSQL database of the institutions subgraph; without it an embedded one is started.',
    zh: '机构子图自有的 PostgreSQL 数据库；未给出时启动内嵌数据库。',
  }),
  personnelDatabaseUrl: setting({
    env: 'PERSONNEL_DATABASE_URL',
    kind: kinds.databaseUrl,
    secret: true,
    en: 'Likewise for the personnel subgraph.',
    zh: '人员子图，同上。',
  }),
  insuranceDatabaseUrl: setting({
    env: 'INSURANCE_DATABASE_URL',
    kind: kinds.databaseUrl,
    secret: true,
    en: 'Likewise for the insurance subgraph.',
    zh: '医保子图，同上。',
  }),
  publicHealthDatabaseUrl: setting({
    env: 'PUBLIC_HEALTH_DATABASE_URL',
    kind: kinds.databaseUrl,
    secret: true,
    en: 'Likewise for the public-health subgraph.',
    zh: '公共卫生子图，同上。',
  }),
  callerKey: setting({
    env: 'HUTONG_CALLER_KEY',
    kind: kinds.path,
    secret: true,
    en: 'File of the Ed25519 private key (JWK or PEM) that signs caller tokens; needed when distributed. `npm run keys -- DIR` makes one.',
    zh: '签发调用方令牌的 Ed25519 私钥文件（JWK 或 PEM）；分布式运行时必填。可用 `npm run keys -- DIR` 生成。',
  }),
  dataKeys: commonSettings.dataKeys,
  paymentSandboxKey: commonSettings.paymentSandboxKey,
  requestTimeout: setting({
    env: 'HUTONG_REQUEST_TIMEOUT',
    kind: kinds.milliseconds,
    fallback: 30_000,
    en: 'Longest time a whole operation may take.',
    zh: '一次操作允许的最长时间。',
  }),
  subgraphTimeout: setting({
    env: 'HUTONG_SUBGRAPH_TIMEOUT',
    kind: kinds.milliseconds,
    fallback: 10_000,
    en: 'Longest time one request to a subgraph may take.',
    zh: '向子图发出的单次请求允许的最长时间。',
  }),
  forwardHeaders: setting({
    env: 'HUTONG_FORWARD_HEADERS',
    kind: kind('header names, with commas', readHeaderNames),
    en: "Headers of a request that the subgraphs of somebody else's graph get too, such as authorization.",
    zh: '转发给外部图各子图的请求头名称，如 authorization。',
  }),
  shareInFlight: setting({
    env: 'HUTONG_SHARE_IN_FLIGHT',
    kind: kinds.flag,
    fallback: true,
    en: 'Equal questions to a subgraph at the same moment, on behalf of callers it cannot tell apart, are asked once; never those with personal data.',
    zh: '同一时刻向子图提出的相同请求（且子图无法区分调用方时）只发送一次；含个人数据的请求从不合并。',
  }),
  subgraphConnectTimeout: setting({
    env: 'HUTONG_SUBGRAPH_CONNECT_TIMEOUT',
    kind: kinds.milliseconds,
    fallback: 2_000,
    en: 'Longest time a connection to a subgraph may take.',
    zh: '与子图建立连接允许的最长时间。',
  }),
  maxSubgraphBytes: setting({
    env: 'HUTONG_MAX_SUBGRAPH_BYTES',
    kind: kinds.count,
    fallback: 16_777_216,
    en: 'Largest answer of a subgraph, bytes; a larger one is cut off while it arrives, for reading it would hold up everybody.',
    zh: '子图应答的大小上限，字节；更大的应答在接收途中即被中止，以免解析时阻塞其他请求。',
  }),
  subgraphRetries: setting({
    env: 'HUTONG_SUBGRAPH_RETRIES',
    kind: kinds.amount,
    fallback: 2,
    en: 'How often a query, never a mutation, is sent again after a broken connection or HTTP 502, 503 or 504.',
    zh: '连接中断或返回 HTTP 502、503、504 时查询的重试次数；变更操作从不重试。',
  }),
  breakerThreshold: setting({
    env: 'HUTONG_BREAKER_THRESHOLD',
    kind: kinds.share,
    fallback: 0.5,
    en: 'A subgraph of which more than this share of the requests fail is not asked for a while (circuit breaker); 1 turns that off.',
    zh: '子图失败请求的占比超过此值时，暂停向其请求（熔断）；1 表示关闭熔断。',
  }),
  breakerWindow: setting({
    env: 'HUTONG_BREAKER_WINDOW',
    kind: kinds.milliseconds,
    fallback: 10_000,
    en: 'How far back the circuit breaker looks.',
    zh: '熔断统计所回看的时长。',
  }),
  breakerRequests: setting({
    env: 'HUTONG_BREAKER_REQUESTS',
    kind: kinds.count,
    fallback: 10,
    en: 'How many requests there must be in that time before the circuit breaker judges.',
    zh: '在该时长内达到多少请求后才作熔断判断。',
  }),
  breakerPause: setting({
    env: 'HUTONG_BREAKER_PAUSE',
    kind: kinds.milliseconds,
    fallback: 5_000,
    en: 'How long such a subgraph is left alone until one request is let through to see whether it is well again.',
    zh: '熔断后经过多久放行一个请求以探测子图是否恢复。',
  }),
  breakerCodes: setting({
    env: 'HUTONG_BREAKER_CODES',
    kind: errorCodes,
    fallback: ['SHUTTING_DOWN', 'SUBGRAPH_UNAVAILABLE', 'SERVICE_UNAVAILABLE', 'DATABASE_UNAVAILABLE'],
    en: 'Codes of GraphQL errors, with commas between them, by which a subgraph says that it is ill itself: such answers count as failed requests.',
    zh: '子图以之表明自身故障的 GraphQL 错误码，以逗号分隔；这类应答计为失败请求。',
  }),
  subgraphOptions: setting({
    env: 'HUTONG_SUBGRAPH_OPTIONS',
    flag: 'subgraph-options',
    kind: kinds.path,
    en: 'JSON file with other values of the settings above for single subgraphs, see “When a subgraph fails”.',
    zh: '为个别子图另行指定以上各项的 JSON 文件，见“子图发生故障时”。',
  }),
  bodyLimit: setting({
    env: 'HUTONG_BODY_LIMIT',
    kind: kinds.count,
    fallback: 1_048_576,
    en: 'Largest request body, bytes.',
    zh: '请求体上限，字节。',
  }),
  maxTokens: setting({
    env: 'HUTONG_MAX_TOKENS',
    kind: kinds.count,
    fallback: 10_000,
    en: 'Longest GraphQL document, in tokens (names, punctuators, values).',
    zh: 'GraphQL 文档长度上限，以词法单元计。',
  }),
  maxDepth: setting({
    env: 'HUTONG_MAX_DEPTH',
    kind: kinds.count,
    fallback: 50,
    en: 'How deep selections may stand in each other.',
    zh: '字段选取的嵌套层数上限。',
  }),
  maxSelections: setting({
    env: 'HUTONG_MAX_SELECTIONS',
    kind: kinds.count,
    fallback: 1_000,
    en: 'How many fields and fragments an operation may select, fragments expanded; each costs about a millisecond when it is first planned.',
    zh: '一次操作（片段展开后）可选取的字段与片段总数；首次规划时每个约需一毫秒。',
  }),
  maxFetches: setting({
    env: 'HUTONG_MAX_FETCHES',
    kind: kinds.count,
    fallback: 100,
    en: 'How many requests to subgraphs an operation may need.',
    zh: '一次操作可向子图发出的请求数上限。',
  }),
  planTimeout: setting({
    env: 'HUTONG_PLAN_TIMEOUT',
    kind: kinds.milliseconds,
    fallback: 5_000,
    en: 'Longest time the planning of one operation may take when it is first asked; on Linux, time without a processor does not count.',
    zh: '首次收到某一操作时，为其制定执行计划允许的最长时间；在 Linux 上不计等待处理器的时间。',
  }),
  maxSubscriptions: setting({
    env: 'HUTONG_MAX_SUBSCRIPTIONS',
    kind: kinds.count,
    fallback: 100,
    en: 'How many subscriptions and other operations one WebSocket may hold at the same time.',
    zh: '一个 WebSocket 连接上可同时进行的订阅及其他操作数上限。',
  }),
  subscriptionBuffer: setting({
    env: 'HUTONG_SUBSCRIPTION_BUFFER',
    kind: kinds.count,
    fallback: 1_048_576,
    en: 'Events that may wait for a slow client, bytes per subscription; the subgraph is made to wait long before, and where it does not, the subscription ends.',
    zh: '为读取较慢的客户端暂存的事件上限，每个订阅以字节计；此前会先让子图等待，子图不等待时结束该订阅。',
  }),
  heartbeat: setting({
    env: 'HUTONG_HEARTBEAT',
    kind: kinds.milliseconds,
    fallback: 10_000,
    en: 'A stream sends something after so long a silence; a WebSocket that does not answer until the next is cut.',
    zh: '数据流静默超过该时长即发送心跳；WebSocket 到下一次心跳仍未应答则断开。',
  }),
  explain: setting({
    env: 'HUTONG_EXPLAIN',
    kind: kinds.flag,
    fallback: false,
    en: 'A request may ask for the plan of its operation, see “Looking inside”.',
    zh: '允许请求查看其操作的执行计划，见“观察运行情况”。',
  }),
  metrics: setting({
    env: 'HUTONG_METRICS',
    kind: kinds.flag,
    fallback: false,
    en: 'GET /metrics tells numbers in the text format of Prometheus; keep it from the public.',
    zh: '以 Prometheus 文本格式在 GET /metrics 提供指标；请勿对公众开放。',
  }),
  tracing: setting({
    env: 'HUTONG_TRACING',
    kind: kinds.flag,
    fallback: false,
    en: 'Makes OpenTelemetry spans, for an SDK that you load beside it, see “Looking inside”.',
    zh: '产生 OpenTelemetry 跨度（span），由另行加载的 SDK 接收，见“观察运行情况”。',
  }),
  receiveTimeout: commonSettings.receiveTimeout,
  drainDelay: commonSettings.drainDelay,
  drainTime: commonSettings.drainTime,
  logLevel: setting({
    env: 'HUTONG_LOG_LEVEL',
    kind: oneOf('debug', 'info', 'warn', 'error', 'silent'),
    fallback: 'warn',
    en: 'Least severe log line that is written; info has one line per operation.',
    zh: '日志的最低级别；info 级别每次操作一行。',
  }),
  ...seedSettings,
} as const;

/** Headers that belong to one connection or one body, or that the gateway sets itself. */
const ownHeaders: ReadonlySet<string> = new Set(
  'accept connection content-encoding content-length content-type expect host keep-alive te trailer transfer-encoding upgrade x-request-id'.split(
    ' ',
  ),
);

function readHeaderNames(text: string): readonly string[] | undefined {
  const names = text.split(',').map((name) => name.trim().toLowerCase());
  return names.every((name) => /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) && !ownHeaders.has(name)) ? names : undefined;
}

/** Renders the settings as the markdown table of the documentation. */
export function settingsTable(): string {
  const rows = Object.values(settings).map(
    ({ env, flag: argument, kind: type, fallback, en, zh }: Setting<unknown>) => {
      const name = argument === undefined ? `\`${env}\`` : `\`${env}\`, \`--${argument}\``;
      return `| ${name} | ${type.name} | ${showFallback(fallback)} | ${en}<br>${zh} |`;
    },
  );
  return ['| Setting 设置 | Type 类型 | Default 默认 | Meaning 含义 |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function showFallback(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? '`1`' : '`0`';
  return `\`${Array.isArray(value) ? value.join(', ') : JSON.stringify(value).replaceAll('"', '')}\``;
}
