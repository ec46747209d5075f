import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { addDivisions, somebody as somebodyOf } from '../sample-registration.ts';
import { doctor, openWriting, stranger, type Writing } from '../sample-writing.ts';

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
    expect(await readResident(id, `status deathDate deathCause { code } history { to } ${contracts}`)).toEqual({
      status: 'DECEASED',
      history: [{ to: 'ACTIVE' }, { to: 'DECEASED' }],
      deathDate: '2024-12-30',
      deathCause: { code: 'I63' },
      contracts: { nodes: [{ status: 'TERMINATED', terminatedOn: '2024-12-30', terminationReason: 'DECEASED' }] },
    });
  });
});
