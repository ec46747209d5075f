import type { RejectsFile } from './rejects-file.ts';
import type { RejectedRow } from './validate-row.ts';
import type { WriteOutcome } from './write-batch.ts';

/** What became of the rows of a file. */
export interface Counts {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Faults by code; a row may have several. */
  readonly faults: Readonly<Record<string, number>>;
}

/** Counts what becomes of rows, and lists the rejected ones. */
export interface Tally {
  reject(rows: readonly RejectedRow[]): Promise<void>;
  read(rows: number): void;
  written(outcome: WriteOutcome): void;
  counts(): Counts;
}

/** A tally at zero. */
export function createTally(rejects: RejectsFile): Tally {
  const faults: Record<string, number> = {};
  const sums = { read: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 };
  return {
    reject: async (rows) => {
      sums.rejected += rows.length;
      for (const { code } of rows.flatMap((row) => row.faults)) faults[code] = (faults[code] ?? 0) + 1;
      await rejects.write(rows);
    },
    read: (rows) => {
      sums.read += rows;
    },
    written: ({ created, updated, unchanged }) => {
      sums.created += created;
      sums.updated += updated;
      sums.unchanged += unchanged;
    },
    counts: () => ({ ...sums, faults: { ...faults } }),
  };
}
