import { sealed } from '@hutong/kit';
import { benefitPlansOf } from '@hutong/synthetic';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sampleKeys } from '../sample-rows.ts';
import { bureau, openWriting, serviceLine, stayOf, visitOf, type Answer, type Writing } from '../sample-writing.ts';
import { tellProviderMonths } from './provider-sums.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'), benefitPlansOf('3203', 2024));
}, 60_000);
afterAll(() => writing.database.close());

const july = (day: string) => `2024-07-${day}T08:30:00+08:00`;
const drug = (amount: string) => ({ ...Object(serviceLine('XHTN', amount)), kind: 'DRUG' });
const consumable = (amount: string) => ({ ...Object(serviceLine('耗材', amount)), kind: 'CONSUMABLE' });

/** Settles what a new resident had, and gives the claim's id. */
async function settle(input: (residentId: string) => object): Promise<string> {
  const { errors, claim } = await writing.write('settleClaim', input(await writing.insure()), {
    select: 'claim { id }',
  });
  expect(errors).toEqual([]);
  return String(Object(claim).id);
}

/** A stay at the county hospital in June, grouped ES25: the standard is 3,844.00. */
const stay = (cost: string, lines: readonly object[] = [serviceLine('A', cost)], drgCode: string | null = 'ES25') =>
  settle((residentId) => stayOf(residentId, 'C', lines, { stay: { admittedOn: '2024-06-10', drgCode } }));
const visit = (lines: readonly object[], over: object = {}) =>
  settle((residentId) => visitOf(residentId, 'T', lines, over));
const voidClaim = async (id: string) =>
  expect((await writing.write('voidClaim', { id, reason: '错' }, bureau))['errors']).toEqual([]);

/** What the job tells when it runs on a day of July. */
async function toldOn(day: string): Promise<readonly Answer[]> {
  const [last] = await writing.rows('select coalesce(max(seq), 0)::text as seq from changes');
  await writing.subgraph.runJob('tellProviderMonths', july(day));
  return writing.rows(
    `select id, payload from changes where type = 'ProviderMonth' and seq > $1::bigint order by seq`,
    String(last?.['seq']),
  );
}

const told = (providerCode: string, figures: object) => ({
  id: `${providerCode}/2024-06`,
  payload: { providerCode, month: '2024-06', ...figures },
});
const hospital = {
  total: '39237.60',
  drugs: '1000.00',
  consumables: '500.00',
  drgCases: '5',
  lowOutliers: '1',
  highOutliers: '2',
};
const townVisits = {
  total: '200.00',
  drugs: '120.00',
  consumables: '30.00',
  drgCases: '0',
  lowOutliers: '0',
  highOutliers: '0',
};
const [town, county] = ['H32032200001', 'H32032200002'];
const visits: string[] = [];

test('a month is told by provider: revenue, drugs, consumables and outliers of what was settled and not voided', async () => {
  await stay('3500', [drug('1000'), consumable('500'), serviceLine('A', '2000')]);
  for (const cost of ['1300', '1537.6', '15000', '17000']) await stay(cost);
  await stay('900', undefined, null);
  await voidClaim(await stay('15000', [drug('15000')]));
  visits.push(await visit([drug('120'), consumable('30')]), await visit([serviceLine('A', '50')]));
  await voidClaim(await visit([drug('70')]));
  await visit([drug('80')], { serviceDate: '2024-05-31' });
  await visit([drug('80')], { serviceDate: '2024-07-01' });
  expect(await toldOn('01')).toEqual([told(town, townVisits), told(county, hospital)]);
});

