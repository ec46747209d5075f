import {
  businessClock,
  checkKeys,
  count,
  createProgress,
  importFile,
  importTargetsByPlace,
  openKeyRing,
  readSeeding,
  toInstant,
  type Database,
  type ImportOptions,
  type ImportSummary,
  type ImportTarget,
} from '@hutong/kit';
import { migrateDatabases } from '../colocated-databases.ts';
import { subgraphPackages } from '../colocated-packages.ts';
import { ConfigError, readCommandConfig, type CommandConfig } from '../config.ts';
import { runCommand, withDatabases } from './run-command.ts';

const usage =
  'npm run import -- <subgraph>/<table> FILE [--dry-run] [--rejects FILE] [--encoding utf-8|utf-16le|gbk|gb18030]';

/** Exit code of an import that came to its end but rejected rows. */
const someRejected = 2;

/** Tables that one file fills together: public health keeps a copy of the divisions, for the addresses of its residents. */
const together: Readonly<Record<string, readonly string[]>> = {
  divisions: ['institutions/regions', 'public-health/divisions'],
};

/** A table and the subgraph that owns it. */
interface Place {
  /** As the command line names it: `institutions/regions`. */
  readonly place: string;
  readonly name: string;
  readonly target: ImportTarget;
}

/** `npm run import`: a CSV or NDJSON file into one table, or into those that share it. */
await runCommand(async () => {
  const config = readCommandConfig({ usage, words: 2, texts: ['rejects', 'encoding'], flags: ['dry-run'] });
  const [word = '', file = ''] = config.words;
  const places = findPlaces(word, config.demo);
  await withDatabases(config.store, async (databases) => {
    await migrateDatabases(databases, subgraphPackages);
    for (const place of places) {
      const given = config.texts['rejects'] ?? `${file}.rejects.csv`;
      const rejects = places.length === 1 ? given : given.replace(/(\.csv)?$/, `.${place.name}$1`);
      await importInto(config, place, { database: databaseOf(databases, place.name), file, rejects });
    }
  });
});

async function importInto(
  config: CommandConfig,
  { place, name, target }: Place,
  { database, file, rejects }: { database: Database; file: string; rejects: string },
): Promise<void> {
  const progress = createProgress(process.stderr);
  const started = performance.now();
  const summary = await importFile({
    ...(await optionsOf(config, name, database)),
    target,
    file,
    rejects,
    onProgress: ({ rows, bytesRead, bytesTotal }) => {
      const rate = count((rows / (performance.now() - started)) * 1000);
      progress.show({ lane: place, done: bytesRead, total: bytesTotal, text: `${count(rows)} rows, ${rate} rows/s` });
    },
  }).finally(() => progress.end());
  tell(summary, rejects);
}

function findPlaces(word: string, demo: boolean): readonly Place[] {
  const known = subgraphPackages.flatMap((subgraph) =>
    [...importTargetsByPlace(subgraph, { allowSynthetic: demo })].map(([place, target]): Place => ({
      place,
      name: subgraph.name,
      target,
    })),
  );
  const found = (together[word] ?? [word]).flatMap((place) => known.find((other) => other.place === place) ?? []);
  if (found.length > 0) return found;
  const words = [...Object.keys(together), ...known.map(({ place }) => place)].join(', ');
  throw new ConfigError(`"${word}" cannot be filled from a file; these can: ${words}. ${usage} 可导入的表如上。`);
}

function databaseOf(databases: ReadonlyMap<string, Database>, name: string): Database {
  const database = databases.get(name);
  if (database === undefined) throw new TypeError(`no database of ${name} is open`);
  return database;
}

async function optionsOf(
  { store, clock, texts, flags }: CommandConfig,
  name: string,
  { url, sql }: Database,
): Promise<Pick<ImportOptions, 'url' | 'keys' | 'at' | 'dryRun' | 'encoding'>> {
  const keys = openKeyRing(store);
  await checkKeys(sql, keys, name);
  const at = toInstant(businessClock(clock, await readSeeding(sql)).now());
  const encoding = encodingOf(texts['encoding']);
  return { url, keys, at, dryRun: flags.has('dry-run'), ...(encoding === undefined ? {} : { encoding }) };
}

/** GBK is a part of GB 18030, and is read as such. */
function encodingOf(text: string | undefined): ImportOptions['encoding'] {
  if (text === undefined || text === 'utf-8' || text === 'utf-16le' || text === 'gb18030') return text;
  if (text === 'gbk') return 'gb18030';
  throw new ConfigError(`--encoding ${text} is not known. ${usage} 不支持该编码。`);
}

function tell(summary: ImportSummary, rejectsFile: string): void {
  const { table, dryRun, encoding, read, created, updated, unchanged, rejected, seconds } = summary;
  console.log(`${table}${dryRun ? ' (dry run: nothing is written 试运行，未写入)' : ''}, ${encoding}`);
  console.log(
    `read 读取 ${count(read)}, ${count(read / Math.max(seconds, 0.001))} rows/s, peak memory 内存峰值 ${count(process.resourceUsage().maxRSS / 1024)} MB`,
  );
  console.log(`created 新增 ${count(created)}, updated 更新 ${count(updated)}, unchanged 未变 ${count(unchanged)}`);
  if (summary.unknownColumns.length > 0) {
    console.log(`columns left out 忽略的列: ${summary.unknownColumns.join(', ')}`);
  }
  console.log(`rejected 拒收 ${count(rejected)}${rejected === 0 ? '' : `, listed in 详见 ${rejectsFile}`}`);
  for (const [code, times] of Object.entries(summary.faults)) console.log(`  ${code} ${count(times)}`);
  if (rejected > 0) process.exitCode = someRejected;
}
