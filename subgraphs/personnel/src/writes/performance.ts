import {
  type Faults,
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotFuture,
  expectNotLong,
  expectNumber,
  expectText,
  governs,
  newId,
} from '@hutong/kit';
import { Decimal } from 'decimal.js';
import { and, eq } from 'drizzle-orm';
import { decideAllowance } from '../rules/allowance.ts';
import { daysOfPeriod } from '../rules/calendar.ts';
import { appraisalScore, gradeOf } from '../rules/performance.ts';
import { decideTitleApplication } from '../rules/title-application.ts';
import type {
  GrantAllowanceInput,
  IncomeSource,
  RecordAwardInput,
  RecordIncomeInput,
  RecordPerformanceInput,
  SubmitTitleReviewInput,
} from '../schema-types.ts';
import {
  allowances,
  awards,
  incomeItems,
  performanceRecords,
  titleReviews,
  type TitleReviewRow,
} from '../tables/performance.ts';
import { moneyRange, note, scoreRange, withPlaces } from './checks.ts';
import { expectNotSelf, expectOnStaff, lockPerson, type Person } from './people.ts';
import { expectOwn, managesPeopleOf, placesById } from './places.ts';
import { texts } from './texts.ts';
import { decideTitleReview } from './title-decision.ts';

/** Mutations of titles, appraisals, pay and awards (domain.md 3.14.2, 3.14.3). */
export const performanceWrites = (mutation: Mutation) => ({
  submitTitleReview: mutation('submitTitleReview', submitTitleReview),
  decideTitleReview: mutation('decideTitleReview', decideTitleReview),
  recordPerformance: mutation('recordPerformance', recordPerformance),
  grantAllowance: mutation('grantAllowance', grantAllowance),
  recordAward: mutation('recordAward', recordAward),
  recordIncome: mutation('recordIncome', recordIncome),
});

/** Service volume that gives the full score 标准服务量, visits a year (domain.md 3.14.2, product default). */
const defaultStandardVolume = 5000;

/**
 * Applies for a higher title, once a year; the score needs what public health says of the residents' satisfaction. Who applies for
 * themselves tells no figures: the institution adds them, by the same application.
 */
async function submitTitleReview(input: SubmitTitleReviewInput, write: Write): Promise<Written> {
  const { practitionerId, targetLevel, year, paperWaived } = input;
  const person = await lockPerson(write, practitionerId);
  const mine = and(eq(titleReviews.practitionerId, practitionerId), eq(titleReviews.year, year));
  const [earlier] = await write.tx.select().from(titleReviews).where(mine);
  const faults = createFaults();
  const isOwn = write.caller.practitionerId === practitionerId;
  if (isOwn) expectOnStaff(faults, person, 'practitionerId');
  else await checkPerson(person, write, faults);
  faults.expect(year >= Number(write.clock.day.slice(0, 4)), 'VALIDATION_FAILED', 'year', texts.past);
  faults.expect(year <= Number(write.clock.day.slice(0, 4)) + 1, 'VALIDATION_FAILED', 'year', texts.future);
  checkFigures(input, isOwn, faults);
  const { serviceVolume = null, skill = null } = input;
  const adds = !isOwn && earlier !== undefined && awaitsFigures(earlier, input);
  faults.expect(earlier === undefined || adds, 'INVALID_TRANSITION', '', own.applied);
  if (person !== undefined) {
    const { titleLevel: currentLevel, primaryCareYears } = person;
    const asked = { currentLevel, primaryCareYears, targetLevel, paperWaived };
    note(faults, decideTitleApplication({ ...asked, serviceVolume: serviceVolume ?? 0, skill: skill ?? '0' }));
  }
  faults.throwIfAny();

  const id = earlier?.id ?? newId('tv');
  const row = { practitionerId, targetLevel, year, paperWaived, result: 'PENDING' as const };
  if (earlier !== undefined) {
    const change = { serviceVolume, skill, ...advanced(earlier, write) };
    await write.tx.update(titleReviews).set(change).where(eq(titleReviews.id, id));
    const payload = { ...row, version: earlier.version + 1 };
    write.change({ type: 'TitleReview', id, kind: 'UPDATED', payload });
    return { id };
  }
  const { instant: updatedAt } = write.clock;
  await write.tx
    .insert(titleReviews)
    .values({ id, ...row, serviceVolume, skill, standardVolume: defaultStandardVolume, updatedAt });
  write.change({ type: 'TitleReview', id, kind: 'CREATED', payload: { ...row, version: 1 } });
  write.step({ type: 'TitleReview', id, from: null, to: 'PENDING' });
  return { id };
}

