import { BackupRefused, checkKeys, count, createProgress, openKeyRing, restore } from '@hutong/kit';
import { migrateDatabases } from '../colocated-databases.ts';
import { subgraphPackages } from '../colocated-packages.ts';
import { readCommandConfig } from '../config.ts';
import { namedDatabases, runCommand, withDatabases } from './run-command.ts';

const advice =
  'A backup is restored by the release that wrote it, into empty databases; HUTONG_DATA=DIR gives new ones.';
const adviceZh = '备份须用同一版本恢复到空数据库；可用 HUTONG_DATA=目录 另建。';

/** `npm run restore -- DIR`: a backup into four empty databases. */
await runCommand(async () => {
  const { store, words } = readCommandConfig({ usage: 'npm run restore -- DIR', words: 1 });
  const [folder = ''] = words;
  await withDatabases(store, async (databases) => {
    await migrateDatabases(databases, subgraphPackages);
    const progress = createProgress(process.stdout);
    const { databases: restored } = await restore(namedDatabases(databases), folder, {
      onTable: (database, table, rows) => progress.say(`${database} ${table} ${count(rows)} rows`),
    }).catch((error: unknown) => {
      if (!(error instanceof BackupRefused)) throw error;
      throw new BackupRefused(`${error.message} ${advice}`, `${error.messageZh}${adviceZh}`, { cause: error });
    });
    const rows = restored.flatMap(({ tables }) => tables).reduce((sum, table) => sum + table.rows, 0);
    console.log(`${count(rows)} rows are restored. 恢复完成。`);
    const keys = openKeyRing(store);
    await Promise.all([...databases].map(([name, { sql }]) => checkKeys(sql, keys, name)));
  });
});
