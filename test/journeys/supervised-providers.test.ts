import { insurancePackage } from '@hutong/insurance';
import { institutionsPackage } from '@hutong/institutions';
import { createKeyRing, parseDataKeys, type SubgraphPackage } from '@hutong/kit';
import { personaIds } from '@hutong/gateway';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { databaseOf, startJourney, type Journey } from './journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

const { rs_demo_wang: wang, in_pei_1: hospital } = personaIds;
const patience = { timeout: 20_000, interval: 200 };

/** Runs a job as its timer does, on a day of January. */
async function runJob(of: SubgraphPackage, job: string, day: string): Promise<void> {
  const keys = createKeyRing(parseDataKeys(inject('dataKeys')));
  await of
    .create({ database: databaseOf(journey.databases, of.name), keys })
    .runJob(job, `2025-01-${day}T09:00:00+08:00`);
}

const figures = 'provider_code, month, total, drugs, consumables, drg_cases, low_outliers, high_outliers';
const ofInsurance = async () => [
  ...(await databaseOf(journey.databases, 'insurance').sql.unsafe(
    `select ${figures} from provider_months order by 1, 2`,
  )),
];
const ofInstitutions = async () => [
  ...(await databaseOf(journey.databases, 'institutions').sql.unsafe(
    `select ${figures} from provider_month_projections order by 1, 2`,
  )),
];

async function alerts(ruleIds: readonly string[], period: string): Promise<readonly Record<string, unknown>[]> {
  const { supervisionAlerts } = await journey.as('health-commission').asks(
    `query ($of: ID!, $rules: [ID!], $period: String!) { supervisionAlerts(
      where: { institutionId: { eq: $of }, ruleId: { in: $rules }, period: { eq: $period } }) {
      nodes { ruleId threshold status causes { totalCount } claims(first: 1) { nodes { serviceDate settlement { totalAmount } } } } } }`,
    { of: hospital, rules: ruleIds, period },
  );
  return Object(supervisionAlerts).nodes;
}

test('the seeded months of the providers are the same on both sides, and each share above its limit has its alert', async () => {
  const seeded = await ofInsurance();
  expect(seeded.length).toBeGreaterThan(100);
  expect(await ofInstitutions()).toEqual(seeded);
  const [row] = await databaseOf(journey.databases, 'institutions').sql`
    with shares as (
      select i.id, p.month, 'DRUG_SHARE' as rule, p.drugs > p.total * case when i.is_primary_care then 0.5 else 0.35 end as breach
      from provider_month_projections p join institutions i using (provider_code)
      union all select i.id, p.month, 'CONSUMABLE_SHARE', p.consumables > p.total * 0.2
      from provider_month_projections p join institutions i using (provider_code)
      union all select i.id, p.month, 'LOW_OUTLIER_SHARE', p.low_outliers > p.drg_cases * 0.1
      from provider_month_projections p join institutions i using (provider_code)
      union all select i.id, p.month, 'HIGH_OUTLIER_SHARE', p.high_outliers > p.drg_cases * 0.05
      from provider_month_projections p join institutions i using (provider_code)),
    raised as (select institution_id as id, period as month, rule_id as rule from supervision_alerts)
    select count(*) filter (where breach)::integer as breaches,
      count(*) filter (where breach <> exists (select from raised r where (r.id, r.month, r.rule) = (s.id, s.month, s.rule)))::integer as wrong
    from shares s`;
  expect(row).toEqual({ breaches: expect.any(Number), wrong: 0 });
  expect(row?.['breaches']).toBeGreaterThan(0);
});

test('drugs settled at the end of a month are told to institutions, and supervision asks the hospital why', async () => {
  journey.travelTo('2025-01-02T09:00:00+08:00');
  await runJob(insurancePackage, 'tellProviderMonths', '01');
  const changes = await databaseOf(journey.databases, 'insurance')
    .sql`select id from changes where type = 'ProviderMonth'`;
  expect([...changes]).toEqual([]);
  expect(await alerts(['DRUG_SHARE'], '2024-12')).toEqual([]);

  const line = { kind: 'DRUG', itemCode: 'XNONE', name: '药', quantity: '1', unitPrice: '900000', amount: '900000' };
  await journey.as('insurance-bureau').does(
    'settleClaim',
    {
      residentId: wang,
      institutionId: hospital,
      encounterId: `en_${wang?.slice(3)}_900`,
      medicalCategory: '11',
      diagnoses: ['I10'],
      serviceDate: '2024-12-31',
      lines: [line],
    },
    'claim { id }',
  );
  await runJob(insurancePackage, 'tellProviderMonths', '02');
  const told = await ofInsurance();
  await vi.waitFor(async () => expect(await ofInstitutions()).toEqual(told), patience);
  await runJob(institutionsPackage, 'raiseSupervisionAlerts', '02');
  expect(await alerts(['DRUG_SHARE'], '2024-12')).toEqual([
    {
      ruleId: 'DRUG_SHARE',
      threshold: '35.00',
      status: 'OPEN',
      causes: { totalCount: 0 },
      claims: { nodes: [{ serviceDate: '2024-12-31', settlement: { totalAmount: '900000.00' } }] },
    },
  ]);
});
