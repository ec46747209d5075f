import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boolean, date, integer, jsonb, numeric, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { encode } from 'iconv-lite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { generateDataKeys, parseDataKeys } from '../crypto/data-keys.ts';
import { encrypted } from '../crypto/encrypted.ts';
import { createKeyRing } from '../crypto/key-ring.ts';
import type { Database } from '../database/open-database.ts';
import { createTestDatabase } from '../database/test-database.ts';
import { detectEncoding } from './detect-encoding.ts';
import { importFile, type ImportOptions } from './import-file.ts';
import { citizenNumberCheck, type ImportTarget, usccCheck } from './import-target.ts';

const places = pgTable('places', {
  code: text().primaryKey(),
  name: text().notNull(),
  parentCode: text(),
  uscc: text(),
  areaKm2: numeric({ precision: 8, scale: 2 }),
  openedOn: date(),
  openedAt: timestamp({ withTimezone: true, mode: 'string' }),
  beds: integer(),
  isPublic: boolean(),
  kinds: text().array(),
  details: jsonb(),
  sex: text(),
  version: integer().notNull().default(1),
  updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
});

const people = pgTable('people', {
  id: text().primaryKey(),
  name: encrypted().notNull(),
  idNumber: encrypted(),
  idNumberHash: text(),
  sex: text().notNull(),
  phone: text(),
  placeCode: text().notNull(),
  tags: text().array().notNull(),
  version: integer().notNull().default(1),
  updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
});

const ddl = `
  create table places (code text primary key, name text not null, parent_code text references places, uscc text unique,
    area_km2 numeric(8,2), opened_on date, opened_at timestamptz, beds int check (beds < 9000), is_public boolean, kinds text[],
    details jsonb, sex text, version int not null, updated_at timestamptz not null);
  create table people (id text primary key, name bytea not null, id_number bytea, id_number_hash text unique, sex text not null,
    phone text, place_code text not null references places, tags text[] not null, version int not null,
    updated_at timestamptz not null);`;

const placeTarget: ImportTarget = {
  table: places,
  type: 'Place',
  naturalKey: ['code'],
  columns: {
    code: { column: 'code', type: 'text', required: true, aliases: ['行政区划代码'] },
    name: { column: 'name', type: 'text', required: true, maxLength: 40, aliases: ['名称'] },
    parentCode: { column: 'parentCode', type: 'text', reference: { table: places, column: 'code' } },
    uscc: { column: 'uscc', type: 'text', check: usccCheck },
    areaKm2: { column: 'areaKm2', type: 'decimal' },
    openedOn: { column: 'openedOn', type: 'date' },
    openedAt: { column: 'openedAt', type: 'instant' },
    beds: { column: 'beds', type: 'integer' },
    isPublic: { column: 'isPublic', type: 'boolean' },
    kinds: { column: 'kinds', type: 'list' },
    details: { column: 'details', type: 'json' },
    sex: { column: 'sex', type: 'text', valueSet: 'VS-01' },
  },
};

const peopleTarget: ImportTarget = {
  table: people,
  type: 'Person',
  naturalKey: ['idNumberHash'],
  idPrefix: 'rs',
  defaults: { tags: [] },
  residentId: (row) => String(row['id']),
  columns: {
    name: { column: 'name', type: 'text', required: true },
    idNumber: {
      column: 'idNumber',
      type: 'text',
      required: true,
      check: citizenNumberCheck({ allowSynthetic: true }),
      hashColumn: 'idNumberHash',
    },
    sex: { column: 'sex', type: 'text', required: true, valueSet: 'VS-01', storesConstant: true },
    phone: { column: 'phone', type: 'text' },
    placeCode: { column: 'placeCode', type: 'text', required: true, reference: { table: places, column: 'code' } },
  },
  checkRow: (row) =>
    row['sex'] === 'MALE' && String(row['idNumber']).endsWith('21')
      ? [{ column: 'sex', reason: 'The number says female.', reasonZh: '证件号码为女性。' }]
      : [],
};

const keys = createKeyRing(parseDataKeys(generateDataKeys()));
const at = '2024-12-31T23:59:59.000+08:00';

