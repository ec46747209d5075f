import { isPublicId, type Faults, type Write } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { residentProjections } from '../tables/projection.ts';

/** The resident is known: public health has told of the registration 居民登记. */
export async function expectResident(residentId: string, path: string, write: Write, faults: Faults): Promise<void> {
  faults.expect((await statusOf(residentId, write)) !== undefined, 'NOT_FOUND', path, texts.unknown);
}

/** The resident is known and not deceased: care can be planned. */
export async function expectLiving(residentId: string, path: string, write: Write, faults: Faults): Promise<void> {
  const status = await statusOf(residentId, write);
  faults.expect(status !== undefined, 'NOT_FOUND', path, texts.unknown);
  faults.expect(status !== 'DECEASED', 'VALIDATION_FAILED', path, texts.deceased);
}

async function statusOf(residentId: string, { tx }: Write): Promise<string | undefined> {
  if (!isPublicId('rs', residentId)) return undefined;
  const [row] = await tx
    .select({ status: residentProjections.status })
    .from(residentProjections)
    .where(eq(residentProjections.residentId, residentId));
  return row?.status;
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
