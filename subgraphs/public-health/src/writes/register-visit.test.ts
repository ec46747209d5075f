import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { doctor, openWriting, stranger, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
});
afterAll(() => writing.database.close());

let people = 0;
/** A new resident of the village. */
async function newcomer(more: object = {}): Promise<string> {
  people += 1;
  const id = `rs_${String(people).padStart(12, '0')}`;
  await writing.addResidents({ id, ...more });
  return id;
}

const place = { institutionId: 'in_TOWN', mode: 'HOME' };
const errorsOf = async (name: string, input: object, asking: Asking = doctor): Promise<unknown> =>
  (await writing.write(name, { ...place, ...input }, asking))['errors'];
const groupsOf = async (id: string): Promise<unknown> =>
  Object(await writing.read(`{ resident(id: "${id}") { focusGroups } }`)).resident.focusGroups;

test('the first visit registers a severe mental disorder; the level of risk says when the next one is, and whether to refer', async () => {
  const residentId = await newcomer();
  const select = `mentalHealthRecord { id diagnosis { code } registeredOn institution { id } riskLevel referralAdvised nextDue
    visits { at mode riskLevel findings } version }`;
  const visit = (input: object) =>
    writing.write('recordMentalVisit', { ...place, residentId, ...input }, { select, ...doctor });
  const opened = {
    id: `mh_${residentId.slice(3)}_1`,
    diagnosis: { code: 'F20.9' },
    registeredOn: '2024-09-30',
    institution: { id: 'in_TOWN' },
    riskLevel: 0,
    referralAdvised: false,
    nextDue: '2024-12-30',
    visits: [{ at: '2024-09-30', mode: 'HOME', riskLevel: 0, findings: '病情稳定' }],
    version: 1,
  };
  const first = { on: '2024-09-30', diagnosis: 'F20.9', riskLevel: 0, findings: '病情稳定 ' };
  expect(await visit(first)).toEqual({ ok: true, errors: [], mentalHealthRecord: opened });
  expect((await visit({ on: '2024-12-01', riskLevel: 3, mode: 'FACE' }))['mentalHealthRecord']).toEqual({
    ...opened,
    riskLevel: 3,
    referralAdvised: true,
    nextDue: '2024-12-15',
    visits: [...opened.visits, { at: '2024-12-01', mode: 'FACE', riskLevel: 3, findings: null }],
    version: 2,
  });
  expect(await groupsOf(residentId)).toEqual(['MENTAL']);
  expect(await writing.changesOf(opened.id)).toEqual([
    ['CREATED', { institutionId: 'in_TOWN', version: 1 }],
    ['UPDATED', { institutionId: 'in_TOWN', version: 2 }],
  ]);
});

test('a visit for another disorder, out of order, with an impossible level, or by who does not serve the resident is refused', async () => {
  const residentId = await newcomer();
  const visit = (input: object, asking?: Asking) =>
    errorsOf('recordMentalVisit', { residentId, on: '2024-06-01', riskLevel: 1, ...input }, asking);
  expect([
    await visit({}),
    await visit({ diagnosis: 'F32.9', on: '2025-01-01', riskLevel: 6 }),
    await visit({ diagnosis: 'F20', on: '1989-12-31' }),
    await visit({ diagnosis: 'F20' }, stranger),
    await visit({ diagnosis: 'F20', institutionId: 'in_LEAD' }),
    await visit({ diagnosis: 'F20', residentId: await newcomer({ status: 'MOVED' }) }),
    await visit({ diagnosis: 'F20' }),
    await visit({ diagnosis: 'F20' }),
    await visit({ diagnosis: 'F25', on: '2024-07-01' }),
    await visit({ on: '2024-07-01', version: 2 }),
    await visit({ on: '2024-07-01', version: 1 }),
  ]).toEqual([
    ['VALIDATION_FAILED diagnosis'],
    ['VALIDATION_FAILED on', 'VALIDATION_FAILED riskLevel', 'VALIDATION_FAILED diagnosis'],
    ['VALIDATION_FAILED on'],
    ['FORBIDDEN residentId'],
    ['FORBIDDEN institutionId'],
    ['INVALID_TRANSITION residentId'],
    [],
    ['VALIDATION_FAILED on'],
    ['VALIDATION_FAILED diagnosis'],
    ['VERSION_CONFLICT version'],
    [],
  ]);
});

test('tuberculosis is visited from its notification to the end of the treatment, and registered anew when it comes back', async () => {
  const residentId = await newcomer();
  const select = `tbRecord { id diagnosis { code } notifiedOn treatmentFrom treatmentTo outcome nextDue visits { at }
    history { from to } version }`;
  const visit = async (input: object) =>
    (await writing.write('recordTbVisit', { ...place, residentId, ...input }, { select, ...doctor }))['tbRecord'];
  const opened = {
    id: `tb_${residentId.slice(3)}_1`,
    diagnosis: { code: 'A15.0' },
    notifiedOn: '2024-01-10',
    treatmentFrom: null,
    treatmentTo: null,
    outcome: 'ON_TREATMENT',
    nextDue: '2024-01-20',
    visits: [{ at: '2024-01-10' }],
    history: [{ from: null, to: 'ON_TREATMENT' }],
    version: 1,
  };
  expect(await visit({ on: '2024-01-10', diagnosis: 'A15.0' })).toEqual(opened);
  expect(await visit({ on: '2024-03-20', treatmentFrom: '2024-01-12' })).toMatchObject({
    nextDue: '2024-04-20',
    version: 2,
  });
  expect(await groupsOf(residentId)).toEqual(['TB']);
  expect(await visit({ on: '2024-07-12', outcome: 'CURED' })).toMatchObject({
    treatmentTo: '2024-07-12',
    outcome: 'CURED',
    nextDue: null,
    history: [
      { from: null, to: 'ON_TREATMENT' },
      { from: 'ON_TREATMENT', to: 'CURED' },
    ],
  });
  expect(await groupsOf(residentId)).toEqual([]);
  expect(await visit({ on: '2024-12-01', diagnosis: 'A16.2' })).toMatchObject({ id: `tb_${residentId.slice(3)}_2` });
  expect(await writing.changesOf(opened.id)).toEqual([
    ['CREATED', { institutionId: 'in_TOWN', status: 'ON_TREATMENT', version: 1 }],
    ['UPDATED', { institutionId: 'in_TOWN', status: 'ON_TREATMENT', version: 2 }],
    ['UPDATED', { institutionId: 'in_TOWN', status: 'CURED', version: 3 }],
  ]);
});

test('a course without a diagnosis, of another disease, treated before the birth, or cured without treatment is refused', async () => {
  const residentId = await newcomer();
  const visit = (input: object) => errorsOf('recordTbVisit', { residentId, on: '2024-06-01', ...input });
  expect([
    await visit({}),
    await visit({ diagnosis: 'B90.9', treatmentFrom: '1989-12-31' }),
    await visit({ diagnosis: 'A15.0', treatmentFrom: '2024-06-02' }),
    await visit({ diagnosis: 'A15.0', outcome: 'CURED' }),
    await visit({ diagnosis: 'A15.0', outcome: 'LOST' }),
    await visit({}),
  ]).toEqual([
    ['VALIDATION_FAILED diagnosis'],
    ['VALIDATION_FAILED diagnosis', 'VALIDATION_FAILED treatmentFrom'],
    ['VALIDATION_FAILED treatmentFrom'],
    ['VALIDATION_FAILED outcome'],
    [],
    ['VALIDATION_FAILED diagnosis'],
  ]);
});
