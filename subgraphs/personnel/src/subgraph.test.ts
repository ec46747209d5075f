import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createTestDatabase, type Database, type SqlEvent, type Subgraph } from '@hutong/kit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { ask, migrations } from './sample-caller.ts';
import { insertSampleRows, sampleKeys } from './sample-rows.ts';
import { createPersonnel } from './subgraph.ts';

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
  subgraph = createPersonnel({ database, keys: sampleKeys });
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

const entities = 'query ($of: [_Any!]!) { _entities(representations: $of)';

describe('practitioners', () => {
  test('one practitioner is told with codes, licence, employment and an opened citizen number', async () => {
    const query = `{ practitioner(id: "pr_GP") {
      name physicianCode idNumber category title { code display } titleLevel specialty { displayEn } education { display }
      licence { no kind { display } scope { display } status assessedUntil }
      primaryInstitution { id } region { code } employment { kind hiredBy { id } usedAt { id } from to }
    } }`;
    expect(await ask(subgraph, query)).toEqual({
      data: {
        practitioner: {
          name: '张建国',
          physicianCode: 'D320322000001',
          idNumber: '990322198005170011',
          category: 'PHYSICIAN',
          title: { code: '233', display: '主治医师' },
          titleLevel: 'MID',
          specialty: { displayEn: 'General practice' },
          education: { display: '大学本科教育' },
          licence: {
            no: '110320322000001',
            kind: { display: '临床' },
            scope: { display: '全科' },
            status: 'VALID',
            assessedUntil: '2025-12-31',
          },
          primaryInstitution: { id: 'in_TOWN' },
          region: { code: '320322104' },
          employment: {
            kind: 'ESTABLISHED',
            hiredBy: { id: 'in_TOWN' },
            usedAt: { id: 'in_TOWN' },
            from: '2005-08-01',
            to: null,
          },
        },
      },
    });
    expect(tablesRead()).toEqual(['practitioners']);
  });

  test('S0-42 ten years in primary care add three points in awards, fewer none', async () => {
    const query =
      '{ practitioners(orderBy: [{ field: primaryCareYears }]) { nodes { primaryCareYears awardPoints } } }';
    const { data } = await ask(subgraph, query);
    expect(Object(data).practitioners.nodes).toEqual([
      { primaryCareYears: '1.8', awardPoints: 0 },
      { primaryCareYears: '12.0', awardPoints: 3 },
      { primaryCareYears: '12.0', awardPoints: 3 },
      { primaryCareYears: '19.4', awardPoints: 3 },
    ]);
  });

  test('a page with posts, registrations, secondments and credits costs one statement per table', async () => {
    const query = `{ practitioners { nodes {
      id posts { role practitioner { id } } practiceRegistrations { kind } secondments { kind } creditSummary(year: 2024) { total }
    } totalCount } }`;
    const { data } = await ask(subgraph, query);
    expect(data).toMatchObject({
      practitioners: {
        totalCount: 4,
        nodes: [
          {
            id: 'pr_GP',
            posts: [{ role: 'CLINICAL', practitioner: { id: 'pr_GP' } }, { role: 'PUBLIC_HEALTH' }],
            practiceRegistrations: [{ kind: 'PRIMARY' }, { kind: 'FILING' }],
            secondments: [],
          },
          { id: 'pr_SEC', secondments: [{ kind: 'LEAD_TO_MEMBER' }, { kind: 'LEAD_TO_MEMBER' }] },
          { id: 'pr_VA' },
          { id: 'pr_VB' },
        ],
      },
    });
    expect(tablesRead()).toEqual([
      'posts',
      'practice_registrations',
      'practitioners',
      'practitioners',
      'practitioners',
      'secondments',
    ]);
  });

  test('filters and orders reach SQL, and a cursor goes on where the page ended', async () => {
    const query = `query ($after: String) { practitioners(
      where: { regionCode: { startsWith: "320322104" }, not: { titleLevel: { eq: SENIOR } } },
      orderBy: [{ field: primaryCareYears, direction: DESC }], first: 2, after: $after
    ) { nodes { id primaryCareYears } pageInfo { endCursor hasNextPage } } }`;
    const first = await ask(subgraph, query);
    expect(first.data).toEqual({
      practitioners: {
        nodes: [
          { id: 'pr_GP', primaryCareYears: '19.4' },
          { id: 'pr_VB', primaryCareYears: '12.0' },
        ],
        pageInfo: { endCursor: expect.any(String), hasNextPage: true },
      },
    });
    const after = Reflect.get(Object(Reflect.get(Object(first.data?.['practitioners']), 'pageInfo')), 'endCursor');
    expect((await ask(subgraph, query, { after })).data).toMatchObject({
      practitioners: { nodes: [{ id: 'pr_VA' }], pageInfo: { hasNextPage: false } },
    });
  });

  test('references by id and by physician code are one statement for each key', async () => {
    const of = [
      { __typename: 'Practitioner', id: 'pr_VA' },
      { __typename: 'Practitioner', physicianCode: 'D320322000001' },
      { __typename: 'Practitioner', id: 'pr_SEC' },
    ];
    const { data } = await ask(subgraph, `${entities} { ... on Practitioner { id name } } }`, { of });
    expect(data).toEqual({
      _entities: [
        { id: 'pr_VA', name: '王村医' },
        { id: 'pr_GP', name: '张建国' },
        { id: 'pr_SEC', name: '李秀英' },
      ],
    });
    expect(statements).toHaveLength(2);
  });

  test('a reference that names nobody is an error of its own entity only', async () => {
    const of = [
      { __typename: 'Practitioner', id: 'pr_NOBODY' },
      { __typename: 'Practitioner', id: 'pr_VA' },
    ];
    expect(await ask(subgraph, `${entities} { ... on Practitioner { id } } }`, { of })).toMatchObject({
      data: { _entities: [null, { id: 'pr_VA' }] },
      errors: [{ path: ['_entities', 0], extensions: { code: 'NOT_FOUND' } }],
    });
  });
});

