import { expect, test } from 'vitest';
import { expectBounds, LONGEST_PROSE, MOST_ENTRIES } from './input-checks.ts';
import { WriteRefused, type WriteFault } from './write-refused.ts';

function faultsOf(input: object, longer?: Readonly<Record<string, number>>): readonly WriteFault[] {
  try {
    expectBounds(input, longer);
  } catch (error) {
    if (error instanceof WriteRefused) return error.faults;
    throw error;
  }
  return [];
}

const listOf = (length: number) => Array.from({ length }, () => 1);

test('lists and texts as long as they may be are let through, wherever they stand', () => {
  const input = {
    name: 'x'.repeat(200),
    note: 'x'.repeat(LONGEST_PROSE),
    missing: null,
    count: 1e9,
    lines: [{ codes: listOf(MOST_ENTRIES), note: 'x'.repeat(300) }],
  };
  expect(faultsOf(input, { note: LONGEST_PROSE, 'lines.*.note': 300 })).toEqual([]);
});

test('every list and text that is longer is refused at its place, all at once; a list that is too long is not looked into', () => {
  const input = {
    name: 'x'.repeat(201),
    note: 'x'.repeat(LONGEST_PROSE + 1),
    lines: [{ codes: [] }, { codes: listOf(MOST_ENTRIES + 1), note: 'x'.repeat(301) }],
    names: Array.from({ length: 1_000_000 }, () => 'x'.repeat(201)),
  };
  const tooLong = (most: number) => ({
    code: 'VALIDATION_FAILED',
    message: `At most ${most} characters may be written.`,
    messageZh: `至多可填写 ${most} 个字符。`,
  });
  const tooMany = {
    code: 'VALIDATION_FAILED',
    message: 'At most 200 entries may be given.',
    messageZh: '至多可填写 200 项。',
  };
  expect(faultsOf(input, { note: LONGEST_PROSE, 'lines.*.note': 300 })).toEqual([
    { ...tooLong(200), path: ['name'] },
    { ...tooLong(4_000), path: ['note'] },
    { ...tooMany, path: ['lines', '1', 'codes'] },
    { ...tooLong(300), path: ['lines', '1', 'note'] },
    { ...tooMany, path: ['names'] },
  ]);
});
