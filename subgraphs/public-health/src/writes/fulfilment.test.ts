import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { createElders, examOf, hospital, tasksOf } from '../sample-elders.ts';
import { doctor, inApp, on, openWriting, stranger, type Answer, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  await writing.database
    .sql`update service_packages set items = jsonb_set(items, '{0,itemClass}', '"EXAM"') where code = 'ELDERLY'`;
});
afterAll(() => writing.database.close());

const write = (name: string, input: object, select: string, asking: Asking = doctor): Promise<Answer> =>
  writing.write(name, input, { select, ...asking });
const errorsOf = async (name: string, input: object, asking: Asking = doctor): Promise<unknown> =>
  (await writing.write(name, input, asking))['errors'];

const elders = createElders(() => writing);

const session = {
  institutionId: 'in_TOWN',
  regionCode: '320322100',
  residentType: '1',
  start: '2024-07-01T08:00:00+08:00',
  end: '2024-07-01T12:00:00+08:00',
  capacity: 100,
  items: ['EX'],
};
const schedule = async (change: object, day = '2024-06-20'): Promise<Answer> =>
  write(
    'scheduleCentralisedSession',
    { ...session, ...change },
    'centralisedSession { id assigned served closedAt }',
    on(day, hospital),
  );

const done = { place: 'HOSPITAL', evidence: [{ kind: 'SIGNATURE', value: 'sha256:1' }], residentConfirmed: true };
const record = (input: object, asking: Asking = doctor): Promise<Answer> =>
  write(
    'recordFulfilment',
    { ...done, ...input },
    'fulfilmentEvent { id at by { id } place mode task { status } }',
    asking,
  );

