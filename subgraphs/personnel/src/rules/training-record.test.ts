import { expect, test } from 'vitest';
import { creditsEarned, decideTrainingResult } from './training-record.ts';

const decide = (completedOn: string, score: string | null, completed = false) =>
  decideTrainingResult({ completedOn, score }, '2024-06-30', completed);
const allowed = { kind: 'ALLOWED' };
const refused = (code: string, ...path: string[]) => ({ kind: 'REFUSED', code, path });

test('a result is recorded once, and not before the day', () => {
  expect([decide('2024-06-30', null), decide('2024-07-01', null), decide('2024-06-30', null, true)]).toEqual([
    allowed,
    refused('VALIDATION_FAILED', 'completedOn'),
    refused('INVALID_TRANSITION'),
  ]);
});

test('a score is from 0 to 100', () => {
  const wrong = refused('VALIDATION_FAILED', 'score');
  expect(['-0.01', '0', '100.00', '100.01'].map((score) => decide('2024-06-30', score))).toEqual([
    wrong,
    allowed,
    allowed,
    wrong,
  ]);
});

test('a course that was passed earns its credits, any other none', () => {
  expect([creditsEarned('6', true), creditsEarned('6', false), creditsEarned(null, true)]).toEqual([
    '6.0',
    '0.0',
    '0.0',
  ]);
});
