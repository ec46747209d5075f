import { type ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The headers that Apollo Server and our plugins of it read. */
const headersRead = ['accept', 'content-type'] as const;

/** Hands requests of Fastify to Apollo Server. */
export function createApolloHandler<C extends BaseContext>(
  apollo: ApolloServer<C>,
  contextOf: (request: FastifyRequest) => C,
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<string> => {
    const headers = new HeaderMap();
    for (const name of headersRead) {
      const value = request.headers[name];
      if (value !== undefined) headers.set(name, value);
    }
    const search = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { body: request.body, method: request.method, headers, search },
      context: async () => contextOf(request),
    });
    for (const [name, value] of answer.headers) void reply.header(name, value);
    void reply.code(answer.status ?? 200);
    if (answer.body.kind === 'complete') return answer.body.string;
    throw new TypeError('Apollo Server answers in one piece here: what is incremental does not come to it.');
  };
}
