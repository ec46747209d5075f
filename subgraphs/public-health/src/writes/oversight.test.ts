import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { commission, hospital } from '../sample-elders.ts';
import { sampleResidents } from '../sample-residents.ts';
import { doctor, inApp, on, openWriting, stranger, type Answer, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
});
afterAll(() => writing.database.close());

const wang = inApp(sampleResidents.wang);
const write = (name: string, input: object, select: string, asking: Asking): Promise<Answer> =>
  writing.write(name, input, { select, ...asking });
const errorsOf = async (name: string, input: object, asking: Asking): Promise<unknown> =>
  (await writing.write(name, input, asking))['errors'];

const words = '等候两小时无人接待';
const about = { subjectType: 'INSTITUTION', subjectId: 'in_TOWN', category: 'ATTITUDE', text: words };

async function filed(input: object = {}, asking: Asking = on('2024-06-01', wang)): Promise<string> {
  const { errors, complaint } = await write('fileComplaint', { ...about, ...input }, 'complaint { id }', asking);
  expect(errors).toEqual([]);
  return Object(complaint).id;
}

async function seen(id: string, asking: Asking): Promise<unknown> {
  const query = `{ _entities(representations: [{ __typename: "Complaint", id: "${id}" }]) { ... on Complaint { text result filedBy { id } } } }`;
  return Object(await writing.read(query, asking))._entities[0];
}

/** Complaints due and resolved in time in June, as the snapshots of the place count them. */
async function counted(): Promise<unknown> {
  const rows = await writing.database
    .sql`select subject_type, period, complaints_due as due, complaints_resolved as resolved
    from indicator_snapshots where period in ('2024-06', '2024') order by period desc, subject_type`;
  return rows.map((row) => [row['subject_type'], row['period'], row['due'], row['resolved']]);
}

