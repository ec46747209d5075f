import type { ImportColumn, Inconsistency, TextCheck } from './import-target.ts';

/** A column of a file without the property that it fills: that has the column's own name. */
export type ColumnForm = Omit<ImportColumn, 'column'>;

type More = Partial<ColumnForm>;

/** The columns of a target, each filling the property of its name. */
export function importColumns(forms: Readonly<Record<string, ColumnForm>>): Readonly<Record<string, ImportColumn>> {
  return Object.fromEntries(Object.entries(forms).map(([column, form]) => [column, { column, ...form }]));
}

/** Forms of columns; the first argument is the Chinese header that a file may write instead. */
export const form = {
  text: (header: string, maxLength: number, more?: More): ColumnForm => of('text', header, { maxLength, ...more }),
  /** The code of a value set, stored as code. */
  coded: (header: string, valueSet: string, more?: More): ColumnForm => of('text', header, { valueSet, ...more }),
  /** The code or the GraphQL constant of a value set, stored as constant. */
  constant: (header: string, valueSet: string, more?: More): ColumnForm =>
    of('text', header, { valueSet, storesConstant: true, ...more }),
  choice: (header: string, oneOf: readonly string[], more?: More): ColumnForm => of('text', header, { oneOf, ...more }),
  integer: (header: string, more?: More): ColumnForm => of('integer', header, more),
  decimal: (header: string, more?: More): ColumnForm => of('decimal', header, more),
  yesNo: (header: string, more?: More): ColumnForm => of('boolean', header, more),
  date: (header: string, more?: More): ColumnForm => of('date', header, more),
  instant: (header: string, more?: More): ColumnForm => of('instant', header, more),
  json: (header: string, more?: More): ColumnForm => of('json', header, more),
  /** The public id of an entity, also of one that another database holds: there only its form can be checked. */
  id: (header: string, prefix: string, more?: More): ColumnForm =>
    of('text', header, { check: publicIdCheck(prefix), ...more }),
  /** A division code of one of these numbers of digits. */
  division: (header: string, digits: readonly number[], more?: More): ColumnForm =>
    of('text', header, { check: divisionCodeCheck(digits), ...more }),
} as const;

/** A value without which the row is rejected, and the file if it lacks the column. */
export const required: More = { required: true };

/** Public id: prefix, underscore, 12 characters of Crockford base-32 (domain.md §2.0). */
export function publicIdCheck(prefix: string): TextCheck {
  const pattern = new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{12}$`);
  return {
    name: `identifier ${prefix}_ with 12 digits and capital letters (without I L O U)`,
    nameZh: `标识 ${prefix}_ 加 12 位数字或大写字母（不含 I L O U）`,
    valid: (text) => pattern.test(text),
  };
}

/** Division code (GB/T 2260, and the statistical codes below it) of one of these lengths: 2 province to 12 village. */
export function divisionCodeCheck(digits: readonly number[]): TextCheck {
  return {
    name: `division code of ${digits.join(', ')} digits (GB/T 2260)`,
    nameZh: `${digits.join('、')} 位区划代码（GB/T 2260）`,
    valid: (code) => /^\d+$/.test(code) && digits.includes(code.length),
  };
}

/** The fault of a period that ends before it begins, for `checkRow`; the column is the one with the end. */
export function periodFaults(column: string, from: unknown, to: unknown): readonly Inconsistency[] {
  if (typeof from !== 'string' || typeof to !== 'string' || from <= to) return [];
  return [
    {
      column,
      reason: `It ends on ${to}, before it begins on ${from}.`,
      reasonZh: `截止日期 ${to} 早于起始日期 ${from}。`,
    },
  ];
}

function of(type: ImportColumn['type'], header: string, more: More = {}): ColumnForm {
  return { type, aliases: [header], ...more };
}
