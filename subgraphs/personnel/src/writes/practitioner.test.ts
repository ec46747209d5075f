import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { commission, openWriting, stranger, townHospital, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
});
afterAll(() => writing.database.close());

const form = {
  name: '钱医生',
  sex: 'MALE',
  birthDate: '1955-03-12',
  idNumber: '99032219550312001x',
  physicianCode: 'D320322000099',
  category: 'PHYSICIAN',
  licence: {
    no: '110320322000099',
    kind: '1',
    scope: 'GP',
    firstRegisteredOn: '2010-08-01',
    assessedUntil: '2026-06-30',
  },
  specialty: 'GP',
  title: '233',
  titleLevel: 'MID',
  education: '20',
  primaryInstitutionId: 'in_TOWN',
  employment: { kind: 'CONTRACT', from: '2024-12-01' },
  posts: [
    { role: 'CLINICAL', fte: '0.60' },
    { role: 'PUBLIC_HEALTH', fte: '0.40' },
  ],
};
const select = `practitioner { name idNumber physicianCode titleLevel status version primaryInstitution { id }
  region { code } licence { status assessedUntil } employment { kind hiredBy { id } usedAt { id } } posts { role fte } }`;

test('a practitioner is put on the register once, however often it is asked for, and the citizen number is sealed', async () => {
  const input = { ...form, idempotencyKey: 'register-1' };
  const first = await writing.write('registerPractitioner', input, { select, ...townHospital });
  expect(first).toEqual({
    ok: true,
    errors: [],
    practitioner: {
      name: '钱医生',
      idNumber: '99032219550312001X',
      physicianCode: 'D320322000099',
      titleLevel: 'MID',
      status: 'ACTIVE',
      version: 1,
      primaryInstitution: { id: 'in_TOWN' },
      region: { code: '320322104' },
      licence: { status: 'VALID', assessedUntil: '2026-06-30' },
      employment: { kind: 'CONTRACT', hiredBy: { id: 'in_TOWN' }, usedAt: { id: 'in_TOWN' } },
      posts: expect.arrayContaining([
        { role: 'CLINICAL', fte: '0.60' },
        { role: 'PUBLIC_HEALTH', fte: '0.40' },
      ]),
    },
  });
  expect(await writing.write('registerPractitioner', input, { select, ...townHospital })).toEqual(first);
  const stored = await writing.database.sql`
    select id, encode(id_number, 'escape') as sealed from practitioners where physician_code = 'D320322000099'`;
  expect(stored).toHaveLength(1);
  expect(stored[0]?.['sealed']).not.toContain('99032219550312001X');
  const id = String(stored[0]?.['id']);
  expect(await writing.changesOf(id)).toEqual([
    [
      'CREATED',
      {
        primaryInstitutionId: 'in_TOWN',
        category: 'PHYSICIAN',
        titleLevel: 'MID',
        status: 'ACTIVE',
        prescriber: true,
        physician: true,
        licensed: true,
        licensedUntil: '2026-06-30',
        version: 1,
      },
    ],
  ]);
  expect(await writing.historyOf(id)).toEqual([[null, 'ACTIVE', null]]);
});

test('nobody is registered twice under one citizen number or physician code, even at one moment', async () => {
  const again = await writing.write('registerPractitioner', { ...form, name: '钱一' }, townHospital);
  expect(again).toEqual({ ok: false, errors: ['VALIDATION_FAILED physicianCode', 'VALIDATION_FAILED idNumber'] });
  const other = { ...form, birthDate: '1988-07-06', sex: 'FEMALE', idNumber: '990322198807060021' };
  const answers = await Promise.all(
    Array.from({ length: 15 }, (_, index) =>
      writing.write('registerPractitioner', { ...other, physicianCode: `D3203220002${10 + index}` }, townHospital),
    ),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  const same = { ...form, idNumber: null, physicianCode: 'D320322000104' };
  const codes = await Promise.all(
    Array.from({ length: 15 }, () => writing.write('registerPractitioner', same, townHospital)),
  );
  expect(codes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(codes.find(({ ok }) => !ok)?.['errors']).toEqual(['VALIDATION_FAILED physicianCode']);
});

test('all faults of a registration are told at once, each with its place', async () => {
  const wrong = {
    ...form,
    name: ' ',
    birthDate: '2025-03-12',
    idNumber: '990322195503120010',
    physicianCode: 'X1',
    licence: { ...form.licence, kind: '99', scope: '?', firstRegisteredOn: '2025-01-01', assessedUntil: '2024-12-30' },
    specialty: '?',
    title: '?',
    education: '?',
    primaryInstitutionId: 'in_SHUT',
    employment: { kind: 'POOL', hiredById: 'in_NONE', from: '2024-12-01', to: '2024-11-01' },
    posts: [
      { role: 'CLINICAL', fte: '1.00' },
      { role: 'IT', fte: '0' },
      { role: 'NURSING', departmentId: 'de', fte: '0.5' },
    ],
  };
  expect(await writing.write('registerPractitioner', wrong)).toEqual({
    ok: false,
    errors: [
      'VALIDATION_FAILED primaryInstitutionId',
      'NOT_FOUND employment.hiredById',
      'VALIDATION_FAILED name',
      'VALIDATION_FAILED birthDate',
      'VALIDATION_FAILED idNumber',
      'VALIDATION_FAILED licence.firstRegisteredOn',
      'VALIDATION_FAILED licence.assessedUntil',
      'VALIDATION_FAILED physicianCode',
      'VALIDATION_FAILED licence.kind',
      'VALIDATION_FAILED licence.scope',
      'VALIDATION_FAILED specialty',
      'VALIDATION_FAILED title',
      'VALIDATION_FAILED education',
      'MODE_MISMATCH employment.kind',
      'VALIDATION_FAILED employment.to',
      'VALIDATION_FAILED posts.1.fte',
      'NOT_FOUND posts.2.departmentId',
      'VALIDATION_FAILED posts',
    ],
  });
});

test('sex and birth must be those of the citizen number, and a physician needs a licence', async () => {
  const wrong = { ...form, physicianCode: null, idNumber: '990322198807060021', licence: null };
  expect((await writing.write('registerPractitioner', wrong))['errors']).toEqual([
    'VALIDATION_FAILED birthDate',
    'VALIDATION_FAILED sex',
    'VALIDATION_FAILED licence',
    'VALIDATION_FAILED idNumber',
  ]);
});

test('people of another institution may not register; the health commission of the county may', async () => {
  const input = { ...form, idNumber: null, physicianCode: 'D320322000105' };
  expect(await writing.write('registerPractitioner', input, stranger)).toEqual({
    ok: false,
    errors: ['FORBIDDEN primaryInstitutionId'],
  });
  expect(await writing.write('registerPractitioner', input, commission)).toEqual({ ok: true, errors: [] });
});
