import {
  advanced,
  createFaults,
  decodeOwnedId,
  encodeOwnedId,
  expectBounds,
  expectText,
  expectVersion,
  lockByOwnedId,
  LONGEST_PROSE,
  nextNo,
  refuse,
  type FaultText,
  type Mutation,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, asc, eq, gte, isNull, lte } from 'drizzle-orm';
import { ANSWER_HOURS } from '../rules/question.ts';
import type {
  AnswerFamilyDoctorQuestionInput,
  AskFamilyDoctorInput,
  CloseFamilyDoctorQuestionInput,
} from '../schema-types.ts';
import { serviceContracts, type ServiceContractRow } from '../tables/contract.ts';
import { familyDoctorQuestions, type FamilyDoctorQuestionRow } from '../tables/question.ts';
import { lockPeople, expectStanding, type Person } from './contract-people.ts';
import { worksFor } from './contract-place.ts';
import { decides } from './contract-renewal.ts';
import { sendNotice } from './reminder.ts';
import { writesRecords } from './resident-access.ts';
import { teamOf } from './team-of.ts';
import { doneBy } from './visits.ts';

/** Mutations of questions to the family doctor 健康咨询 (platform function 17). */
export const questionWrites = (mutation: Mutation) => ({
  askFamilyDoctor: mutation('askFamilyDoctor', askFamilyDoctor),
  answerFamilyDoctorQuestion: mutation('answerFamilyDoctorQuestion', answerFamilyDoctorQuestion),
  closeFamilyDoctorQuestion: mutation('closeFamilyDoctorQuestion', closeFamilyDoctorQuestion),
  /** Run by a timer; not in the graph. */
  remindOfQuestions: mutation('remindOfQuestions', remindOfQuestions),
});

/** Asks the team of the contract in force. */
async function askFamilyDoctor(input: AskFamilyDoctorInput, write: Write): Promise<Written> {
  const { residentId } = input;
  const person = await lockPerson(write, residentId, 'residentId');
  if (!decides(write, person)) refuse('FORBIDDEN', 'residentId', own.asker);
  expectStanding(person, 'residentId');
  expectBounds(input, { question: LONGEST_PROSE });
  const contract = await contractInForce(write, residentId);
  if (contract === undefined) return refuse('INVALID_TRANSITION', 'residentId', own.contract);
  const faults = createFaults();
  expectText(faults, input.question, 'question', LONGEST_PROSE);
  faults.throwIfAny();
  const no = await nextNo(write, familyDoctorQuestions, residentId);
  const { instant } = write.clock;
  const { teamId } = contract;
  const question = input.question.trim();
  await write.tx.insert(familyDoctorQuestions).values({
    residentId,
    no,
    contractNo: contract.no,
    teamId,
    question,
    askedAt: instant,
    status: 'ASKED',
    updatedAt: instant,
  });
  const id = encodeOwnedId('fq', residentId, no);
  write.step({ type: 'FamilyDoctorQuestion', id, residentId, from: null, to: 'ASKED' });
  const payload = { teamId, status: 'ASKED', askedAt: instant, version: 1 };
  write.change({ type: 'FamilyDoctorQuestion', id, kind: 'CREATED', residentId, payload });
  return { id };
}

/** Answers a question once, by the team that the resident has signed with now. */
async function answerFamilyDoctorQuestion(input: AnswerFamilyDoctorQuestionInput, write: Write): Promise<Written> {
  const { asked, person } = await lockQuestion(write, input.id);
  if (!(await isOfTeam(write, asked.residentId))) refuse('FORBIDDEN', 'id', own.team);
  expectStanding(person, 'id');
  expectVersion(asked, input.version);
  expectBounds(input, { answer: LONGEST_PROSE });
  if (asked.status !== 'ASKED') refuse('INVALID_TRANSITION', 'id', own.answered);
  const faults = createFaults();
  expectText(faults, input.answer, 'answer', LONGEST_PROSE);
  const answeredById = doneBy(write, input.byId, faults);
  faults.throwIfAny();
  const answeredAt = write.clock.instant;
  await change(write, asked, { status: 'ANSWERED', answer: input.answer.trim(), answeredById, answeredAt });
  await sendNotice(write, {
    residentId: asked.residentId,
    kind: 'CONSULTATION',
    text: '您的健康咨询已由签约团队答复。',
  });
  return { id: input.id };
}

