import type { ReportStatus } from '../schema-types.ts';

/** The states to which a report 报告 may be brought from each; a cancelled one stays so. */
const nextStates: Readonly<Record<ReportStatus, readonly ReportStatus[]>> = {
  REGISTERED: ['REGISTERED', 'PRELIMINARY', 'FINAL', 'CANCELLED'],
  PRELIMINARY: ['PRELIMINARY', 'FINAL', 'CANCELLED'],
  FINAL: ['AMENDED', 'CANCELLED'],
  AMENDED: ['AMENDED', 'CANCELLED'],
  CANCELLED: [],
};

/** Whether a report may go from one state to another: what was issued is amended or cancelled, never issued again. */
export function mayBecome(from: ReportStatus, to: ReportStatus): boolean {
  return nextStates[from].includes(to);
}
