import {
  createTestDatabase,
  type Database,
  type KeyRing,
  seedDatabase,
  type SeedOutcome,
  type SqlSession,
  type Subgraph,
  tableChecksums,
  type TableProgress,
} from '@hutong/kit';
import { createRegion } from '@hutong/synthetic';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from './sample-caller.ts';
import { seed } from './seed.ts';
import { createPublicHealth, migrations } from './subgraph.ts';

const region = createRegion({
  seed: 'hutong',
  residentsPerPlace: 300,
  visitScale: 0.25,
  years: 1,
  scenario: 'CURRENT',
  places: ['pei'],
});
const wang = region.fixtures.rs_demo_wang;

let database: Database;
let subgraph: Subgraph;
const progress: TableProgress[] = [];
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations, max: 1 });
  await fill(database, (step) => progress.push(step));
  subgraph = createPublicHealth({ database, keys: sampleKeys });
});
afterAll(() => database.close());

/** Seeds as a start does: foreign keys are made at the end, for sessions come after the tasks that are done in them. */
function fill(empty: Database, onProgress: (step: TableProgress) => void = () => undefined): Promise<SeedOutcome> {
  const subgraphSeed = { seed: (sql: SqlSession, keys: KeyRing) => seed(sql, { region, keys }) };
  const { options } = region;
  return seedDatabase(empty, subgraphSeed, sampleKeys, { ...options, years: region.years }, { onProgress });
}

interface Parts {
  readonly followUps: { readonly nodes: { readonly at: string; readonly by: { readonly id: string } }[] };
  readonly accessLog: { readonly nodes: { readonly at: string; readonly actorId: string }[] };
}

/** The resident of an answer, as the query above asks for it. */
function parts(data: unknown): Parts {
  return (data as { resident: Parts }).resident;
}

/** Numbers that one SQL statement gives, by column. */
async function numbers(text: string): Promise<Readonly<Record<string, unknown>>> {
  const [row] = await database.sql.unsafe<Record<string, unknown>[]>(text);
  return { ...row };
}

