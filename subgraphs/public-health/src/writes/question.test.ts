import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { sampleResidents } from '../sample-residents.ts';
import { doctor, inApp, openWriting, stranger, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
});
afterAll(() => writing.database.close());

const { wang, li, zhang } = sampleResidents;
const select = `familyDoctorQuestion { id resident { id } contract { id } team { id } question askedAt status overdue answer
  answeredBy { id } answeredAt remindedAt history { from to } version }`;
const at = (businessTime: string, { caller }: Asking): Asking => ({ ...(caller && { caller }), businessTime });
const morning = '2024-12-30T08:00:00+08:00';

const errorsOf = async (name: string, input: object, asking: Asking): Promise<unknown> =>
  (await writing.write(name, input, asking))['errors'];

/** A question that must be taken. */
async function asked(question: string, businessTime = morning): Promise<string> {
  const input = { residentId: wang, question };
  const { errors, familyDoctorQuestion } = await writing.write('askFamilyDoctor', input, {
    select,
    ...at(businessTime, inApp(wang)),
  });
  expect(errors).toEqual([]);
  return Object(familyDoctorQuestion).id;
}

test('a resident with a contract in force asks, the team answers, the resident closes; the change log tells neither text', async () => {
  const id = await asked(' 血压药可以停吗？ ');
  const base = {
    id,
    resident: { id: wang },
    contract: { id: 'ct_0000000000WA_2' },
    team: { id: 'tm_ONE' },
    question: '血压药可以停吗？',
  };
  const answer = { id, answer: ' 请按时服药。', version: 1 };
  const answering = at('2024-12-31T08:00:00+08:00', doctor);
  expect(await writing.write('answerFamilyDoctorQuestion', answer, { select, ...answering })).toEqual({
    ok: true,
    errors: [],
    familyDoctorQuestion: {
      ...base,
      askedAt: morning,
      status: 'ANSWERED',
      overdue: false,
      answer: '请按时服药。',
      answeredBy: { id: 'pr_DOCTOR' },
      answeredAt: '2024-12-31T08:00:00+08:00',
      remindedAt: null,
      history: [
        { from: null, to: 'ASKED' },
        { from: 'ASKED', to: 'ANSWERED' },
      ],
      version: 2,
    },
  });
  expect(await errorsOf('closeFamilyDoctorQuestion', { id, version: 2 }, inApp(wang))).toEqual([]);
  const common = { teamId: 'tm_ONE', askedAt: morning };
  const stored = { ...common, askedAt: expect.any(String), remindedAt: null };
  expect(await writing.changesOf(id)).toEqual([
    ['CREATED', { ...common, status: 'ASKED', version: 1 }],
    ['UPDATED', { ...stored, status: 'ANSWERED', version: 2 }],
    ['UPDATED', { ...stored, status: 'CLOSED', version: 3 }],
  ]);
  const listed = `{ familyDoctorQuestions(where: { teamId: { eq: "tm_ONE" }, status: { eq: CLOSED } }) { nodes { id } } }`;
  expect(await writing.read(listed)).toEqual({ familyDoctorQuestions: { nodes: [{ id }] } });
});

