import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { doctor, inApp, on, openWriting, stranger, type Answer, type Writing } from '../sample-writing.ts';
import { commission } from '../sample-elders.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
});
afterAll(() => writing.database.close());

const terms = { teamId: 'tm_ONE', familyDoctorId: 'pr_DOCTOR', channel: 'PAPER' };
const fields = 'id status signedOn validFrom validTo confirmedAt structureComplete packages { code } version';
const select = `serviceContract { ${fields} events { from to reason } tasks { item { code } seq dueFrom dueTo mode } }`;

let people = 0;
/** A new resident, grown-up unless the test says otherwise. */
async function newcomer(more: object = {}): Promise<string> {
  people += 1;
  const id = `rs_${String(people).padStart(12, '0')}`;
  await writing.addResidents({ id, ...more });
  return id;
}

const sign = (input: object, asking: Asking = doctor): Promise<Answer> =>
  writing.write('signContract', { ...terms, ...input }, { select, ...asking });

/** A signing that must be done; gives its contract. */
async function signed(
  input: object,
  asking: Asking = doctor,
): Promise<{ readonly id: string; readonly status: string }> {
  const { errors, serviceContract } = await sign(input, asking);
  expect(errors).toEqual([]);
  return Object(serviceContract);
}

const errorsOf = async (name: string, input: object, asking: Asking = doctor): Promise<unknown> =>
  (await writing.write(name, input, asking))['errors'];

/** Status, first and last day of a contract. */
async function stateOf(id: string): Promise<unknown> {
  const data = await writing.read(`{ contract(id: "${id}") { status validFrom validTo terminatedOn } }`);
  return Object(data).contract;
}