/** Closes a question: the resident whenever, the team once it is answered. */
async function closeFamilyDoctorQuestion(input: CloseFamilyDoctorQuestionInput, write: Write): Promise<Written> {
  const { asked, person } = await lockQuestion(write, input.id);
  const isAsker = decides(write, person);
  if (!isAsker && !(await isOfTeam(write, asked.residentId))) refuse('FORBIDDEN', 'id', own.team);
  expectStanding(person, 'id');
  expectVersion(asked, input.version);
  const isOver = asked.status === 'ANSWERED' || (asked.status === 'ASKED' && isAsker);
  if (!isOver) refuse('INVALID_TRANSITION', 'id', asked.status === 'ASKED' ? own.unanswered : own.closed);
  await change(write, asked, { status: 'CLOSED' });
  return { id: input.id };
}

const ROUND = 200;

/** One round of reminders: who waits 48 hours for an answer is told that the team was reminded, and the change log tells the team. */
async function remindOfQuestions(_: object, write: Write): Promise<Written> {
  const { status, askedAt, remindedAt, residentId, no } = familyDoctorQuestions;
  const limit = new Date(Date.parse(write.clock.instant) - ANSWER_HOURS * 3_600_000).toISOString();
  const waiting = await write.tx
    .select()
    .from(familyDoctorQuestions)
    .where(and(eq(status, 'ASKED'), isNull(remindedAt), lte(askedAt, limit)))
    .orderBy(asc(residentId), asc(no))
    .limit(ROUND)
    .for('update', { skipLocked: true });
  const text = '您的健康咨询超过48小时未答复，已提醒签约团队。';
  for (const asked of waiting) {
    await change(write, asked, { remindedAt: write.clock.instant });
    await sendNotice(write, { residentId: asked.residentId, kind: 'CONSULTATION', text });
  }
  return { id: write.clock.day, notes: { questions: waiting.length } };
}

async function lockPerson(write: Write, id: string, path: string): Promise<Person> {
  return (await lockPeople(write, [id])).get(id) ?? refuse('NOT_FOUND', path);
}

/** The question of an id with its resident, both locked: the resident first, as everywhere. */
async function lockQuestion(write: Write, id: string) {
  const person = await lockPerson(write, decodeOwnedId('fq', id)?.residentId ?? '', 'id');
  const asked = await lockByOwnedId(write, { table: familyDoctorQuestions, prefix: 'fq' }, id, 'id');
  return { asked, person };
}

/** Whether the caller looks after people in the team of the contract in force. */
async function isOfTeam(write: Write, residentId: string): Promise<boolean> {
  const contract = await contractInForce(write, residentId);
  return contract !== undefined && writesRecords(write) && worksFor(write, await teamOf(write, contract));
}

async function contractInForce({ tx, clock }: Write, id: string): Promise<ServiceContractRow | undefined> {
  const { residentId, status, validTo } = serviceContracts;
  const [row] = await tx
    .select()
    .from(serviceContracts)
    .where(and(eq(residentId, id), eq(status, 'ACTIVE'), gte(validTo, clock.day)));
  return row;
}

/** Stores what changed in a question, and tells of it; never what was asked or answered. */
async function change(
  write: Write,
  row: FamilyDoctorQuestionRow,
  changed: Partial<FamilyDoctorQuestionRow>,
): Promise<void> {
  const { residentId, no, teamId, askedAt } = row;
  const next = { ...row, ...changed, ...advanced(row, write) };
  await write.tx
    .update(familyDoctorQuestions)
    .set({ ...changed, ...advanced(row, write) })
    .where(and(eq(familyDoctorQuestions.residentId, residentId), eq(familyDoctorQuestions.no, no)));
  const id = encodeOwnedId('fq', residentId, no);
  const { status, remindedAt, version } = next;
  if (status !== row.status) write.step({ type: 'FamilyDoctorQuestion', id, residentId, from: row.status, to: status });
  const payload = { teamId, status, askedAt, remindedAt, version };
  write.change({ type: 'FamilyDoctorQuestion', id, kind: 'UPDATED', residentId, payload });
}

const own = {
  asker: {
    en: 'Only the resident, or the guardian of a minor, asks the family doctor.',
    zh: '仅居民本人或未成年人的监护人可向家庭医生咨询。',
  },
  contract: { en: 'There is no contract in force; sign one first.', zh: '当前无有效签约，请先签约家庭医生。' },
  team: { en: 'Only the team that the resident has signed with may do this.', zh: '仅居民的签约团队可操作。' },
  answered: { en: 'It was answered or closed already.', zh: '该咨询已答复或已结束。' },
  unanswered: { en: 'Answer the question before it is closed.', zh: '请先答复再结束咨询。' },
  closed: { en: 'It was closed already.', zh: '该咨询已结束。' },
} as const satisfies Readonly<Record<string, FaultText>>;
