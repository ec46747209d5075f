import { createTestDatabase, type Database } from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgTable } from 'drizzle-orm/pg-core';
import { buildASTSchema, isEnumType, isInputObjectType, parse } from 'graphql';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrations } from './sample-caller.ts';
import { claims } from './tables/claim.ts';
import { twoDiseaseRegistrations } from './tables/coverage.ts';
import { fundAlerts } from './tables/fund.ts';
import { designatedProviders, dipGroups, drgCases, drgGroups } from './tables/payment.ts';
import { priceItems } from './tables/policy.ts';

const tables: Readonly<Record<string, PgTable>> = {
  Claim: claims,
  DesignatedProvider: designatedProviders,
  DipGroup: dipGroups,
  DrgCase: drgCases,
  DrgGroup: drgGroups,
  FundAlert: fundAlerts,
  PriceItem: priceItems,
  TwoDiseaseRegistration: twoDiseaseRegistrations,
};

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
});
afterAll(() => database.close());

test('every column that can be filtered or sorted by leads an index, or follows its owner in one', async () => {
  const indexed = await indexedColumns();
  const wanted = [...comparableColumns()];
  expect(wanted.length).toBeGreaterThan(25);
  expect(wanted.filter((column) => !indexed.has(column))).toEqual([]);
});

test('every column that names a row of this database is a foreign key', async () => {
  const names = ['plan_key', 'claim_no', 'group_code', 'group_version'];
  const columns = await database.sql<{ name: string; isKey: boolean }[]>`
    select c.relname || '.' || a.attname as name, exists (
      select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey)) as "isKey"
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attname = any(${names})
    order by 1`;
  expect(columns.length).toBe(5);
  expect(columns.filter(({ isKey }) => !isKey)).toEqual([]);
  await expect(
    database.sql`insert into drg_cases (resident_id, no, encounter_no, provider_code, month, cost, outlier, payable, fund_payable, hospital_balance)
      values ('rs_0000000000WA', 1, 1, 'H32032200001', '2024-03', 1, 'NORMAL', 1, 1, 0)`,
  ).rejects.toThrow('drg_cases_claim');
});

test('every text that can be searched for a part of it has an index of trigrams', async () => {
  const rows = await database.sql<{ name: string }[]>`
    select c.relname || '.' || a.attname as name
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_opclass o on o.oid = i.indclass[0]
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] where o.opcname = 'gin_trgm_ops'`;
  const searched = [...comparableColumns('TextFilter')];
  expect(searched.length).toBeGreaterThan(0);
  expect(searched.filter((column) => !rows.some(({ name }) => name === column))).toEqual([]);
});

/** `table.column` of every field of a filter or order, as the contract names them; of one kind of filter when said. */
function* comparableColumns(filter?: string): Generator<string> {
  const schema = buildASTSchema(parse(loadSubgraphSdl('insurance')), { assumeValidSDL: true });
  for (const type of Object.values(schema.getTypeMap())) {
    const [, name = '', kind] = /^(\w+?)(Filter|OrderField)$/.exec(type.name) ?? [];
    if (kind === undefined || schema.getType(`${name}Connection`) === undefined) continue;
    const table = tables[name];
    const inputs = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    const fields = inputs.filter(({ type: of }) => filter === undefined || String(of) === filter).map((of) => of.name);
    const values = isEnumType(type) && filter === undefined ? type.getValues().map((value) => value.name) : [];
    for (const property of [...fields, ...values].filter((field) => !['and', 'or', 'not'].includes(field))) {
      if (table === undefined || !(property in getTableColumns(table))) yield `${name}.${property} has no column`;
      else yield `${getTableName(table)}.${toSnakeCase(property)}`;
    }
  }
}

/** `table.column` of what leads an index, or stands second behind resident_id or the version whose groups are asked for. */
async function indexedColumns(): Promise<ReadonlySet<string>> {
  const rows = await database.sql<{ name: string }[]>`
    select c.relname || '.' || a.attname as name
    from pg_index i join pg_class c on c.oid = i.indrelid
    join pg_attribute f on f.attrelid = i.indrelid and f.attnum = i.indkey[0]
    join pg_attribute a on a.attrelid = i.indrelid
      and (a.attnum = i.indkey[0] or (f.attname in ('resident_id', 'version') and i.indnatts > 1 and a.attnum = i.indkey[1]))`;
  return new Set(rows.map(({ name }) => name));
}
