import { errorCatalogue } from '@hutong/schema';
import { expect, test } from 'vitest';
import { type RefusalCode, ALLOWED, firstRefusal, refuse } from './decision.ts';

test('every code of a refusal is in the catalogue', () => {
  const codes: Readonly<Record<RefusalCode, true>> = {
    CAPACITY_EXCEEDED: true,
    INVALID_TRANSITION: true,
    MODE_MISMATCH: true,
    POOL_EXHAUSTED: true,
    SCHEDULE_CONFLICT: true,
    STRUCTURE_INCOMPLETE: true,
    VALIDATION_FAILED: true,
  };
  expect(Object.keys(codes).filter((code) => !(code in errorCatalogue))).toEqual([]);
});

test('of several refusals the first is told', () => {
  const decisions = [ALLOWED, refuse('MODE_MISMATCH', 'usedAtId'), refuse('POOL_EXHAUSTED')];
  expect(firstRefusal(decisions)).toEqual({ kind: 'REFUSED', code: 'MODE_MISMATCH', path: ['usedAtId'] });
});

test('no refusal is leave', () => {
  expect([firstRefusal([]), firstRefusal([ALLOWED])]).toEqual([{ kind: 'ALLOWED' }, { kind: 'ALLOWED' }]);
});
