import { personaIds } from '@hutong/gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { citizenNumber } from '../citizen-number.ts';
import { databaseOf, importResidents, startJourney, type Journey, type Traveller } from './journey.ts';

let journey: Journey;
beforeAll(async () => {
  // What time does to tasks is done here by the hospital, at the moments the story names.
  journey = await startJourney({ background: false });
});
afterAll(() => journey.close());

const { in_pei_longgu: town, pr_demo_gp: familyDoctorId, rs_demo_wang: wang } = personaIds;

/** Villagers of the story: the first are elders, and half of all come to the session. */
const people = { all: 1000, elders: 400, attending: 500, madeUp: 20 };

test('a village signs 1,000 residents in a day, half attend the session, and every figure says so to the digit', async () => {
  const doctor = journey.as('family-doctor');
  const village = await emptyVillage();
  const residentIds = await register(village);
  const { teamId, signing, byWang } = await signingOf(doctor, residentIds);
  expect(signing).toMatchObject({ ok: true, errors: [], signed: people.all });
  expect(byWang).toEqual(['ALREADY_CONTRACTED']);
  const atSigning = {
    residentPopulation: 1000,
    contracts: 1000,
    contractRate: '100.00',
    focusResidents: 400,
    focusContracts: 400,
    tasksDue: 0,
    tasksDone: 0,
    fulfilmentRate: null,
  };
  expect(await dashboard(village, '2024-12-31')).toMatchObject({
    ...atSigning,
    packages: expect.arrayContaining([
      { kind: 'PUBLIC_HEALTH', contracts: 1000 },
      { kind: 'ELDERLY', contracts: 400 },
    ]),
  });

  // Everybody is called to the hall of the village; 500 come.
  const session = await scheduleSession(doctor, village);
  expect(session).toMatchObject({ assigned: 1000, served: 0 });
  journey.travelTo('2025-03-10T11:00:00+08:00');
  const tasks = await openTasks(doctor, { session: session.id });
  expect(tasks).toHaveLength(people.all);
  await inParallel(tasks.slice(0, people.attending), (taskId) => serve(doctor, taskId, 'HOSPITAL'));

  // Who did not come is the team's to make up for, within thirty days.
  journey.travelTo('2025-03-10T17:30:00+08:00');
  const closing = await doctor.does(
    'createMakeUpTasks',
    { sessionId: session.id },
    'centralisedSession { assigned served closedAt }',
  );
  expect(closing['centralisedSession']).toEqual({
    assigned: 1000,
    served: 500,
    closedAt: '2025-03-10T17:30:00+08:00',
  });
  const makeUps = await openTasks(doctor, { team: teamId, dueTo: '2025-04-09' });
  expect(makeUps).toHaveLength(people.all - people.attending);
  journey.travelTo('2025-03-20T10:00:00+08:00');
  await inParallel(makeUps.slice(0, people.madeUp), (taskId) => serve(doctor, taskId, 'CLINIC'));

  // On the last day of the make-ups these are due, 20 of 500; at the year's end all that was promised: 3 services to each, 3 more to elders.
  expect(await dashboard(village, '2025-04-08')).toMatchObject({ ...atSigning, focusResidents: 400 });
  expect(await dashboard(village, '2025-04-09')).toMatchObject({
    tasksDue: 500,
    tasksDone: 20,
    fulfilmentRate: '4.00',
  });
  expect(await dashboard(village, '2025-12-30')).toMatchObject({
    tasksDue: 4200,
    tasksDone: 520,
    fulfilmentRate: '12.38',
  });
}, 120_000);

/** A village of the doctor's town where nobody lives yet. */
async function emptyVillage(): Promise<string> {
  const { institution } = await journey
    .as('health-commission')
    .asks(`{ institution(id: "${town}") { region { code } } }`);
  const townCode = String(Object(institution).region.code).slice(0, 9);
  const [village] = await databaseOf(journey.databases, 'public-health').sql<{ code: string }[]>`
    select code from divisions d
    where code like ${`${townCode}%`} and length(code) = 12
      and not exists (select from residents r where r.region_code = d.code) order by code limit 1`;
  if (village === undefined) throw new TypeError('every village of the town has residents');
  return village.code;
}

