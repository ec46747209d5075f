import { type DayRange, perArgument, type Query, type Read } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import { benefitUses, claims, referralEffects } from '../tables/claim.ts';

/** Reads of claims. */
export const claimLoaders = (read: Read) => ({
  claim: read.byOwnedId(claims, 'cl'),
  claimOfEncounter: read.byOwnedId(claims, 'en', 'encounterNo'),
  claims: read.page(claims, ['residentId', 'no']),
  claimsOfResident: read.pageBy(claims, 'residentId', ['residentId', 'no']),
  claimsOfProvider: read.pageBy(claims, 'providerCode', ['residentId', 'no']),
  benefitUse: read.byOwnedId(benefitUses, 'ct'),
  referralEffect: read.byOwnedId(referralEffects, 'rf'),
  fundPaidBetween: perArgument((days: DayRange) => read.batch((providers, query) => fundPaid(providers, days, query))),
});

async function fundPaid(
  providers: readonly string[],
  { from, to }: DayRange,
  query: Query,
): Promise<ReadonlyMap<string, string>> {
  const rows = await query(
    sql`select ${claims.providerCode}, sum(${claims.fundBasic}) from ${claims}
        where ${claims.providerCode} = any(${sql.param([...providers])}::text[])
          and ${claims.serviceDate} between ${from}::date and ${to}::date and ${claims.status} = 'SETTLED'
        group by 1`,
  );
  return new Map(rows.map(([provider, fund]) => [String(provider), String(fund)]));
}