describe('a complaint', () => {
  test('is due in 15 days, its words are for who filed and who handles it, and the change log has none of them', async () => {
    const select = 'complaint { id status filedAt dueAt anonymous institution { id } version }';
    const { errors, complaint } = await write('fileComplaint', about, select, on('2024-06-01', wang));
    expect([errors, complaint]).toEqual([
      [],
      {
        id: expect.any(String),
        status: 'FILED',
        filedAt: '2024-06-01T09:00:00+08:00',
        dueAt: '2024-06-16T09:00:00+08:00',
        anonymous: false,
        institution: { id: 'in_TOWN' },
        version: 1,
      },
    ]);
    const { id } = Object(complaint);
    const whole = { text: words, result: null, filedBy: { id: sampleResidents.wang } };
    expect([await seen(id, wang), await seen(id, hospital), await seen(id, commission)]).toEqual([whole, whole, whole]);
    const nothing = { text: null, result: null, filedBy: null };
    expect([await seen(id, doctor), await seen(id, stranger)]).toEqual([nothing, nothing]);
    expect(JSON.stringify(await writing.changesOf(id))).not.toContain(words);
    const [stored] = await writing.database.sql`select text from complaints where id = ${id}`;
    expect(String(stored?.['text'])).not.toContain(words);
  });

  test('that is anonymous keeps nobody', async () => {
    const id = await filed({ anonymous: true });
    const [stored] = await writing.database.sql`select filed_by_id from complaints where id = ${id}`;
    expect(stored?.['filed_by_id']).toBeNull();
    expect(await seen(id, wang)).toEqual({ text: null, result: null, filedBy: null });
  });

  test('is taken up and resolved by the institution or the commission, which alone rejects; each step is in its history', async () => {
    const id = await filed();
    const step = (name: string, more: object = {}, asking: Asking = hospital) =>
      errorsOf('resolveComplaint', { id, step: name, ...more }, on('2024-06-05', asking));
    expect(await step('TAKE_UP', {}, stranger)).toEqual(['FORBIDDEN id']);
    expect(await step('TAKE_UP', {}, doctor)).toEqual(['FORBIDDEN id']);
    expect(await step('REJECT', { result: '不属实' })).toEqual(['FORBIDDEN step']);
    expect(await step('RESOLVE')).toEqual(['VALIDATION_FAILED result']);
    expect(await step('TAKE_UP', { version: 2 })).toEqual(['VERSION_CONFLICT version']);
    expect(await step('TAKE_UP')).toEqual([]);
    expect(await step('REJECT', { result: '不属实' }, commission)).toEqual(['INVALID_TRANSITION step']);
    const select = 'complaint { status resolvedAt result history { from to } }';
    const resolve = { id, step: 'RESOLVE', result: '已道歉并增设导诊' };
    expect((await write('resolveComplaint', resolve, select, on('2024-06-08', hospital)))['complaint']).toEqual({
      status: 'RESOLVED',
      resolvedAt: '2024-06-08T09:00:00+08:00',
      result: '已道歉并增设导诊',
      history: [
        { from: null, to: 'FILED' },
        { from: 'FILED', to: 'IN_PROGRESS' },
        { from: 'IN_PROGRESS', to: 'RESOLVED' },
      ],
    });
    expect(await step('RESOLVE', { result: '再次' })).toEqual(['INVALID_TRANSITION step']);
  });

  test('of a subject that is not there, of somebody else’s contract, or by who may not complain, is refused', async () => {
    const errors = (change: object, asking: Asking = wang) =>
      errorsOf('fileComplaint', { ...about, ...change }, asking);
    expect(await errors({ subjectId: 'in_NONE', text: ' ' })).toEqual(['NOT_FOUND subjectId']);
    expect(await errors({ text: ' ' })).toEqual(['VALIDATION_FAILED text']);
    const contract = { subjectType: 'CONTRACT', subjectId: 'ct_0000000000WA_2' };
    expect(await errors(contract, inApp('rs_0000000000K1'))).toEqual(['NOT_FOUND subjectId']);
    expect(await errors(contract)).toEqual([]);
    expect(await errors({ subjectType: 'TEAM', subjectId: 'tm_ONE' })).toEqual([]);
    expect(await errors({ subjectType: 'ALLIANCE', subjectId: 'al_ONE' })).toEqual([]);
    expect(await errors({ subjectType: 'PRACTITIONER', subjectId: 'pr_DOCTOR' })).toEqual([]);
    expect(await errors({}, { caller: { role: 'BI', kind: 'CLIENT' } })).toEqual(['FORBIDDEN']);
  });

  test('that is late becomes overdue by time and no longer counts as resolved in time; what is rejected does not count', async () => {
    const { sql } = writing.database;
    await sql`delete from complaints`;
    await sql`insert into indicator_snapshots (subject_type, subject_id, period_type, period)
      values ('INSTITUTION', 'in_TOWN', 'MONTH', '2024-06'), ('REGION', '320322', 'MONTH', '2024-06')`;
    const [late, timely, rejected] = [await filed(), await filed(), await filed()];
    const resolve = (id: string, step: string, day: string) =>
      errorsOf('resolveComplaint', { id, step, result: '已办结' }, on(day, commission));
    expect(await resolve(timely, 'RESOLVE', '2024-06-10')).toEqual([]);
    expect(await resolve(rejected, 'REJECT', '2024-06-10')).toEqual([]);
    await writing.subgraph.runJob('noteOverdue', '2024-06-16T09:00:00+08:00');
    expect([...(await sql`select status from complaints where id = ${late}`)]).toEqual([{ status: 'FILED' }]);
    await writing.subgraph.runJob('noteOverdue', '2024-06-16T09:00:01+08:00');
    expect([...(await sql`select status from complaints where id = ${late}`)]).toEqual([{ status: 'OVERDUE' }]);
    const june = [
      ['INSTITUTION', '2024-06', 2, 1],
      ['REGION', '2024-06', 2, 1],
      ['ALLIANCE', '2024', 2, 1],
      ['REGION', '2024', 2, 1],
    ];
    expect(await counted()).toEqual(june);
    expect(await resolve(late, 'RESOLVE', '2024-06-20')).toEqual([]);
    expect(await counted()).toEqual(june);
  });
});

