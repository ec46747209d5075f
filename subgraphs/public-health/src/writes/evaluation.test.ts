import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { commission, hospital } from '../sample-elders.ts';
import { on, openWriting, type Answer, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  const { sql } = writing.database;
  await sql`insert into indicator_definitions select (jsonb_populate_record(d, jsonb_build_object('code', more.code, 'direction', more.direction))).*
    from indicator_definitions d cross join (values ('C-10', 'HIGHER'), ('E-08', 'HIGHER'), ('P-05', 'HIGHER'), ('P-06', 'HIGHER'),
      ('C-15b', 'LOWER'), ('F-06', 'HIGHER'), ('S-05', 'HIGHER')) as more(code, direction) where d.code = 'C-07'`;
  await sql`update indicator_snapshots set htn_standardised = 544, htn_controlled = 496, htn_managed = 800, satisfaction_score = 88.5,
    complaints_due = 25, complaints_resolved = 23 where subject_type = 'REGION'`;
  await addHospitals(writing);
});
afterAll(() => writing.database.close());

/** Three town hospitals of another county with the figures of TV-65 and TV-85. */
async function addHospitals({ database: { sql } }: Writing): Promise<void> {
  await sql`insert into institution_projections (id, tier, level, status, region_code, seq)
    select 'in_H' || n, 'TOWNSHIP', 'L1', 'ACTIVE', '32038110' || n, 0 from generate_series(1, 3) n`;
  await sql`insert into indicator_snapshots (subject_type, subject_id, period_type, period, resident_population, contracts, fulfilment_due, fulfilled, satisfaction_score)
    values ('INSTITUTION', 'in_H1', 'YEAR', '2024', 42000, 9000, 100, 90, 92), ('INSTITUTION', 'in_H2', 'YEAR', '2024', 31000, 7000, 100, 80, 88),
      ('INSTITUTION', 'in_H3', 'YEAR', '2024', 27000, 4000, 100, 95, 95)`;
  await sql`insert into region_populations (region_code, year, sex, age, residents) values ('320381', 2023, 'MALE', 30, 538337), ('320381', 2023, 'FEMALE', 30, 500000)`;
}

const county = on('2025-01-10', commission);
const other = on('2025-01-10', {
  caller: { role: 'HEALTH_COMMISSION', kind: 'PERSON', regionCodes: ['320381'] },
});
const manager = (institutionId: string): Asking =>
  on('2025-01-10', { caller: { id: institutionId, role: 'INST_ADMIN', kind: 'PERSON', institutionId } });

const write = (name: string, input: object, select: string, asking: Asking): Promise<Answer> =>
  writing.write(name, input, { select, ...asking });
const errorsOf = async (name: string, input: object, asking: Asking): Promise<unknown> =>
  (await writing.write(name, input, asking))['errors'];

type Scale = readonly [code: string, dimension: string, floor: string, value: string, weight: string];

/** Sets the scales of a region's year; lower is better where the target lies below the floor. */
async function setScales(regionCode: string, scales: readonly Scale[], asking: Asking): Promise<void> {
  for (const [indicatorCode, dimension, floor, value, weight] of scales) {
    const operator = Number(value) < Number(floor) ? 'LE' : 'GE';
    const scale = { indicatorCode, dimension, floor, value, weight, operator };
    const input = { subjectType: 'REGION', subjectId: regionCode, year: 2024, ...scale };
    expect(await errorsOf('setIndicatorTarget', input, asking)).toEqual([]);
  }
}

const vector: readonly Scale[] = [
  ['C-07', 'CAPABILITY', '40', '65', '0.4'],
  ['C-10', 'CAPABILITY', '70', '90', '0.3'],
  ['E-08', 'CAPABILITY', '0', '15', '0.3'],
  ['P-05', 'HEALTH', '50', '80', '0.4'],
  ['P-06', 'HEALTH', '30', '70', '0.3'],
  ['C-15b', 'HEALTH', '80', '30', '0.3'],
  ['F-06', 'SATISFACTION', '60', '95', '0.7'],
  ['S-05', 'SATISFACTION', '50', '100', '0.3'],
];

