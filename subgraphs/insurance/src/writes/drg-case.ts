import { encodeOwnedId, type Faults, type Write } from '@hutong/kit';
import { and, desc, eq, lte } from 'drizzle-orm';
import { drgPayment } from '../rules/drg.ts';
import { toCents, toYuan } from '../rules/money.ts';
import type { SettleClaimInput } from '../schema-types.ts';
import type { ClaimRow } from '../tables/claim.ts';
import { drgCases, drgGroups, drgPolicies, type DrgGroupRow, type DrgPolicyValue } from '../tables/payment.ts';
import type { ClaimDecision } from './claim-decision.ts';
import { isSettled, lockMonth } from './provider-month.ts';
import { texts } from './texts.ts';

/** The DRG group 病组 of the newest version that a stay was grouped into; notes a code that is none. */
export async function drgGroupOf(
  { tx }: Write,
  { stay }: SettleClaimInput,
  faults: Faults,
): Promise<DrgGroupRow | undefined> {
  if (!stay?.drgCode) return undefined;
  const [group] = await tx
    .select()
    .from(drgGroups)
    .where(eq(drgGroups.code, stay.drgCode))
    .orderBy(desc(drgGroups.version))
    .limit(1);
  faults.expect(group !== undefined, 'VALIDATION_FAILED', 'stay.drgCode', texts.unknownCode);
  return group;
}

/** Pays a stay by DRG (domain.md 3.3), as if its high outlier were kept: the month decides on that. */
export async function recordDrgCase(
  write: Write,
  { residentId, stay, serviceDate }: SettleClaimInput,
  {
    no,
    decision,
    group,
  }: { readonly no: number; readonly decision: ClaimDecision; readonly group: DrgGroupRow | undefined },
): Promise<void> {
  const { level, encounterNo, provider, settlement, year } = decision;
  const policy = await drgPolicyOf(write, year);
  if (!stay || encounterNo === null || policy === undefined) return;
  const month = await openMonth(write, provider.providerCode, serviceDate.slice(0, 7));
  const rw = group === undefined ? null : level === 'T' ? (group.townshipRw ?? group.rw) : group.rw;
  const { totalAmount, fundBasic } = settlement;
  const paid = drgPayment(
    {
      level,
      group: group === undefined || rw === null ? null : { rw, basic: group.basic },
      cost: totalAmount,
      patientPaid: toYuan(toCents(totalAmount) - toCents(fundBasic)),
      days: Math.round((Date.parse(serviceDate) - Date.parse(stay.admittedOn)) / dayLength),
      surgery: stay.surgery ?? false,
    },
    policy,
  );
  await write.tx.insert(drgCases).values({
    residentId,
    no,
    encounterNo,
    groupCode: group?.code ?? null,
    groupVersion: group?.version ?? null,
    providerCode: provider.providerCode,
    month,
    rw,
    cost: totalAmount,
    ...paid,
  });
  const id = encodeOwnedId('dc', residentId, no);
  write.change({ type: 'DrgCase', id, kind: 'CREATED', residentId, payload: { month } });
}

/** The figures of DRG payment of a year: its own, or those of the last year before it. */
export async function drgPolicyOf({ tx }: Write, year: number): Promise<DrgPolicyValue | undefined> {
  const [found] = await tx
    .select({ policy: drgPolicies.policy })
    .from(drgPolicies)
    .where(lte(drgPolicies.year, year))
    .orderBy(desc(drgPolicies.year))
    .limit(1);
  return found?.policy;
}

/** The month that a case is paid in: that of discharge, or this one where that was settled; nobody settles it meanwhile. */
async function openMonth(write: Write, providerCode: string, month: string): Promise<string> {
  await lockMonth(write, { providerCode, month }, 'TOGETHER');
  return (await isSettled(write, providerCode, month)) ? write.clock.day.slice(0, 7) : month;
}

/** Notes a case whose month was settled: what was paid then stays. */
export async function expectUnsettled(write: Write, claim: ClaimRow, faults: Faults): Promise<void> {
  const { residentId, no, providerCode } = claim;
  const [found] = await write.tx
    .select({ month: drgCases.month })
    .from(drgCases)
    .where(and(eq(drgCases.residentId, residentId), eq(drgCases.no, no)));
  if (found === undefined) return;
  await lockMonth(write, { providerCode, month: found.month }, 'TOGETHER');
  const settled = await isSettled(write, providerCode, found.month);
  faults.expect(!settled, 'INVALID_TRANSITION', 'id', ownTexts.settled);
}

/** Takes the DRG case of a voided claim away: it counts in no month. */
export async function removeDrgCase(write: Write, residentId: string, no: number): Promise<void> {
  const gone = await write.tx
    .delete(drgCases)
    .where(and(eq(drgCases.residentId, residentId), eq(drgCases.no, no)))
    .returning({ month: drgCases.month });
  for (const { month } of gone) {
    const id = encodeOwnedId('dc', residentId, no);
    write.change({ type: 'DrgCase', id, kind: 'DELETED', residentId, payload: { month } });
  }
}

const dayLength = 86_400_000;

const ownTexts = {
  settled: {
    en: 'The month of this stay is settled with the hospital; the insurance bureau corrects it.',
    zh: '该住院所在月份已与医院清算，请联系医保局更正。',
  },
};
