import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createTestDatabase, type Database, type SqlEvent, type Subgraph, type SubgraphResponse } from '@hutong/kit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from './sample-caller.ts';
import { insertSampleRows } from './sample-rows.ts';
import { createInstitutions, migrations } from './subgraph.ts';

let database: Database;
let subgraph: Subgraph;
let statements: string[] = [];
const listener = (event: unknown): void => {
  // The channel carries only what kit/read/statement.ts publishes.
  statements.push((event as SqlEvent).text);
};

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());
beforeEach(() => {
  statements = [];
  subscribe('hutong:sql', listener);
});
afterEach(() => {
  unsubscribe('hutong:sql', listener);
});

/** Tables read, one entry for each statement, in alphabetical order. */
function tablesRead(): string[] {
  return statements
    .map((text) => / (?:from|join) "(\w+)"/.exec(text)?.[1] ?? text)
    .toSorted((a, b) => a.localeCompare(b));
}

describe('places', () => {
  test('an institution names its place, its parent, its beds and its codes', async () => {
    const query = `{ institution(id: "in_TOWN") {
      name class { system code display displayEn } isPrimaryCare level
      region { code name parent { code } } parentInstitution { id } subsidiaries { totalCount nodes { id } }
      licence { number subjects { display } status } location { longitude latitude } capabilityGrade { displayEn }
      departments { name subject { display } } beds { class open occupied free } memberships { role alliance { name } }
    } }`;
    expect(await ask(subgraph, query)).toEqual({
      data: {
        institution: {
          name: '龙固镇卫生院（示例）',
          class: {
            system: 'WS 218',
            code: 'C210',
            display: '中心卫生院',
            displayEn: 'Central township hospital',
          },
          isPrimaryCare: true,
          level: 'L1',
          region: { code: '320322100', name: '龙固镇', parent: { code: '320322' } },
          parentInstitution: { id: 'in_LEAD' },
          subsidiaries: { totalCount: 1, nodes: [{ id: 'in_CLINIC' }] },
          licence: { number: 'PDY00001X', subjects: [{ display: '全科医疗科' }, { display: '内科' }], status: 'VALID' },
          location: { longitude: 116.93, latitude: 34.74 },
          capabilityGrade: { displayEn: 'Equal to level two, grade B' },
          departments: [{ name: '全科', subject: { display: '全科医疗科' } }],
          beds: [{ class: 'REHAB', open: 40, occupied: 41, free: 0 }],
          memberships: [{ role: 'MEMBER', alliance: { name: '沛县人民医院医共体（示例）' } }],
        },
      },
    });
  });

  test('a division has the institutions and alliances of all levels below it, at one statement a table', async () => {
    const query = `{ regions(level: COUNTY, parentCode: "3203") { nodes {
      code children { code } institutions { totalCount nodes { id } } alliances { nodes { id } } outreachPoints { id }
    } } }`;
    expect(await ask(subgraph, query)).toEqual({
      data: {
        regions: {
          nodes: [
            {
              code: '320322',
              children: [{ code: '320322100' }, { code: '320322101' }],
              institutions: { totalCount: 3, nodes: [{ id: 'in_CLINIC' }, { id: 'in_LEAD' }, { id: 'in_TOWN' }] },
              alliances: { nodes: [{ id: 'al_ONE' }] },
              outreachPoints: [{ id: 'op_ONE' }],
            },
          ],
        },
      },
    });
    // A page that shows all there is needs no count of its own.
    expect(tablesRead()).toEqual(['alliances', 'institutions', 'outreach_points', 'regions', 'regions']);
  });

  test('filters combine and reach the columns behind references', async () => {
    const query = `{
      primary: institutions(where: { isPrimaryCare: { eq: true }, regionCode: { startsWith: "320322" } }) { nodes { id } }
      some: institutions(where: { or: [{ tier: { eq: CITY } }, { name: { contains: "村" } }], not: { id: { eq: "in_CITY" } } }) { nodes { id } }
      free: bedAvailability(where: { class: { in: [GENERAL, ICU] } }) { nodes { institution { id } free } }
      one: institutionByUscc(uscc: "12320322HX0000001G") { id }
      none: institution(id: "in_NOBODY") { id }
    }`;
    expect(await ask(subgraph, query)).toEqual({
      data: {
        primary: { nodes: [{ id: 'in_CLINIC' }, { id: 'in_TOWN' }] },
        some: { nodes: [{ id: 'in_CLINIC' }] },
        free: { nodes: [{ institution: { id: 'in_LEAD' }, free: 80 }] },
        one: { id: 'in_LEAD' },
        none: null,
      },
    });
  });

  test('only the columns that are asked for are read, and a reference by key alone reads nothing', async () => {
    await ask(subgraph, '{ institutions { nodes { id region { code } } } }');
    expect(statements).toEqual([
      'select "institutions"."id", "institutions"."region_code" from "institutions" order by "institutions"."id" limit $1::integer',
    ]);
  });

  test('pages follow one another in the order asked for, whatever is inserted meanwhile', async () => {
    const query = `query ($after: String) { institutions(orderBy: [{ field: name, direction: DESC }], first: 1, after: $after) {
      nodes { id name } pageInfo { endCursor hasNextPage } } }`;
    const seen: string[] = [];
    let after: unknown = null;
    for (let page = 0; page < 4; page += 1) {
      const { data } = await ask(subgraph, query, { after });
      const { nodes, pageInfo } = institutionsOf(data);
      seen.push(...nodes.map(({ id }) => id), String(pageInfo.hasNextPage));
      after = pageInfo.endCursor;
      if (page === 1) await copyInstitution('in_NEW', '龟先到');
    }
    await database.sql`delete from institutions where id = 'in_NEW'`;
    expect(seen).toEqual(['in_TOWN', 'true', 'in_CLINIC', 'true', 'in_LEAD', 'true', 'in_CITY', 'false']);
  });
});

