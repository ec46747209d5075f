import { expect, test } from 'vitest';
import { cmiOf } from './case-mix.ts';

test('TV-33 the case-mix index is the weight per case, three places', () => {
  expect(cmiOf(String(3 * 62 + 5 * 35 + 2 * 185).replace(/(\d\d)$/, '.$1'), 10)).toBe('0.731');
});

test('without grouped cases there is no index', () => {
  expect(cmiOf('0', 0)).toBeNull();
});
