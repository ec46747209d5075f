import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';

import { describeFileError } from '../describe-file-error.ts';
import { withBareTables } from './bare-tables.ts';
import {
  appliedMigrations,
  storedSequences,
  type StoredSequence,
  storedTables,
  type StoredTable,
} from './catalogue.ts';
import { BackupRefused } from './backup-refused.ts';
import { copyIn } from './copy-in.ts';
import { makeFolder } from './make-folder.ts';
import { connect, type Sql, type SqlSession } from './open-database.ts';

/** A database to back up or to restore, by the name it has in the backup. */
export interface NamedDatabase {
  readonly name: string;
  readonly url: string;
}

/** Told after each table. */
export interface BackupOptions {
  readonly onTable?: (database: string, table: string, rows: number) => void;
}

/** One table's file in a backup. */
export interface TableEntry {
  readonly name: string;
  readonly columns: readonly string[];
  readonly file: string;
  readonly rows: number;
  /** Of the uncompressed text. */
  readonly sha256: string;
}

/** What a backup holds; written last, so that a backup without it is an unfinished one. */
export interface BackupManifest {
  readonly format: 1;
  readonly databases: readonly {
    readonly name: string;
    readonly migrations: readonly string[];
    readonly tables: readonly TableEntry[];
    readonly sequences: readonly StoredSequence[];
  }[];
}

const manifestFile = 'manifest.json';

/**
 * Writes every table of the databases into an empty folder: COPY text, gzipped, each database in one snapshot.
 * Sealed columns stay sealed: keep the data keys (HUTONG_DATA_KEYS, or the data folder's `data-keys`) beside the backup, not in it.
 */
export async function backup(
  databases: readonly NamedDatabase[],
  folder: string,
  options: BackupOptions = {},
): Promise<BackupManifest> {
  await makeEmptyFolder(folder);
  const entries: BackupManifest['databases'][number][] = [];
  for (const database of databases) {
    entries.push(await withClient(database.url, (sql) => backupDatabase(sql, database.name, folder, options)));
  }
  const manifest: BackupManifest = { format: 1, databases: entries };
  await writeFile(join(folder, `${manifestFile}.new`), JSON.stringify(manifest, null, 2), { mode: 0o600 });
  await rename(join(folder, `${manifestFile}.new`), join(folder, manifestFile));
  return manifest;
}

/**
 * Reads a backup into databases that are migrated to the same schema and empty. All of them, and all files of the backup, are checked
 * before the first row is written; each database is one transaction. When one of them fails, those before it stay filled and marked:
 * the same restore, run again, goes on with the others. Positions of the change log from before do not hold afterwards.
 */
export async function restore(
  databases: readonly NamedDatabase[],
  folder: string,
  options: BackupOptions = {},
): Promise<BackupManifest> {
  const { manifest, digest } = await readManifest(folder);
  const waiting: BackupManifest['databases'][number][] = [];
  for (const entry of manifest.databases) {
    const isRestored = await withClient(urlOf(databases, entry.name), (sql) => checkTarget(sql, entry, digest));
    if (!isRestored) waiting.push(entry);
  }
  for (const table of waiting.flatMap(({ tables }) => tables)) await refuseDamaged(table, folder);
  for (const entry of waiting) {
    await withClient(urlOf(databases, entry.name), (sql) => restoreDatabase(sql, { entry, digest }, folder, options));
  }
  for (const { name } of manifest.databases) {
    await withClient(urlOf(databases, name), (sql) => sql`delete from hutong_meta where name = ${unfinished}`);
  }
  return manifest;
}

/** Note in a database that was restored, while others of the same backup are not yet; its value is the manifest's checksum. */
const unfinished = 'unfinished_restore';

async function makeEmptyFolder(folder: string): Promise<void> {
  const entries = await openFolder(folder).catch((cause: unknown) => {
    const reason = describeFileError(cause);
    throw new BackupRefused(
      `The folder ${folder} cannot be used: ${reason.en}.`,
      `无法使用目录 ${folder}：${reason.zh}。`,
      { cause },
    );
  });
  if (entries.length > 0) throw new BackupRefused(`The folder ${folder} is not empty.`, `目录 ${folder} 不为空。`);
}

async function openFolder(folder: string): Promise<readonly string[]> {
  makeFolder(folder);
  return readdir(folder);
}

async function backupDatabase(sql: Sql, name: string, folder: string, { onTable }: BackupOptions) {
  await mkdir(join(folder, name), { mode: 0o700 });
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    const migrations = await appliedMigrations(tx);
    const tables: TableEntry[] = [];
    for (const table of await storedTables(tx)) {
      const entry = await backupTable(tx, table, folder, `${name}/${table.name}.copy.gz`);
      tables.push(entry);
      onTable?.(name, table.name, entry.rows);
    }
    return { name, migrations, tables, sequences: [...(await storedSequences(tx))] };
  });
}

async function backupTable(tx: SqlSession, table: StoredTable, folder: string, file: string): Promise<TableEntry> {
  const source = await tx.unsafe(`copy (select ${table.columns.join(', ')} from ${table.sql}) to stdout`).readable();
  const meter = measured();
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  await pipeline(source, meter.stream, gzip, createWriteStream(join(folder, file), { mode: 0o600 }));
  // postgres.js stops reading the socket when the last rows fill the stream, and would never read the end of the command.
  // oxlint-disable-next-line no-underscore-dangle -- Node's name of the hook.
  source._read(0);
  return { name: table.name, columns: table.columns, file, ...meter.result() };
}

