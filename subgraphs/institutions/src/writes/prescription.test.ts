import { createTestDatabase, sealed, startOfChanges, type Database, type Subgraph } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ask, changesOf, sampleKeys, type Asking } from '../sample-caller.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { drugItems, drugStocks } from '../tables/drug.ts';
import { encounters } from '../tables/encounter.ts';
import {
  chronicProjections,
  contractProjections,
  practiceProjections,
  practitionerProjections,
} from '../tables/projection.ts';

const now = '2024-05-20T09:00:00+08:00';
let database: Database;
let subgraph: Subgraph;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations, max: 10 });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
  await addRegistrations();
  await addPatients();
  await database.db.insert(drugItems).values({
    id: 'dg_NEW',
    genericName: '恩格列净片',
    pack: '10片',
    essential: false,
    contractFlexible: true,
    catalogueVersion: '2024',
    updatedAt: now,
  });
});
afterAll(() => database.close());

/**
 * Physicians of the town, of the county, and of the town one whose registration has ended, one whose is suspended and one whose licence
 * has lapsed; an assistant physician, a nurse and a village doctor.
 */
async function addRegistrations(): Promise<void> {
  const registration = { kind: 'PRIMARY', status: 'ACTIVE', validFrom: '2020-01-01', seq: 1 };
  await database.db.insert(practiceProjections).values([
    { ...registration, id: 'pg_1', practitionerId: 'pr_ONE', institutionId: 'in_TOWN' },
    { ...registration, id: 'pg_2', practitionerId: 'pr_TWO', institutionId: 'in_LEAD' },
    { ...registration, id: 'pg_3', practitionerId: 'pr_OLD', institutionId: 'in_TOWN', validTo: '2024-05-19' },
    { ...registration, id: 'pg_4', practitionerId: 'pr_OUT', institutionId: 'in_TOWN', status: 'SUSPENDED' },
    { ...registration, id: 'pg_6', practitionerId: 'pr_NURSE', institutionId: 'in_TOWN' },
    { ...registration, id: 'pg_5', practitionerId: 'pr_VIL', institutionId: 'in_CLINIC' },
    { ...registration, id: 'pg_7', practitionerId: 'pr_LATE', institutionId: 'in_TOWN' },
    { ...registration, id: 'pg_8', practitionerId: 'pr_LATE', institutionId: 'in_CLINIC' },
    { ...registration, id: 'pg_9', practitionerId: 'pr_ASSIST', institutionId: 'in_TOWN' },
  ]);
  const physician = { prescriber: true, physician: true, licensed: true, licensedUntil: '2025-12-31', seq: 1 };
  const others = ['pr_TWO', 'pr_OLD', 'pr_OUT'].map((id) => ({ ...physician, id }));
  await database.db
    .insert(practitionerProjections)
    .values([
      { ...physician, id: 'pr_ONE' },
      ...others,
      { ...physician, id: 'pr_LATE', licensedUntil: '2024-05-19' },
      { ...physician, id: 'pr_ASSIST', physician: false },
      { ...physician, id: 'pr_VIL', physician: false },
      { ...physician, id: 'pr_NURSE', physician: false, prescriber: false },
    ]);
}

