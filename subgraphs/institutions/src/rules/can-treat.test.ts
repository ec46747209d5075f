import { expect, test } from 'vitest';
import type { Tier } from '../schema-types.ts';
import { type Capability, canTreat, DEFAULT_CAPABILITY_NEEDS, type TreatedDisease } from './can-treat.ts';

const catalogue: readonly TreatedDisease[] = [
  { level: 'COUNTY', icd10From: 'I20', icd10To: 'I25' },
  { level: 'TOWNSHIP', icd10From: 'J18', icd10To: 'J18' },
  { level: 'VILLAGE', icd10From: 'I10', icd10To: 'I15' },
];

const item = (itemCode: string, available: boolean, area: Capability['area'] = 'BASIC_CARE') => ({
  itemCode,
  area,
  available,
});

const treats = (tier: Tier, icd10: string, ...capabilities: Capability[]) =>
  canTreat({ tier, catalogue, capabilities }, icd10);

test('the catalogue covers I21.9 by its range, and the capability item must be available', () => {
  expect([
    treats('COUNTY', 'I21.9', item('C01', true)),
    treats('COUNTY', 'I21.900x001', item('C01', true)),
    treats('COUNTY', 'I21.9', item('C01', false), item('C07', true)),
    treats('COUNTY', 'I21.9', item('C07', true)),
    treats('COUNTY', 'I21.9'),
  ]).toEqual([true, true, false, false, false]);
});

test('an institution treats what its level or one below treats, nothing of a level above', () => {
  const level = (tier: Tier) => ['I10', 'J18.9', 'I25.1', 'C34'].map((code) => treats(tier, code, item('X1', true)));
  expect([level('VILLAGE'), level('TOWNSHIP'), level('COUNTY'), level('CITY')]).toEqual([
    [true, false, false, false],
    [true, true, false, false],
    [true, true, true, false],
    [true, true, true, false],
  ]);
});

test('where no item is named, some item of basic care must be available', () => {
  expect([
    treats('TOWNSHIP', 'J18.9', item('T01', true)),
    treats('TOWNSHIP', 'J18.9', item('T01', false)),
    treats('TOWNSHIP', 'J18.9', item('T07', true, 'PUBLIC_HEALTH')),
  ]).toEqual([true, false, false]);
});

test('the needs are configuration, of a tier, and all of them count', () => {
  const needs = [
    { tier: 'COUNTY', icd10From: 'I20', icd10To: 'I25', itemCode: 'A' },
    { tier: 'COUNTY', icd10From: 'I25', icd10To: 'I25', itemCode: 'B' },
    { tier: 'CITY', icd10From: 'I20', icd10To: 'I25', itemCode: 'C' },
  ] as const;
  const hospital = (...codes: string[]) =>
    canTreat({ tier: 'COUNTY', catalogue, capabilities: codes.map((code) => item(code, true)) }, 'I25.1', needs);
  expect([hospital('A', 'B'), hospital('A'), hospital('C')]).toEqual([true, false, false]);
});

test('every need of the product default is one of its tier', () => {
  const levels = { VILLAGE: 'VILLAGE', TOWNSHIP: 'TOWNSHIP', COUNTY: 'COUNTY', CITY: 'COUNTY' } as const;
  const answers = DEFAULT_CAPABILITY_NEEDS.map(({ tier, icd10From, icd10To, itemCode }) => {
    const listed = [{ level: levels[tier], icd10From, icd10To }];
    const having = (code: string) =>
      canTreat({ tier, catalogue: listed, capabilities: [item(code, true)] }, `${icd10From}.0`);
    return `${tier} ${icd10From} ${itemCode} ${having(itemCode)} ${having('X1')}`;
  });
  expect(answers).toEqual([
    'COUNTY I21 C01 true false',
    'COUNTY I63 C02 true false',
    'COUNTY N18 C06 true false',
    'COUNTY O82 C04 true false',
    'TOWNSHIP K35 T03 true false',
    'TOWNSHIP O80 T04 true false',
  ]);
});

test('an unknown code is treated by none', () => {
  expect([treats('COUNTY', '', item('C01', true)), treats('COUNTY', '心梗', item('C01', true))]).toEqual([
    false,
    false,
  ]);
});
