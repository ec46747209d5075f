import {
  type Faults,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotFuture,
  expectNotLong,
  expectNumber,
  expectText,
  expectVersion,
  governs,
  lockById,
  refuse,
} from '@hutong/kit';
import { hasCode, valueSet } from '@hutong/schema';
import { eq } from 'drizzle-orm';
import { prescribingRight } from '../rules/practice-registration.ts';
import { isHigherTitle } from '../rules/title-application.ts';
import { titleReviewScore } from '../rules/title-review.ts';
import type { DecideTitleReviewInput, TitleLevel } from '../schema-types.ts';
import { titleReviews, type TitleReviewRow } from '../tables/performance.ts';
import { practitioners } from '../tables/practitioner.ts';
import { scoreRange } from './checks.ts';
import { expectNotSelf, expectOnStaff, lockPerson, type Person } from './people.ts';
import { texts } from './texts.ts';

/**
 * Decides a title review, once: the health commission over the applicant says passed or failed, with the score of domain.md 3.14.2. Who
 * passes holds the title from the day of the decision.
 */
export async function decideTitleReview(input: DecideTitleReviewInput, write: Write): Promise<Written> {
  const { id, result, decidedOn, reason } = input;
  const { person, review } = await lockReview(id, write);
  expectVersion(review, input.version);
  const faults = createFaults();
  expectOnStaff(faults, person, 'id');
  faults.expect(governs(write.caller, person.regionCode), 'FORBIDDEN', 'id', texts.commission);
  expectNotSelf(faults, write, person.id, 'id');
  const isOpen = (review.result ?? 'PENDING') === 'PENDING';
  faults.expect(isOpen, 'INVALID_TRANSITION', '', own.decided);
  const { serviceVolume, skill } = review;
  faults.expect(serviceVolume !== null && skill !== null, 'INVALID_TRANSITION', '', own.figures);
  checkDecision(input, review, write, faults);
  if (isOpen && result === 'PASSED') checkTitle(input, review, person, faults);
  faults.throwIfAny();

  const satisfactionUsed = input.satisfaction ?? null;
  const isScored = serviceVolume !== null && skill !== null && satisfactionUsed !== null;
  const score = isScored ? titleReviewScore({ ...review, serviceVolume, skill, satisfaction: satisfactionUsed }) : null;
  await write.tx
    .update(titleReviews)
    .set({ result, score, satisfactionUsed, decidedOn, ...advanced(review, write) })
    .where(eq(titleReviews.id, id));
  const { practitionerId, targetLevel, year, paperWaived } = review;
  const payload = { practitionerId, targetLevel, year, paperWaived, result, decidedOn, version: review.version + 1 };
  write.change({ type: 'TitleReview', id, kind: 'UPDATED', payload });
  write.step({ type: 'TitleReview', id, from: 'PENDING', to: result, reason });
  if (result === 'PASSED') await giveTitle(person, { title: input.title ?? null, titleLevel: targetLevel }, write);
  return { id };
}

/** A review and who applied, locked in the order of the application: first the person. */
async function lockReview(id: string, write: Write): Promise<{ review: TitleReviewRow; person: Person }> {
  const { practitionerId } = titleReviews;
  const [asked] = await write.tx.select({ practitionerId }).from(titleReviews).where(eq(titleReviews.id, id));
  const person = asked === undefined ? undefined : await lockPerson(write, asked.practitionerId);
  if (person === undefined) return refuse('NOT_FOUND', 'id');
  return { review: await lockById(write, titleReviews, id, 'id'), person };
}

function checkDecision(input: DecideTitleReviewInput, review: TitleReviewRow, write: Write, faults: Faults): void {
  const { result, decidedOn, satisfaction } = input;
  faults.expect(result !== 'PENDING', 'VALIDATION_FAILED', 'result', own.outcome);
  expectNotFuture(faults, write, decidedOn, 'decidedOn');
  faults.expect(decidedOn >= review.updatedAt.slice(0, 10), 'VALIDATION_FAILED', 'decidedOn', own.early);
  expectNumber(faults, satisfaction, 'satisfaction', scoreRange);
  const isTold = satisfaction !== null && satisfaction !== undefined;
  faults.expect(isTold || !review.paperWaived, 'VALIDATION_FAILED', 'satisfaction', texts.needed);
  expectNotLong(faults, input.reason, 'reason');
  if (result === 'FAILED') expectText(faults, input.reason ?? '', 'reason', 500);
}

/** The title given is one of the level applied for, and still above what the person holds. */
function checkTitle(
  { title }: DecideTitleReviewInput,
  { targetLevel }: TitleReviewRow,
  person: Person,
  faults: Faults,
): void {
  const path = 'title';
  faults.expect(Boolean(title), 'VALIDATION_FAILED', path, texts.needed);
  faults.expect(!title || hasCode('TITLE', title), 'VALIDATION_FAILED', path, texts.unknownCode);
  const fits = !title || !hasCode('TITLE', title) || isOfLevel(title, targetLevel);
  faults.expect(fits, 'VALIDATION_FAILED', path, own.level);
  faults.expect(isHigherTitle(targetLevel, person.titleLevel), 'INVALID_TRANSITION', '', own.held);
}

/** Whether a professional title (GB/T 8561) is of a level (VS-53). */
function isOfLevel(title: string, level: TitleLevel): boolean {
  const wanted = valueSet('VS-53').values.find(({ constant }) => constant === level);
  return valueSet('TITLE').values.some(({ code, flags }) => code === title && flags?.['titleLevel'] === wanted?.code);
}

async function giveTitle(
  person: Person,
  given: { readonly title: string | null; readonly titleLevel: TitleLevel },
  write: Write,
): Promise<void> {
  const { id, primaryInstitutionId, category, status } = person;
  await write.tx
    .update(practitioners)
    .set({ ...given, ...advanced(person, write) })
    .where(eq(practitioners.id, id));
  const told = { primaryInstitutionId, category, titleLevel: given.titleLevel, status, ...prescribingRight(person) };
  write.change({ type: 'Practitioner', id, kind: 'UPDATED', payload: { ...told, version: person.version + 1 } });
}

const own = {
  decided: { en: 'The review is decided.', zh: '该职称评审已有结论。' },
  figures: {
    en: 'The institution has not told service volume and skill yet.',
    zh: '所在机构尚未填报服务量和技能考核得分。',
  },
  outcome: { en: 'A review ends passed or failed.', zh: '评审结论须为通过或未通过。' },
  early: {
    en: 'The day lies before that on which the figures were told; a review is decided on them.',
    zh: '评审日期早于服务量和技能考核得分的填报日期，须依据填报数据评审。',
  },
  level: { en: 'The title is not of the level applied for.', zh: '该职务与申报级别不符。' },
  held: { en: 'The person holds this level or a higher one by now.', zh: '该人员已具有同级或更高级别职称。' },
};
