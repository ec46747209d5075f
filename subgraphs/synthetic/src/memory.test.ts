import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createRegion } from './region.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Megabytes on the heap after garbage collection. */
function heap(): number {
  if (typeof collectGarbage === 'function') collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
}

/** Streams a place with its visits and gives the most heap seen, and the facts made per second of processor time. */
function stream(residentsPerPlace: number): { readonly peak: number; readonly rate: number } {
  const region = createRegion({ seed: 'hutong', residentsPerPlace, visitScale: 0.25, years: 1, scenario: 'CURRENT' });
  const start = process.cpuUsage().user;
  let peak = 0;
  let facts = 0;
  for (const resident of region.residents('pei')) {
    const history = region.history(resident);
    facts += 1 + history.claims.reduce((sum, claim) => sum + 1 + claim.lines.length, history.encounters.length);
    if (resident.index % 2_500 === 2_499) peak = Math.max(peak, heap());
  }
  return { peak, rate: facts / ((process.cpuUsage().user - start) / 1e6) };
}

test('the heap does not grow between 5,000 and 20,000 residents', { timeout: 600_000 }, (context) => {
  const small = stream(5_000);
  const large = stream(20_000);
  void context.annotate(
    `${Math.round(large.rate)} facts a second of processor time, peak heap ${large.peak.toFixed(0)} MB`,
  );
  expect(large.peak).toBeLessThan(small.peak * 1.15 + 5);
});
