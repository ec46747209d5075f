import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ask, sampleKeys, type Asking } from '../sample-caller.ts';
import {
  addDivisions,
  citizenNumber,
  newcomer,
  register as registerIn,
  registered as registeredIn,
} from '../sample-registration.ts';
import { sampleResidents } from '../sample-residents.ts';
import { doctor, inApp, openWriting, stranger, type Answer, type Writing } from '../sample-writing.ts';
import { createPublicHealth } from '../subgraph.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  await addDivisions(writing);
});
afterAll(() => writing.database.close());

const register = (input: object, asking?: Asking): Promise<Answer> => registerIn(writing, input, asking);
const registered = (input: object) => registeredIn(writing, input);

const errorsOf = async (name: string, input: object, asking: Asking = doctor): Promise<unknown> =>
  (await writing.write(name, input, asking))['errors'];

describe('registration', () => {
  test('opens the record and a household, takes the next number of the village, and tells where the home is', async () => {
    const { errors, resident: made } = await register({ content: { phone: '138 0000 1234', ethnicity: '01' } });
    const { id } = Object(made);
    expect([errors, made]).toEqual([
      [],
      {
        id: expect.stringMatching(/^rs_[0-9A-HJKMNP-TV-Z]{12}$/),
        healthRecordNo: '32032210020100001',
        name: '赵某',
        idNumber: newcomer.idNumber,
        sex: 'MALE',
        birthDate: '1970-05-06',
        status: 'ACTIVE',
        region: { code: '320322100201' },
        servingInstitution: { id: 'in_TOWN' },
        focusGroups: [],
        household: { headId: id, members: [{ resident: { id }, relation: { code: '0' } }] },
        healthRecord: {
          id: `hr_${id.slice(3)}_1`,
          openedOn: '2024-12-31',
          openedAt: { id: 'in_TOWN' },
          completeness: '30.77',
          version: 1,
        },
        version: 1,
      },
    ]);
    expect(await writing.changesOf(id)).toEqual([
      ['CREATED', { regionCode: '320322100201', status: 'ACTIVE', version: 1 }],
    ]);
    const [row] = await writing.database.sql`select name, id_number, phone from residents where id = ${id}`;
    expect(Buffer.concat([row?.['name'], row?.['id_number'], row?.['phone']]).toString()).not.toMatch(
      /赵|1970|1380000/,
    );
  });

  test('a village clinic registers for the hospital above it; the newcomer joins a household; the next number follows', async () => {
    const clinic = { caller: { ...doctor.caller, id: 'clinic', institutionId: 'in_CLINIC' } };
    const { errors, resident: made } = await register(
      {
        institutionId: 'in_CLINIC',
        idNumber: citizenNumber('2023-01-15', 8),
        birthDate: '2023-01-15',
        sex: 'FEMALE',
        regionCode: '320322100200',
        householdId: 'hh_0000000000H1',
        relationToHead: '4',
      },
      clinic,
    );
    expect(errors).toEqual([]);
    expect(made).toMatchObject({
      healthRecordNo: '32032210020000003',
      servingInstitution: { id: 'in_TOWN' },
      focusGroups: ['CHILD'],
      household: { headId: sampleResidents.wang },
    });
  });

  test('TV-3.21.1 a citizen number with a wrong check character, birth date or sex is refused, and every other fault with it', async () => {
    const answers = [
      await register({ idNumber: '110105194912310021' }),
      await register({ idNumber: citizenNumber('1970-05-07', 101) }),
      await register({ idNumber: citizenNumber('1970-05-06', 102) }),
      await register({
        idNumber: null,
        name: ' ',
        birthDate: '2025-01-01',
        regionCode: '320322104200',
        registeredRegionCode: '320322100',
        residentType: '3',
        householdId: 'hh_NONE',
        content: {
          phone: 'none',
          ethnicity: '77',
          guardianId: 'rs_NONE',
          histories: [{ kind: 'DISEASE', year: 1960 }],
        },
      }),
    ];
    expect(answers.map(({ errors }) => errors)).toEqual([
      ['VALIDATION_FAILED idNumber'],
      ['VALIDATION_FAILED birthDate'],
      ['VALIDATION_FAILED sex'],
      [
        'VALIDATION_FAILED registeredRegionCode',
        'VALIDATION_FAILED regionCode',
        'VALIDATION_FAILED residentType',
        'VALIDATION_FAILED name',
        'VALIDATION_FAILED birthDate',
        'VALIDATION_FAILED content.ethnicity',
        'VALIDATION_FAILED content.phone',
        'VALIDATION_FAILED content.histories.0',
        'VALIDATION_FAILED content.histories.0.year',
        'NOT_FOUND content.guardianId',
        'NOT_FOUND householdId',
        'VALIDATION_FAILED relationToHead',
      ],
    ]);
  });

  test('nobody registers for another institution, at a hospital of the county, or at one that is closed', async () => {
    const at = (institutionId: string) => ({ caller: { ...doctor.caller, institutionId } });
    expect([
      await errorsOf('registerResident', newcomer, stranger),
      await errorsOf('registerResident', newcomer, inApp(sampleResidents.wang)),
      await errorsOf('registerResident', { ...newcomer, institutionId: 'in_LEAD' }, at('in_LEAD')),
      await errorsOf('registerResident', { ...newcomer, institutionId: 'in_SHUT' }, at('in_SHUT')),
      await errorsOf('registerResident', { ...newcomer, institutionId: 'in_ELSEWHERE' }, at('in_ELSEWHERE')),
    ]).toEqual([
      ['FORBIDDEN institutionId'],
      ['FORBIDDEN institutionId'],
      ['VALIDATION_FAILED institutionId'],
      ['VALIDATION_FAILED institutionId'],
      ['NOT_FOUND institutionId'],
    ]);
  });

  test('a known document number leads who serves its holder to the record, and tells others only that it is known', async () => {
    const person = { idNumber: citizenNumber('1980-02-03', 202), birthDate: '1980-02-03', sex: 'FEMALE' };
    const known = await registered({ ...person, name: '某202' });
    const input = { ...person, name: '另名' };
    const other = { caller: { ...doctor.caller, id: 'other', institutionId: 'in_TOWN2', practitionerId: 'pr_OTHER' } };
    const elsewhere = { ...input, institutionId: 'in_TOWN2', regionCode: '320322104200' };
    expect([await register(input), await register({ ...elsewhere, confirmedNew: true }, other)]).toEqual([
      { ok: false, errors: ['VALIDATION_FAILED idNumber'], resident: null, candidates: [{ id: known.id }] },
      { ok: false, errors: ['VALIDATION_FAILED idNumber'], resident: null, candidates: [] },
    ]);
  });

  test('who has the name, birth date and telephone of another is a candidate first, and registered once confirmed', async () => {
    const person = {
      name: '孙某',
      birthDate: '1981-03-04',
      sex: 'FEMALE',
      idNumber: null,
      content: { phone: '13900001111' },
    };
    const first = await registered(person);
    const again = { ...person, content: { phone: '139 0000 1111' }, idNumber: citizenNumber('1981-03-04', 2) };
    expect(await register(again)).toEqual({
      ok: false,
      errors: ['VALIDATION_FAILED confirmedNew'],
      resident: null,
      candidates: [{ id: first.id }],
    });
    expect(await register({ ...again, content: { phone: '13900002222' } })).toMatchObject({ ok: true });
    const twin = { ...again, idNumber: citizenNumber('1981-03-04', 4), confirmedNew: true };
    expect(await register(twin)).toMatchObject({ ok: true, candidates: [] });
  });

  test('of ten desks that register one newborn without a number at one moment, one does; the others get a candidate', async () => {
    const born = { idNumber: null, name: '周某', birthDate: '2024-12-30' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => register(born)));
    const [id] = answers.flatMap(({ ok, resident }) => (ok === true ? [Object(resident).id] : []));
    expect(answers.filter(({ ok }) => ok !== true)).toEqual(
      Array.from({ length: 9 }, () => ({
        ok: false,
        errors: ['VALIDATION_FAILED confirmedNew'],
        resident: null,
        candidates: [{ id }],
      })),
    );
  });

  test('of twenty desks that register one citizen number at one moment, one registers; under one key all get its answer', async () => {
    const input = { idNumber: citizenNumber('1982-04-05', 1), birthDate: '1982-04-05' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => register({ ...input, name: `某${index}` })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const other = { idNumber: citizenNumber('1982-04-05', 3), birthDate: '1982-04-05', idempotencyKey: 'desk-1' };
    const same = await Promise.all(Array.from({ length: 5 }, () => register(other)));
    expect(new Set(same.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(same[0]).toMatchObject({ ok: true });
    const rows = await writing.database
      .sql`select count(*)::integer as rows from residents where birth_date = '1982-04-05'`;
    expect([...rows]).toEqual([{ rows: 2 }]);
  });

  test('outside the demo a number of a generated person is refused, whatever else is right', async () => {
    const { database } = writing;
    const subgraph = createPublicHealth({ database, keys: sampleKeys, allowSynthetic: false });
    const query = `mutation ($input: RegisterResidentInput!) { registerResident(input: $input) { errors { code path message } } }`;
    const input = { ...newcomer, idNumber: citizenNumber('1970-05-06', 301) };
    const { data } = await ask(subgraph, query, { input }, doctor);
    expect(data?.['registerResident']).toEqual({
      errors: [
        {
          code: 'VALIDATION_FAILED',
          path: ['input', 'idNumber'],
          message: expect.stringContaining('begin with 99'),
        },
      ],
    });
  });
});
