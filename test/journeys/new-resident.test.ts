import { personaIds } from '@hutong/gateway';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { databaseOf, importResidents, startJourney, type Journey } from './journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

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
  const rows = await databaseOf(journey.databases, 'institutions').sql<{ code: string }[]>`
    select distinct region_code as code from resident_projections order by 1 limit 2`;
  return rows.map(({ code }) => code);
}

async function projection() {
  const rows = await databaseOf(journey.databases, 'institutions').sql`
    select region_code, status from resident_projections where resident_id = ${newcomer}`;
  return [...rows];
}

async function register(village: string) {
  const header = '居民主索引,证件号码,姓名,性别,出生日期,户籍区划,现住区划,常住类型';
  return importResidents(journey, [header, `${newcomer},990322190402299919,王某,1,1904-02-29,${village},${village},1`]);
}
