import { benefitPlansOf } from '@hutong/synthetic';
import { array, assert, boolean, constantFrom, integer, property, record, subarray, type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { addTotals, takeTotals } from './accumulators.ts';
import { toCents, toYuan } from './money.ts';
import { settle } from './settlement.ts';
import type { Accumulators, ClaimLine, SettlementClaim, SettlementFacts, SettlementPlan } from './settlement-types.ts';

const plans: readonly SettlementPlan[] = benefitPlansOf('3203', 2024);
const yuan = (most: number): Arbitrary<string> => integer({ min: 0, max: most * 100 }).map(toYuan);

const lines: Arbitrary<ClaimLine> = record({
  chargeClass: constantFrom('A', 'B', 'C'),
  unit: integer({ min: 0, max: 3_000_000 }),
  quantity: integer({ min: 1, max: 5 }),
  selfPayRatio: constantFrom('0', '0.05', '0.10', '0.333', '1'),
  cap: constantFrom(null, '0', '12.34', '500', '99999'),
  twoDisease: boolean(),
}).map(({ unit, quantity, cap, ...line }) => ({
  ...line,
  quantity: String(quantity),
  unitPrice: toYuan(unit),
  amount: toYuan(unit * quantity),
  priceCap: cap,
}));

const claims: Arbitrary<SettlementClaim> = record({
  kind: constantFrom('OUTPATIENT', 'TWO_DISEASE', 'INPATIENT'),
  level: constantFrom('T', 'C', 'M', 'O'),
  lines: array(lines, { minLength: 1, maxLength: 6 }),
  referralStatus: constantFrom('WITH_REFERRAL', 'NO_REFERRAL', 'EMERGENCY', 'NOT_NEEDED'),
  diagnoses: constantFrom(['I10'], ['E11.9'], ['I69.3'], ['J18.9']),
  episode: constantFrom(
    null,
    { id: 're_1', direction: 'UP' },
    { id: 're_1', direction: 'DOWN' },
    { id: 're_1', direction: null },
  ),
});

const facts: Arbitrary<SettlementFacts> = record({
  contractActive: boolean(),
  filing: boolean(),
  retired: boolean(),
  assistance: boolean(),
  registrations: subarray(['HTN', 'DM', 'DM_INSULIN']),
  strokeRehabPackage: boolean(),
  accountToUse: yuan(5_000),
});

const totals: Arbitrary<Accumulators> = record({
  inpatientFund: yuan(450_000),
  outpatientFund: yuan(6_000),
  twoDiseaseFund: record({ htn: yuan(900), dm: yuan(900) }),
  eligibleOop: yuan(200_000),
  admissions: integer({ min: 0, max: 5 }),
  outpatientDeductiblePaid: yuan(400),
  deductiblePaidByEpisode: constantFrom({}, { re_1: '500.00' }, { re_2: '200.00' }),
});

const settings = { numRuns: 500, seed: 20_241_231 };
const payers = ['fundBasic', 'fundCatastrophic', 'assistance', 'packageBenefit', 'personalAccount', 'cash'] as const;

test('the parts of every settlement add up to its total to the cent, and none is negative', () => {
  assert(
    property(claims, constantFrom(...plans), totals, facts, (claim, plan, before, known) => {
      const { settlement } = settle(claim, plan, before, known);
      const parts = payers.map((payer) => toCents(settlement[payer]));
      const sum = parts.reduce((total, part) => total + part, 0);
      const { eligible, aheadSelfPay, outOfScope, totalAmount } = settlement;
      const scope = toCents(eligible) + toCents(aheadSelfPay) + toCents(outOfScope);
      const least = Math.min(
        ...parts,
        toCents(eligible),
        toCents(settlement.deductible),
        toCents(settlement.capRemainingAfter),
      );
      expect([sum, scope, least >= 0]).toEqual([toCents(totalAmount), toCents(totalAmount), true]);
    }),
    settings,
  );
});

test('more contract never costs more', () => {
  assert(
    property(claims, constantFrom(...plans), totals, facts, (claim, plan, before, known) => {
      const out = (contractActive: boolean, strokeRehabPackage: boolean): number => {
        const { settlement } = settle(claim, plan, before, { ...known, contractActive, strokeRehabPackage });
        return toCents(settlement.cash) + toCents(settlement.personalAccount);
      };
      const [none, contract, rehabilitation] = [out(false, false), out(true, false), out(true, true)];
      expect(contract <= none && rehabilitation <= contract).toBe(true);
    }),
    settings,
  );
});

test('what a claim adds to the totals is what its voiding takes', () => {
  assert(
    property(claims, constantFrom(...plans), totals, facts, (claim, plan, before, known) => {
      const { accumulators, added } = settle(claim, plan, before, known);
      expect(accumulators).toEqual(addTotals(before, added));
      expect(takeTotals(accumulators, added)).toEqual(before);
    }),
    settings,
  );
});
