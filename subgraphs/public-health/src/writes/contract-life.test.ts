import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { doctor, inApp, on, openWriting, stranger, type Answer, type Writing } from '../sample-writing.ts';
import type { ContractStatus } from '../schema-types.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
});
afterAll(() => writing.database.close());

const terms = { teamId: 'tm_ONE', familyDoctorId: 'pr_DOCTOR', channel: 'PAPER' };
const otherTerms = { teamId: 'tm_TWO', familyDoctorId: 'pr_OTHER' };
const otherTown: Asking = { caller: { role: 'INST_STAFF', kind: 'PERSON', institutionId: 'in_TOWN2' } };
const select = 'serviceContract { id status validFrom validTo renewedFrom { id } }';

let people = 0;
async function newcomer(more: object = {}): Promise<string> {
  people += 1;
  const id = `rs_${String(people).padStart(12, '0')}`;
  await writing.addResidents({ id, ...more });
  return id;
}

/** A contract of a new resident signed on a day. */
async function contractOf(day: string, more: object = {}, residentId?: string): Promise<string> {
  const input = { ...terms, residentId: residentId ?? (await newcomer()), ...more };
  const { errors, serviceContract } = await writing.write('signContract', input, { select, ...on(day, doctor) });
  expect(errors).toEqual([]);
  return Object(serviceContract).id;
}

const write = (name: string, input: object, asking: Asking = doctor): Promise<Answer> =>
  writing.write(name, input, { select, ...asking });

const errorsOf = async (name: string, input: object, asking?: Asking): Promise<unknown> =>
  (await write(name, input, asking))['errors'];

/** One round of the timer on a day; gives what it counted. */
async function expire(day: string): Promise<unknown> {
  const counts = 'expired renewed terminated';
  return writing.write('expireContracts', {}, { select: counts, ...on(day) });
}

async function stateOf(id: string): Promise<Record<string, unknown>> {
  const fields = 'status validFrom validTo terminatedOn terminationReason events { from to reason }';
  return Object(Object(await writing.read(`{ contract(id: "${id}") { ${fields} } }`)).contract);
}

async function putInto(id: string, status: ContractStatus): Promise<void> {
  const [, resident = '', no = ''] = id.split('_');
  await writing.database.sql`update service_contracts set status = ${status}, confirmed_at = case ${status}
    when 'PENDING_CONFIRM' then null else confirmed_at end where resident_id = ${`rs_${resident}`} and no = ${Number(no)}`;
}

describe('the state machine', () => {
  const day = '2024-12-31';
  const steps: readonly (readonly [string, object, readonly ContractStatus[]])[] = [
    ['confirmContract', {}, ['DRAFT', 'PENDING_CONFIRM']],
    ['renewContract', { channel: 'PAPER' }, ['ACTIVE', 'EXPIRED']],
    ['changeFamilyDoctor', { teamId: 'tm_SECOND', familyDoctorId: 'pr_SECOND' }, ['ACTIVE']],
    ['terminateContract', { reason: '迁居' }, ['DRAFT', 'PENDING_CONFIRM', 'ACTIVE', 'SUSPENDED']],
    ['suspendContract', { reason: '外出' }, ['ACTIVE']],
    ['resumeContract', {}, ['SUSPENDED']],
  ];
  const statuses = ['DRAFT', 'PENDING_CONFIRM', 'ACTIVE', 'SUSPENDED', 'EXPIRED', 'RENEWED', 'TERMINATED'] as const;

  beforeAll(async () => {
    await writing.database
      .sql`insert into team_projections (id, institution_id, guidance_group_id, capacity, members, seq)
      values ('tm_SECOND', 'in_TOWN', 'gg_ONE', 2000,
        '[{"practitionerId": "pr_SECOND", "duty": "FAMILY_DOCTOR", "from": "2022-01-01", "to": null}]', 0)`;
  });

  test.each(steps)(
    '%s is refused in every status that does not allow it, and changes nothing then',
    async (name, input, allowed) => {
      for (const status of statuses) {
        const id = await contractOf('2024-02-01');
        await putInto(id, status);
        const before = await stateOf(id);
        const errors = await errorsOf(name, { id, ...input }, on(day, doctor));
        const isAllowed = allowed.includes(status);
        const isUntouched = isAllowed || JSON.stringify(await stateOf(id)) === JSON.stringify(before);
        const expected = isAllowed ? [] : ['INVALID_TRANSITION id'];
        expect({ status, errors, isUntouched }).toEqual({ status, errors: expected, isUntouched: true });
      }
    },
  );
});

