import { benefitPlansOf } from '@hutong/synthetic';
import { describe, expect, test } from 'vitest';
import { EMPTY_ACCUMULATORS } from './accumulators.ts';
import { stateCovering } from './contract-cover.ts';
import { claimKindOf, settle } from './settlement.ts';
import { settlementStepName } from './settlement-steps.ts';
import { packagePrice } from './settlement-price.ts';
import type {
  Accumulators,
  ClaimLine,
  Settlement,
  SettlementClaim,
  SettlementFacts,
  SettlementPlan,
} from './settlement-types.ts';

const plans = benefitPlansOf('3203', 2024);
const resident: SettlementPlan = planOf('RESIDENT');
const employee: SettlementPlan = planOf('EMPLOYEE');

function planOf(scheme: 'RESIDENT' | 'EMPLOYEE'): SettlementPlan {
  const plan = plans.find((one) => one.scheme === scheme);
  if (plan === undefined) throw new Error(`no plan ${scheme}`);
  return plan;
}

const nobody: SettlementFacts = {
  contractActive: false,
  filing: false,
  retired: false,
  assistance: false,
  registrations: [],
  strokeRehabPackage: false,
  accountToUse: '0',
};

const line = (chargeClass: 'A' | 'B' | 'C', amount: string, extra: Partial<ClaimLine> = {}): ClaimLine => ({
  chargeClass,
  quantity: '1',
  unitPrice: amount,
  amount,
  selfPayRatio: chargeClass === 'B' ? '0.10' : '0',
  priceCap: null,
  twoDisease: false,
  ...extra,
});

/** Lines whose out-of-scope part is `out` and whose part paid ahead is `ahead` (a class B line ten times that). */
const linesFor = (total: number, out: number, ahead: number): ClaimLine[] => [
  line('A', (total - out - ahead * 10).toFixed(2)),
  line('B', (ahead * 10).toFixed(2)),
  line('C', out.toFixed(2)),
];

const claim = (over: Partial<SettlementClaim>): SettlementClaim => ({
  kind: 'INPATIENT',
  level: 'T',
  lines: [],
  referralStatus: 'NOT_NEEDED',
  diagnoses: ['J18.9'],
  episode: null,
  ...over,
});

const visit = claim({ kind: 'OUTPATIENT', lines: [line('A', '60'), line('B', '50'), line('C', '10')] });
const tertiary = { level: 'M', lines: linesFor(30_000, 2_000, 2_500) } as const;
const county = claim({ level: 'C', lines: linesFor(12_000, 600, 900) });

interface Expected {
  readonly out: string;
  readonly ahead: string;
  readonly E: string;
  readonly ded: string;
  readonly ratio: string;
  readonly fund: string;
  readonly cash: string;
  readonly catastrophic?: string;
  readonly package?: string;
  readonly account?: string;
}

/** The amounts of a settlement under the column names of the vector table (domain.md 3.1.9). */
const shown = (settlement: Settlement) => ({
  out: settlement.outOfScope,
  ahead: settlement.aheadSelfPay,
  E: settlement.eligible,
  ded: settlement.deductible,
  ratio: settlement.ratio,
  fund: settlement.fundBasic,
  catastrophic: settlement.fundCatastrophic,
  package: settlement.packageBenefit,
  account: settlement.personalAccount,
  cash: settlement.cash,
});

const amounts = (expected: Expected) => ({ catastrophic: '0.00', package: '0.00', account: '0.00', ...expected });

const start = (over: Partial<Accumulators>): Accumulators => ({ ...EMPTY_ACCUMULATORS, ...over });
const visitAmounts = { out: '10.00', ahead: '5.00', E: '105.00', ded: '0.00', ratio: '0.60' };
const countyAmounts = { out: '600.00', ahead: '900.00', E: '10500.00', ratio: '0.80' };
const tertiaryAmounts = { out: '2000.00', ahead: '2500.00', E: '25500.00' };