/** The institution tells service volume and skill, not who applies for themselves. */
function checkFigures(input: SubmitTitleReviewInput, isOwn: boolean, faults: Faults): void {
  for (const part of ['serviceVolume', 'skill'] as const) {
    const isGiven = input[part] !== null && input[part] !== undefined;
    if (isOwn) faults.expect(!isGiven, 'FORBIDDEN', part, texts.oneself);
    else faults.expect(isGiven, 'VALIDATION_FAILED', part, texts.needed);
  }
  expectNumber(faults, input.serviceVolume, 'serviceVolume', { least: -Infinity, most: 1_000_000, places: 0 });
  expectNumber(faults, input.skill, 'skill', withPlaces(2));
}

/** Whether an application is the one meant, and nobody has told its figures yet. */
function awaitsFigures(stored: TitleReviewRow, { targetLevel, paperWaived }: SubmitTitleReviewInput): boolean {
  const isSame = stored.targetLevel === targetLevel && stored.paperWaived === paperWaived;
  return isSame && stored.result === 'PENDING' && stored.serviceVolume === null && stored.skill === null;
}

/** Records an appraisal of a year or quarter that has ended, once. */
async function recordPerformance(input: RecordPerformanceInput, write: Write): Promise<Written> {
  const { practitionerId, period, workload, quality, satisfaction } = input;
  const person = await lockPerson(write, practitionerId);
  const mine = and(eq(performanceRecords.practitionerId, practitionerId), eq(performanceRecords.period, period));
  const earlier = await write.tx.select({ id: performanceRecords.id }).from(performanceRecords).where(mine);
  const faults = createFaults();
  await checkPerson(person, write, faults);
  expectNotSelf(faults, write, practitionerId, 'practitionerId');
  const days = /^\d{4}(-Q[1-4])?$/.test(period) ? daysOfPeriod(period) : undefined;
  faults.expect(days !== undefined, 'VALIDATION_FAILED', 'period', own.period);
  expectNotFuture(faults, write, days?.to, 'period');
  for (const part of ['workload', 'quality', 'satisfaction'] as const) {
    expectNumber(faults, input[part], part, scoreRange);
  }
  expectNumber(faults, input.amount, 'amount', moneyRange);
  faults.expect(earlier.length === 0, 'INVALID_TRANSITION', '', own.recorded);
  faults.throwIfAny();

  const id = newId('pf');
  const score = appraisalScore({ workload, quality, satisfaction });
  const scores = { workload, quality, satisfaction, score, grade: gradeOf(score), amount: input.amount ?? null };
  await write.tx.insert(performanceRecords).values({ id, practitionerId, period, ...scores });
  write.change({ type: 'PerformanceRecord', id, kind: 'CREATED', payload: { practitionerId, period, version: 1 } });
  return { id };
}

/** Grants an allowance: for years in primary care what the step says, and each kind once at a time. */
async function grantAllowance(input: GrantAllowanceInput, write: Write): Promise<Written> {
  const { practitionerId, kind, amount, from } = input;
  const to = input.to ?? null;
  const person = await lockPerson(write, practitionerId);
  const rows = await write.tx.select().from(allowances).where(eq(allowances.practitionerId, practitionerId));
  const faults = createFaults();
  await checkPerson(person, write, faults);
  expectNotSelf(faults, write, practitionerId, 'practitionerId');
  expectNumber(faults, amount, 'amount', { ...moneyRange, least: -Infinity });
  expectNotLong(faults, input.basis, 'basis');
  if (person !== undefined) {
    const granted = rows.map((one) => ({ kind: one.kind, from: one.from ?? '0001-01-01', to: one.to }));
    const { primaryCareYears } = person;
    note(faults, decideAllowance({ kind, amount, from, to }, { primaryCareYears, granted }));
  }
  faults.throwIfAny();

  const id = newId('aw');
  const row = { practitionerId, kind, from, to };
  await write.tx.insert(allowances).values({ id, ...row, amount, basis: input.basis ?? null });
  write.change({ type: 'Allowance', id, kind: 'CREATED', payload: { ...row, version: 1 } });
  return { id };
}

