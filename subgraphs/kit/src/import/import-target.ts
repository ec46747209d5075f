import {
  isCitizenNumber,
  isHealthRecordNo,
  isSyntheticCitizenNumber,
  isUscc,
  normalizeCitizenNumber,
} from '@hutong/schema';
import type { PgTable } from 'drizzle-orm/pg-core';

/** Form in which a value is written in the file. */
export type ImportType = 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'instant' | 'list' | 'json';

/** A check of a text's form, with its name for messages. */
export interface TextCheck {
  readonly name: string;
  readonly nameZh: string;
  readonly normalize?: (text: string) => string;
  readonly valid: (text: string) => boolean;
  /** Whether a valid text is refused because it was generated for the demo region. */
  readonly refusedAsSynthetic?: (text: string) => boolean;
}

/** One column of the file and where it goes. */
export interface ImportColumn {
  /** Property of the drizzle table. */
  readonly column: string;
  readonly type: ImportType;
  readonly required?: boolean;
  /** Other headers that mean this column, for example its Chinese name. */
  readonly aliases?: readonly string[];
  /** Longest text, characters. */
  readonly maxLength?: number;
  /** Id of a value set (domain.md §5); of a list, every item is checked. */
  readonly valueSet?: string;
  /** The table stores the set's GraphQL constant; the file may say the code or the constant. */
  readonly storesConstant?: boolean;
  /** Allowed texts, where they are no value set. */
  readonly oneOf?: readonly string[];
  readonly check?: TextCheck;
  /** Property that takes the keyed hash of the text, for lookup of an encrypted column. */
  readonly hashColumn?: string;
  /** The value must be a key of this table (of the same database). */
  readonly reference?: { readonly table: PgTable; readonly column: string };
}

/** Values of a row by property of the table. */
export type RowValues = Readonly<Record<string, unknown>>;

/** What one row lacks against the others of itself. */
export interface Inconsistency {
  /** Column of the file. */
  readonly column: string;
  readonly reason: string;
  readonly reasonZh: string;
}

/** What depends on where the product runs. */
export interface ImportRules {
  /** Takes the citizen numbers of generated persons (prefix 99): the demo does, production does not (domain.md 3.21.1). */
  readonly allowSynthetic: boolean;
}

/** A table that can be filled from files; every subgraph lists its own in src/import-targets.ts. */
export interface ImportTarget {
  readonly table: PgTable;
  /** GraphQL type name, for the change log. */
  readonly type: string;
  /** Properties that name the same row again: given by columns of the file, unique in the table. */
  readonly naturalKey: readonly string[];
  /** By header of the file. */
  readonly columns: Readonly<Record<string, ImportColumn>>;
  /** What a new row needs beside the file's columns. */
  readonly defaults?: RowValues;
  /** Prefix of the public id that a new row gets in property `id` when the file gives none; without, the file gives the key. */
  readonly idPrefix?: string;
  /** Public id for the change log; property `id`, else the natural key, by default. */
  readonly publicId?: (row: RowValues) => string;
  /** Resident for the change log. */
  readonly residentId?: (row: RowValues) => string | null;
  /** Columns that the change log tells, since other subgraphs keep them: the same as in changes of the subgraph's own writes. */
  readonly tells?: readonly string[];
  /** What else it tells that follows from the row's columns. */
  readonly tellsBesides?: (row: RowValues) => object;
  /** Rules between the columns of one row. */
  readonly checkRow?: (row: RowValues) => readonly Inconsistency[];
}

/** Citizen number GB 11643 (domain.md 3.21.1); generated ones (prefix 99) only where the demo runs. */
export function citizenNumberCheck({ allowSynthetic }: ImportRules): TextCheck {
  return {
    name: 'citizen number (GB 11643)',
    nameZh: '公民身份号码（GB 11643）',
    normalize: normalizeCitizenNumber,
    valid: isCitizenNumber,
    ...(allowSynthetic ? {} : { refusedAsSynthetic: isSyntheticCitizenNumber }),
  };
}

/** Unified social credit code GB 32100 (domain.md 3.21.2). */
export const usccCheck: TextCheck = {
  name: 'unified social credit code (GB 32100)',
  nameZh: '统一社会信用代码（GB 32100）',
  normalize: (text) => text.toUpperCase(),
  valid: isUscc,
};

/** Health record number of 17 digits (domain.md 3.21.3). */
export const healthRecordNoCheck: TextCheck = {
  name: 'health record number',
  nameZh: '居民健康档案编号',
  valid: isHealthRecordNo,
};