const run = { regionCode: '320322', subjectType: 'REGION', kind: 'ROUTINE', period: '2024' };
const given = [
  { subjectId: '320322', code: 'C-07', value: '58' },
  { subjectId: '320322', code: 'C-10', value: '86' },
  { subjectId: '320322', code: 'E-08', value: '12' },
  { subjectId: '320322', code: 'C-15b', value: '41' },
];

describe('the evaluation of a county', () => {
  test('TV-84 follows from its targets, its snapshot and the measures of the others, and says which values it used', async () => {
    await setScales('320322', vector, county);
    const select = `evaluations { version status total grade rank gaps recommendations
      dimensions { code score indicators { code value numerator denominator source score } } }`;
    const answer = await write('runEvaluation', { ...run, measures: given }, select, county);
    expect(answer['errors']).toEqual([]);
    expect(answer['evaluations']).toEqual([
      {
        version: 1,
        status: 'PUBLISHED',
        total: '76.26',
        grade: 'C',
        rank: null,
        gaps: [],
        recommendations: [],
        dimensions: [
          { code: 'CAPABILITY', score: '76.80', indicators: expect.any(Array) },
          {
            code: 'HEALTH',
            score: '71.40',
            indicators: [
              { code: 'C-15b', value: '41', numerator: null, denominator: null, source: 'GIVEN', score: '78.00' },
              {
                code: 'P-05',
                value: '68.00',
                numerator: '544',
                denominator: '800',
                source: 'SNAPSHOT',
                score: '60.00',
              },
              {
                code: 'P-06',
                value: '62.00',
                numerator: '496',
                denominator: '800',
                source: 'SNAPSHOT',
                score: '80.00',
              },
            ],
          },
          { code: 'SATISFACTION', score: '82.20', indicators: expect.any(Array) },
        ],
      },
    ]);
  });

  test('a second run needs a reason and supersedes the first, which stays as it was; gaps lead to recommendations', async () => {
    expect(await errorsOf('runEvaluation', { ...run, measures: given }, county)).toEqual(['VALIDATION_FAILED reason']);
    await writing.database
      .sql`update indicator_snapshots set htn_controlled = 400, satisfaction_score = 70 where subject_type = 'REGION'`;
    const again = { ...run, measures: given.slice(0, 3), reason: '数据更正' };
    const select = 'evaluations { id version status total gaps recommendations }';
    expect((await write('runEvaluation', again, select, county))['evaluations']).toEqual([
      {
        id: expect.any(String),
        version: 2,
        status: 'PUBLISHED',
        total: '61.52',
        gaps: ['P-06', 'F-06'],
        recommendations: ['加强慢病团队 strengthen the chronic team', '督查整改 inspect and supervise'],
      },
    ]);
    const history = 'history { from to reason }';
    const where = '{ subjectId: { eq: "320322" }, kind: { eq: ROUTINE } }';
    const query = `{ evaluations(where: ${where}, orderBy: [{ field: period }]) { nodes { id version status total ${history} } } }`;
    const { nodes } = Object(await writing.read(query)).evaluations;
    const [first] = nodes.filter((one: { version: number }) => one.version === 1);
    expect(first).toMatchObject({
      status: 'SUPERSEDED',
      total: '76.26',
      history: [
        { from: null, to: 'PUBLISHED', reason: null },
        { from: 'PUBLISHED', to: 'SUPERSEDED', reason: '数据更正' },
      ],
    });
    const told = { subjectType: 'REGION', subjectId: '320322', period: '2024', total: '76.26', grade: 'C', version: 1 };
    expect(await writing.changesOf(first.id)).toEqual([
      ['CREATED', { ...told, kind: 'ROUTINE', status: 'PUBLISHED' }],
      ['UPDATED', { ...told, kind: 'ROUTINE', status: 'SUPERSEDED' }],
    ]);
  });

  test('a dimension with less than 60 % of its weight leaves total, grade and rank open', async () => {
    const bare = { ...run, measures: [], reason: '未汇聚' };
    const select = 'evaluations { total grade rank dimensions { score } }';
    expect((await write('runEvaluation', bare, select, county))['evaluations']).toEqual([
      { total: null, grade: null, rank: null, dimensions: [{ score: null }, expect.any(Object), expect.any(Object)] },
    ]);
  });

  test('is refused to others, for periods that run or have no figures, for weights that do not add up, and for wrong measures', async () => {
    const refused = (change: object, asking = county) =>
      errorsOf('runEvaluation', { ...run, reason: 'x', ...change }, asking);
    expect(await refused({}, on('2025-01-10', hospital))).toEqual(['FORBIDDEN regionCode']);
    expect(await refused({}, other)).toEqual(['FORBIDDEN regionCode']);
    expect(await refused({ period: '2025', kind: 'ALLIANCE' })).toEqual([
      'VALIDATION_FAILED period',
      'VALIDATION_FAILED kind',
    ]);
    expect(await refused({ period: '2024-03' })).toEqual(['VALIDATION_FAILED period']);
    expect(await refused({ period: '2023' })).toEqual(['NOT_FOUND period']);
    const measures = [
      { subjectId: '320322', code: 'P-05', value: '99' },
      { subjectId: '320322', code: 'D-01', value: '99' },
      { subjectId: '320323', code: 'C-07', value: '99' },
    ];
    expect(await refused({ measures })).toEqual([
      'VALIDATION_FAILED measures.0.code',
      'VALIDATION_FAILED measures.1.code',
      'NOT_FOUND measures.2.subjectId',
    ]);
    const half = { indicatorCode: 'C-07', subjectType: 'REGION', subjectId: '320322', year: 2024, operator: 'GE' };
    const scale = { ...half, dimension: 'CAPABILITY', value: '65', floor: '40', weight: '0.2' };
    expect(await errorsOf('setIndicatorTarget', scale, county)).toEqual([]);
    expect(await refused({})).toEqual(['VALIDATION_FAILED period']);
    expect(await errorsOf('setIndicatorTarget', { ...scale, weight: '0.4' }, county)).toEqual([]);
  });
});

