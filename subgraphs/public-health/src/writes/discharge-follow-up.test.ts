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

test('a discharge makes a follow-up due within seven days, three after a stroke, and none where there is nothing to follow', async () => {
  const changes = [
    discharge(1, { followUp: true, earlyFollowUp: false }),
    discharge(2, { followUp: true, earlyFollowUp: true }),
    discharge(3, { followUp: false, earlyFollowUp: false }),
    discharge(1, { followUp: true, earlyFollowUp: false }),
  ];
  const businessTime = '2024-05-12T10:00:00+08:00';
  await subgraph.takeIn({ source: 'institutions', after: startOfChanges, changes, position: '3-1', businessTime });
  const rows = await database.sql`
    select resident_id, encounter_no, discharged_on, due_by from discharge_follow_ups order by encounter_no`;
  expect([...rows]).toEqual([
    { resident_id: 'rs_0123456789AB', encounter_no: 1, discharged_on: '2024-05-12', due_by: '2024-05-19' },
    { resident_id: 'rs_0123456789AB', encounter_no: 2, discharged_on: '2024-05-12', due_by: '2024-05-15' },
  ]);
});