const visit = {
  scope: 'SHARING',
  regionCode: '320322',
  institutionId: 'in_TOWN',
  at: '2024-09-02T09:00:00+08:00',
  teamSize: 4,
  unannounced: true,
  visitedHouseholds: 12,
  findings: '设备未共享',
  advice: '开放预约',
  rectifyBy: '2024-09-30',
};

describe('an inspection', () => {
  test('sets a deadline, is reported, followed up, sent back, overdue by time, and closed', async () => {
    const select = 'inspection { id status rectifyBy institution { id } }';
    const { errors, inspection } = await write('recordInspection', visit, select, on('2024-09-03', commission));
    expect([errors, inspection]).toEqual([
      [],
      { id: expect.any(String), status: 'RECTIFYING', rectifyBy: '2024-09-30', institution: { id: 'in_TOWN' } },
    ]);
    const { id } = Object(inspection);
    const report = (day: string, asking: Asking = hospital) =>
      errorsOf('rectifyInspection', { id, rectification: '已开放' }, on(day, asking));
    const followUp = (more: object, asking: Asking = commission) =>
      errorsOf('followUpInspection', { id, followUp: '现场复查', ...more }, on('2024-09-25', asking));
    expect(await report('2024-09-20', stranger)).toEqual(['FORBIDDEN id']);
    expect(await followUp({ accepted: true })).toEqual(['INVALID_TRANSITION id']);
    expect(await report('2024-09-20')).toEqual([]);
    expect(await followUp({ accepted: false })).toEqual(['VALIDATION_FAILED rectifyBy']);
    expect(await followUp({ accepted: true }, hospital)).toEqual(['FORBIDDEN id']);
    expect(await followUp({ accepted: false, rectifyBy: '2024-10-10' })).toEqual([]);
    await writing.subgraph.runJob('noteOverdue', '2024-10-11T00:10:00+08:00');
    expect(await report('2024-10-12')).toEqual([]);
    expect(await followUp({ accepted: true })).toEqual([]);
    const query = `{ inspections(where: { institutionId: { eq: "in_TOWN" }, scope: { eq: SHARING } }) { nodes {
      status rectification followUp history { from to } } } }`;
    expect(Object(await writing.read(query)).inspections.nodes).toEqual([
      {
        status: 'CLOSED',
        rectification: '已开放',
        followUp: '现场复查',
        history: ['RECTIFYING', 'RECTIFIED', 'RECTIFYING', 'OVERDUE', 'RECTIFIED', 'CLOSED'].map((to, index, all) => ({
          from: all[index - 1] ?? null,
          to,
        })),
      },
    ]);
  });

  test('is refused to others, in the future, for institutions elsewhere, and with a deadline without findings', async () => {
    const errors = (change: object, asking: Asking = commission) =>
      errorsOf('recordInspection', { ...visit, ...change }, on('2024-09-03', asking));
    expect(await errors({}, hospital)).toEqual(['FORBIDDEN regionCode']);
    expect(await errors({ regionCode: '320381' })).toEqual(['FORBIDDEN regionCode']);
    const wrong = {
      at: '2024-09-03T09:00:01+08:00',
      institutionId: 'in_NONE',
      teamSize: 0,
      findings: null,
      rectifyBy: '2024-09-02',
    };
    expect(await errors(wrong)).toEqual([
      'NOT_FOUND institutionId',
      'VALIDATION_FAILED at',
      'VALIDATION_FAILED teamSize',
      'VALIDATION_FAILED rectifyBy',
      'VALIDATION_FAILED findings',
    ]);
    expect(await errors({ institutionId: null, rectifyBy: null, findings: null })).toEqual([]);
  });
});