let database: Database;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'));
  await database.sql.unsafe(ddl).simple();
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-import-'));
  await database.sql`truncate people, places, changes`;
});

afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => database.close());

describe('a good file', () => {
  test('fills every column type, writes a change per row, and running it again changes nothing', async () => {
    const csv =
      'code,name,uscc,areaKm2,openedOn,openedAt,beds,isPublic,kinds,details,sex\n' +
      '320322,沛县,91350100M000100Y43,1806.4,2024/1/5,2024-03-01 08:30,120,是,A;B,"{""b"":1,""a"":[2]}",1\n' +
      '320323,,,,,,,,,,\n'.replace(',,', ',铜山,');
    const first = await run(placeTarget, csv);
    const second = await run(placeTarget, csv);
    const stored = await database.sql`select * from places order by code`;
    expect([outcome(first), outcome(second)]).toEqual(['2 read 2 created', '2 read 2 unchanged']);
    expect(stored[0]).toEqual({
      code: '320322',
      name: '沛县',
      parent_code: null,
      uscc: '91350100M000100Y43',
      area_km2: '1806.40',
      opened_on: '2024-01-05',
      opened_at: '2024-03-01 08:30:00+08',
      beds: 120,
      is_public: true,
      kinds: ['A', 'B'],
      details: { a: [2], b: 1 },
      sex: '1',
      version: 1,
      updated_at: '2024-12-31 23:59:59+08',
    });
    expect(await changes()).toEqual(['CREATED Place 320322', 'CREATED Place 320323']);
  });

  test('updates what differs and nothing else: version, time and change row of that row only', async () => {
    await run(placeTarget, 'code,name,beds\na,甲,1\nb,乙,2\nc,丙,3\n');
    await database.sql`truncate changes`;
    const summary = await run(placeTarget, 'code,name,beds\na,甲,1\nb,乙,20\nd,丁,4\n', {
      at: '2025-01-01T08:00:00+08:00',
    });
    const stored = await database.sql`select code, beds, version, updated_at from places order by code`;
    expect(outcome(summary)).toBe('3 read 1 created 1 updated 1 unchanged');
    expect([...stored]).toEqual([
      { code: 'a', beds: 1, version: 1, updated_at: '2024-12-31 23:59:59+08' },
      { code: 'b', beds: 20, version: 2, updated_at: '2025-01-01 08:00:00+08' },
      { code: 'c', beds: 3, version: 1, updated_at: '2024-12-31 23:59:59+08' },
      { code: 'd', beds: 4, version: 1, updated_at: '2025-01-01 08:00:00+08' },
    ]);
    expect(await changes()).toEqual(['CREATED Place d', 'UPDATED Place b']);
  });

  test('seals identifiers, finds the person again by the hash, and keeps the public id', async () => {
    await run(placeTarget, 'code,name\n320322,沛县\n');
    await database.sql`truncate changes`;
    const csv = 'name,idNumber,sex,phone,placeCode\n王小明,99032219550312001x,1,13812341234,320322\n';
    const first = await run(peopleTarget, csv);
    const [before] = await person();
    const second = await run(peopleTarget, csv);
    const third = await run(peopleTarget, csv.replace('王小明', '王大明'));
    const [after] = await person();
    expect([first, second, third].map(outcome)).toEqual(['1 read 1 created', '1 read 1 unchanged', '1 read 1 updated']);
    expect(before?.id).toMatch(/^rs_[0-9A-HJKMNP-TV-Z]{12}$/);
    expect([before && keys.open(before.name), after && keys.open(after.name), after?.id]).toEqual([
      '王小明',
      '王大明',
      before?.id,
    ]);
    expect([after?.sex, after?.id_number_hash, after?.tags]).toEqual([
      'MALE',
      keys.keyedHash('99032219550312001X'),
      [],
    ]);
    expect(await changes()).toEqual([`CREATED Person ${before?.id}`, `UPDATED Person ${before?.id}`]);
  });

  test('may name a parent before the parent comes', async () => {
    const csv = 'code,name,parentCode\nc,丙,b\nb,乙,a\na,甲,\nd,丁,c\n';
    const results = [await run(placeTarget, csv, { batchSize: 1 }), await run(placeTarget, csv, { batchSize: 1 })];
    expect(results.map(outcome)).toEqual(['4 read 4 created', '4 read 4 unchanged']);
  });
});

