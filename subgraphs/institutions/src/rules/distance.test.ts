import { expect, test } from 'vitest';
import { distanceKm } from './distance.ts';

test('the distance between Beijing and Shanghai is about 1,067 km, of a place to itself none', () => {
  const beijing = { longitude: 116.4074, latitude: 39.9042 };
  const shanghai = { longitude: 121.4737, latitude: 31.2304 };
  expect(distanceKm(beijing, shanghai)).toBe(1067.3);
  expect(distanceKm(beijing, beijing)).toBe(0);
});

test('places at opposite ends of the earth are half its circumference apart', () => {
  expect(distanceKm({ longitude: 0, latitude: 0 }, { longitude: 180, latitude: 0 })).toBe(20015.1);
});
