import { notesOf, untilNone, type Jobs } from '@hutong/kit';
import type { PublicHealthWrites } from '../writes/writes.ts';

/** What public health does by itself, on time 定时任务. */
export const publicHealthJobs: Jobs<PublicHealthWrites> = {
  /** Often, for the business day may begin at any time of the system's day; a round without work costs next to nothing. */
  expireContracts: {
    cron: '*/10 * * * *',
    run: (write) => untilNone(async () => notesOf(await write.contract.expireContracts({ most: 500 }))),
  },
  /** Who waits 48 hours for the family doctor's answer is not left alone. */
  remindOfQuestions: {
    cron: '*/10 * * * *',
    run: (write) => untilNone(async () => notesOf(await write.question.remindOfQuestions({}))),
  },
  closeTasks: {
    cron: '*/10 * * * *',
    run: (write) => untilNone(async () => notesOf(await write.fulfilment.closeTasks({}))),
  },
  noteOverdue: {
    cron: '*/10 * * * *',
    run: (write) => untilNone(async () => notesOf(await write.oversight.noteOverdue({}))),
  },
};
