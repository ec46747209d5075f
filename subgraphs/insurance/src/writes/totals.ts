import { encodeOwnedId, type Write } from '@hutong/kit';
import { and, eq, sql } from 'drizzle-orm';
import { addTotals, EMPTY_ACCUMULATORS, takeTotals } from '../rules/accumulators.ts';
import type { Accumulators } from '../rules/settlement-types.ts';
import { accumulators } from '../tables/coverage.ts';

/** The yearly totals 年度累计 of a resident; nothing where nothing was settled. */
export async function totalsOf({ tx }: Write, residentId: string, year: number): Promise<Accumulators> {
  const [row] = await tx.select().from(accumulators).where(ofYear(residentId, year));
  return row ?? EMPTY_ACCUMULATORS;
}

/**
 * Makes the row of a resident and year when it is not there, and locks all rows of the resident until the write ends: who settles or
 * voids for the same resident waits (domain.md 3.1.3).
 */
export async function lockTotals({ tx, clock }: Write, residentId: string, year: number): Promise<void> {
  await tx
    .insert(accumulators)
    .values({ ...EMPTY_ACCUMULATORS, residentId, no: year, updatedAt: clock.instant })
    .onConflictDoNothing();
  await tx
    .select({ no: accumulators.no })
    .from(accumulators)
    .where(eq(accumulators.residentId, residentId))
    .orderBy(accumulators.no)
    .for('update');
}

/** What a claim does to yearly totals: it adds to them, and takes the same away when it is voided. */
export type Booking = 'ADD' | 'TAKE';

/** Books what a claim adds to the totals of its year; they are locked. */
export async function bookTotals(
  write: Write,
  { residentId, year }: { readonly residentId: string; readonly year: number },
  added: Accumulators,
  booking: Booking,
): Promise<void> {
  const before = await totalsOf(write, residentId, year);
  const totals = booking === 'ADD' ? addTotals(before, added) : takeTotals(before, added);
  const [row] = await write.tx
    .update(accumulators)
    .set({ ...totals, version: sql`${accumulators.version} + 1`, updatedAt: write.clock.instant })
    .where(ofYear(residentId, year))
    .returning({ version: accumulators.version });
  const id = encodeOwnedId('ac', residentId, year);
  write.change({ type: 'Accumulator', id, kind: 'UPDATED', residentId, payload: { year, version: row?.version } });
}

function ofYear(residentId: string, year: number) {
  return and(eq(accumulators.residentId, residentId), eq(accumulators.no, year));
}
