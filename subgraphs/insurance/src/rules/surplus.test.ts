import { expect, test } from 'vitest';
import {
  allianceResult,
  capitationBaseRate,
  capitationBudget,
  capitationResult,
  keepShare,
  performanceFactor,
} from './surplus.ts';

const bands = [
  { band: '0-6', count: 700, factor: '1.2' },
  { band: '7-17', count: 1200, factor: '0.6' },
  { band: '18-44', count: 3600, factor: '0.7' },
  { band: '45-59', count: 2300, factor: '1.0' },
  { band: '60+', count: 2200, factor: '1.8' },
];

test('TV-21 the budget weighs the enrolled by age', () => {
  expect(capitationBudget({ baseRate: '150.00', prepayRatio: '0.90', bands })).toEqual({
    budget: '1551000.00',
    monthlyPrepay: '116325.00',
  });
});

test('a base rate pays what the enrolled cost and a margin, by unit of risk', () => {
  expect([capitationBaseRate('1480000', bands, '1.05'), capitationBaseRate('0', [], '1.05')]).toEqual(['150.29', null]);
});

test('TV-22 80 % of a surplus is kept at a quality of 86', () => {
  expect(capitationResult('1551000.00', '1480000', '86')).toEqual({ surplus: '71000.00', retained: '56800.00' });
});

test('TV-23 nothing is kept of a deficit', () => {
  expect(capitationResult('1551000.00', '1700000', '86')).toEqual({ surplus: '-149000.00', retained: '0.00' });
});

test('TV-34 an alliance splits what it keeps among lead, townships and villages', () => {
  expect(allianceResult('86000000', '82500000', '88', ['0.50', '0.35', '0.15'])).toEqual({
    surplus: '3500000.00',
    retained: '2800000.00',
    lead: '1400000.00',
    township: '980000.00',
    village: '420000.00',
  });
});

test('grades begin at 90, 80, 70 and 60 of the rounded total', () => {
  expect(['89.995', '89.994', '80', '70', '69.99'].map(keepShare)).toEqual(['1.00', '0.80', '0.80', '0.50', '0']);
  expect(['91.2', '83.5', '76.26', '68', '59.99'].map(performanceFactor)).toEqual([
    '1.10',
    '1.00',
    '0.90',
    '0.80',
    '0.70',
  ]);
});
