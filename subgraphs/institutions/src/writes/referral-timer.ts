import { encodeOwnedId, refuse, type Write, type Written, type Keyed } from '@hutong/kit';
import { and, inArray, lte, or, eq, sql } from 'drizzle-orm';
import { expiresAt, hasExpired } from '../rules/referral-limits.ts';
import { referrals } from '../tables/referral.ts';
import { closeIfDone } from './referral-episode.ts';
import { recordStep } from './referral-record.ts';

/** Referrals expired in one transaction. */
const batchSize = 500;

/**
 * Expires the referrals whose limit has passed (domain.md 3.4.1): not accepted in time, or not arrived within seven days. What another
 * process is at is skipped; `notes.expired` tells how many were done, at most 500.
 */
export async function expireReferrals(_: Keyed, write: Write): Promise<Written> {
  if (write.caller.role !== 'SYSTEM') refuse('FORBIDDEN', '');
  const { instant } = write.clock;
  const due = await write.tx
    .select()
    .from(referrals)
    .where(
      or(
        and(eq(referrals.status, 'SUBMITTED'), lte(referrals.dueAt, instant)),
        and(
          inArray(referrals.status, ['ACCEPTED', 'SCHEDULED']),
          lte(referrals.acceptedAt, sql`${instant}::timestamptz - interval '7 days'`),
        ),
      ),
    )
    .limit(batchSize)
    .for('update', { skipLocked: true });
  const expired = due.filter((referral) => hasExpired(referral, instant));
  for (const referral of expired) {
    const at = expiresAt(referral) ?? instant;
    await recordStep(write, referral, { to: 'EXPIRED', at });
    await closeIfDone(write, referral);
  }
  const [last] = expired;
  return {
    id: last === undefined ? '' : encodeOwnedId('rf', last.residentId, last.no),
    notes: { expired: expired.length },
  };
}
