import { count, createProgress, type SeedOutcome } from '@hutong/kit';
import { migrateDatabases } from '../colocated-databases.ts';
import { subgraphPackages } from '../colocated-packages.ts';
import { readCommandConfig, seedFlags } from '../config.ts';
import { describeSummary, seedDatabases } from '../seeding.ts';
import { runCommand, withDatabases } from './run-command.ts';

const usage =
  'npm run seed -- [--residents-per-place N] [--years 2022-2024] [--scenario CURRENT|SEED_BASELINE] [--seed TEXT] [--visit-scale X] [--places pei,ningbo,qujing]';

/** `npm run seed`: empties the four databases and generates the demo region anew. */
await runCommand(async () => {
  const { store, seed } = readCommandConfig({ usage, words: 0, texts: seedFlags, demoOnly: true });
  await withDatabases(store, async (databases) => {
    await migrateDatabases(databases, subgraphPackages);
    console.log(
      `Generating the demo region, ${count(seed.residentsPerPlace)} residents per place … 正在生成演示区域 …`,
    );
    const progress = createProgress(process.stdout);
    const summary = await seedDatabases(databases, { store, options: seed, replace: true, progress });
    for (const [name, outcome] of summary.outcomes) showTables(name, outcome);
    console.log(describeSummary(summary));
  });
});

function showTables(name: string, outcome: SeedOutcome): void {
  if (outcome.kind === 'kept') return;
  for (const { table, rows, seconds } of outcome.tables) {
    const rate = seconds > 0 ? count(rows / seconds) : '—';
    console.log(`${`${name}/${table}`.padEnd(44)} ${count(rows).padStart(12)} rows ${rate.padStart(12)} rows/s`);
  }
}
