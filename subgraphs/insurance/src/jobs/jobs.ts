import { notesOf, type Jobs } from '@hutong/kit';
import type { InsuranceWrites } from '../writes/writes.ts';

/** What insurance does by itself, on time 定时任务. */
export const insuranceJobs: Jobs<InsuranceWrites> = {
  /** Every day, for the month before; half an hour before institutions raises alerts from it. */
  tellProviderMonths: {
    cron: '30 0 * * *',
    run: async (write) => notesOf(await write.payment.tellProviderMonths({})),
  },
  /** Every minute: orders that are not at their end (domain.md B.3, payClaimOnline). */
  attendPayments: { cron: '* * * * *', run: (write, clock) => write.onlinePayment.attendPayments(clock) },
  /** Every minute, where fees are paid in the sandbox. */
  runPaymentSandbox: { cron: '* * * * *', run: (write, clock) => write.onlinePayment.runSandbox(clock) },
  /** Two o'clock at night in Shanghai, for the day before. */
  reconcilePaymentsOfDay: {
    cron: '0 18 * * *',
    run: (write, { day }) => write.onlinePayment.reconcileDayBefore(day),
  },
};
