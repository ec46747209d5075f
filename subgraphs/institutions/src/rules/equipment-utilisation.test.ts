import { expect, test } from 'vitest';
import { equipmentUtilisation } from './equipment-utilisation.ts';

const openHours = [{ weekday: 1, opens: '08:00', closes: '16:00' }];
const use = { usedMinutes: 18 * 15, openHours, inServiceOn: '2020-01-01' };
const monday = { from: '2024-05-06', to: '2024-05-06' };

test('TV-51 eighteen quarters of an hour of 480 minutes are 56.25 %', () => {
  expect(equipmentUtilisation(use, monday)).toBe('56.25');
});

test('open minutes are those of the days, since the unit is in service', () => {
  const year = { from: '2024-01-01', to: '2024-12-31' };
  expect([
    equipmentUtilisation({ ...use, usedMinutes: 53 * 48 }, year),
    equipmentUtilisation({ ...use, usedMinutes: 480, inServiceOn: '2024-12-23' }, year),
  ]).toEqual(['10.00', '50.00']);
});

test('equipment that was not open has no utilisation', () => {
  expect([
    equipmentUtilisation({ ...use, usedMinutes: 0 }, monday),
    equipmentUtilisation(use, { from: '2024-05-07', to: '2024-05-12' }),
    equipmentUtilisation({ ...use, inServiceOn: '2024-05-07' }, monday),
  ]).toEqual(['0.00', null, null]);
});
