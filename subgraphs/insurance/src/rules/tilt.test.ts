import { expect, test } from 'vitest';
import { tiltFaults } from './tilt.ts';

const terms = (level: 'T' | 'C' | 'M', ratio: string, deductible: string) => ({ level, ratio, deductible });

test('TV-86 ratios .90, .80, .65 are accepted; .75 at the township below .80 at the county is not', () => {
  const county = [terms('C', '0.80', '500'), terms('M', '0.65', '1000')];
  expect(tiltFaults([terms('T', '0.90', '200'), ...county])).toEqual([]);
  expect(tiltFaults([...county, terms('T', '0.75', '200')])).toEqual(['ratio']);
});

test('a deductible that shrinks on the way up is not accepted; equal terms are, and levels without a rule are passed over', () => {
  expect(tiltFaults([terms('T', '0.90', '600'), terms('C', '0.80', '500')])).toEqual(['deductible']);
  expect(tiltFaults([terms('T', '0.60', '0'), terms('C', '0.60', '0')])).toEqual([]);
  expect(tiltFaults([terms('T', '0.60', '900'), terms('M', '0.70', '500')])).toEqual(['ratio', 'deductible']);
});
