import { array, assert, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { toCents, toYuan } from './money.ts';
import { allianceResult, insurerShare, performanceShares, SURPLUS_SHARES } from './surplus.ts';

test('the parts of whatever is kept add up to it to the cent, none is negative, and a better evaluation never gets less', () => {
  const yuan = integer({ min: 0, max: 9_000_000_00 }).map(toYuan);
  const quality = integer({ min: 0, max: 10_000 }).map(toYuan);
  const members = array(record({ population: integer({ min: 1, max: 90_000 }).map(String), quality }), {
    minLength: 1,
    maxLength: 12,
  });
  assert(
    property(yuan, yuan, quality, members, (budget, spent, q, of) => {
      const { retained, lead, township, village } = allianceResult(budget, spent, q, SURPLUS_SHARES);
      const parts = [lead, township, village].map(toCents);
      const amounts = performanceShares(township, of).map(({ amount }) => toCents(amount));
      const sum = (cents: readonly number[]) => cents.reduce((total, one) => total + one, 0);
      const least = Math.min(...parts, ...amounts, toCents(insurerShare(budget, spent, q)));
      expect([sum(parts), sum(amounts), least >= 0]).toEqual([toCents(retained), toCents(township), true]);
      const better = allianceResult(budget, spent, '100', SURPLUS_SHARES);
      expect(toCents(better.retained)).toBeGreaterThanOrEqual(toCents(retained));
    }),
    { numRuns: 500, seed: 20_241_231 },
  );
});
