import { notesOf, type Jobs } from '@hutong/kit';
import type { InsuranceWrites } from '../writes/writes.ts';

/** What insurance does by itself, on time 定时任务. */
export const insuranceJobs: Jobs<InsuranceWrites> = {
  /** Every day, for the month before; half an hour before institutions raises alerts from it. */
  tellProviderMonths: {
    cron: '30 0 * * *',
    run: async (write) => notesOf(await write.payment.tellProviderMonths({})),
  },
};