describe('outpatient', () => {
  test('TV-1 a visit at a township hospital without contract is paid at 60 %', () => {
    const { settlement } = settle(visit, resident, EMPTY_ACCUMULATORS, nobody);
    expect(shown(settlement)).toEqual(amounts({ ...visitAmounts, fund: '63.00', cash: '57.00' }));
  });

  test('TV-2 the outpatient cap of 400 leaves 20.00', () => {
    const { settlement } = settle(visit, resident, start({ outpatientFund: '380.00' }), nobody);
    expect(shown(settlement)).toEqual(amounts({ ...visitAmounts, fund: '20.00', cash: '100.00' }));
  });

  test('TV-3 an active contract raises the cap to 700', () => {
    const facts = { ...nobody, contractActive: true };
    const { settlement } = settle(visit, resident, start({ outpatientFund: '380.00' }), facts);
    expect(shown(settlement)).toEqual(amounts({ ...visitAmounts, fund: '63.00', cash: '57.00' }));
    expect([settlement.capRemainingBefore, settlement.capRemainingAfter]).toEqual(['320.00', '257.00']);
  });

  test('TV-19 the resident scheme pays nothing for a visit at a tertiary hospital', () => {
    const one = claim({ kind: 'OUTPATIENT', level: 'M', lines: [line('A', '200')] });
    const { settlement } = settle(one, resident, EMPTY_ACCUMULATORS, nobody);
    expect(shown(settlement)).toEqual(
      amounts({
        out: '0.00',
        ahead: '0.00',
        E: '200.00',
        ded: '0.00',
        ratio: '0.00',
        fund: '0.00',
        cash: '200.00',
      }),
    );
  });

  test('TV-20 a contract that ended yesterday no longer raises the cap, and nothing is clawed back', () => {
    const states = [{ from: '2023-06-15', status: 'ACTIVE', packageCodes: [] }];
    const contract = { validFrom: '2023-06-15', validTo: '2024-06-14', terminatedOn: null, states };
    const facts = { ...nobody, contractActive: stateCovering(contract, '2024-06-15') !== undefined };
    const { settlement } = settle(visit, resident, start({ outpatientFund: '520.00' }), facts);
    expect(shown(settlement)).toEqual(amounts({ ...visitAmounts, fund: '0.00', cash: '120.00' }));
  });

  test('at county level a contract or a referral gives 40 %, an emergency 30 %', () => {
    const one = claim({ kind: 'OUTPATIENT', level: 'C', lines: [line('A', '100')] });
    const ratio = (over: Partial<SettlementClaim>, facts: SettlementFacts) =>
      settle({ ...one, ...over }, resident, EMPTY_ACCUMULATORS, facts).settlement.fundBasic;
    expect([
      ratio({}, { ...nobody, contractActive: true }),
      ratio({ referralStatus: 'WITH_REFERRAL' }, nobody),
      ratio({ referralStatus: 'EMERGENCY' }, nobody),
    ]).toEqual(['40.00', '40.00', '30.00']);
  });

  test('employees pay a yearly deductible of 300 first, and use their account before cash', () => {
    const one = claim({ kind: 'OUTPATIENT', level: 'T', lines: [line('A', '500')] });
    const facts = { ...nobody, accountToUse: '100.00' };
    const { settlement, accumulators } = settle(one, employee, start({ outpatientDeductiblePaid: '250.00' }), facts);
    expect(shown(settlement)).toEqual(
      amounts({
        out: '0.00',
        ahead: '0.00',
        E: '500.00',
        ded: '50.00',
        ratio: '0.70',
        fund: '315.00',
        cash: '85.00',
        account: '100.00',
      }),
    );
    expect(accumulators.outpatientDeductiblePaid).toBe('300.00');
  });

  test('the part of a price above its cap is out of scope', () => {
    const over = line('B', '300', { quantity: '2', unitPrice: '150', priceCap: '100' });
    const { settlement } = settle(claim({ kind: 'OUTPATIENT', lines: [over] }), resident, EMPTY_ACCUMULATORS, nobody);
    expect(shown(settlement)).toEqual(
      amounts({
        out: '100.00',
        ahead: '20.00',
        E: '180.00',
        ded: '0.00',
        ratio: '0.60',
        fund: '108.00',
        cash: '192.00',
      }),
    );
  });
});