describe('alliances', () => {
  test('an alliance shows members, centres, key specialties and governance', async () => {
    const query = `{ alliances(kind: COUNTY_COMMUNITY, regionCode: "3203") { nodes {
      lead { id } memberships { institution { name } role } sharedCentres { kind serves { id } }
      keySpecialties { specialty { display } radiates { name } } threeFlows { people care } governance { charter unifiedIt }
      specialtyPlans { leadInstitution { id } }
    } } }`;
    expect(await ask(subgraph, query)).toEqual({
      data: {
        alliances: {
          nodes: [
            {
              lead: { id: 'in_LEAD' },
              memberships: [
                { institution: { name: '沛县人民医院（示例）' }, role: 'LEAD' },
                { institution: { name: '甲村卫生室（示例）' }, role: 'MEMBER' },
                { institution: { name: '龙固镇卫生院（示例）' }, role: 'MEMBER' },
              ],
              sharedCentres: [{ kind: 'ECG', serves: [{ id: 'in_TOWN' }, { id: 'in_CLINIC' }] }],
              keySpecialties: [{ specialty: { display: '内科' }, radiates: [{ name: '沛县' }] }],
              threeFlows: { people: true, care: false },
              governance: { charter: true, unifiedIt: false },
              specialtyPlans: [{ leadInstitution: { id: 'in_LEAD' } }],
            },
          ],
        },
      },
    });
  });

  test('drugs are found in the catalogue of a division and in the stock of present members', async () => {
    const query = `{
      drugCatalogue(regionCode: "320322") { nodes { genericName } }
      old: drugCatalogue(regionCode: "320322", version: "2023") { nodes { id } }
      drugAvailability(allianceId: "al_ONE", drugId: "dg_AML") { institution { id } quantity }
    }`;
    expect(await ask(subgraph, query)).toEqual({
      data: {
        drugCatalogue: { nodes: [{ genericName: '苯磺酸氨氯地平片' }] },
        old: { nodes: [] },
        drugAvailability: [{ institution: { id: 'in_LEAD' }, quantity: '1200.00' }],
      },
    });
  });
});

