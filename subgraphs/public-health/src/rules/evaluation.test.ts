import { describe, expect, test } from 'vitest';
import { evaluate, gradeOf, ranksOf, type EvaluationScales } from './evaluation.ts';

const scales: EvaluationScales = {
  weights: { CAPABILITY: '0.40', HEALTH: '0.35', SATISFACTION: '0.25' },
  indicators: [
    { code: 'C-07', dimension: 'CAPABILITY', floor: '40', target: '65', weight: '0.4' },
    { code: 'C-10', dimension: 'CAPABILITY', floor: '70', target: '90', weight: '0.3' },
    { code: 'ITEMS', dimension: 'CAPABILITY', floor: '0', target: '15', weight: '0.3' },
    { code: 'P-05', dimension: 'HEALTH', floor: '50', target: '80', weight: '0.4' },
    { code: 'P-06', dimension: 'HEALTH', floor: '30', target: '70', weight: '0.3' },
    { code: 'C-15b', dimension: 'HEALTH', floor: '80', target: '30', weight: '0.3' },
    { code: 'F-06', dimension: 'SATISFACTION', floor: '60', target: '95', weight: '0.7' },
    { code: 'S-05', dimension: 'SATISFACTION', floor: '50', target: '100', weight: '0.3' },
  ],
};
const values = new Map([
  ['C-07', '58'],
  ['C-10', '86'],
  ['ITEMS', '12'],
  ['P-05', '68'],
  ['P-06', '62'],
  ['C-15b', '41'],
  ['F-06', '88.5'],
  ['S-05', '92'],
]);

describe('three-dimensional evaluation', () => {
  test('TV-84 three dimensions and the total', () => {
    const { dimensions, total, grade } = evaluate(values, scales);
    expect(dimensions.map(({ score }) => score)).toEqual(['76.80', '71.40', '82.20']);
    expect([total, grade]).toEqual(['76.26', 'C']);
  });

  test('a dimension with less than 60 % of its weight leaves total and grade open', () => {
    const { dimensions, total, grade } = evaluate(new Map([...values, ['F-06', null] as const]), scales);
    expect(dimensions.map(({ score }) => score)).toEqual(['76.80', '71.40', null]);
    expect([total, grade]).toEqual([null, null]);
  });

  test('grades begin at their lower bound', () => {
    expect(['90.00', '89.99', '80.00', '70.00', '60.00', '59.99'].map(gradeOf)).toEqual(['A', 'B', 'B', 'C', 'D', 'E']);
  });

  test('equal totals share a rank and the next is skipped', () => {
    expect(ranksOf(['80.00', '91.20', null, '80.00', '68.00'])).toEqual([2, 1, null, 2, 4]);
  });
});
