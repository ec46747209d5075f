import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, changesOf, sampleKeys, type Asking } from '../sample-caller.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { bedStats, institutions } from '../tables/place.ts';

let database: Database;
let subgraph: Subgraph;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

const at: Asking = { businessTime: '2024-05-20T12:00:00+08:00' };
const lead: Asking = {
  ...at,
  caller: { role: 'INST_STAFF', institutionId: 'in_LEAD', practitionerId: 'pr_TWO', id: 'lead' },
};
const town: Asking = {
  ...at,
  caller: { role: 'FAMILY_DOCTOR', institutionId: 'in_TOWN', practitionerId: 'pr_ONE', id: 'town' },
};

const record = `mutation ($input: RecordEncounterInput!) { recordEncounter(input: $input) {
  ok errors { code path } encounter { id class isFirstContact visitNo startedAt endedAt version
    diagnoses { rank code { code } kind }
    ... on OutpatientVisit { isTcm waitingMinutes steps { step at } appointment { id } }
    ... on EmergencyVisit { triageLevel arrivedBy doorToNeedleMinutes }
    ... on InpatientStay { admittedAt bedClass admittedFrom { code } dischargedAt }
    ... on HomeVisit { vulnerability services }
    ... on OnlineConsultation { question replies { text } } }
} }`;
const discharge = `mutation ($input: RecordDischargeInput!) { recordDischarge(input: $input) {
  ok errors { code path } inpatientStay { id dischargedAt lengthOfStay dischargeMode { code } totalCost version
    diagnoses { rank code { code } kind } procedures { code } }
} }`;

const resident = (serial: string) => `rs_0000000000${serial}`;
const visit = { class: 'OUTPATIENT', institutionId: 'in_TOWN', startedAt: '2024-05-20T09:00:00+08:00' };
const stay = {
  class: 'INPATIENT',
  institutionId: 'in_LEAD',
  startedAt: '2024-05-07T10:00:00+08:00',
  inpatient: { bedClass: 'GENERAL', admittedFrom: '1' },
};
const stroke = [{ rank: 1, code: 'I63.9', kind: 'MAIN' }];

async function recorded(input: object, asking: Asking): Promise<unknown> {
  return (await ask(subgraph, record, { input }, asking)).data?.['recordEncounter'];
}

async function discharged(input: object, asking: Asking = lead): Promise<unknown> {
  return (await ask(subgraph, discharge, { input }, asking)).data?.['recordDischarge'];
}

async function occupied(institutionId: string): Promise<number | undefined> {
  const [beds] = await database.db.select().from(bedStats).where(eq(bedStats.institutionId, institutionId));
  return beds?.occupied;
}

const faults = (...errors: readonly (readonly [code: string, path: string])[]) => ({
  ok: false,
  errors: errors.map(([code, path]) => ({ code, path: ['input', ...path.split('.')] })),
});

test('an outpatient visit is recorded once under its key, as a first contact, with its number sealed', async () => {
  const input = {
    ...visit,
    residentId: resident('N1'),
    idempotencyKey: 'visit-1',
    visitNo: 'MZ20240520001',
    endedAt: '2024-05-20T09:20:00+08:00',
    departmentId: 'de_TOWN02',
    diagnoses: [{ rank: 1, code: 'I10', kind: 'MAIN' }],
    outpatient: { waitingMinutes: 12, steps: [{ step: 'REGISTER', at: '2024-05-20T08:55:00+08:00' }] },
  };
  const made = {
    ok: true,
    errors: [],
    encounter: {
      id: 'en_0000000000N1_1',
      class: 'OUTPATIENT',
      isFirstContact: true,
      visitNo: 'MZ20240520001',
      startedAt: '2024-05-20T09:00:00+08:00',
      endedAt: '2024-05-20T09:20:00+08:00',
      version: 1,
      diagnoses: [{ rank: 1, code: { code: 'I10' }, kind: 'MAIN' }],
      isTcm: false,
      waitingMinutes: 12,
      steps: [{ step: 'REGISTER', at: '2024-05-20T08:55:00+08:00' }],
      appointment: null,
    },
  };
  expect(await recorded(input, town)).toEqual(made);
  expect(await recorded(input, town)).toEqual(made);
  const [row] = await database.sql<{ sealed: boolean }[]>`
    select position('MZ20240520001'::bytea in visit_no) = 0 as sealed from encounters where resident_id = ${resident('N1')}`;
  expect(row).toEqual({ sealed: true });
});