const plan = {
  title: '号源下沉工作方案',
  regionCode: '320322',
  workingGroup: ['HEALTH', 'FINANCE'],
  phases: [{ phase: 'PREPARATION', from: '2024-03-01' }, { phase: 'ADVANCE' }],
  tasks: [{ department: 'FINANCE', goal: '落实经费', due: '2024-06-30' }],
};

describe('a programme', () => {
  test('goes on phase by phase once its reviews accept it, and tasks are overdue by time', async () => {
    const select = 'programme { id phase phases { phase from to } tasks { id status due } version }';
    const made = await write('upsertProgramme', plan, select, on('2024-03-01', commission));
    expect(made).toMatchObject({
      errors: [],
      programme: {
        phase: 'PREPARATION',
        phases: [
          { phase: 'PREPARATION', from: '2024-03-01', to: null },
          { phase: 'ADVANCE', from: null, to: null },
        ],
        tasks: [{ status: 'OPEN', due: '2024-06-30' }],
        version: 1,
      },
    });
    const { id, tasks } = Object(made['programme']);
    const review = (kind: string, more: object = {}, asking: Asking = commission) =>
      errorsOf(
        'reviewProgramme',
        { programmeId: id, kind, opinion: '可行', accepted: true, ...more },
        on('2024-03-20', asking),
      );
    const change = (more: object, asking: Asking = commission) =>
      errorsOf('upsertProgramme', { ...plan, id, tasks: [], ...more }, on('2024-04-01', asking));
    expect(await review('LEGAL')).toEqual(['INVALID_TRANSITION kind']);
    expect(await review('INTERNAL', {}, hospital)).toEqual(['FORBIDDEN programmeId']);
    expect(await review('INTERNAL')).toEqual([]);
    expect(await change({ phase: 'ADVANCE' })).toEqual(['INVALID_TRANSITION phase']);
    expect(await review('LEGAL')).toEqual([]);
    expect(await review('DEPARTMENT')).toEqual(['VALIDATION_FAILED department']);
    expect(await review('DEPARTMENT', { department: 'NHSA' })).toEqual(['VALIDATION_FAILED department']);
    expect(await review('DEPARTMENT', { department: 'FINANCE' })).toEqual([]);
    expect(await change({ phase: 'PERFECTION' })).toEqual(['INVALID_TRANSITION phase']);
    expect(await change({ phase: 'ADVANCE', version: 1 })).toEqual([]);
    expect(await change({ phase: 'ADVANCE', version: 1 })).toEqual(['VERSION_CONFLICT version']);
    expect(await change({ phase: 'PREPARATION' })).toEqual(['INVALID_TRANSITION phase']);
    await writing.subgraph.runJob('noteOverdue', '2024-07-01T00:10:00+08:00');
    const query = `{ programmes(where: { regionCode: { eq: "320322" } }) { nodes { title phase history { from to }
      tasks { status history { from to } } } } }`;
    const { nodes } = Object(await writing.read(query)).programmes;
    expect(nodes.find(({ title }: { title: string }) => title === plan.title)).toEqual({
      title: plan.title,
      phase: 'ADVANCE',
      history: [
        { from: null, to: 'PREPARATION' },
        { from: 'PREPARATION', to: 'ADVANCE' },
      ],
      tasks: [
        {
          status: 'OVERDUE',
          history: [
            { from: null, to: 'OPEN' },
            { from: 'OPEN', to: 'OVERDUE' },
          ],
        },
      ],
    });
    const late = { id: tasks[0].id, department: 'FINANCE', goal: '落实经费', due: '2024-06-30' };
    expect(await change({ phase: 'ADVANCE', tasks: [{ ...late, status: 'DONE' }] })).toEqual([]);
    expect(await change({ phase: 'ADVANCE', tasks: [{ ...late, status: 'OPEN' }] })).toEqual([
      'INVALID_TRANSITION tasks.0.status',
    ]);
  });

  test('is refused with all that is wrong with it at once', async () => {
    const task = { department: 'NHSA', goal: ' ', due: '2023-01-01', status: 'OVERDUE', id: 'pt_NONE' };
    const phases = [{ phase: 'ADVANCE', from: '2024-05-01', to: '2024-04-01' }, { phase: 'ADVANCE' }];
    const wrong = { ...plan, title: '', phase: 'ADVANCE', phases, tasks: [task] };
    expect(await errorsOf('upsertProgramme', wrong, commission)).toEqual([
      'VALIDATION_FAILED title',
      'VALIDATION_FAILED phases.0.to',
      'VALIDATION_FAILED phases.1.phase',
      'INVALID_TRANSITION phase',
      'NOT_FOUND tasks.0.id',
      'VALIDATION_FAILED tasks.0.goal',
      'VALIDATION_FAILED tasks.0.department',
      'VALIDATION_FAILED tasks.0.due',
      'INVALID_TRANSITION tasks.0.status',
    ]);
    expect(await errorsOf('upsertProgramme', plan, hospital)).toEqual(['FORBIDDEN regionCode']);
  });
});

