import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { showcaseNamed } from '../showcase.ts';
import { startWorld, type World } from '../world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld('colocated', { databases: inject('region'), dataKeys: inject('dataKeys') });
});
afterAll(() => world.close());

/** The answer of a showcase query, in the shape that the test reads. */
async function answerOf<Shape>(name: string): Promise<Shape> {
  const { query, variables } = showcaseNamed(name);
  const { data, errors } = await world.as('health-commission').graphql(query, variables);
  expect(errors).toBeUndefined();
  return data as Shape;
}

/** Tests run at the last instant of the generated data. */
const today = '2024-12-31';

interface Desk {
  readonly resident: {
    readonly contract: { readonly validFrom: string; readonly validTo: string };
    readonly followUps: { readonly nodes: readonly { readonly at: string; readonly nextDue: string }[] };
  };
}

test('X1 shows a contract in force today, the raised cap, and the benefits used by TV-3, TV-5 and TV-15', async () => {
  const { resident } = await answerOf<Desk>('x1');
  expect(resident).toMatchObject({
    name: '王某',
    age: 69,
    contractStatus: 'ACTIVE',
    activePackageKinds: ['CHRONIC', 'ELDERLY', 'PUBLIC_HEALTH'],
    coverage: { scheme: 'RESIDENT', status: 'VALID' },
    outpatientCap: '700.00',
    accumulator: { inpatientFund: '4905.00', twoDiseaseFund: { htn: '400.00', dm: '0.00' }, admissions: 1 },
  });
  expect([resident.contract.validFrom <= today, today <= resident.contract.validTo]).toEqual([true, true]);
  const [last] = resident.followUps.nodes;
  expect([String(last?.at) < today, String(last?.nextDue) > today]).toEqual([true, true]);
});

interface Township {
  readonly institution: {
    readonly contractDashboard: {
      readonly contracts: number;
      readonly contractRate: string;
      readonly fulfilmentRate: string;
    };
    readonly packageEconomics: readonly {
      readonly package: { readonly nameZh: string; readonly price: string | null };
      readonly revenue: string;
      readonly cost: string;
      readonly margin: string;
    }[];
    readonly teams: {
      readonly nodes: readonly {
        readonly signedCount: number;
        readonly fulfilmentRate: string;
        readonly incentive: {
          readonly prenatalSignings: number;
          readonly elderlySignings: number;
          readonly amount: string;
        };
      }[];
    };
    readonly secondmentsIn: { readonly nodes: readonly { readonly compliant: boolean }[]; readonly totalCount: number };
  };
}

/** What is paid of the approved price (S3-21, S3-22; domain.md 3.1.7). */
const discounts = new Map([
  ['儿童保健包', 0.6],
  ['体检包', 0.4],
]);

test('X4 pays every team fifteen yuan a signing, and packages earn their fees less their cost', async () => {
  const { institution } = await answerOf<Township>('x4');
  const { contractDashboard, packageEconomics, teams, secondmentsIn } = institution;
  expect(contractDashboard.contracts).toBeGreaterThan(0);
  expect(Number(contractDashboard.contractRate)).toBeGreaterThan(20);
  expect(Number(contractDashboard.fulfilmentRate)).toBeGreaterThan(80);
  expect(teams.nodes.map(({ signedCount }) => signedCount > 0)).toEqual([true, true]);
  expect(teams.nodes.map(({ incentive }) => incentive.amount)).toEqual(
    teams.nodes.map(({ incentive }) => (15 * (incentive.prenatalSignings + incentive.elderlySignings)).toFixed(2)),
  );
  expect(Number(teams.nodes[0]?.incentive.amount)).toBeGreaterThan(0);
  expect(packageEconomics.length).toBeGreaterThan(5);
  expect(packageEconomics.map(({ margin }) => margin)).toEqual(
    packageEconomics.map(({ revenue, cost }) => (Number(revenue) - Number(cost)).toFixed(2)),
  );
  const broken = packageEconomics.filter(({ package: { nameZh, price }, revenue }) => {
    const fee = Number(price ?? 0) * (discounts.get(nameZh) ?? 1);
    return fee === 0 ? Number(revenue) !== 0 : Number(revenue) === 0 || Number(revenue) % fee !== 0;
  });
  expect(broken).toEqual([]);
  expect(secondmentsIn.totalCount).toBe(secondmentsIn.nodes.length);
  expect(secondmentsIn.nodes.filter(({ compliant }) => compliant).length).toBeGreaterThan(0);
});

interface County {
  readonly region: {
    readonly residentPopulation: number;
    readonly practitionersPer1000: string;
    readonly institutions: { readonly totalCount: number };
  };
  readonly resourceAssessments: { readonly nodes: readonly Record<string, unknown>[] };
  readonly indicatorSnapshots: readonly {
    readonly openBeds: number;
    readonly practitioners: number;
    readonly gp: number;
    readonly fundPerCapita: string;
    readonly evaluationScore: string;
  }[];
  readonly workforceGaps: {
    readonly nodes: readonly { readonly standard: number; readonly actual: number; readonly gap: number }[];
  };
}

test('X6 tells the same beds, population and density from every side, and the widest gaps first', async () => {
  const { region, resourceAssessments, indicatorSnapshots, workforceGaps } = await answerOf<County>('x6');
  const [snapshot] = indicatorSnapshots;
  const [assessment] = resourceAssessments.nodes;
  expect(region.residentPopulation).toBe(1_038_337);
  expect(assessment).toMatchObject({
    institutionCount: region.institutions.totalCount,
    beds: snapshot?.openBeds,
    population: region.residentPopulation,
  });
  const practitioners = snapshot?.practitioners ?? 0;
  expect(region.practitionersPer1000).toBe(((practitioners * 1000) / region.residentPopulation).toFixed(2));
  expect(Number(assessment?.['staffCount'])).toBeGreaterThan(practitioners);
  expect(snapshot?.gp).toBeGreaterThan(200);
  expect(Number(snapshot?.fundPerCapita)).toBeGreaterThan(0);
  expect(Number(snapshot?.evaluationScore)).toBeGreaterThan(0);
  const gaps = workforceGaps.nodes.map(({ gap }) => gap);
  expect(workforceGaps.nodes.map(({ standard, actual }) => standard - actual)).toEqual(gaps);
  expect(gaps).toEqual(gaps.toSorted((one, other) => other - one));
  expect(gaps[0]).toBeGreaterThan(5);
});

interface Training {
  readonly trainingPriorityList: {
    readonly entries: readonly { readonly rank: number; readonly signedResidentCount: number }[];
  };
}

test('X8 ranks the village doctors who signed residents first', async () => {
  const { entries } = (await answerOf<Training>('x8')).trainingPriorityList;
  const signed = entries.map(({ signedResidentCount }) => signedResidentCount);
  expect(entries.map(({ rank }) => rank)).toEqual(entries.map((_, index) => index + 1));
  expect(signed).toEqual(signed.toSorted((one, other) => other - one));
  expect(signed.filter((count) => count > 0).length).toBeGreaterThanOrEqual(2);
});
