import { createHash } from 'node:crypto';

import type { SqlSession } from '../database/open-database.ts';
import { type Fault, fault } from './faults.ts';
import { shown } from './parse-value.ts';
import type { RejectedRow, ValidRow } from './validate-row.ts';

/** Makes the temporary table that remembers the keys of a file: there, not in our memory, which must not grow with the file. */
export async function createSeenKeys(sql: SqlSession): Promise<void> {
  await sql`create temp table import_seen (key uuid primary key, line int not null)`;
}

/**
 * Splits a batch into rows whose key is new in this file, and repetitions: which of two different rows is right, nobody knows.
 * `keyHeaders` are the columns of the file that give the natural key.
 */
export async function withoutRepeated(
  sql: SqlSession,
  rows: readonly ValidRow[],
  keyHeaders: readonly string[],
): Promise<{ valid: readonly ValidRow[]; rejected: readonly RejectedRow[] }> {
  const firstLines = new Map<string, number>();
  const hashed = rows.map((row) => ({ row, hash: hashOf(row.key) }));
  const found = await sql.unsafe<{ key: string; line: number }[]>(
    'select key::text, line from import_seen where key = any($1::text[]::uuid[])',
    [hashed.map(({ hash }) => hash)],
  );
  for (const { key, line } of found) firstLines.set(key, line);
  const valid: ValidRow[] = [];
  const rejected: RejectedRow[] = [];
  const fresh: { hash: string; line: number }[] = [];
  for (const { row, hash } of hashed) {
    const earlier = firstLines.get(hash);
    if (earlier === undefined) {
      firstLines.set(hash, row.line);
      fresh.push({ hash, line: row.line });
      valid.push(row);
    } else rejected.push({ line: row.line, faults: [repeated(row, keyHeaders, earlier)] });
  }
  await sql.unsafe('insert into import_seen select * from unnest($1::text[]::uuid[], $2::text[]::int[])', [
    fresh.map(({ hash }) => hash),
    fresh.map(({ line }) => String(line)),
  ]);
  return { valid, rejected };
}

function repeated({ fields }: ValidRow, keyHeaders: readonly string[], line: number): Fault {
  const values = keyHeaders.map((header) => shown(fields[header]));
  return fault('DUPLICATE_KEY', keyHeaders.join(' '), values.join(' '), { line });
}

/** 128 bits in the form of a uuid, as PostgreSQL writes it. */
function hashOf(key: string): string {
  const digits = createHash('sha256').update(key).digest('hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20, 32)}`;
}
