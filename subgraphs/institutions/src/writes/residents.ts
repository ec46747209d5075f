import { isPublicId, mergedInto, type Faults, type Write } from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { residentLinkProjections, residentProjections } from '../tables/projection.ts';

/** The resident is known: public health has told of the registration 居民登记. */
export async function expectResident(residentId: string, path: string, write: Write, faults: Faults): Promise<void> {
  await checkKnown(residentId, path, write, faults);
}

/** The resident is known and not deceased: care can be planned. */
export async function expectLiving(residentId: string, path: string, write: Write, faults: Faults): Promise<void> {
  const status = await checkKnown(residentId, path, write, faults);
  faults.expect(status !== 'DECEASED', 'VALIDATION_FAILED', path, texts.deceased);
}

/** Notes a fault for a resident who is not known, or whose record was merged into another one; gives the status. */
async function checkKnown(residentId: string, path: string, write: Write, faults: Faults): Promise<string | undefined> {
  const known = isPublicId('rs', residentId) ? await knownOf(residentId, write) : undefined;
  faults.expect(known !== undefined, 'NOT_FOUND', path, texts.unknown);
  const survivingId = known?.survivingId ?? null;
  if (survivingId !== null) faults.expect(false, 'INVALID_TRANSITION', path, mergedInto(survivingId));
  return known?.status;
}

async function knownOf(residentId: string, { tx }: Write) {
  const links = residentLinkProjections;
  const [row] = await tx
    .select({ status: residentProjections.status, survivingId: links.survivingId })
    .from(residentProjections)
    .leftJoin(links, and(eq(links.residentId, residentProjections.residentId), eq(links.holds, true)))
    .where(eq(residentProjections.residentId, residentId));
  return row;
}

const texts = {
  unknown: {
    en: 'The resident is not known here. Register the resident first, or try again in a moment when that was done just now.',
    zh: '未找到该居民，请先办理居民登记；如刚登记，请稍后重试。',
  },
  deceased: {
    en: 'The resident is recorded as deceased. Correct the record in public health if that is wrong.',
    zh: '该居民已登记为死亡；如有误，请先在公共卫生系统更正。',
  },
};
