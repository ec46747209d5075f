import { expect, test } from 'vitest';
import { decideClosing } from './closing.ts';

const close = (lastDay: string, closed = false) =>
  decideClosing({ from: '2024-03-01', closed }, lastDay, '2024-06-30', 'to');
const wrongDay = { kind: 'REFUSED', code: 'VALIDATION_FAILED', path: ['to'] };

test('the first day and today are the earliest and the latest last day', () => {
  expect(['2024-02-29', '2024-03-01', '2024-06-30', '2024-07-01'].map((day) => close(day))).toEqual([
    wrongDay,
    { kind: 'ALLOWED' },
    { kind: 'ALLOWED' },
    wrongDay,
  ]);
});

test('nothing closes twice', () => {
  expect(close('2024-06-01', true)).toEqual({ kind: 'REFUSED', code: 'INVALID_TRANSITION', path: [] });
});