test('the same visit without a key is not recorded twice, and a visit within two weeks is no first contact', async () => {
  const input = { ...visit, residentId: resident('N2') };
  expect(await recorded(input, town)).toMatchObject({ ok: true, encounter: { isFirstContact: true } });
  expect(await recorded(input, town)).toMatchObject(faults(['VALIDATION_FAILED', 'startedAt']));
  expect(await recorded({ ...input, startedAt: '2024-05-20T10:00:00+08:00' }, town)).toMatchObject({
    ok: true,
    encounter: { id: 'en_0000000000N2_2', isFirstContact: false },
  });
});

test('an emergency, a home visit and an online consultation keep what only they have', async () => {
  const residentId = resident('N3');
  const { outpatient: _, ...bare } = { ...visit, residentId, outpatient: null };
  expect(
    await recorded(
      {
        ...bare,
        class: 'EMERGENCY',
        emergency: { triageLevel: 1, arrivedBy: 'AMBULANCE', doorToNeedleMinutes: 38 },
        startedAt: '2024-05-18T09:00:00+08:00',
      },
      town,
    ),
  ).toMatchObject({ ok: true, encounter: { triageLevel: 1, arrivedBy: 'AMBULANCE', doorToNeedleMinutes: 38 } });
  expect(
    await recorded({ ...bare, class: 'HOME', home: { vulnerability: ['LONELY'], services: ['测血压'] } }, town),
  ).toMatchObject({ ok: true, encounter: { vulnerability: ['LONELY'], services: ['测血压'], isFirstContact: false } });
  const ownResident: Asking = { ...at, caller: { id: 'n3', kind: 'PERSON', role: 'RESIDENT', residentId } };
  const question = { ...bare, class: 'ONLINE', online: { question: '头晕' }, startedAt: '2024-05-20T11:59:00+08:00' };
  const more = {
    visitNo: 'ZX1',
    attendingId: 'pr_ONE',
    endedAt: '2024-05-20T12:00:00+08:00',
    diagnoses: [{ rank: 1, code: 'I10', kind: 'MAIN' }],
    procedures: ['99.25'],
    totalCost: '1',
    startedAt: '2024-05-20T09:00:00+08:00',
  };
  const { errors } = Object(await recorded({ ...question, ...more }, ownResident));
  expect(
    Object(errors)
      .flatMap(({ code, path }: { code: string; path: string[] }) =>
        code === 'FORBIDDEN' ? [path.slice(1).join('.')] : [],
      )
      .toSorted(),
  ).toEqual(Object.keys(more).toSorted());
  expect(await recorded(question, ownResident)).toMatchObject({
    ok: true,
    encounter: { question: '头晕', replies: [], visitNo: expect.stringMatching(/^ZX20240520[0-9A-Z]{8}$/) },
  });
  expect(
    await recorded({ ...bare, class: 'ONLINE', residentId: resident('N4'), online: { question: '头晕' } }, ownResident),
  ).toMatchObject(faults(['FORBIDDEN', 'institutionId']));
});

test('a stay takes a bed and gives it back at its discharge, which tells public health what follows', async () => {
  const residentId = resident('S1');
  const before = await occupied('in_LEAD');
  const admitted = await recorded({ ...stay, residentId, diagnoses: stroke }, lead);
  expect(admitted).toMatchObject({
    ok: true,
    encounter: {
      admittedAt: '2024-05-07T10:00:00+08:00',
      bedClass: 'GENERAL',
      admittedFrom: { code: '1' },
      endedAt: null,
    },
  });
  expect(await occupied('in_LEAD')).toBe((before ?? 0) + 1);
  const input = {
    encounterId: 'en_0000000000S1_1',
    dischargedAt: '2024-05-15T10:00:00+08:00',
    dischargeMode: '3',
    diagnoses: [{ rank: 2, code: 'I10', kind: 'OTHER' }, ...stroke],
    totalCost: '8600.50',
    version: 1,
  };
  expect(await discharged(input)).toEqual({
    ok: true,
    errors: [],
    inpatientStay: {
      id: 'en_0000000000S1_1',
      dischargedAt: '2024-05-15T10:00:00+08:00',
      lengthOfStay: 8,
      dischargeMode: { code: '3' },
      totalCost: '8600.50',
      version: 2,
      diagnoses: [
        { rank: 1, code: { code: 'I63.9' }, kind: 'MAIN' },
        { rank: 2, code: { code: 'I10' }, kind: 'OTHER' },
      ],
      procedures: [],
    },
  });
  expect(await occupied('in_LEAD')).toBe(before);
  expect(await discharged({ ...input, version: 2 })).toMatchObject(faults(['INVALID_TRANSITION', 'encounterId']));
  expect(await occupied('in_LEAD')).toBe(before);
  const changes = await changesOf(database);
  expect(
    changes.filter((change) => change.residentId === residentId).map(({ kind, payload }) => [kind, payload]),
  ).toEqual([
    ['CREATED', { class: 'INPATIENT', institutionId: 'in_LEAD', startedOn: '2024-05-07', ended: false, version: 1 }],
    [
      'UPDATED',
      {
        class: 'INPATIENT',
        institutionId: 'in_LEAD',
        dischargedOn: '2024-05-15',
        followUpDueOn: '2024-05-18',
        version: 2,
      },
    ],
  ]);
  const history =
    await database.sql`select "from", "to", by_id from status_history where resident_id = ${residentId} order by seq`;
  expect(history.map((row) => ({ ...row }))).toEqual([
    { from: null, to: 'ADMITTED', by_id: 'pr_TWO' },
    { from: 'ADMITTED', to: 'DISCHARGED', by_id: 'pr_TWO' },
  ]);
});

