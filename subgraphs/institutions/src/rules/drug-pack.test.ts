import { expect, test } from 'vitest';
import { parsePack, takeFromLots, unitsOfStock } from './drug-pack.ts';

test('a pack is a number and a unit; words alone are none', () => {
  expect(
    ['28片', '30粒/盒', ' 2.5 ml ', '1支', '0片', '盒', '24片*散装', '5片*6粒', '5mg*', null].map(parsePack),
  ).toEqual([
    { size: '28', unit: '片' },
    { size: '30', unit: '粒' },
    { size: '2.5', unit: 'ml' },
    { size: '1', unit: '支' },
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('a pack that begins with its strength, and one of several strips, is counted in its units', () => {
  expect(['0.25g*24片/盒', '5mg×28片', '10ml x 6支', '0.5g*12片*2板/盒', '12片*2板'].map(parsePack)).toEqual([
    { size: '24', unit: '片' },
    { size: '28', unit: '片' },
    { size: '6', unit: '支' },
    { size: '24', unit: '片' },
    { size: '24', unit: '片' },
  ]);
});

test('a stock in packs holds as many units as are in one, a stock in units one, packs prescribed are packs; else nobody knows', () => {
  const pack = parsePack('28片');
  expect([
    unitsOfStock('盒', '片', pack),
    unitsOfStock('片', '片', pack),
    unitsOfStock('盒', undefined, pack),
    unitsOfStock('盒', '粒', pack),
  ]).toEqual(['28', '1', '1', '0']);
});

const taken = (needed: string, ...lots: readonly (readonly [quantity: string, holds: string])[]) => {
  const result = takeFromLots(
    needed,
    lots.map(([quantity, holds], index) => ({ id: String(index), quantity, holds })),
  );
  return [[...result.taken], result.missing];
};

test('lots are emptied in their order, packs are not opened', () => {
  expect([
    taken('168', ['4', '28'], ['10', '28']),
    taken('30', ['9', '28']),
    taken('30', ['1.5', '28'], ['2', '1']),
    taken('3', ['10', '1']),
    taken('2.5', ['2', '1'], ['2', '1']),
    taken('1'),
    taken('1', ['9', '0']),
  ]).toEqual([
    [
      [
        ['0', '4'],
        ['1', '2'],
      ],
      '0',
    ],
    [[['0', '2']], '0'],
    [
      [
        ['0', '1'],
        ['1', '2'],
      ],
      '0',
    ],
    [[['0', '3']], '0'],
    [
      [
        ['0', '2'],
        ['1', '0.5'],
      ],
      '0',
    ],
    [[], '1'],
    [[], '1'],
  ]);
});
