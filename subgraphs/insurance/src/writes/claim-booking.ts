import { encodeOwnedId, type Write } from '@hutong/kit';
import { and, eq, sql } from 'drizzle-orm';
import { toCents } from '../rules/money.ts';
import { benefitUses, type ClaimRow } from '../tables/claim.ts';
import { coverages } from '../tables/coverage.ts';
import { bookTotals, type Booking } from './totals.ts';

/** What of a claim is booked elsewhere. */
type BookedClaim = Pick<
  ClaimRow,
  'residentId' | 'serviceDate' | 'coverageNo' | 'contractNo' | 'personalAccount' | 'packageBenefit' | 'basis'
>;

/**
 * Books a claim, or takes the booking back: yearly totals, personal account, and what the contract brought. Taking back is exact
 * (domain.md 3.1.3). The totals of the resident are locked.
 */
export async function bookClaim(write: Write, claim: BookedClaim, booking: Booking): Promise<void> {
  const year = Number(claim.serviceDate.slice(0, 4));
  await bookTotals(write, { residentId: claim.residentId, year }, claim.basis.added, booking);
  await bookAccount(write, claim, booking);
  await bookBenefits(write, claim, booking);
}

/** The personal account 个人账户 pays, or gets back. */
async function bookAccount(write: Write, claim: BookedClaim, booking: Booking): Promise<void> {
  const { residentId, coverageNo, personalAccount } = claim;
  if (toCents(personalAccount) === 0) return;
  const change = booking === 'ADD' ? `-${personalAccount}` : personalAccount;
  const [row] = await write.tx
    .update(coverages)
    .set({
      accountBalance: sql`${coverages.accountBalance} + ${change}::numeric`,
      version: sql`${coverages.version} + 1`,
      updatedAt: write.clock.instant,
    })
    .where(and(eq(coverages.residentId, residentId), eq(coverages.no, coverageNo)))
    .returning({ status: coverages.status, version: coverages.version });
  const id = encodeOwnedId('cv', residentId, coverageNo);
  write.change({ type: 'Coverage', id, kind: 'UPDATED', residentId, payload: { ...row } });
}

/** What a contract brought its resident 签约获益 (domain.md 3.1.4a, 3.1.6). */
async function bookBenefits(write: Write, claim: BookedClaim, booking: Booking): Promise<void> {
  const { residentId, contractNo, packageBenefit, basis } = claim;
  if (contractNo === null) return;
  const sign = booking === 'ADD' ? '' : '-';
  const [above, extra] = [`${sign}${basis.aboveCap}`, `${sign}${packageBenefit}`];
  await write.tx
    .insert(benefitUses)
    .values({ residentId, no: contractNo, capIncreaseUsed: above, extraReimbursed: extra, discount: '0.00' })
    .onConflictDoUpdate({
      target: [benefitUses.residentId, benefitUses.no],
      set: {
        capIncreaseUsed: sql`${benefitUses.capIncreaseUsed} + ${above}::numeric`,
        extraReimbursed: sql`${benefitUses.extraReimbursed} + ${extra}::numeric`,
      },
    });
  const id = encodeOwnedId('ct', residentId, contractNo);
  write.change({
    type: 'BenefitUse',
    id,
    kind: 'UPDATED',
    residentId,
    payload: { year: claim.serviceDate.slice(0, 4) },
  });
}
