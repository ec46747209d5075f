import { createFaults, numberOfOwn, refuse, type Faults, type Write } from '@hutong/kit';
import { aboveCap } from '../rules/accumulators.ts';
import { outpatientCapOf } from '../rules/outpatient-cap.ts';
import { categoryCode, claimKindOf, settle } from '../rules/settlement.ts';
import { step } from '../rules/settlement-steps.ts';
import type { ClaimKind, SettlementResult, SettlementStep } from '../rules/settlement-types.ts';
import type { BenefitLevel, ClaimReferralStatus, SettleClaimInput } from '../schema-types.ts';
import type { ClaimLineValue } from '../tables/claim.ts';
import type { DesignatedProviderRow } from '../tables/payment.ts';
import type { ReferralProjectionRow } from '../tables/projection.ts';
import type { SettlementBasis } from '../tables/settlement-basis.ts';
import {
  coverageOn,
  episodeOf,
  isAgreed,
  isFiled,
  leadsTo,
  paidInEpisode,
  providerOf,
  referralsOf,
  registrationsOn,
  sourcesBehind,
  type CoverageTerms,
} from './claim-facts.ts';
import { checkClaim } from './claim-input.ts';
import { pricedLines } from './claim-lines.ts';
import { contractFacts, knownContracts } from './contracts.ts';
import { expectStanding } from './merged-records.ts';
import { planOfYear, type KeyedPlan } from './plans.ts';
import { texts } from './texts.ts';
import { totalsOf } from './totals.ts';

/** A claim as it is settled: what was decided, and from what. */
export interface ClaimDecision {
  readonly provider: DesignatedProviderRow;
  readonly coverage: CoverageTerms;
  readonly year: number;
  readonly medicalCategory: string;
  readonly kind: ClaimKind;
  readonly level: BenefitLevel;
  readonly lines: readonly ClaimLineValue[];
  readonly encounterNo: number | null;
  readonly referralNo: number | null;
  readonly episodeNo: number | null;
  readonly contractNo: number | null;
  readonly referralStatus: ClaimReferralStatus;
  readonly settlement: SettlementResult['settlement'];
  readonly basis: SettlementBasis;
}

/** PERSON-CLASS 退休人员. */
const retiredClass = '12';

/** What the tables must say before rule 3.1 can be asked. */
interface Grounds {
  readonly kind: ClaimKind;
  readonly level: BenefitLevel;
  readonly provider: DesignatedProviderRow;
  readonly coverage: CoverageTerms;
  readonly plan: KeyedPlan;
  readonly referral: ReferralProjectionRow | undefined;
  readonly referrals: readonly ReferralProjectionRow[];
}

/**
 * Decides what a claim comes to (domain.md 3.1.3): the same for a preview and for who settles, which has locked the totals and locks the
 * coverage. All that is wrong with it is told at once; `more` are the caller's own checks.
 */
export async function decideClaim(
  input: SettleClaimInput,
  write: Write,
  {
    lock,
    more,
  }: {
    readonly lock: boolean;
    readonly more: (faults: Faults, provider?: DesignatedProviderRow) => Promise<void> | void;
  },
): Promise<ClaimDecision> {
  const { kind, level, provider, coverage, plan, referral, referrals } = await groundsOf(input, write, { lock, more });
  const { residentId, institutionId, serviceDate: day, diagnoses } = input;
  const encounterNo = input.encounterId ? numberOfOwn('en', residentId, input.encounterId) : undefined;
  const year = Number(day.slice(0, 4));
  const found = episodeOf(referrals, referral, encounterNo);
  const episode = found?.episode ?? null;
  const paid = found?.episode ? await paidInEpisode(write, residentId, { no: found.no, id: found.episode.id }) : {};
  const before = { ...pickTotals(await totalsOf(write, residentId, year)), deductiblePaidByEpisode: paid };
  const { contractNo, ...contract } = contractFacts(await knownContracts(write, residentId), day, institutionId);
  const facts = {
    ...contract,
    filing: await isFiled(write, residentId, { providerCode: provider.providerCode, day }),
    retired: coverage.personClass === retiredClass,
    assistance: coverage.assistance.some((one) => one !== 'NONE'),
    registrations: await registrationsOn(write, residentId, day),
    accountToUse: input.useAccount ? (coverage.accountBalance ?? '0') : '0',
  };
  const lines = await pricedLines(write, input.lines, { level, day });
  const referralStatus = statusOf(referral !== undefined, input.emergency ?? false, level);
  const { settlement, added } = settle({ kind, level, lines, referralStatus, diagnoses, episode }, plan, before, facts);
  const above = aboveCap(before, added, outpatientCapOf(plan.caps, facts.retired).withoutContract);
  return {
    provider,
    coverage,
    year,
    medicalCategory: categoryCode(input.medicalCategory),
    kind,
    level,
    lines,
    encounterNo: encounterNo ?? null,
    referralNo: referral?.no ?? null,
    episodeNo: found?.no ?? null,
    contractNo,
    referralStatus,
    settlement: { ...settlement, steps: [...settlement.steps, ...behindSteps(await sourcesBehind(write))] },
    basis: { planKey: plan.key, diagnoses, episode, facts, before, added, aboveCap: above },
  };
}

