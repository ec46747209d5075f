import { backup, BackupRefused, count, createProgress, type Database } from '@hutong/kit';
import { readCommandConfig } from '../config.ts';
import { namedDatabases, runCommand, withDatabases } from './run-command.ts';

/** `npm run backup -- DIR`: all four databases to files. */
await runCommand(async () => {
  const { store, words } = readCommandConfig({ usage: 'npm run backup -- DIR', words: 1 });
  const [folder = ''] = words;
  await withDatabases(store, async (databases) => {
    await Promise.all([...databases].map(([name, database]) => refuseUnused(name, database)));
    const progress = createProgress(process.stdout);
    const { databases: saved } = await backup(namedDatabases(databases), folder, {
      onTable: (database, table, rows) => progress.say(`${database} ${table} ${count(rows)} rows`),
    });
    const rows = saved.flatMap(({ tables }) => tables).reduce((sum, table) => sum + table.rows, 0);
    console.log(`${count(rows)} rows are in ${folder}. 备份完成。`);
    console.log(
      'The keys of encrypted columns are not in it: keep HUTONG_DATA_KEYS, or the file data-keys of the data folder, in another place. 备份不含加密密钥，请另行妥善保管。',
    );
  });
});

async function refuseUnused(name: string, { sql }: Database): Promise<void> {
  const [found] = await sql`select to_regclass('public.hutong_meta') is not null as used`;
  if (found?.['used'] === true) return;
  throw new BackupRefused(
    `The database of ${name} holds nothing of Hutong's yet: there is nothing to back up.`,
    `${name} 的数据库中尚无数据，没有可备份的内容。`,
  );
}
