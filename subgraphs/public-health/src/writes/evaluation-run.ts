import {
  type Faults,
  type Write,
  type Written,
  createFaults,
  expectNumber,
  expectSize,
  expectText,
  governs,
  insertMany,
  newId,
  refuse,
} from '@hutong/kit';
import { and, eq, inArray } from 'drizzle-orm';
import {
  evaluate,
  gapsOf,
  gradeOf,
  ranksOf,
  recommendationsOf,
  unbalancedDimensions,
  type EvaluationScales,
  type ScoredEvaluation,
} from '../rules/evaluation.ts';
import { scoreAfterCheck } from '../rules/fulfilment-sample.ts';
import { percent } from '../rules/fulfilment-plan.ts';
import type { RunEvaluationInput } from '../schema-types.ts';
import { evaluations, type EvaluationRow, type StoredEvaluationDimension } from '../tables/evaluation.ts';
import { finishedPeriod } from './checks.ts';
import { scalesOfRun, type ScalesOf } from './evaluation-scales.ts';
import { subjectsOf, type EvaluatedSubject } from './evaluation-subjects.ts';
import { texts } from './texts.ts';

const MOST_MEASURES = 5000;

/** Evaluates and ranks all subjects of a kind in a region; what was published of them before is superseded (domain.md 3.15, 3.8.7). */
export async function runEvaluation(input: RunEvaluationInput, write: Write): Promise<Written> {
  const { regionCode, kind, subjectType, period } = input;
  expectSize(input.measures, MOST_MEASURES, 'measures');
  if (!governs(write.caller, regionCode)) refuse('FORBIDDEN', 'regionCode', texts.commission);
  const faults = createFaults();
  const range = finishedPeriod(faults, period, write.clock.day);
  faults.expect(kinds[subjectType].includes(kind), 'VALIDATION_FAILED', 'kind', own.kind);
  expectText(faults, input.reason, 'reason', 500);
  faults.throwIfAny();

  const subjects = await subjectsOf(write, input, range);
  if (subjects.length === 0) refuse('NOT_FOUND', 'period', own.noFigures);
  const scalesOf = await scalesOfRun(write, input);
  checkScales(subjects, scalesOf, faults);
  checkMeasures(input, subjects, scalesOf, faults);
  const published = await lockPublished(write, input, subjects);
  faults.expect(published.length === 0 || Boolean(input.reason), 'VALIDATION_FAILED', 'reason', own.reason);
  faults.throwIfAny();

  const rows = rowsOf(input, subjects, scalesOf, {
    evaluatedAt: write.clock.instant,
    versionOf: new Map(published.map((row) => [row.subjectId, row.version + 1])),
  });
  await supersede(write, published, input.reason);
  await insertMany(write, evaluations, rows);
  for (const row of rows) {
    tell(write, row, 'CREATED');
    write.step({ type: 'Evaluation', id: row.id, from: null, to: 'PUBLISHED', reason: input.reason });
  }
  return { id: regionCode, notes: { ids: rows.toSorted(byRank).map(({ id }) => id) } };
}

/** What is evaluated how: only contract service looks at teams, and alliances are evaluated as such. */
const kinds: Readonly<Record<RunEvaluationInput['subjectType'], readonly RunEvaluationInput['kind'][]>> = {
  REGION: ['BASELINE', 'ROUTINE'],
  INSTITUTION: ['BASELINE', 'ROUTINE', 'CONTRACT_SERVICE'],
  ALLIANCE: ['ALLIANCE'],
  TEAM: ['CONTRACT_SERVICE'],
};

function checkScales(subjects: readonly EvaluatedSubject[], scalesOf: ScalesOf, faults: Faults): void {
  const scales = subjects.map(({ id }) => scalesOf(id));
  const isWeighed = scales.every(({ weights }) => Object.keys(weights).length > 0);
  const isBalanced = scales.every((one) => unbalancedDimensions(one).length === 0);
  faults.expect(isWeighed && isBalanced, 'VALIDATION_FAILED', 'period', own.weights);
}

