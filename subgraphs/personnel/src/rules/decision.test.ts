import { expect, test } from 'vitest';
import { ALLOWED, firstRefusal, refuse } from './decision.ts';

test('of several refusals the first is told', () => {
  const decisions = [ALLOWED, refuse('MODE_MISMATCH', 'usedAtId'), refuse('POOL_EXHAUSTED')];
  expect(firstRefusal(decisions)).toEqual({ kind: 'REFUSED', code: 'MODE_MISMATCH', path: ['usedAtId'] });
});

test('no refusal is leave', () => {
  expect([firstRefusal([]), firstRefusal([ALLOWED])]).toEqual([{ kind: 'ALLOWED' }, { kind: 'ALLOWED' }]);
});
