import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import type { Database } from '../database/open-database.ts';
import { createTestDatabase } from '../database/test-database.ts';
import { type Change, readChanges, recordChanges, recordChangesIn, startOfChanges } from './changes.ts';

const at = '2024-12-31T23:59:59.000+08:00';
const change = (id: string): Change => ({ type: 'Referral', id, kind: 'CREATED', residentId: 'rs_1' });

let database: Database;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'));
});

beforeEach(() => database.sql`delete from changes`);

afterAll(() => database.close());

test('changes are read as they were written, a page at a time, and the last position finds nothing more', async () => {
  await database.db.transaction((tx) =>
    recordChanges(tx, at, [
      {
        type: 'Referral',
        id: 'rf_1_1',
        kind: 'UPDATED',
        residentId: 'rs_1',
        payload: { status: 'ACCEPTED', version: 2 },
      },
      { type: 'Institution', id: 'in_1', kind: 'DELETED' },
    ]),
  );
  const first = await readSoon(startOfChanges, 1);
  const second = await readSoon(first.position, 10);
  expect([first.changes, second.changes]).toEqual([
    [
      {
        position: expect.stringMatching(/^\d+-\d+$/),
        at: '2024-12-31 23:59:59+08',
        type: 'Referral',
        id: 'rf_1_1',
        kind: 'UPDATED',
        residentId: 'rs_1',
        payload: { status: 'ACCEPTED', version: 2 },
      },
    ],
    [
      {
        position: second.position,
        at: '2024-12-31 23:59:59+08',
        type: 'Institution',
        id: 'in_1',
        kind: 'DELETED',
        residentId: null,
        payload: {},
      },
    ],
  ]);
  expect(await readChanges(database.sql, second.position, 10)).toEqual({ changes: [], position: second.position });
});

test('a transaction that began first and commits last is not skipped', async () => {
  const earlier = await database.sql.reserve();
  await earlier`begin`;
  await earlier`insert into changes (txid, at, type, id, kind, payload)
    values (pg_current_xact_id(), ${at}, 'Referral', 'began-first', 'CREATED', '{}')`;
  await database.sql.begin((tx) => recordChangesIn(tx, at, [change('committed-first')]));
  const whileOpen = await readChanges(database.sql, startOfChanges, 10);
  await earlier`commit`;
  earlier.release();
  const afterCommit = await readSoon(whileOpen.position, 10);
  expect([whileOpen.changes, afterCommit.changes.map(({ id }) => id)]).toEqual([
    [],
    ['began-first', 'committed-first'],
  ]);
});

test('a transaction that runs in another database of the server holds nothing back', async () => {
  const other = await createTestDatabase(inject('databaseServer'));
  const elsewhere = await other.sql.reserve();
  await elsewhere`begin`;
  await elsewhere`select pg_current_xact_id()`;
  await database.sql.begin((tx) => recordChangesIn(tx, at, [change('committed')]));
  const [held] = await database.sql`
    select txid < pg_snapshot_xmin(pg_current_snapshot()) as "isOldest" from changes`;
  const { changes } = await readSoon(startOfChanges, 10);
  await elsewhere`rollback`;
  elsewhere.release();
  await other.close();
  expect([held, changes.map(({ id }) => id)]).toEqual([{ isOldest: false }, ['committed']]);
});

test('a reader that follows eight writers loses and repeats nothing', async () => {
  const written = Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
  const read: string[] = [];
  let position = startOfChanges;
  while (read.length < 8 * 25 * 2) {
    const page = await readSoon(position, 50);
    read.push(...page.changes.map(({ id }) => id));
    position = page.position;
  }
  const ids = (await written).flat();
  expect([read.length, read.toSorted()]).toEqual([ids.length, ids.toSorted()]);
});

test('a rolled back transaction leaves no change', async () => {
  const failing = database.sql.begin(async (tx) => {
    await recordChangesIn(tx, at, [change('x')]);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect((await readChanges(database.sql, startOfChanges, 10)).changes).toEqual([]);
});

test('what is no position is refused', async () => {
  await expect(readChanges(database.sql, "1-1' or true", 10)).rejects.toThrow('not a position of the change log');
});

/** Reads when there is something: a transaction of another database on the same server may hold the log back for a moment. */
async function readSoon(position: string, limit: number) {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const page = await readChanges(database.sql, position, limit);
    if (page.changes.length > 0) return page;
    await wait(20);
  }
  throw new Error(`nothing came after ${position} within 10 s`);
}

async function write(writer: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let turn = 0; turn < 25; turn += 1) {
    await database.sql.begin(async (tx) => {
      await recordChangesIn(tx, at, [change(`${writer}-${turn}-a`)]);
      await tx`select pg_sleep(${(writer % 3) / 1000})`;
      await recordChangesIn(tx, at, [change(`${writer}-${turn}-b`)]);
    });
    ids.push(`${writer}-${turn}-a`, `${writer}-${turn}-b`);
  }
  return ids;
}
