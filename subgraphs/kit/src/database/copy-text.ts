import type { Column } from 'drizzle-orm';

import { isEncrypted } from '../crypto/encrypted.ts';
import type { KeyRing } from '../crypto/key-ring.ts';

/** Writes one value as a field of COPY's text format. */
export type FieldWriter = (value: unknown) => string;

/** NULL in COPY's text format. */
const nullField = '\\N';

const special = /[\\\n\r\t\b\f\v]/;
const specials = /[\\\n\r\t\b\f\v]/g;
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

/** How values of a drizzle column become COPY text; encrypted columns are sealed on the way. */
export function fieldWriter(column: Column, keys: KeyRing | undefined): FieldWriter {
  if (isEncrypted(column)) return orNull(sealedWriter(column, keys));
  switch (column.columnType) {
    case 'PgJsonb':
    case 'PgJson':
      return (value) => (value === null || value === undefined ? nullField : escapeField(JSON.stringify(value)));
    case 'PgArray':
      return orNull((value) => escapeField(arrayLiteral(value)));
    case 'PgCustomColumn':
      return orNull((value) => plainField(column.mapToDriverValue(value)));
    default:
      return orNull(plainField);
  }
}

function orNull(write: FieldWriter): FieldWriter {
  return (value) => (value === null || value === undefined ? nullField : write(value));
}

function sealedWriter(column: Column, keys: KeyRing | undefined): FieldWriter {
  if (keys === undefined) {
    throw new TypeError(`column ${column.name} is encrypted: copyRows needs the key ring`);
  }
  return (value) => plainField(keys.seal(String(value)));
}

function plainField(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return escapeField(value);
    case 'boolean':
      return value ? 't' : 'f';
    case 'object':
      return objectField(value);
    default:
      return String(value);
  }
}

function objectField(value: object | null): string {
  if (value instanceof Uint8Array)
    return `\\\\x${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}`;
  if (value instanceof Date) return value.toISOString();
  throw new TypeError('an object belongs in a json column only');
}

function escapeField(text: string): string {
  return special.test(text) ? text.replace(specials, (character) => escapes[character] ?? character) : text;
}

/** PostgreSQL's array literal; every text element is quoted, so that NULL, braces and commas in it are text. */
function arrayLiteral(value: unknown): string {
  if (!Array.isArray(value)) throw new TypeError('an array column takes an array');
  return `{${value.map(arrayElement).join(',')}}`;
}

function arrayElement(element: unknown): string {
  if (element === null || element === undefined) return 'NULL';
  if (Array.isArray(element)) return arrayLiteral(element);
  if (typeof element === 'number' || typeof element === 'boolean') return String(element);
  const text = typeof element === 'string' ? element : JSON.stringify(element);
  return `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
}