describe('a renewal', () => {
  test('is signed from 60 days before the end to 30 days after it, both days included', async () => {
    const id = await contractOf('2024-01-01');
    const renew = (day: string) => errorsOf('renewContract', { id, channel: 'PAPER' }, on(day, doctor));
    expect((await stateOf(id))['validTo']).toBe('2024-12-31');
    expect(await renew('2024-10-31')).toEqual(['VALIDATION_FAILED id']);
    expect(await renew('2024-11-01')).toEqual([]);
    expect(await renew('2024-11-02')).toEqual(['ALREADY_CONTRACTED id']);
    const late = await contractOf('2024-01-01');
    expect(await errorsOf('renewContract', { id: late, channel: 'PAPER' }, on('2025-01-31', doctor))).toEqual([
      'VALIDATION_FAILED id',
    ]);
    const inTime = await write('renewContract', { id: late, channel: 'PAPER' }, on('2025-01-30', doctor));
    expect(inTime['serviceContract']).toMatchObject({
      status: 'ACTIVE',
      validFrom: '2025-01-30',
      validTo: '2026-01-29',
    });
    expect(await stateOf(late)).toMatchObject({ status: 'RENEWED' });
  });

  test('signed before the end waits for the day after it, when the timer closes the old contract without a gap, from 29 February too', async () => {
    const residentId = await newcomer();
    const id = await contractOf('2023-03-01', {}, residentId);
    expect((await stateOf(id))['validTo']).toBe('2024-02-29');
    const { serviceContract } = await write('renewContract', { id, channel: 'PAPER' }, on('2024-02-20', doctor));
    const next = Object(serviceContract);
    expect(next).toMatchObject({
      status: 'PENDING_CONFIRM',
      validFrom: '2024-03-01',
      validTo: '2025-02-28',
      renewedFrom: { id },
    });
    const statusOn = async (day: string) => {
      const query = `{ resident(id: "${residentId}") { contractStatus contract { id } } }`;
      return Object(await writing.read(query, on(day))).resident;
    };
    expect(await expire('2024-02-29')).toMatchObject({ expired: 0, renewed: 0 });
    expect(await statusOn('2024-02-29')).toEqual({ contractStatus: 'ACTIVE', contract: { id } });
    expect(await statusOn('2024-03-01')).toEqual({ contractStatus: 'ACTIVE', contract: { id: next.id } });
    expect(await expire('2024-03-01')).toMatchObject({ errors: [], renewed: 1 });
    expect(await statusOn('2024-03-01')).toEqual({ contractStatus: 'ACTIVE', contract: { id: next.id } });
    expect(await stateOf(id)).toMatchObject({ status: 'RENEWED' });
    expect((await stateOf(next.id))['events']).toEqual([
      { from: null, to: 'PENDING_CONFIRM', reason: null },
      { from: 'PENDING_CONFIRM', to: 'ACTIVE', reason: null },
    ]);
    const told = (await writing.changesOf(id)).map((change) => Object(change)[1].status);
    expect(told).toEqual(['ACTIVE', 'RENEWED']);
    const plan = Object(await writing.read(`{ contract(id: "${next.id}") { tasks { dueFrom } } }`)).contract;
    expect(plan.tasks).toHaveLength(2);
  });

  test('by the app waits for the resident; confirmed after the end it begins on that day', async () => {
    const residentId = await newcomer();
    const id = await contractOf('2024-01-01', {}, residentId);
    const renewed = await write('renewContract', { id, channel: 'APP' }, on('2024-12-01', doctor));
    const next = Object(renewed['serviceContract']).id;
    await expire('2025-01-05');
    expect([await stateOf(id), await stateOf(next)]).toMatchObject([
      { status: 'EXPIRED' },
      { status: 'PENDING_CONFIRM' },
    ]);
    expect(await errorsOf('confirmContract', { id: next }, on('2025-01-10', inApp(residentId)))).toEqual([]);
    expect([await stateOf(id), await stateOf(next)]).toMatchObject([
      { status: 'RENEWED' },
      { status: 'ACTIVE', validFrom: '2025-01-10', validTo: '2026-01-09' },
    ]);
  });

  test('keeps its packages unless others are chosen, and they must still suit', async () => {
    const child = await newcomer({ birthDate: '2017-06-01', guardianId: 'rs_0000000000K1' });
    await writing.database.sql`insert into service_packages (code, kind, name_zh, target_groups, items, updated_at)
      values ('CHILD', 'CHILD_CARE', '儿童保健包', '{}', '[]', '2024-01-01')`;
    const id = await contractOf('2024-01-01', { packageCodes: ['CHILD'] }, child);
    const renew = (more: object) =>
      errorsOf('renewContract', { id, channel: 'PAPER', ...more }, on('2024-12-01', doctor));
    expect(await renew({})).toEqual(['VALIDATION_FAILED packageCodes.1']);
    expect(await renew({ packageCodes: [] })).toEqual([]);
  });

  test('a contract signed anew within 30 days of the end counts as renewed', async () => {
    const residentId = await newcomer();
    const id = await contractOf('2024-01-01', {}, residentId);
    await expire('2025-01-01');
    const next = await write('signContract', { ...terms, residentId }, on('2025-01-20', doctor));
    expect(next['serviceContract']).toMatchObject({ status: 'ACTIVE', validFrom: '2025-01-20', renewedFrom: { id } });
    expect(await stateOf(id)).toMatchObject({ status: 'RENEWED' });
  });
});

