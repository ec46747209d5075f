import { benefitPlansOf } from '@hutong/synthetic';
import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { linesFor, openWriting, stayOf, visitOf, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'), benefitPlansOf('3203', 2024));
});
afterAll(() => writing.database.close());

const asking = { businessTime: '2025-12-31T23:59:59+08:00' };

/** A visit or a stay of some size at some level. */
const costs = record({
  kind: constantFrom(stayOf, visitOf),
  level: constantFrom('T', 'C', 'M'),
  total: integer({ min: 100, max: 60_000 }),
  year: constantFrom(2024, 2025),
});

/** Settles claims for somebody new in an order, voids one of them, and gives what each came to and the totals of both years. */
async function come(claims: readonly (readonly [index: number, claim: object])[], isVoided: boolean): Promise<unknown> {
  const residentId = await writing.insure();
  const settled = new Map<number, unknown>();
  for (const [index, { kind, level, total, year }] of claims.map(([at, claim]) => [at, Object(claim)] as const)) {
    const over = {
      serviceDate: `${year}-06-15`,
      ...(kind === stayOf ? { stay: { admittedOn: `${year}-06-01` } } : {}),
    };
    const input = kind(residentId, level, linesFor(total, 10, 5), over);
    const select = 'claim { id settlement { fundBasic fundCatastrophic deductible ratio cash } }';
    const { errors, claim } = await writing.write('settleClaim', input, { select, ...asking });
    expect(errors).toEqual([]);
    settled.set(index, Object(claim).settlement);
    if (isVoided) await writing.write('voidClaim', { id: Object(claim).id, reason: '重复收费' }, asking);
  }
  const totals = `select no, inpatient_fund, outpatient_fund, eligible_oop, admissions from accumulators where resident_id = $1 order by no`;
  return { settled: [...settled].toSorted(([a], [b]) => a - b), totals: await writing.rows(totals, residentId) };
}

test('the order of claims of different years does not matter', async () => {
  const property = asyncProperty(array(costs, { minLength: 2, maxLength: 5 }), async (given) => {
    const numbered = [...given.entries()];
    const byYear = numbered.toSorted(([, a], [, b]) => a.year - b.year);
    const backwards = numbered.toSorted(([, a], [, b]) => b.year - a.year);
    expect(await come(byYear, false)).toEqual(await come(backwards, false));
  });
  await assert(property, { numRuns: 5, seed: 20_241_231 });
}, 120_000);

test('what is settled and voided leaves the totals as they were', async () => {
  const property = asyncProperty(array(costs, { minLength: 1, maxLength: 4 }), async (given) => {
    const { totals } = Object(await come([...given.entries()], true));
    const years = [...new Set(given.map(({ year }) => year))].toSorted((a, b) => a - b);
    const nothing = { inpatient_fund: '0.00', outpatient_fund: '0.00', eligible_oop: '0.00', admissions: 0 };
    expect(totals).toEqual(years.map((no) => ({ no, ...nothing })));
  });
  await assert(property, { numRuns: 5, seed: 20_241_231 });
}, 120_000);
