import type { KeyRing } from '../crypto/key-ring.ts';
import { type Fault, fault, ImportRefused } from './faults.ts';
import type { ImportColumn, ImportTarget, RowValues } from './import-target.ts';
import { shown, type ValueParser, valueParser } from './parse-value.ts';
import type { FileRecord } from './read-records.ts';

/** A row that may be written; its values by property of the table. */
export interface ValidRow {
  readonly line: number;
  readonly values: RowValues;
  /** The natural key as text. */
  readonly key: string;
  /** Its fields, for messages. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A row that may not be written, with all its faults. */
export interface RejectedRow {
  readonly line: number;
  readonly faults: readonly Fault[];
}

/** Validates records of one target. */
export type RowValidator = (record: FileRecord) => ValidRow | RejectedRow;

/** How the headers of a file meet the columns of a target. */
export interface HeaderMatch {
  /** By header as the file writes it. */
  readonly columns: ReadonlyMap<string, ImportColumn>;
  /** Headers that the target does not know, left out; those of NDJSON are added as its lines name them, up to a hundred. */
  readonly unknown: Set<string>;
}

/** Unknown names of NDJSON lines that are remembered: lines may have ever new ones. */
const rememberedNames = 100;

/** Matches headers, also by alias; refuses a file that lacks a required column or has one twice. */
export function matchHeaders(target: ImportTarget, headers: readonly string[] | undefined): HeaderMatch {
  const byName = new Map<string, ImportColumn>();
  for (const [name, column] of Object.entries(target.columns)) {
    for (const header of [name, ...(column.aliases ?? [])]) byName.set(header, column);
  }
  if (headers === undefined) return { columns: byName, unknown: new Set() };
  if (headers.length === 0) throw new ImportRefused('The file is empty: it has no header.', '文件为空，没有表头。');
  const columns = new Map<string, ImportColumn>();
  for (const header of headers) {
    const column = byName.get(header);
    if (column === undefined) continue;
    if ([...columns.values()].includes(column)) throw columnTwice(header);
    columns.set(header, column);
  }
  const present = new Set(columns.values());
  const missing = Object.entries(target.columns).filter(
    ([, column]) => needsHeader(target, column) && !present.has(column),
  );
  if (missing.length > 0) throw missingColumns(missing, headers);
  return { columns, unknown: new Set(headers.filter((header) => !columns.has(header))) };
}

/** Prepares the validation of every row: types, value sets, check digits, rules between columns; all faults of a row. */
export function rowValidator(target: ImportTarget, match: HeaderMatch, keys: KeyRing | undefined): RowValidator {
  const parsers = [...new Set(match.columns.values())].map((column) => fieldParser(match, column, target));
  const checkKeys = needsKeys(target, keys);
  return (record) => {
    if (record.fault !== undefined) return { line: record.line, faults: [record.fault] };
    rememberUnknown(match, record);
    const { values, faults } = parseFields(record, parsers, checkKeys);
    if (faults.length === 0)
      faults.push(...inconsistencies(target, match, record, values), ...keyFaults(target, values));
    if (faults.length > 0) return { line: record.line, faults };
    return { line: record.line, values, key: keyText(target.naturalKey, values), fields: record.fields };
  };
}

function rememberUnknown({ columns, unknown }: HeaderMatch, { fields }: FileRecord): void {
  for (const name of Object.keys(fields)) {
    if (!columns.has(name) && unknown.size < rememberedNames) unknown.add(name);
  }
}

/** The columns of the file that give the natural key. */
export function keyHeaders(target: ImportTarget, match: HeaderMatch): readonly string[] {
  return target.naturalKey.map((property) => {
    const found = [...match.columns].find(([, column]) => column.column === property || column.hashColumn === property);
    return found?.[0] ?? property;
  });
}

/** The natural key as one text. */
export function keyText(naturalKey: readonly string[], values: RowValues): string {
  return JSON.stringify(naturalKey.map((property) => values[property]));
}

/** A column under all the names that the file may give it: a CSV file has one of them, NDJSON lines may differ. */
interface FieldParser {
  readonly headers: readonly string[];
  readonly column: ImportColumn;
  readonly parse: ValueParser;
}

function fieldParser(match: HeaderMatch, column: ImportColumn, target: ImportTarget): FieldParser {
  const headers = [...match.columns].filter(([, other]) => other === column).map(([header]) => header);
  return { headers, column, parse: valueParser(headers[0] ?? column.column, column, target.table) };
}

function parseFields({ fields }: FileRecord, parsers: readonly FieldParser[], keys: KeyRing | undefined) {
  const values: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const { headers, column, parse } of parsers) {
    const [header, second] = headers.filter((name) => fields[name] !== undefined);
    if (header !== undefined && second !== undefined) {
      faults.push(fault('NAMED_TWICE', second, shown(fields[second]), { header }));
      continue;
    }
    if (header === undefined && column.required !== true) continue;
    const parsed = parse(header === undefined ? undefined : fields[header]);
    if ('fault' in parsed) {
      faults.push(parsed.fault);
      continue;
    }
    if (parsed.value === undefined) continue;
    values[column.column] = parsed.value;
    if (column.hashColumn !== undefined) {
      values[column.hashColumn] = typeof parsed.value === 'string' ? keys?.keyedHash(parsed.value) : null;
    }
  }
  return { values, faults };
}

function inconsistencies(
  target: ImportTarget,
  match: HeaderMatch,
  { fields }: FileRecord,
  values: RowValues,
): readonly Fault[] {
  return (target.checkRow?.(values) ?? []).map(({ column, reason, reasonZh }) => {
    const names = [...match.columns].filter(([, given]) => given === target.columns[column]).map(([header]) => header);
    const header = names.find((name) => fields[name] !== undefined) ?? column;
    return fault('INCONSISTENT', header, shown(fields[header]), { reason, reasonZh });
  });
}

function keyFaults(target: ImportTarget, values: RowValues): readonly Fault[] {
  return target.naturalKey
    .filter((property) => values[property] === null || values[property] === undefined)
    .map((property) => fault('REQUIRED', headerOf(target, property), ''));
}

/** The header of the column that gives a property, directly or as its hash. */
function headerOf(target: ImportTarget, property: string): string {
  const found = Object.entries(target.columns).find(
    ([, column]) => column.column === property || column.hashColumn === property,
  );
  return found?.[0] ?? property;
}

function needsHeader(target: ImportTarget, column: ImportColumn): boolean {
  const isKey = target.naturalKey.some((property) => property === column.column || property === column.hashColumn);
  return column.required === true || isKey;
}

function needsKeys(target: ImportTarget, keys: KeyRing | undefined): KeyRing | undefined {
  const hashes = Object.values(target.columns).some(({ hashColumn }) => hashColumn !== undefined);
  if (hashes && keys === undefined) throw new TypeError('this import target has hashed columns: it needs the key ring');
  return keys;
}

function missingColumns(
  missing: readonly (readonly [string, ImportColumn])[],
  headers: readonly string[],
): ImportRefused {
  const names = missing.map(([name, { aliases = [] }]) => [name, ...aliases].join(' / '));
  return new ImportRefused(
    `The file lacks the column ${names.join(', ')}; its header is: ${headers.join(', ')}.`,
    `文件缺少列 ${names.join('、')}；表头为：${headers.join('、')}。`,
  );
}

function columnTwice(header: string): ImportRefused {
  return new ImportRefused(`The file has the column ${header} twice.`, `文件中列 ${header} 出现两次。`);
}
