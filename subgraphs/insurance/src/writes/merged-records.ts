import type { Faults, Write } from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { linkProjections } from '../tables/projection.ts';

/** Notes a fault for a record that was merged into another one 档案已合并: what comes now belongs to that one (domain.md 2.6). */
export async function expectStanding({ tx }: Write, residentId: string, faults: Faults): Promise<void> {
  const { survivingId, holds } = linkProjections;
  const [link] = await tx
    .select({ survivingId })
    .from(linkProjections)
    .where(and(eq(linkProjections.residentId, residentId), eq(holds, true)));
  faults.expect(link === undefined, 'VALIDATION_FAILED', 'residentId', {
    en: `This record was merged; use ${link?.survivingId}.`,
    zh: `该档案已合并，请使用 ${link?.survivingId}。`,
  });
}
