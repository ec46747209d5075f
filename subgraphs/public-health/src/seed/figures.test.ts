import { createTestDatabase, type Database } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { insertSampleRows } from '../sample-rows.ts';
import { migrations } from '../subgraph.ts';
import { fillEvaluations, fillFundAllocations } from './evaluation-rows.ts';
import { fillInspections, fillTeamIncentives } from './incentives.ts';
import { fillIndicatorSnapshots } from './indicators.ts';
import { fillPopulations, fillTargetGroups } from './populations.ts';

const asOf = '2024-12-31T23:59:59+08:00';
const place = {
  key: 'pei',
  regionCode: '320322',
  name: '沛县',
  nameEn: 'Pei',
  censusPopulation: 1_038_337,
  pooledRegionCode: '3203',
  counties: ['320322'],
  residents: 3,
} as const;

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations, max: 1 });
  await insertSampleRows(database.db);
  await database.sql`truncate indicator_snapshots, region_populations, region_target_groups, team_incentives, evaluations,
    fund_allocations, fund_allocation_rows`;
  // Followed too late after another stay: such a follow-up is no discharge followed.
  await database.sql`
    insert into follow_ups (resident_id, no, kind, at, due_by, mode, by_id, institution_id, measurements, referral_advised)
    select resident_id, 99, kind, at, '2024-09-09', mode, by_id, institution_id, measurements, referral_advised
    from follow_ups where kind = 'DISCHARGE'`;
  await fillPopulations(database.sql, [place], '2024-12-31');
  await fillTargetGroups(database.sql, '2024-12-31');
  await fillTeamIncentives(database.sql, '2024-12-31');
  await fillInspections(database.sql);
  await fillIndicatorSnapshots(database.sql, { years: [2024], asOf });
  await fillEvaluations(database.sql, 2024);
  await fillFundAllocations(database.sql, 2024);
});
afterAll(() => database.close());

test('the population of a place is its census population to the person, whatever the number of residents', async () => {
  const rows = await database.sql`
    select region_code, sum(residents)::integer as residents from region_populations group by 1 order by 1`;
  expect([...rows]).toEqual([
    { region_code: '3203', residents: 1_038_337 },
    { region_code: '320322', residents: 1_038_337 },
    { region_code: '320322100', residents: 1_038_337 },
  ]);
});

test('focus groups of a division tell how many have a contract in force', async () => {
  const rows = await database.sql`
    select "group", residents, contracts from region_target_groups where region_code = '320322' order by 1`;
  expect([...rows]).toEqual([
    { group: 'ELDERLY', residents: 1, contracts: 1 },
    { group: 'HYPERTENSION', residents: 1, contracts: 1 },
    { group: 'PREGNANT', residents: 1, contracts: 0 },
    { group: 'STROKE', residents: 1, contracts: 1 },
  ]);
});

test('fifteen yuan for the elderly package that came into force in the quarter, nothing in the quarters after it', async () => {
  const rows = await database.sql`
    select team_id, period, elderly_signings, amount, paid_on from team_incentives where period >= '2024' order by period`;
  expect([...rows]).toEqual([
    { team_id: 'tm_ONE', period: '2024-Q1', elderly_signings: 1, amount: '15.00', paid_on: '2024-04-01' },
    { team_id: 'tm_ONE', period: '2024-Q2', elderly_signings: 0, amount: '0.00', paid_on: null },
    { team_id: 'tm_ONE', period: '2024-Q3', elderly_signings: 0, amount: '0.00', paid_on: null },
    { team_id: 'tm_ONE', period: '2024-Q4', elderly_signings: 0, amount: '0.00', paid_on: null },
  ]);
});

test('a snapshot counts the residents of its subject, nothing counted is 0, and what needs a year is null in a month', async () => {
  const rows = await database.sql`
    select period, resident_population, contracts, focus_residents, focus_contracts, contracts_ended, renewed, fulfilment_due,
      fulfilled, truth_checks, truthful, htn_managed, htn_standardised, htn_controlled, dm_managed, deliveries,
      children_managed, immunisations_given, discharge_follow_ups, satisfaction_responses, satisfaction_score, complaints_due
    from indicator_snapshots
    where subject_type = 'INSTITUTION' and subject_id = 'in_TOWN' and period in ('2024', '2024-Q2', '2024-06')
    order by length(period), period`;
  const counts = {
    contracts: 1,
    focus_residents: 2,
    focus_contracts: 1,
    complaints_due: 0,
    contracts_ended: 0,
    renewed: 0,
    fulfilment_due: 0,
    fulfilled: 0,
    htn_managed: 1,
    dm_managed: 0,
    deliveries: 0,
    immunisations_given: 0,
    discharge_follow_ups: 0,
    satisfaction_responses: 0,
    satisfaction_score: null,
    resident_population: 3,
    htn_standardised: null,
    htn_controlled: null,
    children_managed: null,
    truth_checks: 1,
    truthful: 1,
  };
  expect([...rows]).toEqual([
    {
      ...counts,
      period: '2024',
      complaints_due: 1,
      contracts_ended: 1,
      renewed: 1,
      fulfilment_due: 3,
      fulfilled: 2,
      htn_standardised: 1,
      htn_controlled: 1,
      deliveries: 1,
      children_managed: 1,
      immunisations_given: 1,
      discharge_follow_ups: 1,
      satisfaction_responses: 2,
      satisfaction_score: '80.00',
    },
    { ...counts, period: '2024-06', contracts: 2, focus_contracts: 2 },
    {
      ...counts,
      period: '2024-Q2',
      complaints_due: 1,
      contracts: 2,
      focus_contracts: 2,
      fulfilment_due: 1,
      satisfaction_responses: 2,
      satisfaction_score: '80.00',
    },
  ]);
});

test('regions, institutions and alliances of one township have equal counts', async () => {
  const rows = await database.sql`
    select subject_type, subject_id, resident_population, jsonb_array_length(population_bands) as bands
    from indicator_snapshots where period = '2024' order by 1, 2`;
  expect([...rows]).toEqual(
    [
      ['ALLIANCE', 'al_ONE'],
      ['INSTITUTION', 'in_TOWN'],
      ['REGION', '3203'],
      ['REGION', '320322'],
      ['REGION', '320322100'],
    ].map(([subject_type, subject_id]) => ({ subject_type, subject_id, resident_population: 3, bands: 3 })),
  );
});

test('each subject is evaluated, and has no rank where there is nobody like it', async () => {
  const rows = await database.sql`
    select subject_type, subject_id, kind, rank, jsonb_array_length(dimensions) as dimensions from evaluations order by 1, 2`;
  expect([...rows].map((row) => [row.subject_id, row.kind, row.dimensions, row.rank])).toEqual([
    ['al_ONE', 'ALLIANCE', 3, null],
    ['in_TOWN', 'ROUTINE', 3, null],
    ['3203', 'ROUTINE', 3, null],
    ['320322', 'ROUTINE', 3, null],
    ['320322100', 'ROUTINE', 3, null],
  ]);
});

test('the subsidy of a county is ten yuan a head and goes to its township hospitals to the cent', async () => {
  const rows = await database.sql`
    select a.region_code, a.pool, r.institution_id, r.amount
    from fund_allocations a join fund_allocation_rows r on r.allocation_id = a.id`;
  expect([...rows]).toEqual([
    { region_code: '320322', pool: '10383370.00', institution_id: 'in_TOWN', amount: '10383370.00' },
  ]);
});
