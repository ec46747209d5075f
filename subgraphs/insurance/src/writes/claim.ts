import {
  type Faults,
  type Mutation,
  type Write,
  type Written,
  actsFor,
  advanced,
  createFaults,
  decodeOwnedId,
  encodeOwnedId,
  expectText,
  expectVersion,
  lockByOwnedId,
  nextNo,
  numberOfOwn,
  refuse,
} from '@hutong/kit';
import { and, eq, or } from 'drizzle-orm';
import type { SettleClaimInput, VoidClaimInput } from '../schema-types.ts';
import { claims, type ClaimRow } from '../tables/claim.ts';
import { designatedProviders, type DesignatedProviderRow, type DrgGroupRow } from '../tables/payment.ts';
import { insures } from './checks.ts';
import { bookClaim } from './claim-booking.ts';
import { decideClaim, type ClaimDecision } from './claim-decision.ts';
import { previewed } from './claim-preview.ts';
import { drgGroupOf, expectUnsettled, recordDrgCase, removeDrgCase } from './drg-case.ts';
import { keepReferralEffect } from './referral-effect.ts';
import { refundClaim } from './payment-order.ts';
import { texts } from './texts.ts';
import { lockTotals } from './totals.ts';

/** Mutations of claims 费用结算 (domain.md 3.1), and their preview. */
export const claimWrites = (mutation: Mutation) => {
  const preview = mutation('previewSettlement', previewSettlement);
  return {
    /** Writes nothing: it is done like a write, so that it cannot come to anything else. */
    previewSettlement: async (input: SettleClaimInput) => previewed(await preview({ ...input, idempotencyKey: null })),
    settleClaim: mutation('settleClaim', settleClaim, {
      claims_settled_once: ['VALIDATION_FAILED', 'encounterId'],
      claims_by_request: ['VALIDATION_FAILED', 'claimRequestId'],
    }),
    voidClaim: mutation('voidClaim', voidClaim),
  };
};

async function previewSettlement(input: SettleClaimInput, write: Write): Promise<Written> {
  const decision = await decideClaim(input, write, {
    lock: false,
    more: async (faults) => {
      await expectFirst(write, input, faults);
      await drgGroupOf(write, input, faults);
    },
  });
  return { id: '', notes: { decision } };
}

/** Settles a claim once (domain.md 3.1.3); who settles for the same resident waits. */
async function settleClaim(input: SettleClaimInput, write: Write): Promise<Written> {
  const { residentId } = input;
  const no = await nextNo(write, claims, residentId);
  const earlier = await earlierClaim(write, input);
  if (earlier !== undefined) return { id: encodeOwnedId('cl', residentId, earlier.no) };
  await lockTotals(write, residentId, Number(input.serviceDate.slice(0, 4)));
  let group: DrgGroupRow | undefined;
  const decision = await decideClaim(input, write, {
    lock: true,
    more: async (faults, provider) => {
      faults.expect(mayWrite(write, provider), 'FORBIDDEN', 'institutionId', texts.provider);
      faults.expect(Boolean(input.encounterId), 'VALIDATION_FAILED', 'encounterId', texts.needed);
      await expectFirst(write, input, faults);
      group = await drgGroupOf(write, input, faults);
    },
  });
  await record(write, input, decision, no);
  if (decision.kind === 'INPATIENT') await recordDrgCase(write, input, { no, decision, group });
  if (decision.referralNo !== null) {
    await keepReferralEffect(write, residentId, decision.referralNo, input.serviceDate);
  }
  return { id: encodeOwnedId('cl', residentId, no) };
}

/** Voids a claim: what it booked is taken back exactly; later claims stay as they are (domain.md 3.23). */
async function voidClaim(input: VoidClaimInput, write: Write): Promise<Written> {
  const { id, reason } = input;
  const key = decodeOwnedId('cl', id);
  if (key === undefined) return refuse('NOT_FOUND', 'id');
  const claim = await lockForVoid(write, id, key.residentId);
  expectVersion(claim, input.version);
  const [provider] = await write.tx
    .select()
    .from(designatedProviders)
    .where(eq(designatedProviders.providerCode, claim.providerCode));
  const faults = createFaults();
  faults.expect(mayWrite(write, provider), 'FORBIDDEN', 'id', texts.provider);
  expectText(faults, reason, 'reason');
  faults.expect(claim.status === 'SETTLED', 'INVALID_TRANSITION', 'id');
  await expectUnsettled(write, claim, faults);
  faults.throwIfAny();
  const { residentId, no } = claim;
  await write.tx
    .update(claims)
    .set({ status: 'VOIDED', ...advanced(claim, write) })
    .where(and(eq(claims.residentId, residentId), eq(claims.no, no)));
  await bookClaim(write, claim, 'TAKE');
  if (claim.category === 'INPATIENT') await removeDrgCase(write, residentId, no);
  if (claim.referralNo !== null) await keepReferralEffect(write, residentId, claim.referralNo, claim.serviceDate);
  await refundClaim(write, { residentId, claimNo: no }, reason);
  const { providerCode, serviceDate, version } = claim;
  const payload = { status: 'VOIDED', providerCode, serviceDate, version: version + 1 };
  write.change({ type: 'Claim', id, kind: 'UPDATED', residentId, payload });
  write.step({ type: 'Claim', id, residentId, from: 'SETTLED', to: 'VOIDED', reason });
  return { id };
}

