import { notesOf, untilNone, type Jobs } from '@hutong/kit';
import type { InstitutionsWrites } from '../writes/writes.ts';

/** What institutions does by itself, on time 定时任务. */
export const institutionsJobs: Jobs<InstitutionsWrites> = {
  expireReferrals: {
    cron: '* * * * *',
    run: (write) => untilNone(async () => notesOf(await write.referral.expireReferrals({}))),
  },
  expireHolds: {
    cron: '* * * * *',
    run: (write) => untilNone(async () => notesOf(await write.equipment.expireHolds({}))),
  },
  markNoShows: {
    cron: '* * * * *',
    run: (write) => untilNone(async () => notesOf(await write.appointment.markNoShows({}))),
  },
  /** Ends what is waited for no longer, then gives what a window that opened, or nobody's doing, has freed (domain.md 3.5.2, 3.5.4). */
  moveUpWaiting: {
    cron: '* * * * *',
    run: async (write) => {
      await untilNone(async () => notesOf(await write.waiting.lapseWaiting({})));
      await throughAll(async (after) => notesOf(await write.waiting.moveUpForNextSlots({ after })));
      await throughAll(async (after) => notesOf(await write.waiting.moveUpForNextEquipment({ after })));
    },
  },
  /** Every day, for the month before: what was raised stays, rows that came late may raise more. */
  raiseSupervisionAlerts: {
    cron: '0 1 * * *',
    run: async (write) => notesOf(await write.supervision.raiseSupervisionAlerts({})),
  },
};

/** Repeats a job that does one thing after another in their order until there is no next one. */
async function throughAll(one: (after: string) => Promise<Readonly<Record<string, unknown>>>): Promise<void> {
  for (let { next } = await one(''); typeof next === 'string'; { next } = await one(next));
}
