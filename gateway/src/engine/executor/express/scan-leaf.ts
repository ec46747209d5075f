import { INT, type LeafKind } from './answer-template.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const LETTER_U = 0x75;

/** In place of where a value ends: it is none, or none that may be taken as it is. */
export const NOWHERE = -1;

const BLANK = 0x20;

const escapes = new Set(Buffer.from('"\\/bfnrtu'));

/** Shorter strings are looked through faster than searched. */
const shortLength = 8;

/**
 * Where a string ends whose quote stands at `start` (RFC 8259 §7): behind the closing one. There are no control
 * characters; `isPlain` says that there is no backslash either.
 */
export function endOfString(bytes: Buffer, start: number, isPlain: boolean): number {
  if (!isPlain) return endOfEscapedString(bytes, start);
  const soon = start + shortLength;
  for (let at = start + 1; at < soon; at += 1) if (bytes[at] === QUOTE) return at + 1;
  const end = bytes.indexOf(QUOTE, soon);
  return end === -1 ? NOWHERE : end + 1;
}

function endOfEscapedString(bytes: Buffer, start: number): number {
  for (let at = start + 1; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) continue;
    at += 1;
    const escaped = bytes[at] ?? 0;
    if (!escapes.has(escaped)) return NOWHERE;
    if (escaped === LETTER_U && !/^[\da-f]{4}$/i.test(bytes.toString('latin1', at + 1, at + 5))) return NOWHERE;
  }
  return NOWHERE;
}

const noWords = new Int32Array(0);

/** Whether there are bytes below blank: then a string may be no JSON. */
export function holdsControlCharacters(bytes: Buffer): boolean {
  const { buffer, byteOffset, length } = bytes;
  const aligned = length < 4 ? length : (4 - (byteOffset % 4)) % 4;
  // Four bytes at a time: one below blank, and no other, borrows from its highest bit.
  const words = aligned === length ? noWords : new Int32Array(buffer, byteOffset + aligned, (length - aligned) >> 2);
  let borrowed = 0;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? 0;
    borrowed |= (word - 0x2020_2020) & ~word;
  }
  if ((borrowed & 0x8080_8080) !== 0) return true;
  for (let at = 0; at < aligned; at += 1) if ((bytes[at] ?? 0) < BLANK) return true;
  for (let at = aligned + words.length * 4; at < length; at += 1) if ((bytes[at] ?? 0) < BLANK) return true;
  return false;
}

/** Whole numbers as long as this are in the range of Int, and longer ones of up to the other length are exact as doubles. */
const intDigits = 9;
const exactDigits = 15;

/**
 * Where a number ends (RFC 8259 §6). One with an exponent, with more digits than a double surely holds, or, for an Int,
 * with a point or out of range, is not taken.
 */
export function endOfNumber(bytes: Buffer, start: number, leaf: LeafKind): number {
  const first = bytes[start] === MINUS ? start + 1 : start;
  const point = endOfDigits(bytes, first);
  const isWhole = point > first && (bytes[first] !== ZERO || point === first + 1);
  if (!isWhole || point - first > exactDigits) return NOWHERE;
  if (bytes[point] !== POINT) {
    if (leaf === INT && point - first > intDigits && !isInt(bytes.toString('latin1', start, point))) return NOWHERE;
    return isExponent(bytes[point]) ? NOWHERE : point;
  }
  const end = endOfDigits(bytes, point + 1);
  const isTaken = leaf !== INT && end > point + 1 && end - first <= exactDigits && !isExponent(bytes[end]);
  return isTaken ? end : NOWHERE;
}

function isInt(digits: string): boolean {
  const value = Number(digits);
  return value >= -2_147_483_648 && value <= 2_147_483_647;
}

function endOfDigits(bytes: Buffer, start: number): number {
  let at = start;
  for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[at] ?? 0) at += 1;
  return at;
}

function isExponent(byte: number | undefined): boolean {
  return byte === 0x65 || byte === 0x45;
}
