import { createTestDatabase, startOfChanges, type Database, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sampleKeys } from '../sample-rows.ts';
import { createInsurance, migrations } from '../subgraph.ts';

let database: Database;
let subgraph: Subgraph;
let position = startOfChanges;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  subgraph = createInsurance({ database, keys: sampleKeys });
});
afterAll(() => database.close());

const episodeId = 're_0123456789AB_1';

interface Told {
  readonly scope?: string;
  readonly direction?: string;
  readonly position?: string;
}

/** Delivers one change of a referral, as the relay of institutions does. */
async function deliver(id: string, status: string, day: string, told: Told = {}): Promise<void> {
  const at = `${day}T09:00:00+08:00`;
  const place = Number(position.split('-')[0]) + 1;
  const next = told.position ?? `${place}-${place}`;
  const { scope = 'OUT_OF_COUNTY', direction = 'UP' } = told;
  const payload = { status, scope, direction, version: 2, toId: 'in_CITY', toProviderCode: 'H32030100001', episodeId };
  const change = {
    position: next,
    at,
    type: 'Referral',
    id,
    kind: 'UPDATED',
    residentId: 'rs_0123456789AB',
    payload,
  } as const;
  const answer = await subgraph.takeIn({
    source: 'institutions',
    after: position,
    changes: [change],
    position: next,
    businessTime: '2024-06-30T09:00:00+08:00',
  });
  expect(answer).toEqual({ position: next, types: ['Institution', 'Referral', 'AllianceMembership'] });
  position = next;
}

async function filings(): Promise<readonly object[]> {
  const rows = await database.sql`
    select referral_no, to_provider_code, "from", "to", status from out_of_area_filings order by no`;
  return [...rows];
}

test('a referral out of the county is filed once, when it is accepted, and the filing ends with it', async () => {
  await deliver('rf_0123456789AB_1', 'SUBMITTED', '2024-05-06');
  expect(await filings()).toEqual([]);
  await deliver('rf_0123456789AB_1', 'ACCEPTED', '2024-05-07');
  await deliver('rf_0123456789AB_1', 'SCHEDULED', '2024-05-08');
  await deliver('rf_0123456789AB_2', 'ACCEPTED', '2024-05-08', { scope: 'INTRA_ALLIANCE' });
  const filed = { referral_no: 1, to_provider_code: 'H32030100001', from: '2024-05-07' };
  expect(await filings()).toEqual([{ ...filed, to: null, status: 'ACTIVE' }]);
  await deliver('rf_0123456789AB_1', 'COMPLETED', '2024-05-20');
  await deliver('rf_0123456789AB_1', 'COMPLETED', '2024-05-21');
  expect(await filings()).toEqual([{ ...filed, to: '2024-05-20', status: 'ENDED' }]);
});

test('a cancelled referral is not filed, though the log tells of its acceptance after that', async () => {
  const before = await filings();
  await deliver('rf_0123456789AB_3', 'CANCELLED', '2024-06-03', { position: '100-11' });
  await deliver('rf_0123456789AB_3', 'ACCEPTED', '2024-06-03', { position: '101-10' });
  expect(await filings()).toEqual(before);
});

test('the way home from a city hospital is no care out of the county', async () => {
  const before = await filings();
  await deliver('rf_0123456789AB_4', 'ACCEPTED', '2024-06-04', { direction: 'DOWN' });
  expect(await filings()).toEqual(before);
});
