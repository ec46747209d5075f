import type { FastifyInstance } from 'fastify';

/** Numbers in the text format of Prometheus. */
export interface MetricsDoorParts {
  readonly contentType: string;
  readonly read: () => Promise<string>;
}

/** Opens GET /metrics. It tells nothing of anybody, but how much is asked: keep it from the public. */
export function openMetricsDoor(fastify: FastifyInstance, { contentType, read }: MetricsDoorParts): void {
  fastify.get('/metrics', async (_request, reply) => reply.type(contentType).send(await read()));
}
