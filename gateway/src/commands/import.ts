import {
  businessClock,
  checkKeys,
  count,
  createProgress,
  findImportTarget,
  importFile,
  importTableNames,
  openKeyRing,
  readSeeding,
  toInstant,
  type Database,
  type ImportOptions,
  type ImportSummary,
} from '@hutong/kit';
import { migrateDatabases } from '../colocated-databases.ts';
import { subgraphPackages } from '../colocated-packages.ts';
import { ConfigError, readCommandConfig, type CommandConfig } from '../config.ts';
import { runCommand, withDatabases } from './run-command.ts';

const usage =
  'npm run import -- <subgraph>/<table> FILE [--dry-run] [--rejects FILE] [--encoding utf-8|utf-16le|gbk|gb18030]';

/** Exit code of an import that came to its end but rejected rows. */
const someRejected = 2;

/** `npm run import`: a CSV or NDJSON file into one table. */
await runCommand(async () => {
  const config = readCommandConfig({ usage, words: 2, texts: ['rejects', 'encoding'], flags: ['dry-run'] });
  const [place = '', file = ''] = config.words;
  const { name, target } = findTarget(place);
  await withDatabases(config.store, async (databases) => {
    await migrateDatabases(databases, subgraphPackages);
    const database = databases.get(name);
    if (database === undefined) throw new TypeError(`no database of ${name} is open`);
    const progress = createProgress(process.stderr);
    const started = performance.now();
    const summary = await importFile({
      ...(await optionsOf(config, name, database)),
      target,
      file,
      rejects: config.texts['rejects'] ?? `${file}.rejects.csv`,
      onProgress: ({ rows, bytesRead, bytesTotal }) => {
        const rate = count((rows / (performance.now() - started)) * 1000);
        progress.show({ lane: place, done: bytesRead, total: bytesTotal, text: `${count(rows)} rows, ${rate} rows/s` });
      },
    }).finally(() => progress.end());
    tell(summary, config.texts['rejects'] ?? `${file}.rejects.csv`);
  });
});

function findTarget(place: string) {
  const [name, table = ''] = place.split('/');
  const subgraph = subgraphPackages.find((known) => known.name === name);
  const target = subgraph === undefined ? undefined : findImportTarget(subgraph, table);
  if (subgraph !== undefined && target !== undefined) return { name: subgraph.name, target };
  const known = subgraphPackages.flatMap(importTableNames).join(', ');
  throw new ConfigError(`"${place}" cannot be filled from a file; these can: ${known}. ${usage} 可导入的表如上。`);
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
  console.log(`read 读取 ${count(read)}, ${count(read / Math.max(seconds, 0.001))} rows/s`);
  console.log(`created 新增 ${count(created)}, updated 更新 ${count(updated)}, unchanged 未变 ${count(unchanged)}`);
  if (summary.unknownColumns.length > 0) {
    console.log(`columns left out 忽略的列: ${summary.unknownColumns.join(', ')}`);
  }
  console.log(`rejected 拒收 ${count(rejected)}${rejected === 0 ? '' : `, listed in 详见 ${rejectsFile}`}`);
  for (const [code, times] of Object.entries(summary.faults)) console.log(`  ${code} ${count(times)}`);
  if (rejected > 0) process.exitCode = someRejected;
}
