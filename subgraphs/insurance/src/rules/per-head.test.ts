import { expect, test } from 'vitest';
import { perHead } from './per-head.ts';

test('an amount per person has two places, half up, and needs persons', () => {
  expect([
    perHead('100.00', 3),
    perHead('0.05', 10),
    perHead('1.00', 0),
    perHead(null, 3),
    perHead('1.00', null),
  ]).toEqual(['33.33', '0.01', null, null, null]);
});
