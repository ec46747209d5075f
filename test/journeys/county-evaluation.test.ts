import { personaIds } from '@hutong/gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerLike, startJourney, type Journey } from './journey.ts';

const { in_pei_longgu: longgu, in_pei_1: countyHospital } = personaIds;

let journey: Journey;
beforeAll(async () => {
  const manager = callerLike('hospital-manager', 'longgu-manager', { institutionId: longgu ?? '' });
  journey = await startJourney({ background: false, callers: () => Promise.resolve([manager]) });
}, 240_000);
afterAll(() => journey.close());

const county = '320322';
const run = { regionCode: county, subjectType: 'INSTITUTION', kind: 'ROUTINE', period: '2024' };

interface Evaluated {
  readonly id: string;
  readonly subjectId: string;
  readonly version: number;
  readonly status: string;
  readonly total: string | null;
  readonly grade: string | null;
  readonly rank: number | null;
  readonly gaps: readonly string[];
  readonly recommendations: readonly string[];
  readonly dimensions: readonly {
    readonly indicators: readonly {
      readonly code: string;
      readonly score: string | null;
      readonly source: string | null;
    }[];
  }[];
}

const evaluated = `evaluations { id subjectId version status total grade rank gaps recommendations
  dimensions { indicators { code score source } } }`;

interface Snapshot {
  readonly subjectId: string;
  readonly capabilityScore: string | null;
  readonly secondedLong: number | null;
  readonly fundPaid: string | null;
  readonly residentPopulation: number | null;
}

/** What the other subgraphs measured of the county's town hospitals in 2024, read at the gateway by the commission. */
async function measuresOf(ids: readonly string[]): Promise<readonly object[]> {
  const { indicatorSnapshots } = await journey.as('health-commission').asks(
    `query ($ids: [ID!]!) { indicatorSnapshots(subjectType: INSTITUTION, subjectIds: $ids, periodType: YEAR, from: "2024", to: "2024") {
      subjectId capabilityScore secondedLong fundPaid residentPopulation } }`,
    { ids },
  );
  const snapshots = Array.isArray(indicatorSnapshots) ? indicatorSnapshots : [];
  return snapshots.flatMap(({ subjectId, capabilityScore, secondedLong, fundPaid, residentPopulation }: Snapshot) => {
    const perHead = (sum: number | null, factor: number) =>
      sum === null || !residentPopulation ? null : ((sum * factor) / residentPopulation).toFixed(2);
    const values = {
      CAPABILITY: capabilityScore,
      'C-04': perHead(secondedLong, 10_000),
      'I-08': perHead(fundPaid === null ? null : Number(fundPaid), 1),
    };
    return Object.entries(values).flatMap(([code, value]) => (value === null ? [] : [{ subjectId, code, value }]));
  });
}

