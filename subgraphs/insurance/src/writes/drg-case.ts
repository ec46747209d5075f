import { encodeOwnedId, type Faults, type Write } from '@hutong/kit';
import { and, desc, eq, lte } from 'drizzle-orm';
import { drgPayment } from '../rules/drg.ts';
import { toCents, toYuan } from '../rules/money.ts';
import type { SettleClaimInput } from '../schema-types.ts';
import { drgCases, drgGroups, drgPolicies, type DrgGroupRow } from '../tables/payment.ts';
import type { ClaimDecision } from './claim-decision.ts';
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
  const [found] = await write.tx
    .select({ policy: drgPolicies.policy })
    .from(drgPolicies)
    .where(lte(drgPolicies.year, year))
    .orderBy(desc(drgPolicies.year))
    .limit(1);
  if (!stay || encounterNo === null || found === undefined) return;
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
    found.policy,
  );
  await write.tx.insert(drgCases).values({
    residentId,
    no,
    encounterNo,
    groupCode: group?.code ?? null,
    groupVersion: group?.version ?? null,
    providerCode: provider.providerCode,
    month: serviceDate.slice(0, 7),
    rw,
    cost: totalAmount,
    ...paid,
  });
  const id = encodeOwnedId('dc', residentId, no);
  write.change({ type: 'DrgCase', id, kind: 'CREATED', residentId, payload: { month: serviceDate.slice(0, 7) } });
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
