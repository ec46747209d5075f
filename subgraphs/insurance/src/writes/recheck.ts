import { encodeOwnedId, stableId, type Write } from '@hutong/kit';
import { and, between, eq, sql } from 'drizzle-orm';
import { toCents, toYuan } from '../rules/money.ts';
import { settle } from '../rules/settlement.ts';
import { step } from '../rules/settlement-steps.ts';
import type { Settlement } from '../rules/settlement-types.ts';
import { claims, type ClaimRow } from '../tables/claim.ts';
import { fundAlerts } from '../tables/fund.ts';
import { designatedProviders } from '../tables/payment.ts';
import { contractFacts, knownContracts, type KnownContracts } from './contracts.ts';
import { planByKey } from './plans.ts';

/** Rule of the leads that a change of contract facts raises. */
const rule = 'CONTRACT_FACTS';

/**
 * Checks settled claims of some days again with the contract facts that are known now and the totals that they had (domain.md 3.1.4a):
 * where the numbers differ the claim says so in its steps, and a lead asks the bureau for a review; where they agree again it is dismissed.
 * Nothing that was paid is changed.
 */
export async function recheckClaims(
  write: Write,
  residentId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const rows = await write.tx
    .select({ claim: claims, institutionId: designatedProviders.institutionId })
    .from(claims)
    .leftJoin(designatedProviders, eq(designatedProviders.providerCode, claims.providerCode))
    .where(and(eq(claims.residentId, residentId), eq(claims.status, 'SETTLED'), between(claims.serviceDate, from, to)))
    .orderBy(claims.no)
    .for('update', { of: claims });
  if (rows.length === 0) return;
  const known = await knownContracts(write, residentId);
  for (const { claim, institutionId } of rows) await recheck(write, claim, institutionId ?? '', known);
}

async function recheck(write: Write, claim: ClaimRow, institutionId: string, known: KnownContracts): Promise<void> {
  const { facts, before, planKey, diagnoses, episode } = claim.basis;
  const { contractActive, strokeRehabPackage } = contractFacts(known, claim.serviceDate, institutionId);
  const isSame = contractActive === facts.contractActive && strokeRehabPackage === facts.strokeRehabPackage;
  const wasChecked = claim.steps.some(({ code }) => code === 'recheck');
  if (isSame && !wasChecked) return;
  const plan = await planByKey(write, planKey);
  if (plan === undefined) throw new TypeError(`a claim was settled by plan ${planKey}, which is not there`);
  const { level, lines, referralStatus, category: kind } = claim;
  const now = { ...facts, contractActive, strokeRehabPackage };
  const asked = { kind, level, lines, referralStatus, diagnoses, episode };
  const differing = differences(claim, settle(asked, plan, before, now).settlement);
  if (differing === undefined && !wasChecked) return;
  await noteInSteps(write, claim, differing);
  await (differing === undefined ? dismiss(write, claim) : raise(write, claim, differing));
}

/** What a settlement would be otherwise. */
interface Difference {
  readonly formula: string;
  /** What the resident would pay more, or less, in cash; yuan. */
  readonly cash: string;
}

/** Parts of a settlement that somebody pays, and what they are called. */
const parts = [
  ['fundBasic', '统筹基金'],
  ['fundCatastrophic', '大病保险'],
  ['assistance', '医疗救助'],
  ['packageBenefit', '服务包补助'],
  ['personalAccount', '个人账户'],
  ['cash', '个人现金'],
] as const;

function differences(paid: ClaimRow, now: Settlement): Difference | undefined {
  const changed = parts.filter(([part]) => toCents(paid[part]) !== toCents(now[part]));
  if (changed.length === 0) return undefined;
  return {
    formula: changed.map(([part, name]) => `${name} ${part}: ${paid[part]} → ${now[part]}`).join('; '),
    cash: toYuan(toCents(now.cash) - toCents(paid.cash)),
  };
}

/** Says in the steps of a claim that it was checked again. */
async function noteInSteps(write: Write, claim: ClaimRow, differing: Difference | undefined): Promise<void> {
  const { residentId, no } = claim;
  const others = claim.steps.filter(({ code }) => code !== 'recheck');
  const steps = differing === undefined ? others : [...others, step('recheck', differing.formula, differing.cash)];
  const version = claim.version + 1;
  await write.tx
    .update(claims)
    .set({ steps, version, updatedAt: write.clock.instant })
    .where(and(eq(claims.residentId, residentId), eq(claims.no, no)));
  const id = encodeOwnedId('cl', residentId, no);
  const { status, providerCode, serviceDate } = claim;
  write.change({
    type: 'Claim',
    id,
    kind: 'UPDATED',
    residentId,
    payload: { status, providerCode, serviceDate, version },
  });
}

async function raise(write: Write, claim: ClaimRow, { formula }: Difference): Promise<void> {
  const { residentId, no, providerCode } = claim;
  const id = alertOf(claim);
  const { instant, day } = write.clock;
  const [earlier] = await write.tx.select().from(fundAlerts).where(eq(fundAlerts.id, id));
  const detail = `签约信息后到，重算结果与结算不符：${formula}`;
  const changed = { detail, status: 'OPEN' as const, updatedAt: instant };
  const [row] = await write.tx
    .insert(fundAlerts)
    .values({ id, residentId, claimNo: no, providerCode, rule, raisedOn: day, ...changed })
    .onConflictDoUpdate({ target: fundAlerts.id, set: { ...changed, version: sql`${fundAlerts.version} + 1` } })
    .returning({ version: fundAlerts.version });
  const kind = earlier === undefined ? 'CREATED' : 'UPDATED';
  write.change({ type: 'FundAlert', id, kind, payload: { rule, providerCode, status: 'OPEN', version: row?.version } });
  if (earlier?.status !== 'OPEN') write.step({ type: 'FundAlert', id, from: earlier?.status ?? null, to: 'OPEN' });
}

/** What agrees again needs no review. */
async function dismiss(write: Write, claim: ClaimRow): Promise<void> {
  const id = alertOf(claim);
  const [row] = await write.tx
    .update(fundAlerts)
    .set({ status: 'DISMISSED', version: sql`${fundAlerts.version} + 1`, updatedAt: write.clock.instant })
    .where(and(eq(fundAlerts.id, id), eq(fundAlerts.status, 'OPEN')))
    .returning({ version: fundAlerts.version });
  if (row === undefined) return;
  const { providerCode } = claim;
  write.change({
    type: 'FundAlert',
    id,
    kind: 'UPDATED',
    payload: { rule, providerCode, status: 'DISMISSED', ...row },
  });
  write.step({ type: 'FundAlert', id, from: 'OPEN', to: 'DISMISSED' });
}

function alertOf({ residentId, no }: ClaimRow): string {
  return stableId('fl', encodeOwnedId('cl', residentId, no), rule);
}
