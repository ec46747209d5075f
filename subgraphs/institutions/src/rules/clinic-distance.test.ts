import { expect, test } from 'vitest';
import { createClinicFinder } from './clinic-distance.ts';

const village = { longitude: 116.93, latitude: 34.74 };
const near = (clinic: { longitude: number; latitude: number }) => createClinicFinder([clinic])(village);

test('a clinic at 2.5 km is within reach, one eleven centimetres further is not', () => {
  expect(near({ longitude: 116.93, latitude: 34.762483 })).toBe(true);
  expect(near({ longitude: 116.93, latitude: 34.762484 })).toBe(false);
  expect(near({ longitude: 116.93, latitude: 34.717517 })).toBe(true);
  expect(near({ longitude: 116.93, latitude: 34.717516 })).toBe(false);
});

test('the reach is measured on the ground, not in degrees: eastwards a degree is shorter', () => {
  expect(near({ longitude: 116.9573, latitude: 34.74 })).toBe(true);
  expect(near({ longitude: 116.9574, latitude: 34.74 })).toBe(false);
  expect(near({ longitude: 116.9025, latitude: 34.7512 })).toBe(false);
  const north = { longitude: 122.35, latitude: 53.48 };
  expect(createClinicFinder([{ longitude: 122.3877, latitude: 53.48 }])(north)).toBe(true);
});

test('one clinic of many is enough, and none are none', () => {
  const far = Array.from({ length: 50 }, (_, index) => ({ longitude: 116.93 + index, latitude: 30 }));
  expect(createClinicFinder([...far, village])(village)).toBe(true);
  expect(createClinicFinder(far)(village)).toBe(false);
  expect(createClinicFinder([])(village)).toBe(false);
});
