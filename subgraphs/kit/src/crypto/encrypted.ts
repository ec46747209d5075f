import { type Column, type SQL, sql } from 'drizzle-orm';
import { customType } from 'drizzle-orm/pg-core';

import type { KeyRing } from './key-ring.ts';

/**
 * Column type of personal identifiers (class I): text in rows, sealed bytes in the database.
 *
 * Tables know no keys, so the read layer opens and copyRows seals with the key ring they are given; a drizzle statement writes
 * `sealed(keys, text)` and compares keyed hashes. Anything that forgets fails here instead of storing or showing the wrong thing.
 */
export const encrypted = customType<{ data: string; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: refuseToWrite,
  fromDriver: refuseToRead,
});

/** Whether a column was declared with `encrypted()`. */
export function isEncrypted(column: Column): boolean {
  return Reflect.get(column, 'mapFrom') === refuseToRead;
}

/** A text as a drizzle value for an encrypted column: `values({ name: sealed(keys, '王小明') })`. */
export function sealed(keys: KeyRing, text: string): SQL {
  return sql`${keys.seal(text)}::bytea`;
}

function refuseToWrite(): Buffer {
  throw new TypeError('a text for an encrypted column must be sealed: use sealed(keys, text)');
}

function refuseToRead(): string {
  throw new TypeError('an encrypted column must be opened with a key ring: read it through the read layer');
}
