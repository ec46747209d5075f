import type { FastifyInstance } from 'fastify';

/** A demo persona as the page's menu shows it. */
export interface PersonaView {
  readonly id: string;
  readonly role: string;
  readonly name: string;
  readonly nameZh: string;
  readonly institution: string;
  readonly institutionZh: string;
  readonly region: string;
  readonly regionZh: string;
  readonly sees: string;
  readonly seesZh: string;
}

/** Opens GET /personas: the demo's callers; the first is who asks when a request names nobody. */
export function openPersonasDoor(fastify: FastifyInstance, personas: readonly PersonaView[]): void {
  fastify.get('/personas', async () => personas);
}
