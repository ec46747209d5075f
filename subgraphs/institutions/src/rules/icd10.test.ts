import { expect, test } from 'vitest';
import { isInIcd10Range, isInSomeIcd10Range, normaliseIcd10 } from './icd10.ts';

test('codes are compared without point, dash and case', () => {
  expect(['I21.9', 'i21.900x001', 'I21.-', ' E11 ', 'U07.1', '1.2', 'I2', '', '头痛'].map(normaliseIcd10)).toEqual([
    'I219',
    'I21900X001',
    'I21',
    'E11',
    'U071',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('both ends of a range belong to it with everything below them', () => {
  const inside = (code: string) => isInIcd10Range(code, { from: 'I20', to: 'I25' });
  expect(['I19.9', 'I20', 'I20.0', 'I21.9', 'I25.9', 'I25.900x001', 'I26', 'J21', 'nothing'].map(inside)).toEqual([
    false,
    true,
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('a range of finer codes does not hold the category above them', () => {
  const inside = (code: string) => isInIcd10Range(code, { from: 'I21.1', to: 'I21.3' });
  expect(['I21', 'I21.0', 'I21.1', 'I21.300', 'I21.4'].map(inside)).toEqual([false, false, true, true, false]);
});

test('a range that is no range of codes holds nothing', () => {
  expect([isInIcd10Range('I21', { from: '', to: 'I25' }), isInSomeIcd10Range('I21', [])]).toEqual([false, false]);
});
