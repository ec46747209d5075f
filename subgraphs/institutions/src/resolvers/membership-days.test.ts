import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from '../sample-caller.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { fillIndicatorSnapshots } from '../seed/indicators.ts';
import { createInstitutions, migrations } from '../subgraph.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  await database.sql`update alliance_memberships set joined_on = '2024-05-01', left_on = '2024-06-30' where id = 'am_TOWN'`;
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

const [before, first, last, after] = ['2024-04-30', '2024-05-01', '2024-06-29', '2024-06-30'];

/** Places at which the alliance has the drug, alliances of the township's hospital, and whether the lead is its own, on a day. */
async function told(day: string): Promise<unknown> {
  const query = `{ drugAvailability(allianceId: "al_ONE", drugId: "dg_AML") { institution { id } }
    allianceCoverage(regionCode: "3203", specialTypes: [CENTRAL_TOWN]) { alliances { id } }
    suggestReferralTargets(fromInstitutionId: "in_TOWN", icd10: "I63.9", first: 50) { institution { id } isOwnLead } }`;
  const { data, errors } = await ask(subgraph, query, {}, { businessTime: `${day}T10:00:00+08:00` });
  expect(errors).toBeUndefined();
  const { drugAvailability, allianceCoverage, suggestReferralTargets } = Object(data);
  return {
    stocked: drugAvailability.map(({ institution }: { institution: { id: string } }) => institution.id),
    coverage: allianceCoverage,
    own: suggestReferralTargets.filter(({ isOwnLead }: { isOwnLead: boolean }) => isOwnLead),
  };
}

test('an institution is a member from the day on which it joins until the day before the one on which it is none any more', async () => {
  const outside = { stocked: ['in_LEAD'], coverage: [{ alliances: [] }], own: [] };
  const inside = {
    stocked: ['in_LEAD', 'in_TOWN'],
    coverage: [{ alliances: [{ id: 'al_ONE' }] }],
    own: [{ institution: { id: 'in_LEAD' }, isOwnLead: true }],
  };
  expect(await told(before)).toEqual(outside);
  expect(await told(first)).toEqual(inside);
  expect(await told(last)).toEqual(inside);
  expect(await told(after)).toEqual(outside);
});

test('indicators of an alliance are those of its members of the day, not of who joins later', async () => {
  const toldOn = async (day: string) => {
    await database.sql.begin(async (sql) => {
      await fillIndicatorSnapshots(sql, { years: [2024], asOf: `${day}T23:59:59+08:00` });
    });
    const of = 'periodType: YEAR, from: "2024", to: "2024"';
    const query = `{ alliance: indicatorSnapshots(subjectType: ALLIANCE, subjectIds: ["al_ONE"], ${of}) { visits }
      county: indicatorSnapshots(subjectType: REGION, subjectIds: ["320322"], ${of}) { coveredPrimaryInstitutions } }`;
    return (await ask(subgraph, query)).data;
  };
  const outside = { alliance: [{ visits: 1 }], county: [{ coveredPrimaryInstitutions: 1 }] };
  const inside = { alliance: [{ visits: 5 }], county: [{ coveredPrimaryInstitutions: 2 }] };
  expect(await toldOn(before)).toEqual(outside);
  expect(await toldOn(first)).toEqual(inside);
  expect(await toldOn(last)).toEqual(inside);
  expect(await toldOn(after)).toEqual(outside);
});