describe('rows that refer to one another', () => {
  test('a row whose parent stands in the same batch and is itself without parent is rejected, in the first run as in the second', async () => {
    const csv = 'code,name,parentCode\nc,丙,b\nb,乙,a\nx,己,\na,甲,\n';
    const results = [await run(placeTarget, csv, { batchSize: 2 }), await run(placeTarget, csv, { batchSize: 2 })];
    expect(results.map(outcome)).toEqual(['4 read 4 created', '4 read 4 unchanged']);
    const orphans = 'code,name,parentCode\nf,丙,e\ne,乙,nowhere\ng,己,\n';
    const later = [
      await run(placeTarget, orphans, { batchSize: 2 }),
      await run(placeTarget, orphans, { batchSize: 2 }),
    ];
    expect(later.map(outcome)).toEqual(['3 read 1 created 2 rejected', '3 read 1 unchanged 2 rejected']);
    expect(rejects()).toEqual(['2,parentCode,e,REFERENCE_NOT_FOUND', '3,parentCode,nowhere,REFERENCE_NOT_FOUND']);
  });

  test('a row that the database refuses does not part a child from its parent', async () => {
    const csv = 'code,name,parentCode,beds\nc,丙,b,1\nz,坏,,9500\nb,乙,,1\ny,坏,,9500\nd,丁,z,1\n';
    const results = [await run(placeTarget, csv), await run(placeTarget, csv)];
    expect(results.map(outcome)).toEqual(['5 read 2 created 3 rejected', '5 read 2 unchanged 3 rejected']);
  });

  test('rows that refer to each other in a circle are rejected, one that refers to itself is not', async () => {
    const csv = 'code,name,parentCode\na,甲,b\nb,乙,a\nc,丙,c\n';
    const results = [await run(placeTarget, csv), await run(placeTarget, csv, { batchSize: 1 })];
    expect(results.map(outcome)).toEqual(['3 read 1 created 2 rejected', '3 read 1 unchanged 2 rejected']);
  });

  test('a unique value goes from row to row in one run, whatever their order', async () => {
    const [one, two, three] = ['91350100M000100Y43', '12320322HX0000001G', '12320322HX00001029'];
    await run(placeTarget, `code,name,uscc\na,甲,${one}\nb,乙,${two}\n`);
    const csv = `code,name,uscc\na,甲,${two}\nb,乙,${three}\nc,丙,${three}\n`;
    const results = [await run(placeTarget, csv, { batchSize: 1 }), await run(placeTarget, csv)];
    expect(results.map(outcome)).toEqual(['3 read 2 updated 1 rejected', '3 read 2 unchanged 1 rejected']);
    expect(rejects()).toEqual(['4,,,REFUSED_BY_DATABASE']);
  });

  test('a forest in any order, with bad rows, in batches of any size: the same rows are stored, and running it again changes nothing', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const { csv, expected } = forest(randomFrom(seed));
      const batchSize = [1, 2, 3, 7, 20, 1_000][seed % 6];
      await database.sql`truncate people, places, changes`;
      const more = batchSize === undefined ? {} : { batchSize };
      const dry = await run(placeTarget, csv, { ...more, dryRun: true });
      const first = await run(placeTarget, csv, more);
      const stored = await database.sql<{ code: string }[]>`select code from places order by code collate "C"`;
      const second = await run(placeTarget, csv, more);
      const { created, rejected } = first;
      expect({ seed, stored: stored.map(({ code }) => code), dry: outcome(dry), second: outcome(second) }).toEqual({
        seed,
        stored: expected,
        dry: outcome(first),
        second: [`${created + rejected} read`, created && `${created} unchanged`, rejected && `${rejected} rejected`]
          .filter((part) => part !== 0)
          .join(' '),
      });
    }
  });
});

