import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { commission, createElders, examOf, hospital } from '../sample-elders.ts';
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

const done = { place: 'HOSPITAL', evidence: [{ kind: 'SIGNATURE', value: 'sha256:1' }], residentConfirmed: true };
const record = (input: object, asking: Asking = doctor): Promise<Answer> =>
  write(
    'recordFulfilment',
    { ...done, ...input },
    'fulfilmentEvent { id at by { id } place mode task { status } }',
    asking,
  );

describe('the check of services', () => {
  test('rests on the sample that a seed draws, whole, once a quarter, by the commission; below 70 % there is no incentive', async () => {
    const ids = await elders(12, '2024-02-01');
    for (const residentId of ids) {
      const input = {
        taskId: (await examOf(writing, residentId)).id,
        at: '2024-02-20T09:00:00+08:00',
        place: 'CLINIC',
        mode: 'INDIVIDUAL',
      };
      expect((await record(input, on('2024-02-21', doctor)))['errors']).toEqual([]);
    }
    const ask = { teamId: 'tm_ONE', period: '2024-Q1', drawSeed: 'lot-7' };
    const query = `{ fulfilmentSample(teamId: "tm_ONE", period: "2024-Q1", drawSeed: "lot-7") { id } }`;
    const sample: readonly { readonly id: string }[] = Object(await writing.read(query)).fulfilmentSample;
    expect([sample.length, await writing.read(query)]).toEqual([10, { fulfilmentSample: sample }]);
    const results = sample.map(({ id }, index) => ({ eventId: id, truthful: index < 6 }));
    const form = { ...ask, results, teamSize: 3, unannounced: true, findings: '记录不实' };
    const errors = (change: object, asking = commission) =>
      errorsOf('verifyFulfilment', { ...form, ...change }, asking);
    expect(await errors({}, doctor)).toEqual(['FORBIDDEN teamId']);
    expect(await errors({ period: '2024-Q4' })).toEqual(['VALIDATION_FAILED period']);
    expect(await errors({ results: [...results.slice(1), { eventId: 'fe_NONE_1', truthful: true }] })).toEqual([
      'VALIDATION_FAILED results.9.eventId',
      'VALIDATION_FAILED results',
    ]);
    const select = 'inspection { samples truthful truthRate drawSeed period team { id } }';
    expect(await write('verifyFulfilment', form, select, commission)).toMatchObject({
      errors: [],
      inspection: {
        samples: 10,
        truthful: 6,
        truthRate: '60.00',
        drawSeed: 'lot-7',
        period: '2024-Q1',
        team: { id: 'tm_ONE' },
      },
    });
    expect(await errors({})).toEqual(['INVALID_TRANSITION period']);
    const [row] = await writing.database.sql`select count(*) filter (where verified)::integer as truthful,
      count(*) filter (where not verified)::integer as untrue from fulfilment_events where at between '2024-01-01' and '2024-03-31'`;
    expect(row).toEqual({ truthful: 6, untrue: 4 });
    const incentive = { teamId: 'tm_ONE', period: '2024-Q1' };
    await writing.database.sql`update team_incentives set paid_on = null where team_id = 'tm_ONE'`;
    expect(
      await write('calculateTeamIncentive', incentive, 'teamIncentive { amount elderlySignings }', commission),
    ).toMatchObject({
      errors: [],
      teamIncentive: { amount: '0.00' },
    });
  });
});

