import { type ClaimFact, createRegion } from '@hutong/synthetic';
import { describe, expect, test } from 'vitest';
import { EMPTY_ACCUMULATORS } from './accumulators.ts';
import { settle } from './settlement.ts';
import type { Accumulators, Settlement, SettlementPlan } from './settlement-types.ts';

const MINUTES = 60_000;

function regionOf(seed: string, residentsPerPlace: number) {
  return createRegion({ seed, residentsPerPlace, visitScale: 1, years: 1, scenario: 'CURRENT' });
}

type DemoRegion = ReturnType<typeof regionOf>;

function planOf(region: DemoRegion, claim: ClaimFact): SettlementPlan {
  const year = Number(claim.serviceDate.slice(0, 4));
  const plan = region.catalogues.benefitPlans.find((one) => one.scheme === claim.scheme && one.year === year);
  if (plan === undefined) throw new Error(`no plan of ${claim.scheme} in ${year}`);
  return plan;
}

/** Settles the claims of a history in order, year by year. */
function settleAll(
  region: DemoRegion,
  history: ReturnType<DemoRegion['history']>,
): { claim: ClaimFact; settlement: Settlement }[] {
  const totals = new Map<string, Accumulators>();
  return history.claims.map((claim) => {
    const year = claim.serviceDate.slice(0, 4);
    const episode =
      claim.episodeNo === null ? null : { id: String(claim.episodeNo), direction: claim.episodeDirection };
    const { settlement, accumulators } = settle(
      { ...claim, level: claim.careLevel, episode },
      planOf(region, claim),
      totals.get(year) ?? EMPTY_ACCUMULATORS,
      {
        contractActive: claim.contractActive,
        filing: claim.filing,
        retired: claim.retired,
        assistance: claim.assistance,
        registrations: history.twoDisease.filter((one) => one.validFrom <= claim.serviceDate).map((one) => one.disease),
        strokeRehabPackage: claim.strokeRehabPackage,
        accountToUse: '0',
      },
    );
    totals.set(year, accumulators);
    return { claim, settlement };
  });
}

describe('settlement of the demo region', () => {
  test('the claims of rs_demo_wang are those of TV-5, TV-3 and TV-15', () => {
    const region = regionOf('hutong', 500);
    const wang = region.resident('pei', 0);
    const settled = settleAll(region, region.history(wang)).filter(({ claim }) => claim.serviceDate.startsWith('2024'));
    const shown = (date: string) => {
      const found = settled.find(({ claim }) => claim.serviceDate === date)?.settlement;
      return [found?.totalAmount, found?.eligible, found?.fundBasic, found?.packageBenefit, found?.cash];
    };
    expect(wang.id).toBe(region.fixtures.rs_demo_wang);
    expect(shown('2024-03-25')).toEqual(['6000.00', '5650.00', '4905.00', '109.50', '985.50']);
    expect(shown('2024-09-10')).toEqual(['120.00', '105.00', '63.00', '0.00', '57.00']);
    expect(shown('2024-11-12')).toEqual(['150.00', '150.00', '93.85', '0.00', '56.15']);
    const tv3 = settled.find(({ claim }) => claim.serviceDate === '2024-09-10')?.settlement;
    const tv15 = settled.find(({ claim }) => claim.serviceDate === '2024-11-12')?.settlement;
    expect([tv3?.capRemainingBefore, tv15?.capRemainingBefore]).toEqual(['320.00', '50.00']);
  });

  test(
    'the parts of every settlement add up to the total, and nobody pays less than nothing',
    { timeout: 5 * MINUTES },
    () => {
      const region = regionOf('hutong', 400);
      const cents = (yuan: string) => Math.round(Number(yuan) * 100);
      const wrong: Settlement[] = [];
      for (const resident of region.residents('pei')) {
        for (const { settlement } of settleAll(region, region.history(resident))) {
          const { fundBasic, fundCatastrophic, assistance, packageBenefit, personalAccount, cash } = settlement;
          const parts = [fundBasic, fundCatastrophic, assistance, packageBenefit, personalAccount, cash].map(cents);
          const sum = parts.reduce((total, part) => total + part, 0);
          if (sum !== cents(settlement.totalAmount) || parts.some((part) => part < 0)) wrong.push(settlement);
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  test('I-02 of residents is 64–74 % at 10,000 residents', { timeout: 10 * MINUTES }, () => {
    const region = regionOf('hutong', 10_000);
    let eligible = 0;
    let fund = 0;
    for (const resident of region.residents('pei')) {
      const history = region.history(resident);
      if (!history.claims.some((claim) => claim.kind === 'INPATIENT' && claim.scheme === 'RESIDENT')) continue;
      for (const { claim, settlement } of settleAll(region, history)) {
        if (claim.kind !== 'INPATIENT' || claim.scheme !== 'RESIDENT') continue;
        eligible += Number(settlement.eligible);
        fund += Number(settlement.fundBasic) + Number(settlement.fundCatastrophic) + Number(settlement.assistance);
      }
    }
    const share = (100 * fund) / eligible;
    expect(share).toBeGreaterThanOrEqual(64);
    expect(share).toBeLessThanOrEqual(74);
  });
});
