import { encodeOwnedId, nextNo, type LoggedChange, type Write } from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { outOfAreaFilings, type OutOfAreaFilingRow } from '../tables/coverage.ts';

/** States in which a referral takes the resident out of the county. */
const going: ReadonlySet<unknown> = new Set(['ACCEPTED', 'SCHEDULED', 'ARRIVED', 'IN_TREATMENT', 'DOWN_PROPOSED']);

/** States after which nothing more happens to a referral. */
const over: ReadonlySet<unknown> = new Set(['COMPLETED', 'CANCELLED', 'EXPIRED']);

/** The referral that a change tells of, and the day of its step. */
interface ToldReferral {
  readonly residentId: string;
  readonly referralNo: number;
  readonly day: string;
}

/**
 * Files care out of the county 异地就医备案 for a referral that was accepted, after the approval of the county referral office where it
 * needs one (domain.md 3.4.2); the filing ends with the referral. Who goes home to the county needs none.
 */
export async function fileCareOutside(
  { payload }: LoggedChange,
  { residentId, referralNo, day }: ToldReferral,
  write: Write,
): Promise<void> {
  const { scope, status, direction, toProviderCode } = payload;
  if (scope !== 'OUT_OF_COUNTY' || direction === 'DOWN') return;
  const filing = await findFiling(write, residentId, referralNo);
  if (filing === undefined && going.has(status) && typeof toProviderCode === 'string') {
    await fileOutOfArea(write, { residentId, referralNo, toProviderCode, from: day, to: null });
  }
  if (filing !== undefined && filing.to === null && over.has(status)) await end(write, filing, day);
}

async function findFiling(
  { tx }: Write,
  residentId: string,
  referralNo: number,
): Promise<OutOfAreaFilingRow | undefined> {
  const [filing] = await tx
    .select()
    .from(outOfAreaFilings)
    .where(and(eq(outOfAreaFilings.residentId, residentId), eq(outOfAreaFilings.referralNo, referralNo)));
  return filing;
}

/** Makes a filing and tells it; gives its number. */
export async function fileOutOfArea(
  write: Write,
  filing: Pick<OutOfAreaFilingRow, 'residentId' | 'referralNo' | 'toProviderCode' | 'from' | 'to'>,
): Promise<number> {
  const { residentId } = filing;
  const no = await nextNo(write, outOfAreaFilings, residentId);
  await write.tx.insert(outOfAreaFilings).values({ ...filing, no, status: 'ACTIVE' });
  tell(write, { residentId, no }, 'CREATED', 'ACTIVE');
  return no;
}

async function end(write: Write, { residentId, no }: OutOfAreaFilingRow, day: string): Promise<void> {
  await write.tx
    .update(outOfAreaFilings)
    .set({ to: day, status: 'ENDED' })
    .where(and(eq(outOfAreaFilings.residentId, residentId), eq(outOfAreaFilings.no, no)));
  tell(write, { residentId, no }, 'UPDATED', 'ENDED');
}

function tell(
  write: Write,
  { residentId, no }: Pick<OutOfAreaFilingRow, 'residentId' | 'no'>,
  kind: 'CREATED' | 'UPDATED',
  status: OutOfAreaFilingRow['status'],
): void {
  const id = encodeOwnedId('oa', residentId, no);
  write.change({ type: 'OutOfAreaFiling', id, kind, residentId, payload: { status } });
  write.step({ type: 'OutOfAreaFiling', id, residentId, from: kind === 'CREATED' ? null : 'ACTIVE', to: status });
}
