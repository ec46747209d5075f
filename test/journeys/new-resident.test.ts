import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { personaIds } from '@hutong/gateway';
import { createKeyRing, type Database, importFile, parseDataKeys } from '@hutong/kit';
import { publicHealthPackage } from '@hutong/public-health';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { startJourney, type Journey } from './journey.ts';

let journey: Journey;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-new-resident-'));
  journey = await startJourney();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await journey.close();
});

const { in_pei_longgu: town } = personaIds;
const newcomer = 'rs_NEWC0MER0001';

test('a resident whom a file registers in public health can be cared for in institutions a moment later, not before', async () => {
  const doctor = journey.as('family-doctor');
  const visit = {
    residentId: newcomer,
    institutionId: town,
    class: 'OUTPATIENT',
    startedAt: '2024-12-31T09:00:00+08:00',
  };
  expect(await doctor.isRefused('recordEncounter', visit)).toEqual(['NOT_FOUND input.residentId']);

  const [home = '', nextHome = ''] = await villages();
  expect(await register(home)).toMatchObject({ created: 1, faults: {} });
  const known = { timeout: 20_000, interval: 200 };
  await vi.waitFor(async () => {
    const { encounter } = await doctor.does('recordEncounter', visit, 'encounter { id }');
    expect(encounter).toEqual({ id: expect.stringMatching(/^en_NEWC0MER0001_/) });
  }, known);
  expect(await projection()).toEqual([{ region_code: home, status: 'ACTIVE' }]);

  expect(await register(nextHome)).toMatchObject({ updated: 1 });
  await vi.waitFor(async () => expect(await projection()).toMatchObject([{ region_code: nextHome }]), known);
});

/** Two villages of the region. */
async function villages(): Promise<readonly string[]> {
  const rows = await institutions().sql<{ code: string }[]>`
    select distinct region_code as code from resident_projections order by 1 limit 2`;
  return rows.map(({ code }) => code);
}

async function projection() {
  const rows = await institutions().sql`
    select region_code, status from resident_projections where resident_id = ${newcomer}`;
  return [...rows];
}

function institutions(): Database {
  const database = journey.databases['institutions'];
  if (database === undefined) throw new TypeError('institutions has no database');
  return database;
}

async function register(village: string) {
  const [target] = publicHealthPackage
    .importTargets({ allowSynthetic: true })
    .filter(({ type }) => type === 'Resident');
  const file = join(folder, 'residents.csv');
  const header = '居民主索引,证件号码,姓名,性别,出生日期,户籍区划,现住区划,常住类型';
  writeFileSync(file, `${header}\n${newcomer},990322190402299919,王某,1,1904-02-29,${village},${village},1\n`);
  if (target === undefined) throw new TypeError('residents cannot be imported');
  return importFile({
    url: journey.databases['public-health']?.url ?? '',
    target,
    file,
    rejects: join(folder, 'rejects.csv'),
    keys: createKeyRing(parseDataKeys(inject('dataKeys'))),
    at: '2024-12-31T23:59:59+08:00',
  });
}
