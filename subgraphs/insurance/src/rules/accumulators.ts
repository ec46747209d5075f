import { type Cents, toCents, toYuan } from './money.ts';
import type { Accumulators } from './settlement-types.ts';

/** Totals of a resident who has claimed nothing yet this year. */
export const EMPTY_ACCUMULATORS: Accumulators = {
  inpatientFund: '0.00',
  outpatientFund: '0.00',
  twoDiseaseFund: { htn: '0.00', dm: '0.00' },
  eligibleOop: '0.00',
  admissions: 0,
  outpatientDeductiblePaid: '0.00',
  deductiblePaidByEpisode: {},
};

/** Totals with what a claim adds to them (domain.md 3.1.3 step 14). */
export function addTotals(totals: Accumulators, added: Accumulators): Accumulators {
  return combine(totals, added, 1);
}

/** Totals without what a claim had added: exactly those before it (domain.md 3.1.3). */
export function takeTotals(totals: Accumulators, added: Accumulators): Accumulators {
  return combine(totals, added, -1);
}

function combine(totals: Accumulators, added: Accumulators, sign: 1 | -1): Accumulators {
  const sum = (before: string, change: string): string => toYuan(toCents(before) + sign * toCents(change));
  return {
    inpatientFund: sum(totals.inpatientFund, added.inpatientFund),
    outpatientFund: sum(totals.outpatientFund, added.outpatientFund),
    twoDiseaseFund: {
      htn: sum(totals.twoDiseaseFund.htn, added.twoDiseaseFund.htn),
      dm: sum(totals.twoDiseaseFund.dm, added.twoDiseaseFund.dm),
    },
    eligibleOop: sum(totals.eligibleOop, added.eligibleOop),
    admissions: totals.admissions + sign * added.admissions,
    outpatientDeductiblePaid: sum(totals.outpatientDeductiblePaid, added.outpatientDeductiblePaid),
    deductiblePaidByEpisode: episodes(totals.deductiblePaidByEpisode, added.deductiblePaidByEpisode, sum),
  };
}

/** By episode; one for which nothing is paid is not named. */
function episodes(
  totals: Accumulators['deductiblePaidByEpisode'],
  added: Accumulators['deductiblePaidByEpisode'],
  sum: (before: string, change: string) => string,
): Accumulators['deductiblePaidByEpisode'] {
  const paid = { ...totals };
  for (const [id, change] of Object.entries(added)) paid[id] = sum(paid[id] ?? '0', change);
  return Object.fromEntries(Object.entries(paid).filter(([, yuan]) => toCents(yuan) !== 0));
}

/** Outpatient fund that a claim gets above the cap of people without a contract (domain.md 3.1.4a). */
export function aboveCap(before: Accumulators, added: Accumulators, capWithoutContract: string): string {
  const from = Math.max(toCents(before.outpatientFund), toCents(capWithoutContract));
  const above: Cents = toCents(before.outpatientFund) + toCents(added.outpatientFund) - from;
  return toYuan(Math.max(0, above));
}
