import type { Slices } from '../in-turns.ts';
import {
  ANY,
  type AnswerTree,
  BOOLEAN,
  ENUM,
  type FieldTemplate,
  LEAF,
  LEAVES,
  NONE,
  OBJECT,
  type ObjectTemplate,
  STRING,
} from './answer-template.ts';
import { NOWHERE, endOfNumber, endOfString } from './scan-leaf.ts';

/** Rows by table (`ObjectTemplate`). */
export type Tables = readonly (readonly number[])[];

/** Bytes read before others have a turn. */
export const sliceBytes = 262_144;

const backslash = 0x5c;
const nothing = Buffer.from('null');
const yes = Buffer.from('true');
const no = Buffer.from('false');

/** RFC 8259 §2. */
const whiteSpace = new Set(Buffer.from(' \t\n\r'));

const QUOTE = 0x22;
const BRACKET = 0x5b;
const COMMA = 0x2c;
const CLOSING_BRACKET = 0x5d;
const LETTER_N = 0x6e;

/** Goes through the bytes of an answer. What reads gives whether, or how much, it found; the answer is of no use where it did not. */
export class AnswerScanner {
  readonly #bytes: Buffer;
  readonly #isPlain: boolean;
  #tables: number[][] = [];
  #at = 0;
  #pauseAt = sliceBytes;

  constructor(source: Buffer) {
    const bytes = withoutEnd(source);
    this.#bytes = bytes;
    this.#isPlain = !bytes.includes(backslash);
  }

  /** The rows that follow go to new tables, those of this tree. */
  begin({ tables }: AnswerTree): Tables {
    this.#tables = Array.from({ length: tables }, () => []);
    return this.#tables;
  }

  skip(lead: Buffer): boolean {
    const bytes = this.#bytes;
    const start = this.#at;
    for (let at = 0; at < lead.length; at += 1) if (bytes[start + at] !== lead[at]) return false;
    this.#at = start + lead.length;
    return true;
  }

  /** The bytes, without white space at the end. */
  get source(): Buffer {
    return this.#bytes;
  }

  endsWith(tail: Buffer): boolean {
    return this.skip(tail) && this.#at === this.#bytes.length;
  }

  /** The root counts as one. */
  readPart(template: ObjectTemplate, isRoot: boolean): number {
    if (!isRoot) return this.readObjects(template, false);
    return this.readObject(template) ? 1 : NONE;
  }