describe('signing', () => {
  test('TV-57 on paper puts a contract in force for a year less a day, with its plan, its history and its change', async () => {
    const residentId = await newcomer();
    const answer = await sign({ residentId }, on('2024-03-01', doctor));
    const id = `ct_${residentId.slice(3)}_1`;
    expect(answer).toEqual({
      ok: true,
      errors: [],
      serviceContract: {
        id,
        status: 'ACTIVE',
        signedOn: '2024-03-01',
        validFrom: '2024-03-01',
        validTo: '2025-02-28',
        confirmedAt: '2024-03-01T09:00:00+08:00',
        structureComplete: true,
        packages: [{ code: 'PUBLIC_HEALTH' }],
        version: 1,
        events: [
          { from: null, to: 'PENDING_CONFIRM', reason: null },
          { from: 'PENDING_CONFIRM', to: 'ACTIVE', reason: null },
        ],
        tasks: [
          { item: { code: 'HE' }, seq: 1, dueFrom: '2024-03-01', dueTo: '2024-08-29', mode: 'CENTRALISED' },
          { item: { code: 'HE' }, seq: 2, dueFrom: '2024-08-30', dueTo: '2025-02-28', mode: 'CENTRALISED' },
        ],
      },
    });
    expect(await writing.changesOf(id)).toEqual([
      [
        'CREATED',
        {
          institutionId: 'in_TOWN',
          teamId: 'tm_ONE',
          familyDoctorId: 'pr_DOCTOR',
          status: 'ACTIVE',
          validFrom: '2024-03-01',
          validTo: '2025-02-28',
          terminatedOn: null,
          packageCodes: ['PUBLIC_HEALTH'],
          version: 1,
        },
      ],
    ]);
    const leap = await sign({ residentId: await newcomer() }, on('2024-02-29', doctor));
    expect(leap['serviceContract']).toMatchObject({ validFrom: '2024-02-29', validTo: '2025-02-27' });
  });

  test('TV-58 a resident with a contract, or one that waits, signs no second one', async () => {
    const residentId = await newcomer();
    const { id } = await signed({ residentId, channel: 'APP' });
    const again = async () => (await sign({ residentId }))['errors'];
    expect(await again()).toEqual(['ALREADY_CONTRACTED residentId']);
    expect(await errorsOf('confirmContract', { id }, inApp(residentId))).toEqual([]);
    expect(await again()).toEqual(['ALREADY_CONTRACTED residentId']);
    expect(await errorsOf('suspendContract', { id, reason: '外出务工' })).toEqual([]);
    expect(await again()).toEqual(['ALREADY_CONTRACTED residentId']);
  });

  test('TV-59 a guidance group with seven specialists is told, and only a draft may be kept meanwhile', async () => {
    const residentId = await newcomer();
    const input = { ...terms, residentId, teamId: 'tm_SEVEN' };
    const refused = await writing.write('signContract', input, { select: 'errors2: errors { message }', ...doctor });
    expect(refused).toMatchObject({
      errors: ['STRUCTURE_INCOMPLETE teamId'],
      errors2: [{ message: expect.stringMatching(/^specialists 4\.\.6/) }],
    });
    const draft = await signed({ residentId, teamId: 'tm_SEVEN', draft: true });
    expect(draft).toMatchObject({ status: 'DRAFT', structureComplete: false, tasks: [] });
    expect(await errorsOf('confirmContract', { id: draft.id })).toEqual(['STRUCTURE_INCOMPLETE id']);
    await writing.database.sql`update guidance_group_projections set specialists = 6 where id = 'gg_SEVEN'`;
    expect(await errorsOf('confirmContract', { id: draft.id })).toEqual([]);
    expect(await stateOf(draft.id)).toMatchObject({ status: 'ACTIVE' });
  });

  test('every missing part is told at once: a doctor who is no member, no guidance group, a closed hospital, a clinic of another', async () => {
    const residentId = await newcomer();
    const errors = async (change: object) => (await sign({ residentId, ...change }))['errors'];
    expect(await errors({ teamId: 'tm_ALONE', familyDoctorId: 'pr_OTHER' })).toEqual([
      'STRUCTURE_INCOMPLETE familyDoctorId',
      'STRUCTURE_INCOMPLETE teamId',
    ]);
    expect(await errors({ villageClinicId: 'in_TOWN2', channel: 'BATCH' })).toEqual([
      'VALIDATION_FAILED villageClinicId',
      'VALIDATION_FAILED channel',
    ]);
    const shut = { caller: { ...doctor.caller, institutionId: 'in_SHUT' } };
    const closed = await writing.write('signContract', { ...terms, residentId, teamId: 'tm_SHUT' }, shut);
    expect(closed['errors']).toEqual(['VALIDATION_FAILED teamId']);
    expect(await errors({ teamId: 'tm_NONE' })).toEqual(['NOT_FOUND teamId']);
    expect(await errors({ residentId: 'rs_NONE' })).toEqual(['NOT_FOUND residentId']);
    expect(await errors({ villageClinicId: 'in_CLINIC' })).toEqual([]);
  });

  test('where the region is not strict, a contract is in force although parts are missing', async () => {
    const { sql } = writing.database;
    const ruled = { doctorCapacity: 2000, elderlyAge: 60, incentiveUnit: '15.00', subsidyPerHead: '10.00' };
    const policy = { regionCode: '320322100', validFrom: '2024-12-31', strictStructure: false, ...ruled };
    expect((await writing.write('upsertContractPolicy', policy, commission))['errors']).toEqual([]);
    const elder = await newcomer({ birthDate: '1964-12-31' });
    const contract = await signed({ residentId: elder, teamId: 'tm_ALONE', packageCodes: ['ELDERLY'] });
    await sql`delete from contract_policies where region_code = '320322100'`;
    expect(contract).toMatchObject({ status: 'ACTIVE', structureComplete: false });
  });

  test('who is not of the team, and who is not the resident, signs nothing', async () => {
    const residentId = await newcomer();
    const minor = await newcomer({ birthDate: '2010-01-01', guardianId: residentId });
    const errors = async (asking: Asking, input: object = {}) =>
      (await sign({ residentId, channel: 'APP', ...input }, asking))['errors'];
    expect(await errors(stranger)).toEqual(['FORBIDDEN teamId']);
    expect(await errors({ caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320322'] } })).toEqual([
      'FORBIDDEN teamId',
    ]);
    expect(await errors(inApp('rs_0000000000WA'))).toEqual(['FORBIDDEN residentId']);
    expect(await errors(inApp(minor), { residentId: minor })).toEqual(['FORBIDDEN residentId']);
    expect(await errors(inApp(residentId), { draft: true })).toEqual(['FORBIDDEN draft']);
    expect(await errors(inApp(residentId), { channel: 'PAPER' })).toEqual(['VALIDATION_FAILED channel']);
    const village = { caller: { ...doctor.caller, practitionerId: 'pr_VILLAGE', institutionId: 'in_CLINIC' } };
    expect(await errors(village)).toEqual([]);
    expect(await errors(inApp(residentId), { residentId: minor })).toEqual([]);
  });

  test('the same signing asked for twice under one key is done once', async () => {
    const input = { residentId: await newcomer(), idempotencyKey: 'sign-once' };
    const first = await sign(input);
    expect(await sign(input)).toEqual(first);
    expect(first['ok']).toBe(true);
  });

  test('nobody signs who has died or moved', async () => {
    const residentId = await newcomer({ status: 'MOVED' });
    expect((await sign({ residentId }))['errors']).toEqual(['VALIDATION_FAILED residentId']);
  });
});

describe('packages', () => {
  const item = { itemClass: 'EXAM', frequencyPerYear: 1, mode: 'CENTRALISED', mandatory: true, homeCapable: false };
  const make = (code: string, kind: string, more: object = {}) => {
    const form = { code, kind, nameZh: '服务包', items: [{ code: 'X', name: '检查', ...item }], ...more };
    return errorsOf('upsertServicePackage', form, { caller: { role: 'HEALTH_COMMISSION' } });
  };

  test('are signed by who belongs to their target group only', async () => {
    for (const kind of ['PREGNANCY', 'CHILD_CARE', 'CHRONIC', 'HEALTH_EXAM'])
      expect(await make(kind, kind)).toEqual([]);
    expect(await make('DM', 'CHRONIC', { variant: 'DM' })).toEqual([]);
    expect(await make('DISABLED', 'SPECIAL_NEEDS', { targetGroups: ['DISABLED'] })).toEqual([]);
    const packageCodes = [
      'ELDERLY',
      'PREGNANCY',
      'CHILD_CARE',
      'CHRONIC',
      'DM',
      'DISABLED',
      'HEALTH_EXAM',
      'NONE',
      'NONE',
    ];
    const residentId = await newcomer({ birthDate: '1960-01-01' });
    expect((await sign({ residentId, packageCodes }))['errors']).toEqual([
      ...[0, 1, 2, 3, 4, 5].map((index) => `VALIDATION_FAILED packageCodes.${index}`),
      'NOT_FOUND packageCodes.7',
      'NOT_FOUND packageCodes.8',
      'VALIDATION_FAILED packageCodes.8',
    ]);
    const takers: readonly (readonly [object, object])[] = [
      [{ birthDate: '1959-12-31' }, { packageCodes: ['ELDERLY'] }],
      [{}, { packageCodes: ['PREGNANCY'], planningPregnancy: true }],
      [{ birthDate: '2018-01-01', guardianId: residentId }, { packageCodes: ['CHILD_CARE'] }],
      [{ focusGroups: ['DISABLED'] }, { packageCodes: ['DISABLED', 'PUBLIC_HEALTH'] }],
    ];
    for (const [person, input] of takers) {
      const { status } = await signed({ residentId: await newcomer(person), ...input });
      expect(status).toBe('ACTIVE');
    }
    const man = await newcomer({ sex: 'MALE' });
    const refused = await sign({ residentId: man, packageCodes: ['PREGNANCY'], planningPregnancy: true });
    expect(refused['errors']).toEqual(['VALIDATION_FAILED packageCodes.0']);
  });

  test('of pregnancy and of chronic disease rest on what the health records say', async () => {
    const { sql } = writing.database;
    const mother = await newcomer();
    const patient = await newcomer();
    await sql`insert into maternal_records (resident_id, no, registered_on, institution_id, lmp, edd, visits, postpartum, status, updated_at)
      values (${mother}, 1, '2024-10-01', 'in_TOWN', '2024-08-01', '2025-05-08', '[]', '[]', 'PREGNANT', '2024-10-01')`;
    await sql`insert into chronic_enrollments (resident_id, no, disease, enrolled_on, managed_by_id, status, last_control,
      standardised_this_year, updated_at)
      values (${patient}, 1, 'T2DM', '2024-01-01', 'pr_DOCTOR', 'ACTIVE', 'UNKNOWN', false, '2024-01-01')`;
    expect(await signed({ residentId: mother, packageCodes: ['PREGNANCY'] })).toMatchObject({ status: 'ACTIVE' });
    expect(await signed({ residentId: patient, packageCodes: ['DM', 'CHRONIC'] })).toMatchObject({ status: 'ACTIVE' });
  });

  test('are made by the health commission, with items named once, and stay of their kind', async () => {
    expect(
      await errorsOf('upsertServicePackage', { code: 'A1', kind: 'CHRONIC', nameZh: '包', items: [] }, doctor),
    ).toEqual(['FORBIDDEN code']);
    const wrong = { nameZh: ' ', validFrom: '2025-01-01', validTo: '2024-01-01', items: [item, item] };
    const items = wrong.items.map((one) => ({ ...one, code: 'X', name: '检查', frequencyPerYear: 0 }));
    expect(await make('a', 'CHRONIC', { ...wrong, items })).toEqual([
      'VALIDATION_FAILED code',
      'VALIDATION_FAILED nameZh',
      'VALIDATION_FAILED validTo',
      'VALIDATION_FAILED items.0.frequencyPerYear',
      'VALIDATION_FAILED items.1.code',
      'VALIDATION_FAILED items.1.frequencyPerYear',
    ]);
    expect(await make('NEW-ONE', 'CHRONIC')).toEqual([]);
    expect(await make('NEW-ONE', 'ELDERLY')).toEqual(['VALIDATION_FAILED kind']);
    expect(await make('NEW-ONE', 'CHRONIC', { version: 2 })).toEqual(['VERSION_CONFLICT version']);
    expect(await make('NEW-ONE', 'CHRONIC', { version: 1, validTo: '2024-06-30' })).toEqual([]);
    const residentId = await newcomer();
    expect((await sign({ residentId, packageCodes: ['NEW-ONE'] }))['errors']).toContain(
      'VALIDATION_FAILED packageCodes.0',
    );
    expect(await make('PUBLIC_HEALTH', 'PUBLIC_HEALTH')).toEqual(['VALIDATION_FAILED items']);
  });
});