describe('a target', () => {
  test('has a version, goes its indicator’s way, and is set by the commission of its subject', async () => {
    const target = { indicatorCode: 'F-03', subjectType: 'INSTITUTION', subjectId: 'in_TOWN', year: 2025 };
    const form = { ...target, operator: 'GE', value: '90' };
    const select = 'indicatorTarget { value floor version updatedAt }';
    expect(await write('setIndicatorTarget', form, select, county)).toMatchObject({
      errors: [],
      indicatorTarget: { value: '90.0000', floor: null, version: 1 },
    });
    const errors = (change: object, asking = county) => errorsOf('setIndicatorTarget', { ...form, ...change }, asking);
    expect(await errors({ version: 1, value: '92' })).toEqual([]);
    expect(await errors({ version: 1 })).toEqual(['VERSION_CONFLICT version']);
    expect(await errors({}, other)).toEqual(['FORBIDDEN subjectId']);
    expect(await errors({}, on('2025-01-10', hospital))).toEqual(['FORBIDDEN subjectId']);
    expect(await errors({ indicatorCode: 'X-99' })).toEqual(['NOT_FOUND indicatorCode']);
    expect(await errors({ operator: 'LE', floor: '95', weight: '2' })).toEqual([
      'VALIDATION_FAILED operator',
      'VALIDATION_FAILED weight',
      'VALIDATION_FAILED floor',
    ]);
    const scale = { floor: '95', weight: '1', dimension: 'HEALTH' };
    expect(await errors(scale)).toEqual(['VALIDATION_FAILED floor']);
  });
});

