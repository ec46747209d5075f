import { expect, test } from 'vitest';
import { csvRecords } from './csv-records.ts';

const cases: readonly (readonly [string, string, readonly (readonly string[])[]])[] = [
  [
    'plain rows',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'empty cells',
    ',\n,,\n',
    [
      ['', ''],
      ['', '', ''],
    ],
  ],
  [
    'quotes, doubled quotes and separators in quotes',
    '"a,""b""","c\r\nd"\r\n"",x',
    [
      ['a,"b"', 'c\r\nd'],
      ['', 'x'],
    ],
  ],
  ['a quote inside an unquoted cell is text', 'a,5" pipe\n', [['a', '5" pipe']]],
  ['line ends of every kind, blank lines left out', 'a\r\n\r\nb\rc\n\nd', [['a'], ['b'], ['c'], ['d']]],
  [
    'tabs',
    'a\tb,c\td\n1\t2\t3\n',
    [
      ['a', 'b,c', 'd'],
      ['1', '2', '3'],
    ],
  ],
  [
    'semicolons',
    'a;b\n1,5;2\n',
    [
      ['a', 'b'],
      ['1,5', '2'],
    ],
  ],
  ['no text', '', []],
];

test.each(cases)('%s, however the text is cut', async (_, text, expected) => {
  for (let size = 1; size <= text.length + 1; size += 1) {
    expect((await read(text, size)).map(({ cells }) => cells)).toEqual(expected);
  }
});

test('a record is known by the line on which it begins', async () => {
  const records = await read('h\n"a\nb\r\nc"\nd\n\ne\n', 3);
  expect(records.map(({ line, cells }) => [line, cells[0]])).toEqual([
    [1, 'h'],
    [2, 'a\nb\r\nc'],
    [5, 'd'],
    [7, 'e'],
  ]);
});

test('a broken quote costs its line, and the next line is read', async () => {
  const quoteInside = { reason: 'a quote stands in the middle of a value', reasonZh: '引号出现在值的中间' };
  const text = 'h,i\n1,"a"b\n2,"open\n3,"x"\n4,y\n';
  for (let size = 1; size <= text.length; size += 1) {
    expect(await read(text, size)).toEqual([
      { line: 1, cells: ['h', 'i'] },
      { line: 2, cells: ['1,"a"b'], malformed: quoteInside },
      { line: 3, cells: ['2,"open'], malformed: quoteInside },
      { line: 4, cells: ['3', 'x'] },
      { line: 5, cells: ['4', 'y'] },
    ]);
  }
});

test('a quote that is never closed does not keep the file in memory', async () => {
  const rows = Array.from({ length: 400_000 }, (_, index) => `${index},x\n`).join('');
  const records = await read(`h,i\n0,"open\n${rows}`, 65_536);
  expect([records.length, records[1], records.at(-1)]).toEqual([
    400_002,
    { line: 2, cells: ['0,"open'], malformed: { reason: 'a quote is not closed', reasonZh: '引号未闭合' } },
    { line: 400_002, cells: ['399999', 'x'] },
  ]);
});

async function read(text: string, size: number) {
  const records = [];
  for await (const record of csvRecords(chunksOf(text, size))) records.push(record);
  return records;
}

async function* chunksOf(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}