describe('a centralised session', () => {
  test('is filled by kind of residence and town up to its capacity, by village and resident, and who does not come gets a make-up', async () => {
    const near = await elders(3, '2024-06-01', { regionCode: '320322100201' });
    const far = await elders(2, '2024-06-01', { regionCode: '320322100202' });
    const [guest = ''] = await elders(1, '2024-06-01', { residentType: '2' });
    const answer = await schedule({ capacity: 4 });
    const { id } = Object(answer['centralisedSession']);
    expect(answer).toMatchObject({ errors: [], centralisedSession: { assigned: 4, served: 0, closedAt: null } });
    const inSession = async (residentId: string) => Object(await examOf(writing, residentId)).session?.id === id;
    expect(await Promise.all([...near, ...far, guest].map(inSession))).toEqual([true, true, true, true, false, false]);
    expect((await writing.changesOf(id)).at(0)).toMatchObject(['CREATED', { assigned: 4, served: 0 }]);

    const [came = '', stayed = '', elsewhere = ''] = near;
    const taskId = (await examOf(writing, came)).id;
    expect(await errorsOf('createMakeUpTasks', { sessionId: id }, on('2024-07-01', hospital))).toEqual([
      'INVALID_TRANSITION sessionId',
    ]);
    expect(await record({ taskId, at: '2024-07-01T08:30:00+08:00' }, on('2024-07-01', doctor))).toMatchObject({
      errors: [],
      fulfilmentEvent: { by: { id: 'pr_DOCTOR' }, mode: 'CENTRALISED', task: { status: 'DONE' } },
    });
    const individually = { taskId: (await examOf(writing, elsewhere)).id, mode: 'INDIVIDUAL', place: 'CLINIC' };
    expect((await record(individually, on('2024-06-25', doctor)))['errors']).toEqual([]);

    const closing = 'centralisedSession { assigned served closedAt }';
    expect(await errorsOf('createMakeUpTasks', { sessionId: id }, stranger)).toEqual(['FORBIDDEN sessionId']);
    expect(await write('createMakeUpTasks', { sessionId: id }, closing, on('2024-07-02', hospital))).toMatchObject({
      errors: [],
      centralisedSession: { assigned: 3, served: 1, closedAt: '2024-07-02T09:00:00+08:00' },
    });
    expect(await errorsOf('createMakeUpTasks', { sessionId: id }, on('2024-07-02', hospital))).toEqual([
      'INVALID_TRANSITION sessionId',
    ]);
    const missed = await tasksOf(writing, stayed, 'EX');
    expect(missed).toMatchObject([
      { status: 'PLANNED', mode: 'TEAM', dueFrom: '2024-07-02', dueTo: '2024-07-31', makeUpOf: { status: 'MAKE_UP' } },
      { status: 'MAKE_UP', mode: 'CENTRALISED' },
    ]);
    const makeUp = missed[0]?.id ?? '';
    expect((await record({ taskId: makeUp, place: 'CLINIC' }, on('2024-07-20', doctor)))['errors']).toEqual([]);
    expect((await tasksOf(writing, stayed, 'EX')).map(({ status }) => status)).toEqual(['DONE', 'MISSED']);
  });

  test('is the hospital’s own, in its town, in the future and on one day', async () => {
    const errors = async (change: object, asking: Asking = hospital) =>
      errorsOf(
        'scheduleCentralisedSession',
        { ...session, ...change },
        { businessTime: '2024-06-20T09:00:00+08:00', ...asking },
      );
    expect(await errors({}, stranger)).toEqual(['FORBIDDEN institutionId']);
    expect(await errors({ institutionId: 'in_NONE' })).toEqual(['NOT_FOUND institutionId', 'FORBIDDEN institutionId']);
    const wrong = {
      regionCode: '320322104',
      residentType: '3',
      start: '2024-06-19T08:00:00+08:00',
      capacity: 0,
      items: [],
    };
    expect(await errors(wrong)).toEqual([
      'VALIDATION_FAILED regionCode',
      'VALIDATION_FAILED residentType',
      'VALIDATION_FAILED start',
      'VALIDATION_FAILED end',
      'VALIDATION_FAILED capacity',
      'VALIDATION_FAILED items',
    ]);
  });

  test('of two that are arranged at the same moment no task is in both', async () => {
    await elders(6, '2024-06-01', { regionCode: '320322100203' });
    const answers = await Promise.all([
      schedule({ regionCode: '320322100203' }),
      schedule({ regionCode: '320322100203' }),
    ]);
    const assigned = answers.map((answer) => Number(Object(answer['centralisedSession']).assigned));
    expect(assigned.reduce((sum, one) => sum + one, 0)).toBe(6);
  });
});

