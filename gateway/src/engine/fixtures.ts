import { composeServices as composeByApollo } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices as composeByGuild } from '@theguild/federation-composition';
import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  execute,
  parse,
  validate,
} from 'graphql';
import {
  type Engine,
  type EngineOptions,
  type RequestScope,
  type SubgraphRequest,
  type SubgraphResponse,
  type Transport,
  createEngine,
} from './index.ts';
import { inTurns } from './executor/in-turns.ts';
import { createInlinePlanner } from './planner/inline-planner.ts';

/** A subgraph of a test: SDL without the federation link, and resolvers as `@apollo/subgraph` takes them. */
export interface TestSubgraph {
  readonly name: string;
  readonly sdl: string;
  /** False for a Federation 1 subgraph. */
  readonly link?: boolean;
  readonly resolvers?: TestResolvers;
  /** Resolves fields without a resolver. */
  readonly fieldResolver?: GraphQLFieldResolver<Fields, unknown>;
}

/** Resolvers by type and field; `__resolveReference` among them. */
export type TestResolvers = Record<string, Record<string, (source: Fields, args: Fields) => unknown>>;

/** Fields of an object of test data. */
export type Fields = Readonly<Record<string, unknown>>;

/** A request a subgraph got. */
export interface SentRequest {
  readonly subgraph: string;
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Record<string, unknown>;
}

/** Answers in place of a subgraph, which `answer` asks. */
export type Disturbance = (
  subgraph: string,
  request: SubgraphRequest,
  answer: () => Promise<SubgraphResponse>,
) => Promise<SubgraphResponse>;

/** A running graph of in-process subgraphs. */
export interface TestGraph {
  readonly engine: Engine;
  /** Requests in the order sent. */
  readonly sent: SentRequest[];
  run(query: string, variables?: Record<string, unknown>, options?: RunOptions): Promise<PlainResult>;
}

export interface TestGraphOptions extends Pick<EngineOptions, 'overrides' | 'planCache'> {
  readonly composer?: Composer;
  /** How subgraphs' answers come: as text, as over a network, or as values, as in process; many count as large. */
  readonly answers?: 'text' | 'values' | 'large text' | 'large values' | undefined;
}

export interface RunOptions {
  readonly operationName?: string;
  readonly disturb?: Disturbance;
  readonly signal?: AbortSignal;
}

/** A result as a client gets it. */
export interface PlainResult {
  readonly data?: unknown;
  readonly errors?: readonly PlainError[];
}

export interface PlainError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly code: unknown;
  readonly subgraph?: unknown;
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key" "@requires" "@provides" "@external" "@shareable" "@inaccessible" "@interfaceObject" "@override" "@tag"
  "@context" "@fromContext"
])\n`;

function documentOf({ sdl, link: isLinked = true }: TestSubgraph): DocumentNode {
  return parse(isLinked ? link + sdl : sdl);
}

/** Who composes a test's subgraphs: each accepts something the other refuses, and their supergraphs differ in form. */
export type Composer = 'guild' | 'apollo';

/** Composes subgraphs; throws with the composition's errors. */
export function composeTestGraph(subgraphs: readonly TestSubgraph[], composer: Composer = 'guild'): string {
  const services = subgraphs.map((subgraph) => ({
    name: subgraph.name,
    url: `http://${subgraph.name}.test/graphql`,
    typeDefs: documentOf(subgraph),
  }));
  const result = composer === 'guild' ? composeByGuild(services) : composeByApollo(services);
  if (result.supergraphSdl === undefined) {
    throw new Error((result.errors ?? []).map(({ message }) => message).join('\n'));
  }
  return result.supergraphSdl;
}

/** Composes subgraphs and puts an engine over them; subgraphs are called in this process. */
export function createTestGraph(
  subgraphs: readonly TestSubgraph[],
  { composer, answers = 'text', ...options }: TestGraphOptions = {},
): TestGraph {
  const running = new Map(
    subgraphs.map((subgraph): [string, RunningSubgraph] => [subgraph.name, runSubgraph(subgraph)]),
  );
  const sent: SentRequest[] = [];
  const disturbances = new WeakMap<RequestScope, Disturbance>();
  const transport: Transport = async (subgraph, request, scope) => {
    sent.push({ subgraph, ...readRequest(request) });
    const asked = running.get(subgraph);
    if (!asked) throw new Error(`No subgraph ${subgraph}`);
    const ask = async (): Promise<SubgraphResponse> => ({
      ...(await answerThroughJson(asked, request.operation.query, JSON.parse(request.variables))),
      isLarge: answers === 'large values',
    });
    const response = await (disturbances.get(scope)?.(subgraph, request, ask) ?? ask());
    const { data, errors } = response;
    const text = Buffer.from(JSON.stringify({ data, errors }));
    switch (answers) {
      case 'text':
        return request.scan?.atOnce(text) ?? response;
      case 'large text':
        return (request.scan && (await inTurns(request.scan.inSlices(text)))) ?? response;
      case 'values':
      case 'large values':
        return response;
    }
  };
  const supergraphSdl = composeTestGraph(subgraphs, composer);
  const engine = createEngine({ supergraphSdl, transport, createPlanner: createInlinePlanner, ...options });
  return {
    engine,
    sent,
    async run(query, variables = {}, { operationName, disturb, signal } = {}) {
      const scope = createScope(signal);
      if (disturb) disturbances.set(scope, disturb);
      const prepared = await engine.prepare(parse(query), operationName);
      return toPlain(await engine.execute(prepared, variables, scope));
    },
  };
}

/** The scope of a request that never ends by itself. */
export function createScope(signal: AbortSignal = new AbortController().signal): RequestScope {
  return { requestId: 'test', signal, headersFor: () => Promise.resolve({}) };
}

/** A subgraph that is called in this process. */
export interface RunningSubgraph {
  readonly schema: GraphQLSchema;
  readonly fieldResolver: GraphQLFieldResolver<Fields, unknown> | undefined;
}

function readRequest({ operation, variables }: SubgraphRequest): Omit<SentRequest, 'subgraph'> {
  const { query, operationName } = operation;
  return { query, variables: JSON.parse(variables), ...(operationName === undefined ? {} : { operationName }) };
}

/** Builds a subgraph that is called in this process. */
export function runSubgraph(subgraph: TestSubgraph): RunningSubgraph {
  const { resolvers = {}, fieldResolver } = subgraph;
  return { schema: buildSubgraphSchema({ typeDefs: documentOf(subgraph), resolvers }), fieldResolver };
}

/** Answers through JSON, as a network would. */
export async function answerThroughJson(
  { schema, fieldResolver }: RunningSubgraph,
  query: string,
  variables: Fields,
): Promise<SubgraphResponse> {
  const document = parse(query);
  const errors = validate(schema, document);
  if (errors.length > 0) return { errors: errors.map(({ message }) => ({ message })) };
  const result = await execute({ schema, fieldResolver: fieldResolver ?? null, document, variableValues: variables });
  return JSON.parse(JSON.stringify(result));
}

/** A result as JSON, with the error's code and subgraph in sight. */
export function toPlain(result: object): PlainResult {
  const plain: ExecutionResult = JSON.parse(JSON.stringify(result));
  if (!plain.errors) return { data: plain.data };
  const errors = plain.errors.map(({ message, path, extensions }) => ({
    message,
    ...(path ? { path } : {}),
    code: extensions?.['code'],
    ...(extensions?.['subgraph'] === undefined ? {} : { subgraph: extensions['subgraph'] }),
  }));
  return plain.data === undefined ? { errors } : { data: plain.data, errors };
}
