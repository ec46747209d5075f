import type { Write } from '@hutong/kit';
import { and, eq, inArray } from 'drizzle-orm';
import { inQueueOrder, type QueueEntry } from '../rules/queue-order.ts';
import { statusAt } from '../rules/referral-limits.ts';
import type { ReferralStatus } from '../schema-types.ts';
import { residentProjections } from '../tables/projection.ts';
import { referrals } from '../tables/referral.ts';
import type { WaitingListEntryRow } from '../tables/waiting.ts';
import { groundsOf, runningContracts, type WaitingGrounds } from './waiting-grounds.ts';
import { changeEntries, entryId } from './waiting-record.ts';

/** Who waits, with the grounds as they are now. */
export interface WaitingResident extends QueueEntry {
  readonly entry: WaitingListEntryRow;
  readonly grounds: WaitingGrounds;
}

/**
 * Locked entries in the order of service as it is now (domain.md 3.5.4): a referral that has ended and a contract that has run out count
 * no more, a contract signed meanwhile counts. Entries whose priority is another than before keep the new one; the deceased are left out.
 */
export async function inServiceOrder(
  entries: readonly WaitingListEntryRow[],
  states: ReadonlySet<ReferralStatus>,
  write: Write,
): Promise<WaitingResident[]> {
  const judged = await judgedNow(entries, states, write);
  const waiting: WaitingResident[] = judged.filter(({ entry, grounds }) => entry.priority === grounds.priority);
  for (const priority of [1, 2, 3, 4]) {
    const moved = judged.filter(({ entry, grounds }) => grounds.priority === priority && entry.priority !== priority);
    const rows = moved.map(({ entry }) => entry);
    const changed = await changeEntries(rows, { priority }, write);
    moved.forEach((each, index) => waiting.push({ ...each, entry: changed[index] ?? each.entry }));
  }
  return inQueueOrder(waiting);
}

async function judgedNow(
  entries: readonly WaitingListEntryRow[],
  states: ReadonlySet<ReferralStatus>,
  write: Write,
): Promise<WaitingResident[]> {
  if (entries.length === 0) return [];
  const residentIds = [...new Set(entries.map(({ residentId }) => residentId))];
  const named = await write.tx.select().from(referrals).where(inArray(referrals.residentId, residentIds));
  const counting = named.filter((referral) => states.has(statusAt(referral, write.clock.instant)));
  const referralsByNumber = new Map(counting.map((referral) => [`${referral.residentId} ${referral.no}`, referral]));
  const contracts = new Map<string, number[]>();
  for (const { residentId, no } of await runningContracts(residentIds, write)) {
    contracts.set(residentId, [...(contracts.get(residentId) ?? []), no]);
  }
  const deceased = await deceasedOf(residentIds, write);
  return entries
    .filter(({ residentId }) => !deceased.has(residentId))
    .map((entry) => {
      const own = contracts.get(entry.residentId) ?? [];
      const contractNo = own.find((no) => no === entry.contractNo) ?? own[0] ?? null;
      const grounds = groundsOf(referralsByNumber.get(`${entry.residentId} ${entry.referralNo}`), contractNo);
      return { id: entryId(entry), requestedAt: entry.requestedAt, priority: grounds.priority, entry, grounds };
    });
}

async function deceasedOf(residentIds: readonly string[], { tx }: Write): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ residentId: residentProjections.residentId })
    .from(residentProjections)
    .where(and(inArray(residentProjections.residentId, [...residentIds]), eq(residentProjections.status, 'DECEASED')));
  return new Set(rows.map(({ residentId }) => residentId));
}
