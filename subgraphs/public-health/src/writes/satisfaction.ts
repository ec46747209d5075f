import { type Write, type Written, createFaults, expectText, newId, refuse } from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { satisfactionQuestions, satisfactionScore } from '../rules/satisfaction.ts';
import type { SubmitSatisfactionInput } from '../schema-types.ts';
import { satisfactionResponses, satisfactionSurveys } from '../tables/evaluation.ts';
import { lockStandingContract } from './contract-record.ts';
import { decides } from './contract-renewal.ts';

const judged: ReadonlySet<string> = new Set(['ACTIVE', 'EXPIRED', 'RENEWED', 'TERMINATED']);

/** A resident's answer about the team of the contract, once a quarter; kept under a pseudonym (S3-51, domain.md 2.5). */
export async function submitSatisfaction(input: SubmitSatisfactionInput, write: Write): Promise<Written> {
  const { contract, person } = await lockStandingContract(write, { id: input.contractId }, 'contractId');
  if (!decides(write, person)) refuse('FORBIDDEN', 'contractId', own.resident);
  if (!judged.has(contract.status)) refuse('INVALID_TRANSITION', 'contractId');
  const { teamId, familyDoctorId, baseInstitutionId } = contract;
  const survey = await surveyOf(write, teamId);
  const score = satisfactionScore(input.answers);
  const faults = createFaults();
  const isWhole = input.answers.length === survey.questions.length;
  faults.expect(isWhole && score !== null, 'VALIDATION_FAILED', 'answers', own.answers);
  expectText(faults, input.comment, 'comment', 500);
  faults.throwIfAny();

  const id = newId('sn');
  const respondent = `p_${write.keyedHash(`${survey.id}/${person.id}`).slice(0, 16)}`;
  await write.tx.insert(satisfactionResponses).values({
    id,
    surveyId: survey.id,
    respondentKind: 'RESIDENT',
    respondent,
    at: write.clock.instant,
    answers: [...input.answers],
    score: score ?? '0.00',
    comment: input.comment?.trim() ?? null,
    practitionerId: familyDoctorId,
    teamId,
    institutionId: baseInstitutionId,
  });
  const payload = { surveyId: survey.id, teamId, institutionId: baseInstitutionId, score };
  write.change({ type: 'SatisfactionResponse', id, kind: 'CREATED', payload });
  return { id };
}

interface Survey {
  readonly id: string;
  readonly questions: readonly string[];
}

/** The survey of a team in the quarter of today, made with its first answer. */
async function surveyOf(write: Write, teamId: string): Promise<Survey> {
  const { day } = write.clock;
  const period = `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
  const subject = { subjectType: 'TEAM', subjectId: teamId, respondentKind: 'RESIDENT', period } as const;
  const table = satisfactionSurveys;
  const made = await write.tx
    .insert(table)
    .values({ id: newId('ss'), ...subject, questions: [...satisfactionQuestions] })
    .onConflictDoNothing()
    .returning();
  const [survey] = made;
  if (survey !== undefined) {
    write.change({ type: 'SatisfactionSurvey', id: survey.id, kind: 'CREATED', payload: subject });
    return survey;
  }
  const [stored] = await write.tx
    .select()
    .from(table)
    .where(
      and(
        eq(table.subjectId, teamId),
        eq(table.subjectType, 'TEAM'),
        eq(table.period, period),
        eq(table.respondentKind, 'RESIDENT'),
      ),
    );
  return stored ?? refuse('NOT_FOUND', 'contractId');
}

const own = {
  resident: { en: 'Only the resident or the guardian answers.', zh: '仅居民本人或监护人可评价。' },
  answers: { en: 'Each question has one answer from 1 to 5.', zh: '每题须填写 1 至 5 的答案。' },
};