describe('the appraisal of contract service', () => {
  test('TV-62 a team of which 35 of 40 services were truthful keeps 80.50 of 92.00, and is ranked with it', async () => {
    const { sql } = writing.database;
    await sql`insert into satisfaction_surveys (id, subject_type, subject_id, respondent_kind, period, questions)
      values ('ss_Q3', 'TEAM', 'tm_ONE', 'RESIDENT', '2024-Q3', '{}'), ('ss_TWO', 'TEAM', 'tm_TWO', 'RESIDENT', '2024-Q3', '{}')`;
    await sql`insert into satisfaction_responses (id, survey_id, respondent_kind, at, answers, score, team_id)
      values ('sn_Q3', 'ss_Q3', 'RESIDENT', '2024-08-01T09:00:00+08:00', '{}', 92, 'tm_ONE'),
        ('sn_TWO', 'ss_TWO', 'RESIDENT', '2024-08-01T09:00:00+08:00', '{}', 85, 'tm_TWO')`;
    const input = { regionCode: '320322', subjectType: 'TEAM', kind: 'CONTRACT_SERVICE', period: '2024-Q3' };
    const select = 'evaluations { subjectId uncheckedTotal truthRate total grade rank }';
    const { evaluations } = await write('runEvaluation', input, select, county);
    expect(Array.isArray(evaluations) ? evaluations.slice(0, 2) : evaluations).toEqual([
      { subjectId: 'tm_TWO', uncheckedTotal: null, truthRate: null, total: '85.00', grade: 'B', rank: 1 },
      { subjectId: 'tm_ONE', uncheckedTotal: '92.00', truthRate: '87.50', total: '80.50', grade: 'B', rank: 2 },
    ]);
  });
});

const shares = 'fundAllocation { id status version pool rows { institution { id } base weight factor amount } }';
const fund = { regionCode: '320381', year: 2024 };

