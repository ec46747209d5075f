import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createTestDatabase, type Database, type SqlEvent, type Subgraph } from '@hutong/kit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { ask, migrations } from './sample-caller.ts';
import { insertSampleRows, li, sampleKeys, wang } from './sample-rows.ts';
import { createInsurance } from './subgraph.ts';

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
  subgraph = createInsurance({ database, keys: sampleKeys });
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
const resident = { __typename: 'Resident', id: wang };

describe('residents', () => {
  test('the outpatient cap is 400, and 700 with an active contract; retired employees have their own', async () => {
    const of = [
      { ...resident, contractStatus: 'NONE', activePackageKinds: [] },
      { ...resident, contractStatus: 'ACTIVE', activePackageKinds: ['PUBLIC_HEALTH'] },
      { ...resident, contractStatus: 'EXPIRED', activePackageKinds: [] },
      { __typename: 'Resident', id: li, contractStatus: 'ACTIVE', activePackageKinds: [] },
      { __typename: 'Resident', id: 'rs_0000000000ZZ', contractStatus: 'ACTIVE', activePackageKinds: [] },
    ];
    expect(
      (await ask(subgraph, `${entities} { ... on Resident { outpatientCap(year: 2024) } } }`, { of })).data,
    ).toEqual({
      _entities: [
        { outpatientCap: '400.00' },
        { outpatientCap: '700.00' },
        { outpatientCap: '400.00' },
        { outpatientCap: '5300.00' },
        { outpatientCap: null },
      ],
    });
    expect(statements).toHaveLength(1);
  });

  test('a year without a plan of its own takes the last one before it', async () => {
    const of = [{ ...resident, contractStatus: 'ACTIVE', activePackageKinds: [] }];
    const query = `${entities} { ... on Resident { next: outpatientCap(year: 2025) before: outpatientCap(year: 2023) } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({ _entities: [{ next: '700.00', before: null }] });
  });

  test('coverage is that of the business day or of the day asked for, with its opened number', async () => {
    const query = `${entities} { ... on Resident {
      coverage { id psnNo scheme personClass { display } assistance pooledRegion { code } plan { name } }
      earlier: coverage(at: "2023-07-01") { id validTo } never: coverage(at: "1999-01-01") { id } } } }`;
    expect((await ask(subgraph, query, { of: [resident] })).data).toEqual({
      _entities: [
        {
          coverage: {
            id: 'cv_0000000000WA_2',
            psnNo: '32032200000000000001',
            scheme: 'RESIDENT',
            personClass: { display: '居民（成年）' },
            assistance: ['DIBAO'],
            pooledRegion: { code: '3203' },
            plan: { name: '城乡居民基本医疗保险待遇' },
          },
          earlier: { id: 'cv_0000000000WA_1', validTo: '2023-12-31' },
          never: null,
        },
      ],
    });
  });

  test('the number of the insured person is that of the newest coverage, and opened only when asked for', async () => {
    const query = `${entities} { ... on Resident { id psnNo } } }`;
    const of = [resident, { __typename: 'Resident', id: 'rs_0000000000NO' }];
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        { id: wang, psnNo: '32032200000000000001' },
        { id: 'rs_0000000000NO', psnNo: null },
      ],
    });
    expect(statements).toHaveLength(1);
  });

  test('yearly totals come by year, newest first', async () => {
    const query = `${entities} { ... on Resident {
      accumulators { year admissions } accumulator(year: 2024) {
        resident { id } year outpatientFund twoDiseaseFund { htn dm } deductiblePaidByEpisode { episodeId paid } } } } }`;
    expect((await ask(subgraph, query, { of: [resident] })).data).toEqual({
      _entities: [
        {
          accumulators: [
            { year: 2024, admissions: 1 },
            { year: 2023, admissions: 1 },
          ],
          accumulator: {
            resident: { id: wang },
            year: 2024,
            outpatientFund: '443.00',
            twoDiseaseFund: { htn: '400.00', dm: '0.00' },
            deductiblePaidByEpisode: [{ episodeId: 're_0000000000WA_1', paid: '500.00' }],
          },
        },
      ],
    });
  });

  test('X1’s share of one resident costs one statement per table', async () => {
    const of = [{ ...resident, contractStatus: 'ACTIVE', activePackageKinds: [] }];
    const query = `${entities} { ... on Resident {
      outpatientCap(year: 2024) accumulator(year: 2024) { outpatientFund } coverage { scheme plan { caps { outpatient contractIncrease } } }
      claims(first: 2, orderBy: [{ field: serviceDate, direction: DESC }]) { nodes { id settlement { cash } provider { providerCode } } } } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        {
          outpatientCap: '700.00',
          accumulator: { outpatientFund: '443.00' },
          coverage: { scheme: 'RESIDENT', plan: { caps: { outpatient: '400', contractIncrease: '300' } } },
          claims: {
            nodes: [
              {
                id: 'cl_0000000000WA_4',
                settlement: { cash: '57.00' },
                provider: { providerCode: 'H32010000001' },
              },
              {
                id: 'cl_0000000000WA_3',
                settlement: { cash: '57.00' },
                provider: { providerCode: 'H32032200104' },
              },
            ],
          },
        },
      ],
    });
    expect(tablesRead()).toEqual(['accumulators', 'benefit_plans', 'claims', 'coverages', 'coverages']);
  });
});

