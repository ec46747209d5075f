import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { doctor, openWriting, stranger, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
});
afterAll(() => writing.database.close());

const terms = { teamId: 'tm_ONE', familyDoctorId: 'pr_DOCTOR' };
let people = 0;
async function newcomers(count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, (_, index) => `rs_${String(people + index + 1).padStart(12, '0')}`);
  people += count;
  await writing.addResidents(
    ...ids.map((id, index) => ({ id, birthDate: index % 2 === 0 ? '1950-01-01' : '1985-01-01' })),
  );
  return ids;
}

/** Lets the doctor sign so many more residents than now. */
async function leaveRoom(places: number): Promise<void> {
  const { sql } = writing.database;
  const [row] = await sql`select count(distinct resident_id)::integer as signed from service_contracts
    where family_doctor_id = 'pr_DOCTOR' and status in ('PENDING_CONFIRM', 'ACTIVE', 'SUSPENDED') and valid_to >= '2024-12-31'`;
  await sql`update contract_policies set doctor_capacity = ${Number(row?.['signed']) + places}`;
}

const sign = async (residentId: string, more: object = {}) =>
  (await writing.write('signContract', { ...terms, residentId, channel: 'PAPER', ...more }, doctor))['errors'];

test('of many who sign at the same moment exactly as many win as the doctor has places', async () => {
  await leaveRoom(3);
  const ids = await newcomers(10);
  const outcomes = await Promise.all(ids.map((id) => sign(id)));
  expect(outcomes.filter((errors) => JSON.stringify(errors) === '[]')).toHaveLength(3);
  expect(outcomes.filter((errors) => JSON.stringify(errors) !== '[]')).toEqual(
    Array.from({ length: 7 }, () => ['CAPACITY_EXCEEDED familyDoctorId']),
  );
  const [row] = await writing.database.sql`select count(*)::integer as signed from service_contracts
    where resident_id = any(${[...ids]}::text[])`;
  expect(row).toEqual({ signed: 3 });
});

test('one resident who signs many times at the same moment has one contract', async () => {
  await leaveRoom(10);
  const [id = ''] = await newcomers(1);
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => sign(id)));
  const told = outcomes.map((errors) => JSON.stringify(errors)).toSorted((a, b) => (a < b ? -1 : 1));
  const refused = '["ALREADY_CONTRACTED residentId"]';
  expect(told).toEqual([refused, refused, refused, '[]']);
});

test('the team’s capacity counts too, who waits to confirm holds a place, a draft does not, and who renews takes none', async () => {
  await leaveRoom(100);
  const { sql } = writing.database;
  const [row] = await sql`select count(distinct resident_id)::integer as signed from service_contracts
    where team_id = 'tm_ONE' and status in ('PENDING_CONFIRM', 'ACTIVE', 'SUSPENDED') and valid_to >= '2024-12-31'`;
  await sql`update team_projections set capacity = ${Number(row?.['signed']) + 1} where id = 'tm_ONE'`;
  const [first = '', second = '', third = ''] = await newcomers(3);
  expect(await sign(second, { draft: true })).toEqual([]);
  expect(await sign(first, { channel: 'APP' })).toEqual([]);
  expect(await sign(third)).toEqual(['CAPACITY_EXCEEDED teamId']);
  const draft = { id: `ct_${second.slice(3)}_1` };
  expect((await writing.write('confirmContract', draft, doctor))['errors']).toEqual(['CAPACITY_EXCEEDED id']);
  const renewing = { id: 'ct_0000000000WA_2', channel: 'PAPER' };
  expect((await writing.write('renewContract', renewing, doctor))['errors']).toEqual([]);
  await sql`update team_projections set capacity = 2000 where id = 'tm_ONE'`;
});

const batch = (rows: readonly object[], caller = doctor) =>
  writing.write(
    'signContracts',
    { ...terms, rows },
    { select: 'signed results { residentId serviceContract { id status } errors { code path } }', ...caller },
  );

test('a batch signs who can be signed and tells of the others row by row', async () => {
  await leaveRoom(2);
  const [one = '', two = '', three = ''] = await newcomers(3);
  const rows = [
    { residentId: two, packageCodes: ['ELDERLY'] },
    { residentId: one, packageCodes: ['ELDERLY'] },
    { residentId: 'rs_NONE' },
    { residentId: one },
    { residentId: 'rs_0000000000WA' },
    { residentId: two },
    { residentId: three },
  ];
  const input = { ...terms, rows, idempotencyKey: 'village' };
  const told = await writing.write('signContracts', input, {
    select: 'signed results { residentId serviceContract { status } errors { code path } }',
    ...doctor,
  });
  const fault = (code: string, ...path: readonly string[]) => ({ code, path: ['input', 'rows', ...path] });
  const again = fault('VALIDATION_FAILED', '3', 'residentId');
  expect(told).toMatchObject({
    ok: true,
    signed: 2,
    results: [
      { residentId: two, serviceContract: null, errors: [fault('VALIDATION_FAILED', '0', 'packageCodes', '0')] },
      { residentId: one, serviceContract: { status: 'ACTIVE' }, errors: [] },
      { residentId: 'rs_NONE', serviceContract: null, errors: [fault('NOT_FOUND', '2', 'residentId')] },
      { residentId: one, serviceContract: null, errors: [again] },
      { serviceContract: null, errors: [fault('ALREADY_CONTRACTED', '4', 'residentId')] },
      { residentId: two, serviceContract: null, errors: [fault('VALIDATION_FAILED', '5', 'residentId')] },
      { residentId: three, serviceContract: { status: 'ACTIVE' }, errors: [] },
    ],
  });
  const repeated = await writing.write('signContracts', input, { select: 'signed', ...doctor });
  expect(repeated).toMatchObject({ ok: true, signed: 2 });
  expect((await batch([{ residentId: two }]))['signed']).toBe(0);
});

test('a batch is the team’s, of 1 to 1,000 rows', async () => {
  expect((await batch([{ residentId: 'rs_NONE' }], stranger))['errors']).toEqual(['FORBIDDEN teamId']);
  expect((await batch([]))['errors']).toEqual(['VALIDATION_FAILED rows']);
  const many = Array.from({ length: 1001 }, (_, index) => ({ residentId: `rs_${index}` }));
  expect((await batch(many))['errors']).toEqual(['VALIDATION_FAILED rows']);
});

test('a village of 1,000 is signed at once, each with contract, history, plan and change, in few statements', async () => {
  await leaveRoom(1000);
  const ids = await newcomers(1000);
  const rows = ids.map((residentId, index) => ({ residentId, packageCodes: index % 2 === 0 ? ['ELDERLY'] : [] }));
  const begun = performance.now();
  const told = await writing.write('signContracts', { ...terms, rows }, { select: 'signed', ...doctor });
  process.stdout.write(`1,000 signed in ${Math.round(performance.now() - begun)} ms\n`);
  expect(told).toMatchObject({ ok: true, signed: 1000 });
  const [counts] = await writing.database.sql`select
    (select count(*)::integer from service_contracts where resident_id = any(${[...ids]}::text[])) as contracts,
    (select count(*)::integer from contract_events where resident_id = any(${[...ids]}::text[])) as events,
    (select count(*)::integer from fulfilment_tasks where resident_id = any(${[...ids]}::text[])) as tasks,
    (select count(*)::integer from changes where resident_id = any(${[...ids]}::text[])) as changes`;
  expect(counts).toEqual({ contracts: 1000, events: 2000, tasks: 4500, changes: 5500 });
});
