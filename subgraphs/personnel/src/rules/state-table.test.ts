import { expect, test } from 'vitest';
import { type StateTable, step } from './state-table.ts';

const table: StateTable<'OPEN' | 'SHUT', 'CLOSE'> = { OPEN: { CLOSE: 'SHUT' }, SHUT: {} };

test('an event leads where the table says, and nowhere else', () => {
  expect([step(table, 'OPEN', 'CLOSE'), step(table, 'SHUT', 'CLOSE')]).toEqual([
    { kind: 'ALLOWED', status: 'SHUT' },
    { kind: 'REFUSED', code: 'INVALID_TRANSITION', path: [] },
  ]);
});