describe('claims', () => {
  test('a claim tells its lines and how it was split, and leads to its encounter and DRG case', async () => {
    const query = `{ claim(id: "cl_0000000000WA_2") {
      settlementNo resident { id } encounter { id } provider { providerCode } medicalCategory { display }
      lines { item { system code display } kind chargeClass amount twoDisease }
      settlement { totalAmount fundBasic packageBenefit cash steps { code name nameEn value } }
      drgCase { id outlier group { code version name rw } hospitalBalance claim { id } } } }`;
    expect((await ask(subgraph, query)).data).toEqual({
      claim: {
        settlementNo: 'S2',
        resident: { id: wang },
        encounter: { id: 'en_0000000000WA_C' },
        provider: { providerCode: 'H32032200104' },
        medicalCategory: { display: '普通住院' },
        lines: [
          {
            item: {
              system: '医保药品分类与代码',
              code: 'XC08CAA001A001010100001',
              display: '苯磺酸氨氯地平片',
            },
            kind: 'DRUG',
            chargeClass: 'B',
            amount: '50.00',
            twoDisease: true,
          },
        ],
        settlement: {
          totalAmount: '6000.00',
          fundBasic: '4905.00',
          packageBenefit: '109.50',
          cash: '985.50',
          steps: [{ code: 'E', name: '政策范围内费用', nameEn: 'Cost inside the policy scope', value: '105.00' }],
        },
        drgCase: {
          id: 'dc_0000000000WA_2',
          outlier: 'NORMAL',
          group: { code: 'BR25', version: '2024', name: '脑缺血性疾患', rw: '0.8500' },
          hospitalBalance: '-1784.00',
          claim: { id: 'cl_0000000000WA_2' },
        },
      },
    });
  });

  test('encounters of all kinds find their claims in one statement, and none where there is none', async () => {
    const of = ['B', 'C', 'ZZ'].map((serial) => ({ __typename: 'Encounter', id: `en_0000000000WA_${serial}` }));
    const query = `${entities} { ... on Encounter { id claim { id } drg { outlier } } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        { id: 'en_0000000000WA_B', claim: { id: 'cl_0000000000WA_1' }, drg: null },
        { id: 'en_0000000000WA_C', claim: { id: 'cl_0000000000WA_2' }, drg: { outlier: 'NORMAL' } },
        { id: 'en_0000000000WA_ZZ', claim: null, drg: null },
      ],
    });
    expect(tablesRead()).toEqual(['claims', 'drg_cases']);
  });

  test('claims are filtered by provider, day and status, and paged by cursor', async () => {
    const query = `query ($after: String) { claims(
      where: { providerCode: { eq: "H32032200104" }, status: { eq: SETTLED }, serviceDate: { ge: "2024-01-01" } },
      orderBy: [{ field: settledAt }], first: 1, after: $after) { totalCount nodes { id } pageInfo { endCursor } } }`;
    const first = await ask(subgraph, query);
    expect(first.data).toMatchObject({ claims: { totalCount: 2, nodes: [{ id: 'cl_0000000000WA_1' }] } });
    const after = Reflect.get(Object(Reflect.get(Object(first.data?.['claims']), 'pageInfo')), 'endCursor');
    expect((await ask(subgraph, query, { after })).data).toMatchObject({
      claims: { nodes: [{ id: 'cl_0000000000WA_2' }] },
    });
  });

  test('a referral tells ratio and deductible, a contract the money it brought', async () => {
    const of = [
      { __typename: 'Referral', id: 'rf_0000000000WA_1' },
      { __typename: 'ServiceContract', id: 'ct_0000000000WA_1' },
    ];
    const query = `${entities} {
      ... on Referral { settlementEffect { ratio deductible } }
      ... on ServiceContract { benefitUse { capIncreaseUsed extraReimbursed discount total } } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        { settlementEffect: { ratio: '0.65', deductible: '500.00' } },
        { benefitUse: { capIncreaseUsed: '43.00', extraReimbursed: '109.50', discount: '0.00', total: '152.50' } },
      ],
    });
  });
});