describe('odd files', () => {
  const expected = [
    { code: 'a', name: '甲\n乙', beds: 1 },
    { code: 'b', name: '丙', beds: null },
  ];
  const plain = 'code,name,beds\r\na,"甲\n乙",1\r\nb,丙,\r\n';

  test.each([
    ["Excel's UTF-8 byte order mark and CRLF", Buffer.from(`\uFEFF${plain}`)],
    ['GBK', encode(plain, 'gbk')],
    ["Excel's Unicode text", encode(plain, 'utf-16le', { addBOM: true })],
    ['no newline at the end and blank lines', Buffer.from(plain.trimEnd().replace('\r\nb', '\r\n\r\nb'))],
    ['old Mac line ends', Buffer.from('code,name,beds\ra,"甲\n乙",1\rb,丙,\r')],
    ['Chinese headers', Buffer.from(plain.replace('code,name', '行政区划代码,名称'))],
    ['NDJSON', Buffer.from('{"code":"a","name":"甲\\n乙","beds":1}\n\n{"code":"b","名称":"丙"}\n')],
  ])('%s', async (what, content) => {
    const summary = await run(placeTarget, content, { format: what === 'NDJSON' ? 'ndjson' : 'csv' });
    const stored = await database.sql`select code, name, beds from places order by code`;
    expect([outcome(summary), [...stored]]).toEqual(['2 read 2 created', expected]);
  });

  test('a GBK character that first stands far down in the file is found', async () => {
    const head = `code,name\n${Array.from({ length: 100_000 }, (_, index) => `${index},${'plain name '.repeat(2)}\n`).join('')}`;
    writeFileSync(join(folder, 'late.csv'), Buffer.concat([Buffer.from(head), encode('z,沛县\n', 'gbk')]));
    expect(await detectEncoding(join(folder, 'late.csv'))).toBe('gb18030');
  });

  test('a character cut by the end of a chunk does not make UTF-8 look like GBK', async () => {
    for (const shift of ['', 'x', 'xx']) {
      const rows = Array.from({ length: 12_000 }, (_, index) => `${index},${'沛县人民医院'.repeat(6)}\n`);
      const file = join(folder, 'cut.csv');
      writeFileSync(file, `code,name,${shift}\n${rows.join('').replaceAll('\n', ',\n')}`);
      expect(await detectEncoding(file)).toBe('utf-8');
    }
  });

  test('one broken line does not make a UTF-8 file look like GBK, and a mark decides at once', async () => {
    const broken = Buffer.from([0x63, 0x2c, 0xd6, 0xd0, 0x0a]);
    const marked = await run(placeTarget, Buffer.concat([Buffer.from('\uFEFFcode,name\n'), broken]));
    const lines = rejects();
    const content = Buffer.concat([Buffer.from('code,name\na,沛县\nb,人民医院\n'), broken]);
    const summary = await run(placeTarget, content);
    const stored = await database.sql`select name from places order by code`;
    expect([marked.encoding, summary.encoding, outcome(summary)]).toEqual([
      'utf-8',
      'utf-8',
      '3 read 2 created 1 rejected',
    ]);
    expect([lines, rejects(), stored.map(({ name }) => name)]).toEqual([
      ['2,name,\uFFFD\uFFFD,BAD_ENCODING'],
      ['4,name,\uFFFD\uFFFD,BAD_ENCODING'],
      ['沛县', '人民医院'],
    ]);
  });

  test('an empty cell of a column without null takes the default, and leaves a stored value alone', async () => {
    const target: ImportTarget = {
      ...placeTarget,
      columns: { ...placeTarget.columns, version: { column: 'version', type: 'integer' } },
    };
    const given = await run(target, 'code,name,version\na,甲,5\nb,乙,\n');
    const again = await run(target, 'code,name,version\na,甲,\nb,乙,\n');
    const stored = await database.sql`select code, version from places order by code`;
    expect([outcome(given), outcome(again), [...stored]]).toEqual([
      '2 read 2 created',
      '2 read 2 unchanged',
      [
        { code: 'a', version: 5 },
        { code: 'b', version: 1 },
      ],
    ]);
  });

  test('a code may be written as its Chinese name', async () => {
    await run(placeTarget, 'code,name,sex\na,甲,男\nb,乙,女\nc,丙,2\n');
    const stored = await database.sql`select sex from places order by code`;
    expect(stored.map(({ sex }) => sex)).toEqual(['1', '2', '2']);
  });

  test('a generated citizen number is refused where the rules say so, a real one is not', async () => {
    const strict = citizenNumberCheck({ allowSynthetic: false });
    const target = {
      ...peopleTarget,
      columns: { ...peopleTarget.columns, idNumber: { ...peopleTarget.columns['idNumber'], check: strict } },
    } as ImportTarget;
    await run(placeTarget, 'code,name\n320322,沛县\n');
    const summary = await run(
      target,
      'name,idNumber,sex,placeCode\n甲,990322198807060021,2,320322\n乙,11010519491231002X,2,320322\n',
    );
    expect([outcome(summary), rejects()]).toEqual([
      '2 read 1 created 1 rejected',
      ['2,idNumber,990322198807060021,SYNTHETIC'],
    ]);
  });

  test('a missing column is refused before anything is written, an extra one is named and left out', async () => {
    await expect(run(placeTarget, 'code,beds\na,1\n')).rejects.toThrow(
      'The file lacks the column name / 名称; its header is: code, beds.',
    );
    await expect(run(placeTarget, 'code,name,名称\na,b,c\n')).rejects.toThrow('has the column 名称 twice');
    const summary = await run(placeTarget, 'code,name,remark\na,甲,x\n');
    expect([outcome(summary), summary.unknownColumns]).toEqual(['1 read 1 created', ['remark']]);
  });

  test('an empty file, and a file that is not there, are one clear sentence', async () => {
    await expect(run(placeTarget, '')).rejects.toThrow('The file is empty: it has no header.');
    const file = join(folder, 'none.csv');
    await expect(importFile({ ...options(placeTarget), file })).rejects.toMatchObject({
      message: `The file ${file} cannot be read: it does not exist.`,
      messageZh: `文件 ${file} 无法读取：不存在。`,
    });
  });
});

