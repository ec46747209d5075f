import { createTestDatabase, type Database, seedDatabase, type SeedOptions, tableChecksums } from '@hutong/kit';
import { createRegion } from '@hutong/synthetic';
import { hasCode } from '@hutong/schema';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { institutionsPackage } from './package.ts';
import { ask, sampleKeys } from './sample-caller.ts';
import { createInstitutions, migrations } from './subgraph.ts';

const options: SeedOptions = {
  seed: 'hutong',
  residentsPerPlace: 400,
  visitScale: 0.25,
  years: [2024],
  scenario: 'CURRENT',
  places: ['pei'],
};
const region = createRegion({ ...options, years: 1 });
let database: Database;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await seedDatabase(database, institutionsPackage, sampleKeys, options);
});
afterAll(() => database.close());

/** Tables that only requests and running subgraphs write to. */
const written = [
  'changes',
  'hutong_meta',
  'idempotency_keys',
  'inbox_positions',
  'resident_link_projections',
  'status_history',
  'supervision_alert_causes',
  'waiting_list_entries',
];

test('every table has rows', async () => {
  const tables = await database.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and not table_name = any(${written}) order by 1`;
  const counts = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await database.sql`select count(*) as rows from ${database.sql(name)}`;
      return [name, Number(row?.['rows'])] as const;
    }),
  );
  expect(counts.filter(([, rows]) => rows === 0)).toEqual([]);
});

test('every slot stands in the channel that rule 3.5 gives it, which is the one its appointments were made for', async () => {
  const facts = new Map(
    [...region.slotSessions('pei')].flatMap(({ slots }) => slots.map(({ id, channel }) => [id, channel] as const)),
  );
  const rows = await database.sql<{ id: string; channel: string }[]>`select id, channel from appointment_slots`;
  expect(rows.filter(({ id, channel }) => facts.get(id) !== channel)).toEqual([]);
  expect(rows.length).toBe(facts.size);
});

test('every examination is one of the value set, so that it has a name and can be reserved and recorded', async () => {
  const rows = await database.sql<{ code: string }[]>`
    select code from recognition_items union select item from diagnostic_reports union select exam_item from equipment_reservations`;
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter(({ code }) => !hasCode('RECOGNITION-ITEM', code))).toEqual([]);
});

test('snapshots of the county add up to the encounters in its institutions', async () => {
  const [row] = await database.sql`
    select (select visits from indicator_snapshots where subject_id = '320322' and period = '2024') as year,
      (select sum(visits)::integer from indicator_snapshots where subject_id = '320322' and period_type = 'MONTH') as months,
      (select sum(visits)::integer from indicator_snapshots where subject_id = '320322' and period_type = 'QUARTER') as quarters,
      (select count(*)::integer from encounters e join institutions i on i.id = e.institution_id
        where i.county_code = '320322' and e.class <> 'INPATIENT' and e.started_at >= '2024-01-01' and e.started_at < '2025-01-01') as counted`;
  expect(row?.['counted']).toBeGreaterThan(0);
  expect(row).toEqual({
    year: row?.['counted'],
    months: row?.['counted'],
    quarters: row?.['counted'],
    counted: row?.['counted'],
  });
});

test('the stroke of rs_demo_wang went up by the green channel and came down again, closed', async () => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Resident {
    referrals(orderBy: [{ field: submittedAt }]) { nodes { direction urgency greenChannel status timely diagnosis { code { code } }
      from { tier } to { tier } episode { closed } } } } } }`;
  const of = [{ __typename: 'Resident', id: region.fixtures.rs_demo_wang }];
  const up = { direction: 'UP', urgency: 'EMERGENCY', greenChannel: true, status: 'COMPLETED', timely: true };
  const down = { direction: 'DOWN', urgency: 'ROUTINE', greenChannel: false, status: 'COMPLETED', timely: true };
  const episode = { closed: true };
  const diagnosis = { code: { code: expect.stringMatching(/^I6/) } };
  expect(await ask(createInstitutions({ database, keys: sampleKeys }), query, { of })).toEqual({
    data: {
      _entities: [
        {
          referrals: {
            nodes: [
              { ...up, diagnosis, from: { tier: expect.any(String) }, to: { tier: 'COUNTY' }, episode },
              { ...down, diagnosis, from: { tier: 'COUNTY' }, to: { tier: 'TOWNSHIP' }, episode },
            ],
          },
        },
      ],
    },
  });
});

test('the same region gives the same rows again, in every table', async () => {
  const again = await createTestDatabase(inject('databaseServer'), { migrations });
  await seedDatabase(again, institutionsPackage, sampleKeys, options);
  expect(await tableChecksums(again.sql, sampleKeys)).toEqual(await tableChecksums(database.sql, sampleKeys));
  await again.close();
}, 120_000);
