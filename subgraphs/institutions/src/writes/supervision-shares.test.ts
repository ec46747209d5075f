import { createTestDatabase, startOfChanges, type Database, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from '../sample-caller.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

/** The county hospital, the township hospital, and a pharmacy that is no institution. */
const [lead, town, pharmacy] = ['H32032200001', 'H32032200002', 'P32032200009'];

/** Figures at every limit of a hospital, as insurance tells them: none is exceeded. */
const atLimits = {
  total: '100000.00',
  drugs: '35000.00',
  consumables: '20000.00',
  drgCases: '20',
  lowOutliers: '2',
  highOutliers: '1',
};
type Figures = Partial<typeof atLimits>;

/** Takes in what insurance tells of providers in a month; the changes have the numbers from `seq`. */
async function take(seq: number, month: string, told: readonly (readonly [string | undefined, Figures])[]) {
  const at = '2024-06-01T08:30:00+08:00';
  const changes = told.map(([providerCode, figures], index) => ({
    position: `${seq + index}-${seq + index}`,
    at,
    type: 'ProviderMonth',
    id: `${providerCode}/${month}`,
    kind: 'UPDATED' as const,
    residentId: null,
    payload: { providerCode, month, ...atLimits, ...figures },
  }));
  const [reached] = await database.sql`select position from inbox_positions where source = 'insurance'`;
  const after = String(reached?.['position'] ?? startOfChanges);
  const position = `${Number(after.split('-')[0]) + 1}-0`;
  const answer = await subgraph.takeIn({ source: 'insurance', after, changes, position, businessTime: at });
  expect(answer).toEqual({ position, types: ['ProviderMonth'] });
}

/** Raises the alerts of a month and gives those that insurance's figures have raised until now. */
async function raisedOf(month: string, day: string): Promise<readonly string[]> {
  await subgraph.runJob('raiseSupervisionAlerts', `${day}T09:00:00+08:00`);
  const told = await ask(
    subgraph,
    `query ($month: String!) { supervisionAlerts(where: { period: { eq: $month }, ruleId: { in:
      ["DRUG_SHARE", "CONSUMABLE_SHARE", "LOW_OUTLIER_SHARE", "HIGH_OUTLIER_SHARE"] } }) {
      nodes { institution { id } ruleId metric value threshold status causes { totalCount } } } }`,
    { month },
  );
  const { nodes } = Object(told.data).supervisionAlerts;
  return nodes
    .map((alert: Record<string, never>) => {
      const { institution, ruleId, metric, value, threshold, status, causes } = Object(alert);
      return `${institution.id} ${ruleId} ${metric} ${value} > ${threshold} ${status} ${causes.totalCount}`;
    })
    .toSorted();
}

const overDrugs = 'in_LEAD DRUG_SHARE 药占比 36.00 > 35.00 OPEN 0';

test('shares at their limits raise nothing, and a primary-care institution may have more drugs', async () => {
  await take(1, '2024-05', [
    [lead, {}],
    [town, { drugs: '50000.00' }],
    [pharmacy, { drugs: '100000.00' }],
  ]);
  expect(await raisedOf('2024-05', '2024-06-01')).toEqual([]);
});

test('a share above its limit raises an alert with its value, compared unrounded; months without revenue or cases have none', async () => {
  const none = {
    total: '0.00',
    drugs: '0.00',
    consumables: '0.00',
    drgCases: '0',
    lowOutliers: '0',
    highOutliers: '0',
  };
  await take(11, '2024-06', [
    [lead, { drugs: '35000.01', consumables: '20500.00', drgCases: '19', lowOutliers: '2', highOutliers: '1' }],
    [town, { drugs: '50010.00', lowOutliers: '3', highOutliers: '2' }],
  ]);
  await take(13, '2024-07', [
    [lead, none],
    [town, { ...none, total: '10.00' }],
  ]);
  expect(await raisedOf('2024-06', '2024-07-31')).toEqual([
    'in_LEAD CONSUMABLE_SHARE 耗占比 20.50 > 20.00 OPEN 0',
    'in_LEAD DRUG_SHARE 药占比 35.00 > 35.00 OPEN 0',
    'in_LEAD HIGH_OUTLIER_SHARE 高倍率病例占比 5.26 > 5.00 OPEN 0',
    'in_LEAD LOW_OUTLIER_SHARE 低倍率病例占比 10.53 > 10.00 OPEN 0',
    'in_TOWN DRUG_SHARE 药占比 50.01 > 50.00 OPEN 0',
    'in_TOWN HIGH_OUTLIER_SHARE 高倍率病例占比 10.00 > 5.00 OPEN 0',
    'in_TOWN LOW_OUTLIER_SHARE 低倍率病例占比 15.00 > 10.00 OPEN 0',
  ]);
  expect(await raisedOf('2024-07', '2024-08-01')).toEqual([]);
});

test('a month told again raises once; what came late raises more and takes nothing back; an older telling changes nothing', async () => {
  await take(21, '2024-05', [[lead, { drugs: '36000.00' }]]);
  await take(21, '2024-05', [[lead, { drugs: '36000.00' }]]);
  expect(await raisedOf('2024-05', '2024-06-02')).toEqual([overDrugs]);
  await take(23, '2024-05', [[lead, { drugs: '10000.00', lowOutliers: '3' }]]);
  await take(22, '2024-05', [[lead, { highOutliers: '20' }]]);
  const both = [overDrugs, 'in_LEAD LOW_OUTLIER_SHARE 低倍率病例占比 15.00 > 10.00 OPEN 0'];
  expect(await raisedOf('2024-05', '2024-06-03')).toEqual(both);
  await take(24, '2024-05', [[lead, { drugs: '90000.00' }]]);
  await Promise.all(['04', '05'].map((day) => raisedOf('2024-05', `2024-06-${day}`)));
  expect(await raisedOf('2024-05', '2024-06-06')).toEqual(both);
  const changes = await database.sql`select count(*)::integer as told from changes
    where type = 'SupervisionAlert' and payload->>'period' = '2024-05' and payload->>'ruleId' in ('DRUG_SHARE', 'LOW_OUTLIER_SHARE')`;
  expect([...changes]).toEqual([{ told: 2 }]);
});
