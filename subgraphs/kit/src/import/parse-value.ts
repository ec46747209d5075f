import { valueSet } from '@hutong/schema';
import { type Column, getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

import { type Fault, fault } from './faults.ts';
import type { ImportColumn } from './import-target.ts';

/** A value as the table stores it, or what is wrong with it. */
export type Parsed = { readonly value: unknown } | { readonly fault: Fault };

/** Reads the cells of one column. */
export type ValueParser = (cell: unknown) => Parsed;

/**
 * Prepares the parser of a column once: its value set and limits are looked up here, not per row. An empty cell is null, or
 * undefined where the table allows no null: then the row keeps what it has, and a new one gets the default.
 */
export function valueParser(header: string, column: ImportColumn, table: PgTable): ValueParser {
  const stored = getTableColumns(table)[column.column];
  if (stored === undefined) throw new TypeError(`import column ${header}: the table has no property ${column.column}`);
  const parseContent = contentParser(header, column, stored);
  return (cell) => {
    const clean = typeof cell === 'string' ? cell.trim() : cell;
    if (clean !== '' && clean !== null && clean !== undefined) return parseContent(clean);
    if (column.required === true) return { fault: fault('REQUIRED', header, '') };
    if (column.type === 'list' && stored.notNull) return { value: [] };
    return { value: stored.notNull ? undefined : null };
  };
}

/** A cell as it is shown in a message or a rejects file. */
export function shown(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return (typeof cell === 'string' ? cell : JSON.stringify(cell)).slice(0, 200);
}

function contentParser(header: string, column: ImportColumn, stored: Column): ValueParser {
  switch (column.type) {
    case 'text':
      return textParser(header, column);
    case 'integer':
      return (cell) => parseInteger(header, cell, stored);
    case 'decimal':
      return decimalParser(header, stored);
    case 'boolean':
      return (cell) => parseBoolean(header, cell);
    case 'date':
      return (cell) => parseDate(header, cell);
    case 'instant':
      return (cell) => parseInstant(header, cell);
    case 'list':
      return listParser(header, column);
    case 'json':
      return (cell) => parseJson(header, cell);
  }
}

function textParser(header: string, column: ImportColumn): ValueParser {
  const toStored = codeLookup(column);
  const { check, maxLength } = column;
  const named = { name: check?.name ?? '', nameZh: check?.nameZh ?? '' };
  return (cell) => {
    if (typeof cell !== 'string' && typeof cell !== 'number') return { fault: fault('NOT_TEXT', header, shown(cell)) };
    if (isInexact(cell)) return { fault: fault('NOT_EXACT', header, shown(cell)) };
    const raw = String(cell);
    if (spreadsheetNumber.test(raw)) return { fault: fault('SPREADSHEET_NUMBER', header, shown(raw)) };
    if (raw.includes('\uFFFD') || raw.includes('\0')) return { fault: fault('BAD_ENCODING', header, shown(raw)) };
    const text = check?.normalize?.(raw) ?? raw;
    if (maxLength !== undefined && text.length > maxLength) {
      return { fault: fault('TOO_LONG', header, shown(text), { limit: maxLength }) };
    }
    if (check !== undefined && !check.valid(text)) {
      return { fault: fault('CHECK_FAILED', header, shown(text), named) };
    }
    if (check?.refusedAsSynthetic?.(text) === true) {
      return { fault: fault('SYNTHETIC', header, shown(text), named) };
    }
    const value = toStored(text);
    return value === undefined ? { fault: notInSet(header, column, text) } : { value };
  };
}

/** What a spreadsheet shows of a number of more than 11 digits: 3.30212E+17. */
const spreadsheetNumber = /^\d(\.\d+)?E\+\d{2}$/i;

/** A JSON number whose digits may be others than the file's: parsing has rounded it already. */
function isInexact(cell: unknown): boolean {
  if (typeof cell !== 'number' || Number.isSafeInteger(cell)) return false;
  return Number.isInteger(cell) || String(cell).replace(/\D/g, '').replace(/^0+/, '').length > 15;
}

/** What is stored for a text of the column's value set (code, constant or, of a closed set, Chinese name); undefined when it is not in it. */
function codeLookup(column: ImportColumn): (text: string) => string | undefined {
  if (column.oneOf !== undefined) {
    const allowed = new Set(column.oneOf);
    return (text) => (allowed.has(text) ? text : undefined);
  }
  if (column.valueSet === undefined) return (text) => text;
  const set = valueSet(column.valueSet);
  const stored = new Map<string, string>();
  for (const { code, constant } of set.values) {
    const value = column.storesConstant === true ? (constant ?? code) : code;
    stored.set(code, value);
    if (constant !== undefined && !stored.has(constant)) stored.set(constant, value);
  }
  for (const { code, zh } of set.open === true ? [] : set.values) {
    if (!stored.has(zh)) stored.set(zh, stored.get(code) ?? code);
  }
  return (text) => stored.get(text) ?? (set.open === true ? text : undefined);
}

function notInSet(header: string, column: ImportColumn, text: string): Fault {
  const set = column.valueSet === undefined ? (column.oneOf ?? []).join(', ') : nameOfSet(column.valueSet);
  return fault('NOT_IN_VALUE_SET', header, shown(text), { set });
}

/** Longest set whose codes a message lists. */
const listedCodes = 12;

function nameOfSet(id: string): string {
  const { name, nameZh, values } = valueSet(id);
  const codes = values.length > listedCodes ? '' : ` (${values.map(({ code, zh }) => `${code} ${zh}`).join(', ')})`;
  return `${id} ${name} ${nameZh}${codes}`;
}

function parseInteger(header: string, cell: unknown, stored: Column): Parsed {
  const text = String(cell);
  if (!/^[+-]?\d+$/.test(text)) return { fault: fault('NOT_A_NUMBER', header, shown(cell)) };
  const value = Number(text);
  const [low, high] = integerRange(stored.getSQLType());
  return value < low || value > high ? { fault: fault('OUT_OF_RANGE', header, shown(cell)) } : { value };
}

function integerRange(type: string): readonly [number, number] {
  switch (type) {
    case 'smallint':
      return [-32_768, 32_767];
    case 'bigint':
      return [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
    default:
      return [-2_147_483_648, 2_147_483_647];
  }
}

/** Exact decimal text, in the column's own number of places so that 12.5 and 12.50 are one value. */
function decimalParser(header: string, stored: Column): ValueParser {
  const [, precision = '131072', scale = '0'] = /\((\d+)(?:,\s*(\d+))?\)/.exec(stored.getSQLType()) ?? [];
  const places = Number(scale);
  return (cell) => {
    if (isInexact(cell)) return { fault: fault('NOT_EXACT', header, shown(cell)) };
    const [, sign, whole, fraction = ''] = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(String(cell)) ?? [];
    if (whole === undefined) return { fault: fault('NOT_A_NUMBER', header, shown(cell)) };
    const digits = whole.replace(/^0+(?=\d)/, '');
    const rest = fraction.replace(/0+$/, '');
    if (digits.replace(/^0$/, '').length > Number(precision) - places || rest.length > places) {
      return { fault: fault('OUT_OF_RANGE', header, shown(cell)) };
    }
    const value = places === 0 ? digits : `${digits}.${rest.padEnd(places, '0')}`;
    return { value: sign === '-' && /[1-9]/.test(value) ? `-${value}` : value };
  };
}

const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  '1': true,
  是: true,
  y: true,
  yes: true,
  false: false,
  '0': false,
  否: false,
  n: false,
  no: false,
};

function parseBoolean(header: string, cell: unknown): Parsed {
  const value = booleans[String(cell).toLowerCase()];
  return value === undefined ? { fault: fault('NOT_A_BOOLEAN', header, shown(cell)) } : { value };
}

/** 2024-03-31, 2024/3/31, 20240331, 2024年3月31日. */
const dayForms = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})(\d\d)(\d\d)$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日$/,
];