/** Takes the villagers in from a file, as a region brings its own. */
async function register(village: string): Promise<readonly string[]> {
  const head = '居民主索引,证件号码,姓名,性别,出生日期,户籍区划,现住区划,常住类型,重点人群,服务机构';
  const rows = Array.from({ length: people.all }, (_, index) => rowOf(index, village));
  const summary = await importResidents(journey, [head, ...rows]);
  expect(summary).toMatchObject({ created: people.all, rejected: 0 });
  return Array.from({ length: people.all }, (_, index) => idOf(index));
}

function idOf(index: number): string {
  return `rs_V${String(index).padStart(11, '0')}`;
}

function rowOf(index: number, village: string): string {
  const [born, group] = index < people.elders ? ['1950-05-05', 'ELDERLY'] : ['1985-05-05', ''];
  const sex = index % 2 === 1 ? 1 : 2;
  const number = citizenNumber(born, index < people.elders ? index : index - people.elders);
  return `${idOf(index)},${number},村民${index},${sex},${born},${village},${village},1,${group},${town}`;
}

/** The team that has Mr Wang signs the whole list at once; sent again, it is the same signing. */
async function signingOf(doctor: Traveller, residentIds: readonly string[]) {
  const { resident } = await doctor.asks(`{ resident(id: "${wang}") { contract { team { id } } } }`);
  const teamId: string = Object(resident).contract.team.id;
  const rowsOf = (ids: readonly string[]) =>
    ids.map((residentId, index) => ({ residentId, packageCodes: index < people.elders ? ['PK-ELDERLY'] : [] }));
  const input = { teamId, familyDoctorId, rows: rowsOf(residentIds), idempotencyKey: 'signing day' };
  const send = async (change: object = {}) => {
    const answer = await doctor.sends('signContracts', { ...input, ...change }, 'signed results { errors { code } }');
    return Object(answer.data).told;
  };
  const signing = await send();
  expect(await send()).toEqual(signing);
  const again = await send({ rows: [{ residentId: wang }], idempotencyKey: 'once more' });
  expect(again.signed).toBe(0);
  return { teamId, signing, byWang: again.results[0].errors.map(({ code }: { code: string }) => code) };
}

async function scheduleSession(doctor: Traveller, village: string): Promise<{ readonly id: string }> {
  const { centralisedSession } = await doctor.does(
    'scheduleCentralisedSession',
    {
      institutionId: town,
      regionCode: village,
      residentType: '1',
      start: '2025-03-10T08:00:00+08:00',
      end: '2025-03-10T17:00:00+08:00',
      capacity: 1200,
      items: ['PH-RECORD'],
    },
    'centralisedSession { id assigned served }',
  );
  return Object(centralisedSession);
}

/** Ids of tasks that are still to be done, of a session, or of a team with their last day. */
async function openTasks(
  doctor: Traveller,
  of: { readonly session: string } | { readonly team: string; readonly dueTo: string },
): Promise<readonly string[]> {
  const where =
    'session' in of
      ? { sessionId: { eq: of.session }, status: { eq: 'PLANNED' } }
      : { teamId: { eq: of.team }, dueTo: { eq: of.dueTo }, status: { eq: 'PLANNED' } };
  const query = `query ($where: FulfilmentTaskFilter, $after: String) {
    fulfilmentTasks(where: $where, first: 200, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
  const ids: string[] = [];
  for (let after: string | null = null; ;) {
    const { fulfilmentTasks } = await doctor.asks(query, { where, after });
    const { nodes, pageInfo } = Object(fulfilmentTasks);
    ids.push(...nodes.map(({ id }: { id: string }) => id));
    if (!pageInfo.hasNextPage) return ids;
    after = pageInfo.endCursor;
  }
}

async function serve(doctor: Traveller, taskId: string, place: string): Promise<void> {
  const evidence = [{ kind: 'SIGNATURE', value: `sha256:${taskId}` }];
  const input = { taskId, place, evidence, residentConfirmed: true };
  await doctor.does('recordFulfilment', input, 'fulfilmentEvent { task { status } }');
}

/** Some at a time, as a hall with eight desks. */
async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const desk = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: 8 }, desk));
}

async function dashboard(village: string, at: string): Promise<unknown> {
  const { contractDashboard } = await journey.as('health-commission').asks(
    `{ contractDashboard(subjectType: REGION, subjectId: "${village}", at: "${at}") {
      residentPopulation contracts contractRate focusResidents focusContracts packages { kind contracts }
      tasksDue tasksDone fulfilmentRate } }`,
  );
  return contractDashboard;
}