const ruling = {
  regionCode: '320322',
  validFrom: '2025-02-01',
  strictStructure: false,
  doctorCapacity: 1500,
  elderlyAge: 60,
  incentiveUnit: '18.00',
  subsidyPerHead: '12.00',
};

describe('a ruling on contracts', () => {
  test('counts from its day on, may be changed before it begins, and stays once it has begun', async () => {
    const rule = (change: object, asking: Asking = commission) =>
      errorsOf('upsertContractPolicy', { ...ruling, ...change }, asking);
    expect(await rule({})).toEqual([]);
    expect(await rule({ version: 1, doctorCapacity: 1600 })).toEqual([]);
    expect(await rule({ version: 1 })).toEqual(['VERSION_CONFLICT version']);
    expect(await rule({}, on('2025-02-01', commission))).toEqual(['INVALID_TRANSITION validFrom']);
    expect(await rule({}, hospital)).toEqual(['FORBIDDEN regionCode']);
    expect(await rule({ validFrom: '2024-12-30', doctorCapacity: 0, elderlyAge: 90, incentiveUnit: '-1' })).toEqual([
      'VALIDATION_FAILED validFrom',
      'VALIDATION_FAILED doctorCapacity',
      'VALIDATION_FAILED elderlyAge',
      'VALIDATION_FAILED incentiveUnit',
    ]);
    const query =
      '{ contractPolicies(where: { regionCode: { eq: "320322" } }) { nodes { validFrom doctorCapacity version } } }';
    expect(Object(await writing.read(query)).contractPolicies.nodes).toEqual([
      { validFrom: '2025-02-01', doctorCapacity: 1600, version: 2 },
      { validFrom: '2022-01-01', doctorCapacity: 2000, version: 1 },
    ]);
    const id = 'rs_00000000SX7Y';
    await writing.addResidents({ id, birthDate: '1964-06-01' });
    const form = {
      residentId: id,
      teamId: 'tm_ALONE',
      familyDoctorId: 'pr_DOCTOR',
      channel: 'PAPER',
      packageCodes: ['ELDERLY'],
    };
    const sign = (day: string) => errorsOf('signContract', form, on(day, doctor));
    expect(await sign('2025-01-31')).toEqual(expect.arrayContaining(['VALIDATION_FAILED packageCodes.0']));
    expect(await sign('2025-02-01')).toEqual([]);
  });
});

test('the summary of satisfaction with a contract is of the answers to its own survey', async () => {
  await writing.database.sql`insert into satisfaction_responses (id, survey_id, respondent_kind, at, answers, score)
    values ('sn_CONTRACT', 'ss_CONTRACT', 'RESIDENT', '2024-05-20T09:00:00+08:00', '{5,3}', 80)`;
  const query =
    '{ satisfactionSummary(subjectType: CONTRACT, subjectId: "ct_0000000000WA_2", period: "2024") { responses score satisfiedShare } }';
  expect(await writing.read(query)).toEqual({
    satisfactionSummary: { responses: 1, score: '80.00', satisfiedShare: '50.00' },
  });
});