describe('a fund', () => {
  test('TV-64 the new subsidy is ten yuan a head of 1,038,337 residents', async () => {
    const { fundAllocation } = await write('allocateFunds', { ...fund, source: 'BPH_INCREMENT' }, shares, other);
    expect(Object(fundAllocation).pool).toBe('10383370.00');
  });

  test('TV-65 a draft is made anew: 300,000.00 by signed × fulfilment rate × satisfaction, to the cent', async () => {
    const input = { ...fund, source: 'BPH_INCREMENT', pool: '300000.00' };
    expect(await errorsOf('allocateFunds', { ...input, version: 9 }, other)).toEqual(['VERSION_CONFLICT version']);
    const { fundAllocation } = await write('allocateFunds', { ...input, version: 1 }, shares, other);
    expect(fundAllocation).toEqual({
      id: expect.any(String),
      status: 'DRAFT',
      version: 2,
      pool: '300000.00',
      rows: [
        { institution: { id: 'in_H1' }, base: '9000.00', weight: '7452.0000', factor: '1.0000', amount: '139812.38' },
        { institution: { id: 'in_H2' }, base: '7000.00', weight: '4928.0000', factor: '1.0000', amount: '92457.79' },
        { institution: { id: 'in_H3' }, base: '4000.00', weight: '3610.0000', factor: '1.0000', amount: '67729.83' },
      ],
    });
  });

  test('TV-85 is shared out by population and grade of the published evaluations', async () => {
    const input = { ...fund, source: 'FISCAL', pool: '2000000.00' };
    expect(await errorsOf('allocateFunds', input, other)).toEqual(['VALIDATION_FAILED year', 'VALIDATION_FAILED year']);
    const codes = ['C-07', 'C-10', 'E-08'] as const;
    const dimensions = ['CAPABILITY', 'HEALTH', 'SATISFACTION'];
    await setScales(
      '320381',
      codes.map((code, index) => [code, dimensions[index] ?? '', '0', '100', '1']),
      other,
    );
    const totals = { in_H1: '91.2', in_H2: '83.5', in_H3: '68.0' };
    const measures = Object.entries(totals).flatMap(([subjectId, value]) =>
      codes.map((code) => ({ subjectId, code, value })),
    );
    const evaluation = { regionCode: '320381', subjectType: 'INSTITUTION', kind: 'ROUTINE', period: '2024', measures };
    const ranked = await write('runEvaluation', evaluation, 'evaluations { subjectId total grade rank }', other);
    expect(ranked['evaluations']).toEqual([
      { subjectId: 'in_H1', total: '91.20', grade: 'A', rank: 1 },
      { subjectId: 'in_H2', total: '83.50', grade: 'B', rank: 2 },
      { subjectId: 'in_H3', total: '68.00', grade: 'D', rank: 3 },
    ]);
    const { fundAllocation } = await write('allocateFunds', input, shares, other);
    expect(Object(fundAllocation).rows).toEqual([
      { institution: { id: 'in_H1' }, base: '42000.00', weight: '46200.0000', factor: '1.1000', amount: '935222.67' },
      { institution: { id: 'in_H2' }, base: '31000.00', weight: '31000.0000', factor: '1.0000', amount: '627530.37' },
      { institution: { id: 'in_H3' }, base: '27000.00', weight: '21600.0000', factor: '0.8000', amount: '437246.96' },
    ]);
  });

  test('is approved, then paid, then confirmed by each institution, which sees its own share only', async () => {
    const input = { ...fund, year: 2024, source: 'INSURANCE', pool: '0.05' };
    const { fundAllocation } = await write('allocateFunds', input, 'fundAllocation { id rows { amount } }', other);
    const { id, rows } = Object(fundAllocation);
    expect(rows.map(({ amount }: { amount: string }) => amount)).toEqual(['0.02', '0.02', '0.01']);
    const confirm = { id, institutionId: 'in_H1' };
    expect(await errorsOf('payFundAllocation', { id }, other)).toEqual(['INVALID_TRANSITION id']);
    expect(await errorsOf('approveFundAllocation', { id, department: 'FINANCE' }, county)).toEqual(['FORBIDDEN id']);
    expect(await errorsOf('approveFundAllocation', { id, department: 'FINANCE', version: 1 }, other)).toEqual([]);
    expect(await errorsOf('allocateFunds', input, other)).toEqual(['INVALID_TRANSITION year']);
    expect(await errorsOf('confirmFundReceipt', confirm, manager('in_H1'))).toEqual(['INVALID_TRANSITION id']);
    expect(await errorsOf('payFundAllocation', { id, paidOn: '2025-02-01' }, other)).toEqual([
      'VALIDATION_FAILED paidOn',
    ]);
    expect(await errorsOf('payFundAllocation', { id }, other)).toEqual([]);
    expect(await errorsOf('confirmFundReceipt', confirm, manager('in_H2'))).toEqual(['FORBIDDEN institutionId']);
    expect(await errorsOf('confirmFundReceipt', confirm, manager('in_H1'))).toEqual([]);
    expect(await errorsOf('confirmFundReceipt', confirm, manager('in_H1'))).toEqual([
      'INVALID_TRANSITION institutionId',
    ]);
    const query = `{ fundAllocations(where: { status: { eq: PAID }, regionCode: { eq: "320381" } }) { nodes { status
      rows { institution { id } amount confirmedOn } history { from to } } } }`;
    const own = { institution: { id: 'in_H1' }, amount: '0.02', confirmedOn: '2025-01-10' };
    const history = [
      { from: null, to: 'DRAFT' },
      { from: 'DRAFT', to: 'APPROVED' },
      { from: 'APPROVED', to: 'PAID' },
    ];
    const seenBy = async (asking: Asking) => Object(await writing.read(query, asking)).fundAllocations.nodes;
    expect(await seenBy(manager('in_H1'))).toEqual([{ status: 'PAID', rows: [own], history }]);
    expect(await seenBy(manager('in_TOWN'))).toEqual([{ status: 'PAID', rows: [], history }]);
    expect((await seenBy(other))[0].rows).toHaveLength(3);
  });

  test('is refused to others, without a pool, and for hospitals that are not of the region', async () => {
    const errors = (change: object, asking = other) =>
      errorsOf('allocateFunds', { ...fund, source: 'BPH', pool: '100', ...change }, asking);
    expect(await errors({}, manager('in_H1'))).toEqual(['FORBIDDEN regionCode']);
    expect(await errors({ pool: '0' })).toEqual(['VALIDATION_FAILED pool']);
    expect(await errors({ pool: null })).toEqual(
      ['VALIDATION_FAILED pool', 'VALIDATION_FAILED regionCode'].slice(0, 1),
    );
    expect(await errors({ institutionIds: ['in_H1', 'in_TOWN'] })).toEqual(['VALIDATION_FAILED institutionIds.1']);
  });
});
