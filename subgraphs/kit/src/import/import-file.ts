import { stat } from 'node:fs/promises';

import { getTableName } from 'drizzle-orm';

import type { KeyRing } from '../crypto/key-ring.ts';
import { connect, type Sql, type SqlSession } from '../database/open-database.ts';
import { describeFileError } from '../describe-file-error.ts';
import { detectEncoding, type FileEncoding } from './detect-encoding.ts';
import { ImportRefused } from './faults.ts';
import type { ImportTarget } from './import-target.ts';
import { readCsv, readNdjson, type RecordSource } from './read-records.ts';
import { placeContested, rowPlacer } from './place-rows.ts';
import { referencesOf } from './references.ts';
import { openRejectsFile, type RejectsFile } from './rejects-file.ts';
import { createSeenKeys, withoutRepeated } from './seen-keys.ts';
import { targetTable } from './stored-rows.ts';
import { type Counts, createTally } from './tally.ts';
import {
  type HeaderMatch,
  keyHeaders,
  matchHeaders,
  type RejectedRow,
  rowValidator,
  type ValidRow,
} from './validate-row.ts';
import { createWaitingRows } from './waiting-rows.ts';
import { type Atomically, batchWriter, createStage } from './write-batch.ts';

/** One run of an import. */
export interface ImportOptions {
  /** Database of the subgraph that owns the table, migrated. */
  readonly url: string;
  readonly target: ImportTarget;
  readonly file: string;
  /** By the file's name: `.ndjson` and `.jsonl`, else CSV. */
  readonly format?: 'csv' | 'ndjson';
  /** Found out from the file by default. */
  readonly encoding?: FileEncoding;
  /** Does everything and undoes it at the end. */
  readonly dryRun?: boolean;
  /** Where rejected rows are listed; written only when there are any. */
  readonly rejects: string;
  /** Needed when the table has encrypted or hashed columns. */
  readonly keys?: KeyRing;
  /** Business time of what is written, ISO 8601. */
  readonly at: string;
  readonly batchSize?: number;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** How far an import is. */
export interface ImportProgress {
  readonly rows: number;
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

/** What an import did. */
export interface ImportSummary extends Counts {
  readonly table: string;
  readonly dryRun: boolean;
  readonly encoding: FileEncoding;
  /** Headers of the file that the target does not know; they were left out. */
  readonly unknownColumns: readonly string[];
  readonly seconds: number;
}

/**
 * Brings a file into a table: every row is validated, valid rows are upserted by natural key in batches of one transaction each,
 * with their change rows. A bad row stops nothing and is listed in the rejects file. Running the same file again changes nothing.
 * A row that refers to another row of its table is written after that one, wherever in the file it stands. Memory does not grow with
 * the file: it holds a few batches; keys seen and rows that wait for another row are in temporary tables of the database's session. A dry run is one transaction that is undone: it holds the rows it would change until its end.
 */
export async function importFile(options: ImportOptions): Promise<ImportSummary> {
  const started = performance.now();
  const encoding = options.encoding ?? (await encodingOf(options.file));
  const source = await openSource(options, encoding);
  const match = matchHeaders(options.target, source.headers);
  const sql = connect(options.url, { max: 1, lasting: true, applicationName: 'hutong-import' });
  let rejects: RejectsFile | undefined;
  try {
    await refuseSecondImport(sql, options.target);
    rejects = await openRejectsFile(options.rejects);
    const run = createRun(options, { source, match, rejects });
    const counts = options.dryRun === true ? await undone(sql, run) : await run(sql, (work) => sql.begin(work));
    const seconds = (performance.now() - started) / 1000;
    const table = getTableName(options.target.table);
    const unknownColumns = [...match.unknown];
    return { table, dryRun: options.dryRun ?? false, encoding, ...counts, unknownColumns, seconds };
  } finally {
    await rejects?.close();
    await sql.end();
  }
}

type Run = (sql: SqlSession, atomically: Atomically) => Promise<Counts>;

interface RunParts {
  readonly source: RecordSource;
  readonly match: HeaderMatch;
  readonly rejects: RejectsFile;
}

function createRun(options: ImportOptions, { source, match, rejects }: RunParts): Run {
  const { target, keys, batchSize = 2_000 } = options;
  const validate = rowValidator(target, match, keys);
  const references = referencesOf(target, match);
  const table = targetTable(target);
  const write = batchWriter({ target, table, keys, at: options.at });

  return async (sql, atomically) => {
    const tally = createTally(rejects);
    await createStage(sql, table);
    await createSeenKeys(sql);
    const waiting = await createWaitingRows(sql, keys, batchSize);
    const place = rowPlacer({ sql, references, waiting, tally, write: (rows) => write(atomically, rows) });

    async function store(checked: readonly (ValidRow | RejectedRow)[], bytesRead: number): Promise<void> {
      await tally.reject(checked.filter(isRejected));
      const { valid, rejected } = await withoutRepeated(sql, checked.filter(isValid), keyHeaders(target, match));
      await tally.reject(rejected);
      await place(valid);
      tally.read(checked.length);
      options.onProgress?.({ rows: tally.counts().read, bytesRead, bytesTotal });
    }

    const bytesTotal = (await stat(options.file)).size;
    let storing = Promise.resolve();
    for await (const records of batches(source, batchSize)) {
      // The next batch is read and validated while the database takes the one before.
      const checked = records.map(validate);
      await storing;
      storing = store(checked, source.bytesRead());
      storing.catch(() => {});
    }
    await storing;
    await placeContested(waiting, place);
    for await (const rows of waiting.rest()) await tally.reject(rows);
    return tally.counts();
  };
}

function isRejected(row: ValidRow | RejectedRow): row is RejectedRow {
  return 'faults' in row;
}

function isValid(row: ValidRow | RejectedRow): row is ValidRow {
  return !('faults' in row);
}

async function* batches({ records }: RecordSource, size: number) {
  let batch = [];
  for await (const record of records) {
    batch.push(record);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The dry run: all in one transaction, its batches in savepoints, so that later rows see earlier ones; then nothing happened. */
async function undone(sql: Sql, run: Run): Promise<Counts> {
  let counts: Counts | undefined;
  const undo = new Error('dry run');
  try {
    await sql.begin(async (tx) => {
      counts = await run(tx, (work) => tx.savepoint(work));
      throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
  if (counts === undefined) throw new Error('the dry run ended early');
  return counts;
}

/** Two imports of one table at once would overtake each other. */
async function refuseSecondImport(sql: Sql, target: ImportTarget): Promise<void> {
  const table = getTableName(target.table);
  const [lock] = await sql`select pg_try_advisory_lock(hashtext(${`hutong import ${table}`})) as free`;
  if (lock?.['free'] === true) return;
  throw new ImportRefused(
    `Another import of ${table} is running; wait for its end.`,
    `${table} 的另一个导入正在进行，请等其结束。`,
  );
}

async function encodingOf(file: string): Promise<FileEncoding> {
  try {
    return await detectEncoding(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function openSource({ file, format }: ImportOptions, encoding: FileEncoding): Promise<RecordSource> {
  const isLines = format === 'ndjson' || (format === undefined && /\.(ndjson|jsonl)$/i.test(file));
  return isLines ? readNdjson(file, encoding) : readCsv(file, encoding);
}

function unreadable(file: string, error: unknown): ImportRefused {
  const { en, zh } = describeFileError(error);
  return new ImportRefused(`The file ${file} cannot be read: ${en}.`, `文件 ${file} 无法读取：${zh}。`);
}