describe('a service', () => {
  test('is recorded by the team in the window of its task, once, with proof, where it can be done', async () => {
    const [residentId = ''] = await elders(1, '2024-06-01');
    const { id: taskId } = await examOf(writing, residentId);
    const errors = async (input: object, asking: Asking = doctor) =>
      (await record({ taskId, ...input }, asking))['errors'];
    expect(await errors({}, stranger)).toEqual(['FORBIDDEN taskId']);
    expect(await errors({}, inApp(residentId))).toEqual(['FORBIDDEN taskId']);
    expect(await errors({ taskId: 'ft_NONE' })).toEqual(['NOT_FOUND taskId']);
    expect(await errors({ place: 'ONLINE', mode: 'INDIVIDUAL' })).toEqual(['VALIDATION_FAILED place']);
    const wrong = {
      at: '2025-01-01T08:00:00+08:00',
      byId: 'pr_OTHER',
      place: 'CARE_HOME',
      evidence: [],
      encounterId: 'en_0_1',
    };
    expect(await errors(wrong)).toEqual([
      'VALIDATION_FAILED byId',
      'VALIDATION_FAILED at',
      'VALIDATION_FAILED place',
      'VALIDATION_FAILED evidence',
      'NOT_FOUND encounterId',
    ]);
    expect(await errors({}, hospital)).toEqual(['VALIDATION_FAILED byId']);
    expect(await errors({ at: '2024-05-31T08:00:00+08:00' })).toEqual(['VALIDATION_FAILED at']);
    const input = { taskId, byId: 'pr_VILLAGE', place: 'HOME', mode: 'HOME', idempotencyKey: 'service' };
    const first = await record(input, hospital);
    expect(first).toMatchObject({
      errors: [],
      fulfilmentEvent: { by: { id: 'pr_VILLAGE' }, place: 'HOME', mode: 'HOME' },
    });
    expect(await record(input, hospital)).toEqual(first);
    expect(await errors({})).toEqual(['INVALID_TRANSITION taskId']);
  });

  test('may be waived by the resident or the team with a reason, and does not count then', async () => {
    const [residentId = ''] = await elders(1, '2024-06-01');
    const { id: taskId } = await examOf(writing, residentId);
    const waive = (input: object, asking?: Asking) => errorsOf('waiveTask', { taskId, ...input }, asking);
    expect(await waive({ reason: '外地体检' }, stranger)).toEqual(['FORBIDDEN taskId']);
    expect(await waive({ reason: ' ' })).toEqual(['VALIDATION_FAILED reason']);
    expect(await waive({ reason: '外地体检', version: 9 })).toEqual(['VERSION_CONFLICT version']);
    expect(await waive({ reason: '外地体检' }, inApp(residentId))).toEqual([]);
    expect(await waive({ reason: '外地体检' })).toEqual(['INVALID_TRANSITION taskId']);
    expect(await tasksOf(writing, residentId, 'EX')).toMatchObject([{ status: 'WAIVED', waivedReason: '外地体检' }]);
    const query = `{ _entities(representations: [{ __typename: "FulfilmentTask", id: "${taskId}" }]) {
      ... on FulfilmentTask { history { from to reason } } } }`;
    expect(await writing.read(query)).toEqual({
      _entities: [{ history: [{ from: 'PLANNED', to: 'WAIVED', reason: '外地体检' }] }],
    });
  });

  test('not done by its last day is missed: made up for where a session should have been, else for good', async () => {
    const [residentId = ''] = await elders(1, '2023-06-01');
    await writing.subgraph.runJob('closeTasks', '2023-09-01T03:00:00+08:00');
    expect(await tasksOf(writing, residentId, 'BP')).toMatchObject([
      { status: 'MISSED', dueTo: '2023-08-30' },
      { status: 'PLANNED' },
      { status: 'PLANNED' },
      { status: 'PLANNED' },
    ]);
    await writing.subgraph.runJob('closeTasks', '2023-12-01T03:00:00+08:00');
    const events = await tasksOf(writing, residentId, 'HE');
    expect(events.map(({ status, mode }) => [status, mode])).toEqual([
      ['MAKE_UP', 'CENTRALISED'],
      ['PLANNED', 'TEAM'],
      ['PLANNED', 'CENTRALISED'],
    ]);
    await writing.subgraph.runJob('closeTasks', '2024-01-01T03:00:00+08:00');
    expect((await tasksOf(writing, residentId, 'HE')).map(({ status }) => status)).toEqual([
      'MISSED',
      'MISSED',
      'PLANNED',
    ]);
  });

  test('TV-60 of 20 required tasks 15 done, 3 made up for, 1 waived and 1 missed make 94.74 %; gaps and dashboard say the same', async () => {
    await writing.database
      .sql`insert into team_projections (id, institution_id, guidance_group_id, capacity, members, seq)
      select 'tm_RATE', 'in_RATE', guidance_group_id, 2000, members, 0 from team_projections where id = 'tm_ONE'`;
    await writing.database.sql`insert into institution_projections (id, tier, level, status, region_code, seq)
      values ('in_RATE', 'TOWNSHIP', 'L1', 'ACTIVE', '320322104', 0)`;
    const rateHospital: Asking = { caller: { role: 'INST_ADMIN', kind: 'PERSON', institutionId: 'in_RATE' } };
    const ids = Array.from({ length: 20 }, (_, index) => `rs_R${String(index).padStart(11, '0')}`);
    const home = { birthDate: '1950-01-01', regionCode: '320322104200', servingInstitutionId: 'in_RATE' };
    await writing.addResidents(...ids.map((id) => ({ id, ...home })));
    const rows = ids.map((residentId) => ({ residentId, packageCodes: ['ELDERLY'] }));
    await writing.write(
      'signContracts',
      { teamId: 'tm_RATE', familyDoctorId: 'pr_DOCTOR', rows },
      on('2024-01-02', rateHospital),
    );
    const place = { institutionId: 'in_RATE', regionCode: '320322104' };
    const day = { start: '2024-03-01T08:00:00+08:00', end: '2024-03-01T17:00:00+08:00' };
    await write('scheduleCentralisedSession', { ...session, ...place, ...day }, '', on('2024-02-01', rateHospital));
    const [waiver = '', ...others] = ids;
    await errorsOf(
      'waiveTask',
      { taskId: (await examOf(writing, waiver)).id, reason: '拒绝' },
      on('2024-02-02', rateHospital),
    );
    for (const residentId of others.slice(0, 15)) {
      const input = {
        taskId: (await examOf(writing, residentId)).id,
        at: '2024-03-01T09:00:00+08:00',
        byId: 'pr_DOCTOR',
      };
      expect((await record(input, on('2024-03-01', rateHospital)))['errors']).toEqual([]);
    }
    await writing.subgraph.runJob('closeTasks', '2024-03-02T03:00:00+08:00');
    for (const residentId of others.slice(15, 18)) {
      const input = { taskId: (await examOf(writing, residentId)).id, place: 'CLINIC', byId: 'pr_DOCTOR' };
      expect((await record(input, on('2024-03-20', rateHospital)))['errors']).toEqual([]);
    }
    await writing.subgraph.runJob('closeTasks', '2024-04-02T03:00:00+08:00');
    await writing.database.sql`delete from fulfilment_tasks where team_id = 'tm_RATE' and item_code <> 'EX'`;
    await writing.database
      .sql`update fulfilment_tasks set due_to = '2024-06-30' where team_id = 'tm_RATE' and due_to > '2024-06-30'`;
    const query = `{ fulfilmentGaps(subjectId: "tm_RATE") { item { code } due missing residents }
      contractDashboard(subjectType: INSTITUTION, subjectId: "in_RATE") { contracts fulfilmentRate residentPopulation } }`;
    expect(await writing.read(query)).toEqual({
      fulfilmentGaps: [{ item: { code: 'EX' }, due: 19, missing: 1, residents: 1 }],
      contractDashboard: { contracts: 20, fulfilmentRate: '94.74', residentPopulation: 20 },
    });
  });

  test('of a plan that is incomplete is planned again; a contract not in force has no plan to make', async () => {
    const [residentId = ''] = await elders(1, '2024-06-01');
    const contractId = `ct_${residentId.slice(3)}_1`;
    await writing.database.sql`delete from fulfilment_tasks where resident_id = ${residentId} and item_code = 'BP'`;
    const select = 'fulfilmentPlan { year tasks { id } }';
    const made = await write('generateFulfilmentPlan', { contractId }, select);
    expect(Object(made['fulfilmentPlan'])).toMatchObject({ year: 2024, tasks: { length: 7 } });
    const again = await write('generateFulfilmentPlan', { contractId }, select);
    expect(again).toEqual(made);
    expect(await errorsOf('generateFulfilmentPlan', { contractId }, stranger)).toEqual(['FORBIDDEN contractId']);
    await errorsOf('suspendContract', { id: contractId, reason: '外出' });
    expect(await errorsOf('generateFulfilmentPlan', { contractId })).toEqual(['INVALID_TRANSITION contractId']);
  });
});
