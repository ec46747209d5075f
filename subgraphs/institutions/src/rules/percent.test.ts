import { expect, test } from 'vitest';
import { percent } from './percent.ts';

test('shares are rounded half up in decimals, not in binary fractions', () => {
  expect([percent(201, 20_000), percent(1, 3), percent(-1, 3), percent(1, 0)]).toEqual([
    '1.01',
    '33.33',
    '-33.33',
    null,
  ]);
});