test('two discharges of one stay at one moment: exactly one is done', async () => {
  await recorded({ ...stay, residentId: resident('S2') }, lead);
  const input = {
    encounterId: 'en_0000000000S2_1',
    dischargeMode: '5',
    diagnoses: [{ rank: 1, code: 'J18.9', kind: 'MAIN' }],
  };
  const answers = await Promise.all([discharged(input), discharged(input)]);
  expect(answers).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ok: true }),
      expect.objectContaining(faults(['INVALID_TRANSITION', 'encounterId'])),
    ]),
  );
  const changes = await changesOf(database);
  expect(
    changes.filter(({ id, kind }) => id === 'en_0000000000S2_1' && kind === 'UPDATED').map(({ payload }) => payload),
  ).toEqual([expect.objectContaining({ dischargedOn: '2024-05-20', followUpDueOn: null })]);
});

test('nobody stays at two hospitals at once, also when both ask at one moment', async () => {
  const residentId = resident('S3');
  const atTown = { ...stay, residentId, institutionId: 'in_TOWN', inpatient: { bedClass: 'REHAB', admittedFrom: '2' } };
  const answers = await Promise.all([recorded({ ...stay, residentId }, lead), recorded(atTown, town)]);
  expect(answers).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ok: true }),
      expect.objectContaining(faults(['SCHEDULE_CONFLICT', 'startedAt'])),
    ]),
  );
});

test('all faults of an encounter are told at once: codes, times, parts and places', async () => {
  const input = {
    ...visit,
    residentId: 'wang',
    institutionId: 'in_LEAD',
    class: 'INPATIENT',
    departmentId: 'de_TOWN02',
    attendingId: 'doctor',
    startedAt: '2024-05-21T09:00:00+08:00',
    endedAt: '2024-05-20T09:00:00+08:00',
    diagnoses: [{ code: 'X?' }, { code: 'I10' }],
    procedures: ['9'],
    referralId: 'rf_0000000000WA_1',
    totalCost: '-1',
    outpatient: {},
  };
  expect(await recorded(input, town)).toMatchObject(
    faults(
      ['NOT_FOUND', 'residentId'],
      ['FORBIDDEN', 'institutionId'],
      ['VALIDATION_FAILED', 'startedAt'],
      ['VALIDATION_FAILED', 'endedAt'],
      ['VALIDATION_FAILED', 'endedAt'],
      ['NOT_FOUND', 'attendingId'],
      ['VALIDATION_FAILED', 'diagnoses.0.code'],
      ['VALIDATION_FAILED', 'diagnoses.1.rank'],
      ['VALIDATION_FAILED', 'procedures.0'],
      ['VALIDATION_FAILED', 'totalCost'],
      ['VALIDATION_FAILED', 'outpatient'],
      ['VALIDATION_FAILED', 'inpatient'],
      ['NOT_FOUND', 'departmentId'],
      ['NOT_FOUND', 'referralId'],
    ),
  );
});

test('unknown triage levels and admission routes are refused, and so are minutes below nothing', async () => {
  const residentId = resident('N5');
  const emergency = { triageLevel: 5, doorToDoctorMinutes: -1 };
  expect(await recorded({ ...visit, residentId, class: 'EMERGENCY', emergency }, town)).toMatchObject(
    faults(['VALIDATION_FAILED', 'emergency.triageLevel'], ['VALIDATION_FAILED', 'emergency.doorToDoctorMinutes']),
  );
  const inpatient = { bedClass: 'GENERAL', admittedFrom: '7' };
  expect(await recorded({ ...stay, residentId, inpatient }, lead)).toMatchObject(
    faults(['VALIDATION_FAILED', 'inpatient.admittedFrom']),
  );
});