test('a county is evaluated from its indicators, and the money that follows reaches the town hospital to the cent', async () => {
  const commission = journey.as('health-commission');
  const manager = journey.as('longgu-manager');
  journey.travelTo('2025-01-15T09:00:00+08:00');

  const target = { subjectType: 'REGION', subjectId: county, year: 2024, operator: 'GE', dimension: 'HEALTH' };
  const control = { ...target, indicatorCode: 'P-06', value: '70', floor: '30', weight: '0.5', source: '县级考核办法' };
  const standard = { ...control, indicatorCode: 'P-05', value: '80', floor: '50' };
  expect(await manager.isRefused('setIndicatorTarget', control)).toEqual(['FORBIDDEN input.subjectId']);
  await commission.does('setIndicatorTarget', control, 'indicatorTarget { version }');
  expect(await commission.isRefused('runEvaluation', { ...run, reason: '试算' })).toEqual([
    'VALIDATION_FAILED input.period',
  ]);
  await commission.does('setIndicatorTarget', standard, 'indicatorTarget { version }');

  const seeded = await commission.asks(
    `{ evaluations(where: { regionCode: { eq: "${county}" }, kind: { eq: ROUTINE }, period: { eq: "2024" } }, first: 200) {
      nodes { subjectType subjectId version status } } }`,
  );
  const ids: readonly string[] = Object(seeded)
    .evaluations.nodes.filter(({ subjectType }: { subjectType: string }) => subjectType === 'INSTITUTION')
    .map(({ subjectId }: { subjectId: string }) => subjectId);
  expect(ids).toContain(longgu);
  const measures = await measuresOf(ids);
  expect(await manager.isRefused('runEvaluation', { ...run, measures })).toEqual(['FORBIDDEN input.regionCode']);
  expect(await commission.isRefused('runEvaluation', { ...run, measures })).toEqual(['VALIDATION_FAILED input.reason']);

  const done = await commission.does('runEvaluation', { ...run, measures, reason: '年度考核' }, evaluated);
  const evaluations: readonly Evaluated[] = Object(done).evaluations;
  expect(evaluations.map(({ subjectId }) => subjectId).toSorted()).toEqual(ids.toSorted());
  expect(new Set(evaluations.map(({ version, status }) => `${version} ${status}`))).toEqual(new Set(['2 PUBLISHED']));
  const graded = evaluations.filter(({ total }) => total !== null);
  expect(graded.length).toBeGreaterThan(2);
  for (const { total, rank, gaps, recommendations, dimensions } of graded) {
    expect(rank).toBe(1 + graded.filter((other) => Number(other.total) > Number(total)).length);
    const indicators = dimensions.flatMap((dimension) => dimension.indicators);
    expect(dimensions[1]?.indicators.map(({ code, source }) => [code, source ?? 'SNAPSHOT'])).toEqual([
      ['P-05', 'SNAPSHOT'],
      ['P-06', 'SNAPSHOT'],
    ]);
    const low = indicators.filter(({ score }) => score !== null && Number(score) < 60).map(({ code }) => code);
    expect(gaps).toEqual(low);
    expect(recommendations.includes('加强慢病团队 strengthen the chronic team')).toBe(low.includes('P-06'));
  }

  const institutionIds = graded.map(({ subjectId }) => subjectId);
  const fund = { source: 'SERVICE_SUBSIDY', regionCode: county, year: 2024, pool: '1000000.01', institutionIds };
  expect(await manager.isRefused('allocateFunds', fund)).toEqual(['FORBIDDEN input.regionCode']);
  const rows = 'rows { institution { id name } factor amount confirmedOn evaluation { total version status } }';
  const drafted = await commission.does('allocateFunds', fund, `fundAllocation { id status ${rows} }`);
  const { id, status, rows: shares } = Object(drafted).fundAllocation;
  expect(status).toBe('DRAFT');
  const cents = shares.reduce(
    (sum: number, { amount }: { amount: string }) => sum + Math.round(Number(amount) * 100),
    0,
  );
  expect(cents).toBe(100_000_001);
  const factors: Readonly<Record<string, string>> = { A: '1.1000', B: '1.0000', C: '0.9000', D: '0.8000', E: '0.7000' };
  for (const { institution, factor, evaluation } of shares) {
    const basis = graded.find(({ subjectId }) => subjectId === institution.id);
    expect([factor, evaluation]).toEqual([
      factors[basis?.grade ?? ''],
      { total: basis?.total, version: 2, status: 'PUBLISHED' },
    ]);
  }

  const approval = { id, department: 'FINANCE', version: 1 };
  expect(await manager.isRefused('approveFundAllocation', approval)).toEqual(['FORBIDDEN input.id']);
  await commission.does('approveFundAllocation', approval, 'fundAllocation { status }');
  journey.travelTo('2025-01-20T09:00:00+08:00');
  await commission.does('payFundAllocation', { id }, 'fundAllocation { status }');
  const town = graded.some(({ subjectId }) => subjectId === longgu) ? longgu : undefined;
  expect(town).toBe(longgu);
  const receipt = { id, institutionId: longgu };
  expect(await journey.as('hospital-manager').isRefused('confirmFundReceipt', receipt)).toEqual([
    'FORBIDDEN input.institutionId',
  ]);
  await manager.does('confirmFundReceipt', receipt, 'fundAllocation { id }');

  const question = `query ($id: ID!) { institution(id: $id) { fundAllocations(year: 2024) { allocation { id status paidOn } amount confirmedOn } } }`;
  const seenBy = async (persona: string, institution: string | undefined): Promise<readonly unknown[]> => {
    const answer = await journey.as(persona).asks(question, { id: institution });
    const all: readonly { readonly allocation: { readonly id: string } }[] = Object(answer).institution.fundAllocations;
    return all.filter(({ allocation }) => allocation.id === id);
  };
  const own = shares.find(({ institution }: { institution: { id: string } }) => institution.id === longgu);
  const share = {
    allocation: { id, status: 'PAID', paidOn: '2025-01-20' },
    amount: own.amount,
    confirmedOn: '2025-01-20',
  };
  expect(await seenBy('longgu-manager', longgu)).toEqual([share]);
  expect(await seenBy('health-commission', longgu)).toEqual([share]);
  expect(await seenBy('hospital-manager', longgu)).toEqual([]);
  expect(await seenBy('hospital-manager', countyHospital)).toEqual([]);
  expect(await seenBy('resident', longgu)).toEqual([]);

  await commission.does('runEvaluation', { ...run, measures, reason: '复核' }, 'evaluations { id }');
  const after = await commission.asks(
    `query ($id: ID!) { institution(id: $id) { fundAllocations(year: 2024) { allocation { id } evaluation { version status total } } } }`,
    { id: longgu },
  );
  const basis = Object(after).institution.fundAllocations.find(
    ({ allocation }: { allocation: { id: string } }) => allocation.id === id,
  ).evaluation;
  expect(basis).toEqual({ ...own.evaluation, status: 'SUPERSEDED' });
});
