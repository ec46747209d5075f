import { expect, test } from 'vitest';
import { satisfactionScore } from './satisfaction.ts';

test('the score is the mean of the points of VS-42, and null for an answer outside 1 to 5', () => {
  expect([[5, 4, 3, 2, 1], [5, 5, 4], [6], []].map(satisfactionScore)).toEqual(['54.00', '93.33', null, null]);
});
