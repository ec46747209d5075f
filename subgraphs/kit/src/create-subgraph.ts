import { channel } from 'node:diagnostics_channel';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Caller } from '@hutong/schema';
import {
  execute,
  GraphQLError,
  isObjectType,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { requestClock, type RequestClock } from './clock.ts';
import type { KeyRing } from './crypto/key-ring.ts';
import type { Database } from './database/open-database.ts';
import { systemCaller, type Jobs } from './jobs/job.ts';
import { purgeKeys } from './jobs/purge-keys.ts';
import { createInbox, type InboxAnswer, type InboxHandlers, type IncomingPage } from './relay/inbox.ts';
import { createRead } from './read/read.ts';
import { createShapes } from './read/scope.ts';
import type { Read } from './read/types.ts';
import { createRun } from './read/statement.ts';
import { needsOfResolver } from './read/needs.ts';
import { attachScalars } from './scalars.ts';
import { createMutations, type Mutation } from './write/mutation.ts';

/** What a subgraph needs from whoever runs it. */
export interface SubgraphParts {
  readonly database: Pick<Database, 'sql' | 'db'>;
  /** Opens encrypted columns; a subgraph that has some needs it. */
  readonly keys?: KeyRing;
  /** Where it is given, what is paid online goes through a payment sandbox 支付沙箱 that signs by it; no money is moved. */
  readonly paymentSandboxKey?: string | undefined;
  /** Whether generated persons may be registered, as in the demo; true when left out. */
  readonly allowSynthetic?: boolean;
}

/** One request to a subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** On whose behalf a request runs. */
export interface SubgraphCall {
  readonly caller: Caller;
  readonly requestId: string;
  /** Instant of the business clock, ISO 8601 (architecture.md §4). */
  readonly businessTime: string;
}

/** A subgraph's answer: GraphQL's result, safe to show (no stack, no SQL). */
export interface SubgraphResponse {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** What every resolver of a subgraph gets; made per request. */
export interface SubgraphContext<L, W = undefined> extends SubgraphCall {
  readonly clock: RequestClock;
  /** Made anew after every write, so that what is read then is what was written. */
  readonly load: L;
  readonly write: W;
  /** Hash by which a sealed text is looked up; throws where there is no key ring. */
  readonly keyedHash: (text: string) => string;
}

/** A subgraph ready to answer: in process, or behind `serveSubgraph`. */
export interface Subgraph {
  readonly name: string;
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  execute(request: SubgraphRequest, call: SubgraphCall): Promise<SubgraphResponse>;
  /** What it does by itself, by name, with its times as in crontab. */
  readonly jobs: Readonly<Record<string, { readonly cron: string }>>;
  /** Does a job now, in business time; rejects when its writes were refused. */
  runJob(name: string, businessTime: string): Promise<void>;
  /** Takes in a page of another subgraph's change log. */
  takeIn(page: IncomingPage): Promise<InboxAnswer>;
}

/** What makes one subgraph different from another. */
export interface SubgraphDefinition<L, W> {
  readonly name: string;
  /** Complete Federation 2 SDL, see `loadSubgraphSdl`. */
  readonly sdl: string;
  /** Resolvers by type and field. */
  readonly resolvers: Readonly<Record<string, object>>;
  /** The loaders of one request. */
  readonly loaders: (read: Read, clock: RequestClock) => L;
  /** The mutations of one request. */
  readonly writes: (mutation: Mutation) => W;
  readonly jobs?: Jobs<W>;
  /** What it takes in from the change logs of the others. */
  readonly inbox?: InboxHandlers;
}

/** Published on `hutong:error` for every fault that the caller does not see in full. */
export interface ErrorEvent {
  readonly subgraph: string;
  readonly requestId: string;
  readonly cause: unknown;
}

/** Published on `hutong:execution` for every operation a subgraph answered. It holds what was read: for tests, never for a log. */
export interface ExecutionEvent {
  readonly subgraph: string;
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly result: ExecutionResult;
}

const errors = channel('hutong:error');
const executions = channel('hutong:execution');

/** Builds a subgraph: schema + resolvers + a context per request. */
export function createSubgraph<L, W>(definition: SubgraphDefinition<L, W>, parts: SubgraphParts): Subgraph {
  const { name, sdl } = definition;
  const typeDefs = parse(sdl);
  const schema = buildSubgraphSchema([
    { typeDefs, resolvers: Object(knownFieldsOnly(typeDefs, definition.resolvers)) },
  ]);
  attachScalars(schema);
  requireNeeds(schema, name);
  const { database, keys, allowSynthetic = true } = parts;
  const writeParts = { db: database.db, keys, allowSynthetic };
  const jobs: Jobs<W> = {
    ...definition.jobs,
    // Every night at half past three in Shanghai.
    purgeIdempotencyKeys: { cron: '30 19 * * *', run: (_, clock) => purgeKeys(parts.database.sql, name, clock) },
  };
  const shapes = createShapes(parts.keys);
  const keyedHash = parts.keys?.keyedHash ?? refuseToHash;
  const documents = new LRUCache<string, DocumentNode | readonly GraphQLError[]>({
    max: 2_000,
    maxSize: 4_000_000,
    sizeCalculation: (_, query) => query.length + 1,
  });

  return {
    name,
    sdl,
    schema,
    async execute(request, call) {
      const document = documents.get(request.query) ?? parseAndValidate(schema, request.query);
      documents.set(request.query, document);
      if ('length' in document) return { errors: [toInternal(document[0], name, call.requestId)] };
      const run = createRun(parts.database.sql, { subgraph: name, requestId: call.requestId });
      const clock = requestClock(call.businessTime);
      const loaders = (): L => definition.loaders(createRead(run, shapes), clock);
      let load = loaders();
      const renew = (): void => void (load = loaders());
      const mutations = createMutations(writeParts, { caller: call.caller, clock }, renew);
      const contextValue: SubgraphContext<L, W> = {
        ...call,
        clock,
        keyedHash,
        get load() {
          return load;
        },
        get write() {
          return definition.writes(mutations);
        },
      };
      const result = await execute({
        schema,
        document,
        contextValue,
        variableValues: request.variables ?? {},
        operationName: request.operationName ?? null,
      });
      if (executions.hasSubscribers) {
        const { operationName } = request;
        executions.publish({ subgraph: name, schema, document, operationName, result } satisfies ExecutionEvent);
      }
      return toResponse(result, name, call.requestId);
    },
    jobs,
    async runJob(job, businessTime) {
      const clock = requestClock(businessTime);
      const mutations = createMutations(writeParts, { caller: systemCaller, clock }, () => undefined);
      await jobs[job]?.run(definition.writes(mutations), clock);
    },
    takeIn: createInbox({ ...writeParts, name }, definition.inbox ?? {}),
  };
}

function refuseToHash(): string {
  throw new TypeError('this subgraph runs without a key ring: sealed texts cannot be looked up');
}

function parseAndValidate(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query, { noLocation: true });
    const faults = validate(schema, document);
    return faults.length === 0 ? document : faults;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function toResponse(result: ExecutionResult, subgraph: string, requestId: string): SubgraphResponse {
  const data = result.data === undefined ? {} : { data: result.data };
  if (result.errors === undefined) return data;
  return { ...data, errors: result.errors.map((error) => toClientSafe(error, subgraph, requestId)) };
}

/** Errors that say a code were written for the caller; of any other only the log learns the cause. */
function toClientSafe(error: GraphQLError, subgraph: string, requestId: string): GraphQLFormattedError {
  if (error.extensions['code'] !== undefined) return error.toJSON();
  if (isDataException(error.originalError)) {
    const extensions = { code: 'BAD_USER_INPUT', messageZh: '参数值的格式不正确' };
    return {
      message: 'a value has the wrong form',
      extensions,
      ...(error.path === undefined ? {} : { path: error.path }),
    };
  }
  return toInternal(error, subgraph, requestId);
}

/** The gateway wrote the document and checked its variables: what is wrong with them is a fault of ours too. */
function toInternal(error: GraphQLError | undefined, subgraph: string, requestId: string): GraphQLFormattedError {
  errors.publish({ subgraph, requestId, cause: error?.originalError ?? error } satisfies ErrorEvent);
  const extensions = { code: 'INTERNAL_SERVER_ERROR', messageZh: '内部错误' };
  return { message: 'internal error', extensions, ...(error?.path === undefined ? {} : { path: error.path }) };
}

/** PostgreSQL's class 22: a value that does not fit its type. */
function isDataException(error: Error | undefined): boolean {
  return error !== undefined && 'code' in error && typeof error.code === 'string' && error.code.startsWith('22');
}

/** Resolver maps hold a resolver per column; those the contract does not show are left out. */
function knownFieldsOnly(
  typeDefs: DocumentNode,
  resolvers: Readonly<Record<string, object>>,
): Record<string, Record<string, unknown>> {
  const fields = new Map<string, Set<string>>();
  for (const definition of typeDefs.definitions) {
    if (!('name' in definition) || definition.name === undefined || !('fields' in definition)) continue;
    const names = fields.get(definition.name.value) ?? new Set<string>();
    for (const field of definition.fields ?? []) names.add(field.name.value);
    fields.set(definition.name.value, names);
  }
  const kept = (type: string, field: string): boolean =>
    field.startsWith('__') || (fields.get(type)?.has(field) ?? true);
  return Object.fromEntries(
    Object.entries(resolvers).map(([type, map]) => [
      type,
      Object.fromEntries(Object.entries(map).filter(([field]) => kept(type, field))),
    ]),
  );
}

/** Fails at start when a hand-written resolver of a stored type does not say which columns it reads. */
function requireNeeds(schema: GraphQLSchema, subgraph: string): void {
  const silent: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_') || ['Query', 'Mutation', 'Subscription'].includes(type.name))
      continue;
    const resolvers = Object.values(type.getFields()).filter((field) => field.resolve !== undefined);
    const stored = resolvers.some((field) => needsOfResolver(field.resolve) !== undefined);
    for (const field of resolvers) {
      if (stored && needsOfResolver(field.resolve) === undefined) silent.push(`${type.name}.${field.name}`);
    }
  }
  if (silent.length > 0) {
    throw new TypeError(`${subgraph}: resolvers that do not say what they read (use derive): ${silent.join(', ')}`);
  }
}