/** Records an award: the institution its own, the health commission those of county and city. */
async function recordAward(input: RecordAwardInput, write: Write): Promise<Written> {
  const { practitionerId, kind, on } = input;
  const title = input.title.trim();
  const person = await lockPerson(write, practitionerId);
  const mine = and(eq(awards.practitionerId, practitionerId), eq(awards.title, title), eq(awards.on, on));
  const earlier = await write.tx.select({ id: awards.id }).from(awards).where(mine);
  const faults = createFaults();
  expectOnStaff(faults, person, 'practitionerId');
  expectNotSelf(faults, write, practitionerId, 'practitionerId');
  expectText(faults, input.title, 'title', 100);
  expectNotLong(faults, input.basis, 'basis');
  expectNotFuture(faults, write, on, 'on');
  faults.expect(person === undefined || mayAward(kind, person, write), 'FORBIDDEN', 'kind', own.award);
  faults.expect(earlier.length === 0, 'INVALID_TRANSITION', '', own.recorded);
  faults.throwIfAny();

  const id = newId('ad');
  await write.tx.insert(awards).values({ id, practitionerId, kind, title, on, basis: input.basis ?? null });
  write.change({ type: 'Award', id, kind: 'CREATED', payload: { practitionerId, kind, on, version: 1 } });
  return { id };
}

function mayAward(kind: RecordAwardInput['kind'], person: Person, write: Write): boolean {
  const { caller } = write;
  switch (kind) {
    case 'INSTITUTION':
      return managesPeopleOf(write, person.primaryInstitutionId);
    case 'COUNTY':
      return governs(caller, person.regionCode.slice(0, 6));
    case 'CITY':
      return governs(caller, person.regionCode.slice(0, 4));
  }
}

/** Records an item of a month's income; what contract service earns never counts as performance pay (domain.md 3.9.3). */
async function recordIncome(input: RecordIncomeInput, write: Write): Promise<Written> {
  const { practitionerId, period, source, amount } = input;
  const person = await lockPerson(write, practitionerId);
  const counts = input.countsTowardPerformancePay ?? source === 'PERFORMANCE';
  const faults = createFaults();
  await checkPerson(person, write, faults);
  expectNotSelf(faults, write, practitionerId, 'practitionerId');
  const days = /^\d{4}-\d{2}$/.test(period) ? daysOfPeriod(period) : undefined;
  faults.expect(days !== undefined, 'VALIDATION_FAILED', 'period', own.month);
  expectNotFuture(faults, write, days?.from, 'period');
  expectNumber(faults, amount, 'amount', moneyRange);
  faults.expect(!new Decimal(amount).eq(0), 'VALIDATION_FAILED', 'amount', texts.number);
  const outside = !counts || !contractIncome.has(source);
  faults.expect(outside, 'VALIDATION_FAILED', 'countsTowardPerformancePay', own.contractIncome);
  faults.throwIfAny();

  const id = newId('ic');
  const row = { practitionerId, period, source };
  await write.tx.insert(incomeItems).values({ id, ...row, amount, countsTowardPerformancePay: counts });
  write.change({ type: 'IncomeItem', id, kind: 'CREATED', payload: { ...row, version: 1 } });
  return { id };
}

/** Sources that are income from contract service 签约服务收入 (S3-24). */
const contractIncome: ReadonlySet<IncomeSource> = new Set(['CONTRACT_SERVICE', 'INCENTIVE_15']);

/** The person is on the staff of an institution that the caller writes for. */
async function checkPerson(person: Person | undefined, write: Write, faults: Faults): Promise<void> {
  expectOnStaff(faults, person, 'practitionerId');
  if (person === undefined) return;
  const { primaryInstitutionId } = person;
  const place = (await placesById(write, [primaryInstitutionId])).get(primaryInstitutionId);
  expectOwn(faults, write, [place], 'practitionerId');
}

const own = {
  applied: { en: 'The person has applied for a title this year.', zh: '本年度已申报职称。' },
  recorded: { en: 'This was recorded before.', zh: '此项已登记。' },
  period: {
    en: 'An appraisal is of a year or a quarter: 2024 or 2024-Q1.',
    zh: '考核周期应为年或季度：2024 或 2024-Q1。',
  },
  month: { en: 'Income is of a month: 2024-03.', zh: '收入项目应按月登记：2024-03。' },
  award: {
    en: 'The institution gives its own awards, the health commission those of county and city.',
    zh: '院级荣誉由本机构登记，县级、市级荣誉由卫生健康行政部门登记。',
  },
  contractIncome: {
    en: 'Income from contract service does not count towards performance pay.',
    zh: '签约服务收入不计入绩效工资总量。',
  },
};