describe('care', () => {
  test('encounters of all kinds come from one table in one statement, each with its own fields', async () => {
    const query = `{ encounters(where: { residentId: { eq: "rs_0000000000WA" } }, orderBy: [{ field: startedAt }]) { nodes {
      __typename id class startedAt diagnoses { code { code display } }
      ... on OutpatientVisit { waitingMinutes steps { step } } ... on EmergencyVisit { triageLevel }
      ... on InpatientStay { lengthOfStay dischargeMode { display } } ... on HomeVisit { services }
      ... on OnlineConsultation { replies { by { id } text } }
    } } }`;
    const diagnoses = [{ code: { code: 'I10', display: '特发性（原发性）高血压' } }];
    const node = (typeName: string, no: number, startedAt: string, rest: object) => ({
      __typename: typeName,
      id: `en_0000000000WA_${no}`,
      startedAt: `${startedAt}:00:00+08:00`,
      diagnoses,
      ...rest,
    });
    expect(await ask(subgraph, query)).toEqual({
      data: {
        encounters: {
          nodes: [
            node('OutpatientVisit', 1, '2024-05-06T09', {
              class: 'OUTPATIENT',
              waitingMinutes: 12,
              steps: [{ step: 'REGISTER' }],
            }),
            node('EmergencyVisit', 2, '2024-05-07T09', { class: 'EMERGENCY', triageLevel: 1 }),
            node('InpatientStay', 3, '2024-05-07T10', {
              class: 'INPATIENT',
              lengthOfStay: 8,
              dischargeMode: { display: '医嘱转社区卫生服务机构/乡镇卫生院' },
            }),
            node('HomeVisit', 4, '2024-05-20T09', { class: 'HOME', services: ['测血压'] }),
            node('OnlineConsultation', 5, '2024-06-01T09', {
              class: 'ONLINE',
              replies: [{ by: { id: 'pr_ONE' }, text: '请来院测血压' }],
            }),
          ],
        },
      },
    });
    expect(tablesRead()).toEqual(['encounters']);
  });

  test('what hangs on an encounter is read at one statement a table for the whole page', async () => {
    const query = `{ encounters { nodes { id institution { name } prescriptions { id lines { drug { genericName } frequency { display } } }
      reports { id item { display } recognitionDecisions { decision } } documents { title type { display } } } } }`;
    const response = await ask(subgraph, query);
    expect(response.errors).toBeUndefined();
    expect(tablesRead()).toEqual([
      'care_documents',
      'diagnostic_reports',
      'drug_items',
      'encounters',
      'institutions',
      'prescriptions',
      'recognition_decisions',
    ]);
  });

  test('a referral carries its episode, its events and the copied name of who signed it', async () => {
    const query = `{ referrals(where: { toId: { eq: "in_LEAD" }, not: { no: { eq: "x" } }, no: { startsWith: "320322" } }) { totalCount nodes {
      no status timely from { name } toDepartment { name } referrer { id name } receiver { id } attachments { title }
      events { to by { id } } episode { id closed stages { stage } referrals { id direction } }
    } } }`;
    expect(await ask(subgraph, query)).toEqual({
      data: {
        referrals: {
          totalCount: 1,
          nodes: [
            {
              no: '320322202405060001',
              status: 'COMPLETED',
              timely: true,
              from: { name: '龙固镇卫生院（示例）' },
              toDepartment: { name: '内科' },
              referrer: { id: 'pr_ONE', name: '张医生' },
              receiver: { id: 'pr_TWO' },
              attachments: [{ title: '病历摘要' }],
              events: [
                { to: 'SUBMITTED', by: { id: 'pr_ONE' } },
                { to: 'ACCEPTED', by: { id: 'pr_TWO' } },
              ],
              episode: {
                id: 're_0000000000WA_1',
                closed: true,
                stages: [{ stage: 'UP' }, { stage: 'DOWN' }],
                referrals: [
                  { id: 'rf_0000000000WA_1', direction: 'UP' },
                  { id: 'rf_0000000000WA_2', direction: 'DOWN' },
                ],
              },
            },
          ],
        },
      },
    });
  });

  test('documents and reports of one resident, narrowed by type', async () => {
    const query = `{
      documents(residentId: "rs_0000000000WA", types: ["01"]) { nodes { title } }
      all: documents(residentId: "rs_0000000000WA", orderBy: [{ field: createdAt, direction: DESC }]) { nodes { title } }
      diagnosticReports(residentId: "rs_0000000000K1") { totalCount }
    }`;
    expect(await ask(subgraph, query)).toEqual({
      data: {
        documents: { nodes: [{ title: '病历摘要' }] },
        all: { nodes: [{ title: '检查报告' }, { title: '病历摘要' }] },
        diagnosticReports: { totalCount: 0 },
      },
    });
  });
});

