import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createTestDatabase, type Database, sealed, type SqlEvent, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from '../sample-caller.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { encounters } from '../tables/encounter.ts';
import { departments } from '../tables/place.ts';
import { residentProjections } from '../tables/projection.ts';

/** Two residents, at home in the county 320322 and in the next one. */
const [native, neighbour] = ['rs_H0ME00000000', 'rs_H0ME00000001'];
const specialties = ['GP', 'INTERNAL', 'OBGYN', 'SURGERY', 'TCM', 'ICU'];
const at = '2023-05-06T09:00:00+08:00';
let database: Database;
let subgraph: Subgraph;
let no = 0;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  const { db } = database;
  await insertSampleRows(db);
  await db.insert(residentProjections).values([
    { residentId: native, regionCode: '320322100001', status: 'DECEASED', seq: 1 },
    { residentId: neighbour, regionCode: '320321100001', status: 'ACTIVE', seq: 1 },
  ]);
  for (const institutionId of ['in_LEAD', 'in_CITY']) {
    await db.insert(departments).values(
      specialties.map((specialty) => ({
        id: departmentOf(institutionId, specialty),
        institutionId,
        subject: specialty,
        name: specialty,
        specialty,
      })),
    );
  }
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

function departmentOf(institutionId: string, specialty: string): string {
  return `de_${institutionId.slice(3)}_${specialty}`;
}

interface Stays {
  readonly at?: string;
  readonly residentId?: string;
  readonly class?: 'INPATIENT' | 'OUTPATIENT';
}

/** So many stays in a department; without a specialty, in none. */
async function addStays(
  count: number,
  [institutionId, specialty]: readonly [string, string?],
  { at: startedAt = at, residentId = native, class: kind = 'INPATIENT' }: Stays = {},
): Promise<void> {
  const rows = Array.from({ length: count }, () => ({
    residentId,
    no: (no += 1),
    class: kind,
    visitNo: sealed(sampleKeys, `ZY${no}`),
    institutionId,
    departmentId: specialty === undefined ? null : departmentOf(institutionId, specialty),
    startedAt,
    diagnoses: [],
    procedures: [],
    isFirstContact: false,
    updatedAt: at,
  }));
  await database.db.insert(encounters).values(rows);
}

async function ranked(args: string, businessTime = '2024-12-31T23:59:59+08:00'): Promise<unknown> {
  const query = `{ outwardTransferRanking(${args}) { rank specialty { code } cases outside share firstMonth lastMonth } }`;
  const { data, errors } = await ask(subgraph, query, {}, { businessTime });
  const codes = (errors ?? []).map(({ message, extensions }) => [extensions?.['code'], message]);
  return errors === undefined ? data?.['outwardTransferRanking'] : codes;
}

const months = { firstMonth: '2021-12', lastMonth: '2024-11' };
const row = (rank: number, code: string, cases: number, outside: number, share: string) => ({
  rank,
  specialty: { code },
  cases,
  outside,
  share,
  ...months,
});

test('S1-33 specialties are ranked by the share of stays out of the county in three years of whole months, from 30 cases on', async () => {
  // Thirty with the stay of the sample.
  await addStays(29, ['in_LEAD', 'INTERNAL']);
  await addStays(10, ['in_CITY', 'INTERNAL'], { at: '2021-12-01T00:00:00+08:00' });
  await addStays(20, ['in_LEAD', 'SURGERY']);
  await addStays(10, ['in_CITY', 'SURGERY'], { at: '2024-11-30T23:59:59+08:00' });
  // As large a share as in internal medicine, of fewer cases; and among equals the code decides.
  await addStays(24, ['in_LEAD', 'TCM']);
  await addStays(8, ['in_CITY', 'TCM']);
  await addStays(24, ['in_LEAD', 'OBGYN']);
  await addStays(8, ['in_CITY', 'OBGYN']);
  // One case too few, whatever its share.
  await addStays(29, ['in_CITY', 'GP']);
  // Not in these months, not in the ward, in no department, not of this county.
  await addStays(30, ['in_CITY', 'ICU'], { at: '2021-11-30T23:59:59+08:00' });
  await addStays(30, ['in_CITY', 'ICU'], { at: '2024-12-01T00:00:00+08:00' });
  await addStays(30, ['in_CITY', 'ICU'], { class: 'OUTPATIENT' });
  await addStays(30, ['in_CITY']);
  await addStays(30, ['in_LEAD', 'ICU'], { residentId: neighbour });

  const county = [
    row(1, 'SURGERY', 30, 10, '33.33'),
    row(2, 'INTERNAL', 40, 10, '25.00'),
    row(3, 'OBGYN', 32, 8, '25.00'),
    row(4, 'TCM', 32, 8, '25.00'),
  ];
  expect(await ranked('regionCode: "320322"')).toEqual(county);
  expect(await ranked('regionCode: "320322100001"')).toEqual(county);
  expect(await ranked('regionCode: "320322", top: 2')).toEqual(county.slice(0, 2));
  // For whoever lives in the next county, the hospital of this one lies outside.
  expect(await ranked('regionCode: "3203"')).toEqual([
    row(1, 'ICU', 30, 30, '100.00'),
    ...county.map((each) => ({ ...each, rank: each.rank + 1 })),
  ]);
});

test('S1-33 the months asked for end with the last whole one; a division that nobody lives in has no ranking', async () => {
  const ofOneYear = (businessTime: string) => ranked('regionCode: "320322", years: 1', businessTime);
  const icu = row(1, 'ICU', 30, 30, '100.00');
  expect(await ofOneYear('2021-12-01T00:00:00+08:00')).toEqual([
    { ...icu, firstMonth: '2020-12', lastMonth: '2021-11' },
  ]);
  expect(await ofOneYear('2021-11-30T23:59:59+08:00')).toEqual([]);
  expect(await ranked('regionCode: "110101"')).toEqual([]);
});

test('S1-33 the ranking is one statement', async () => {
  const texts: string[] = [];
  // The channel carries only what kit/read/statement.ts publishes.
  const listener = (event: unknown): void => void texts.push((event as SqlEvent).text);
  subscribe('hutong:sql', listener);
  await ranked('regionCode: "320322"');
  unsubscribe('hutong:sql', listener);
  expect(texts).toHaveLength(1);
});

test('years outside 1 to 10 and places outside 1 to 50 are refused', async () => {
  const refused = (message: string) => [['BAD_USER_INPUT', message]];
  const of = (rest: string) => ranked(`regionCode: "320322", ${rest}`);
  expect([await of('years: 0'), await of('years: 11'), await of('top: 0'), await of('top: 51')]).toEqual([
    refused('years must be 1 to 10'),
    refused('years must be 1 to 10'),
    refused('top must be 1 to 50'),
    refused('top must be 1 to 50'),
  ]);
  expect([await of('years: 10, top: 50'), await of('years: 1, top: 1')]).toEqual([
    expect.any(Array),
    expect.any(Array),
  ]);
});
