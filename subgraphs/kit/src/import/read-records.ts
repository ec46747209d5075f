import { createReadStream } from 'node:fs';

import { getDecoder } from 'iconv-lite';

import { type CsvRecord, csvRecords } from './csv-records.ts';
import type { FileEncoding } from './detect-encoding.ts';
import { type Fault, fault } from './faults.ts';
import { shown } from './parse-value.ts';

/** One record of a file: its fields by header, or the fault for which it could not be read. */
export interface FileRecord {
  /** Line on which the record begins, the header being line 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly fault?: Fault;
}

/** A file being read. */
export interface RecordSource {
  /** Headers of a CSV file; undefined for NDJSON, where every line names its own. */
  readonly headers: readonly string[] | undefined;
  readonly records: AsyncIterable<FileRecord>;
  /** Bytes read so far. */
  readonly bytesRead: () => number;
}

/** Longest line of NDJSON, characters; a longer one is cut and thereby malformed. */
const maxLineSize = 1_000_000;

/** Opens a CSV file (RFC 4180, any line end, quoted newlines) and reads its header. */
export async function readCsv(path: string, encoding: FileEncoding): Promise<RecordSource> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const records = csvRecords(decoded(file, encoding));
  const first = await records.next();
  const headers = first.done === true ? [] : first.value.cells.map((header) => header.trim());
  return { headers, records: csvFileRecords(headers, records), bytesRead: () => file.bytesRead };
}

/** Opens a file with one JSON object a line. */
export async function readNdjson(path: string, encoding: FileEncoding): Promise<RecordSource> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  return { headers: undefined, records: jsonRecords(decoded(file, encoding)), bytesRead: () => file.bytesRead };
}

async function* decoded(file: AsyncIterable<Buffer>, encoding: FileEncoding): AsyncGenerator<string> {
  const decoder = getDecoder(encoding);
  for await (const bytes of file) {
    const text = decoder.write(bytes);
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  if (rest !== undefined && rest !== '') yield rest;
}

async function* csvFileRecords(
  headers: readonly string[],
  records: AsyncGenerator<CsvRecord>,
): AsyncGenerator<FileRecord> {
  for await (const { line, cells, malformed } of records) {
    if (malformed !== undefined)
      yield { line, fields: {}, fault: fault('MALFORMED', '', shown(cells[0]), { ...malformed }) };
    else if (cells.length === headers.length) yield { line, fields: fieldsOf(headers, cells) };
    else yield { line, fields: {}, fault: wrongCount(headers, cells) };
  }
}

function fieldsOf(headers: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [index, header] of headers.entries()) fields[header] = cells[index];
  return fields;
}

function wrongCount(headers: readonly string[], cells: readonly string[]): Fault {
  return fault('WRONG_FIELD_COUNT', '', cells.join(',').slice(0, 200), {
    found: cells.length,
    expected: headers.length,
  });
}

async function* jsonRecords(text: AsyncIterable<string>): AsyncGenerator<FileRecord> {
  let line = 0;
  for await (const content of textLines(text)) {
    line += 1;
    const clean = line === 1 ? content.replace(/^\uFEFF/, '') : content;
    if (clean.trim() === '') continue;
    yield jsonRecord(line, clean);
  }
}

const notAnObject = { reason: 'not a JSON object', reasonZh: '不是 JSON 对象' };

function jsonRecord(line: number, text: string): FileRecord {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { line, fields: { ...value } };
  } catch {
    // Answered below, like every other text that is not an object.
  }
  return { line, fields: {}, fault: fault('MALFORMED', '', text.slice(0, 200), notAnObject) };
}

async function* textLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of text) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    yield* parts.map((part) => part.replace(/\r$/, ''));
    if (rest.length > maxLineSize) rest = rest.slice(0, maxLineSize);
  }
  if (rest !== '') yield rest;
}
