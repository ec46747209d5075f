import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { expect, inject, test } from 'vitest';
import { createTestDatabase } from '../database/test-database.ts';
import { demoDataKeys, generateDataKeys, parseDataKeys } from './data-keys.ts';
import { encrypted, isEncrypted, sealed } from './encrypted.ts';
import { createKeyRing, UnreadableValue } from './key-ring.ts';
import { resealTable } from './reseal-table.ts';

const oldKey = `1:${Buffer.alloc(32, 1).toString('base64')}`;
const newKey = `2:${Buffer.alloc(32, 2).toString('base64')}`;
const hashKey = `hash:${Buffer.alloc(32, 9).toString('base64')}`;
const before = createKeyRing(parseDataKeys(`${oldKey},${hashKey}`));
const after = createKeyRing(parseDataKeys(`${newKey}\n${oldKey}\n${hashKey}`));

const people = pgTable('people', { id: text().primaryKey(), name: encrypted().notNull(), idNumberHash: text() });

test('one text sealed twice gives different bytes that open to the same text', () => {
  const [first, second] = [before.seal('王小明'), before.seal('王小明')];
  expect(first.equals(second)).toBe(false);
  expect([before.open(first), before.open(second), first[0], first.length]).toEqual(['王小明', '王小明', 1, 38]);
});

test('a hundred thousand values have a hundred thousand nonces', () => {
  const nonces = new Set<string>();
  for (let count = 0; count < 100_000; count += 1) nonces.add(before.seal('').subarray(1, 13).toString('hex'));
  expect(nonces.size).toBe(100_000);
});

test('a changed byte anywhere, a short value, or an unknown key is unreadable', () => {
  const value = before.seal('99032219550312001X');
  for (let place = 0; place < value.length; place += 1) {
    const changed = Buffer.from(value);
    changed.writeUInt8((changed[place] ?? 0) ^ 2, place);
    expect(() => before.open(changed)).toThrow(UnreadableValue);
  }
  expect(() => before.open(value.subarray(0, 20))).toThrow('it is too short');
  expect(() => before.open(after.seal('x'))).toThrow('its key 2 is not in the key ring');
});

test('after a rotation old values open, new ones carry the new key, and a hash stays the same', () => {
  const old = before.seal('张三');
  const renewed = after.reseal(old);
  expect([after.open(old), renewed?.[0], renewed && after.open(renewed), renewed && after.reseal(renewed)]).toEqual([
    '张三',
    2,
    '张三',
    undefined,
  ]);
  expect([before.keyedHash('99032219550312001X'), after.keyedHash('99032219550312001X').length]).toEqual([
    after.keyedHash('99032219550312001X'),
    43,
  ]);
});

test('seals and opens far more than 10,000 values a second', () => {
  const began = process.cpuUsage();
  for (let count = 0; count < 20_000; count += 1) before.open(before.seal('99032219550312001X'));
  expect(process.cpuUsage(began).user / 1_000).toBeLessThan(2_000);
});

test('malformed keys are refused without showing them', () => {
  const secret = Buffer.alloc(31, 7).toString('base64');
  expect(() => parseDataKeys(`1:${secret},${hashKey}`)).toThrow('data keys: an entry is not <id>:<base64 of 32 bytes>');
  expect(() => parseDataKeys(oldKey)).toThrow('data keys: exactly one hash:… is needed');
  expect(() => parseDataKeys(hashKey)).toThrow('data keys: at least one <id>:… is needed');
  expect(() => parseDataKeys(`${oldKey},${oldKey},${hashKey}`)).toThrow('data keys: an id occurs twice');
  expect(() => parseDataKeys(oldKey.replace('1:', '256:') + ',' + hashKey)).toThrow('an id is a number from 1 to 255');
});

test("the demo's key file is made once and readable by its owner only", () => {
  const folder = mkdtempSync(join(tmpdir(), 'hutong-keys-'));
  const first = demoDataKeys(folder);
  expect([demoDataKeys(folder), statSync(join(folder, 'data-keys')).mode & 0o777]).toEqual([first, 0o600]);
  expect(parseDataKeys(generateDataKeys())).not.toEqual(parseDataKeys(first));
  rmSync(folder, { recursive: true });
});

test('an encrypted column stores sealed bytes, refuses plain text, and is sealed anew in the database', async () => {
  const database = await createTestDatabase(inject('databaseServer'));
  await database.sql`create table people (id text primary key, name bytea not null, id_number_hash text)`;
  await database.db.insert(people).values({ id: 'a', name: sealed(before, '王小明') });
  await database.db.insert(people).values({ id: 'b', name: sealed(after, '李四') });
  await expect(async () => database.db.insert(people).values({ id: 'c', name: '赵六' })).rejects.toThrow(
    'must be sealed',
  );
  const rewritten = await resealTable(database.sql, people, after);
  const rows = await database.sql<{ id: string; name: Buffer }[]>`select id, name from people order by id`;
  await database.close();
  expect([rewritten, rows.map(({ id, name }) => [id, name[0], after.open(name)])]).toEqual([
    1,
    [
      ['a', 2, '王小明'],
      ['b', 2, '李四'],
    ],
  ]);
  expect([isEncrypted(people.name), isEncrypted(people.id)]).toEqual([true, false]);
});