test('an encounter follows a referral that was accepted to its institution, not one that is over', async () => {
  const input = { ...visit, residentId: resident('WA'), institutionId: 'in_LEAD', referralId: 'rf_0000000000WA_1' };
  expect(await recorded(input, lead)).toMatchObject(faults(['INVALID_TRANSITION', 'referralId']));
  await database.sql`update referrals set status = 'ACCEPTED' where resident_id = ${resident('WA')} and no = 1`;
  expect(await recorded(input, lead)).toMatchObject({ ok: true, encounter: { isFirstContact: false } });
  expect(await recorded({ ...input, institutionId: 'in_TOWN' }, town)).toMatchObject(
    faults(['NOT_FOUND', 'referralId']),
  );
});

test('a closed institution, and one whose licence has expired, record nothing', async () => {
  const input = { ...visit, residentId: resident('N6') };
  await database.db.update(institutions).set({ licenceValidTo: '2024-05-19' }).where(eq(institutions.id, 'in_TOWN'));
  expect(await recorded(input, town)).toMatchObject(faults(['VALIDATION_FAILED', 'institutionId']));
  await database.db
    .update(institutions)
    .set({ licenceValidTo: '2034-12-31', status: 'CLOSED' })
    .where(eq(institutions.id, 'in_TOWN'));
  expect(await recorded(input, town)).toMatchObject(faults(['VALIDATION_FAILED', 'institutionId']));
  await database.db.update(institutions).set({ status: 'ACTIVE' }).where(eq(institutions.id, 'in_TOWN'));
  expect(await recorded(input, town)).toMatchObject({ ok: true });
});

test('a discharge is refused to another institution, of what is no stay, before its admission and with unknown codes', async () => {
  await recorded({ ...stay, residentId: resident('S4') }, lead);
  const input = { encounterId: 'en_0000000000S4_1', dischargeMode: '1', diagnoses: stroke };
  expect(await discharged(input, town)).toMatchObject(faults(['FORBIDDEN', 'encounterId']));
  expect(await discharged({ ...input, encounterId: 'en_0000000000N1_1' }, town)).toMatchObject(
    faults(['VALIDATION_FAILED', 'encounterId']),
  );
  expect(await discharged({ ...input, encounterId: 'en_0000000000S4_9' })).toMatchObject(
    faults(['NOT_FOUND', 'encounterId']),
  );
  expect(await discharged({ ...input, version: 7 })).toMatchObject(faults(['VERSION_CONFLICT', 'version']));
  const wrong = {
    dischargedAt: '2024-05-07T09:59:59+08:00',
    dischargeMode: '7',
    diagnoses: [{ rank: 2, code: 'I63.9' }],
  };
  expect(await discharged({ ...input, ...wrong })).toMatchObject(
    faults(
      ['VALIDATION_FAILED', 'dischargedAt'],
      ['VALIDATION_FAILED', 'dischargeMode'],
      ['VALIDATION_FAILED', 'diagnoses'],
    ),
  );
  expect(await discharged({ ...input, dischargedAt: '2024-05-20T12:00:01+08:00' })).toMatchObject(
    faults(['VALIDATION_FAILED', 'dischargedAt']),
  );
});

test('an institution states its beds, also of a class that it had none of; nobody states them for another', async () => {
  const state = `mutation ($input: RecordBedsInput!) { recordBeds(input: $input) {
    ok errors { code path } institution { beds { class open physical occupied free } } } }`;
  const stated = async (input: object, asking: Asking) =>
    (await ask(subgraph, state, { input }, asking)).data?.['recordBeds'];
  const input = { institutionId: 'in_TOWN', class: 'ELDERLY', open: 12, physical: 10, occupied: 3 };
  expect(await stated(input, town)).toMatchObject({
    ok: true,
    institution: {
      beds: expect.arrayContaining([{ class: 'ELDERLY', open: 12, physical: 10, occupied: 3, free: 9 }]),
    },
  });
  expect(await stated({ ...input, occupied: 14 }, town)).toMatchObject({
    ok: true,
    institution: {
      beds: expect.arrayContaining([expect.objectContaining({ class: 'ELDERLY', occupied: 14, free: 0 })]),
    },
  });
  expect(await stated({ ...input, open: -1 }, lead)).toMatchObject(
    faults(['FORBIDDEN', 'institutionId'], ['VALIDATION_FAILED', 'open']),
  );
});
