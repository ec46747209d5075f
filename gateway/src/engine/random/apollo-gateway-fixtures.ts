import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { parse } from 'graphql';
import { type PlainResult, type TestSubgraph, answerThroughJson, runSubgraph, toPlain } from '../fixtures.ts';
import type { RandomOperation } from './operation-fixtures.ts';

/** Answers operations by `@apollo/gateway`. */
export type AskApolloGateway = (operation: RandomOperation) => Promise<PlainResult>;

/** Puts `@apollo/gateway` over a supergraph; its subgraphs are called in this process. */
export async function createApolloGateway(
  supergraphSdl: string,
  subgraphs: readonly TestSubgraph[],
): Promise<AskApolloGateway> {
  const sources = new Map(subgraphs.map((subgraph) => [subgraph.name, sourceOf(subgraph)]));
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: silent,
    buildService({ name }) {
      const source = sources.get(name);
      if (!source) throw new Error(`No subgraph ${name}`);
      return source;
    },
  });
  const { executor, schema } = await gateway.load();
  return async ({ query, variables }) => {
    const asked = { query, variables: { ...variables } };
    const request = { request: asked, document: parse(query), queryHash: query, source: query, schema, context: {} };
    // Of what a server knows of a request it reads no more than this.
    return toPlain(await executor({ ...request, operationName: null } as unknown as Parameters<typeof executor>[0]));
  };
}

const nothing = (): void => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** A subgraph that answers through JSON, as a network would. */
function sourceOf(subgraph: TestSubgraph): GraphQLDataSource {
  const running = runSubgraph(subgraph);
  return { process: ({ request: { query = '', variables = {} } }) => answerThroughJson(running, query, variables) };
}
