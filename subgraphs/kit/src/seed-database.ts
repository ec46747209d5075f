import { demoAsOf, readSeeding, recordSeeding } from './clock.ts';
import type { KeyRing } from './crypto/key-ring.ts';
import { recordKeys } from './crypto/open-key-ring.ts';
import { withBareTables } from './database/bare-tables.ts';
import { storedTables, type StoredTable } from './database/catalogue.ts';
import { connect, type Database, type SqlSession } from './database/open-database.ts';
import type { TableProgress } from './database/table-batch.ts';
import type { SeedOptions, SubgraphPackage } from './subgraph-package.ts';

/** How one database is seeded. */
export interface SeedRun {
  /** Empties the tables first; without it, a database that was seeded or holds anybody's rows is left as it is. */
  readonly replace?: boolean;
  readonly onProgress?: (progress: TableProgress) => void;
}

/** One table's load; its seconds include making the rows. */
export interface SeededTable {
  readonly table: string;
  readonly rows: number;
  readonly seconds: number;
}

/** What became of a database. */
export type SeedOutcome =
  | { readonly kind: 'kept' }
  | {
      readonly kind: 'seeded';
      readonly rows: number;
      readonly seconds: number;
      readonly rowsPerSecond: number;
      readonly tables: readonly SeededTable[];
    };

/** One lock for all who seed a database ("hutseed" in ASCII). */
const seedingLock = '29402540590589284';

/** The kit's note about the database; a migrated database may have it filled without holding data. */
const metaTable = 'public.hutong_meta';

const kept: SeedOutcome = { kind: 'kept' };

/**
 * Fills a migrated database from the demo region, in one transaction: it is seeded whole or stays as it was. Several processes may call
 * it at once; all but the first wait and then keep what they find. While it replaces, readers of the database wait for its end.
 */
export async function seedDatabase(
  database: Pick<Database, 'url'>,
  subgraph: Pick<SubgraphPackage, 'seed'>,
  keys: KeyRing,
  options: SeedOptions,
  run: SeedRun = {},
): Promise<SeedOutcome> {
  const sql = connect(database.url, { max: 1, lasting: true, applicationName: 'hutong-seed' });
  try {
    if (run.replace !== true && (await readSeeding(sql)) !== undefined) return kept;
    return await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(${seedingLock}::bigint)`;
      const tables = await storedTables(tx);
      if (run.replace !== true && (await isInUse(tx, tables))) return kept;
      const outcome = await fill(tx, tables, subgraph.seed(tx, keys, options), run);
      await recordKeys(tx, keys);
      await recordOptions(tx, options);
      return outcome;
    });
  } finally {
    await sql.end();
  }
}

/** Of what region a seeded database holds its part; undefined when it was not seeded. */
export async function readSeedingOptions(sql: SqlSession): Promise<SeedOptions | undefined> {
  const [row] = await sql`select value from hutong_meta where name = ${optionsNote}`;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- recordOptions wrote it.
  return row === undefined ? undefined : (JSON.parse(String(row['value'])) as SeedOptions);
}

async function recordOptions(tx: SqlSession, options: SeedOptions): Promise<void> {
  await tx`
    insert into hutong_meta (name, value) values (${optionsNote}, ${JSON.stringify(options)})
    on conflict (name) do update set value = excluded.value`;
}

const optionsNote = 'seed_options';

async function isInUse(tx: SqlSession, tables: readonly StoredTable[]): Promise<boolean> {
  if ((await readSeeding(tx)) !== undefined) return true;
  const filled = tables
    .filter(({ name }) => name !== metaTable)
    .map((table) => `exists (select from ${table.sql})`)
    .join(' or ');
  const [found] = await tx.unsafe(`select ${filled} as filled`);
  return found?.['filled'] === true;
}

/** Tables truncated in the same transaction take COPY without write-ahead log where the server keeps no replicas. */
async function fill(
  tx: SqlSession,
  tables: readonly StoredTable[],
  progress: AsyncIterable<TableProgress>,
  { onProgress }: SeedRun,
): Promise<SeedOutcome> {
  const started = performance.now();
  await tx.unsafe(`truncate ${tables.map((table) => table.sql).join(', ')} restart identity`);
  const measured = new Map<string, SeededTable>();
  let last = started;
  await withBareTables(tx, async () => {
    for await (const { table, rows } of progress) {
      const now = performance.now();
      const seconds = (measured.get(table)?.seconds ?? 0) + (now - last) / 1000;
      measured.set(table, { table, rows, seconds });
      last = now;
      onProgress?.({ table, rows });
    }
  });
  await recordSeeding(tx, { asOf: demoAsOf, seededAt: new Date().toISOString() });
  await tx`analyze`;
  const seconds = (performance.now() - started) / 1000;
  const rows = [...measured.values()].reduce((sum, table) => sum + table.rows, 0);
  return { kind: 'seeded', rows, seconds, rowsPerSecond: Math.round(rows / seconds), tables: [...measured.values()] };
}