describe('inpatient', () => {
  test('TV-4 first admission at a township hospital', () => {
    const { settlement } = settle(claim({ lines: linesFor(3_200, 100, 80) }), resident, EMPTY_ACCUMULATORS, nobody);
    expect(shown(settlement)).toEqual(
      amounts({
        out: '100.00',
        ahead: '80.00',
        E: '3020.00',
        ded: '200.00',
        ratio: '0.90',
        fund: '2538.00',
        cash: '662.00',
      }),
    );
  });

  test('TV-5 the stroke-rehabilitation package pays 10 % of the remainder', () => {
    const one = claim({ lines: linesFor(6_000, 200, 150), diagnoses: ['I69.3', 'I10'] });
    const facts = { ...nobody, strokeRehabPackage: true, contractActive: true };
    const { settlement } = settle(one, resident, EMPTY_ACCUMULATORS, facts);
    expect(shown(settlement)).toEqual(
      amounts({
        out: '200.00',
        ahead: '150.00',
        E: '5650.00',
        ded: '200.00',
        ratio: '0.90',
        fund: '4905.00',
        cash: '985.50',
        package: '109.50',
      }),
    );
  });

  test('TV-6 first admission at a county hospital', () => {
    const { settlement } = settle(county, resident, EMPTY_ACCUMULATORS, nobody);
    expect(shown(settlement)).toEqual(amounts({ ...countyAmounts, ded: '500.00', fund: '8000.00', cash: '4000.00' }));
  });

  test('TV-7 an up-referral pays the difference of the deductibles only', () => {
    const episode = { id: '1', direction: null };
    const first = settle({ ...county, episode }, resident, EMPTY_ACCUMULATORS, nobody);
    const up = claim({ ...tertiary, referralStatus: 'WITH_REFERRAL', episode: { id: '1', direction: 'UP' } });
    const { settlement } = settle(up, resident, { ...first.accumulators, eligibleOop: '0.00' }, nobody);
    expect(shown(settlement)).toEqual(
      amounts({
        ...tertiaryAmounts,
        ded: '500.00',
        ratio: '0.65',
        fund: '16250.00',
        cash: '13750.00',
      }),
    );
  });

  test('TV-8 without referral a tertiary stay loses ten points', () => {
    const one = claim({ ...tertiary, referralStatus: 'NO_REFERRAL' });
    const { settlement } = settle(one, resident, EMPTY_ACCUMULATORS, nobody);
    expect(shown(settlement)).toEqual(
      amounts({
        ...tertiaryAmounts,
        ded: '1000.00',
        ratio: '0.55',
        fund: '13475.00',
        cash: '16525.00',
      }),
    );
  });

  test('TV-9 an emergency has no penalty', () => {
    const one = claim({ ...tertiary, referralStatus: 'EMERGENCY' });
    const { settlement } = settle(one, resident, EMPTY_ACCUMULATORS, nobody);
    expect(shown(settlement)).toEqual(
      amounts({
        ...tertiaryAmounts,
        ded: '1000.00',
        ratio: '0.65',
        fund: '15925.00',
        cash: '14075.00',
      }),
    );
  });

  test('TV-10 outside the region the catastrophic insurance pays above 15,000', () => {
    const one = claim({ level: 'O', lines: linesFor(50_000, 5_000, 5_000), referralStatus: 'NO_REFERRAL' });
    const { settlement } = settle(one, resident, EMPTY_ACCUMULATORS, nobody);
    expect(shown(settlement)).toEqual(
      amounts({
        out: '5000.00',
        ahead: '5000.00',
        E: '40000.00',
        ded: '1500.00',
        ratio: '0.40',
        fund: '15400.00',
        cash: '28840.00',
        catastrophic: '5760.00',
      }),
    );
  });

  test('TV-11 a down-referral has no deductible', () => {
    const episode = { id: '1', direction: 'DOWN' } as const;
    const one = claim({ lines: linesFor(2_400, 50, 50), referralStatus: 'WITH_REFERRAL', episode });
    const { settlement } = settle(one, resident, EMPTY_ACCUMULATORS, nobody);
    expect(shown(settlement)).toEqual(
      amounts({
        out: '50.00',
        ahead: '50.00',
        E: '2300.00',
        ded: '0.00',
        ratio: '0.90',
        fund: '2070.00',
        cash: '330.00',
      }),
    );
  });

  test('TV-12 the second admission of the year pays half the deductible', () => {
    const { settlement } = settle(county, resident, start({ admissions: 1 }), nobody);
    expect(shown(settlement)).toEqual(amounts({ ...countyAmounts, ded: '250.00', fund: '8200.00', cash: '3800.00' }));
  });

  test('TV-13 the inpatient cap leaves 5,000.00', () => {
    const before = start({ inpatientFund: '195000.00' });
    const { settlement, accumulators } = settle(county, resident, before, nobody);
    expect(shown(settlement)).toEqual(amounts({ ...countyAmounts, ded: '500.00', fund: '5000.00', cash: '7000.00' }));
    expect(accumulators).toEqual({
      ...before,
      inpatientFund: '200000.00',
      eligibleOop: '5500.00',
      admissions: 1,
    });
  });

  test('TV-14 catastrophic insurance counts what the year brought before', () => {
    const before = start({ eligibleOop: '13000.00', deductiblePaidByEpisode: { '1': '500.00' } });
    const one = claim({ ...tertiary, referralStatus: 'WITH_REFERRAL', episode: { id: '1', direction: 'UP' } });
    const { settlement } = settle(one, resident, before, nobody);
    expect(shown(settlement)).toEqual(
      amounts({
        ...tertiaryAmounts,
        ded: '500.00',
        ratio: '0.65',
        fund: '16250.00',
        cash: '9400.00',
        catastrophic: '4350.00',
      }),
    );
  });

  test('TV-16 a retired employee at a county hospital', () => {
    const one = claim({ level: 'C', lines: linesFor(9_000, 300, 400) });
    const { settlement } = settle(one, employee, EMPTY_ACCUMULATORS, { ...nobody, retired: true });
    expect(shown(settlement)).toEqual(
      amounts({
        out: '300.00',
        ahead: '400.00',
        E: '8300.00',
        ded: '600.00',
        ratio: '0.91',
        fund: '7007.00',
        cash: '1993.00',
      }),
    );
  });

  test('a penalised second admission keeps the whole deductible; a referral outside an episode halves it', () => {
    const stays = (['NO_REFERRAL', 'WITH_REFERRAL'] as const).map((status) =>
      settle(claim({ ...tertiary, referralStatus: status }), resident, start({ admissions: 1 }), nobody),
    );
    expect(stays.map((stay) => stay.settlement.deductible)).toEqual(['1000.00', '500.00']);
  });

  test('an up-referral in an episode without a deductible paid pays the whole one', () => {
    const one = claim({ ...tertiary, referralStatus: 'WITH_REFERRAL', episode: { id: '9', direction: 'UP' } });
    expect(settle(one, resident, start({ admissions: 2 }), nobody).settlement.deductible).toBe('1000.00');
  });

  test('assistance groups start the catastrophic insurance at 7,500 and get 70 % of the rest', () => {
    const one = claim({ level: 'O', lines: linesFor(50_000, 5_000, 5_000), referralStatus: 'NO_REFERRAL' });
    const { settlement } = settle(one, resident, EMPTY_ACCUMULATORS, { ...nobody, assistance: true });
    expect([settlement.fundCatastrophic, settlement.assistance, settlement.cash]).toEqual([
      '11115.00',
      '9439.50',
      '14045.50',
    ]);
  });
});