test('who is not the resident does not ask, who is not of the team does not answer, and nobody asks without a contract', async () => {
  const id = await asked('可以运动吗？');
  const other: Asking = { caller: { ...doctor.caller, institutionId: 'in_TOWN2', practitionerId: 'pr_OTHER' } };
  const admin: Asking = { caller: { ...doctor.caller, role: 'INST_ADMIN', practitionerId: 'pr_ADMIN' } };
  const ask = (residentId: string, asking: Asking) =>
    errorsOf('askFamilyDoctor', { residentId, question: '？' }, asking);
  const answer = (asking: Asking) => errorsOf('answerFamilyDoctorQuestion', { id, answer: '可以。' }, asking);
  expect([
    await ask(wang, inApp(zhang)),
    await ask(wang, doctor),
    await ask(li, inApp(li)),
    await ask(zhang, inApp(li)),
    await ask('rs_NOBODY', inApp(wang)),
    await ask(wang, at('2025-03-01T09:00:00+08:00', inApp(wang))),
    await answer(other),
    await answer(admin),
    await answer(stranger),
    await answer(inApp(wang)),
    await errorsOf('closeFamilyDoctorQuestion', { id }, other),
    await errorsOf('closeFamilyDoctorQuestion', { id }, inApp(li)),
  ]).toEqual([
    ['FORBIDDEN residentId'],
    ['FORBIDDEN residentId'],
    ['INVALID_TRANSITION residentId'],
    ['INVALID_TRANSITION residentId'],
    ['NOT_FOUND residentId'],
    ['INVALID_TRANSITION residentId'],
    ['FORBIDDEN id'],
    ['FORBIDDEN id'],
    ['FORBIDDEN id'],
    ['FORBIDDEN id'],
    ['FORBIDDEN id'],
    // The guardian of who needs one closes for the ward.
    [],
  ]);
});

test('texts are bounded, a question is answered once, and the team does not close what it has not answered', async () => {
  const id = await asked('头晕怎么办？');
  const long = 'x'.repeat(4001);
  const answer = (input: object) =>
    errorsOf('answerFamilyDoctorQuestion', { id, answer: '请来院。', ...input }, doctor);
  expect([
    await errorsOf('askFamilyDoctor', { residentId: wang, question: long }, inApp(wang)),
    await errorsOf('askFamilyDoctor', { residentId: wang, question: ' ' }, inApp(wang)),
    await answer({ answer: long }),
    await answer({ answer: ' ' }),
    await answer({ version: 2 }),
    await answer({ id: 'fq_0000000000WA_99' }),
    await errorsOf('closeFamilyDoctorQuestion', { id }, doctor),
    await answer({}),
    await answer({}),
    await errorsOf('closeFamilyDoctorQuestion', { id }, doctor),
    await errorsOf('closeFamilyDoctorQuestion', { id }, doctor),
  ]).toEqual([
    ['VALIDATION_FAILED question'],
    ['VALIDATION_FAILED question'],
    ['VALIDATION_FAILED answer'],
    ['VALIDATION_FAILED answer'],
    ['VERSION_CONFLICT version'],
    ['NOT_FOUND id'],
    ['INVALID_TRANSITION id'],
    [],
    ['INVALID_TRANSITION id'],
    [],
    ['INVALID_TRANSITION id'],
  ]);
});

test('who waits 48 hours for an answer is told once that the team was reminded, not a moment earlier', async () => {
  const id = await asked('药吃完了。', '2024-12-20T08:00:00+08:00');
  const state = async (businessTime: string) => {
    const query = `{ familyDoctorQuestions(where: { askedAt: { eq: "2024-12-20T08:00:00+08:00" } }) { nodes { id overdue remindedAt } }
      resident(id: "${wang}") { notices(where: { kind: { eq: CONSULTATION } }) { totalCount } } }`;
    const { familyDoctorQuestions, resident } = Object(await writing.read(query, { businessTime }));
    return [familyDoctorQuestions.nodes, resident.notices.totalCount];
  };
  const [, before] = await state('2024-12-22T07:59:59+08:00');
  await writing.subgraph.runJob('remindOfQuestions', '2024-12-22T07:59:59+08:00');
  expect(await state('2024-12-22T07:59:59+08:00')).toEqual([[{ id, overdue: false, remindedAt: null }], before]);
  const due = '2024-12-22T08:00:00+08:00';
  await writing.subgraph.runJob('remindOfQuestions', due);
  await writing.subgraph.runJob('remindOfQuestions', '2024-12-22T08:10:00+08:00');
  expect(await state(due)).toEqual([[{ id, overdue: true, remindedAt: due }], Number(before) + 1]);
});
