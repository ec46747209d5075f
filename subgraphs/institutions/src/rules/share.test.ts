import { expect, test } from 'vitest';
import { isShare } from './share.ts';

test('a share lies between 0 and 1 and has at most two places', () => {
  expect(['0', '0.2', '0.05', '1', '1.00'].map(isShare)).toEqual([true, true, true, true, true]);
  expect(['-0.1', '1.01', '0.205', '2', '', '.5', '00.5'].map(isShare)).toEqual(Array.from({ length: 7 }, () => false));
});
