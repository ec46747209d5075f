import type { Mutation } from '@hutong/kit';
import { fileComplaint, resolveComplaint } from './complaint.ts';
import { followUpInspection, recordInspection, rectifyInspection } from './inspection.ts';
import { noteOverdue } from './overdue.ts';

/** Mutations of complaints 投诉 and inspections 督查 (S2-27, S2-28, S3-38); what is overdue is noted by a job, no field of the graph. */
export const oversightWrites = (mutation: Mutation) => ({
  fileComplaint: mutation('fileComplaint', fileComplaint),
  resolveComplaint: mutation('resolveComplaint', resolveComplaint),
  recordInspection: mutation('recordInspection', recordInspection),
  rectifyInspection: mutation('rectifyInspection', rectifyInspection),
  followUpInspection: mutation('followUpInspection', followUpInspection),
  noteOverdue: mutation('noteOverdue', noteOverdue),
});
