import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../database/make-folder.ts';

import type { KeyRingKeys } from './key-ring.ts';

/**
 * Reads the text of HUTONG_DATA_KEYS: entries `id:base64` of 32 bytes, separated by commas or line ends, newest first, and one
 * `hash:base64`. To rotate, put a new id in front and keep the old ones until everything is sealed anew (resealTable).
 */
export function parseDataKeys(text: string): KeyRingKeys {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  const keys = entries.map(parseEntry);
  const hashKeys = keys.filter(({ name }) => name === 'hash');
  const dataKeys = keys.filter(({ name }) => name !== 'hash').map(({ name, key }) => ({ id: parseId(name), key }));
  if (hashKeys.length !== 1 || hashKeys[0] === undefined)
    throw new TypeError('data keys: exactly one hash:… is needed');
  if (dataKeys.length === 0) throw new TypeError('data keys: at least one <id>:… is needed');
  if (new Set(dataKeys.map(({ id }) => id)).size < dataKeys.length)
    throw new TypeError('data keys: an id occurs twice');
  return { dataKeys, hashKey: hashKeys[0].key };
}

/** New keys in the form of HUTONG_DATA_KEYS. */
export function generateDataKeys(): string {
  return `1:${randomBytes(32).toString('base64')}\nhash:${randomBytes(32).toString('base64')}\n`;
}

/** The demo's keys: a file in the data folder that only its owner can read, made at the first start. */
export function demoDataKeys(dataFolder: string): string {
  const file = join(dataFolder, 'data-keys');
  const draft = `${file}.${process.pid}`;
  makeFolder(dataFolder);
  const existing = readIfThere(file);
  if (existing !== undefined) return existing;
  writeFileSync(draft, generateDataKeys(), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8');
}

function parseEntry(entry: string): { name: string; key: Buffer } {
  const colon = entry.indexOf(':');
  const key = Buffer.from(entry.slice(colon + 1), 'base64');
  if (colon < 1 || key.length !== 32) throw new TypeError('data keys: an entry is not <id>:<base64 of 32 bytes>');
  return { name: entry.slice(0, colon), key };
}

function parseId(name: string): number {
  const id = Number(name);
  if (!Number.isInteger(id) || id < 1 || id > 255) throw new TypeError('data keys: an id is a number from 1 to 255');
  return id;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
