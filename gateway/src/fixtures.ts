import { buildSubgraphSchema } from '@apollo/subgraph';
import { attachScalars, fixedClock, serveSubgraph, type Subgraph, type SubgraphServer } from '@hutong/kit';
import {
  catalogueError,
  createCallerSigner,
  createCallerVerifier,
  generateCallerKeys,
  type CallerClaims,
} from '@hutong/schema';
import { composeSubgraphs } from '@hutong/schema/compose';
import { fastify } from 'fastify';
import { execute, parse } from 'graphql';
import { createInlinePlanner } from './engine/planner/inline-planner.ts';
import { createInProcessSources } from './in-process-sources.ts';
import { resolvePersonas } from './policy/personas.ts';
import { createGateway, type Gateway, type GatewayParts, type Sources } from './server.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';

const placesSdl = `
  ${link}
  type Query { region(code: ID!): Region  whoAsks: String  slow(milliseconds: Int!): String  secret: String  slot: String  on(day: Date!): String }
  scalar Date
  type Mutation { rename(code: ID!, name: String!): Region }
  type Region @key(fields: "code") { code: ID!  name: String }
`;

const peopleSdl = `
  ${link}
  type Query { person: String }
  type Region @key(fields: "code") { code: ID!  name: String @external  population: Int  label: String @requires(fields: "name") }
`;

const places = {
  Query: {
    region: (_: unknown, { code }: { code: string }) => (code === '320322' ? { code, name: '沛县' } : null),
    whoAsks: (_: unknown, _args: unknown, { caller, businessTime }: CallerClaims) => `${caller.role} ${businessTime}`,
    slow: (_: unknown, { milliseconds }: { milliseconds: number }) =>
      new Promise((resolve) => setTimeout(resolve, milliseconds, 'done')),
    on: (_: unknown, { day }: { day: string }) => day,
    secret: () => {
      throw new Error('select id_number from residents: relation "residents" does not exist');
    },
    slot: () => {
      throw catalogueError('SLOT_TAKEN', { message: 'Slot sl_1 is taken.', messageZh: '号源 sl_1 已被占用。' });
    },
  },
  Mutation: { rename: (_: unknown, region: object) => region },
  Region: { __resolveReference: ({ code }: { code: string }) => ({ code, name: '沛县' }) },
};

const people = {
  Query: { person: () => '王某' },
  Region: {
    __resolveReference: (reference: object) => reference,
    population: () => 1_038_337,
    label: ({ name }: { name: string }) => `${name}（1,038,337）`,
  },
};

/** Two federated subgraphs without a database: `places`, and `people`, which adds to what `places` owns. */
export function createSubgraphs(): readonly Subgraph[] {
  return [createSubgraph('places', placesSdl, places), createSubgraph('people', peopleSdl, people)];
}

/** Their supergraph, with the given addresses. */
export function composeSupergraph(urls: Readonly<Record<string, string>> = {}): string {
  const result = composeSubgraphs([
    { name: 'places', sdl: placesSdl },
    { name: 'people', sdl: peopleSdl },
  ]);
  if (result.kind === 'failed') throw new Error(result.errors.join('\n'));
  return Object.entries(urls).reduce(
    (sdl, [name, url]) => sdl.replace(`http://${name}/graphql`, url),
    result.supergraphSdl,
  );
}

/** Serves the subgraphs as ours are served: refusing who has no caller token. */
export async function startDistributed(options: { readonly bodyLimit?: number } = {}): Promise<{
  readonly sources: Extract<Sources, { readonly kind: 'distributed' }>;
  readonly servers: readonly SubgraphServer[];
}> {
  const keys = await generateCallerKeys('test');
  const verifyCaller = await createCallerVerifier(keys.publicKeys);
  const subgraphs = createSubgraphs();
  const servers = await Promise.all(
    subgraphs.map((subgraph) => serveSubgraph(subgraph, { host: '127.0.0.1', port: 0, verifyCaller, ...options })),
  );
  const urls = new Map(servers.map(({ url }, index) => [subgraphs[index]?.name ?? '', url]));
  const signCaller = await createCallerSigner(keys.privateKey);
  return { sources: { kind: 'distributed', urls, signCaller }, servers };
}

/** The subgraphs in this process. */
export function startColocated(): Sources {
  const running = createSubgraphs().map((subgraph) => ({ subgraph, checkReady: async () => undefined }));
  return createInProcessSources(running);
}

/** Serves one subgraph to anybody, as somebody else's would be; errors show all they have. */
export async function serveOpenly(
  name: string,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const subgraph = createSubgraphs().find((candidate) => candidate.name === name);
  if (subgraph === undefined) throw new Error(`There is no subgraph ${name} in this test.`);
  const app = fastify();
  app.post<{ Body: { query: string; variables?: Record<string, unknown> } }>('/graphql', async ({ body }) => {
    const { data, errors } = await execute({
      schema: subgraph.schema,
      document: parse(body.query),
      contextValue: { caller: { role: 'NOBODY' }, businessTime: 'now' },
      variableValues: body.variables ?? {},
    });
    return {
      data,
      errors: errors?.map((error) => ({
        ...error.toJSON(),
        extensions: { stacktrace: ['at secret'], http: { status: 418 } },
      })),
    };
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url: `${url}/graphql`, close: () => app.close() };
}

/** A gateway over the given sources, listening on a free port or the given one. */
export async function startGateway(
  parts: Partial<GatewayParts> & Pick<GatewayParts, 'sources'>,
  port = 0,
): Promise<{ readonly gateway: Gateway; readonly url: string }> {
  const gateway = await createGateway({
    supergraphSdl: composeSupergraph(),
    createPlanner: createInlinePlanner,
    personas: resolvePersonas((handle) => handle),
    clock: fixedClock('2024-12-31T23:59:59+08:00'),
    requestTimeout: 5_000,
    streams: { maxSubscriptions: 100, maxBufferedBytes: 1_048_576, heartbeat: 10_000 },
    subgraphs: { common: { responseTimeout: 2_000 }, named: new Map() },
    bodyLimit: 100_000,
    limits: { maxTokens: 10_000, maxDepth: 50, maxSelections: 1_000, maxFetches: 100 },
    receiveTimeout: 10_000,
    logLevel: 'silent',
    ...parts,
  });
  return { gateway, url: await gateway.listen({ host: '127.0.0.1', port }) };
}

/** What a client gets. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Asks over HTTP, as a client does. */
export async function ask(
  url: string,
  query: string,
  options: {
    readonly headers?: Record<string, string>;
    readonly variables?: object;
    readonly operationName?: string;
    readonly extensions?: object;
  } = {},
): Promise<Answer> {
  const { headers, ...body } = options;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, ...body }),
  });
  return { status: response.status, body: await response.json() };
}

/** Reads JSON at an address. */
export async function get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, { headers });
  return { status: response.status, body: await response.json() };
}

function createSubgraph(name: string, sdl: string, resolvers: object): Subgraph {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: Object(resolvers) }]);
  attachScalars(schema);
  return {
    name,
    sdl,
    schema,
    jobs: {},
    runJob: async () => undefined,
    takeIn: async () => ({ position: '0-0', types: [] }),
    execute: async ({ query, variables }, call) => {
      const document = parse(query);
      const { data, errors } = await execute({ schema, document, contextValue: call, variableValues: variables ?? {} });
      return {
        ...(data === undefined ? {} : { data }),
        ...(errors === undefined ? {} : { errors: errors.map((error) => error.toJSON()) }),
      };
    },
  };
}
