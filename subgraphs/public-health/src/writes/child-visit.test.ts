import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { sampleResidents } from '../sample-residents.ts';
import { doctor, openWriting, stranger, type Answer, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
});
afterAll(() => writing.database.close());

let people = 0;
/** A new child of the village, born on the day on which Li's pregnancy ended. */
async function newborn(more: object = {}): Promise<string> {
  people += 1;
  const id = `rs_${String(people).padStart(12, '0')}`;
  await writing.addResidents({ id, birthDate: '2024-12-12', guardianId: sampleResidents.li, ...more });
  return id;
}

const select = `childRecord { id openedOn guardian { id } institution { id } birthWeight kindergarten maternalRecord { id }
  visits { ageMonths at findings } growth { ageMonths at weight height } nextDue version }`;

const visit = (input: object, asking: Asking = doctor): Promise<Answer> =>
  writing.write('recordChildVisit', { institutionId: 'in_TOWN', ...input }, { select, ...asking });
const errorsOf = async (input: object, asking?: Asking): Promise<unknown> => (await visit(input, asking))['errors'];

test('the first visit opens the record, leads back to the birth and plans the vaccinations; the next ones follow the schedule', async () => {
  await writing.database.sql`delete from child_records where resident_id = ${sampleResidents.zhang}`;
  const residentId = await newborn();
  const first = {
    residentId,
    on: '2024-12-16',
    birthWeight: '3.250',
    maternalRecordId: 'mr_0000000000K1_1',
    growth: { weight: '3.30', height: '50.5' },
    findings: ' 黄疸轻度 ',
  };
  const opened = {
    id: `cr_${residentId.slice(3)}_1`,
    openedOn: '2024-12-16',
    guardian: { id: sampleResidents.li },
    institution: { id: 'in_TOWN' },
    birthWeight: '3.250',
    kindergarten: null,
    maternalRecord: { id: 'mr_0000000000K1_1' },
    visits: [{ ageMonths: 0, at: '2024-12-16', findings: '黄疸轻度' }],
    growth: [{ ageMonths: 0, at: '2024-12-16', weight: '3.30', height: '50.5' }],
    nextDue: '2025-01-09',
    version: 1,
  };
  expect(await visit(first)).toEqual({ ok: true, errors: [], childRecord: opened });
  const doses = 'immunisations { vaccine dose dueOn status history { from to } }';
  const children = `resident(id: "${sampleResidents.li}") { maternal { children { id } } }`;
  const data = Object(await writing.read(`{ child: resident(id: "${residentId}") { ${doses} } ${children} }`));
  expect(data.resident).toEqual({ maternal: [{ children: [{ id: opened.id }] }] });
  expect(data.child.immunisations).toHaveLength(22);
  expect(data.child.immunisations).toContainEqual({
    vaccine: 'HEP_B',
    dose: 2,
    dueOn: '2025-01-12',
    status: 'DUE',
    history: [{ from: null, to: 'DUE' }],
  });
  const { childRecord } = await visit({ residentId, on: '2025-01-10', kindergarten: '幸福幼儿园' }, at('2025-01-10'));
  expect(childRecord).toEqual({
    ...opened,
    kindergarten: '幸福幼儿园',
    visits: [...opened.visits, { ageMonths: 1, at: '2025-01-10', findings: null }],
    nextDue: '2025-03-12',
    version: 2,
  });
  expect(await writing.changesOf(opened.id)).toEqual([
    ['CREATED', { institutionId: 'in_TOWN', version: 1 }],
    ['UPDATED', { institutionId: 'in_TOWN', version: 2 }],
  ]);
});

function at(day: string): Asking {
  return { ...doctor, businessTime: `${day}T12:00:00+08:00` };
}

test('a visit twice at one age, too old a child, and what no child weighs are refused', async () => {
  const residentId = await newborn({ birthDate: '2018-06-01' });
  const maternalRecordId = 'mr_0000000000K1_1';
  const of = (input: object, asking?: Asking) => errorsOf({ residentId, on: '2020-06-01', ...input }, asking);
  expect([
    await of({ on: '2018-05-31' }),
    await of({ on: '2025-06-01' }, at('2025-06-01')),
    await of({ on: '2025-05-31', growth: { weight: '9.99', height: '92.001' } }, at('2025-05-31')),
    await of({ growth: { weight: '26.01', height: '64.9' }, birthWeight: '9', kindergarten: ' ', maternalRecordId }),
    await of({ maternalRecordId: 'mr_0000000000K1_9' }),
    await of({ maternalRecordId: 'none' }),
    await of({ birthWeight: '3.1', growth: { weight: '12.5', height: '87' } }),
    await of({ on: '2020-07-01' }),
    await of({ on: '2020-12-01', birthWeight: '3.2' }),
    await of({ on: '2020-12-01', birthWeight: '3.100', version: 9 }),
    await of({ on: '2020-12-01', birthWeight: '3.100', version: 1 }),
  ]).toEqual([
    ['VALIDATION_FAILED on'],
    ['VALIDATION_FAILED on'],
    ['VALIDATION_FAILED growth.weight', 'VALIDATION_FAILED growth.height'],
    [
      'VALIDATION_FAILED growth.weight',
      'VALIDATION_FAILED growth.height',
      'VALIDATION_FAILED birthWeight',
      'VALIDATION_FAILED kindergarten',
      'VALIDATION_FAILED maternalRecordId',
    ],
    ['NOT_FOUND maternalRecordId'],
    ['NOT_FOUND maternalRecordId'],
    [],
    ['INVALID_TRANSITION on'],
    ['VALIDATION_FAILED birthWeight'],
    ['VERSION_CONFLICT version'],
    [],
  ]);
});

test('a pregnancy with one live birth leads to one child, and nobody else than who serves the child records a visit', async () => {
  await writing.database.sql`update child_records set maternal_record_id = null`;
  const twin = { on: '2024-12-16', maternalRecordId: 'mr_0000000000K1_1' };
  const [one, other] = [await newborn(), await newborn()];
  expect([
    await errorsOf({ ...twin, residentId: one }),
    await errorsOf({ ...twin, residentId: other }),
    await errorsOf({ on: '2024-12-16', residentId: other }, stranger),
    await errorsOf({ on: '2024-12-16', residentId: other, institutionId: 'in_LEAD' }),
    await errorsOf({ on: '2025-01-01', residentId: other }),
  ]).toEqual([
    [],
    ['VALIDATION_FAILED maternalRecordId'],
    ['FORBIDDEN residentId'],
    ['FORBIDDEN institutionId'],
    ['VALIDATION_FAILED on'],
  ]);
});
