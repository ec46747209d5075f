import { GraphQLError, Kind } from 'graphql';

/** One error a caller may see: its HTTP status when it refuses a whole request, what happened, and what to do. */
export interface CatalogueEntry {
  readonly status: number;
  readonly message: string;
  readonly messageZh: string;
  readonly action: string;
  readonly actionZh: string;
}

/**
 * Every error code of the product (domain.md appendix B.6 and the gateway's own), in the order of the documentation.
 * A code that is not here is never shown to a caller.
 */
export const errorCatalogue = {
  INVALID_TRANSITION: {
    status: 409,
    message: 'The record is not in a state that allows this step.',
    messageZh: '当前状态不允许执行此操作。',
    action: 'Read the record again and choose a step its present state allows.',
    actionZh: '请重新读取该记录，选择当前状态允许的操作。',
  },
  CONSENT_REQUIRED: {
    status: 403,
    message: 'The resident has not consented to this use of the data.',
    messageZh: '居民尚未同意将数据用于该用途。',
    action: 'Ask the resident or the guardian for consent for this purpose, then ask again.',
    actionZh: '请先取得居民本人或监护人对该用途的同意，再重新请求。',
  },
  FORBIDDEN: {
    status: 403,
    message: 'The caller may not read or do this.',
    messageZh: '当前身份无权读取或执行此内容。',
    action: 'Leave the field out, or ask the administrator of your institution for the right.',
    actionZh: '请去掉该字段，或向本机构管理员申请权限。',
  },
  NOT_FOUND: {
    status: 404,
    message: 'Nothing with this key exists within what the caller may see.',
    messageZh: '在可见范围内没有该标识对应的记录。',
    action: 'Check the key.',
    actionZh: '请核对标识。',
  },
  ALREADY_CONTRACTED: {
    status: 409,
    message: 'The resident already has a contract for this period.',
    messageZh: '该居民在此期间已有签约协议。',
    action: 'Renew or end the present contract first.',
    actionZh: '请先续签或终止现有协议。',
  },
  CAPACITY_EXCEEDED: {
    status: 409,
    message: 'The upper limit of the doctor, team or resource is reached.',
    messageZh: '已达到医生、团队或资源的上限。',
    action: 'Choose another doctor, team or time.',
    actionZh: '请选择其他医生、团队或时间。',
  },
  STRUCTURE_INCOMPLETE: {
    status: 409,
    message: 'The team lacks a member that the rules ask for.',
    messageZh: '团队缺少规定的成员。',
    action: 'Complete the team, then try again.',
    actionZh: '请补齐团队成员后重试。',
  },
  CHANNEL_CLOSED: {
    status: 409,
    message: 'This channel is not open at this time.',
    messageZh: '该渠道此时未开放。',
    action: 'Choose another channel, or wait until it opens.',
    actionZh: '请更换渠道，或等待开放时间。',
  },
  SLOT_FULL: {
    status: 409,
    message: 'The appointment slot is full.',
    messageZh: '该号源已约满。',
    action: 'Choose another slot.',
    actionZh: '请选择其他号源。',
  },
  SLOT_TAKEN: {
    status: 409,
    message: 'Somebody else has just taken this slot.',
    messageZh: '该时段刚被他人占用。',
    action: 'Read the free slots again and choose another.',
    actionZh: '请重新查询空闲时段并选择其他时段。',
  },
  SCHEDULE_CONFLICT: {
    status: 409,
    message: 'The time overlaps something already scheduled.',
    messageZh: '时间与已有安排冲突。',
    action: 'Choose another time.',
    actionZh: '请选择其他时间。',
  },
  POOL_EXHAUSTED: {
    status: 409,
    message: 'The headcount pool has no free quota.',
    messageZh: '编制周转池已无可用名额。',
    action: 'Release quota first, or apply for more.',
    actionZh: '请先释放名额，或申请追加。',
  },
  MODE_MISMATCH: {
    status: 409,
    message: 'The step belongs to another mode of employment, payment or service.',
    messageZh: '该操作与所采用的聘用、支付或服务方式不符。',
    action: 'Check the mode of the record, and use the step that belongs to it.',
    actionZh: '请核对记录的方式，并使用与之对应的操作。',
  },
  NOT_IN_LAYOUT_PLAN: {
    status: 409,
    message: 'The approved layout plan does not provide for this.',
    messageZh: '已批准的布局规划中没有此项。',
    action: 'Have the layout plan changed first.',
    actionZh: '请先调整布局规划。',
  },
  TILT_VIOLATED: {
    status: 409,
    message: 'The allocation does not favour primary care as the rule asks.',
    messageZh: '分配未达到向基层倾斜的要求。',
    action: 'Raise the share of primary-care institutions, then try again.',
    actionZh: '请提高基层机构的份额后重试。',
  },
  DAYS_EXCEEDED: {
    status: 409,
    message: 'The number of days is above the limit.',
    messageZh: '天数超过上限。',
    action: 'Shorten the period.',
    actionZh: '请缩短天数。',
  },
  VERSION_CONFLICT: {
    status: 409,
    message: 'The record was changed since it was read.',
    messageZh: '记录在读取之后已被修改。',
    action: 'Read it again, and repeat the change on the new version.',
    actionZh: '请重新读取，并在新版本上重做修改。',
  },
  VALIDATION_FAILED: {
    status: 422,
    message: 'A value does not satisfy the rules.',
    messageZh: '提交的内容不符合规则。',
    action: 'Correct the named value.',
    actionZh: '请更正所指出的内容。',
  },
  RATE_LIMITED: {
    status: 429,
    message: 'Too many requests in a short time.',
    messageZh: '短时间内请求过多。',
    action: 'Wait a minute, then continue more slowly.',
    actionZh: '请稍候一分钟，并降低请求频率。',
  },
  QUERY_TOO_COSTLY: {
    status: 400,
    message: 'The query asks for more than one request may cost.',
    messageZh: '查询的开销超过单次请求的上限。',
    action: 'Ask for fewer fields, smaller pages or less depth.',
    actionZh: '请减少字段、缩小分页或降低嵌套层数。',
  },
  UNAUTHENTICATED: {
    status: 401,
    message: 'The request does not say who is asking in a way that can be checked.',
    messageZh: '请求未携带可验证的身份。',
    action: 'Send valid credentials; in the demo, the id of a persona in the header x-hutong-persona.',
    actionZh: '请携带有效凭证；演示环境中请在 x-hutong-persona 请求头中填写演示身份的编号。',
  },
  BAD_REQUEST: {
    status: 400,
    message: 'The request is not a well-formed GraphQL-over-HTTP request.',
    messageZh: '请求不是格式正确的 GraphQL-over-HTTP 请求。',
    action: 'Send JSON with a "query" text, and "variables" as an object, with content-type application/json.',
    actionZh: '请以 application/json 发送 JSON，其中 query 为文本，variables 为对象。',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    message: 'The request body is larger than the server accepts.',
    messageZh: '请求内容超过服务器允许的大小。',
    action: 'Send a smaller request.',
    actionZh: '请减小请求内容。',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: 'The server does not read this content-type.',
    messageZh: '服务器不支持该内容类型。',
    action: 'Send content-type application/json.',
    actionZh: '请使用 application/json。',
  },
  ROUTE_NOT_FOUND: {
    status: 404,
    message: 'There is nothing at this address.',
    messageZh: '该地址不存在。',
    action: 'Check the address; the graph is at /graphql.',
    actionZh: '请核对地址；图的入口是 /graphql。',
  },
  BAD_USER_INPUT: {
    status: 400,
    message: 'A variable or argument has a value that its type does not allow.',
    messageZh: '变量或参数的值与其类型不符。',
    action: 'Correct the value; the message names it.',
    actionZh: '请按提示更正该值。',
  },
  GRAPHQL_PARSE_FAILED: {
    status: 400,
    message: 'The query text is not GraphQL.',
    messageZh: '查询文本不符合 GraphQL 语法。',
    action: 'Correct the text at the place named.',
    actionZh: '请在所指位置更正查询文本。',
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    message: 'The query does not fit the schema.',
    messageZh: '查询与模式（schema）不符。',
    action: 'Correct the query; the schema documentation lists types and fields.',
    actionZh: '请对照模式文档更正查询。',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    message: 'The document does not say which operation to run.',
    messageZh: '文档未指明要执行的操作。',
    action: 'Send operationName with the name of one operation of the document.',
    actionZh: '请在 operationName 中填写文档里某个操作的名称。',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 200,
    message: 'PersistedQueryNotFound',
    messageZh: '未找到该持久化查询。',
    action: 'Send the query text together with its hash once.',
    actionZh: '请将查询文本与其哈希一同发送一次。',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    status: 200,
    message: 'PersistedQueryNotSupported',
    messageZh: '不支持持久化查询。',
    action: 'Send the query text.',
    actionZh: '请发送查询文本。',
  },
  SUBGRAPH_UNAVAILABLE: {
    status: 503,
    message: 'A source of the graph cannot be reached.',
    messageZh: '图的一个数据来源无法访问。',
    action: 'Try again in a moment; the other parts of the answer are valid.',
    actionZh: '请稍后重试；结果的其余部分有效。',
  },
  SUBGRAPH_TIMEOUT: {
    status: 504,
    message: 'A source of the graph did not answer in time.',
    messageZh: '图的一个数据来源未在规定时间内应答。',
    action: 'Try again, or ask for less at once; the other parts of the answer are valid.',
    actionZh: '请重试或减少单次查询的内容；结果的其余部分有效。',
  },
  SUBGRAPH_INVALID_RESPONSE: {
    status: 502,
    message: 'A source of the graph gave an answer that cannot be used.',
    messageZh: '图的一个数据来源返回了无法使用的结果。',
    action: 'Try again; if it stays, report the request id to the operator.',
    actionZh: '请重试；若仍出现，请将请求编号告知运维人员。',
  },
  REQUEST_TIMEOUT: {
    status: 504,
    message: 'The whole request took longer than allowed.',
    messageZh: '请求超过了允许的总时长。',
    action: 'Ask for less at once.',
    actionZh: '请减少单次查询的内容。',
  },
  REQUEST_CANCELLED: {
    status: 499,
    message: 'The caller went away before the answer was ready.',
    messageZh: '应答完成之前，调用方已断开连接。',
    action: 'Ask again.',
    actionZh: '请重新请求。',
  },
  TOO_MANY_SUBSCRIPTIONS: {
    status: 429,
    message: 'This connection already has as many subscriptions as it may have.',
    messageZh: '该连接上的订阅数已达上限。',
    action: 'End one of them, or open another connection.',
    actionZh: '请先结束其中一个订阅，或另开连接。',
  },
  SUBSCRIPTION_TOO_SLOW: {
    status: 503,
    message: 'The subscription has ended: its events come faster than they are taken.',
    messageZh: '订阅已结束：事件到达的速度超过了读取的速度。',
    action: 'Subscribe again; ask for fewer events or fewer fields, or read faster.',
    actionZh: '请重新订阅，减少事件或字段，或加快读取。',
  },
  GRAPH_REPLACED: {
    status: 503,
    message: 'The subscription has ended: the graph was replaced by a new version.',
    messageZh: '订阅已结束：图已更新为新版本。',
    action: 'Subscribe again.',
    actionZh: '请重新订阅。',
  },
  SHUTTING_DOWN: {
    status: 503,
    message: 'The server is stopping and takes no new requests.',
    messageZh: '服务器正在停止，不再接受新请求。',
    action: 'Try again in a moment.',
    actionZh: '请稍后重试。',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    message: 'The server failed; the cause is in its log.',
    messageZh: '服务器内部错误，原因已记录在日志中。',
    action: 'Try again; if it stays, report the request id to the operator.',
    actionZh: '请重试；若仍出现，请将请求编号告知运维人员。',
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>;

export type ErrorCode = keyof typeof errorCatalogue;

/** Codes that a mutation tells in its payload (domain.md appendix B.6); the enum MutationErrorCode of the graph. */
export const mutationErrorCodes = [
  'INVALID_TRANSITION',
  'CONSENT_REQUIRED',
  'FORBIDDEN',
  'NOT_FOUND',
  'ALREADY_CONTRACTED',
  'CAPACITY_EXCEEDED',
  'STRUCTURE_INCOMPLETE',
  'CHANNEL_CLOSED',
  'SLOT_FULL',
  'SLOT_TAKEN',
  'SCHEDULE_CONFLICT',
  'POOL_EXHAUSTED',
  'MODE_MISMATCH',
  'NOT_IN_LAYOUT_PLAN',
  'TILT_VIOLATED',
  'DAYS_EXCEEDED',
  'VERSION_CONFLICT',
  'VALIDATION_FAILED',
] as const satisfies readonly ErrorCode[];

export type MutationErrorCode = (typeof mutationErrorCodes)[number];

/** Tells whether a value is one of our error codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCatalogue, value);
}

/** What a caller sees in `extensions` of an error. */
export interface ErrorExtensions {
  readonly code: ErrorCode;
  readonly messageZh: string;
  readonly action: string;
  readonly actionZh: string;
}

/** Gives the `extensions` every error of this code carries. */
export function errorExtensions(code: ErrorCode): ErrorExtensions {
  const { messageZh, action, actionZh } = errorCatalogue[code];
  return { code, messageZh, action, actionZh };
}

/** What may accompany a thrown error: a sentence of its own that callers may read, in both languages, and a cause they may not. */
export interface ErrorDetail {
  readonly message?: string;
  readonly messageZh?: string;
  readonly cause?: unknown;
}

/** Makes an error that callers may see, from its code and, if the catalogue's sentence is too general, a sentence of its own. */
export function catalogueError(code: ErrorCode, detail: ErrorDetail = {}): GraphQLError {
  const extensions = errorExtensions(code);
  return new GraphQLError(detail.message ?? errorCatalogue[code].message, {
    extensions: { ...extensions, ...(detail.messageZh === undefined ? {} : { messageZh: detail.messageZh }) },
    originalError: detail.cause instanceof Error ? detail.cause : null,
  });
}

/** An error in the form a caller may see. */
export interface ClientError {
  readonly message: string;
  readonly extensions: ErrorExtensions;
}

/**
 * Turns anything thrown into what a caller may see: a GraphQLError that carries a code of the catalogue, and GraphQL's own
 * refusals of a request (GraphQL §7.1.2 request errors: syntax, validation, coercion), keep their text; everything else
 * becomes INTERNAL_SERVER_ERROR without a word of its cause.
 */
export function toClientError(error: unknown): ClientError {
  if (!(error instanceof GraphQLError)) return internalError();
  const { code, messageZh } = error.extensions;
  if (isErrorCode(code) && code !== 'INTERNAL_SERVER_ERROR') {
    const extensions = errorExtensions(code);
    return {
      message: error.message,
      extensions: typeof messageZh === 'string' ? { ...extensions, messageZh } : extensions,
    };
  }
  if (code === undefined && isRequestError(error)) {
    return { message: error.message, extensions: errorExtensions('BAD_USER_INPUT') };
  }
  return internalError();
}

function internalError(): ClientError {
  const code = 'INTERNAL_SERVER_ERROR';
  return { message: errorCatalogue[code].message, extensions: errorExtensions(code) };
}

/** A coercion error of a custom scalar has an original error, and yet is about what the caller sent. */
function isRequestError(error: GraphQLError): boolean {
  const aboutVariable = error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION;
  return error.path === undefined && (aboutVariable || !error.originalError);
}

/** Renders the catalogue as the markdown table of the documentation. */
export function errorTable(): string {
  const rows = Object.entries(errorCatalogue).map(
    ([code, entry]) =>
      `| \`${code}\` | ${entry.status} | ${entry.message}<br>${entry.messageZh} | ${entry.action}<br>${entry.actionZh} |`,
  );
  return ['| Code | HTTP | What happened 含义 | What to do 处理办法 |', '|---|---|---|---|', ...rows, ''].join('\n');
}
