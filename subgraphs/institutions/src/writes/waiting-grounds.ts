import { numberOfOwn, type Faults, type Write } from '@hutong/kit';
import { and, eq, gte, inArray, lte } from 'drizzle-orm';
import { statusAt } from '../rules/referral-limits.ts';
import { waitingPriority } from '../rules/waiting-priority.ts';
import type { ReferralStatus } from '../schema-types.ts';
import { contractProjections } from '../tables/projection.ts';
import { type ReferralRow, referrals } from '../tables/referral.ts';

/** States in which a referral gives a booking its place: the receiving institution waits for the resident. */
export const acceptedReferral: ReadonlySet<ReferralStatus> = new Set(['ACCEPTED', 'SCHEDULED']);

/** States in which a referral may lead to an examination: it is not ended. */
export const runningReferral: ReadonlySet<ReferralStatus> = new Set([
  'SUBMITTED',
  'ACCEPTED',
  'SCHEDULED',
  'ARRIVED',
  'IN_TREATMENT',
  'DOWN_PROPOSED',
]);

/** What a request says its place on a waiting list rests on. */
export interface WaitingClaims {
  readonly residentId: string;
  readonly referralId?: string | null;
  readonly contractId?: string | null;
}

/** What it rests on indeed (domain.md 3.5.4, 3.6.4). */
export interface WaitingGrounds {
  readonly referral: ReferralRow | undefined;
  /** The running contract 签约协议, by its number; null without one. */
  readonly contractNo: number | null;
  readonly priority: 1 | 2 | 3 | 4;
}

/** The referral and the running contract of the resident; a referral must be in one of the states, now. */
export async function waitingGrounds(
  claims: WaitingClaims,
  states: ReadonlySet<ReferralStatus>,
  write: Write,
  faults: Faults,
): Promise<WaitingGrounds> {
  const referral = await referralOf(claims, write);
  const contracts = (await runningContracts([claims.residentId], write)).map(({ no }) => no);
  if (claims.referralId) {
    faults.expect(referral !== undefined, 'NOT_FOUND', 'referralId');
    const status = referral && statusAt(referral, write.clock.instant);
    faults.expect(status === undefined || states.has(status), 'INVALID_TRANSITION', 'referralId', texts.referralState);
  }
  const named = claims.contractId ? numberOfOwn('ct', claims.residentId, claims.contractId) : contracts[0];
  const contractNo = contracts.find((no) => no === named) ?? null;
  if (claims.contractId) faults.expect(contractNo !== null, 'VALIDATION_FAILED', 'contractId', texts.contract);
  return groundsOf(referral, contractNo);
}

/** What follows from the referral that counts and the contract that runs. */
export function groundsOf(referral: ReferralRow | undefined, contractNo: number | null): WaitingGrounds {
  const priority = waitingPriority({
    referred: referral !== undefined,
    greenChannel: referral?.greenChannel ?? false,
    contracted: contractNo !== null,
  });
  return { referral, contractNo, priority };
}

async function referralOf(claims: WaitingClaims, { tx }: Write): Promise<ReferralRow | undefined> {
  const no = claims.referralId ? numberOfOwn('rf', claims.residentId, claims.referralId) : undefined;
  if (no === undefined) return undefined;
  const [row] = await tx
    .select()
    .from(referrals)
    .where(and(eq(referrals.residentId, claims.residentId), eq(referrals.no, no)));
  return row;
}

/** The contracts of residents that run today, as public health told of them. */
export async function runningContracts(
  residentIds: readonly string[],
  { tx, clock }: Write,
): Promise<{ readonly residentId: string; readonly no: number }[]> {
  return tx
    .select({ residentId: contractProjections.residentId, no: contractProjections.no })
    .from(contractProjections)
    .where(
      and(
        inArray(contractProjections.residentId, [...residentIds]),
        eq(contractProjections.status, 'ACTIVE'),
        lte(contractProjections.validFrom, clock.day),
        gte(contractProjections.validTo, clock.day),
      ),
    )
    .orderBy(contractProjections.residentId, contractProjections.no);
}

const texts = {
  referralState: { en: 'The referral is not in a state for this.', zh: '该转诊当前状态不允许此操作。' },
  contract: { en: 'The resident has no such running contract.', zh: '该居民无此有效签约协议。' },
};