function parseDate(header: string, cell: unknown): Parsed {
  const text = String(cell);
  const day = readDay(text);
  if (day !== undefined) return { value: day };
  const code = /^\d{4,6}(\.\d+)?$/.test(text) ? 'EXCEL_DAY_NUMBER' : 'NOT_A_DATE';
  return { fault: fault(code, header, shown(cell)) };
}

function readDay(text: string): string | undefined {
  for (const form of dayForms) {
    const [, year, month = '', day = ''] = form.exec(text) ?? [];
    if (year === undefined) continue;
    const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const time = Date.parse(`${iso}T00:00:00Z`);
    if (year !== '0000' && !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso)) return iso;
  }
  return undefined;
}

/** A day and a time of day; without offset it is the region's time. Stored with milliseconds at most. */
function parseInstant(header: string, cell: unknown): Parsed {
  const [, dayText = '', clock, offset = '+08:00'] =
    /^(\S+?)[T\s]\s*(\d{1,2}:\d\d(?::\d\d(?:\.\d{1,3})?)?)\s*(Z|[+-]\d\d:?\d\d)?$/.exec(String(cell)) ?? [];
  const day = readDay(dayText);
  if (clock === undefined || day === undefined) return { fault: fault('NOT_AN_INSTANT', header, shown(cell)) };
  const time = Date.parse(`${day}T${clock.padStart(clock.indexOf(':') === 1 ? clock.length + 1 : 0, '0')}${offset}`);
  return Number.isNaN(time)
    ? { fault: fault('NOT_AN_INSTANT', header, shown(cell)) }
    : { value: new Date(time).toISOString() };
}

/** A list of texts, each held to what the column asks of one. */
function listParser(header: string, column: ImportColumn): ValueParser {
  const parseItem = textParser(header, column);
  return (cell) => {
    const items: readonly unknown[] | undefined = Array.isArray(cell)
      ? cell
      : typeof cell === 'string'
        ? cell.split(/[;；|]/)
        : undefined;
    if (items === undefined) return { fault: fault('NOT_A_LIST', header, shown(cell)) };
    const values: unknown[] = [];
    for (const item of items) {
      const text = typeof item === 'string' ? item.trim() : item;
      if (text === '' || text === null) continue;
      const parsed = parseItem(text);
      if ('fault' in parsed) return parsed;
      values.push(parsed.value);
    }
    return { value: values };
  };
}

function parseJson(header: string, cell: unknown): Parsed {
  if (typeof cell !== 'string') return { value: cell };
  try {
    return { value: JSON.parse(cell) };
  } catch {
    return { fault: fault('NOT_JSON', header, shown(cell)) };
  }
}
