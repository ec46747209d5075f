import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { sampleResidents } from '../sample-residents.ts';
import { doctor, inApp, openWriting, stranger, type Answer, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  await writing.database.sql`insert into divisions (code, name) values
    ('320322100200', '龙固村'), ('320322100201', '三里村'), ('320322104200', '安国村'), ('320322100', '龙固镇')`;
});
afterAll(() => writing.database.close());

/** A citizen number of a generated person, with its check character (domain.md 3.21.1). */
function citizenNumber(birthDate: string, serial: number): string {
  const body = `990322${birthDate.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body.charAt(index)), 0);
  return `${body}${'10X98765432'.charAt(sum % 11)}`;
}

const newcomer = {
  institutionId: 'in_TOWN',
  idNumber: citizenNumber('1970-05-06', 101),
  name: '赵某',
  sex: 'MALE',
  birthDate: '1970-05-06',
  regionCode: '320322100201',
  residentType: '1',
};
const fields = `id healthRecordNo name idNumber sex birthDate status region { code } servingInstitution { id } focusGroups
  household { headId members { resident { id } relation { code } } }
  healthRecord { id openedOn openedAt { id } completeness version } version`;

const register = (input: object, asking: Asking = doctor): Promise<Answer> =>
  writing.write(
    'registerResident',
    { ...newcomer, ...input },
    { select: `resident { ${fields} } candidates { id }`, ...asking },
  );

/** Registers somebody who must be registered. */
async function registered(input: object): Promise<{ readonly id: string; readonly healthRecordNo: string }> {
  const { errors, resident } = await register(input);
  expect(errors).toEqual([]);
  return Object(resident);
}

let serial = 200;
/** Somebody of the village whom nobody else resembles. */
function somebody(more: object = {}): Promise<{ readonly id: string; readonly healthRecordNo: string }> {
  serial += 2;
  return registered({
    idNumber: citizenNumber('1980-02-03', serial),
    birthDate: '1980-02-03',
    sex: 'FEMALE',
    name: `某${serial}`,
    ...more,
  });
}

const errorsOf = async (name: string, input: object, asking: Asking = doctor): Promise<unknown> =>
  (await writing.write(name, input, asking))['errors'];

async function readResident(id: string, select: string): Promise<unknown> {
  return Object(await writing.read(`{ resident(id: "${id}") { ${select} } }`)).resident;
}

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
    const known = await somebody();
    const input = {
      idNumber: citizenNumber('1980-02-03', serial),
      birthDate: '1980-02-03',
      sex: 'FEMALE',
      name: '另名',
    };
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
});

describe('the record', () => {
  test('is changed by who serves the resident, keeps what is not said, and counts how complete it is', async () => {
    const { id } = await somebody({ content: { bloodType: '1' } });
    const content = {
      allergies: ['青霉素'],
      histories: [{ kind: 'DISEASE', code: 'I63', year: 2023 }],
      rh: '2',
      vulnerability: ['NONE'],
    };
    const select =
      'healthRecord { completeness lastUpdatedAt version resident { bloodType { code } rh { code } allergies histories { code year } vulnerability version } }';
    const answer = await writing.write(
      'updateHealthRecord',
      { residentId: id, version: 1, content },
      { select, ...doctor },
    );
    expect(answer).toEqual({
      ok: true,
      errors: [],
      healthRecord: {
        completeness: '30.77',
        lastUpdatedAt: '2024-12-31T23:59:59+08:00',
        version: 2,
        resident: {
          bloodType: { code: '1' },
          rh: { code: '2' },
          allergies: ['青霉素'],
          histories: [{ code: 'I63', year: 2023 }],
          vulnerability: [],
          version: 2,
        },
      },
    });
    const update = (more: object, asking?: Asking) =>
      errorsOf('updateHealthRecord', { residentId: id, content: {}, ...more }, asking);
    expect([
      await update({ version: 1 }),
      await update({}, stranger),
      await update({ residentId: 'rs_NOBODY' }),
      await update({ content: { rh: '9', guardianId: id } }),
      await update({ content: { allergies: Array.from({ length: 201 }, () => 'x') } }),
    ]).toEqual([
      ['VERSION_CONFLICT version'],
      ['FORBIDDEN residentId'],
      ['NOT_FOUND residentId'],
      ['VALIDATION_FAILED content.rh', 'VALIDATION_FAILED content.guardianId'],
      ['VALIDATION_FAILED content.allergies'],
    ]);
  });

  test('moves to another town with who takes the resident in, out of the region, and back', async () => {
    const { id } = await somebody();
    const other = { caller: { ...doctor.caller, id: 'other', institutionId: 'in_TOWN2', practitionerId: 'pr_OTHER' } };
    const move = (more: object, asking?: Asking) => errorsOf('moveResident', { residentId: id, ...more }, asking);
    const there = { regionCode: '320322104200', servingInstitutionId: 'in_TOWN2' };
    expect([
      await move({ regionCode: '320322104200' }),
      await move({ regionCode: '320322109999', servingInstitutionId: 'in_TOWN' }),
      await move({}, other),
      await move({ ...there, currentAddress: '新村2号' }, other),
      await move({}),
      await move({}, other),
      await move({}, other),
      await move({ ...there, version: 3 }, other),
    ]).toEqual([
      ['VALIDATION_FAILED servingInstitutionId'],
      ['VALIDATION_FAILED regionCode', 'VALIDATION_FAILED servingInstitutionId'],
      ['FORBIDDEN residentId'],
      [],
      ['FORBIDDEN residentId'],
      [],
      ['INVALID_TRANSITION residentId'],
      [],
    ]);
    expect(await readResident(id, 'status region { code } addressCurrent { detail } version')).toEqual({
      status: 'ACTIVE',
      region: { code: '320322104200' },
      addressCurrent: { detail: null },
      version: 4,
    });
    expect(await writing.changesOf(id)).toEqual([
      ['CREATED', { regionCode: '320322100201', status: 'ACTIVE', version: 1 }],
      ['UPDATED', { regionCode: '320322104200', status: 'ACTIVE', version: 2 }],
      ['UPDATED', { regionCode: '320322104200', status: 'MOVED', version: 3 }],
      ['UPDATED', { regionCode: '320322104200', status: 'ACTIVE', version: 4 }],
    ]);
  });

  test('a death ends the contract on that day, once, and not before the birth or tomorrow', async () => {
    const { id } = await somebody();
    const terms = { teamId: 'tm_ONE', familyDoctorId: 'pr_DOCTOR', channel: 'PAPER', residentId: id };
    expect(await errorsOf('signContract', terms, { ...doctor, businessTime: '2024-03-01T09:00:00+08:00' })).toEqual([]);
    const die = (more: object) =>
      errorsOf('recordDeath', { residentId: id, deathDate: '2024-12-30', deathCause: 'I63', ...more });
    expect([
      await die({ deathDate: '1970-01-01', deathCause: 'none' }),
      await die({ deathDate: '2025-01-01' }),
      await die({}),
      await die({}),
    ]).toEqual([
      ['VALIDATION_FAILED deathDate', 'VALIDATION_FAILED deathCause'],
      ['VALIDATION_FAILED deathDate'],
      [],
      ['INVALID_TRANSITION residentId'],
    ]);
    const contracts = 'contracts { nodes { status terminatedOn terminationReason } }';
    expect(await readResident(id, `status deathDate deathCause { code } ${contracts}`)).toEqual({
      status: 'DECEASED',
      deathDate: '2024-12-30',
      deathCause: { code: 'I63' },
      contracts: { nodes: [{ status: 'TERMINATED', terminatedOn: '2024-12-30', terminationReason: 'DECEASED' }] },
    });
  });
});

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
});
