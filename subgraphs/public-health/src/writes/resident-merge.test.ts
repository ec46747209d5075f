import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ask, type Asking } from '../sample-caller.ts';
import { addDivisions, somebody as somebodyOf } from '../sample-registration.ts';
import { doctor, inApp, openWriting, stranger, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  await addDivisions(writing);
});
afterAll(() => writing.database.close());

let serial = 200;
/** Somebody of the village whom nobody else resembles. */
function somebody(more: object = {}): ReturnType<typeof somebodyOf> {
  serial += 2;
  return somebodyOf(writing, serial, more);
}

const errorsOf = async (name: string, input: object, asking: Asking = doctor): Promise<unknown> =>
  (await writing.write(name, input, asking))['errors'];

async function readResident(id: string, select: string): Promise<unknown> {
  return Object(await writing.read(`{ resident(id: "${id}") { ${select} } }`)).resident;
}

describe('a merger', () => {
  const merge = (input: object, asking?: Asking) => errorsOf('mergeResidents', { reason: '同一人', ...input }, asking);
  const commission: Asking = {
    caller: { id: 'hc', role: 'HEALTH_COMMISSION', kind: 'PERSON', regionCodes: ['320322'] },
  };

  test('leads from the old record to the surviving one until it is ended, rewrites no row, and keeps its history', async () => {
    const [old, surviving] = [await somebody(), await somebody()];
    const select = 'residentLink { id resident { id } surviving { id } reason endedAt version }';
    const input = { residentId: old.id, survivingId: surviving.id, reason: '同一人', version: 1, survivingVersion: 1 };
    const answer = await writing.write('mergeResidents', input, { select, ...commission });
    const id = `rl_${old.id.slice(3)}_1`;
    expect(answer).toEqual({
      ok: true,
      errors: [],
      residentLink: {
        id,
        resident: { id: old.id },
        surviving: { id: surviving.id },
        reason: '同一人',
        endedAt: null,
        version: 1,
      },
    });
    expect(await readResident(old.id, 'id mergedRecords { id } mergers { id } version')).toEqual({
      id: surviving.id,
      mergedRecords: [{ id }],
      mergers: [],
      version: 2,
    });
    expect(await writing.read(`{ searchResident(input: { healthRecordNo: "${old.healthRecordNo}" }) { id } }`)).toEqual(
      {
        searchResident: { id: surviving.id },
      },
    );
    expect(await errorsOf('updateHealthRecord', { residentId: old.id, content: {} })).toEqual([
      'INVALID_TRANSITION residentId',
    ]);
    expect(await errorsOf('unmergeResidents', { id, reason: '误合并', version: 1 })).toEqual([]);
    expect(await readResident(old.id, 'id mergers { endReason endedAt } mergedRecords { id } version')).toEqual({
      id: old.id,
      mergers: [{ endReason: '误合并', endedAt: '2024-12-31T23:59:59+08:00' }],
      mergedRecords: [],
      version: 3,
    });
    expect(await writing.changesOf(id)).toEqual([
      ['CREATED', { residentId: old.id, survivingId: surviving.id, holds: true, version: 1 }],
      ['UPDATED', { residentId: old.id, survivingId: surviving.id, holds: false, version: 2 }],
    ]);
    expect(await errorsOf('unmergeResidents', { id, reason: '再次' })).toEqual(['INVALID_TRANSITION id']);
    expect(await merge({ residentId: surviving.id, survivingId: old.id })).toEqual([]);
  });

  test('is refused with itself, in chains and circles, twice, for other versions, and for who serves only one of the two', async () => {
    const [a, b, c] = [(await somebody()).id, (await somebody()).id, (await somebody()).id];
    expect(await merge({ residentId: a, survivingId: b })).toEqual([]);
    expect([
      await merge({ residentId: c, survivingId: c }),
      await merge({ residentId: a, survivingId: c }),
      await merge({ residentId: b, survivingId: c }),
      await merge({ residentId: c, survivingId: a }),
      await merge({ residentId: b, survivingId: a }),
      await merge({ residentId: c, survivingId: b, version: 9 }),
      await merge({ residentId: c, survivingId: b, survivingVersion: 1 }),
      await merge({ residentId: c, survivingId: b, reason: ' ' }),
      await merge({ residentId: c, survivingId: 'rs_NOBODY' }),
      await merge({ residentId: c, survivingId: b }, stranger),
      await errorsOf('unmergeResidents', { id: `rl_${c.slice(3)}_1`, reason: 'x' }),
    ]).toEqual([
      ['VALIDATION_FAILED survivingId'],
      ['INVALID_TRANSITION residentId'],
      ['INVALID_TRANSITION residentId'],
      ['INVALID_TRANSITION survivingId'],
      ['INVALID_TRANSITION residentId', 'INVALID_TRANSITION survivingId'],
      ['VERSION_CONFLICT version'],
      ['VERSION_CONFLICT survivingVersion'],
      ['VALIDATION_FAILED reason'],
      ['NOT_FOUND survivingId'],
      ['FORBIDDEN residentId'],
      ['NOT_FOUND id'],
    ]);
  });

  test('two that cross at one moment leave one', async () => {
    const [a, b] = [(await somebody()).id, (await somebody()).id];
    const both = await Promise.all([
      merge({ residentId: a, survivingId: b }),
      merge({ residentId: b, survivingId: a }),
    ]);
    expect(both.filter((errors) => JSON.stringify(errors) === '[]').length).toBe(1);
  });

  test('leaves nothing to write in the old record but the end of its contract, says which record stands for it, and undone frees it', async () => {
    const [old, surviving] = [(await somebody()).id, (await somebody()).id];
    const terms = { teamId: 'tm_ONE', familyDoctorId: 'pr_DOCTOR', channel: 'PAPER', residentId: old };
    const place = { residentId: old, institutionId: 'in_TOWN' };
    const day = '2024-12-30';
    const at = `${day}T09:00:00+08:00`;
    expect(await errorsOf('signContract', terms)).toEqual([]);
    const contractId = `ct_${old.slice(3)}_1`;
    const [task] = await writing.database.sql`select no from fulfilment_tasks where resident_id = ${old} limit 1`;
    const taskId = `ft_${old.slice(3)}_${String(task?.['no'])}`;
    const diagnosed = { disease: 'B18.1', diseaseClass: 'B', caseKind: 'CONFIRMED', diagnosedAt: at };
    const writes: readonly (readonly [string, object, Asking?])[] = [
      ['signContract', terms],
      ['suspendContract', { id: contractId, reason: '外出' }],
      ['generateFulfilmentPlan', { contractId }],
      ['waiveTask', { taskId, reason: '拒绝' }],
      ['enrolChronic', { ...place, disease: 'COPD' }],
      ['recordHealthExam', { ...place, kind: 'PACKAGE', at, results: [{ item: '身高', value: '170' }] }],
      ['recordMaternalVisit', { ...place, on: day, booking: { lmp: '2024-10-01' } }],
      ['recordChildVisit', { ...place, on: day }],
      ['recordImmunisation', { ...place, vaccine: 'HEP_B', dose: 1, contraindication: 'ALLERGY' }],
      ['recordMentalVisit', { ...place, on: day, mode: 'HOME', riskLevel: 0, diagnosis: 'F20' }],
      ['recordTbVisit', { ...place, on: day, mode: 'HOME', diagnosis: 'A15.0' }],
      ['reportInfectious', { ...place, ...diagnosed }],
      ['submitDeviceMeasurement', { residentId: old, deviceId: 'BP-1', kind: 'SBP', value: '120', at }],
      ['moveResident', { residentId: old }],
      ['askFamilyDoctor', { residentId: old, question: '？' }, inApp(old)],
    ];
    expect(await merge({ residentId: old, survivingId: surviving })).toEqual([]);
    const told: unknown[] = [];
    for (const [name, input, asking] of writes) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { told: ${name}(input: $input) { errors { code message } } }`;
      const { data } = await ask(writing.subgraph, query, { input }, asking ?? doctor);
      const [error] = Object(data).told.errors;
      told.push([name, error.code, String(error.message).includes(surviving)]);
    }
    expect(told).toEqual(writes.map(([name]) => [name, 'INVALID_TRANSITION', true]));
    expect(await errorsOf('terminateContract', { id: contractId, reason: '档案已合并' })).toEqual([]);
    expect(await errorsOf('unmergeResidents', { id: `rl_${old.slice(3)}_1`, reason: '误合并' })).toEqual([]);
    expect(await errorsOf('signContract', terms)).toEqual([]);
  });
});
