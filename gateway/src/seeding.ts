import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  count,
  describeSeeding,
  readSeeding,
  readSeedingOptions,
  type Database,
  type Progress,
  type SeedOptions,
  type SeedOutcome,
} from '@hutong/kit';
import type { StoreConfig } from './config.ts';

/** What a seeding thread is told (seeding-worker.ts). */
export interface SeedingOrder {
  readonly name: string;
  readonly url: string;
  readonly store: Pick<StoreConfig, 'data' | 'dataKeys'>;
  readonly options: SeedOptions;
  readonly replace: boolean;
}

/** What a seeding thread tells. */
export type SeedingReport =
  | { readonly kind: 'progress'; readonly table: string; readonly rows: number }
  | { readonly kind: 'done'; readonly outcome: SeedOutcome };

/** How the databases are seeded. */
export interface SeedingRun {
  readonly store: Pick<StoreConfig, 'data' | 'dataKeys'>;
  readonly options: SeedOptions;
  readonly replace: boolean;
  readonly progress: Progress;
  /** Told once, when there is a database to seed, with what is generated in it. */
  readonly onStart?: (options: SeedOptions) => void;
}

/** What the whole seeding did. */
export interface SeedingSummary {
  readonly outcomes: ReadonlyMap<string, SeedOutcome>;
  readonly rows: number;
  readonly seconds: number;
}

/** The longest first, so that all threads end at about the same time. */
const order = ['personnel', 'insurance', 'public-health', 'institutions'];

/**
 * Seeds the databases, as many at a time as there are processors, each in a thread of its own. Databases that were seeded are left as
 * they are unless they are to be replaced. When one fails, what the others wrote stays.
 */
export async function seedDatabases(
  databases: ReadonlyMap<string, Pick<Database, 'url' | 'sql'>>,
  run: SeedingRun,
): Promise<SeedingSummary> {
  const started = performance.now();
  const outcomes = new Map<string, SeedOutcome>();
  const { waiting, options } = await findWaiting(databases, run);
  for (const name of databases.keys()) if (!waiting.includes(name)) outcomes.set(name, { kind: 'kept' });
  if (waiting.length > 0) run.onStart?.(options);
  const seedNext = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const { data, dataKeys } = run.store;
      const url = databases.get(name)?.url ?? '';
      const work = { name, url, store: { data, dataKeys }, options, replace: run.replace };
      const outcome = await seedInThread(work, run.progress);
      outcomes.set(name, outcome);
      run.progress.say(`  ${name}: ${describeSeeding(outcome)}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), waiting.length) }, seedNext));
  } finally {
    run.progress.end();
  }
  const rows = [...outcomes.values()].reduce((sum, outcome) => sum + (outcome.kind === 'seeded' ? outcome.rows : 0), 0);
  return { outcomes, rows, seconds: (performance.now() - started) / 1000 };
}

/** The databases to seed, and with what: the rest of a region whose seeding was cut short is of the same region. */
async function findWaiting(
  databases: ReadonlyMap<string, Pick<Database, 'sql'>>,
  { options, replace }: SeedingRun,
): Promise<{ waiting: string[]; options: SeedOptions }> {
  const waiting: string[] = [];
  let begun: SeedOptions | undefined;
  for (const [name, { sql }] of [...databases].toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))) {
    if (replace || (await readSeeding(sql)) === undefined) waiting.push(name);
    else begun ??= await readSeedingOptions(sql);
  }
  return { waiting, options: begun ?? options };
}

/** What a seeding of several databases did, for a line; undefined when there was nothing to do. */
export function describeSummary({ rows, seconds }: SeedingSummary): string | undefined {
  if (rows === 0) return undefined;
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  return `${count(rows)} rows in ${seconds.toFixed(1)} s, ${count(rows / seconds)} rows/s, peak memory ${count(peak)} MB`;
}

/** The thread's file beside this one: .ts from source, .js when built. */
const workerFile = new URL(`./seeding-worker${extname(import.meta.url)}`, import.meta.url);

function seedInThread(work: SeedingOrder, { show }: Progress): Promise<SeedOutcome> {
  const started = performance.now();
  const total = expectedRows(work.name, work.options);
  const rowsOf = new Map<string, number>();
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: work });
    worker.on('message', (report: SeedingReport) => {
      if (report.kind === 'done') return resolve(report.outcome);
      rowsOf.set(report.table, report.rows);
      const done = [...rowsOf.values()].reduce((sum, rows) => sum + rows, 0);
      const rate = count((done / (performance.now() - started)) * 1000);
      show({ lane: work.name, done, total, text: `${report.table} ${count(report.rows)} rows, ${rate} rows/s` });
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error(`the seeding of ${work.name} ended early`)));
  });
}

/** Rows of institutions and staff, which have their real size, and per resident; measured, for the bars only. */
const expected: Readonly<Record<string, { readonly fixed: number; readonly perResident: number }>> = {
  institutions: { fixed: 75_000, perResident: 8 },
  personnel: { fixed: 910_000, perResident: 0 },
  insurance: { fixed: 72_000, perResident: 5 },
  'public-health': { fixed: 30_000, perResident: 12 },
};

function expectedRows(name: string, { residentsPerPlace, places }: SeedOptions): number {
  const { fixed, perResident } = expected[name] ?? { fixed: 0, perResident: 1 };
  const share = (places?.length ?? 3) / 3;
  return Math.round(share * (fixed + perResident * residentsPerPlace * 3));
}
