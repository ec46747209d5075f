import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createTestDatabase, type Database, type SqlEvent, type Subgraph } from '@hutong/kit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from './sample-caller.ts';
import { wangIdNumber } from './sample-residents.ts';
import { insertSampleRows } from './sample-rows.ts';
import { createPublicHealth, migrations } from './subgraph.ts';

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
  subgraph = createPublicHealth({ database, keys: sampleKeys });
});
afterAll(() => database.close());
beforeEach(() => {
  statements = [];
  subscribe('hutong:sql', listener);
});
afterEach(() => {
  unsubscribe('hutong:sql', listener);
});

/** The answer's data; fails the test when there are errors. */
async function answer(query: string, variables = {}, businessTime?: string): Promise<unknown> {
  const { data, errors } = await ask(subgraph, query, variables, {
    ...(businessTime !== undefined && { businessTime }),
  });
  expect(errors).toBeUndefined();
  return data;
}

/** What an entity of another subgraph's answer gets here. */
const entities = (fields: string): string => `query ($r: [_Any!]!) { _entities(representations: $r) { ${fields} } }`;

describe('residents', () => {
  test('sealed columns are opened, codes named, references given without a statement', async () => {
    const query = `{ resident(id: "rs_0000000000WA") {
      name idType idNumber phone sex age ethnicity { system code display displayEn } residentType { display }
      addressCurrent { region { code } detail } vulnerability focusGroups region { code } household { id }
    } }`;
    expect(await answer(query)).toEqual({
      resident: {
        name: '王某',
        idType: 'RESIDENT_ID',
        idNumber: '99032219550312001X',
        phone: '19900001234',
        sex: 'MALE',
        age: 69,
        ethnicity: { system: 'GB/T 3304', code: '01', display: '汉族', displayEn: 'Han' },
        residentType: { display: '户籍' },
        addressCurrent: { region: { code: '320322100200' }, detail: '幸福路1号' },
        vulnerability: ['EMPTY_NEST'],
        focusGroups: ['ELDERLY', 'HYPERTENSION', 'STROKE'],
        region: { code: '320322100200' },
        household: { id: 'hh_0000000000H1' },
      },
    });
    expect(statements).toHaveLength(2);
  });

  test('only the columns that are asked for leave the database', async () => {
    await answer('{ residents { nodes { birthDate } } }');
    expect(statements).toEqual([
      'select "residents"."birth_date", "residents"."id" from "residents" order by "residents"."id" limit $1::integer',
    ]);
  });

  test('what follows from the contract is one statement for all residents of a page', async () => {
    const query = `{ residents(orderBy: [{ field: birthDate }]) { nodes {
      id contractStatus activePackageKinds familyDoctorTeamId contract { id validTo team { id } }
    } } }`;
    expect(await answer(query)).toEqual({
      residents: {
        nodes: [
          {
            id: 'rs_0000000000WA',
            contractStatus: 'ACTIVE',
            activePackageKinds: ['ELDERLY', 'PUBLIC_HEALTH'],
            familyDoctorTeamId: 'tm_ONE',
            contract: { id: 'ct_0000000000WA_2', validTo: '2025-02-28', team: { id: 'tm_ONE' } },
          },
          {
            id: 'rs_0000000000K1',
            contractStatus: 'TERMINATED',
            activePackageKinds: [],
            familyDoctorTeamId: null,
            contract: null,
          },
          {
            id: 'rs_0000000000ZH',
            contractStatus: 'NONE',
            activePackageKinds: [],
            familyDoctorTeamId: null,
            contract: null,
          },
        ],
      },
    });
    expect(statements).toHaveLength(2);
  });

  test('the contract of a day is the one in force then, up to and including its end', async () => {
    const query = `{ resident(id: "rs_0000000000K1") {
      before: contract(at: "2024-01-04") { id } last: contract(at: "2024-06-30") { id } after: contract(at: "2024-07-01") { id }
    } }`;
    expect(await answer(query)).toEqual({
      resident: { before: null, last: { id: 'ct_0000000000K1_1' }, after: null },
    });
    expect(statements).toHaveLength(3);
  });

  test('an ACTIVE contract past its end reads as expired', async () => {
    const query = '{ resident(id: "rs_0000000000WA") { contractStatus contract { id } } }';
    expect(await answer(query, {}, '2025-03-01T08:00:00+08:00')).toEqual({
      resident: { contractStatus: 'EXPIRED', contract: null },
    });
  });

  test('someone is found by health record number or, through the keyed hash, by document number', async () => {
    const query = `query ($input: ResidentSearch!) { searchResident(input: $input) { id } }`;
    const found = { searchResident: { id: 'rs_0000000000WA' } };
    expect(await answer(query, { input: { healthRecordNo: '32032210020000001' } })).toEqual(found);
    expect(await answer(query, { input: { idNumber: wangIdNumber.toLowerCase() } })).toEqual(found);
    expect(await answer(query, { input: { idNumber: '11010519491231002X' } })).toEqual({ searchResident: null });
    expect((await ask(subgraph, query, { input: {} })).errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    expect(statements.join(' ')).not.toContain(wangIdNumber);
  });

  test('a reference is answered by id and by health record number', async () => {
    const r = [
      { __typename: 'Resident', id: 'rs_0000000000K1' },
      { __typename: 'Resident', healthRecordNo: '32032210020000001' },
    ];
    expect(await answer(entities('... on Resident { id sex }'), { r })).toEqual({
      _entities: [
        { id: 'rs_0000000000K1', sex: 'FEMALE' },
        { id: 'rs_0000000000WA', sex: 'MALE' },
      ],
    });
  });

  test('a household has its members with their relation to the head', async () => {
    const query = `{ resident(id: "rs_0000000000ZH") { household { headId members { resident { id } relation { display } } } } }`;
    expect(await answer(query)).toEqual({
      resident: {
        household: {
          headId: 'rs_0000000000WA',
          members: [
            { resident: { id: 'rs_0000000000WA' }, relation: { display: '本人或户主' } },
            { resident: { id: 'rs_0000000000K1' }, relation: { display: '女' } },
            { resident: { id: 'rs_0000000000ZH' }, relation: { display: '孙子、孙女或外孙子、外孙女' } },
          ],
        },
      },
    });
    expect(statements).toHaveLength(4);
  });

  test('a page goes on after its cursor, filtered and sorted', async () => {
    const query = `query ($after: String) { residents(
      where: { regionCode: { startsWith: "320322100" }, birthDate: { ge: "1980-01-01" } }
      orderBy: [{ field: birthDate, direction: DESC }] first: 1 after: $after
    ) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`;
    const first = await answer(query);
    expect(first).toMatchObject({
      residents: { totalCount: 2, nodes: [{ id: 'rs_0000000000ZH' }], pageInfo: { hasNextPage: true } },
    });
    const after = endCursorOf(first);
    expect(await answer(query, { after })).toMatchObject({
      residents: { nodes: [{ id: 'rs_0000000000K1' }], pageInfo: { hasNextPage: false } },
    });
  });
});

describe('contracts and fulfilment', () => {
  test('a contract has its structure, packages, changes and tasks, one statement a table', async () => {
    const query = `{ contracts(where: { teamId: { eq: "tm_ONE" }, status: { eq: ACTIVE } }) { totalCount nodes {
      id familyDoctor { id } baseInstitution { id } renewedFrom { id status } packages { code kind }
      events { from to } tasks { id seq status makeUpOf { id } item { name } events { id place evidence { kind } } }
    } } }`;
    expect(await answer(query)).toMatchObject({
      contracts: {
        totalCount: 1,
        nodes: [
          {
            id: 'ct_0000000000WA_2',
            familyDoctor: { id: 'pr_DOCTOR' },
            renewedFrom: { id: 'ct_0000000000WA_1', status: 'RENEWED' },
            packages: [
              { code: 'ELDERLY', kind: 'ELDERLY' },
              { code: 'PUBLIC_HEALTH', kind: 'PUBLIC_HEALTH' },
            ],
            events: [
              { from: null, to: 'PENDING_CONFIRM' },
              { from: 'PENDING_CONFIRM', to: 'ACTIVE' },
            ],
            tasks: [
              { id: 'ft_0000000000WA_3', seq: 1, status: 'MISSED', item: { name: '血压测量' } },
              {
                id: 'ft_0000000000WA_2',
                status: 'DONE',
                makeUpOf: { id: 'ft_0000000000WA_1' },
                item: { name: '健康体检' },
                events: [{ id: 'fe_0000000000WA_1', place: 'HOME', evidence: [{ kind: 'SIGNATURE' }] }],
              },
              { id: 'ft_0000000000WA_4', status: 'WAIVED' },
              { id: 'ft_0000000000WA_5', status: 'DONE' },
              { id: 'ft_0000000000WA_1', status: 'MISSED' },
              { id: 'ft_0000000000WA_6', status: 'PLANNED' },
            ],
          },
        ],
      },
    });
    // Page and total, the renewed contract, packages, changes, tasks, their originals, items and services.
    expect(statements).toHaveLength(9);
  });

  test('a plan counts a task and its make-up once, without waived tasks and those not yet due', async () => {
    const query = `{ fulfilmentPlan(contractId: "ct_0000000000WA_2") { year fulfilmentRate contract { id } tasks { id } }
      other: fulfilmentPlan(contractId: "ct_0000000000WA_2", year: 2023) { year } }`;
    expect(await answer(query)).toEqual({
      fulfilmentPlan: {
        year: 2024,
        fulfilmentRate: '66.67',
        contract: { id: 'ct_0000000000WA_2' },
        tasks: [3, 2, 4, 5, 1, 6].map((no) => ({ id: `ft_0000000000WA_${no}` })),
      },
      other: null,
    });
  });

  test('the dashboard of an institution, a region and an alliance', async () => {
    const part =
      'residentPopulation contracts contractRate focusResidents focusContracts tasksDue tasksDone fulfilmentRate';
    const query = `{
      town: contractDashboard(subjectType: INSTITUTION, subjectId: "in_TOWN") { at ${part} packages { kind contracts } expiringSoon }
      county: contractDashboard(subjectType: REGION, subjectId: "320322") { ${part} }
      alliance: contractDashboard(subjectType: ALLIANCE, subjectId: "al_ONE") { ${part} }
    }`;
    const figures = {
      residentPopulation: 3,
      contracts: 1,
      contractRate: '33.33',
      focusResidents: 2,
      focusContracts: 1,
      tasksDue: 3,
      tasksDone: 2,
      fulfilmentRate: '66.67',
    };
    expect(await answer(query)).toMatchObject({
      town: { at: '2024-12-31', ...figures, expiringSoon: 1 },
      county: figures,
      alliance: figures,
    });
  });
});

describe('what other subgraphs ask', () => {
  test('a practitioner’s signed residents and satisfaction come in two statements for any number of them', async () => {
    const r = ['pr_DOCTOR', 'pr_OTHER'].map((id) => ({ __typename: 'Practitioner', id }));
    const query = entities('... on Practitioner { signedResidentCount contractSatisfaction }');
    expect(await answer(query, { r })).toEqual({
      _entities: [
        { signedResidentCount: 1, contractSatisfaction: '80.00' },
        { signedResidentCount: 0, contractSatisfaction: null },
      ],
    });
    expect(statements).toHaveLength(2);
  });

  test('a team has its contracts, fulfilment, satisfaction and incentive', async () => {
    const r = [{ __typename: 'FamilyDoctorTeam', id: 'tm_ONE' }];
    const query = entities(`... on FamilyDoctorTeam {
      signedCount fulfilmentRate(year: 2024) lastYear: fulfilmentRate(year: 2023) satisfaction(year: 2024)
      incentive(period: "2024-Q1") { amount team { id } } contracts { totalCount }
    }`);
    expect(await answer(query, { r })).toEqual({
      _entities: [
        {
          signedCount: 1,
          fulfilmentRate: '66.67',
          lastYear: null,
          satisfaction: '80.00',
          incentive: { amount: '2010.00', team: { id: 'tm_ONE' } },
          contracts: { totalCount: 3 },
        },
      ],
    });
  });

  test('an institution has its satisfaction, evaluations and funds', async () => {
    const r = [{ __typename: 'Institution', id: 'in_TOWN' }];
    const query = entities(`... on Institution {
      satisfaction(period: "2024-Q2") { period responses score satisfiedShare } none: satisfaction(period: "2024-01") { responses }
      evaluations { nodes { total grade rank dimensions { code score } } } fundAllocations(year: 2024) { amount allocation { source pool } }
    }`);
    expect(await answer(query, { r })).toEqual({
      _entities: [
        {
          satisfaction: { period: '2024-Q2', responses: 2, score: '80.00', satisfiedShare: '75.00' },
          none: null,
          evaluations: {
            nodes: [{ total: '76.26', grade: 'C', rank: 1, dimensions: [{ code: 'CAPABILITY', score: '72.00' }] }],
          },
          fundAllocations: [{ amount: '139812.38', allocation: { source: 'BPH_INCREMENT', pool: '300000.00' } }],
        },
      ],
    });
  });

  test('an alliance’s total is that of its latest evaluation; its population that of the year before at most', async () => {
    const r = [
      { __typename: 'Alliance', id: 'al_ONE' },
      { __typename: 'Alliance', id: 'al_NONE' },
    ];
    const query = entities(
      '... on Alliance { evaluationTotal enrolledPopulation past: enrolledPopulation(year: 2023) }',
    );
    expect(await answer(query, { r })).toEqual({
      _entities: [
        { evaluationTotal: '91.20', enrolledPopulation: 20_000, past: null },
        { evaluationTotal: null, enrolledPopulation: null, past: null },
      ],
    });
  });

  test('a region’s residents by age and sex, from the newest figures known', async () => {
    const r = [
      { __typename: 'Region', code: '320322' },
      { __typename: 'Region', code: '99' },
    ];
    const query = entities(`... on Region {
      residentPopulation elderly: residentPopulation(year: 2024, ageFrom: 65) women: residentPopulation(sex: FEMALE)
      young: residentPopulation(ageTo: 30) before: residentPopulation(year: 2019) targetGroups { group residents contracts }
    }`);
    expect(await answer(query, { r })).toEqual({
      _entities: [
        {
          residentPopulation: 700,
          elderly: 200,
          women: 110,
          young: 500,
          before: 0,
          targetGroups: [{ group: 'ELDERLY', residents: 200, contracts: 150 }],
        },
        { residentPopulation: 0, elderly: 0, women: 0, young: 0, before: 0, targetGroups: [] },
      ],
    });
    expect(statements).toHaveLength(2);
  });

  test('the population of assessments is that of their division and year, in one statement', async () => {
    const r = [
      { __typename: 'ResourceAssessment', id: 'ra_1', region: { code: '320322' }, period: '2024' },
      { __typename: 'ResourceAssessment', id: 'ra_2', region: { code: '320322' }, period: '2019' },
      { __typename: 'ResourceAssessment', id: 'ra_3', region: { code: '99' }, period: '2024-Q1' },
    ];
    expect(await answer(entities('... on ResourceAssessment { id population }'), { r })).toEqual({
      _entities: [
        { id: 'ra_1', population: 700 },
        { id: 'ra_2', population: null },
        { id: 'ra_3', population: null },
      ],
    });
    expect(statements).toHaveLength(1);
  });

  test('a visit shows the contract of its day and what was fulfilled in it', async () => {
    const r = [
      { __typename: 'Encounter', id: 'en_0000000000WA_3', startedAt: '2024-02-29T18:00:00Z' },
      { __typename: 'Encounter', id: 'en_0000000000WA_1', startedAt: '2024-02-29T10:00:00+08:00' },
    ];
    const query = entities('... on Encounter { contractAtVisit { id } fulfilmentEvents { id } }');
    expect(await answer(query, { r })).toEqual({
      _entities: [
        { contractAtVisit: { id: 'ct_0000000000WA_2' }, fulfilmentEvents: [{ id: 'fe_0000000000WA_1' }] },
        { contractAtVisit: { id: 'ct_0000000000WA_1' }, fulfilmentEvents: [] },
      ],
    });
    expect(statements).toHaveLength(2);
  });

  test('a referral has the first follow-up after its discharge', async () => {
    const r = [1, 2, 9].map((no) => ({ __typename: 'Referral', id: `rf_0000000000WA_${no}` }));
    const query = entities('... on Referral { followUpAfterDischarge { id kind } }');
    expect(await answer(query, { r })).toEqual({
      _entities: [
        { followUpAfterDischarge: { id: 'fu_0000000000WA_1', kind: 'HTN' } },
        { followUpAfterDischarge: { id: 'fu_0000000000WA_2', kind: 'DISCHARGE' } },
        { followUpAfterDischarge: null },
      ],
    });
    expect(statements).toHaveLength(1);
  });

  test('an evaluation score needs the columns of the other subgraphs', async () => {
    const key = {
      __typename: 'IndicatorSnapshot',
      subjectType: 'REGION',
      subjectId: '320322',
      periodType: 'YEAR',
      period: '2024',
    };
    const query = entities('... on IndicatorSnapshot { subjectId residentPopulation evaluationScore }');
    const external = { capabilityScore: '80.00', secondedLong: 3, fundPaid: '18000000.00' };
    // Capability: 0.5·80 + 0.3·75 (1.50 per 10,000 of 2) + 0.2·60 (900 yuan between 1500 and 500) = 74.5;
    // health: 0.5·50 + 0.5·80 = 65; satisfaction: 0.7·80 + 0.3·80 = 80.
    expect(await answer(query, { r: [{ ...key, ...external }, key] })).toEqual({
      _entities: [
        { subjectId: '320322', residentPopulation: 20_000, evaluationScore: '72.55' },
        { subjectId: '320322', residentPopulation: 20_000, evaluationScore: null },
      ],
    });
  });
});

describe('records', () => {
  test('the last follow-up of a resident comes first when sorted so', async () => {
    const query = `{ resident(id: "rs_0000000000WA") { followUps(first: 1, orderBy: [{ field: at, direction: DESC }]) {
      nodes { id at classification { display } measurements { kind value unit } by { id } }
    } } }`;
    expect(await answer(query)).toEqual({
      resident: {
        followUps: {
          nodes: [
            {
              id: 'fu_0000000000WA_3',
              at: '2024-11-05T09:00:00+08:00',
              classification: { display: '控制满意' },
              measurements: [
                { kind: 'SBP', value: '139', unit: 'mmHg' },
                { kind: 'DBP', value: '85', unit: 'mmHg' },
              ],
              by: { id: 'pr_DOCTOR' },
            },
          ],
        },
      },
    });
    expect(statements).toHaveLength(3);
  });

  test('what was due and not done is told by item, for whoever answers for it, in one statement', async () => {
    const gaps = (id: string) =>
      `fulfilmentGaps(subjectId: "${id}") { package { code } item { code } due missing residents }`;
    const one = [{ package: { code: 'ELDERLY' }, item: { code: 'BP' }, due: 2, missing: 1, residents: 1 }];
    expect(await answer(`{ ${gaps('tm_ONE')} }`)).toEqual({ fulfilmentGaps: one });
    const subjects = { town: 'in_TOWN', alliance: 'al_ONE', county: '320322', elsewhere: '530300', team: 'tm_TWO' };
    const query = `{ ${Object.entries(subjects)
      .map(([name, id]) => `${name}: ${gaps(id)}`)
      .join(' ')} }`;
    statements.length = 0;
    expect(await answer(query)).toEqual({ town: one, alliance: one, county: one, elsewhere: [], team: [] });
    expect(statements.filter((text) => text.includes('fulfilment_tasks'))).toHaveLength(5);
    const { errors } = await ask(subgraph, `{ ${gaps('pr_DOCTOR')} }`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('the timeline is one statement over the tables of the kinds asked for', async () => {
    const query = `{ healthRecord(residentId: "rs_0000000000WA") { dynamic
      timeline(from: "2024-03-01", to: "2024-06-20", kinds: [FOLLOW_UP, EXAM, FULFILMENT]) { kind at entryId detail }
    } }`;
    expect(await answer(query)).toEqual({
      healthRecord: {
        dynamic: true,
        timeline: [
          { kind: 'FULFILMENT', at: '2024-06-20T09:30:00+08:00', entryId: 'fe_0000000000WA_1', detail: 'TEAM' },
          { kind: 'EXAM', at: '2024-05-06T09:00:00+08:00', entryId: 'he_0000000000WA_1', detail: 'ELDERLY' },
          { kind: 'FOLLOW_UP', at: '2024-05-06T09:00:00+08:00', entryId: 'fu_0000000000WA_1', detail: 'HTN' },
        ],
      },
    });
    expect(statements).toHaveLength(2);
  });

  test('subjects and recipients are told apart by type; those stored here are read', async () => {
    const r = ['cp_ONE'].map((id) => ({ __typename: 'Complaint', id }));
    const query = entities(
      `... on Complaint { text subject { __typename ... on ServiceContract { status } ... on Institution { id } } }`,
    );
    expect(await answer(query, { r })).toEqual({
      _entities: [{ text: '未按时上门', subject: { __typename: 'ServiceContract', status: 'ACTIVE' } }],
    });
    const notices = entities('... on Notice { to { __typename ... on Resident { name } } }');
    expect(await answer(notices, { r: ['nt_0000000000WA_1'].map((id) => ({ __typename: 'Notice', id })) })).toEqual({
      _entities: [{ to: { __typename: 'Resident', name: '王某' } }],
    });
  });

  test('the catalogue is listed in its order, core or extended', async () => {
    expect(await answer('{ all: indicatorCatalogue { code } core: indicatorCatalogue(core: true) { code } }')).toEqual({
      all: [{ code: 'C-07' }, { code: 'F-03' }],
      core: [{ code: 'C-07' }],
    });
  });
});

function endCursorOf(data: unknown): unknown {
  const residents: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'residents') : undefined;
  const info: unknown =
    typeof residents === 'object' && residents !== null ? Reflect.get(residents, 'pageInfo') : undefined;
  return typeof info === 'object' && info !== null ? Reflect.get(info, 'endCursor') : undefined;
}
