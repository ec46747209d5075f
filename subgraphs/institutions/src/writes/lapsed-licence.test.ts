import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from '../sample-caller.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

const residentId = 'rs_0000000000WA';
const institutionId = 'in_LEAD';
const encounterId = 'en_0000000000WA_2';
const at = '2024-05-20T08:00:00+08:00';
const later = { start: '2024-05-27T08:00:00+08:00', end: '2024-05-27T09:00:00+08:00' };
const line = { drugId: 'dg_AML', unitsPerDose: '1', frequency: '9', days: 7 };
const report = { item: 'CT_CHEST', performedTime: at, qualityGrade: 'CITY', conclusion: '未见异常' };

/** What people and programs of the county hospital, and those who come to it, would do; and where its licence stands in the way. */
const acts: readonly (readonly [mutation: string, path: string, input: object])[] = [
  ['recordEncounter', 'institutionId', { residentId, institutionId, class: 'OUTPATIENT', startedAt: at }],
  ['issuePrescription', 'encounterId', { encounterId, lines: [line] }],
  ['dispensePrescription', 'institutionId', { id: 'rx_0000000000WA_1', institutionId }],
  ['giveMedicationAdvice', 'institutionId', { residentId, institutionId, text: '早晨服用' }],
  ['recordReport', 'performedAtId', { residentId, performedAtId: institutionId, ...report }],
  [
    'recordRecognition',
    'institutionId',
    { reportId: 'dr_0000000000WA_1', encounterId, institutionId, decision: 'NOT_RECOGNISED', reason: 'OTHER' },
  ],
  [
    'recordDocument',
    'institutionId',
    { residentId, institutionId, type: '01', sha256: 'ab'.repeat(32), storageUri: 's3://papers/1' },
  ],
  [
    'requestRemoteConsultation',
    'requesterId',
    { residentId, requesterId: institutionId, providerId: 'in_CITY', kind: 'CONSULTATION', question: '是否手术' },
  ],
  ['recordBeds', 'institutionId', { institutionId, class: 'GENERAL', open: 500, physical: 520, occupied: 420 }],
  ['publishSlots', 'institutionId', { institutionId, departmentId: 'de_LEAD03', ...later, places: 4 }],
  ['bookAppointment', 'slotId', { slotId: 'sl_TWO', residentId }],
  [
    'reserveEquipment',
    'equipmentId',
    { equipmentId: 'eq_CT', requesterId: 'in_TOWN', residentId, examItem: 'CT_CHEST', ...later },
  ],
];

/** The places where a mutation says that a licence is not valid today. */
async function unlicensedAt(name: string, input: object): Promise<readonly string[]> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ok errors { code path messageZh } } }`;
  const answer = await ask(subgraph, query, { input }, { businessTime: '2024-05-20T09:00:00+08:00' });
  const errors: readonly { readonly code: string; readonly path: readonly string[]; readonly messageZh: string }[] =
    Object(answer.data?.[name]).errors;
  return errors
    .filter(({ messageZh }) => messageZh === '该机构的执业许可证当前无效。')
    .map(({ code, path }) => `${code} ${path.slice(1).join('.')}`);
}

test.each(acts)(
  '%s is refused at %s where the licence of the institution has lapsed, and not on its last day',
  async (name, path, input) => {
    await database.sql`update institutions set licence_valid_to = '2024-05-19' where id = ${institutionId}`;
    const lapsed = await unlicensedAt(name, input);
    await database.sql`update institutions set licence_valid_to = '2024-05-20' where id = ${institutionId}`;
    const lastDay = await unlicensedAt(name, input);
    await database.sql`update institutions set licence_status = 'REVOKED' where id = ${institutionId}`;
    const revoked = await unlicensedAt(name, input);
    await database.sql`update institutions set licence_status = 'VALID' where id = ${institutionId}`;
    expect({ lapsed, lastDay, revoked }).toEqual({
      lapsed: [`VALIDATION_FAILED ${path}`],
      lastDay: [],
      revoked: [`VALIDATION_FAILED ${path}`],
    });
  },
);