describe('the end of a contract', () => {
  test('changing the doctor ends the old contract with the reason CHANGE and begins one with the new team', async () => {
    const residentId = await newcomer();
    const id = await contractOf('2024-10-01', {}, residentId);
    const change = { id, ...otherTerms };
    expect(await errorsOf('changeFamilyDoctor', change)).toEqual(['FORBIDDEN teamId']);
    expect(await errorsOf('changeFamilyDoctor', { id, teamId: 'tm_ONE', familyDoctorId: 'pr_DOCTOR' })).toEqual([
      'VALIDATION_FAILED familyDoctorId',
    ]);
    const changed = await write('changeFamilyDoctor', change, on('2024-12-31', otherTown));
    expect(changed['serviceContract']).toMatchObject({ status: 'ACTIVE', validFrom: '2024-12-31', renewedFrom: null });
    expect(await stateOf(id)).toMatchObject({
      status: 'TERMINATED',
      terminatedOn: '2024-12-31',
      terminationReason: 'CHANGE',
    });
    const query = `{ resident(id: "${residentId}") { contract { team { id } tasks { team { id } } } } }`;
    expect(Object(await writing.read(query)).resident.contract.team).toEqual({ id: 'tm_TWO' });
  });

  test('terminating tells the day and the reason, waives what was owed later, and ends a renewal that waits', async () => {
    const residentId = await newcomer();
    const id = await contractOf('2024-01-01', {}, residentId);
    const renewed = await write('renewContract', { id, channel: 'PAPER' }, on('2024-12-01', doctor));
    const next = Object(renewed['serviceContract']).id;
    expect(await errorsOf('terminateContract', { id, reason: '不再需要' }, stranger)).toEqual(['FORBIDDEN id']);
    expect(await errorsOf('terminateContract', { id, reason: ' ' })).toEqual(['VALIDATION_FAILED reason']);
    expect(await errorsOf('terminateContract', { id, reason: '不再需要', version: 7 })).toEqual([
      'VERSION_CONFLICT version',
    ]);
    expect(
      await errorsOf('terminateContract', { id, reason: '不再需要' }, on('2024-12-05', inApp(residentId))),
    ).toEqual([]);
    expect(await stateOf(id)).toMatchObject({
      status: 'TERMINATED',
      terminatedOn: '2024-12-05',
      terminationReason: '不再需要',
    });
    expect(await stateOf(next)).toMatchObject({
      status: 'TERMINATED',
      terminatedOn: '2024-12-31',
      validFrom: '2025-01-01',
    });
    const tasks = Object(await writing.read(`{ contract(id: "${id}") { tasks { dueTo status waivedReason } } }`))
      .contract.tasks;
    expect(tasks).toEqual([
      { dueTo: '2024-07-01', status: 'PLANNED', waivedReason: null },
      { dueTo: '2024-12-31', status: 'WAIVED', waivedReason: 'CONTRACT_ENDED' },
    ]);
    expect((await writing.changesOf(id)).at(-1)).toMatchObject([
      'UPDATED',
      { status: 'TERMINATED', terminatedOn: '2024-12-05' },
    ]);
  });

  test('death ends a contract on its day, moving away today; a suspended one expires like any other; only the system says so', async () => {
    const dead = await newcomer();
    const moved = await newcomer();
    const [ofDead, ofMoved, suspended, waiting] = [
      await contractOf('2025-03-01', {}, dead),
      await contractOf('2025-03-01', {}, moved),
      await contractOf('2024-04-01'),
      await contractOf('2024-04-01', { channel: 'APP' }),
    ];
    await errorsOf('suspendContract', { id: suspended, reason: '外出' }, on('2024-06-01', doctor));
    await writing.database.sql`update residents set status = 'DECEASED', death_date = '2025-03-20' where id = ${dead}`;
    await writing.database.sql`update residents set status = 'MOVED' where id = ${moved}`;
    expect((await writing.write('expireContracts', {}, doctor))['errors']).toEqual(['FORBIDDEN most']);
    await expire('2025-04-02');
    expect([
      await stateOf(ofDead),
      await stateOf(ofMoved),
      await stateOf(suspended),
      await stateOf(waiting),
    ]).toMatchObject([
      { status: 'TERMINATED', terminatedOn: '2025-03-20', terminationReason: 'DECEASED' },
      { status: 'TERMINATED', terminatedOn: '2025-04-02', terminationReason: 'MOVED' },
      { status: 'EXPIRED' },
      { status: 'TERMINATED', terminatedOn: '2024-03-31', terminationReason: 'NOT_CONFIRMED' },
    ]);
    expect(await errorsOf('resumeContract', { id: suspended }, on('2025-04-02', doctor))).toEqual([
      'INVALID_TRANSITION id',
    ]);
  });

  test('the timer works through all that is over, in batches', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => contractOf('2023-01-01')));
    await writing.subgraph.runJob('expireContracts', '2025-06-01T00:10:00+08:00');
    const states = await Promise.all(ids.map(stateOf));
    expect(states.map(({ status }) => status)).toEqual(['EXPIRED', 'EXPIRED', 'EXPIRED']);
    expect(await expire('2025-06-01')).toMatchObject({ ok: true, expired: 0, renewed: 0, terminated: 0 });
  });
});
