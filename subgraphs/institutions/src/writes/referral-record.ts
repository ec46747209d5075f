import { advanced, encodeOwnedId, expectVersion, lockByOwnedId, nextNo, refuse, type Write } from '@hutong/kit';
import { and, desc, eq, like, sql } from 'drizzle-orm';
import { isTimely, statusAt } from '../rules/referral-limits.ts';
import type { ReferralStatus } from '../schema-types.ts';
import { institutions } from '../tables/place.ts';
import { referralEvents, referrals, type ReferralRow } from '../tables/referral.ts';

/** What a step changes of a referral besides its status. */
type ReferralChange = Partial<Omit<ReferralRow, 'residentId' | 'no' | 'status' | 'version' | 'updatedAt' | 'timely'>>;

/** A referral, locked, as it stands at this instant: one past its limit is refused though its timer has not run yet (domain.md 3.23). */
export async function lockReferral(write: Write, id: string, version: number | null | undefined): Promise<ReferralRow> {
  const referral = await lockByOwnedId(write, { table: referrals, prefix: 'rf' }, id, 'id');
  if (statusAt(referral, write.clock.instant) === 'EXPIRED' && referral.status !== 'EXPIRED') {
    refuse('INVALID_TRANSITION', 'id', {
      en: 'The referral has passed its limit and is expired.',
      zh: '转诊已超过时限，已过期。',
    });
  }
  expectVersion(referral, version);
  return referral;
}

/** The public id of a referral. */
export function publicIdOf({ residentId, no }: Pick<ReferralRow, 'residentId' | 'no'>): string {
  return encodeOwnedId('rf', residentId, no);
}

/** What is known of a referral when it is made. */
type NewReferral = Omit<typeof referrals.$inferInsert, 'no' | 'formNo' | 'greenChannel' | 'version' | 'updatedAt'>;

/** Stores a new referral with its number and form number, and the history of how it came to its status. */
export async function openReferral(write: Write, referral: NewReferral, divisionCode: string): Promise<ReferralRow> {
  const { tx, clock, caller } = write;
  const { residentId, status } = referral;
  const no = await nextNo(write, referrals, residentId);
  const formNo = await nextFormNo(divisionCode, write);
  const row = { ...referral, no, formNo, greenChannel: false, updatedAt: clock.instant };
  const [stored] = await tx.insert(referrals).values(row).returning();
  if (stored === undefined) throw new Error('an insert returned no row');
  const event = { residentId, referralNo: no, at: clock.instant, byId: caller.practitionerId ?? null };
  const drafted = { ...event, seq: 1, from: null, to: 'DRAFT' } as const;
  const further = status === 'DRAFT' ? [] : [{ ...event, seq: 2, from: 'DRAFT', to: status } as const];
  await tx.insert(referralEvents).values([drafted, ...further]);
  await tellReferral(write, stored, 'CREATED');
  return stored;
}

/** Writes a step: the row, its history and the change log, `at` an instant that is not after now. */
export async function recordStep(
  write: Write,
  referral: ReferralRow,
  step: { readonly to: ReferralStatus; readonly reason?: string | null | undefined; readonly at?: string },
  changed: ReferralChange = {},
): Promise<ReferralRow> {
  const { residentId, no } = referral;
  const at = step.at ?? write.clock.instant;
  const next = { ...referral, ...changed, status: step.to, ...advanced(referral, write) };
  const timely = isTimely(next, write.clock.instant);
  const { status, version, updatedAt } = next;
  await write.tx
    .update(referrals)
    .set({ ...changed, status, version, updatedAt, timely })
    .where(and(eq(referrals.residentId, residentId), eq(referrals.no, no)));
  await write.tx.insert(referralEvents).values({
    residentId,
    referralNo: no,
    seq: sql`(select coalesce(max(seq), 0) + 1 from referral_events where resident_id = ${residentId} and referral_no = ${no})`,
    from: referral.status,
    to: status,
    at,
    byId: write.caller.practitionerId ?? null,
    reason: step.reason ?? null,
  });
  const recorded = { ...next, timely };
  await tellReferral(write, recorded, 'UPDATED');
  return recorded;
}

/**
 * Tells the change log how a referral stands; no diagnosis, no reason. Insurance needs the episode and where the resident comes from, out
 * of the county the target's code, too.
 */
async function tellReferral(write: Write, referral: ReferralRow, kind: 'CREATED' | 'UPDATED'): Promise<void> {
  const { residentId, status, version, scope, direction, urgency, greenChannel, fromId, toId, approvedAt } = referral;
  const { episodeNo, fromEncounterNo } = referral;
  const [to] =
    scope === 'OUT_OF_COUNTY'
      ? await write.tx
          .select({ toProviderCode: institutions.providerCode })
          .from(institutions)
          .where(eq(institutions.id, toId))
      : [];
  const stands = {
    status,
    version,
    scope,
    direction,
    urgency,
    greenChannel,
    fromId,
    toId,
    episodeId: encodeOwnedId('re', residentId, episodeNo),
    fromEncounterId: fromEncounterNo === null ? null : encodeOwnedId('en', residentId, fromEncounterNo),
    approved: approvedAt !== null,
  };
  write.change({ type: 'Referral', id: publicIdOf(referral), kind, residentId, payload: { ...stands, ...to } });
}

/** Number of a form: division, day, serial number of the day (domain.md 2.2, Referral). */
async function nextFormNo(divisionCode: string, { tx, clock }: Write): Promise<string> {
  const prefix = `${divisionCode.slice(0, 6)}${clock.day.replaceAll('-', '')}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`referral form ${prefix}`}, 0))`);
  const [row] = await tx
    .select({ last: referrals.formNo })
    .from(referrals)
    .where(like(referrals.formNo, `${prefix}%`))
    // After 9999 comes 10000, which is longer and not greater as a text.
    .orderBy(desc(sql`length(${referrals.formNo})`), desc(referrals.formNo))
    .limit(1);
  const serial = Number((row?.last ?? '').slice(prefix.length)) + 1;
  return `${prefix}${String(serial).padStart(4, '0')}`;
}