/** H1…H9 have hypertension and a visit of today; H1…H6 controlled it twice, H7 only once, H8 not at all. */
async function addPatients(): Promise<void> {
  const controlled = { H7: [true, false], H8: [false, true] };
  const serials = ['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'H7', 'H8', 'H9'];
  for (const serial of serials) {
    const residentId = `rs_0000000000${serial}`;
    const visit = {
      residentId,
      visitNo: sealed(sampleKeys, serial),
      class: 'OUTPATIENT' as const,
      diagnoses: [],
      procedures: [],
      isFirstContact: false,
      updatedAt: now,
    };
    await database.db.insert(encounters).values([
      { ...visit, no: 1, institutionId: 'in_TOWN', startedAt: '2024-05-20T08:30:00+08:00' },
      {
        ...visit,
        no: 2,
        institutionId: 'in_TOWN',
        startedAt: '2024-05-01T08:30:00+08:00',
        endedAt: '2024-05-01T09:00:00+08:00',
      },
      { ...visit, no: 3, institutionId: 'in_CLINIC', startedAt: '2024-05-20T08:30:00+08:00' },
    ]);
    const lastControlled = serial === 'H7' || serial === 'H8' ? controlled[serial] : [true, true];
    if (serial !== 'H9') {
      await database.db
        .insert(chronicProjections)
        .values({ residentId, no: 1, disease: 'HTN', lastControlled, lastAt: now, seq: 1 });
    }
  }
}

const doctor: Asking = {
  businessTime: now,
  caller: { id: 'doctor', role: 'FAMILY_DOCTOR', institutionId: 'in_TOWN', practitionerId: 'pr_ONE' },
};
const clinic: Asking = {
  businessTime: now,
  caller: { id: 'clinic', role: 'INST_STAFF', institutionId: 'in_CLINIC', practitionerId: 'pr_VIL' },
};

const issue = `mutation ($input: IssuePrescriptionInput!) { issuePrescription(input: $input) {
  ok errors { code path } prescription { id isLong diseaseKind daysSupply refillsLeft prescriber { id } issuedAt dispensedAt version
    lines { drug { id } dose frequency { code } days quantity unit price } } } }`;
const dispense = `mutation ($input: DispensePrescriptionInput!) { dispensePrescription(input: $input) {
  ok errors { code path } prescription { id refillsLeft dispensedAt dispensedBy { id } version } } }`;

const line = { drugId: 'dg_AML', unitsPerDose: '1', frequency: '9', days: 7, price: '0.45' };
const bid84 = { ...line, frequency: '1', days: 84 };
const long = { isLong: true, diseaseKind: 'HTN', lines: [bid84] };

const faults = (...errors: readonly (readonly [code: string, path: string])[]) => ({
  ok: false,
  errors: errors.map(([code, path]) => ({ code, path: ['input', ...path.split('.')] })),
});
const issued = async (serial: string, input: object, asking = doctor): Promise<unknown> =>
  (await ask(subgraph, issue, { input: { encounterId: `en_0000000000${serial}_1`, lines: [line], ...input } }, asking))
    .data?.['issuePrescription'];
const dispensed = async (input: object, asking = doctor): Promise<unknown> =>
  (await ask(subgraph, dispense, { input: { institutionId: 'in_TOWN', ...input } }, asking)).data?.[
    'dispensePrescription'
  ];
async function stock(id: string, quantity?: string): Promise<string | undefined> {
  if (quantity !== undefined) await database.db.update(drugStocks).set({ quantity }).where(eq(drugStocks.id, id));
  const [row] = await database.db.select().from(drugStocks).where(eq(drugStocks.id, id));
  return row?.quantity;
}

describe('issuing', () => {
  test('TV-87 one tablet twice a day for 84 days is 168 tablets; 90 days are too many', async () => {
    expect(await issued('H1', { ...long, refills: 1, idempotencyKey: 'h1' })).toEqual({
      ok: true,
      errors: [],
      prescription: {
        id: 'rx_0000000000H1_1',
        isLong: true,
        diseaseKind: 'HTN',
        daysSupply: 84,
        refillsLeft: 1,
        prescriber: { id: 'pr_ONE' },
        issuedAt: now,
        dispensedAt: null,
        version: 1,
        lines: [
          {
            drug: { id: 'dg_AML' },
            dose: '1片',
            frequency: { code: '1' },
            days: 84,
            quantity: '168',
            unit: '片',
            price: '0.45',
          },
        ],
      },
    });
    expect(await issued('H1', { ...long, lines: [{ ...bid84, days: 90 }] })).toMatchObject(
      faults(['DAYS_EXCEEDED', 'lines.0.days']),
    );
  });

  test('an ordinary prescription stays below 28 days and has no refills', async () => {
    expect(await issued('H1', {})).toMatchObject({ ok: true, prescription: { isLong: false, daysSupply: 7 } });
    expect(await issued('H1', { lines: [{ ...line, days: 28 }], refills: 1 })).toMatchObject(
      faults(['VALIDATION_FAILED', 'refills'], ['DAYS_EXCEEDED', 'lines.0.days']),
    );
  });

  test('a prescriber signs only where validly registered on the day', async () => {
    const manager = { ...doctor, caller: { id: 'manager', role: 'INST_ADMIN', institutionId: 'in_TOWN' } } as const;
    expect(await issued('H1', { prescriberId: 'pr_ONE' }, manager)).toMatchObject({ ok: true });
    for (const prescriberId of ['pr_OLD', 'pr_OUT', 'pr_TWO', 'pr_NURSE', 'pr_NOBODY', 'me', 'pr_ ONE', 'pr_', '']) {
      expect(await issued('H1', { prescriberId }, manager)).toMatchObject({
        ok: false,
        errors: expect.arrayContaining([{ code: 'VALIDATION_FAILED', path: ['input', 'prescriberId'] }]),
      });
    }
    const yesterday = { ...manager, businessTime: '2024-05-19T09:00:00+08:00' };
    expect(await issued('H2', { prescriberId: 'pr_OLD' }, yesterday)).toMatchObject({ ok: true });
  });

  test('who may not prescribe is told why: unknown, not registered here, of another category, or with a lapsed licence', async () => {
    const manager = { ...doctor, caller: { id: 'manager', role: 'INST_ADMIN', institutionId: 'in_TOWN' } } as const;
    const why = async (prescriberId: string, asking: Asking = manager): Promise<unknown> => {
      const input = { encounterId: 'en_0000000000H2_1', lines: [line], prescriberId };
      const query = issue.replace('errors { code path }', 'errors { code path message messageZh }');
      return Object((await ask(subgraph, query, { input }, asking)).data?.['issuePrescription']).errors;
    };
    const fault = (message: string, messageZh: string) => [
      { code: 'VALIDATION_FAILED', path: ['input', 'prescriberId'], message, messageZh },
    ];
    expect(await why('pr_NOBODY')).toEqual(
      fault('Nothing is known of this practitioner; register the person first.', '未查到该医务人员，请先登记。'),
    );
    expect(await why('pr_TWO')).toEqual(
      fault(
        'The practitioner has no valid registration at this institution today; register the practice first.',
        '该医务人员当日在本机构无有效执业注册，请先办理执业注册。',
      ),
    );
    expect(await why('pr_NURSE')).toEqual(
      fault('People of this category may not prescribe; have a physician sign.', '该类人员无处方权，请由医师签署。'),
    );
    expect(await why('pr_LATE')).toEqual(
      fault(
        'The licence of the practitioner is not valid today, or its assessment has run out; renew it first.',
        '该医务人员的执业证书当日无效或定期考核已过期，请先办理延续。',
      ),
    );
    expect(await why('pr_LATE', { ...manager, businessTime: '2024-05-19T09:00:00+08:00' })).toEqual([]);
  });

  test('a licence that is renewed lets sign again, one that is withdrawn does not, in whatever order it is told', async () => {
    const manager = { ...doctor, caller: { id: 'manager', role: 'INST_ADMIN', institutionId: 'in_TOWN' } } as const;
    const right = { prescriber: true, physician: true, licensed: true, licensedUntil: '2024-05-19' };
    const renewed = { ...right, licensedUntil: '2026-12-31' };
    const place = { practitionerId: 'pr_NEW', institutionId: 'in_TOWN', kind: 'PRIMARY', status: 'ACTIVE' };
    const registered = { ...place, ...right, validFrom: '2020-01-01', validTo: null };
    let after = startOfChanges;
    const signsAfter = async (seq: number, [type, id]: readonly [string, string], payload: object) => {
      const position = `9-${seq}`;
      const change = {
        position,
        at: now,
        type,
        id,
        kind: 'UPDATED',
        residentId: null,
        payload: { ...payload },
      } as const;
      await subgraph.takeIn({ source: 'personnel', after, changes: [change], position, businessTime: now });
      after = position;
      return Object(await issued('H2', { prescriberId: 'pr_NEW' }, manager)).ok;
    };
    const person = ['Practitioner', 'pr_NEW'] as const;
    expect([
      await signsAfter(1, ['PracticeRegistration', 'pg_NEW'], registered),
      await signsAfter(2, person, renewed),
      await signsAfter(4, person, { ...renewed, licensed: false }),
      await signsAfter(3, person, renewed),
      await signsAfter(5, person, { status: 'ACTIVE' }),
    ]).toEqual([false, true, false, false, false]);
  });

  test('a practitioner prescribes in nobody else’s name', async () => {
    const other: Asking = {
      ...doctor,
      caller: { id: 'other', role: 'INST_STAFF', institutionId: 'in_TOWN', practitionerId: 'pr_NURSE' },
    };
    expect(await issued('H1', { prescriberId: 'pr_ONE' }, other)).toEqual({
      ...faults(['FORBIDDEN', 'prescriberId']),
      prescription: null,
    });
  });

  test('a long prescription needs a stable disease of the list, a township or county, and drugs of the list', async () => {
    expect(await issued('H7', long)).toMatchObject(faults(['VALIDATION_FAILED', 'diseaseKind']));
    expect(await issued('H8', long)).toMatchObject(faults(['VALIDATION_FAILED', 'diseaseKind']));
    expect(await issued('H9', long)).toMatchObject(faults(['VALIDATION_FAILED', 'diseaseKind']));
    expect(await issued('H2', { ...long, diseaseKind: 'CANCER' })).toMatchObject(
      faults(['VALIDATION_FAILED', 'diseaseKind']),
    );
    expect(await issued('H2', { ...long, lines: [{ ...bid84, days: 27 }] })).toMatchObject(
      faults(['VALIDATION_FAILED', 'lines.0.days']),
    );
    expect(await issued('H2', { ...long, encounterId: 'en_0000000000H2_3' }, clinic)).toMatchObject(
      faults(['VALIDATION_FAILED', 'encounterId']),
    );
    expect(await issued('H2', { ...long, refills: 4 })).toMatchObject(faults(['DAYS_EXCEEDED', 'refills']));
  });

  test('an assistant physician prescribes, but does not first issue a long prescription', async () => {
    const assistant = { ...doctor, caller: { ...doctor.caller, practitionerId: 'pr_ASSIST' } };
    expect(await issued('H2', {}, assistant)).toMatchObject({
      ok: true,
      prescription: { prescriber: { id: 'pr_ASSIST' } },
    });
    expect(await issued('H2', long, assistant)).toMatchObject(faults(['VALIDATION_FAILED', 'prescriberId']));
  });

  test('a contracted resident gets a flexible drug while the county hospital has it', async () => {
    const flexible = { ...long, lines: [{ ...bid84, drugId: 'dg_NEW' }] };
    expect(await issued('H3', flexible)).toMatchObject(faults(['VALIDATION_FAILED', 'lines.0.drugId']));
    await database.db.insert(contractProjections).values({
      residentId: 'rs_0000000000H3',
      no: 1,
      institutionId: 'in_TOWN',
      teamId: 'tm_ONE',
      status: 'ACTIVE',
      validFrom: '2024-01-01',
      validTo: '2024-12-31',
      seq: 1,
    });
    expect(await issued('H3', flexible)).toMatchObject(faults(['VALIDATION_FAILED', 'lines.0.drugId']));
    await database.db.insert(drugStocks).values({
      id: 'ds_NEW',
      institutionId: 'in_LEAD',
      drugId: 'dg_NEW',
      quantity: '3',
      unit: '盒',
      sharedPharmacy: true,
      updatedAt: now,
    });
    expect(await issued('H3', flexible)).toMatchObject({ ok: true });
  });

  test('all faults of the lines are told at once', async () => {
    const lines = [
      { ...line, drugId: 'dg_NONE', frequency: '77', days: 0, unitsPerDose: '0', price: '-1' },
      { ...line, frequency: '99' },
      { ...line, quantity: '8' },
    ];
    expect(await issued('H2', { lines })).toMatchObject(
      faults(
        ['NOT_FOUND', 'lines.0.drugId'],
        ['VALIDATION_FAILED', 'lines.0.days'],
        ['VALIDATION_FAILED', 'lines.0.unitsPerDose'],
        ['VALIDATION_FAILED', 'lines.0.frequency'],
        ['VALIDATION_FAILED', 'lines.0.price'],
        ['VALIDATION_FAILED', 'lines.0.quantity'],
        ['VALIDATION_FAILED', 'lines.1.quantity'],
        ['VALIDATION_FAILED', 'lines.2.drugId'],
        ['VALIDATION_FAILED', 'lines.2.quantity'],
      ),
    );
    expect(await issued('H2', { lines: [] })).toMatchObject(faults(['VALIDATION_FAILED', 'lines']));
  });

  test('of a pack that nobody can count packs are prescribed, as many as are said; tablets are never counted as boxes', async () => {
    const aml = eq(drugItems.id, 'dg_AML');
    await database.db.update(drugItems).set({ pack: '散装' }).where(aml);
    const days20 = { ...line, days: 20 };
    expect(await issued('H2', { lines: [days20] })).toMatchObject(faults(['VALIDATION_FAILED', 'lines.0.quantity']));
    expect(await issued('H2', { lines: [{ ...days20, quantity: '2' }] })).toMatchObject({
      ok: true,
      prescription: { lines: [{ quantity: '2', unit: null, dose: '1' }] },
    });
    await database.db.update(drugItems).set({ pack: '5mg*28片/盒' }).where(aml);
    expect(await issued('H2', { lines: [days20] })).toMatchObject({
      ok: true,
      prescription: { lines: [{ unit: '片', dose: '1片' }] },
    });
    await database.db.update(drugItems).set({ pack: '28片' }).where(aml);
  });

  test('an encounter that is over, unknown, or of another institution carries no prescription', async () => {
    expect(await issued('H2', { encounterId: 'en_0000000000H2_2' })).toMatchObject(
      faults(['INVALID_TRANSITION', 'encounterId']),
    );
    expect(await issued('H2', { encounterId: 'en_0000000000H2_9' })).toMatchObject(
      faults(['NOT_FOUND', 'encounterId']),
    );
    const elsewhere: Asking = { ...doctor, caller: { id: 'else', role: 'INST_ADMIN', institutionId: 'in_CLINIC' } };
    expect(await issued('H2', { prescriberId: 'pr_ONE' }, elsewhere)).toMatchObject(
      faults(['FORBIDDEN', 'encounterId']),
    );
  });
});

describe('dispensing', () => {
  test('168 tablets are six packs of 28, taken from the own pharmacy, then from the shared one', async () => {
    await stock('ds_TOWN', '4');
    await stock('ds_LEAD', '10');
    expect(await issued('H4', long)).toMatchObject({ ok: true });
    const input = { id: 'rx_0000000000H4_1', version: 1, idempotencyKey: 'h4' };
    const handedOut = {
      ok: true,
      errors: [],
      prescription: { id: input.id, refillsLeft: 0, dispensedAt: now, dispensedBy: { id: 'pr_ONE' }, version: 2 },
    };
    expect(await dispensed(input)).toEqual(handedOut);
    expect(await dispensed(input)).toEqual(handedOut);
    expect([await stock('ds_TOWN'), await stock('ds_LEAD')]).toEqual(['0.00', '8.00']);
    expect(await dispensed({ id: input.id })).toMatchObject(faults(['INVALID_TRANSITION', 'id']));
    const changes = await changesOf(database);
    expect(changes.filter(({ type }) => type === 'DrugStock').map(({ id, payload }) => [id, payload])).toEqual([
      ['ds_TOWN', { institutionId: 'in_TOWN', drugId: 'dg_AML', version: 2 }],
      ['ds_LEAD', { institutionId: 'in_LEAD', drugId: 'dg_AML', version: 2 }],
    ]);
  });

  test('where something is missing nothing is taken; expired lots and pharmacies outside the alliance do not count', async () => {
    await stock('ds_TOWN', '6');
    await stock('ds_LEAD', '5');
    await issued('H5', long);
    const input = { id: 'rx_0000000000H5_1' };
    await database.db.update(drugStocks).set({ expiresOn: '2024-05-19' }).where(eq(drugStocks.id, 'ds_TOWN'));
    expect(await dispensed(input)).toMatchObject(faults(['CAPACITY_EXCEEDED', 'id']));
    expect([await stock('ds_TOWN'), await stock('ds_LEAD')]).toEqual(['6.00', '5.00']);
    await database.db.update(drugStocks).set({ expiresOn: '2024-05-20' }).where(eq(drugStocks.id, 'ds_TOWN'));
    expect(await dispensed({ ...input, sharedPharmacy: false })).toMatchObject({ ok: true });
    expect([await stock('ds_TOWN'), await stock('ds_LEAD')]).toEqual(['0.00', '5.00']);
  });

  test('of two dispensings of the last packs at one moment exactly one is done', async () => {
    await stock('ds_TOWN', '9');
    await stock('ds_LEAD', '0');
    await Promise.all([issued('H5', long), issued('H6', long)]);
    const ids = ['rx_0000000000H5_2', 'rx_0000000000H6_1'];
    const answers = await Promise.all(ids.map((id) => dispensed({ id })));
    expect(answers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ok: true }),
        expect.objectContaining(faults(['CAPACITY_EXCEEDED', 'id'])),
      ]),
    );
    expect(await stock('ds_TOWN')).toBe('3.00');
  });

  test('a refill is handed out at the village before the supply ends, while the disease is controlled', async () => {
    await stock('ds_LEAD', '100');
    await database.sql`update alliance_memberships set left_on = null`;
    const id = 'rx_0000000000H1_1';
    expect(await dispensed({ id })).toMatchObject({ ok: true, prescription: { refillsLeft: 1 } });
    const atClinic = { id, institutionId: 'in_CLINIC' };
    const at = (businessTime: string): Asking => ({ ...clinic, businessTime });
    const early = at('2024-08-05T08:59:59+08:00');
    const due = at('2024-08-05T09:00:00+08:00');
    expect(await dispensed(atClinic, early)).toMatchObject(faults(['INVALID_TRANSITION', 'id']));
    const uncontrolled = { lastControlled: [false, true] };
    const h1 = eq(chronicProjections.residentId, 'rs_0000000000H1');
    await database.db.update(chronicProjections).set(uncontrolled).where(h1);
    expect(await dispensed(atClinic, due)).toMatchObject(faults(['VALIDATION_FAILED', 'id']));
    await database.db
      .update(chronicProjections)
      .set({ lastControlled: [true, true] })
      .where(h1);
    const county: Asking = {
      ...due,
      caller: { id: 'county', role: 'INST_STAFF', institutionId: 'in_LEAD', practitionerId: 'pr_TWO' },
    };
    expect(await dispensed({ id, institutionId: 'in_LEAD' }, county)).toMatchObject(
      faults(['VALIDATION_FAILED', 'institutionId']),
    );
    const lapsed = { ...due, caller: { ...clinic.caller, practitionerId: 'pr_LATE' } };
    expect(await dispensed(atClinic, lapsed)).toMatchObject(faults(['VALIDATION_FAILED', 'dispenserId']));
    expect(await dispensed(atClinic, due)).toMatchObject({
      ok: true,
      prescription: { refillsLeft: 0, dispensedBy: { id: 'pr_VIL' } },
    });
    expect(await dispensed(atClinic, at('2024-12-05T09:00:00+08:00'))).toMatchObject(
      faults(['INVALID_TRANSITION', 'id']),
    );
  });

  test('a prescription lapses after three days, and is not dispensed outside the alliance or for another institution', async () => {
    await issued('H6', {});
    const id = 'rx_0000000000H6_2';
    const city: Asking = {
      ...doctor,
      caller: { id: 'city', role: 'INST_STAFF', institutionId: 'in_CITY', practitionerId: 'pr_SIX' },
    };
    expect(await dispensed({ id, institutionId: 'in_CITY' }, city)).toMatchObject(
      faults(['FORBIDDEN', 'institutionId']),
    );
    expect(await dispensed({ id }, city)).toMatchObject(faults(['FORBIDDEN', 'institutionId']));
    expect(await dispensed({ id, version: 5 })).toMatchObject(faults(['VERSION_CONFLICT', 'version']));
    expect(await dispensed({ id }, { ...doctor, businessTime: '2024-05-23T09:00:01+08:00' })).toMatchObject(
      faults(['INVALID_TRANSITION', 'id']),
    );
    expect(await dispensed({ id: 'rx_0000000000H6_9' })).toMatchObject(faults(['NOT_FOUND', 'id']));
  });
});

test('advice on medication is kept with who gave it', async () => {
  const give = `mutation ($input: GiveMedicationAdviceInput!) { giveMedicationAdvice(input: $input) {
    ok errors { code path } medicationAdvice { id text at by { id } } } }`;
  const given = async (input: object) => (await ask(subgraph, give, { input }, doctor)).data?.['giveMedicationAdvice'];
  const input = { residentId: 'rs_0000000000H1', institutionId: 'in_TOWN', text: '早晨服用' };
  expect(await given(input)).toEqual({
    ok: true,
    errors: [],
    medicationAdvice: { id: 'ma_0000000000H1_1', text: '早晨服用', at: now, by: { id: 'pr_ONE' } },
  });
  expect(await given({ ...input, residentId: 'x', institutionId: 'in_LEAD', text: '' })).toMatchObject(
    faults(['FORBIDDEN', 'institutionId'], ['NOT_FOUND', 'residentId'], ['VALIDATION_FAILED', 'text']),
  );
});