describe('two-disease drugs', () => {
  const drug = claim({
    kind: 'TWO_DISEASE',
    lines: [line('A', '150', { twoDisease: true })],
    diagnoses: ['I10'],
  });

  test('TV-15 two-disease drug near its cap: 50.00 of the pot, the rest as pooled outpatient', () => {
    const before = start({ twoDiseaseFund: { htn: '350.00', dm: '0.00' } });
    const { settlement, accumulators } = settle(drug, resident, before, { ...nobody, registrations: ['HTN'] });
    expect(shown(settlement)).toEqual(
      amounts({
        out: '0.00',
        ahead: '0.00',
        E: '150.00',
        ded: '0.00',
        ratio: '0.65',
        fund: '93.85',
        cash: '56.15',
      }),
    );
    expect(settlement.steps.find((step) => step.code === 'E2')?.value).toBe('76.92');
    expect([accumulators.twoDiseaseFund.htn, accumulators.outpatientFund]).toEqual(['400.00', '43.85']);
  });

  test('without a registration the claim goes through the outpatient pool', () => {
    const { settlement } = settle(drug, resident, EMPTY_ACCUMULATORS, nobody);
    expect([settlement.ratio, settlement.fundBasic]).toEqual(['0.60', '90.00']);
  });

  test('lines that are no two-disease drug are settled as outpatient', () => {
    const mixed = { ...drug, lines: [...drug.lines, line('A', '50')] };
    const { settlement } = settle(mixed, resident, EMPTY_ACCUMULATORS, { ...nobody, registrations: ['HTN'] });
    expect(settlement.fundBasic).toBe('127.50');
  });
});