/** A measure is of a subject of the run and an indicator of its scales, that public health does not count itself; each once. */
function checkMeasures(
  { measures }: RunEvaluationInput,
  subjects: readonly EvaluatedSubject[],
  scalesOf: ScalesOf,
  faults: Faults,
): void {
  const byId = new Map(subjects.map((subject) => [subject.id, subject]));
  const seen = new Set<string>();
  measures.forEach(({ subjectId, code, value }, index) => {
    const subject = byId.get(subjectId);
    faults.expect(subject !== undefined, 'NOT_FOUND', `measures.${index}.subjectId`);
    const isAsked = subject === undefined || scalesOf(subjectId).indicators.some((scale) => scale.code === code);
    faults.expect(isAsked, 'VALIDATION_FAILED', `measures.${index}.code`, own.notAsked);
    faults.expect(subject?.counted.has(code) !== true, 'VALIDATION_FAILED', `measures.${index}.code`, own.counted);
    faults.expect(!seen.has(`${subjectId}/${code}`), 'VALIDATION_FAILED', `measures.${index}.code`, texts.twice);
    seen.add(`${subjectId}/${code}`);
    expectNumber(faults, value, `measures.${index}.value`, { least: -999_999_999, most: 999_999_999, places: 4 });
  });
}

/** What counts now of the subjects, locked until the run ends. */
async function lockPublished(
  { tx }: Write,
  { kind, period, subjectType }: RunEvaluationInput,
  subjects: readonly EvaluatedSubject[],
): Promise<readonly EvaluationRow[]> {
  return tx
    .select()
    .from(evaluations)
    .where(
      and(
        eq(evaluations.status, 'PUBLISHED'),
        eq(evaluations.subjectType, subjectType),
        eq(evaluations.kind, kind),
        eq(evaluations.period, period),
        inArray(
          evaluations.subjectId,
          subjects.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(evaluations.subjectId)
    .for('update');
}

async function supersede(write: Write, rows: readonly EvaluationRow[], reason?: string | null): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  await write.tx.update(evaluations).set({ status: 'SUPERSEDED' }).where(inArray(evaluations.id, ids));
  for (const row of rows) {
    tell(write, { ...row, status: 'SUPERSEDED' }, 'UPDATED');
    write.step({ type: 'Evaluation', id: row.id, from: 'PUBLISHED', to: 'SUPERSEDED', reason });
  }
}

function tell(write: Write, row: EvaluationRow, change: 'CREATED' | 'UPDATED'): void {
  const { id, subjectType, subjectId, period, kind, total, grade, status, version } = row;
  const payload = { subjectType, subjectId, period, kind, total, grade, status, version };
  write.change({ type: 'Evaluation', id, kind: change, payload });
}

/** When a run is, and which of each subject it is. */
interface Run {
  readonly evaluatedAt: string;
  readonly versionOf: ReadonlyMap<string, number>;
}

function rowsOf(
  input: RunEvaluationInput,
  subjects: readonly EvaluatedSubject[],
  scalesOf: ScalesOf,
  { evaluatedAt, versionOf }: Run,
): readonly EvaluationRow[] {
  const { regionCode, subjectType, period, kind, measures } = input;
  const scored = subjects.map((subject) => {
    const given = new Map(
      measures.filter(({ subjectId }) => subjectId === subject.id).map((one) => [one.code, one.value]),
    );
    return { subject, ...scoreOf(subject, given, scalesOf(subject.id)) };
  });
  const ranks = ranksAmongLike(subjectType, scored);
  return scored.map(({ subject, ...score }, index) => ({
    id: newId('ev'),
    regionCode,
    subjectType,
    subjectId: subject.id,
    period,
    kind,
    status: 'PUBLISHED',
    version: versionOf.get(subject.id) ?? 1,
    evaluatedAt,
    ...score,
    rank: ranks[index] ?? null,
  }));
}

function scoreOf(subject: EvaluatedSubject, given: ReadonlyMap<string, string>, scales: EvaluationScales) {
  const counted = [...subject.counted].map(([code, { value }]) => [code, value] as const);
  const evaluation = evaluate(new Map<string, string | null>([...given, ...counted]), scales);
  const { total: unchecked } = evaluation;
  const { check } = subject;
  const total =
    unchecked === null || check === undefined ? unchecked : scoreAfterCheck(unchecked, check.truthful, check.samples);
  return {
    dimensions: dimensionsOf(evaluation, subject),
    total,
    uncheckedTotal: check === undefined ? null : unchecked,
    truthRate: check === undefined || check.samples === 0 ? null : percent(check.truthful, check.samples),
    grade: total === null ? null : gradeOf(total),
    gaps: gapsOf(evaluation),
    recommendations: recommendationsOf(evaluation),
  };
}

/** The dimensions as they are stored: with every value it says what it was made of and who gave it. */
function dimensionsOf({ dimensions }: ScoredEvaluation, { counted }: EvaluatedSubject): StoredEvaluationDimension[] {
  return dimensions.map(({ code, weight, score, indicators }) => ({
    code,
    weight,
    score,
    indicators: indicators.map(({ dimension: _dimension, ...indicator }) => {
      const made = counted.get(indicator.code);
      const source = indicator.value === null ? null : made === undefined ? 'GIVEN' : 'SNAPSHOT';
      return { ...indicator, numerator: made?.numerator ?? null, denominator: made?.denominator ?? null, source };
    }),
  }));
}

/** Ranks among subjects of the same kind, divisions of the same level; null for who is alone. */
function ranksAmongLike(
  subjectType: RunEvaluationInput['subjectType'],
  scored: readonly { readonly subject: EvaluatedSubject; readonly total: string | null }[],
): readonly (number | null)[] {
  const levelOf = ({ id }: EvaluatedSubject) => (subjectType === 'REGION' ? id.length : 0);
  const ranks = new Map<string, number | null>();
  for (const level of new Set(scored.map(({ subject }) => levelOf(subject)))) {
    const like = scored.filter(({ subject }) => levelOf(subject) === level);
    const ofLevel = ranksOf(like.map(({ total }) => total));
    like.forEach(({ subject }, index) => ranks.set(subject.id, like.length === 1 ? null : (ofLevel[index] ?? null)));
  }
  return scored.map(({ subject }) => ranks.get(subject.id) ?? null);
}

function byRank(a: EvaluationRow, b: EvaluationRow): number {
  return (a.rank ?? Infinity) === (b.rank ?? Infinity) ? 0 : (a.rank ?? Infinity) - (b.rank ?? Infinity);
}

const own = {
  kind: {
    en: 'This kind of evaluation is not for such subjects: teams by CONTRACT_SERVICE, alliances by ALLIANCE, regions by BASELINE or ROUTINE.',
    zh: '评估类别与主体不符：团队为 CONTRACT_SERVICE，医共体为 ALLIANCE，区划为 BASELINE 或 ROUTINE。',
  },
  noFigures: {
    en: 'No subject of the region has figures of this period; choose a period with snapshots.',
    zh: '该区划内无此周期的指标数据，请选择已有快照的周期。',
  },
  weights: {
    en: 'The weights of a dimension do not add up to 1 for this year; set the targets of its indicators.',
    zh: '本年度某维度的指标权重之和不为 1，请先设定指标目标。',
  },
  notAsked: { en: 'The scales of this subject do not ask for this indicator.', zh: '该主体的评估标尺不含此指标。' },
  counted: {
    en: 'Public health counts this indicator itself; leave it out.',
    zh: '该指标由公共卫生子图统计，请勿填写。',
  },
  reason: {
    en: 'There are published evaluations of this period; say why they are superseded.',
    zh: '该周期已有发布的评估，请填写重新评估的原因。',
  },
};
