import {
  type Faults,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectBetween,
  expectNumber,
  expectText,
  expectVersion,
  newId,
  refuse,
} from '@hutong/kit';
import { Decimal } from 'decimal.js';
import { and, eq } from 'drizzle-orm';
import type { IndicatorDirection, SetIndicatorTargetInput, TargetOperator } from '../schema-types.ts';
import { indicatorDefinitions, indicatorTargets } from '../tables/evaluation.ts';
import { governsSubject } from './evaluation-subjects.ts';
import { texts } from './texts.ts';

/** Sets the target of an indicator for a subject and year, and how it counts in an evaluation (domain.md 3.15, S0-44). */
export async function setIndicatorTarget(input: SetIndicatorTargetInput, write: Write): Promise<Written> {
  const { indicatorCode, subjectType, subjectId, year } = input;
  if (!(await governsSubject(write, input))) refuse('FORBIDDEN', 'subjectId', texts.commission);
  const [definition] = await write.tx
    .select()
    .from(indicatorDefinitions)
    .where(eq(indicatorDefinitions.code, indicatorCode));
  if (definition === undefined) return refuse('NOT_FOUND', 'indicatorCode');
  const key = { indicatorCode, subjectType, subjectId, year };
  const [stored] = await write.tx.select().from(indicatorTargets).where(isTarget(key)).for('update');
  if (stored !== undefined) expectVersion(stored, input.version);
  const faults = createFaults();
  checkTarget(input, definition.direction, faults);
  checkScale(input, faults);
  faults.throwIfAny();

  const id = stored?.id ?? newId('it');
  const row = {
    operator: input.operator,
    value: input.value,
    floor: input.floor ?? null,
    weight: input.weight ?? null,
    dimension: input.dimension ?? null,
    source: input.source?.trim() ?? null,
    ...(stored === undefined ? { version: 1, updatedAt: write.clock.instant } : advanced(stored, write)),
  };
  if (stored === undefined) await write.tx.insert(indicatorTargets).values({ id, ...key, ...row });
  else await write.tx.update(indicatorTargets).set(row).where(eq(indicatorTargets.id, id));
  const { operator, value, floor, weight, dimension, version } = row;
  const payload = { ...key, operator, value, floor, weight, dimension, version };
  write.change({ type: 'IndicatorTarget', id, kind: stored === undefined ? 'CREATED' : 'UPDATED', payload });
  return { id };
}

type TargetKey = Pick<SetIndicatorTargetInput, 'indicatorCode' | 'subjectType' | 'subjectId' | 'year'>;

function isTarget({ indicatorCode, subjectType, subjectId, year }: TargetKey) {
  return and(
    eq(indicatorTargets.indicatorCode, indicatorCode),
    eq(indicatorTargets.subjectType, subjectType),
    eq(indicatorTargets.subjectId, subjectId),
    eq(indicatorTargets.year, year),
  );
}

/** How targets of an indicator may be compared: what is better lies on one side of them. */
const operators: Readonly<Record<IndicatorDirection, readonly TargetOperator[]>> = {
  HIGHER: ['GE', 'GT'],
  LOWER: ['LE', 'LT'],
  WATCH: ['GE', 'GT', 'LE', 'LT', 'EQ'],
};

function checkTarget(input: SetIndicatorTargetInput, direction: IndicatorDirection, faults: Faults): void {
  expectBetween(faults, input.year, [2000, 2100], 'year');
  expectText(faults, input.source, 'source', 200);
  faults.expect(operators[direction].includes(input.operator), 'VALIDATION_FAILED', 'operator', own.way);
  expectNumber(faults, input.value, 'value', possible);
  expectNumber(faults, input.floor, 'floor', possible);
  expectNumber(faults, input.weight, 'weight', { least: 0.0001, most: 1, places: 4 });
}

/** Floor, weight and dimension say together how the indicator counts; the floor lies on the worse side of the target. */
function checkScale({ operator, value, floor, weight, dimension }: SetIndicatorTargetInput, faults: Faults): void {
  const given = [floor, weight, dimension].filter((part) => part !== null && part !== undefined).length;
  faults.expect(given === 0 || given === 3, 'VALIDATION_FAILED', 'floor', own.together);
  if (floor === null || floor === undefined) return;
  const isWorse = operator.startsWith('L') ? new Decimal(floor).gt(value) : new Decimal(floor).lt(value);
  faults.expect(operator !== 'EQ' && isWorse, 'VALIDATION_FAILED', 'floor', own.floor);
}

const possible = { least: -999_999_999, most: 999_999_999, places: 4 };

const own = {
  way: {
    en: 'The comparison goes against the indicator: higher is better needs GE or GT, lower is better LE or LT.',
    zh: '比较方式与指标方向不符：越高越好用 GE、GT，越低越好用 LE、LT。',
  },
  together: {
    en: 'Floor, weight and dimension are given together, or none of them.',
    zh: '下限、权重与维度须同时填写或均不填写。',
  },
  floor: {
    en: 'The floor lies on the worse side of the target: below it when higher is better, above it when lower is better.',
    zh: '下限须在目标值的较差一侧：越高越好时低于目标值，越低越好时高于目标值。',
  },
};
