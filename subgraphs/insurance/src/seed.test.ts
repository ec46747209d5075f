import {
  createTestDatabase,
  type Database,
  seedDatabase,
  type SeedOptions,
  type Subgraph,
  tableChecksums,
} from '@hutong/kit';
import { createRegion } from '@hutong/synthetic';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { insurancePackage } from './package.ts';
import { ask, migrations } from './sample-caller.ts';
import { sampleKeys } from './sample-rows.ts';

const options: SeedOptions = {
  seed: 'hutong',
  residentsPerPlace: 400,
  visitScale: 0.25,
  years: [2024],
  scenario: 'CURRENT',
  places: ['pei'],
};
const region = createRegion({ ...options, years: 1 });
const wang = region.fixtures.rs_demo_wang;

let database: Database;
let subgraph: Subgraph;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await seedDatabase(database, insurancePackage, sampleKeys, options);
  subgraph = insurancePackage.create({ database, keys: sampleKeys });
});
afterAll(() => database.close());

async function rows(text: string): Promise<readonly unknown[]> {
  return [...(await database.sql.unsafe(text))];
}

describe('seeded insurance of Pei', () => {
  test('holds rows of every type but settled months, online payments, what comes by change logs alone, and filings, of which so few residents have none', async () => {
    const tables = await rows(`select tablename from pg_tables where schemaname = 'public'
      and tablename not in ('changes', 'capitation_prepayments', 'drg_months', 'evaluation_projections', 'hutong_meta', 'idempotency_keys', 'inbox_positions', 'link_projections', 'out_of_area_filings', 'payment_orders', 'payment_reconciliations', 'sandbox_trades', 'status_history') order by 1`);
    const names = tables.map((row) => String(Reflect.get(Object(row), 'tablename')));
    const counts = await Promise.all(names.map((name) => rows(`select 1 from ${name} limit 1`)));
    expect(names.filter((_, index) => counts[index]?.length === 0)).toEqual([]);
  });

  test('TV-5 and TV-15 are claims of rs_demo_wang', async () => {
    const query = `query ($id: ID!) { claims(
      where: { residentId: { eq: $id }, serviceDate: { ge: "2024-01-01" } }, orderBy: [{ field: serviceDate }]
    ) { nodes { medicalCategory { code } settlement { totalAmount eligible deductible ratio fundBasic packageBenefit cash } } } }`;
    const { data } = await ask(subgraph, query, { id: wang });
    const nodes: unknown = Reflect.get(Object(data?.['claims']), 'nodes');
    expect(nodes).toContainEqual({
      medicalCategory: { code: '21' },
      settlement: {
        totalAmount: '6000.00',
        eligible: '5650.00',
        deductible: '200.00',
        ratio: '0.90',
        fundBasic: '4905.00',
        packageBenefit: '109.50',
        cash: '985.50',
      },
    });
    expect(nodes).toContainEqual({
      medicalCategory: { code: 'TWO_DISEASE' },
      settlement: {
        totalAmount: '150.00',
        eligible: '150.00',
        deductible: '0.00',
        ratio: '0.65',
        fundBasic: '93.85',
        packageBenefit: '0.00',
        cash: '56.15',
      },
    });
  });

  test('the parts of every claim add up to its total', async () => {
    expect(
      await rows(`select resident_id, no from claims
        where total_amount <> fund_basic + fund_catastrophic + assistance + package_benefit + personal_account + cash or cash < 0`),
    ).toEqual([]);
  });

  test('yearly totals are the sums of the year’s claims', async () => {
    expect(
      await rows(`
        select a.resident_id, a.no from accumulators a
        left join (
          select resident_id, extract(year from service_date)::integer as year,
                 coalesce(sum(fund_basic) filter (where category = 'INPATIENT'), 0) as inpatient,
                 coalesce(sum(fund_basic) filter (where category <> 'INPATIENT'), 0) as outpatient,
                 count(*) filter (where category = 'INPATIENT') as admissions, sum(eligible - fund_basic) as oop
          from claims group by 1, 2
        ) c on c.resident_id = a.resident_id and c.year = a.no
        where a.inpatient_fund <> c.inpatient or a.admissions <> c.admissions or a.eligible_oop <> c.oop
           or a.outpatient_fund + (a.two_disease_fund->>'htn')::numeric + (a.two_disease_fund->>'dm')::numeric <> c.outpatient
           or c.year is null`),
    ).toEqual([]);
  });

  test('residents’ stays are reimbursed inside the policy scope as I-02 wants it', async () => {
    const [row] = await rows(`
      select round(100 * sum(fund_basic + fund_catastrophic + assistance) / sum(eligible), 1)::float8 as share
      from claims where category = 'INPATIENT' and scheme = 'RESIDENT'`);
    const share = Number(Reflect.get(Object(row), 'share'));
    expect(share).toBeGreaterThan(60);
    expect(share).toBeLessThan(78);
  });

  test('no hospital month has more high outliers than the limit allows', async () => {
    expect(
      await rows(`
        select provider_code, month from drg_cases where outlier not in ('EXCLUDED', 'UNGROUPED') group by 1, 2
        having count(*) filter (where outlier = 'HIGH') > floor(0.05 * count(*))`),
    ).toEqual([]);
    expect(await rows(`select 1 from drg_cases where hospital_balance <> payable - cost`)).toEqual([]);
  });

  test('quarters and years of the fund are the sums of their months', async () => {
    expect(
      await rows(`
        with sums as (
          select region_code, scheme, left(period, 4) as year,
                 sum(expense) filter (where period ~ '-..$' and period !~ 'Q') as months,
                 sum(expense) filter (where period ~ 'Q') as quarters, sum(expense) filter (where length(period) = 4) as years
          from fund_statements group by 1, 2, 3)
        select * from sums where months <> years or quarters <> years`),
    ).toEqual([]);
    const query = '{ fundStatement(regionCode: "320322", period: "2024") { scheme expense balance income } }';
    expect((await ask(subgraph, query)).data).toMatchObject({
      fundStatement: [{ scheme: 'EMPLOYEE' }, { scheme: 'RESIDENT' }],
    });
  });

  test('snapshots of the region sum its residents’ claims; each subject has seventeen', async () => {
    const [sum] = await rows(
      `select sum(fund_basic + fund_catastrophic + assistance)::text as fund from claims where service_date >= '2024-01-01'`,
    );
    const [snapshot] = await rows(`select fund_paid::text as fund from indicator_snapshots
      where subject_type = 'REGION' and subject_id = '320322' and period = '2024'`);
    expect(snapshot).toEqual(sum);
    expect(
      await rows('select distinct count(*)::integer as n from indicator_snapshots group by subject_type, subject_id'),
    ).toEqual([{ n: 17 }]);
  });

  test('a contract raises the outpatient cap of rs_demo_wang from 400 to 700', async () => {
    const resident = { __typename: 'Resident', id: wang };
    const of = [
      { ...resident, contractStatus: 'ACTIVE', activePackageKinds: ['PUBLIC_HEALTH', 'CHRONIC'] },
      { ...resident, contractStatus: 'NONE', activePackageKinds: [] },
    ];
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Resident {
      outpatientCap(year: 2024) coverage { scheme psnNo plan { code year } } twoDisease { disease status } } } }`;
    const coverage = {
      scheme: 'RESIDENT',
      psnNo: expect.stringMatching(/^3203/),
      plan: { code: '390-3203', year: 2024 },
    };
    const twoDisease = [{ disease: 'HTN', status: 'ACTIVE' }];
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        { outpatientCap: '700.00', coverage, twoDisease },
        { outpatientCap: '400.00', coverage, twoDisease },
      ],
    });
  });
});

test('the same region gives the same rows again, in every table', async () => {
  const again = await createTestDatabase(inject('databaseServer'), { migrations });
  await seedDatabase(again, insurancePackage, sampleKeys, options);
  expect(await tableChecksums(again.sql, sampleKeys)).toEqual(await tableChecksums(database.sql, sampleKeys));
  await again.close();
}, 120_000);
