import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { generateDataKeys, parseDataKeys } from '../crypto/data-keys.ts';
import { createKeyRing } from '../crypto/key-ring.ts';
import { tableChecksums } from './table-checksums.ts';
import { createTestDatabase } from './test-database.ts';

const migrations = fileURLToPath(new URL('./fixtures/migrations', import.meta.url));
const keys = createKeyRing(parseDataKeys(generateDataKeys()));

test('a sealed value counts by what it says, not by its nonce; another value is another checksum', async () => {
  const { sql, close } = await createTestDatabase(inject('databaseServer'), { migrations });
  await sql`create table secrets (id integer, text bytea)`;
  const sums: (string | undefined)[] = [];
  for (const text of ['one', 'one', 'other']) {
    await sql`truncate secrets`;
    await sql`insert into secrets values (1, ${keys.seal(text)})`;
    sums.push((await tableChecksums(sql, keys))['secrets']);
  }
  await close();
  expect([sums[0] === sums[1], sums[1] === sums[2]]).toEqual([true, false]);
});
