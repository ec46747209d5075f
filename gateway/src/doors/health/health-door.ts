import type { FastifyInstance } from 'fastify';
import { catalogueError, refusal } from '../../errors.ts';

/** Whether one subgraph can answer; `reason` is a sentence without names of people, hosts' secrets or SQL. */
export type SubgraphHealth = { readonly kind: 'ready' } | { readonly kind: 'missing'; readonly reason: string };

/** Asks every subgraph whether it can answer, by name. */
export type CheckSubgraphs = () => Promise<ReadonlyMap<string, SubgraphHealth>>;

/** What the health door needs to know. */
export interface HealthDoorParts {
  readonly checkSubgraphs: CheckSubgraphs;
  readonly isStopping: () => boolean;
}

/**
 * Opens GET /live (the process runs), GET /ready (every subgraph can answer; else 503 and their names) and GET /health
 * (requests are answered, if perhaps in part).
 */
export function openHealthDoor(fastify: FastifyInstance, { checkSubgraphs, isStopping }: HealthDoorParts): void {
  const check = shareForASecond(checkSubgraphs);
  fastify.get('/live', async () => ({ status: 'live' }));
  fastify.get('/health', async (request, reply) => {
    if (!isStopping()) return { status: 'ok' };
    return reply.code(503).send({ status: 'stopping', ...refusal(catalogueError('SHUTTING_DOWN'), request.id) });
  });
  fastify.get('/ready', async (request, reply) => {
    if (isStopping()) {
      return reply.code(503).send({ status: 'stopping', ...refusal(catalogueError('SHUTTING_DOWN'), request.id) });
    }
    const health = await check();
    const missing = [...health].filter(([, state]) => state.kind === 'missing').map(([name]) => name);
    const subgraphs = Object.fromEntries(
      [...health].map(([name, state]) => [name, state.kind === 'ready' ? { status: 'ready' } : missingState(state)]),
    );
    if (missing.length === 0) return { status: 'ready', subgraphs };
    const error = catalogueError('SUBGRAPH_UNAVAILABLE', {
      message: `Not ready: no answer from ${missing.join(', ')}.`,
      messageZh: `尚未就绪：${missing.join('、')} 没有应答。`,
    });
    return reply.code(503).send({ status: 'not ready', missing, subgraphs, ...refusal(error, request.id) });
  });
}

function missingState({ reason }: { readonly reason: string }): { readonly status: string; readonly reason: string } {
  return { status: 'missing', reason };
}

/** Probes come from several watchers at once; the subgraphs are asked once a second at most. */
function shareForASecond(check: CheckSubgraphs): CheckSubgraphs {
  let shared: { readonly since: number; readonly answer: ReturnType<CheckSubgraphs> } | undefined;
  return () => {
    const now = performance.now();
    if (shared === undefined || now - shared.since > 1_000) shared = { since: now, answer: check() };
    return shared.answer;
  };
}
