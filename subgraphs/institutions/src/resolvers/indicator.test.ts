import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { getTableColumns } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from '../sample-caller.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { indicatorSnapshots } from '../tables/indicator.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

test('a snapshot shows every figure under its own name', async () => {
  const key = { subjectType: 'REGION', subjectId: '320322', periodType: 'YEAR', period: '2024' } as const;
  const names = Object.keys(getTableColumns(indicatorSnapshots)).filter((name) => !(name in key));
  const figures = Object.fromEntries(names.map((name, index) => [name, index + 1]));
  await database.db.insert(indicatorSnapshots).values({ ...key, ...figures });
  const query = `{ indicatorSnapshots(subjectType: REGION, subjectIds: ["320322"], periodType: YEAR, from: "2024", to: "2024") {
    ${names.join(' ')} } }`;
  const answer = await ask(subgraph, query);
  const [snapshot] = Object(answer.data).indicatorSnapshots;
  const shown = Object.entries(Object(snapshot)).map(([name, figure]) => [name, Number(figure)]);
  expect(Object.fromEntries(shown)).toEqual(figures);
});