  *partInSlices(template: ObjectTemplate, isRoot: boolean): Slices<number> {
    if (!isRoot) return yield* this.#objectsInSlices(template, false);
    return (yield* this.#objectInSlices(template)) ? 1 : NONE;
  }

  readObject({ table, width, fields, tail }: ObjectTemplate): boolean {
    const rows = this.#tables[table] ?? [];
    const base = rows.length;
    for (let column = 0; column < width; column += 1) rows.push(NONE);
    for (const field of fields) {
      if (!this.skip(field.lead)) return false;
      if (!this.#readField(field, rows, base + field.column)) return false;
    }
    return this.skip(tail);
  }

  #readField(field: FieldTemplate, rows: number[], at: number): boolean {
    const { content, inner } = field;
    const start = this.#at;
    if (this.#bytes[start] === LETTER_N) {
      if (content === LEAF || content === LEAVES) {
        rows[at] = start;
        rows[at + 1] = start + 4;
      }
      return field.isNullable && this.skip(nothing);
    }
    if (content === LEAF || content === LEAVES) {
      if (!(content === LEAF ? this.#readLeaf(field) : this.#readLeaves(field))) return false;
      rows[at] = start;
      rows[at + 1] = this.#at;
      return true;
    }
    if (!inner) return false;
    const items = this.#tables[inner.table] ?? [];
    rows[at] = items.length / inner.width;
    if (content === OBJECT) return this.readObject(inner);
    const count = this.readObjects(inner, field.isItemNullable);
    rows[at + 1] = count;
    return count >= 0;
  }

  /** How many there are; `NONE` where it cannot be read. A null among them is a row that begins with `NULL_ROW`. */
  readObjects(template: ObjectTemplate, isItemNullable: boolean): number {
    const bytes = this.#bytes;
    if (bytes[this.#at] !== BRACKET) return NONE;
    this.#at += 1;
    if (bytes[this.#at] === CLOSING_BRACKET) {
      this.#at += 1;
      return 0;
    }
    for (let count = 1; ; count += 1) {
      const isNull = isItemNullable && bytes[this.#at] === LETTER_N;
      if (!(isNull ? this.#readNullRow(template) : this.readObject(template))) return NONE;
      const next = bytes[this.#at];
      this.#at += 1;
      if (next === CLOSING_BRACKET) return count;
      if (next !== COMMA) return NONE;
    }
  }

  *#objectInSlices(template: ObjectTemplate): Slices<boolean> {
    const { table, width, fields, tail, hasLists } = template;
    if (!hasLists) return this.readObject(template);
    const rows = this.#tables[table] ?? [];
    const base = rows.length;
    for (let column = 0; column < width; column += 1) rows.push(NONE);
    for (const field of fields) {
      if (!this.skip(field.lead)) return false;
      const { inner } = field;
      const isLong = inner !== undefined && this.#bytes[this.#at] !== LETTER_N;
      const isRead = isLong
        ? yield* this.#innerInSlices(field, inner, rows, base + field.column)
        : this.#readField(field, rows, base + field.column);
      if (!isRead) return false;
    }
    return this.skip(tail);
  }

  *#innerInSlices(field: FieldTemplate, inner: ObjectTemplate, rows: number[], at: number): Slices<boolean> {
    const items = this.#tables[inner.table] ?? [];
    rows[at] = items.length / inner.width;
    if (field.content === OBJECT) return yield* this.#objectInSlices(inner);
    const count = yield* this.#objectsInSlices(inner, field.isItemNullable);
    rows[at + 1] = count;
    return count >= 0;
  }

  *#objectsInSlices(template: ObjectTemplate, isItemNullable: boolean): Slices<number> {
    const bytes = this.#bytes;
    if (bytes[this.#at] !== BRACKET || bytes[this.#at + 1] === CLOSING_BRACKET)
      return this.readObjects(template, false);
    this.#at += 1;
    for (let count = 1; ; count += 1) {
      const isNull = isItemNullable && bytes[this.#at] === LETTER_N;
      const isRead = isNull ? this.#readNullRow(template) : yield* this.#objectInSlices(template);
      const next = bytes[this.#at];
      this.#at += 1;
      if (!isRead || (next !== CLOSING_BRACKET && next !== COMMA)) return NONE;
      if (next === CLOSING_BRACKET) return count;
      if (this.#at < this.#pauseAt) continue;
      this.#pauseAt = this.#at + sliceBytes;
      yield;
    }
  }

  #readNullRow({ table, width }: ObjectTemplate): boolean {
    const rows = this.#tables[table] ?? [];
    for (let column = 0; column < width; column += 1) rows.push(NULL_ROW);
    return this.skip(nothing);
  }

  #readLeaves(field: FieldTemplate): boolean {
    const bytes = this.#bytes;
    if (bytes[this.#at] !== BRACKET) return false;
    this.#at += 1;
    if (bytes[this.#at] === CLOSING_BRACKET) {
      this.#at += 1;
      return true;
    }
    for (;;) {
      const isNull = field.isItemNullable && bytes[this.#at] === LETTER_N;
      if (!(isNull ? this.skip(nothing) : this.#readLeaf(field))) return false;
      const next = bytes[this.#at];
      this.#at += 1;
      if (next === CLOSING_BRACKET) return true;
      if (next !== COMMA) return false;
    }
  }

  #readLeaf({ leaf, names }: FieldTemplate): boolean {
    const bytes = this.#bytes;
    const start = this.#at;
    const isString = bytes[start] === QUOTE;
    if (isString !== (leaf === STRING || leaf === ENUM) && leaf !== ANY) return false;
    if (isString) return names ? names.some((name) => this.skip(name)) : this.#readString();
    if (leaf === BOOLEAN || leaf === ANY) {
      if (this.skip(yes) || this.skip(no)) return true;
      if (leaf === BOOLEAN) return false;
    }
    this.#at = endOfNumber(bytes, start, leaf);
    return this.#at !== NOWHERE;
  }

  #readString(): boolean {
    this.#at = endOfString(this.#bytes, this.#at, this.#isPlain);
    return this.#at !== NOWHERE;
  }
}

/** Bytes without white space at their end, such as a line break. */
function withoutEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (whiteSpace.has(bytes[end - 1] ?? 0)) end -= 1;
  return bytes.subarray(0, end);
}

/** What the row of a null in a list is full of. */
export const NULL_ROW = -2;
