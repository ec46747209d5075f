import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { callerTokenHeader, repositoryRoot, type Caller, type CallerSigner } from '@hutong/schema';
import { fastify } from 'fastify';

/** @apollo/gateway on Apollo Server over subgraph servers, which get the same caller token as ours do. */
export async function serveApolloGateway(
  urls: ReadonlyMap<string, string>,
  sign: CallerSigner,
  caller: Caller,
): Promise<string> {
  const gateway = new ApolloGateway({
    supergraphSdl: readFileSync(join(repositoryRoot, 'schema', 'supergraph.graphql'), 'utf8'),
    buildService: ({ name }) =>
      new RemoteGraphQLDataSource({
        url: urls.get(name) ?? '',
        willSendRequest: async ({ request }) => {
          const claims = { caller, requestId: crypto.randomUUID(), businessTime: '2024-12-31T23:59:59+08:00' };
          request.http?.headers.set('x-request-id', claims.requestId);
          request.http?.headers.set(callerTokenHeader, await sign(name, claims));
        },
      }),
  });
  const server = new ApolloServer({ gateway, introspection: false });
  await server.start();
  const app = fastify();
  app.route({ method: 'POST', url: '/graphql', handler: fastifyApolloHandler(server) });
  return app.listen({ host: '127.0.0.1', port: 0 });
}
