import { Decimal } from 'decimal.js';

/** What residents are asked about their team 满意度题目, in order. */
export const satisfactionQuestions: readonly string[] = [
  '服务态度',
  '履约及时',
  '健康指导',
  '用药指导',
  '就诊便利',
  '转诊帮助',
  '隐私保护',
  '收费透明',
  '沟通联系',
  '总体评价',
];

/** Points of the answers 5 非常满意 … 1 很不满意 (VS-42). */
const points: Readonly<Record<number, number>> = { 5: 100, 4: 80, 3: 60, 2: 30, 1: 0 };

/** Mean of the answers' points (VS-42), two places half up; null for an answer that is none, or no answer. */
export function satisfactionScore(answers: readonly number[]): string | null {
  const given = answers.flatMap((answer) => points[answer] ?? []);
  if (given.length === 0 || given.length !== answers.length) return null;
  const sum = given.reduce((total, one) => total + one, 0);
  return new Decimal(sum).div(given.length).toFixed(2, Decimal.ROUND_HALF_UP);
}
