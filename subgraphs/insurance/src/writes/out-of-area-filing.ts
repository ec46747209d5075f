import { decodeOwnedId, encodeOwnedId, nextNo, seqOfChange, toDay, type LoggedChange, type Write } from '@hutong/kit';
import { and, eq, lt } from 'drizzle-orm';
import { outOfAreaFilings, referralsSeen, type OutOfAreaFilingRow } from '../tables/coverage.ts';

/** States in which a referral takes the resident out of the county. */
const going: ReadonlySet<unknown> = new Set(['ACCEPTED', 'SCHEDULED', 'ARRIVED', 'IN_TREATMENT', 'DOWN_PROPOSED']);

/** States after which nothing more happens to a referral. */
const over: ReadonlySet<unknown> = new Set(['COMPLETED', 'CANCELLED', 'EXPIRED']);

/**
 * Files care out of the county 异地就医备案 for a referral that was accepted, after the approval of the county referral office where it
 * needs one (domain.md 3.4.2); the filing ends with the referral. Who goes home to the county needs none.
 */
export async function takeInReferral(change: LoggedChange, write: Write): Promise<void> {
  const { id, at, payload } = change;
  const { scope, status, direction, toProviderCode } = payload;
  const key = decodeOwnedId('rf', id);
  if (key === undefined || scope !== 'OUT_OF_COUNTY' || direction === 'DOWN') return;
  if (!(await isNews(write, { residentId: key.residentId, referralNo: key.no, seq: seqOfChange(change) }))) return;
  // The day of the referral's step, however late the change is delivered.
  const day = toDay(new Date(at));
  const filing = await findFiling(write, key.residentId, key.no);
  if (filing === undefined && going.has(status) && typeof toProviderCode === 'string') {
    await file(write, { residentId: key.residentId, referralNo: key.no, toProviderCode, from: day });
  }
  if (filing !== undefined && filing.to === null && over.has(status)) await end(write, filing, day);
}

/** Whether a change is newer than all that was seen of its referral: the log may tell an older one after it. */
async function isNews({ tx }: Write, seen: typeof referralsSeen.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(referralsSeen)
    .values(seen)
    .onConflictDoUpdate({
      target: [referralsSeen.residentId, referralsSeen.referralNo],
      set: { seq: seen.seq },
      setWhere: lt(referralsSeen.seq, seen.seq),
    })
    .returning({ seq: referralsSeen.seq });
  return rows.length > 0;
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

async function file(
  write: Write,
  filing: Pick<typeof outOfAreaFilings.$inferInsert, 'residentId' | 'referralNo' | 'toProviderCode' | 'from'>,
): Promise<void> {
  const { residentId } = filing;
  const no = await nextNo(write, outOfAreaFilings, residentId);
  await write.tx.insert(outOfAreaFilings).values({ ...filing, no, status: 'ACTIVE' });
  tell(write, { residentId, no }, 'CREATED', 'ACTIVE');
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
