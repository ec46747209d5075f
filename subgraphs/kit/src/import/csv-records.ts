/** One record of a CSV text. */
export interface CsvRecord {
  /** Line on which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Why it cannot be read; its only cell is then the line as it stands. */
  readonly malformed?: Malformation;
}

/** What makes a record unreadable, in both languages. */
export interface Malformation {
  readonly reason: string;
  readonly reasonZh: string;
}

const malformations = {
  quoteInside: { reason: 'a quote stands in the middle of a value', reasonZh: '引号出现在值的中间' },
  unclosedQuote: { reason: 'a quote is not closed', reasonZh: '引号未闭合' },
  tooLong: { reason: 'the record is too long', reasonZh: '记录过长' },
} as const;

/** Longest record, characters: a quote that nobody closes must not swallow the file into memory. */
const maxRecordSize = 1_000_000;

const lineFeed = 10;
const carriageReturn = 13;
const quoteMark = 34;

/**
 * Records of a CSV text (RFC 4180) with any line end, comma, semicolon or tab between the cells (as the first line has it), quoted
 * newlines. After a broken quote it goes on with the next line: parsers that ship as packages give up the rest of the file there.
 */
export async function* csvRecords(chunks: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  let text = '';
  let delimiter: string | undefined;
  let line = 1;
  for await (const chunk of withEnd(chunks)) {
    const final = chunk === undefined;
    text += chunk ?? '';
    delimiter ??= final || /[\r\n]/.test(text) ? delimiterOf(text) : undefined;
    if (delimiter === undefined) continue;
    let at = 0;
    while (at < text.length) {
      const scanned = scanRecord(text, at, delimiter, final);
      if (scanned === undefined) break;
      if (!isBlank(scanned)) yield { line, ...content(scanned) };
      line += scanned.lines;
      at = scanned.end;
    }
    text = text.slice(at);
  }
}

interface Scanned {
  readonly cells: readonly string[];
  readonly malformed?: Malformation;
  /** Where the next record begins. */
  readonly end: number;
  readonly lines: number;
}

interface ScannedCell {
  readonly cell: string;
  readonly end: number;
  readonly lines: number;
}

/** Reads the record at a place; undefined when the text ends before it does and more may come. */
function scanRecord(text: string, start: number, delimiter: string, final: boolean): Scanned | undefined {
  const cells: string[] = [];
  let lines = 1;
  for (let at = start; ;) {
    const isQuoted = text.charCodeAt(at) === quoteMark;
    const scanned = isQuoted ? quotedCell(text, at) : plainCell(text, at, delimiter);
    if (scanned === undefined) return unclosed(text, start, final);
    if (scanned.end + 1 >= text.length && !final)
      return tooLong(text, start) ? skipLine(text, start, malformations.tooLong) : undefined;
    cells.push(scanned.cell);
    lines += scanned.lines;
    at = scanned.end;
    if (text[at] === delimiter) {
      at += 1;
      continue;
    }
    const width = lineEndWidth(text, at);
    if (width > 0 || at >= text.length) return { cells, end: at + width, lines };
    return skipLine(text, start, malformations.quoteInside);
  }
}

function plainCell(text: string, start: number, delimiter: string): ScannedCell {
  const separator = delimiter.charCodeAt(0);
  let end = start;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === separator || code === lineFeed || code === carriageReturn) break;
  }
  return { cell: text.slice(start, end), end, lines: 0 };
}

/** Undefined when the quote is not closed in this text. */
function quotedCell(text: string, start: number): ScannedCell | undefined {
  let cell = '';
  for (let from = start + 1; ;) {
    const mark = text.indexOf('"', from);
    if (mark === -1 || mark - start > maxRecordSize) return undefined;
    cell += text.slice(from, mark);
    if (text.charCodeAt(mark + 1) !== quoteMark) return { cell, end: mark + 1, lines: lineEndsIn(cell) };
    cell += '"';
    from = mark + 2;
  }
}

/** More text may close the quote; at the end, or beyond the limit, only the line with the quote is lost. */
function unclosed(text: string, start: number, final: boolean): Scanned | undefined {
  return final || tooLong(text, start) ? skipLine(text, start, malformations.unclosedQuote) : undefined;
}

function tooLong(text: string, start: number): boolean {
  return text.length - start > maxRecordSize;
}

function skipLine(text: string, start: number, malformed: Malformation): Scanned {
  let end = start;
  while (end < text.length && lineEndWidth(text, end) === 0) end += 1;
  return { cells: [text.slice(start, end)], malformed, end: end + lineEndWidth(text, end), lines: 1 };
}

function lineEndWidth(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === lineFeed) return 1;
  if (code !== carriageReturn) return 0;
  return text.charCodeAt(at + 1) === lineFeed ? 2 : 1;
}

function lineEndsIn(cell: string): number {
  return /[\r\n]/.test(cell) ? cell.split(/\r\n|\r|\n/).length - 1 : 0;
}

/** The separator that the first line has most. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (separator: string) => header.split(separator).length;
  return [',', '\t', ';'].reduce((best, other) => (count(other) > count(best) ? other : best));
}

function isBlank({ cells, malformed }: Scanned): boolean {
  return malformed === undefined && cells.length === 1 && cells[0] === '';
}

function content({ cells, malformed }: Scanned): Omit<CsvRecord, 'line'> {
  return malformed === undefined ? { cells } : { cells, malformed };
}

/** The chunks and then undefined, the end. */
async function* withEnd(chunks: AsyncIterable<string>): AsyncGenerator<string | undefined> {
  yield* chunks;
  yield undefined;
}