describe('institutions, alliances, regions', () => {
  test('X4’s share of a township hospital: package margin, fund, DRG and capitation by its provider code', async () => {
    const of = [{ __typename: 'Institution', providerCode: 'H32032200104' }];
    const query = `${entities} { ... on Institution {
      packageEconomics(year: 2024) { package { code price benefits { kind value } } revenue cost margin }
      fundPaid(period: "2024") quarter: fundPaid(period: "2024-Q1") none: fundPaid(period: "2019")
      drgSummary(period: "2024-06") { cases weight cmi hospitalBalance } capitationPlan(year: 2024) { budget retained }
      designation { level paymentMethods } claims(where: { status: { eq: SETTLED } }) { totalCount } } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        {
          packageEconomics: [
            {
              package: {
                code: 'CHRONIC_STROKE_REHAB',
                price: '120.00',
                benefits: [
                  { kind: 'CAP_INCREASE', value: '300.00' },
                  { kind: 'EXTRA_REIMBURSE', value: '0.10' },
                ],
              },
              revenue: '1200.00',
              cost: '1350.50',
              margin: '-150.50',
            },
          ],
          fundPaid: '4968.00',
          quarter: '63.00',
          none: '0.00',
          drgSummary: { cases: 1, weight: '0.8500', cmi: '0.850', hospitalBalance: '-1784.00' },
          capitationPlan: { budget: '27000.00', retained: '1600.00' },
          designation: { level: 'T', paymentMethods: ['CAPITATION', 'DRG'] },
          claims: { totalCount: 2 },
        },
      ],
    });
  });

  test('package economics and capitation are also asked for by institution id', async () => {
    const query = `{ packageEconomics(institutionId: "in_TOWN", year: 2024) { margin institution { providerCode } }
      capitationPlan(institutionId: "in_TOWN", year: 2024) { id } other: capitationPlan(institutionId: "in_TOWN", year: 2023) { id } }`;
    expect((await ask(subgraph, query)).data).toEqual({
      packageEconomics: [{ margin: '-150.50', institution: { providerCode: 'H32032200104' } }],
      capitationPlan: { id: 'cn_ONE' },
      other: null,
    });
  });

  test('the performance factor follows the evaluation, on the alliance and on its budget', async () => {
    const of = [
      { __typename: 'Alliance', id: 'al_ONE', evaluationTotal: '91.2' },
      { __typename: 'Alliance', id: 'al_TWO', evaluationTotal: null },
      { __typename: 'AllianceBudget', alliance: { id: 'al_ONE', evaluationTotal: '76.26' }, year: 2024 },
    ];
    const query = `${entities} {
      ... on Alliance { performanceFactor surplusSplit { lead township village } }
      ... on AllianceBudget { factor: performanceFactor surplus } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        {
          performanceFactor: '1.10',
          surplusSplit: { lead: '1400000.00', township: '980000.00', village: '420000.00' },
        },
        { performanceFactor: null, surplusSplit: null },
        { factor: '0.90', surplus: '3500000.00' },
      ],
    });
  });

  test('insured persons are counted by scheme or all together, by the newest count up to the year, to the township', async () => {
    const of = ['320322', '320322100200'].map((code) => ({ __typename: 'Region', code }));
    const query = `${entities} { ... on Region {
      insuredCount(year: 2024) later: insuredCount(year: 2030) earlier: insuredCount(year: 2001) employees: insuredCount(year: 2024, scheme: EMPLOYEE) cadres: insuredCount(year: 2024, scheme: RETIRED_CADRE)
      fundStatement(period: "2024") { scheme balance } } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        {
          insuredCount: 9700,
          later: 9700,
          earlier: null,
          employees: 1500,
          cadres: 0,
          fundStatement: [
            { scheme: 'EMPLOYEE', balance: '20000.00' },
            { scheme: 'RESIDENT', balance: '20000.00' },
          ],
        },
        { insuredCount: null, later: null, earlier: null, employees: null, cadres: null, fundStatement: [] },
      ],
    });
  });

  test('fund per head divides by the population that public health gives', async () => {
    const key = { __typename: 'IndicatorSnapshot', subjectType: 'REGION', subjectId: '320322', periodType: 'YEAR' };
    const of = [
      { ...key, period: '2024', residentPopulation: 3000 },
      { ...key, period: '2024', residentPopulation: 0 },
      { ...key, period: '2020', residentPopulation: 3000 },
    ];
    expect((await ask(subgraph, `${entities} { ... on IndicatorSnapshot { fundPerCapita } } }`, { of })).data).toEqual({
      _entities: [{ fundPerCapita: '333.33' }, { fundPerCapita: null }, { fundPerCapita: null }],
    });
  });

  test('DRG groups are those of the newest version unless one is named', async () => {
    const query = `{ drgGroups(orderBy: [{ field: rw, direction: DESC }]) { nodes { code version rw } }
      old: drgGroups(version: "2023") { totalCount } }`;
    expect((await ask(subgraph, query)).data).toEqual({
      drgGroups: {
        nodes: [
          { code: 'BR25', version: '2024', rw: '0.8500' },
          { code: 'ES25', version: '2024', rw: '0.6200' },
        ],
      },
      old: { totalCount: 1 },
    });
  });

  test('a physician and a drug are found by their national codes', async () => {
    const of = [
      { __typename: 'Practitioner', physicianCode: 'D320322000001' },
      { __typename: 'Practitioner', physicianCode: 'D320322999999' },
      { __typename: 'DrugItem', nhsaDrugCode: 'XC08CAA001A001010100001' },
    ];
    const query = `${entities} {
      ... on Practitioner { insuranceStatus { status pointsDeducted } }
      ... on DrugItem { class selfPayRatio priceCap twoDisease } } }`;
    expect((await ask(subgraph, query, { of })).data).toEqual({
      _entities: [
        { insuranceStatus: { status: 'ACTIVE', pointsDeducted: 2 } },
        { insuranceStatus: null },
        { class: 'A', selfPayRatio: '0.00', priceCap: '1.2000', twoDisease: true },
      ],
    });
  });
});
