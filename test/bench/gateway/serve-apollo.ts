import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import type { GatewayOrder } from './gateway-orders.ts';

/** @apollo/gateway on Apollo Server, as their documentation starts it. */
export async function serveApollo({ port, supergraphFile }: Extract<GatewayOrder, { kind: 'apollo' }>): Promise<null> {
  const gateway = new ApolloGateway({ supergraphSdl: readFileSync(supergraphFile, 'utf8') });
  await startStandaloneServer(new ApolloServer({ gateway }), { listen: { host: '127.0.0.1', port } });
  return null;
}
