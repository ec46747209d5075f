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
import { personnelPackage } from './package.ts';
import { ask, migrations } from './sample-caller.ts';
import { sampleKeys } from './sample-rows.ts';

const options: SeedOptions = {
  seed: 'hutong',
  residentsPerPlace: 20,
  visitScale: 0.25,
  years: [2024],
  scenario: 'CURRENT',
  places: ['pei'],
};
const region = createRegion({ ...options, years: 1 });

let database: Database;
let subgraph: Subgraph;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await seedDatabase(database, personnelPackage, sampleKeys, options);
  subgraph = personnelPackage.create({ database, keys: sampleKeys });
});
afterAll(() => database.close());

async function rows(text: string): Promise<readonly unknown[]> {
  return [...(await database.sql.unsafe(text))];
}

describe('the seeded workforce of Pei', () => {
  test('holds rows of every type', async () => {
    const tables = await rows(`select tablename from pg_tables where schemaname = 'public'
      and tablename not in ('changes', 'hutong_meta', 'idempotency_keys', 'inbox_positions', 'secondment_targets', 'status_history') order by 1`);
    const names = tables.map((row) => String(Reflect.get(Object(row), 'tablename')));
    const counts = await Promise.all(names.map((name) => rows(`select 1 from ${name} limit 1`)));
    expect(names.filter((_, index) => counts[index]?.length === 0)).toEqual([]);
  });

  test('judges every secondment as the facts were built', async () => {
    const facts = [...region.secondments('pei')].map(({ id, compliant }) => ({ id, compliant }));
    expect(await rows('select id, compliant from secondments order by id')).toEqual(
      facts.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });

  test('has as many people as the facts, and shows who a resident’s family doctor is', async () => {
    const people = [...region.practitioners('pei')].length;
    const id = region.fixtures.pr_demo_gp;
    const query = `query ($id: ID!) { practitioner(id: $id) { id category primaryInstitution { id } licence { kind { code } } }
      practitioners { totalCount } familyDoctorTeams(where: { leaderId: { eq: $id } }) { totalCount } }`;
    expect((await ask(subgraph, query, { id })).data).toMatchObject({
      practitioner: { id, category: 'PHYSICIAN', licence: { kind: { code: '1' } } },
      practitioners: { totalCount: people },
      familyDoctorTeams: { totalCount: 1 },
    });
  });

  test('counts the density of health staff by the census, without those of hospitals outside the place', async () => {
    const of = [{ __typename: 'Region', code: '320322' }];
    const query =
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Region { practitionersPer1000(year: 2024) } } }';
    const { data } = await ask(subgraph, query, { of });
    expect(data).toEqual({ _entities: [{ practitionersPer1000: '7.00' }] });
    const counted = await rows(`select practitioners from indicator_snapshots
      where subject_type = 'REGION' and subject_id = '320322' and period = '2024'`);
    expect(counted).toHaveLength(1);
    expect(await rows('select practitioners from region_densities')).toEqual(counted);
  });

  test('employs whoever holds a pooled post from the pool, and counts the pool’s posts in the snapshot of the region', async () => {
    const active = [...region.headcountPools('pei')].flatMap(({ allocations }) =>
      allocations.filter(({ status }) => status === 'ACTIVE'),
    );
    const [year] = await rows(`select pooled_posts, village_doctors, seconded_any from indicator_snapshots
      where subject_type = 'REGION' and subject_id = '320322' and period = '2024'`);
    expect(await rows(`select count(*)::integer as n from practitioners where employment_kind = 'POOL'`)).toEqual([
      { n: active.length },
    ]);
    expect(year).toEqual({
      pooled_posts: active.length,
      village_doctors: [...region.practitioners('pei')].filter((one) => one.isVillageDoctor).length,
      seconded_any: [...region.secondments('pei')].filter(
        (one) => (one.actualEndOn ?? one.plannedEndOn) >= '2024-01-01',
      ).length,
    });
  });

  test('has seventeen snapshots of each subject and year', async () => {
    const counts = await rows(
      'select distinct count(*)::integer as n from indicator_snapshots group by subject_type, subject_id',
    );
    expect(counts).toEqual([{ n: 17 }]);
  });
});

test('the same region gives the same rows again, in every table', async () => {
  const again = await createTestDatabase(inject('databaseServer'), { migrations });
  await seedDatabase(again, personnelPackage, sampleKeys, options);
  expect(await tableChecksums(again.sql, sampleKeys)).toEqual(await tableChecksums(database.sql, sampleKeys));
  await again.close();
}, 120_000);

test('in the seeded region a pool gives its last posts and no more, and a secondment ended early counts no longer', async () => {
  const [pool] = [...region.headcountPools('pei')];
  const [alliance] = [...region.alliances('pei')].filter(({ id }) => id === pool?.allianceId);
  const members = new Set(alliance?.memberships.map(({ institutionId }) => institutionId));
  const town = [...region.institutions('pei')].find(({ id, tier }) => tier === 'TOWNSHIP' && members.has(id));
  const free = (pool?.approved ?? 0) - (pool?.allocations.filter(({ status }) => status === 'ACTIVE').length ?? 0);
  const people = await rows(`select id from practitioners where employment_kind = 'CONTRACT'
    and primary_institution_id = '${alliance?.leadInstitutionId}' order by id limit ${free + 1}`);
  const told: unknown[] = [];
  for (const row of people) {
    const use = { poolId: pool?.id, mode: 'COUNTY_HIRED_TOWNSHIP_USED', from: '2025-01-01' };
    const at = {
      hiredById: alliance?.leadInstitutionId,
      usedAtId: town?.id,
      practitionerId: Reflect.get(Object(row), 'id'),
    };
    const query =
      'mutation ($input: AllocateHeadcountInput!) { allocateHeadcount(input: $input) { errors { code path } } }';
    told.push((await ask(subgraph, query, { input: { ...use, ...at } })).data?.['allocateHeadcount']);
  }
  expect(told).toEqual([
    ...Array.from({ length: free }, () => ({ errors: [] })),
    { errors: [{ code: 'POOL_EXHAUSTED', path: ['input'] }] },
  ]);

  const compliant = [...region.secondments('pei')].find((one) => one.compliant && one.actualEndOn === null);
  const query = `mutation ($input: EndSecondmentInput!) {
    endSecondment(input: $input) { ok errors { code path } secondment { compliant actualEndOn } } }`;
  const input = { id: compliant?.id, actualEndOn: compliant?.startOn };
  expect((await ask(subgraph, query, { input })).data).toEqual({
    endSecondment: { ok: true, errors: [], secondment: { compliant: false, actualEndOn: compliant?.startOn } },
  });
});
