import { createTestDatabase, startOfChanges, type Database, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createPublicHealth, migrations } from '../subgraph.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  subgraph = createPublicHealth({ database });
});
afterAll(() => database.close());

/** A discharge, as institutions tells of it. */
const discharge = (no: number, payload: object) =>
  ({
    position: `${no}-1`,
    at: '2024-05-12T09:00:00+08:00',
    type: 'Encounter',
    id: `en_0123456789AB_${no}`,
    kind: 'UPDATED',
    residentId: 'rs_0123456789AB',
    payload: { class: 'INPATIENT', institutionId: 'in_1', dischargedOn: '2024-05-12', ...payload },
  }) as const;

test('a discharge makes a follow-up due until the day that is told, once, and none where nobody is to follow up', async () => {
  const changes = [
    discharge(1, { followUpDueOn: '2024-05-19' }),
    discharge(2, { followUpDueOn: '2024-05-15' }),
    discharge(3, { followUpDueOn: null }),
    discharge(1, { followUpDueOn: '2024-05-19' }),
    discharge(4, { ended: true }),
  ];
  const businessTime = '2024-05-12T10:00:00+08:00';
  await subgraph.takeIn({ source: 'institutions', after: startOfChanges, changes, position: '4-1', businessTime });
  const rows = await database.sql`
    select resident_id, encounter_no, institution_id, discharged_on, due_by from discharge_follow_ups order by encounter_no`;
  const owed = { resident_id: 'rs_0123456789AB', institution_id: 'in_1', discharged_on: '2024-05-12' };
  expect([...rows]).toEqual([
    { ...owed, encounter_no: 1, due_by: '2024-05-19' },
    { ...owed, encounter_no: 2, due_by: '2024-05-15' },
  ]);
});
