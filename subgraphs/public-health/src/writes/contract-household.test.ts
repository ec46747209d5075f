import { sealed } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sampleKeys } from '../sample-caller.ts';
import { doctor, inApp, openWriting, type Writing } from '../sample-writing.ts';
import { households } from '../tables/household.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  const home = { version: 1, updatedAt: '2024-01-01T00:00:00+08:00', regionCode: '320322100200' };
  await writing.database.db
    .insert(households)
    .values({ id: 'hh_HOME', headId: head, addressDetail: sealed(sampleKeys, '和平路2号'), ...home });
  const householdId = 'hh_HOME';
  await writing.addResidents(
    { id: head, householdId, sex: 'MALE' },
    { id: wife, householdId },
    { id: son, householdId, birthDate: '2015-01-01', guardianId: head },
    { id: niece, householdId, birthDate: '2016-01-01', guardianId: wife },
    { id: grown, householdId, birthDate: '2006-12-31', guardianId: null },
    { id: ward, householdId, birthDate: '1980-01-01', guardianId: head },
    { id: guest },
  );
});
afterAll(() => writing.database.close());

const head = 'rs_00000000HEAD';
const wife = 'rs_00000000WAFE';
const son = 'rs_0000000000S0';
const niece = 'rs_00000000NEAC';
const grown = 'rs_00000000GRWN';
const ward = 'rs_00000000WARD';
const guest = 'rs_00000000GEST';

const form = (members: readonly string[], more: object = {}) => ({
  residentId: head,
  scope: 'HOUSEHOLD',
  members: members.map((residentId) => ({ residentId })),
  teamId: 'tm_ONE',
  familyDoctorId: 'pr_DOCTOR',
  channel: 'APP',
  ...more,
});
const select = 'serviceContract { status scope household { id } } members { id status }';

test('a household is signed by its head, with those who live there', async () => {
  const refused = async (input: object, caller = inApp(head)) =>
    (await writing.write('signContract', input, caller))['errors'];
  expect(await refused(form([guest]))).toEqual(['VALIDATION_FAILED members.0.residentId']);
  expect(await refused({ ...form([head]), residentId: wife }, inApp(wife))).toEqual(['VALIDATION_FAILED residentId']);
  expect(await refused(form([wife, wife]))).toEqual(['VALIDATION_FAILED members.1.residentId']);
  expect(await refused(form([wife], { scope: 'PERSON' }))).toEqual(['VALIDATION_FAILED members']);
  expect(await refused({ ...form([wife]), members: [{ residentId: wife, packageCodes: ['ELDERLY'] }] })).toEqual([
    'VALIDATION_FAILED members.0.packageCodes.0',
  ]);
  const { sql } = writing.database;
  expect([...(await sql`select 1 from service_contracts where resident_id = ${head}`)]).toEqual([]);
});

test('the head binds himself, his wards and children; grown-up members and children of others confirm, each by who decides', async () => {
  const signed = await writing.write('signContract', form([wife, son, niece, grown, ward]), { select, ...inApp(head) });
  const id = (residentId: string) => `ct_${residentId.slice(3)}_1`;
  expect(signed).toEqual({
    ok: true,
    errors: [],
    serviceContract: { status: 'ACTIVE', scope: 'HOUSEHOLD', household: { id: 'hh_HOME' } },
    members: [
      { id: id(wife), status: 'PENDING_CONFIRM' },
      { id: id(son), status: 'ACTIVE' },
      { id: id(niece), status: 'PENDING_CONFIRM' },
      { id: id(grown), status: 'PENDING_CONFIRM' },
      { id: id(ward), status: 'ACTIVE' },
    ],
  });
  const confirm = async (residentId: string, by: string) =>
    (await writing.write('confirmContract', { id: id(residentId) }, inApp(by)))['errors'];
  expect(await confirm(wife, head)).toEqual(['FORBIDDEN id']);
  expect(await confirm(niece, niece)).toEqual(['FORBIDDEN id']);
  expect(await confirm(niece, wife)).toEqual([]);
  expect(await confirm(wife, wife)).toEqual([]);
  expect(await confirm(wife, wife)).toEqual(['INVALID_TRANSITION id']);
  const byTeam = await writing.write('confirmContract', { id: id(grown) }, doctor);
  expect(byTeam['errors']).toEqual(['FORBIDDEN id']);
  expect(await confirm(grown, grown)).toEqual([]);
});
