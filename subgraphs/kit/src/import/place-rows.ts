import type { SqlSession } from '../database/open-database.ts';
import type { References } from './references.ts';
import type { Tally } from './tally.ts';
import type { ValidRow } from './validate-row.ts';
import type { WaitingRows } from './waiting-rows.ts';
import type { WriteOutcome } from './write-batch.ts';

/** What placing rows needs. */
export interface PlaceParts {
  readonly sql: SqlSession;
  readonly references: References;
  readonly waiting: WaitingRows;
  readonly tally: Tally;
  readonly write: (rows: readonly ValidRow[]) => Promise<WriteOutcome>;
}

/** Writes rows, and every waiting row that is ready after that; answers how many were stored. */
export type PlaceRows = (rows: readonly ValidRow[]) => Promise<number>;

/**
 * Prepares the writing of rows in the order of their references: a row is written when what it refers to is stored, first those that
 * refer to nothing new, then those that refer to them, and so on. So neither the order of the file, nor the size of a batch, nor a bad
 * row among them decides whether a row goes in.
 */
export function rowPlacer({ sql, references, waiting, tally, write }: PlaceParts): PlaceRows {
  /** Writes the rows that are ready; answers those that may be by now. */
  async function writeReady(rows: readonly ValidRow[]): Promise<{ stored: number; left: readonly ValidRow[] }> {
    const verdict = await references.check(sql, rows);
    await tally.reject(verdict.rejected);
    if (verdict.ready.length === 0) {
      await waiting.add(verdict.waiting);
      return { stored: 0, left: [] };
    }
    const outcome = await write(verdict.ready);
    tally.written(outcome);
    const { refused } = outcome;
    await waiting.add(
      refused
        .filter(({ contested }) => contested)
        .map(({ row, fault }) => ({ row, awaits: undefined, faults: [fault] })),
    );
    await tally.reject(
      refused.filter(({ contested }) => !contested).map(({ row, fault }) => ({ line: row.line, faults: [fault] })),
    );
    const isRefused = new Set(refused.map(({ row }) => row));
    const stored = verdict.ready.filter((row) => !isRefused.has(row));
    await waiting.release(references.awaited(stored));
    return { stored: stored.length, left: verdict.waiting.map(({ row }) => row) };
  }

  return async (rows) => {
    let total = 0;
    for (let next = rows; next.length > 0; next = await waiting.takeReady()) {
      for (let left = next; left.length > 0;) {
        const written = await writeReady(left);
        total += written.stored;
        left = written.left;
      }
    }
    return total;
  };
}

/** Tries the rows that want a value of another row again, until a whole round stores none of them. */
export async function placeContested(waiting: WaitingRows, place: PlaceRows): Promise<void> {
  for (let stored = 1; stored > 0;) {
    stored = 0;
    for await (const rows of waiting.rounds()) stored += await place(rows);
  }
}
