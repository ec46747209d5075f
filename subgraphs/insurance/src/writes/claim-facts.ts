import { encodeOwnedId, secondsBehind, type Write } from '@hutong/kit';
import { and, desc, eq, gte, isNull, lte, or, sql } from 'drizzle-orm';
import { toCents } from '../rules/money.ts';
import type { Accumulators, SettlementClaim, TwoDisease } from '../rules/settlement-types.ts';
import { claims } from '../tables/claim.ts';
import { coverages, outOfAreaFilings, twoDiseaseRegistrations, type CoverageRow } from '../tables/coverage.ts';
import { designatedProviders, type DesignatedProviderRow } from '../tables/payment.ts';
import { referralProjections, type ReferralProjectionRow } from '../tables/projection.ts';

/** A coverage 参保 as settlement needs it. */
export type CoverageTerms = Pick<
  CoverageRow,
  'no' | 'scheme' | 'personClass' | 'assistance' | 'homeRegionCode' | 'accountBalance' | 'planKey'
>;

/** The designated provider of an institution. */
export async function providerOf({ tx }: Write, institutionId: string): Promise<DesignatedProviderRow | undefined> {
  const [row] = await tx.select().from(designatedProviders).where(eq(designatedProviders.institutionId, institutionId));
  return row;
}

/** Whether an agreement 定点协议 is in force on a day. */
export function isAgreed({ validFrom, validTo }: DesignatedProviderRow, day: string): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);
}

/** The coverage in force on a day, the newest one; locked for who settles, since its account may pay. */
export async function coverageOn(
  { tx }: Write,
  residentId: string,
  day: string,
  lock: boolean,
): Promise<CoverageTerms | undefined> {
  const { no, scheme, personClass, assistance, homeRegionCode, accountBalance, planKey } = coverages;
  const found = tx
    .select({ no, scheme, personClass, assistance, homeRegionCode, accountBalance, planKey })
    .from(coverages)
    .where(
      and(
        eq(coverages.residentId, residentId),
        eq(coverages.status, 'VALID'),
        lte(coverages.validFrom, day),
        or(isNull(coverages.validTo), gte(coverages.validTo, day)),
      ),
    )
    .orderBy(desc(coverages.validFrom), desc(coverages.no))
    .limit(1);
  const [row] = await (lock ? found.for('update') : found);
  return row;
}

/** Two-disease registrations 两病备案 in force on a day. */
export async function registrationsOn({ tx }: Write, residentId: string, day: string): Promise<readonly TwoDisease[]> {
  const { disease, validFrom, validTo, status } = twoDiseaseRegistrations;
  const rows = await tx
    .select({ disease })
    .from(twoDiseaseRegistrations)
    .where(
      and(
        eq(twoDiseaseRegistrations.residentId, residentId),
        lte(validFrom, day),
        or(eq(status, 'ACTIVE'), gte(validTo, day)),
      ),
    )
    .orderBy(twoDiseaseRegistrations.no);
  return rows.map((row) => row.disease);
}

/** Whether care at a provider outside was filed 异地就医备案 for a day (domain.md 3.1.4c). */
export async function isFiled(
  { tx }: Write,
  residentId: string,
  { providerCode, day }: { readonly providerCode: string; readonly day: string },
): Promise<boolean> {
  const { from, to, toProviderCode, status } = outOfAreaFilings;
  const rows = await tx
    .select({ no: outOfAreaFilings.no })
    .from(outOfAreaFilings)
    .where(
      and(
        eq(outOfAreaFilings.residentId, residentId),
        eq(toProviderCode, providerCode),
        lte(from, day),
        or(gte(to, day), and(isNull(to), eq(status, 'ACTIVE'))),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** The referrals 转诊 of a resident, as far as they are known. */
export function referralsOf({ tx }: Write, residentId: string): Promise<ReferralProjectionRow[]> {
  return tx
    .select()
    .from(referralProjections)
    .where(eq(referralProjections.residentId, residentId))
    .orderBy(referralProjections.no);
}

/** How a referral ends when nobody travels by it. */
const unused: ReadonlySet<string> = new Set(['REJECTED', 'CANCELLED', 'EXPIRED']);

/** Whether a referral brought the resident to an institution by a day. */
export function leadsTo(referral: ReferralProjectionRow, institutionId: string, day: string): boolean {
  const { toInstitutionId, acceptedOn, status } = referral;
  return toInstitutionId === institutionId && acceptedOn !== null && acceptedOn <= day && !unused.has(status);
}

/** The episode of an encounter: that of the referral which led to it, else that of the referral which leads on from it. */
export function episodeOf(
  referrals: readonly ReferralProjectionRow[],
  referral: ReferralProjectionRow | undefined,
  encounterNo: number | undefined,
): { readonly no: number; readonly episode: SettlementClaim['episode'] } | undefined {
  const onward = referrals.find((one) => one.fromEncounterNo === encounterNo && !unused.has(one.status));
  const found = referral ?? (encounterNo === undefined ? undefined : onward);
  if (found === undefined) return undefined;
  const { residentId, episodeNo: no } = found;
  const came = referral?.direction;
  const direction = came === 'UP' || came === 'DOWN' ? came : null;
  return { no, episode: { id: encodeOwnedId('re', residentId, no), direction } };
}

/** What the settled stays of an episode paid as deductible, in any year: Σ min(E, deductible) (domain.md 3.23). */
export async function paidInEpisode(
  { tx }: Write,
  residentId: string,
  episode: { readonly no: number; readonly id: string },
): Promise<Accumulators['deductiblePaidByEpisode']> {
  const [row] = await tx
    .select({ paid: sql<string>`coalesce(sum(least(${claims.eligible}, ${claims.deductible})), 0)` })
    .from(claims)
    .where(
      and(
        eq(claims.residentId, residentId),
        eq(claims.status, 'SETTLED'),
        eq(claims.category, 'INPATIENT'),
        or(
          eq(claims.episodeNo, episode.no),
          sql`${claims.encounterNo} in (select from_encounter_no from ${referralProjections}
            where ${referralProjections.residentId} = ${residentId} and ${referralProjections.episodeNo} = ${episode.no})`,
        ),
      ),
    );
  const paid = row?.paid ?? '0';
  return toCents(paid) === 0 ? {} : { [episode.id]: paid };
}

/** The logs whose changes bear on a settlement. */
const sources = ['public-health', 'institutions'] as const;

/** Seconds without news after which a settlement says so [pd]. */
const patience = 60;

/** From whom no news came for too long: the source and the seconds, null where it was never heard of. */
export async function sourcesBehind(
  write: Write,
): Promise<readonly (readonly [source: string, seconds: number | null])[]> {
  const behind: [string, number | null][] = [];
  for (const source of sources) {
    const seconds = await secondsBehind(write, source);
    if (seconds === null || seconds > patience) behind.push([source, seconds]);
  }
  return behind;
}
