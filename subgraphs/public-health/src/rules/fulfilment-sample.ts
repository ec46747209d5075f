import { createHash } from 'node:crypto';
import { Decimal } from 'decimal.js';

/** How many services of a team and quarter are checked (domain.md 3.8.7, 3.23): 5 %, ten at least, all when there are fewer. */
export function sampleSize(events: number): number {
  return Math.min(events, Math.max(10, Math.ceil(events / 20)));
}

/** Draws the sample: who knows the seed draws the same one, in the same order (domain.md 3.8.7). */
export function drawSample(ids: readonly string[], seed: string): readonly string[] {
  const lots = new Map(ids.map((id) => [id, createHash('sha256').update(`${seed}/${id}`).digest('hex')]));
  const lotOf = (id: string) => `${lots.get(id) ?? ''}${id}`;
  return ids.toSorted((a, b) => (lotOf(a) < lotOf(b) ? -1 : 1)).slice(0, sampleSize(ids.length));
}

/** What untruthful records cost a team: below 90 % the exact share multiplies its score, which is then rounded (domain.md 3.8.7). */
export function scoreAfterCheck(score: string, truthful: number, checked: number): string {
  const share = checked === 0 ? new Decimal(1) : new Decimal(truthful).div(checked);
  return new Decimal(score).mul(share.lt('0.9') ? share : 1).toFixed(2, Decimal.ROUND_HALF_UP);
}

/** Whether a team forgoes the incentive of a period: below 70 % of its records were truthful (domain.md 3.8.7). */
export function forgoesIncentive(truthful: number, checked: number): boolean {
  return checked > 0 && truthful * 10 < checked * 7;
}