/** The totals first, as who settles does: nobody waits for the other. */
async function lockForVoid(write: Write, id: string, residentId: string): Promise<ClaimRow> {
  const no = numberOfOwn('cl', residentId, id);
  const [found] = await write.tx
    .select({ serviceDate: claims.serviceDate })
    .from(claims)
    .where(and(eq(claims.residentId, residentId), eq(claims.no, no ?? 0)));
  if (found === undefined) return refuse('NOT_FOUND', 'id');
  await lockTotals(write, residentId, Number(found.serviceDate.slice(0, 4)));
  return lockByOwnedId(write, { table: claims, prefix: 'cl' }, id, 'id');
}

function mayWrite({ caller }: Write, provider: DesignatedProviderRow | undefined): boolean {
  if (provider === undefined) return true;
  return actsFor(caller, provider.institutionId) || insures(caller, provider.regionCode);
}

/** The claim settled before under the same request, or the claim that is asked for by its id (domain.md 3.1.3, 3.23). */
async function earlierClaim(write: Write, input: SettleClaimInput): Promise<ClaimRow | undefined> {
  const { residentId, claimRequestId, institutionId } = input;
  if (!claimRequestId) return undefined;
  const no = numberOfOwn('cl', residentId, claimRequestId) ?? 0;
  const [row] = await write.tx
    .select({ claim: claims })
    .from(claims)
    .innerJoin(designatedProviders, eq(designatedProviders.providerCode, claims.providerCode))
    .where(
      and(
        eq(claims.residentId, residentId),
        eq(designatedProviders.institutionId, institutionId),
        or(eq(claims.claimRequestId, claimRequestId), eq(claims.no, no)),
      ),
    )
    .limit(1);
  if (row === undefined) return undefined;
  const { encounterNo, serviceDate } = row.claim;
  const encounter = input.encounterId ? numberOfOwn('en', residentId, input.encounterId) : undefined;
  if (encounter !== encounterNo || serviceDate !== input.serviceDate) {
    return refuse('VALIDATION_FAILED', 'claimRequestId', ownTexts.otherRequest);
  }
  const faults = createFaults();
  faults.expect(
    actsFor(write.caller, institutionId) || write.caller.role === 'INSURANCE_BUREAU',
    'FORBIDDEN',
    'institutionId',
    texts.provider,
  );
  faults.throwIfAny();
  return row.claim;
}

/** Notes an encounter that is settled already. */
async function expectFirst(
  { tx }: Write,
  { residentId, encounterId }: SettleClaimInput,
  faults: Faults,
): Promise<void> {
  const encounterNo = encounterId ? numberOfOwn('en', residentId, encounterId) : undefined;
  if (encounterNo === undefined) return;
  const [settled] = await tx
    .select({ settlementNo: claims.settlementNo })
    .from(claims)
    .where(and(eq(claims.residentId, residentId), eq(claims.encounterNo, encounterNo), eq(claims.status, 'SETTLED')));
  faults.expect(settled === undefined, 'VALIDATION_FAILED', 'encounterId', {
    en: `The encounter is settled already, number ${settled?.settlementNo}; void that claim first.`,
    zh: `该就诊已结算，结算单号 ${settled?.settlementNo}；如需重新结算请先作废。`,
  });
}

async function record(write: Write, input: SettleClaimInput, decision: ClaimDecision, no: number): Promise<void> {
  const { residentId, serviceDate } = input;
  const { provider, coverage, kind, level, settlement, basis } = decision;
  const { medicalCategory, lines, encounterNo, referralNo, episodeNo, contractNo, referralStatus } = decision;
  const county = coverage.homeRegionCode.slice(0, 6);
  const insideCounty = provider.regionCode === county;
  const { instant } = write.clock;
  const row = {
    ...settlement,
    residentId,
    no,
    claimRequestId: input.claimRequestId ?? null,
    serviceDate,
    medicalCategory,
    lines,
    encounterNo,
    referralNo,
    episodeNo,
    contractNo,
    referralStatus,
    level,
    insideCounty,
    basis,
    settlementNo: `${county}${serviceDate.replaceAll('-', '')}${residentId.slice(3)}${String(no).padStart(4, '0')}`,
    coverageNo: coverage.no,
    providerCode: provider.providerCode,
    category: kind,
    primaryCare: insideCounty && (level === 'V' || level === 'T'),
    homeRegionCode: coverage.homeRegionCode,
    scheme: coverage.scheme,
    contractActive: basis.facts.contractActive,
    settledAt: instant,
    status: 'SETTLED' as const,
    updatedAt: instant,
  };
  await write.tx.insert(claims).values(row);
  await bookClaim(write, row, 'ADD');
  const id = encodeOwnedId('cl', residentId, no);
  const payload = { status: row.status, providerCode: row.providerCode, serviceDate, version: 1 };
  write.change({ type: 'Claim', id, kind: 'CREATED', residentId, payload });
  write.step({ type: 'Claim', id, residentId, from: null, to: 'SETTLED' });
}

const ownTexts = {
  otherRequest: {
    en: 'Another claim was settled under this number of a request; take a new one.',
    zh: '该结算请求号已用于另一次结算，请换用新号。',
  },
};
