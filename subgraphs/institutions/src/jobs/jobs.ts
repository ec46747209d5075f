import { notesOf, untilNone, type Jobs } from '@hutong/kit';
import type { Cursor } from '../writes/waiting-record.ts';
import type { InstitutionsWrites } from '../writes/writes.ts';

/** What institutions does by itself, on time 定时任务. */
export const institutionsJobs: Jobs<InstitutionsWrites> = {
  expireReferrals: {
    cron: '* * * * *',
    run: (write) => untilNone(async () => notesOf(await write.referral.expireReferrals({}))),
  },
  expireHolds: {
    cron: '* * * * *',
    run: async (write) =>
      expectNone(await throughAll(async (cursor) => notesOf(await write.equipment.expireHolds(cursor))), 'units'),
  },
  markNoShows: {
    cron: '* * * * *',
    run: (write) => untilNone(async () => notesOf(await write.appointment.markNoShows({}))),
  },
  /** Gives what a window that opened, or nobody's doing, has freed (domain.md 3.5.2, 3.5.4), then ends what is waited for no longer. */
  moveUpWaiting: {
    cron: '* * * * *',
    run: async (write) => {
      const failures = [
        ...(await throughAll(async (cursor) => notesOf(await write.waiting.moveUpForNextSlots(cursor)))),
        ...(await throughAll(async (cursor) => notesOf(await write.waiting.moveUpForNextEquipment(cursor)))),
      ];
      await untilNone(async () => notesOf(await write.waiting.lapseWaiting({})));
      expectNone(failures, 'lists');
    },
  },
  /** Every day, for the month before: what was raised stays, rows that came late may raise more. */
  raiseSupervisionAlerts: {
    cron: '0 1 * * *',
    run: async (write) => notesOf(await write.supervision.raiseSupervisionAlerts({})),
  },
};

/** Repeats a job that does one thing after another in their order until there is no next one; passes over what fails, and gives why. */
async function throughAll(one: (cursor: Cursor) => Promise<Readonly<Record<string, unknown>>>): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (let next: unknown = ''; typeof next === 'string';) {
    const after = next;
    ({ next } = await one({ after }).catch((failure: unknown) => {
      failures.push(failure);
      return one({ after, passOver: true });
    }));
  }
  return failures;
}

/** Throws when something failed that was passed over, with the first reason. */
function expectNone(failures: readonly unknown[], what: string): void {
  const [first] = failures;
  if (first !== undefined) throw new Error(`${failures.length} of the ${what} could not be served`, { cause: first });
}