describe('the demo region', () => {
  test('fills every table, and tells how far it is', async () => {
    const tables = await database.sql<{ name: string }[]>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_name not in ('changes', 'hutong_meta', 'idempotency_keys', 'inbox_positions', 'status_history') order by 1`;
    const empty: string[] = [];
    for (const { name } of tables) {
      if ((await numbers(`select count(*)::integer as rows from "${name}"`))['rows'] === 0) empty.push(name);
    }
    expect(
      empty.filter(
        (name) =>
          !['family_doctor_questions', 'tb_records', 'mental_health_records', 'notices', 'resident_links'].includes(
            name,
          ),
      ),
    ).toEqual([]);
    expect(progress).toContainEqual({ table: 'residents', rows: 300 });
  });

  test('the demo’s elder has his records, his contract and what follows from it', async () => {
    const query = `query ($id: ID!) { resident(id: $id) {
      name idNumber birthDate contractStatus activePackageKinds
      contract { packages { code } tasks { status mode } events { to } }
      chronic { disease lastControl } healthRecord { timeline { kind } }
    } }`;
    const { data, errors } = await ask(subgraph, query, { id: wang });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      resident: {
        name: '王某',
        idNumber: '99032219550312001X',
        birthDate: '1955-03-12',
        contractStatus: 'ACTIVE',
        activePackageKinds: ['CHRONIC', 'ELDERLY', 'PUBLIC_HEALTH'],
      },
    });
  });

  test('a task and its make-up count once, and what was done has a service', async () => {
    expect(
      await numbers(`select
        count(*) filter (where t.make_up_of_no is not null and o.counted)::integer as counted_twice,
        count(*) filter (where t.status = 'DONE' and e.no is null)::integer as done_without_service,
        count(*) filter (where t.status <> 'DONE' and e.no is not null)::integer as service_without_task
        from fulfilment_tasks t
        left join fulfilment_tasks o on o.resident_id = t.resident_id and o.no = t.make_up_of_no
        left join fulfilment_events e on e.resident_id = t.resident_id and e.task_no = t.no`),
    ).toEqual({ counted_twice: 0, done_without_service: 0, service_without_task: 0 });
  });

  test('the family doctor’s readings are in the access log of the resident they were about', async () => {
    const query = `query ($id: ID!) { resident(id: $id) {
      followUps { nodes { at by { id } } }
      accessLog(orderBy: [{ field: at, direction: ASC }]) { nodes { at actorId role purpose decision hashPrev } }
    } }`;
    const { data, errors } = await ask(subgraph, query, { id: wang });
    expect(errors).toBeUndefined();
    const { followUps, accessLog } = parts(data);
    expect(accessLog.nodes.map(({ at, actorId }) => ({ at, by: { id: actorId } }))).toEqual(
      followUps.nodes.toSorted((a, b) => a.at.localeCompare(b.at)),
    );
    expect(accessLog.nodes[0]).toMatchObject({ decision: 'PERMIT', hashPrev: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test('every referral has a consent of its own, which the referral names', async () => {
    const given = [...region.residents('pei')].flatMap((resident) => {
      const { consents, referrals } = region.history(resident);
      return referrals.map(({ no }) => consents.filter(({ referralNo }) => referralNo === no).map((one) => one.no));
    });
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter((rows) => rows.length !== 1)).toEqual([]);
    const stored = await numbers("select count(*)::integer as stored from consents where purpose = 'TREATMENT'");
    expect(stored).toEqual({ stored: given.length });
  });

  test('sessions hold no more tasks than they have places', async () => {
    expect(
      await numbers(`select count(*) filter (where assigned > capacity)::integer as overfull,
        (sum(assigned) - (select count(*) from fulfilment_tasks where session_id is not null))::integer as difference
        from centralised_sessions`),
    ).toEqual({ overfull: 0, difference: 0 });
  });

  test('every follow-up after discharge says until when it is in time', async () => {
    expect(
      await numbers(`select count(*) > 0 as some, count(*) filter (where due_by is null)::integer as without
        from follow_ups where kind = 'DISCHARGE'`),
    ).toEqual({ some: true, without: 0 });
  });

  test('sessions hold residents of their own type only', async () => {
    expect(
      await numbers(`select count(*) filter (where s.resident_type <> r.resident_type)::integer as wrong,
          count(distinct s.resident_type)::integer as types
        from fulfilment_tasks t join residents r on r.id = t.resident_id join centralised_sessions s on s.id = t.session_id`),
    ).toEqual({ wrong: 0, types: 2 });
  });

  test('the catalogue has the sixty core and the fifty-two extended indicators', async () => {
    expect(
      await numbers(
        'select count(*)::integer as indicators, count(*) filter (where core)::integer as core from indicator_definitions',
      ),
    ).toEqual({ indicators: 112, core: 60 });
  });

  test('a snapshot of the county agrees with the rows', async () => {
    const rows = await numbers(`select
        (select count(*) from residents where status <> 'MOVED' and (death_date is null or death_date > '2024-12-31'))::integer as resident_population,
        (select count(distinct resident_id) from chronic_enrollments where disease = 'HTN')::integer as htn_managed,
        (select count(*) from fulfilment_tasks where counted and status = 'DONE' and due_to between '2024-01-01' and '2024-12-31')::integer as fulfilled`);
    const snapshot = await numbers(`select resident_population, htn_managed, fulfilled from indicator_snapshots
        where subject_type = 'REGION' and subject_id = '320322' and period = '2024'`);
    expect(snapshot).toEqual(rows);
  });

  test('the same region gives the same rows again, in every table', async () => {
    const again = await createTestDatabase(inject('databaseServer'), { migrations, max: 1 });
    await fill(again);
    expect(await tableChecksums(again.sql, sampleKeys)).toEqual(await tableChecksums(database.sql, sampleKeys));
    await again.close();
  }, 120_000);
});
