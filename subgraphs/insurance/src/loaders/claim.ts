import { type DayRange, perArgument, type Query, type Read } from '@hutong/kit';
import { type SQL, sql } from 'drizzle-orm';
import type { ClaimLineKind } from '../schema-types.ts';
import { benefitUses, claims, referralEffects } from '../tables/claim.ts';
import { highByCost, paidByDrg, type ToldRule } from '../tables/provider-month.ts';

/** What an alert says of a provider's month. */
export interface AlertedShare {
  readonly rule: ToldRule;
  /** `2024-03`. */
  readonly month: string;
  readonly days: DayRange;
  /** Limit of the share, percent. */
  readonly limit: string;
}

/** Reads of claims. */
export const claimLoaders = (read: Read) => ({
  claim: read.byOwnedId(claims, 'cl'),
  claimOfEncounter: read.byOwnedId(claims, 'en', 'encounterNo'),
  claims: read.page(claims, ['residentId', 'no']),
  claimsOfResident: read.pageBy(claims, 'residentId', ['residentId', 'no']),
  claimsOfProvider: read.pageBy(claims, 'providerCode', ['residentId', 'no']),
  claimsOfAlert: perArgument((share: AlertedShare) =>
    read.pageBy(claims, 'providerCode', ['residentId', 'no'], {
      where: sql`${claims.status} = 'SETTLED' and ${speaksFor(share)}`,
      orderBy: [['totalAmount', 'DESC']],
    }),
  ),
  benefitUse: read.byOwnedId(benefitUses, 'ct'),
  referralEffect: read.byOwnedId(referralEffects, 'rf'),
  fundPaidBetween: perArgument((days: DayRange) => read.batch((providers, query) => fundPaid(providers, days, query))),
});

/** That a claim speaks for an alert: by its own share, or by the outcome of its case. */
function speaksFor({ rule, month, days, limit }: AlertedShare): SQL {
  switch (rule) {
    case 'DRUG_SHARE':
      return spentOn('DRUG', days, limit);
    case 'CONSUMABLE_SHARE':
      return spentOn('CONSUMABLE', days, limit);
    case 'LOW_OUTLIER_SHARE':
      return hasCase(month, `d.outlier = 'LOW'`);
    case 'HIGH_OUTLIER_SHARE':
      return hasCase(month, highByCost);
  }
}

function spentOn(kind: ClaimLineKind, { from, to }: DayRange, limit: string): SQL {
  return sql`${claims.serviceDate} between ${from}::date and ${to}::date and (
    select sum((line->>'amount')::numeric) from jsonb_array_elements(${claims.lines}) line where line->>'kind' = ${kind}
  ) > ${claims.totalAmount} * ${limit}::numeric / 100`;
}

function hasCase(month: string, outcome: string): SQL {
  return sql`(${claims.residentId}, ${claims.no}) in (
    select d.resident_id, d.no from drg_cases d
    where d.provider_code = ${claims.providerCode} and d.month = ${month} and ${sql.raw(paidByDrg)} and ${sql.raw(outcome)})`;
}

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
