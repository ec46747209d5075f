import { isUtf8 } from 'node:buffer';
import type { CheckedResponse } from '../read-response.ts';
import type { SubgraphResponse } from '../transport.ts';
import {
  ANY,
  BOOLEAN,
  ENUM,
  type AnswerTree,
  type FieldTemplate,
  LEAF,
  LEAVES,
  NONE,
  OBJECT,
  type ObjectTemplate,
  STRING,
} from './answer-template.ts';
import { NOWHERE, endOfNumber, endOfString, holdsControlCharacters } from './scan-leaf.ts';

/** What one request brings: the root object, or the entities under every alias, in this order. */
export type AnswerTemplate =
  | { readonly kind: 'Root'; readonly tree: AnswerTree }
  | { readonly kind: 'Entities'; readonly parts: readonly EntitiesTemplate[] };

/** Entities of one alias. */
export interface EntitiesTemplate {
  /** Everything between the list before and this one. */
  readonly lead: Buffer;
  readonly tree: AnswerTree;
}

/** Rows by table (`ObjectTemplate`). */
export type Tables = readonly (readonly number[])[];

/** The rows of a root object, which is row 0, or of the entities of an alias, which are the first rows. */
export interface ScannedPart {
  readonly tables: Tables;
  readonly count: number;
}

/** An answer without errors that is kept as the bytes it came in; parsed only for who wants values. */
export class ScannedAnswer implements SubgraphResponse, CheckedResponse {
  readonly template: AnswerTemplate;
  readonly source: Buffer;
  readonly parts: readonly ScannedPart[];
  readonly isLarge = false;
  readonly errors = [];
  #data: Readonly<Record<string, unknown>> | undefined;

  constructor(template: AnswerTemplate, source: Buffer, parts: readonly ScannedPart[]) {
    this.template = template;
    this.source = source;
    this.parts = parts;
  }

  get isPlain(): boolean {
    return !this.source.includes(backslash);
  }

  get bytes(): number {
    return this.source.length;
  }

  get data(): Readonly<Record<string, unknown>> {
    this.#data ??= Object(JSON.parse(this.source.toString())).data;
    return this.#data ?? {};
  }
}

/**
 * Reads an answer in one pass, as far as it is what the template says: compact JSON, data only, every key in its order,
 * every value of its type, null only where it may be. `undefined` for everything else, which is for others to judge.
 */
export function scanAnswer(template: AnswerTemplate, source: Buffer): ScannedAnswer | undefined {
  if (!isUtf8(source) || holdsControlCharacters(source)) return undefined;
  const scanner = new Scanner(source);
  const parts: ScannedPart[] = [];
  if (!scanner.skip(beginning)) return undefined;
  if (template.kind === 'Root') {
    const tables = scanner.begin(template.tree);
    if (!scanner.readObject(template.tree.root)) return undefined;
    parts.push({ tables, count: 1 });
  } else {
    for (const { lead, tree } of template.parts) {
      const tables = scanner.begin(tree);
      const count = scanner.skip(lead) ? scanner.readObjects(tree.root, false) : NONE;
      if (count === NONE) return undefined;
      parts.push({ tables, count });
    }
    if (!scanner.skip(closing)) return undefined;
  }
  if (!scanner.skip(closing) || !scanner.isOver()) return undefined;
  return new ScannedAnswer(template, source, parts);
}

const backslash = 0x5c;
const beginning = Buffer.from('{"data":');
const closing = Buffer.from('}');
const nothing = Buffer.from('null');
const yes = Buffer.from('true');
const no = Buffer.from('false');

const BLANK = 0x20;
const QUOTE = 0x22;
const BRACKET = 0x5b;
const COMMA = 0x2c;
const CLOSING_BRACKET = 0x5d;
const LETTER_N = 0x6e;

/** Goes through bytes. What reads gives whether, or how much, it found; the answer is of no use where it did not. */
class Scanner {
  readonly #bytes: Buffer;
  readonly #isPlain: boolean;
  #tables: number[][] = [];
  #at = 0;

  constructor(bytes: Buffer) {
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

  isOver(): boolean {
    for (let at = this.#at; at < this.#bytes.length; at += 1) if ((this.#bytes[at] ?? 0) > BLANK) return false;
    return true;
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

/** What the row of a null in a list is full of. */
export const NULL_ROW = -2;