describe('what other subgraphs say', () => {
  test('TV-83 the title review score weighs the satisfaction that public health gives', async () => {
    const of = [
      { __typename: 'Practitioner', id: 'pr_GP', contractSatisfaction: '92.00' },
      { __typename: 'Practitioner', id: 'pr_SEC', contractSatisfaction: '92.00' },
    ];
    expect((await ask(subgraph, `${entities} { ... on Practitioner { titleReviewScore } } }`, { of })).data).toEqual({
      _entities: [{ titleReviewScore: '88.60' }, { titleReviewScore: null }],
    });
  });

  test('training priority grows with residents signed and then with hours missing; only village doctors have one', async () => {
    const of = [
      { __typename: 'Practitioner', id: 'pr_VA', signedResidentCount: 430 },
      { __typename: 'Practitioner', id: 'pr_VB', signedResidentCount: 430 },
      { __typename: 'Practitioner', id: 'pr_GP', signedResidentCount: 900 },
    ];
    expect((await ask(subgraph, `${entities} { ... on Practitioner { trainingPriority } } }`, { of })).data).toEqual({
      _entities: [{ trainingPriority: '430.0480' }, { trainingPriority: '430.0800' }, { trainingPriority: null }],
    });
  });

  test('the training list of a hospital is ranked by the contracts that public health counts', async () => {
    const list = '{ trainingPriorityList(institutionId: "in_TOWN") { institution { id } candidates { id } } }';
    expect((await ask(subgraph, list)).data).toEqual({
      trainingPriorityList: { institution: { id: 'in_TOWN' }, candidates: [{ id: 'pr_VA' }, { id: 'pr_VB' }] },
    });
    const of = [
      {
        __typename: 'TrainingPriorityList',
        institution: { id: 'in_TOWN' },
        candidates: [{ signedResidentCount: 10 }, { signedResidentCount: 900 }],
      },
    ];
    const query = `${entities} { ... on TrainingPriorityList {
      entries { rank practitioner { id name } signedResidentCount creditsMissing } } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        {
          entries: [
            {
              rank: 1,
              practitioner: { id: 'pr_VB', name: '赵村医' },
              signedResidentCount: 900,
              creditsMissing: '80.0',
            },
            {
              rank: 2,
              practitioner: { id: 'pr_VA', name: '王村医' },
              signedResidentCount: 10,
              creditsMissing: '48.0',
            },
          ],
        },
      ],
    });
  });

  test('the care team is the contracted team’s members of today; nobody without a team', async () => {
    const of = [
      { __typename: 'Resident', id: 'rs_0000000000WA', familyDoctorTeamId: 'tm_ONE' },
      { __typename: 'Resident', id: 'rs_0000000000WB', familyDoctorTeamId: null },
    ];
    const query = `${entities} { ... on Resident { careTeam { duty practitioner { name } from to } } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        {
          careTeam: [
            { duty: 'FAMILY_DOCTOR', practitioner: { name: '张建国' }, from: '2022-01-01', to: null },
            { duty: 'VILLAGE_DOCTOR', practitioner: { name: '王村医' }, from: '2022-01-01', to: null },
          ],
        },
        { careTeam: [] },
      ],
    });
    expect(tablesRead()).toEqual(['practitioners', 'team_memberships']);
  });

  test('an institution’s level decides the share of titles it must have', async () => {
    const of = [
      { __typename: 'Institution', id: 'in_TOWN', level: 'L1' },
      { __typename: 'Institution', id: 'in_LEAD', level: 'L2' },
    ];
    expect(
      (await ask(subgraph, `${entities} { ... on Institution { requiredMidTitleShare } } }`, { of })).data,
    ).toEqual({
      _entities: [{ requiredMidTitleShare: '0.300' }, { requiredMidTitleShare: '0.450' }],
    });
    expect(statements).toHaveLength(1);
  });

  test('a title review takes the satisfaction of its practitioner', async () => {
    const of = [{ __typename: 'TitleReview', id: 'tv_ONE', practitioner: { contractSatisfaction: '91.50' } }];
    const query = `${entities} { ... on TitleReview { satisfaction score practitioner { id } } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [{ satisfaction: '91.50', score: '88.60', practitioner: { id: 'pr_GP' } }],
    });
  });
});

describe('headcount and secondments', () => {
  test('a pool counts its allocations in force; an alliance shows the pool of the year or the latest', async () => {
    const of = [{ __typename: 'Alliance', id: 'al_ONE' }];
    const query = `${entities} { ... on Alliance {
      headcountPool { id approved allocated available } old: headcountPool(year: 2023) { id available } } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        {
          headcountPool: { id: 'hp_2024', approved: 120, allocated: 1, available: 119 },
          old: { id: 'hp_2023', available: 100 },
        },
      ],
    });
  });

  test('headcount counts people where they work', async () => {
    const of = [{ __typename: 'Institution', id: 'in_TOWN', level: 'L1' }];
    const query = `${entities} { ... on Institution {
      staffCount headcount { approved staff established pooled contracted village vacant }
      staff { totalCount } secondmentsIn(where: { compliant: { eq: true } }) { nodes { id } } teams { nodes { id } } } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        {
          staffCount: 2,
          headcount: { approved: 5, staff: 2, established: 1, pooled: 1, contracted: 0, village: 0, vacant: 3 },
          staff: { totalCount: 1 },
          secondmentsIn: { nodes: [{ id: 'sd_LONG' }] },
          teams: { nodes: [{ id: 'tm_ONE' }, { id: 'tm_TWO' }] },
        },
      ],
    });
  });

  test('an assessment’s staff is who worked in the division at the end of its period, all in one statement', async () => {
    const assessment = (id: string, code: string, period: string) => {
      return { __typename: 'ResourceAssessment', id, region: { __typename: 'Region', code }, period };
    };
    const of = [
      assessment('ra_1', '320322', '2024'),
      assessment('ra_2', '320322104', '2024-Q1'),
      assessment('ra_3', '320322', '2004'),
      assessment('ra_4', '3302', '2024'),
    ];
    const query = `${entities} { ... on ResourceAssessment { id staffCount } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        { id: 'ra_1', staffCount: 4 },
        { id: 'ra_2', staffCount: 3 },
        { id: 'ra_3', staffCount: 0 },
        { id: 'ra_4', staffCount: 0 },
      ],
    });
    expect(statements).toHaveLength(1);
  });

  test('a strict target is not met by the same number, and only what runs in the period counts', async () => {
    const fields = '{ total compliant overSixMonths institutionsCovered target targetStrict met }';
    const query = `{
      year: secondmentCompliance(kind: LEAD_TO_MEMBER, regionCode: "320322", period: "2024") ${fields}
      quarter: secondmentCompliance(kind: LEAD_TO_MEMBER, regionCode: "320322", period: "2024-Q4") ${fields}
      elsewhere: secondmentCompliance(kind: LEAD_TO_MEMBER, regionCode: "3302", period: "2024") ${fields} }`;
    const counted = {
      overSixMonths: 1,
      institutionsCovered: 1,
      compliant: 1,
      target: 1,
      targetStrict: true,
      met: false,
    };
    const none = { total: 0, compliant: 0, overSixMonths: 0, institutionsCovered: 0 };
    expect((await ask(subgraph, query)).data).toEqual({
      year: { ...counted, total: 2 },
      quarter: { ...none, total: 1, target: 1, targetStrict: true, met: false },
      elsewhere: { ...none, target: null, targetStrict: null, met: null },
    });
  });

  test('a period that is none is refused with its reason', async () => {
    const query = '{ secondmentCompliance(kind: LEAD_TO_MEMBER, regionCode: "320322", period: "24") { total } }';
    expect((await ask(subgraph, query)).errors).toMatchObject([
      {
        message: '"24" is no period; write 2024, 2024-Q1 or 2024-03',
        extensions: { code: 'BAD_USER_INPUT', messageZh: '“24”不是有效周期，应写作 2024、2024-Q1 或 2024-03' },
      },
    ]);
  });

  test('the density of staff is that of the newest year known by then', async () => {
    const of = [{ __typename: 'Region', code: '320322' }];
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Region {
      of2024: practitionersPer1000(year: 2024) later: practitionersPer1000(year: 2030) before: practitionersPer1000(year: 2001) } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [{ of2024: '7.00', later: '7.00', before: null }],
    });
  });

  test('gaps and talent on the way are those of the division and all below it', async () => {
    const query = `{
      workforceGaps(regionCode: "320322", orderBy: [{ field: gap, direction: DESC }]) { nodes { institution { id } specialty { code } gap vacancyRate } }
      township: workforceGaps(regionCode: "320322104", specialty: "GP") { totalCount }
      talentPipeline(regionCode: "320322") { region { code } studentsStudying studentsServing studentsBreached inFurtherStudy apprentices openPosts } }`;
    expect((await ask(subgraph, query)).data).toEqual({
      workforceGaps: {
        nodes: [
          { institution: { id: 'in_TOWN' }, specialty: { code: 'GP' }, gap: 3, vacancyRate: '75.00' },
          { institution: { id: 'in_LEAD' }, specialty: { code: 'ICU' }, gap: 0, vacancyRate: '0.00' },
        ],
      },
      township: { totalCount: 1 },
      talentPipeline: {
        region: { code: '320322' },
        studentsStudying: 1,
        studentsServing: 0,
        studentsBreached: 1,
        inFurtherStudy: 0,
        apprentices: 1,
        openPosts: 2,
      },
    });
  });
});