describe('bad rows', () => {
  test('every fault of every value is listed with line, column, value and both languages; good rows go in', async () => {
    const summary = await run(
      placeTarget,
      'code,name,uscc,areaKm2,openedOn,openedAt,beds,isPublic,details,sex,parentCode\n' +
        'good,"two\nlines",,,,,,,,,\n' +
        ',,91350100M000100Y44,12.345,45292,08:30,many,maybe,{,7,\n' +
        'a,甲,,,2024-02-30,,99999999999,,,,nowhere\n' +
        'b,乙\n' +
        'c,丙,,,,,,,,,,extra\n' +
        'good,again,,,,,,,,,\n' +
        'd,丁,,,,,9500,,,,\n' +
        `e,${'长'.repeat(41)},,,,,,,,,\n` +
        'f,=cmd,,x,,,,,,,\n' +
        'last,末,,,,,,,,,\n',
    );
    const stored = await database.sql`select code from places order by code`;
    expect(outcome(summary)).toBe('10 read 2 created 8 rejected');
    expect([...stored].map(({ code }) => code)).toEqual(['good', 'last']);
    expect(rejects()).toEqual([
      '4,code,,REQUIRED',
      '4,name,,REQUIRED',
      '4,uscc,91350100M000100Y44,CHECK_FAILED',
      '4,areaKm2,12.345,OUT_OF_RANGE',
      '4,openedOn,45292,EXCEL_DAY_NUMBER',
      '4,openedAt,08:30,NOT_AN_INSTANT',
      '4,beds,many,NOT_A_NUMBER',
      '4,isPublic,maybe,NOT_A_BOOLEAN',
      '4,details,{,NOT_JSON',
      '4,sex,7,NOT_IN_VALUE_SET',
      '5,openedOn,2024-02-30,NOT_A_DATE',
      '5,beds,99999999999,OUT_OF_RANGE',
      '6,,"b,乙",WRONG_FIELD_COUNT',
      '7,,"c,丙,,,,,,,,,,extra",WRONG_FIELD_COUNT',
      `10,name,${'长'.repeat(41)},TOO_LONG`,
      '11,areaKm2,x,NOT_A_NUMBER',
      '8,code,good,DUPLICATE_KEY',
      '9,,,REFUSED_BY_DATABASE',
    ]);
    expect(summary.faults['REQUIRED']).toBe(2);
    expect(rejectsText()).toContain(
      '4,sex,7,NOT_IN_VALUE_SET,"代码不属于 VS-01 Sex 性别 (0 未知的性别, 1 男, 2 女, 9 未说明的性别)。","The code is not in VS-01 Sex 性别 (0 未知的性别, 1 男, 2 女, 9 未说明的性别)."\r\n',
    );
    expect(rejectsText()).toContain(
      '8,code,good,DUPLICATE_KEY,本文件第 2 行已有相同的主键。,The same key stands already in line 2 of this file.',
    );
    expect(rejectsText()).toContain('9,,,REFUSED_BY_DATABASE,数据库拒绝该行：places_beds_check (SQLSTATE 23514)。');
    expect(statSync(join(folder, 'rejects.csv')).mode & 0o777).toBe(0o600);
  });

  test('a reference to nothing, a false check digit and a contradiction reject a person', async () => {
    await run(placeTarget, 'code,name\n320322,沛县\n');
    const summary = await run(
      peopleTarget,
      'name,idNumber,sex,placeCode\n' +
        '甲,990322198807060021,2,999999\n' +
        '乙,110105194912310021,1,320322\n' +
        '丙,990322198807060021,1,320322\n' +
        '丁,990322202301150037,1,320322\n',
    );
    expect([outcome(summary), rejects()]).toEqual([
      '4 read 1 created 3 rejected',
      ['3,idNumber,110105194912310021,CHECK_FAILED', '4,sex,1,INCONSISTENT', '2,placeCode,999999,REFERENCE_NOT_FOUND'],
    ]);
  });

  test('a row that the database refuses does not take its batch with it', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `${index},name,${index % 100 === 7 ? 9_500 : 1}`);
    const summary = await run(placeTarget, `code,name,beds\n${rows.join('\n')}\n`);
    expect([outcome(summary), rejects().length, (await changes()).length]).toEqual([
      '500 read 495 created 5 rejected',
      5,
      495,
    ]);
  });

  test('a quote that nobody closes, and broken JSON, cost their own line only', async () => {
    const csv = await run(placeTarget, 'code,name\na,甲\nb,x"y\nc,"乙"z\nd,丁\nx,"open\ny,"戊"\n');
    const lines = rejects();
    const json = await run(
      placeTarget,
      '{"code":"e","name":"戊"}\n{"code":\n[1]\n{"code":"f","name":"己","beds":"x"}\n{"code":"g","name":"庚"}\n',
      {
        format: 'ndjson',
      },
    );
    const stored = await database.sql`select code from places order by code`;
    expect([...stored].map(({ code }) => code)).toEqual(['a', 'b', 'd', 'e', 'g', 'y']);
    expect(lines).toEqual(['4,,"c,""乙""z",MALFORMED', '6,,"x,""open",MALFORMED']);
    expect([outcome(csv), outcome(json)]).toEqual(['6 read 4 created 2 rejected', '5 read 2 created 3 rejected']);
  });

  test('bytes that belong to no encoding are a fault of their value', async () => {
    const content = Buffer.concat([
      Buffer.from('code,name\na,'),
      Buffer.from([0xff, 0xff, 0x41]),
      Buffer.from('\nb,ok\n'),
    ]);
    const summary = await run(placeTarget, content);
    expect([outcome(summary), rejects()[0]?.endsWith('BAD_ENCODING')]).toEqual(['2 read 1 created 1 rejected', true]);
  });
});

