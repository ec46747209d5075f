import type { FastifyInstance } from 'fastify';
import { printSchema, type GraphQLSchema } from 'graphql';

/** Opens GET /schema.graphql: what clients see of the graph at the moment, with its descriptions. */
export function openSchemaDoor(fastify: FastifyInstance, schema: () => GraphQLSchema): void {
  fastify.get('/schema.graphql', async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(printSchema(schema())),
  );
}