async function restoreDatabase(
  sql: Sql,
  { entry, digest }: { readonly entry: BackupManifest['databases'][number]; readonly digest: string },
  folder: string,
  { onTable }: BackupOptions,
): Promise<void> {
  await sql.begin(async (tx) => {
    const tables = new Map((await storedTables(tx)).map((table) => [table.name, table]));
    await withBareTables(tx, async () => {
      for (const table of entry.tables) {
        await restoreTable(tx, table, tables.get(table.name)?.sql ?? '', folder);
        onTable?.(entry.name, table.name, table.rows);
      }
    });
    for (const { name, value } of entry.sequences)
      await tx`select setval(${name}::text::regclass, ${value}::text::bigint)`;
    // Transaction ids are another server's; 3 is older than every transaction, and seq keeps the order.
    if (tables.has('public.changes')) await tx`update changes set txid = '3'::xid8`;
    // Positions are of the other server, too. The logs are told again from their beginning: who takes a change in again keeps what it has.
    if (tables.has('public.inbox_positions')) await tx`delete from inbox_positions`;
    // A receiver that was backed up later than this one may know numbers that were given out since: they are not given out again.
    if (tables.has('public.changes'))
      await tx`select setval(pg_get_serial_sequence('changes', 'seq'), (select coalesce(max(seq), 0) + 1000000 from changes))`;
    await tx`insert into hutong_meta values (${unfinished}, ${digest}) on conflict (name) do update set value = excluded.value`;
  });
  await sql`analyze`;
}

async function restoreTable(tx: SqlSession, entry: TableEntry, target: string, folder: string): Promise<void> {
  const copy = await copyIn(tx, `copy ${target} (${entry.columns.join(', ')}) from stdin`);
  const sent = pipeline(createReadStream(join(folder, entry.file)), createGunzip(), copy.target);
  await Promise.race([sent, copy.finished]);
  await copy.finished;
}

async function refuseDamaged(entry: TableEntry, folder: string): Promise<void> {
  const meter = measured();
  const whole = pipeline(createReadStream(join(folder, entry.file)), createGunzip(), meter.stream.resume());
  const unreadable = await whole.then(
    () => undefined,
    (error: unknown) => error,
  );
  const { rows, sha256 } = meter.result();
  if (unreadable === undefined && rows === entry.rows && sha256 === entry.sha256) return;
  throw new BackupRefused(
    `The file ${entry.file} of the backup is missing or damaged: it does not have the checksum of the manifest.`,
    `备份文件 ${entry.file} 缺失或已损坏：与清单中的校验值不符。`,
    { cause: unreadable },
  );
}

/** Counts and hashes COPY text that flows through. */
function measured() {
  const hash = createHash('sha256');
  let rows = 0;
  let result = { rows: 0, sha256: '' };
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows += 1;
      done(null, chunk);
    },
    flush(done) {
      result = { rows, sha256: hash.digest('hex') };
      done();
    },
  });
  return { stream, result: () => result };
}

/** Whether an interrupted restore of this very backup has filled the database already; refuses one that does not fit or is in use. */
async function checkTarget(sql: Sql, entry: BackupManifest['databases'][number], digest: string): Promise<boolean> {
  const migrations = await appliedMigrations(sql);
  const tables = await storedTables(sql);
  if (migrations.join() !== entry.migrations.join() || shape(tables) !== shape(entry.tables)) {
    throw new BackupRefused(
      `The database ${entry.name} has another schema than the backup (${migrations.length} migrations, the backup ${entry.migrations.length}).`,
      `数据库 ${entry.name} 的结构与备份不同（迁移 ${migrations.length} 个，备份 ${entry.migrations.length} 个）。`,
    );
  }
  const [note] = await sql`select value from hutong_meta where name = ${unfinished}`;
  if (note?.['value'] === digest) return true;
  for (const table of tables) {
    const [row] = await sql.unsafe(`select exists (select from ${table.sql}) as filled`);
    if (row?.['filled'] === true)
      throw new BackupRefused(
        `The database ${entry.name} is not empty: ${table.name} has rows.`,
        `数据库 ${entry.name} 不为空：表 ${table.name} 已有数据。`,
      );
  }
  return false;
}

/** Tables and columns as comparable text. */
function shape(tables: readonly { readonly name: string; readonly columns: readonly string[] }[]): string {
  return JSON.stringify(tables.map(({ name, columns }) => [name, columns]));
}

async function readManifest(folder: string): Promise<{ manifest: BackupManifest; digest: string }> {
  const text = await readFile(join(folder, manifestFile), 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new BackupRefused(
      `${folder} holds no finished backup (no ${manifestFile}).`,
      `${folder} 中没有完整的备份（缺少 ${manifestFile}）。`,
    );
  }
  const manifest = parseManifest(text);
  if (manifest?.format === 1) return { manifest, digest: createHash('sha256').update(text).digest('hex') };
  throw new BackupRefused(
    `The manifest of the backup ${folder} is none that this release knows.`,
    `本版本无法识别备份 ${folder} 的清单。`,
  );
}

function parseManifest(text: string): BackupManifest | undefined {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- We wrote it ourselves; its files are checked by their checksums.
    return JSON.parse(text) as BackupManifest;
  } catch {
    return undefined;
  }
}

function urlOf(databases: readonly NamedDatabase[], name: string): string {
  const found = databases.find((database) => database.name === name);
  if (found !== undefined) return found.url;
  throw new BackupRefused(
    `The backup holds a database ${name}, which is not configured here.`,
    `备份中的数据库 ${name} 未在此处配置。`,
  );
}

async function withClient<R>(url: string, work: (sql: Sql) => Promise<R>): Promise<R> {
  const sql = connect(url, { max: 1, lasting: true, applicationName: 'hutong-backup' });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