/** The claims that speak for an alert of June, each by its total and the outcome of its case. */
async function claimsOf(
  ruleId: string,
  providerCode: string | null,
  asked: { threshold?: string; first?: number } = {},
) {
  const { threshold = '35.00', first = 50 } = asked;
  const { _entities: found } = await writing.read(
    `query ($of: [_Any!]!, $first: Int) { _entities(representations: $of) { ... on SupervisionAlert { claims(first: $first) {
      nodes { settlement { totalAmount } drgCase { outlier } } totalCount } } } }`,
    {
      of: [
        {
          __typename: 'SupervisionAlert',
          id: 'sa_X',
          ruleId,
          period: '2024-06',
          threshold,
          institution: { providerCode },
        },
      ],
      first,
    },
  );
  const [{ claims }] = Object(found);
  return claims && [...claims.nodes.map((claim: object) => shown(Object(claim))), claims.totalCount];
}

const shown = ({ settlement, drgCase }: Record<string, Record<string, unknown> | null>) =>
  `${String(settlement?.['totalAmount'])} ${String(drgCase?.['outlier'] ?? 'visit')}`;

test('the claims behind a share that is told are its own: of the provider and month, not voided, largest first', async () => {
  expect(await claimsOf('DRUG_SHARE', town)).toEqual(['150.00 visit', 1]);
  expect(await claimsOf('DRUG_SHARE', town, { threshold: '80.00' })).toEqual([0]);
  expect(await claimsOf('CONSUMABLE_SHARE', town, { threshold: '19.99' })).toEqual(['150.00 visit', 1]);
  expect(await claimsOf('CONSUMABLE_SHARE', town, { threshold: '20.00' })).toEqual([0]);
  expect(await claimsOf('DRUG_SHARE', county, { threshold: '20.00' })).toEqual(['3500.00 NORMAL', 1]);
  expect(await claimsOf('LOW_OUTLIER_SHARE', county)).toEqual(['1300.00 LOW', 1]);
  expect(await claimsOf('HIGH_OUTLIER_SHARE', county)).toEqual(['17000.00 HIGH', '15000.00 HIGH', 2]);
  expect(await claimsOf('HIGH_OUTLIER_SHARE', county, { first: 1 })).toEqual(['17000.00 HIGH', 2]);
  expect(await claimsOf('HIGH_OUTLIER_SHARE', town)).toEqual([0]);
});

test('of a rule that rests on rows of others, and of an institution without a provider code, no claims are told', async () => {
  expect(await claimsOf('ALOS', county)).toBeNull();
  expect(await claimsOf('DRUG_SHARE', null)).toBeNull();
});

test('only what changed is told again: a high outlier paid as normal is still one, a late claim and a voided one count', async () => {
  expect(await toldOn('02')).toEqual([]);
  const settled = await writing.write(
    'settleDrgMonth',
    { institutionId: 'in_C', month: '2024-06' },
    { ...bureau, businessTime: july('03'), select: 'drgMonth { demotedCases }' },
  );
  expect(settled).toMatchObject({ errors: [], drgMonth: { demotedCases: 2 } });
  expect(await toldOn('03')).toEqual([]);
  expect(await claimsOf('HIGH_OUTLIER_SHARE', county)).toEqual(['17000.00 NORMAL', '15000.00 NORMAL', 2]);
  visits.push(await visit([drug('40')], { serviceDate: '2024-06-30' }));
  expect(await toldOn('04')).toEqual([told(town, { ...townVisits, total: '240.00', drugs: '160.00' })]);
  for (const id of visits) await voidClaim(id);
  const nothing = { ...townVisits, total: '0.00', drugs: '0.00', consumables: '0.00' };
  expect(await toldOn('05')).toEqual([told(town, nothing)]);
  expect(await toldOn('06')).toEqual([]);
});

test('only the system tells months', async () => {
  const parts = {
    caller: { id: 'x', kind: 'PERSON', role: 'INSURANCE_BUREAU', regionCodes: ['3203'], scopes: [] },
    clock: { instant: july('01'), day: '2024-07-01' },
    seal: () => sealed(sampleKeys, ''),
    open: sampleKeys.open,
    keyedHash: (text: string) => text,
    allowSynthetic: true,
    change: () => undefined,
    step: () => undefined,
  } as const;
  const refused = writing.database.db.transaction((tx) => tellProviderMonths({}, { ...parts, tx }));
  await expect(refused).rejects.toThrow('FORBIDDEN');
});