describe('numbers that are no longer what was written', () => {
  test('a JSON number of too many digits, which parsing has rounded, is refused; in quotation marks it goes in whole', async () => {
    const summary = await run(
      placeTarget,
      [
        '{"code":330212000000000123,"name":"a"}',
        '{"code":"330212000000000123","name":"b"}',
        '{"code":"c","name":"c","areaKm2":0.12345678901234567}',
        '{"code":"d","name":"d","kinds":["x",330212000000000123]}',
        '{"code":3302120000,"name":"e","areaKm2":12.5}',
      ].join('\n'),
      { format: 'ndjson' },
    );
    const stored = await database.sql<{ code: string; area: string }[]>`
      select code, area_km2 as area from places order by code collate "C"`;
    expect([outcome(summary), [...stored], rejects().map((line) => line.replace(/,[^,]*,([A-Z_]+)$/, ' $1'))]).toEqual([
      '5 read 2 created 3 rejected',
      [
        { code: '3302120000', area: '12.50' },
        { code: '330212000000000123', area: null },
      ],
      ['1,code NOT_EXACT', '3,areaKm2 NOT_EXACT', '4,kinds NOT_EXACT'],
    ]);
  });

  test('a long number that a spreadsheet has shortened is refused with words that say so', async () => {
    const summary = await run(placeTarget, 'code,name\n3.30212E+17,a\n3.3E+17,b\n5E+3x,c\n');
    expect([outcome(summary), rejects()]).toEqual([
      '3 read 1 created 2 rejected',
      ['2,code,3.30212E+17,SPREADSHEET_NUMBER', '3,code,3.3E+17,SPREADSHEET_NUMBER'],
    ]);
  });
});