describe('explanation', () => {
  test('every step of TV-3 and of TV-15 has its name in both languages, its figures, and its value', () => {
    const facts = { ...nobody, contractActive: true };
    const { settlement } = settle(visit, resident, start({ outpatientFund: '380.00' }), facts);
    expect(settlement.steps.map(({ code, formula, value }) => `${code}: ${formula} = ${value}`)).toEqual([
      'A: 60.00 + 50.00 + 10.00 = 120.00',
      'out: 10.00 = 10.00',
      'ahead: 50.00 × 0.10 = 5.00',
      'E: 120.00 − 10.00 − 5.00 = 105.00',
      'deductible: min(105.00, 0.00) = 0.00',
      'ratio: 0.60 = 0.60',
      'cap: 400.00 + 300.00 = 700.00',
      'raw: (105.00 − 0.00) × 0.60 = 63.00',
      'fund: min(63.00, 700.00 − 380.00) = 63.00',
      'eligibleOop: 105.00 − 63.00 = 42.00',
      'catastrophic: (0.00 + 42.00 > 15000.00) 0.00 × 0.60 + 0.00 × 0.70 = 0.00',
      'assistance: 0.00 = 0.00',
      'package: 0.00 = 0.00',
      'account: min(57.00, 0.00) = 0.00',
      'cash: 120.00 − 63.00 − 0.00 − 0.00 − 0.00 − 0.00 = 57.00',
    ]);
    const drug = claim({ kind: 'TWO_DISEASE', lines: [line('A', '150', { twoDisease: true })], diagnoses: ['I10'] });
    const before = start({ twoDiseaseFund: { htn: '350.00', dm: '0.00' } });
    const { steps } = settle(drug, resident, before, { ...nobody, registrations: ['HTN'] }).settlement;
    expect(steps.slice(4, 7).map(({ code, formula, value }) => `${code}: ${formula} = ${value}`)).toEqual([
      'twoDiseaseRaw: 150.00 × 0.65 = 97.50',
      'fund2: min(97.50, 400.00 − 350.00) = 50.00',
      'E2: 50.00 ÷ 0.65 = 76.92',
    ]);
    const names = [...settlement.steps, ...steps].map(({ code }) => settlementStepName(code));
    expect(names.filter(({ name, nameEn }) => name === '' || nameEn === '')).toEqual([]);
    expect(settlementStepName('pooled.fund')).toEqual({
      name: '其余按普通门诊：统筹基金支付',
      nameEn: 'The rest as outpatient care: Basic fund payment',
    });
  });
});

describe('packages and categories', () => {
  test('TV-17 the health-exam package pays 40 % of 300.00', () => {
    expect(packagePrice('300.00', ['HEALTH_EXAM'])).toBe('120.00');
  });

  test('TV-18 the child package pays 60 % of 180.00 and of 99.99', () => {
    expect([packagePrice('180.00', ['CHILD_CARE']), packagePrice('99.99', ['CHILD_CARE'])]).toEqual([
      '108.00',
      '59.99',
    ]);
  });

  test('discounts never stack: the lowest price wins', () => {
    expect(packagePrice('100.00', ['CHILD_CARE', 'HEALTH_EXAM'])).toBe('40.00');
  });

  test('medical categories map to the three kinds', () => {
    const kinds = ['11', '12', '13', '14', '51', '21', '52', 'TWO_DISEASE', '1404', '9901'].map(claimKindOf);
    expect(kinds.join(' ')).toBe(
      'OUTPATIENT OUTPATIENT OUTPATIENT OUTPATIENT OUTPATIENT INPATIENT INPATIENT TWO_DISEASE TWO_DISEASE TWO_DISEASE',
    );
  });

  test('what a pharmacy sells is not settled by this rule', () => {
    expect([claimKindOf('41'), claimKindOf('310')]).toEqual([undefined, undefined]);
  });
});
