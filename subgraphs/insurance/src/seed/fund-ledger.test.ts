import { createRegion, type RegionOptions } from '@hutong/synthetic';
import { expect, test } from 'vitest';
import { createFundLedger } from './fund-ledger.ts';
import { createPlans } from './plans.ts';
import { settleHistory } from './settle-history.ts';

/** The plans of payment by head of Pei, with the residents who had a contract at some time of the year. */
function plansOf(options: Pick<RegionOptions, 'visitScale' | 'years'>) {
  const region = createRegion({ seed: 'hutong', residentsPerPlace: 500, scenario: 'CURRENT', ...options });
  const plans = createPlans(region.catalogues);
  const ledger = createFundLedger({
    year: 2024,
    alliances: [],
    providerCode: (id) => id,
    packageFee: () => '0',
  });
  let signed = 0;
  for (const resident of region.residents('pei')) {
    const history = region.history(resident);
    if (history.contracts.some((one) => (one.terminatedOn ?? one.validTo) >= '2024-01-01')) signed += 1;
    ledger.add(resident, history.contracts, settleHistory(resident.id, history, plans.find), true);
  }
  return { rows: ledger.capitationPlans(), signed };
}

const total = (amounts: readonly (string | number | null | undefined)[]) =>
  amounts.reduce<number>((sum, one) => sum + Number(one), 0);

test('budgets by head leave between 0 and 10 % of themselves, whatever the visit scale (I-06)', () => {
  for (const options of [
    { visitScale: 1, years: 1 },
    { visitScale: 0.25, years: 1 },
  ]) {
    const { rows } = plansOf(options);
    const budget = total(rows.map((row) => row.budget));
    const surplus = (100 * (budget - total(rows.map((row) => row.actual)))) / budget;
    expect([surplus >= 0, surplus <= 10]).toEqual([true, true]);
  }
});

test('nobody is enrolled for more than twelve months of a year, however many contracts the year saw', () => {
  const { rows, signed } = plansOf({ visitScale: 0.25, years: 3 });
  const enrolled = total(rows.flatMap((row) => row.enrolled.map(({ count }) => count)));
  expect([enrolled > 0.8 * signed, enrolled <= signed + rows.length]).toEqual([true, true]);
});
