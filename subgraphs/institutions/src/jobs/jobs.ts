import { notesOf, type Jobs } from '@hutong/kit';
import type { InstitutionsWrites } from '../writes/writes.ts';

/** What institutions does by itself, on time 定时任务. */
export const institutionsJobs: Jobs<InstitutionsWrites> = {
  expireReferrals: {
    cron: '* * * * *',
    run: (write) => untilNone('expired', async () => notesOf(await write.referral.expireReferrals({}))),
  },
  expireHolds: {
    cron: '* * * * *',
    run: (write) => untilNone('expired', async () => notesOf(await write.equipment.expireHolds({}))),
  },
  markNoShows: {
    cron: '* * * * *',
    run: (write) => untilNone('missed', async () => notesOf(await write.appointment.markNoShows({}))),
  },
  /** Every day, for the month before: what was raised stays, rows that came late may raise more. */
  raiseSupervisionAlerts: {
    cron: '0 1 * * *',
    run: async (write) => notesOf(await write.supervision.raiseSupervisionAlerts({})),
  },
};

/** Repeats a job that works in batches until a batch is empty. */
async function untilNone(counted: string, batch: () => Promise<Readonly<Record<string, unknown>>>): Promise<void> {
  for (let notes = await batch(); Number(notes[counted] ?? 0) > 0;) notes = await batch();
}
