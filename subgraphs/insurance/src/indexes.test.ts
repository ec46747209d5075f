import {
  comparableColumns,
  createTestDatabase,
  type Database,
  indexedColumns,
  referringColumns,
  trigramColumns,
} from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import type { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrations } from './sample-caller.ts';
import { claims } from './tables/claim.ts';
import { twoDiseaseRegistrations } from './tables/coverage.ts';
import { fundAlerts } from './tables/fund.ts';
import { paymentOrders } from './tables/online-payment.ts';
import { designatedProviders, dipGroups, drgCases, drgGroups } from './tables/payment.ts';
import { priceItems } from './tables/policy.ts';

const tables: Readonly<Record<string, PgTable>> = {
  Claim: claims,
  DesignatedProvider: designatedProviders,
  DipGroup: dipGroups,
  DrgCase: drgCases,
  DrgGroup: drgGroups,
  FundAlert: fundAlerts,
  PaymentOrder: paymentOrders,
  PriceItem: priceItems,
  TwoDiseaseRegistration: twoDiseaseRegistrations,
};

const sdl = loadSubgraphSdl('insurance');

/** Rows are always read under these: those of a resident, and the groups of a version. */
const owners = ['resident_id', 'version'];

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
});
afterAll(() => database.close());

test('every column that can be filtered or sorted by leads an index, or follows its owner in one', async () => {
  const indexed = await indexedColumns(database.sql, owners);
  const wanted = comparableColumns(sdl, tables);
  expect(wanted.length).toBeGreaterThan(25);
  expect(wanted.filter((column) => !indexed.has(column))).toEqual([]);
});

test('every column that names a row of this database is a foreign key', async () => {
  const names = ['plan_key', 'claim_no', 'group_code', 'group_version'];
  const columns = await referringColumns(database.sql, names);
  expect(columns.length).toBe(6);
  expect(columns.filter(({ isKey }) => !isKey)).toEqual([]);
  await expect(
    database.sql`insert into drg_cases (resident_id, no, encounter_no, provider_code, month, cost, outlier, payable, fund_payable, hospital_balance)
      values ('rs_0000000000WA', 1, 1, 'H32032200001', '2024-03', 1, 'NORMAL', 1, 1, 0)`,
  ).rejects.toThrow('drg_cases_claim');
});

test('every text that can be searched for a part of it has an index of trigrams', async () => {
  const indexed = await trigramColumns(database.sql);
  const searched = comparableColumns(sdl, tables, { filter: 'TextFilter' });
  expect(searched.length).toBeGreaterThan(0);
  expect(searched.filter((column) => !indexed.has(column))).toEqual([]);
});