async function groundsOf(
  input: SettleClaimInput,
  write: Write,
  { lock, more }: Parameters<typeof decideClaim>[2],
): Promise<Grounds> {
  const { residentId, institutionId, serviceDate: day } = input;
  const faults = createFaults();
  checkClaim(faults, input, write);
  const provider = await providerOf(write, institutionId);
  faults.expect(provider !== undefined, 'NOT_FOUND', 'institutionId');
  const level = provider?.level ?? null;
  if (provider !== undefined) {
    const isInForce = level !== null && isAgreed(provider, day);
    faults.expect(isInForce, 'VALIDATION_FAILED', 'institutionId', texts.noAgreement);
  }
  await expectStanding(write, residentId, faults);
  const coverage = await coverageOn(write, residentId, day, lock);
  faults.expect(coverage !== undefined, 'VALIDATION_FAILED', 'residentId', texts.noCoverage);
  const plan = coverage && (await planOfYear(write, coverage.planKey, Number(day.slice(0, 4))));
  faults.expect(coverage === undefined || plan !== undefined, 'VALIDATION_FAILED', 'serviceDate', ownTexts.noPlan);
  const kind = claimKindOf(input.medicalCategory);
  if (plan !== undefined && kind !== undefined && level !== null) {
    faults.expect(hasRule(plan, kind, level), 'VALIDATION_FAILED', 'medicalCategory', ownTexts.noRule);
  }
  const referrals = await referralsOf(write, residentId);
  const referral = referralIn(input, referrals, faults);
  await more(faults, provider);
  faults.throwIfAny();
  if (!provider || !coverage || !plan || !kind || !level) return refuse('VALIDATION_FAILED', '');
  return { kind, level, provider, coverage, plan, referral, referrals };
}

/** The totals without what the row is besides. */
function pickTotals(totals: SettlementBasis['before']): SettlementBasis['before'] {
  const { inpatientFund, outpatientFund, twoDiseaseFund, eligibleOop, admissions } = totals;
  const { outpatientDeductiblePaid, deductiblePaidByEpisode } = totals;
  const first = { inpatientFund, outpatientFund, twoDiseaseFund, eligibleOop, admissions };
  return { ...first, outpatientDeductiblePaid, deductiblePaidByEpisode };
}

/** Two-disease claims may fall through to pooled outpatient care. */
function hasRule({ rules }: KeyedPlan, kind: ClaimKind, level: BenefitLevel): boolean {
  const category = kind === 'INPATIENT' ? 'INPATIENT' : 'OUTPATIENT';
  return rules.some((rule) => rule.medicalCategory === category && rule.level === level);
}

function referralIn(
  { residentId, referralId, institutionId, serviceDate }: SettleClaimInput,
  referrals: readonly ReferralProjectionRow[],
  faults: Faults,
): ReferralProjectionRow | undefined {
  if (!referralId) return undefined;
  const no = numberOfOwn('rf', residentId, referralId);
  const referral = referrals.find((one) => one.no === no);
  faults.expect(referral !== undefined, 'NOT_FOUND', 'referralId');
  if (referral === undefined) return undefined;
  const leads = leadsTo(referral, institutionId, serviceDate);
  faults.expect(leads, 'VALIDATION_FAILED', 'referralId', ownTexts.otherReferral);
  return referral;
}

/** 3.1.4c: only hospitals above the county ask for a referral. */
function statusOf(hasReferral: boolean, emergency: boolean, level: BenefitLevel): ClaimReferralStatus {
  if (hasReferral) return 'WITH_REFERRAL';
  if (emergency) return 'EMERGENCY';
  return level === 'M' || level === 'O' ? 'NO_REFERRAL' : 'NOT_NEEDED';
}

/** Says that something may be missing of contracts and referrals (domain.md 3.1.4a): it is checked again when it comes. */
function behindSteps(behind: Awaited<ReturnType<typeof sourcesBehind>>): SettlementStep[] {
  if (behind.length === 0) return [];
  const told = behind.map(([source, seconds]) => `${source}: ${seconds === null ? '?' : `${Math.round(seconds)} s`}`);
  const longest = Math.max(...behind.map(([, seconds]) => Math.round(seconds ?? 0)));
  return [step('behind', told.join('; '), String(longest))];
}

const ownTexts = {
  noPlan: {
    en: 'There is no benefit plan for that year; the insurance bureau publishes one.',
    zh: '该年度尚无待遇政策，请联系医保局发布。',
  },
  noRule: {
    en: 'The plan pays nothing of this category at the level of this provider.',
    zh: '待遇政策未规定该类别在本级机构的支付规则。',
  },
  otherReferral: {
    en: 'The referral does not lead to this provider by that day.',
    zh: '该转诊单在该日期未转入本机构。',
  },
};