describe('training and income', () => {
  test('TV-82 class-I credits count at most ten a course, failed courses not at all', async () => {
    const query = `{
      physician: creditSummary(practitionerId: "pr_GP", year: 2024) { I II total hours required met }
      village: creditSummary(practitionerId: "pr_VA", year: 2024) { I II total hours required met }
      none: creditSummary(practitionerId: "pr_NOBODY", year: 2024) { met } }`;
    expect((await ask(subgraph, query)).data).toEqual({
      physician: { I: '10.0', II: '20.0', total: '30.0', hours: '72.0', required: '25.0', met: true },
      village: { I: '0.0', II: '20.0', total: '20.0', hours: '32.0', required: '80.0', met: false },
      none: null,
    });
    expect(statements).toHaveLength(1);
  });

  test('income of a quarter is the income of its months', async () => {
    const query = `{ practitioner(id: "pr_GP") {
      quarter: incomeItems(period: "2024-Q4") { source amount } month: incomeItems(period: "2024-12") { source } } }`;
    expect((await ask(subgraph, query)).data).toEqual({
      practitioner: {
        quarter: [
          { source: 'BASIC', amount: '5200.00' },
          { source: 'BASIC', amount: '5200.00' },
          { source: 'INCENTIVE_15', amount: '450.00' },
        ],
        month: [{ source: 'BASIC' }, { source: 'INCENTIVE_15' }],
      },
    });
  });

  test('an unknown snapshot is empty, a known one has its columns', async () => {
    const key = { __typename: 'IndicatorSnapshot', subjectType: 'REGION', subjectId: '320322', periodType: 'YEAR' };
    const of = [
      { ...key, period: '2024' },
      { ...key, period: '2019' },
    ];
    const query = `${entities} { ... on IndicatorSnapshot { period secondedLong avgIncome } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        { period: '2024', secondedLong: 1, avgIncome: '9876.50' },
        { period: '2019', secondedLong: null, avgIncome: null },
      ],
    });
    expect(statements).toHaveLength(1);
  });
});