describe('references from other subgraphs', () => {
  test('an institution is found by any of its three keys', async () => {
    const of = [
      { __typename: 'Institution', id: 'in_TOWN' },
      { __typename: 'Institution', uscc: '12320322HX0000001G' },
      { __typename: 'Institution', providerCode: 'H32032200003' },
    ];
    expect(await entities(of, '... on Institution { id name }')).toEqual({
      data: {
        _entities: [
          { id: 'in_TOWN', name: '龙固镇卫生院（示例）' },
          { id: 'in_LEAD', name: '沛县人民医院（示例）' },
          { id: 'in_CLINIC', name: '甲村卫生室（示例）' },
        ],
      },
    });
  });

  test('a batch of references of one kind is one statement, also for the interface Encounter', async () => {
    const of = [1, 2, 3, 4, 5].map((no) => ({ __typename: 'Encounter', id: `en_0000000000WA_${no}` }));
    const response = await entities(
      of,
      '__typename ... on Encounter { id startedAt } ... on InpatientStay { lengthOfStay }',
    );
    expect(response).toEqual({
      data: {
        _entities: [
          { __typename: 'OutpatientVisit', id: of[0]?.id, startedAt: '2024-05-06T09:00:00+08:00' },
          { __typename: 'EmergencyVisit', id: of[1]?.id, startedAt: '2024-05-07T09:00:00+08:00' },
          { __typename: 'InpatientStay', id: of[2]?.id, startedAt: '2024-05-07T10:00:00+08:00', lengthOfStay: 8 },
          { __typename: 'HomeVisit', id: of[3]?.id, startedAt: '2024-05-20T09:00:00+08:00' },
          { __typename: 'OnlineConsultation', id: of[4]?.id, startedAt: '2024-06-01T09:00:00+08:00' },
        ],
      },
    });
    expect(tablesRead()).toEqual(['encounters']);
  });

  test('a reference to nothing is an error of its own and leaves the others', async () => {
    const of = [
      { __typename: 'Alliance', id: 'al_NOBODY' },
      { __typename: 'Alliance', id: 'al_ONE' },
    ];
    const response = await entities(of, '... on Alliance { id }');
    expect([response.data, response.errors?.map(({ extensions }) => extensions?.['code'])]).toEqual([
      { _entities: [null, { id: 'al_ONE' }] },
      ['NOT_FOUND'],
    ]);
  });

  test('residents and practitioners, known by reference only, have the care they received and gave', async () => {
    const of = [
      { __typename: 'Resident', id: 'rs_0000000000WA' },
      { __typename: 'Resident', id: 'rs_0000000000K1' },
      { __typename: 'Practitioner', id: 'pr_ONE' },
      { __typename: 'Practitioner', id: 'pr_TWO' },
    ];
    const selection = `... on Resident { id encounters { totalCount } referrals(where: { direction: { eq: DOWN } }) { nodes { status } }
      appointments { nodes { contractId slot { start } } } prescriptions { nodes { isLong } } referralEpisodes { days } }
      ... on Practitioner { id schedule(from: "2024-05-06", to: "2024-05-06") { id } month: encounterCount(period: "2024-05") quarter: encounterCount(period: "2024-Q3") }`;
    expect(await entities(of, selection)).toEqual({
      data: {
        _entities: [
          {
            id: 'rs_0000000000WA',
            encounters: { totalCount: 5 },
            referrals: { nodes: [{ status: 'COMPLETED' }] },
            appointments: {
              nodes: [{ contractId: 'ct_0000000000WA_7', slot: { start: '2024-05-06T09:00:00+08:00' } }],
            },
            prescriptions: { nodes: [{ isLong: true }] },
            referralEpisodes: [{ days: 12 }],
          },
          {
            id: 'rs_0000000000K1',
            encounters: { totalCount: 1 },
            referrals: { nodes: [] },
            appointments: { nodes: [] },
            prescriptions: { nodes: [] },
            referralEpisodes: [],
          },
          { id: 'pr_ONE', schedule: [], month: 5, quarter: 0 },
          { id: 'pr_TWO', schedule: [{ id: 'sl_ONE' }], month: 0, quarter: 0 },
        ],
      },
    });
    expect(tablesRead()).toEqual([
      'appointment_slots',
      'appointment_slots',
      'appointments',
      'encounters',
      'encounters',
      'encounters',
      'prescriptions',
      'referral_episodes',
      'referrals',
    ]);
  });

  test('a period that is none is refused in both languages', async () => {
    const response = await entities(
      [{ __typename: 'Practitioner', id: 'pr_ONE' }],
      '... on Practitioner { encounterCount(period: "May") }',
    );
    expect(response.errors?.map(({ message, extensions }) => [message, extensions?.['messageZh']])).toEqual([
      ['"May" is no period; write 2024-03, 2024-Q1 or 2024', '"May" 不是有效的周期，应写作 2024-03、2024-Q1 或 2024'],
    ]);
  });

  test('a snapshot is found by its compound key', async () => {
    const key = { subjectType: 'REGION', subjectId: '320322', periodType: 'MONTH' };
    const of = ['2024-03', '2024-01'].map((period) => ({ __typename: 'IndicatorSnapshot', ...key, period }));
    expect(await entities(of, '... on IndicatorSnapshot { period visits }')).toEqual({
      data: {
        _entities: [
          { period: '2024-03', visits: 110 },
          { period: '2024-01', visits: 100 },
        ],
      },
    });
    expect(tablesRead()).toEqual(['indicator_snapshots']);
  });
});