describe('lines of NDJSON', () => {
  test('name fields that the target does not know: they are told', async () => {
    const summary = await run(placeTarget, '{"code":"a","name":"甲","remark":1}\n{"code":"b","name":"乙","Beds":2}\n', {
      format: 'ndjson',
    });
    expect([outcome(summary), summary.unknownColumns]).toEqual(['2 read 2 created', ['remark', 'Beds']]);
  });

  test('that give one column under two names are rejected', async () => {
    await run(placeTarget, '{"code":"a","name":"甲","名称":"乙"}\n', { format: 'ndjson' });
    expect(rejects()).toEqual(['1,名称,乙,NAMED_TWICE']);
  });
});

describe('the identifier of a row', () => {
  const target = { ...peopleTarget, columns: { ...peopleTarget.columns, id: { column: 'id', type: 'text' } as const } };
  const line = '甲,990322198807060021,2,320322';

  test('may be given by the file, and is never changed by it', async () => {
    await run(placeTarget, 'code,name\n320322,沛县\n');
    const summaries = [
      await run(target, `name,idNumber,sex,placeCode,id\n${line},rs_000000000001\n`),
      await run(target, `name,idNumber,sex,placeCode,id\n${line},\n`),
      await run(target, `name,idNumber,sex,placeCode,id\n${line},rs_000000000002\n`),
    ];
    const [stored] = await person();
    expect([summaries.map(outcome), stored?.id, rejects()]).toEqual([
      ['1 read 1 created', '1 read 1 unchanged', '1 read 1 rejected'],
      'rs_000000000001',
      ['2,id,rs_000000000002,ID_DIFFERS'],
    ]);
  });
});

