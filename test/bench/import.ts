import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, createKeyRing, createTestDatabase, generateDataKeys, importFile, parseDataKeys } from '@hutong/kit';
import { publicHealthPackage } from '@hutong/public-health';
import { citizenNumber } from '../citizen-number.ts';
import { startTestServer } from '../database.ts';

/** `npm run bench:import -- [ROWS]`: resident rows through the import, twice; tells rows per second and peak memory of this process. */
const rows = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'hutong-bench-'));
const village = '320322100200';

/** A generated resident: 999 of them share a birthday. */
function residentLine(index: number): string {
  const day = new Date(Date.UTC(1940, 0, 1 + Math.floor(index / 999))).toISOString().slice(0, 10);
  const serial = (index % 999) + 1;
  const sex = serial % 2 === 1 ? 1 : 2;
  return `${citizenNumber(day, serial)},王某,${sex},${day},${village},${village},1,19900001234,龙固村${index}号\n`;
}

async function writeResidents(file: string): Promise<void> {
  const stream = createWriteStream(file);
  stream.write('证件号码,姓名,性别,出生日期,户籍区划,现住区划,常住类型,电话,现住址\n');
  for (let index = 0; index < rows; index += 1) {
    if (!stream.write(residentLine(index))) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

const server = await startTestServer();
try {
  const file = join(folder, 'residents.csv');
  await writeResidents(file);
  const database = await createTestDatabase(server.url, { migrations: publicHealthPackage.migrations });
  await database.sql`insert into divisions (code, name) values (${village}, '龙固村')`;
  const target = publicHealthPackage.importTargets({ allowSynthetic: true }).find(({ type }) => type === 'Resident');
  if (target === undefined) throw new TypeError('residents cannot be imported');
  const keys = createKeyRing(parseDataKeys(generateDataKeys()));
  console.log(`${count(rows)} residents, ${count(statSync(file).size / 1e6)} MB`);
  for (const run of ['first run', 'again']) {
    let told = 0;
    const summary = await importFile({
      url: database.url,
      target,
      file,
      keys,
      rejects: `${file}.rejects.csv`,
      at: '2024-12-31T08:00:00+08:00',
      onProgress: (progress) => {
        if (progress.rows < told + rows / 10) return;
        told = progress.rows;
        console.log(`${run}: ${count(told)} rows, peak memory so far ${peakMemory()}`);
      },
    });
    const { created, updated, unchanged, rejected, seconds } = summary;
    console.log(
      `${run}: created ${count(created)}, updated ${count(updated)}, unchanged ${count(unchanged)}, rejected ${count(rejected)}; ` +
        `${count(rows / seconds)} rows/s, peak memory ${peakMemory()}`,
    );
  }
  await database.close();
} finally {
  await server.close();
  rmSync(folder, { recursive: true });
}

function peakMemory(): string {
  return `${count(process.resourceUsage().maxRSS / 1024)} MB`;
}