describe('the incentive of a team', () => {
  test('TV-63 is 2,010.00 for 14 pregnancy and 120 elderly signings, less those ended within 30 days, in the quarter of their end', async () => {
    const { sql } = writing.database;
    await sql`insert into team_projections (id, institution_id, guidance_group_id, capacity, members, seq)
      select 'tm_PAID', institution_id, guidance_group_id, 2000, members, 0 from team_projections where id = 'tm_ONE'`;
    await sql`insert into service_packages (code, kind, name_zh, target_groups, items, updated_at)
      values ('PREGNANT', 'PREGNANCY', '优孕优育包', '{}', '[]', '2024-01-01')`;
    const mothers = Array.from({ length: 14 }, (_, index) => `rs_M${String(index).padStart(11, '0')}`);
    await writing.addResidents(...mothers.map((id) => ({ id })));
    const rows = mothers.map((residentId) => ({ residentId, packageCodes: ['PREGNANT'], planningPregnancy: true }));
    const batch = { teamId: 'tm_PAID', familyDoctorId: 'pr_DOCTOR', rows };
    expect(await errorsOf('signContracts', batch, on('2024-03-20', hospital))).toEqual([]);
    const old = await elders(120, '2024-03-20', {}, 'tm_PAID');
    const calculate = (period: string, asking: Asking = commission) =>
      write(
        'calculateTeamIncentive',
        { teamId: 'tm_PAID', period },
        'teamIncentive { prenatalSignings elderlySignings unit amount }',
        asking,
      );
    expect(await calculate('2024-Q1')).toMatchObject({
      errors: [],
      teamIncentive: { prenatalSignings: 14, elderlySignings: 120, unit: '15.00', amount: '2010.00' },
    });
    const [first = '', second = ''] = old.map((id) => `ct_${id.slice(3)}_1`);
    await errorsOf('terminateContract', { id: first, reason: '迁居' }, on('2024-04-19', hospital));
    await errorsOf('terminateContract', { id: second, reason: '迁居' }, on('2024-04-20', hospital));
    expect(await calculate('2024-Q1')).toMatchObject({ teamIncentive: { amount: '2010.00' } });
    expect(await calculate('2024-Q2', hospital)).toMatchObject({
      teamIncentive: { elderlySignings: -1, amount: '-15.00' },
    });
    expect((await calculate('2024-Q2', doctor))['errors']).toEqual(['FORBIDDEN teamId']);
    expect((await calculate('2024-Q4'))['errors']).toEqual(['VALIDATION_FAILED period']);
    await sql`update team_incentives set paid_on = '2024-04-20' where team_id = 'tm_PAID' and period = '2024-Q1'`;
    expect((await calculate('2024-Q1'))['errors']).toEqual(['INVALID_TRANSITION period']);
  });
});

describe('residents', () => {
  test('are reminded by their team of what is due and of a contract that ends', async () => {
    const [residentId = ''] = await elders(1, '2024-01-15');
    const { id: taskId } = await examOf(writing, residentId);
    const contractId = `ct_${residentId.slice(3)}_1`;
    const remind = (input: object, asking = on('2024-12-01', doctor)) =>
      write('sendReminder', input, 'notice { kind text to { ... on Resident { id } } }', asking);
    expect(await remind({ taskId })).toEqual({
      ok: true,
      errors: [],
      notice: {
        kind: 'FULFILMENT_DUE',
        text: '请于2024-01-15至2025-01-14期间接受“健康体检”服务。',
        to: { id: residentId },
      },
    });
    expect(await remind({ contractId })).toMatchObject({ errors: [], notice: { kind: 'CONTRACT_RENEWAL' } });
    expect((await remind({ contractId }, on('2024-11-14', doctor)))['errors']).toEqual([
      'VALIDATION_FAILED contractId',
    ]);
    expect((await remind({ contractId, taskId }))['errors']).toEqual(['VALIDATION_FAILED taskId']);
    expect((await remind({ taskId }, stranger))['errors']).toEqual(['FORBIDDEN taskId']);
  });

  test('judge their team once a quarter under a pseudonym, and the summary counts it', async () => {
    const [residentId = ''] = await elders(1, '2024-01-15');
    const contractId = `ct_${residentId.slice(3)}_1`;
    const answers = [5, 5, 5, 5, 5, 4, 4, 4, 4, 4];
    const submit = (input: object, asking: Asking) =>
      errorsOf('submitSatisfaction', { contractId, answers, ...input }, asking);
    const me = inApp(residentId);
    expect(await submit({}, doctor)).toEqual(['FORBIDDEN contractId']);
    expect(await submit({ answers: [5, 5] }, me)).toEqual(['VALIDATION_FAILED answers']);
    expect(await submit({ answers: [6, ...answers.slice(1)] }, me)).toEqual(['VALIDATION_FAILED answers']);
    const given = { contractId, answers, comment: '很好' };
    const told = await write(
      'submitSatisfaction',
      given,
      'satisfactionResponse { id score respondent team { id } }',
      me,
    );
    const { id } = Object(told['satisfactionResponse']);
    expect(told).toMatchObject({ errors: [], satisfactionResponse: { score: '90.00', team: { id: 'tm_ONE' } } });
    expect(await submit({}, me)).toEqual(['INVALID_TRANSITION contractId']);
    const [change] = await writing.database
      .sql`select resident_id, payload::text as payload from changes where id = ${id}`;
    expect(change).toMatchObject({ resident_id: null, payload: expect.not.stringContaining(residentId) });
    const query =
      '{ satisfactionSummary(subjectType: TEAM, subjectId: "tm_ONE", period: "2024-Q4") { responses score } }';
    expect(await writing.read(query)).toEqual({ satisfactionSummary: { responses: 1, score: '90.00' } });
  });
});
