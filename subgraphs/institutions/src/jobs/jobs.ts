import { notesOf, type Jobs } from '@hutong/kit';
import type { InstitutionsWrites } from '../writes/writes.ts';

/** What institutions does by itself, on time 定时任务. */
export const institutionsJobs: Jobs<InstitutionsWrites> = {
  expireReferrals: {
    cron: '* * * * *',
    run: (write) => untilNone('expired', async () => notesOf(await write.referral.expireReferrals({}))),
  },
};

/** Repeats a job that works in batches until a batch is empty. */
async function untilNone(counted: string, batch: () => Promise<Readonly<Record<string, unknown>>>): Promise<void> {
  for (let notes = await batch(); Number(notes[counted] ?? 0) > 0;) notes = await batch();
}
