import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask } from '../sample-caller.ts';
import { openWriting, stranger, townHospital, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  await writing.addPeople(
    { id: 'pr_A' },
    { id: 'pr_B' },
    { id: 'pr_C' },
    { id: 'pr_OLD', licenceAssessedUntil: '2024-06-30' },
    { id: 'pr_OUT', licenceStatus: 'CANCELLED' },
    { id: 'pr_LEFT', status: 'LEFT' },
  );
});
afterAll(() => writing.database.close());

const primary = { institutionId: 'in_TOWN', kind: 'PRIMARY', validFrom: '2024-12-31', daysPerWeek: '5' };
const morning = { weekday: 1, start: '09:00', end: '10:00' };

async function register(input: object): Promise<unknown> {
  const { errors } = await writing.write('registerPractice', input);
  return errors;
}

test('TV-81 two slots 09:00 to 10:00 at two places of one practitioner are refused; the next hour is free', async () => {
  const select = 'practiceRegistration { kind status validTo hours { weekday start end } institution { id } version }';
  const first = { ...primary, practitionerId: 'pr_A', hours: [morning] };
  expect(await writing.write('registerPractice', first, { select, ...townHospital })).toEqual({
    ok: true,
    errors: [],
    practiceRegistration: {
      kind: 'PRIMARY',
      status: 'ACTIVE',
      validTo: null,
      hours: [morning],
      institution: { id: 'in_TOWN' },
      version: 1,
    },
  });
  const second = { practitionerId: 'pr_A', institutionId: 'in_CLINIC', kind: 'FILING', validFrom: '2025-01-01' };
  const clash = { ...second, hours: [{ ...morning, weekday: 2 }, morning] };
  expect(await register(clash)).toEqual(['SCHEDULE_CONFLICT hours.1.start']);
  const next = { ...second, hours: [{ weekday: 1, start: '10:00', end: '11:00' }] };
  expect(await register(next)).toEqual([]);
});

test('of a practitioner’s places exactly one is the main one, and further places rest on it', async () => {
  const filing = { practitionerId: 'pr_B', institutionId: 'in_CLINIC', kind: 'FILING', validFrom: '2024-12-31' };
  expect(await register(filing)).toEqual(['VALIDATION_FAILED kind']);
  expect(await register({ ...primary, practitionerId: 'pr_B', institutionId: 'in_LEAD' })).toEqual([
    'VALIDATION_FAILED institutionId',
  ]);
  expect(await register({ ...primary, practitionerId: 'pr_B' })).toEqual([]);
  expect(await register({ ...primary, practitionerId: 'pr_B', validFrom: '2025-06-01' })).toEqual([
    'VALIDATION_FAILED kind',
  ]);
  expect(await register({ ...filing, institutionId: 'in_CITY' })).toEqual(['VALIDATION_FAILED kind']);
  const further = { ...filing, kind: 'ADDITIONAL', institutionId: 'in_CITY' };
  expect(await register({ ...further, licenceKind: '4', licenceScope: 'GP' })).toEqual([
    'VALIDATION_FAILED licenceKind',
  ]);
  expect(await register({ ...further, licenceKind: '1', licenceScope: 'TCM' })).toEqual([
    'VALIDATION_FAILED licenceScope',
  ]);
  expect(await register({ ...further, licenceKind: '1', licenceScope: 'GP', daysPerWeek: '2.5' })).toEqual([
    'VALIDATION_FAILED daysPerWeek',
  ]);
  expect(await register({ ...further, licenceKind: '1', licenceScope: 'GP', daysPerWeek: '2' })).toEqual([]);
  expect(
    await writing.read('{ practitioner(id: "pr_B") { practiceRegistrations { kind institution { id } } } }'),
  ).toMatchObject({
    practitioner: {
      practiceRegistrations: expect.arrayContaining([{ kind: 'ADDITIONAL', institution: { id: 'in_CITY' } }]),
    },
  });
});

test('unknown people and places, closed ones, past days, unknown codes and wrong hours are refused together', async () => {
  const wrong = {
    practitionerId: 'pr_NONE',
    institutionId: 'in_SHUT',
    kind: 'FILING',
    validFrom: '2024-12-30',
    licenceKind: '?',
    licenceScope: '?',
    daysPerWeek: '2.55',
    hours: [
      { weekday: 8, start: '9:00', end: '24:00' },
      { weekday: 1, start: '10:00', end: '09:00' },
    ],
  };
  expect(await register(wrong)).toEqual([
    'NOT_FOUND practitionerId',
    'VALIDATION_FAILED institutionId',
    'VALIDATION_FAILED validFrom',
    'VALIDATION_FAILED licenceKind',
    'VALIDATION_FAILED licenceScope',
    'VALIDATION_FAILED daysPerWeek',
    'VALIDATION_FAILED hours.0.weekday',
    'VALIDATION_FAILED hours.0.start',
    'VALIDATION_FAILED hours.0.end',
    'VALIDATION_FAILED hours.1.end',
  ]);
  expect(await register({ ...primary, practitionerId: 'pr_C', institutionId: 'in_NONE' })).toEqual([
    'NOT_FOUND institutionId',
  ]);
  expect(await register({ ...primary, practitionerId: 'pr_C', validTo: '2024-12-30' })).toEqual([
    'VALIDATION_FAILED validTo',
  ]);
});

