import type { FastifyInstance } from 'fastify';

/** A demo persona as the page's menu shows it. */
export interface PersonaView {
  readonly id: string;
  readonly role: string;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly institutionEn: string;
  readonly institutionZh: string;
  readonly regionEn: string;
  readonly regionZh: string;
  readonly mayEn: string;
  readonly mayZh: string;
}

/** Opens GET /personas: who the demo's callers are, which header picks one, and who asks when none is picked. */
export function openPersonasDoor(
  fastify: FastifyInstance,
  parts: { readonly header: string; readonly defaultId: string; readonly personas: readonly PersonaView[] },
): void {
  const { header, defaultId, personas } = parts;
  fastify.get('/personas', async () => ({ header, default: defaultId, personas }));
}