describe('a run', () => {
  test('that is dry says what would happen, parents in the same file included, and leaves nothing', async () => {
    const csv = 'code,name,parentCode\na,甲,\nb,乙,a\nc,丙,nowhere\n';
    const dry = await run(placeTarget, csv, { dryRun: true, batchSize: 1 });
    const [counts] =
      await database.sql`select (select count(*) from places) as rows, (select count(*) from changes) as changes`;
    const wet = await run(placeTarget, csv, { batchSize: 1 });
    expect([outcome(dry), counts, outcome(wet)]).toEqual([
      '3 read 2 created 1 rejected',
      { rows: 0, changes: 0 },
      '3 read 2 created 1 rejected',
    ]);
  });

  test('without rejected rows writes no rejects file, and tells how far it is', async () => {
    const told: number[] = [];
    const csv = `code,name\n${Array.from({ length: 25 }, (_, index) => `${index},n\n`).join('')}`;
    await run(placeTarget, csv, { batchSize: 10, onProgress: ({ rows }) => told.push(rows) });
    expect([existsSync(join(folder, 'rejects.csv')), told]).toEqual([false, [10, 20, 25]]);
  });

  test('removes the list of rejected rows of the run before, and no other file', async () => {
    await run(placeTarget, 'code,name\na,\n');
    const before = existsSync(join(folder, 'rejects.csv'));
    await run(placeTarget, 'code,name\na,甲\n');
    const after = existsSync(join(folder, 'rejects.csv'));
    writeFileSync(join(folder, 'rejects.csv'), 'mine');
    const refused = run(placeTarget, 'code,name\na,\n');
    await expect(refused).rejects.toThrow('is not a list of rejected rows');
    await expect(run(placeTarget, 'code,name\na,\n', { rejects: join(folder, 'none', 'x.csv') })).rejects.toThrow(
      'cannot be written',
    );
    expect([before, after, rejectsText()]).toEqual([true, false, 'mine']);
  });

  test('beside another run of the same table is refused', async () => {
    const slow = run(
      placeTarget,
      `code,name\n${Array.from({ length: 3_000 }, (_, index) => `${index},n\n`).join('')}`,
      { batchSize: 5 },
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(importFile({ ...options(placeTarget), file: join(folder, 'input') })).rejects.toThrow(
      'Another import of places is running',
    );
    expect(outcome(await slow)).toBe('3000 read 3000 created');
  });
});

/** Up to 60 places below one another in random order, some bad, and the codes of those that can be stored. */
function forest(random: (below: number) => number): { csv: string; expected: readonly string[] } {
  const nodes = Array.from({ length: 1 + random(60) }, (_, index) => ({
    code: `p${index}`,
    parent: index === 0 || random(4) === 0 ? '' : random(20) === 0 ? 'nowhere' : `p${random(index)}`,
    beds: ['1', '1', '1', '1', '1', '1', '1', '9500', 'many'][random(9)] ?? '1',
  }));
  const good = new Set(['']);
  for (const { code, parent, beds } of nodes) if (beds === '1' && good.has(parent)) good.add(code);
  good.delete('');
  const shuffled = nodes.map((node) => ({ node, at: random(1_000_000) })).toSorted((a, b) => a.at - b.at);
  const lines = shuffled.map(({ node: { code, parent, beds } }) => `${code},name,${parent},${beds}`);
  return { csv: `code,name,parentCode,beds\n${lines.join('\n')}\n`, expected: [...good].toSorted() };
}

/** Whole numbers below a bound, the same for the same seed (a linear congruential generator's high bits). */
function randomFrom(seed: number): (below: number) => number {
  let state = BigInt(seed);
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    return Number((state >> 33n) % BigInt(below));
  };
}

function options(target: ImportTarget): Omit<ImportOptions, 'file'> {
  return { url: database.url, target, rejects: join(folder, 'rejects.csv'), keys, at };
}

async function run(target: ImportTarget, content: string | Buffer, more: Partial<ImportOptions> = {}) {
  const file = join(folder, 'input');
  writeFileSync(file, content);
  return importFile({ ...options(target), file, ...more });
}

function outcome(summary: Awaited<ReturnType<typeof importFile>>): string {
  const counts = (['read', 'created', 'updated', 'unchanged', 'rejected'] as const).map(
    (name) => [name, summary[name]] as const,
  );
  return counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(' ');
}

/** Rejects without their messages. */
function rejects(): readonly string[] {
  return rejectsText()
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => /^.*?,[A-Z_]{5,}(?=,)/.exec(line)?.[0] ?? line);
}

function rejectsText(): string {
  return readFileSync(join(folder, 'rejects.csv'), 'utf8');
}

async function changes(): Promise<readonly string[]> {
  const rows = await database.sql`select kind, type, id from changes order by seq`;
  return rows.map(({ kind, type, id }) => `${kind} ${type} ${id}`);
}

function person() {
  return database.sql<
    { id: string; name: Buffer; sex: string; id_number_hash: string; tags: string[] }[]
  >`select * from people`;
}
