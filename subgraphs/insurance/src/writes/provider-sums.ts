import { createFaults, type Write, type Written } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import { addMonths } from '../rules/calendar.ts';
import { computeProviderMonths, type ProviderMonthRow } from '../tables/provider-month.ts';

/** A row of a month, its figures as text. */
type Told = { readonly [K in keyof ProviderMonthRow]: string };

/**
 * Computes what every provider earned in the month before, and of what 月度费用构成, and tells the rows that changed: institutions supervises by
 * them (domain.md 3.20). Run by the system every day of a month, for claims come late and are voided. The notes tell how many rows changed.
 */
export async function tellProviderMonths(_input: object, { tx, clock, caller, change }: Write): Promise<Written> {
  const faults = createFaults();
  faults.expect(caller.role === 'SYSTEM', 'FORBIDDEN', '');
  faults.throwIfAny();
  const until = `${clock.day.slice(0, 7)}-01`;
  const first = addMonths(until, -1);
  const changed = await tx.execute<Told>(sql`
    with span as (select ${first}::date as first, ${until}::date as until), ${sql.raw(computeProviderMonths)}`);
  for (const row of changed) {
    change({ type: 'ProviderMonth', id: `${row.providerCode}/${row.month}`, kind: 'UPDATED', payload: { ...row } });
  }
  return { id: first.slice(0, 7), notes: { changed: changed.length } };
}
