import { encodeOwnedId, type Write } from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { referralEffectOf } from '../rules/referral-effect.ts';
import { claims, referralEffects } from '../tables/claim.ts';
import { designatedProviders } from '../tables/payment.ts';
import { referralProjections } from '../tables/projection.ts';
import { coverageOn } from './claim-facts.ts';
import { planOfYear } from './plans.ts';

/**
 * Keeps what a referral means for the benefit 转诊的医保待遇影响: what the settled stay it led to got, else the plan's terms at the receiving
 * level on the day; nothing where neither is known.
 */
export async function keepReferralEffect(write: Write, residentId: string, no: number, day: string): Promise<void> {
  const effect = (await ofStay(write, residentId, no)) ?? (await ofPlan(write, residentId, no, day));
  if (effect === undefined) return;
  await write.tx
    .insert(referralEffects)
    .values({ residentId, no, ...effect })
    .onConflictDoUpdate({ target: [referralEffects.residentId, referralEffects.no], set: effect });
  const id = encodeOwnedId('rf', residentId, no);
  write.change({ type: 'SettlementEffect', id, kind: 'UPDATED', residentId });
}

type Effect = ReturnType<typeof referralEffectOf>;

async function ofStay({ tx }: Write, residentId: string, referralNo: number): Promise<Effect> {
  const [stay] = await tx
    .select({ ratio: claims.ratio, deductible: claims.deductible })
    .from(claims)
    .where(
      and(
        eq(claims.residentId, residentId),
        eq(claims.referralNo, referralNo),
        eq(claims.category, 'INPATIENT'),
        eq(claims.status, 'SETTLED'),
      ),
    )
    .limit(1);
  return stay;
}

async function ofPlan(write: Write, residentId: string, no: number, day: string): Promise<Effect> {
  const [referral] = await write.tx
    .select({ direction: referralProjections.direction, level: designatedProviders.level })
    .from(referralProjections)
    .innerJoin(designatedProviders, eq(designatedProviders.institutionId, referralProjections.toInstitutionId))
    .where(and(eq(referralProjections.residentId, residentId), eq(referralProjections.no, no)));
  const coverage = referral && (await coverageOn(write, residentId, day, false));
  const plan = coverage && (await planOfYear(write, coverage.planKey, Number(day.slice(0, 4))));
  return referral && referralEffectOf(plan, referral.level, referral.direction);
}
