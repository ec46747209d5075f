import type { Write } from '@hutong/kit';
import { and, eq, sql } from 'drizzle-orm';
import { drgMonths } from '../tables/payment.ts';

/** A month of a provider. */
interface ProviderMonth {
  readonly providerCode: string;
  readonly month: string;
}

/** Holds a month until the write ends: who settles it alone, who adds to it or takes from it together with others. */
export async function lockMonth(
  { tx }: Write,
  { providerCode, month }: ProviderMonth,
  how: 'ALONE' | 'TOGETHER',
): Promise<void> {
  const key = sql`hashtextextended(${`drg month ${providerCode} ${month}`}, 0)`;
  await tx.execute(
    how === 'ALONE' ? sql`select pg_advisory_xact_lock(${key})` : sql`select pg_advisory_xact_lock_shared(${key})`,
  );
}

/** Whether a month was settled. */
export async function isSettled({ tx }: Write, providerCode: string, month: string): Promise<boolean> {
  const rows = await tx
    .select({ id: drgMonths.id })
    .from(drgMonths)
    .where(and(eq(drgMonths.providerCode, providerCode), eq(drgMonths.month, month)));
  return rows.length > 0;
}
