import { expect, test } from 'vitest';
import { equipmentUtilisation } from './equipment-utilisation.ts';

const quarter = { start: '2024-05-06T09:00:00+08:00', end: '2024-05-06T09:15:00+08:00' };

test('TV-51 eighteen quarters of an hour of 480 minutes are 56.25 %', () => {
  const used = Array.from({ length: 18 }, () => quarter);
  expect(equipmentUtilisation(used, 480)).toBe('56.25');
});

test('equipment that was not open has no utilisation', () => {
  expect([equipmentUtilisation([], 480), equipmentUtilisation([], 0)]).toEqual(['0.00', null]);
});