test('who has left, or whose licence has run out or is cancelled, is not registered', async () => {
  for (const practitionerId of ['pr_OLD', 'pr_OUT', 'pr_LEFT']) {
    expect(await register({ ...primary, practitionerId })).toEqual(['VALIDATION_FAILED practitionerId']);
  }
  const query = 'mutation ($input: RegisterPracticeInput!) { registerPractice(input: $input) { errors { message } } }';
  const { data } = await ask(writing.subgraph, query, { input: { ...primary, practitionerId: 'pr_OLD' } });
  expect(data?.['registerPractice']).toEqual({
    errors: [{ message: 'The licence is not in force on that day, or its periodic assessment has run out.' }],
  });
});

test('who may prescribe, and until when, is told with every registration that begins or ends', async () => {
  await writing.addPeople({ id: 'pr_TOLD', category: 'ASSISTANT_PHYSICIAN', licenceAssessedUntil: '2026-06-30' });
  const select = 'practiceRegistration { id }';
  const answer = await writing.write('registerPractice', { ...primary, practitionerId: 'pr_TOLD' }, { select });
  const { id } = Object(answer['practiceRegistration']);
  await writing.database.sql`update practitioners set licence_status = 'SUSPENDED' where id = 'pr_TOLD'`;
  await writing.write('endPractice', { id, endsOn: '2024-12-31' });
  const registration = {
    practitionerId: 'pr_TOLD',
    institutionId: 'in_TOWN',
    kind: 'PRIMARY',
    validFrom: '2024-12-31',
  };
  const right = { prescriber: true, physician: false, licensed: true, licensedUntil: '2026-06-30' };
  expect(await writing.changesOf(id)).toEqual([
    ['CREATED', { ...registration, validTo: null, status: 'ACTIVE', ...right, version: 1 }],
    ['UPDATED', { ...registration, validTo: '2024-12-31', status: 'ENDED', ...right, licensed: false, version: 2 }],
  ]);
});

test('only the institution, who leads its alliance or the health commission registers', async () => {
  const input = { ...primary, practitionerId: 'pr_C' };
  expect(await writing.write('registerPractice', input, stranger)).toEqual({
    ok: false,
    errors: ['FORBIDDEN institutionId'],
  });
});

test('ten parallel registrations of one main place make one', async () => {
  const input = { ...primary, practitionerId: 'pr_C' };
  const answers = await Promise.all(Array.from({ length: 10 }, () => writing.write('registerPractice', input)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});

test('a practice ends once, not in the future, and the main place last', async () => {
  const end = async (input: object, asked = {}) => writing.write('endPractice', input, asked);
  expect((await end({ id: 'pg_ONE', endsOn: '2024-12-31' }))['errors']).toEqual(['INVALID_TRANSITION']);
  expect((await end({ id: 'pg_TWO', endsOn: '2025-01-01' }))['errors']).toEqual(['VALIDATION_FAILED endsOn']);
  expect((await end({ id: 'pg_TWO', endsOn: '2024-12-31', version: 2 }))['errors']).toEqual([
    'VERSION_CONFLICT version',
  ]);
  expect((await end({ id: 'pg_TWO', endsOn: '2024-12-31' }, stranger))['errors']).toEqual(['FORBIDDEN id']);
  const select = 'practiceRegistration { status validTo version }';
  expect(await end({ id: 'pg_TWO', endsOn: '2024-12-31', reason: '调离', version: 1 }, { select })).toEqual({
    ok: true,
    errors: [],
    practiceRegistration: { status: 'ENDED', validTo: '2024-12-31', version: 2 },
  });
  expect(await writing.historyOf('pg_TWO')).toEqual([['ACTIVE', 'ENDED', '调离']]);
  expect((await end({ id: 'pg_TWO', endsOn: '2024-12-31' }))['errors']).toEqual(['INVALID_TRANSITION']);
  expect((await end({ id: 'pg_ONE', endsOn: '2024-12-31' }))['errors']).toEqual([]);
  expect((await end({ id: 'pg_NONE', endsOn: '2024-12-31' }))['errors']).toEqual(['NOT_FOUND id']);
});