test('snapshots of several subjects between two periods are one statement', async () => {
  const query = `{ indicatorSnapshots(subjectType: REGION, subjectIds: ["320322", "3203"], periodType: MONTH, from: "2024-01", to: "2024-02") {
    subjectId period visits capabilityScore } }`;
  expect(await ask(subgraph, query)).toEqual({
    data: {
      indicatorSnapshots: [
        { subjectId: '320322', period: '2024-01', visits: 100, capabilityScore: '81.20' },
        { subjectId: '320322', period: '2024-02', visits: 90, capabilityScore: null },
        { subjectId: '3203', period: '2024-02', visits: 900, capabilityScore: null },
      ],
    },
  });
  expect(tablesRead()).toEqual(['indicator_snapshots']);
});

interface InstitutionsPage {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
}

/** The shape is that of the query above. */
function institutionsOf(data: SubgraphResponse['data']): InstitutionsPage {
  return data?.['institutions'] as InstitutionsPage;
}

describe('what stored rows add up to', () => {
  test('a township hospital of a special area is covered while an alliance of a county hospital has it', async () => {
    const coverage = 'institution { id } region { code specialTypes } alliances { id } covered';
    const query = `{
      central: allianceCoverage(regionCode: "3203", specialTypes: [CENTRAL_TOWN]) { ${coverage} }
      inNeed: allianceCoverage(regionCode: "320322") { ${coverage} } }`;
    const hospital = { institution: { id: 'in_TOWN' }, region: { code: '320322100', specialTypes: ['CENTRAL_TOWN'] } };
    expect(await ask(subgraph, query)).toEqual({
      data: { central: [{ ...hospital, alliances: [], covered: false }], inNeed: [] },
    });
    await database.sql`update alliance_memberships set left_on = null where id = 'am_TOWN'`;
    expect(await ask(subgraph, query)).toEqual({
      data: { central: [{ ...hospital, alliances: [{ id: 'al_ONE' }], covered: true }], inNeed: [] },
    });
    await database.sql`update alliance_memberships set left_on = '2024-06-30' where id = 'am_TOWN'`;
  });

  test('the drugs of a city hospital are matched with those in stock in the county, in one statement', async () => {
    const match = '{ cityDrugs commonDrugs matchRate missing { id } }';
    const query = `{
      same: drugMatch(cityInstitutionId: "in_CITY", countyInstitutionId: "in_LEAD") ${match}
      lacking: drugMatch(cityInstitutionId: "in_CITY", countyInstitutionId: "in_CLINIC") ${match}
      nothing: drugMatch(cityInstitutionId: "in_CLINIC", countyInstitutionId: "in_CITY") ${match} }`;
    expect(await ask(subgraph, query)).toEqual({
      data: {
        same: { cityDrugs: 1, commonDrugs: 1, matchRate: '100.00', missing: [] },
        lacking: { cityDrugs: 1, commonDrugs: 0, matchRate: '0.00', missing: [{ id: 'dg_AML' }] },
        nothing: { cityDrugs: 0, commonDrugs: 0, matchRate: null, missing: [] },
      },
    });
    expect(tablesRead().filter((table) => table === 'drug_stocks')).toHaveLength(3);
  });

  test('the spectrum of diseases counts main diagnoses where they were met, the most frequent first', async () => {
    const query = `{
      county: diseaseSpectrum(regionCode: "320322", period: "2024-05") { rank disease { code } encounters share }
      town: diseaseSpectrum(regionCode: "320322100", period: "2024-05", limit: 1) { encounters share }
      before: diseaseSpectrum(regionCode: "320322", period: "2023") { rank } }`;
    expect(await ask(subgraph, query)).toEqual({
      data: {
        county: [{ rank: 1, disease: { code: 'I10' }, encounters: 5, share: '100.00' }],
        town: [{ encounters: 3, share: '100.00' }],
        before: [],
      },
    });
    expect(tablesRead()).toEqual(['encounters', 'encounters', 'encounters']);
    const wrong = await ask(subgraph, '{ diseaseSpectrum(regionCode: "320322", period: "May", limit: 3) { rank } }');
    expect(wrong.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

/** Asks for entities as the gateway does. */
function entities(representations: readonly object[], selection: string) {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ${selection} } }`;
  return ask(subgraph, query, { of: representations });
}

async function copyInstitution(id: string, name: string): Promise<void> {
  await database.sql`insert into institutions (id, name, class, level, tier, ownership, non_profit, duties, region_code, integrated_management, status, updated_at)
    select ${id}, ${name}, class, level, tier, ownership, non_profit, duties, region_code, integrated_management, status, updated_at
    from institutions where id = 'in_TOWN'`;
}
