import { readFileSync } from 'node:fs';
import { ApolloServer, type ApolloServerOptionsWithGateway, type BaseContext } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { fastify } from 'fastify';
import type { GatewayOrder } from './gateway-orders.ts';
import { wholeSchema } from './shop-subgraphs.ts';

/** Apollo Server on Fastify, whose gateway does nothing and whose answers are texts that are there already. */
export async function serveFloorApollo(order: Extract<GatewayOrder, { kind: 'floor-apollo' }>): Promise<null> {
  const answers = new Map(order.recordings.map(({ asked, answer }) => [queryOf(asked), answer]));
  const server = new ApolloServer({
    gateway: createEmptyGateway(readFileSync(order.supergraphFile, 'utf8')),
    stringifyResult: ({ data }) => answers.get(String(data?.['query'])) ?? '{}',
  });
  await server.start();
  const app = fastify();
  app.route({ method: 'POST', url: '/graphql', handler: fastifyApolloHandler(server) });
  await app.listen({ host: '127.0.0.1', port: order.port });
  return null;
}

function queryOf(body: string): string {
  return (JSON.parse(body) as { query: string }).query;
}

/** Hands the document on as data, by which its answer is found. */
function createEmptyGateway(supergraphSdl: string): ApolloServerOptionsWithGateway<BaseContext>['gateway'] {
  return {
    load: async () => ({ executor: async ({ source }) => ({ data: { query: source } }) }),
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: wholeSchema, coreSupergraphSdl: supergraphSdl });
      return () => undefined;
    },
    stop: async () => undefined,
  };
}
