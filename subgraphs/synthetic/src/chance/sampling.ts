import type { Draws } from './draws.ts';

const GOLDEN = 0.6180339887498949;

/** How many of the first `end` items a share makes, less those of the first `start`: exact over all blocks together. */
export function quota(share: number, start: number, end: number): number {
  return Math.round(share * end) - Math.round(share * start);
}

/** A copy in an order that only the draws decide (Fisher–Yates). */
export function shuffled<Item>(items: readonly Item[], draws: Draws): Item[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = draws.integer(0, last);
    const lastItem = copy[last];
    const otherItem = copy[other];
    if (lastItem === undefined || otherItem === undefined) continue;
    copy[last] = otherItem;
    copy[other] = lastItem;
  }
  return copy;
}

/**
 * Systematic sampling with probability proportional to weight: how often each item is hit, in input order. The total is
 * the sum of weights rounded up or down, so shares come out with next to no sampling error.
 */
export function systematicCounts(weights: readonly number[], start: number): number[] {
  let reach = start;
  return weights.map((weight) => {
    const before = Math.floor(reach);
    reach += weight;
    return Math.floor(reach) - before;
  });
}

/** Systematic sampling at one common rate. */
export function systematic<Item>(items: readonly Item[], rate: (item: Item) => number, start: number): Item[] {
  const counts = systematicCounts(items.map(rate), start);
  return items.filter((_, index) => (counts[index] ?? 0) > 0);
}

/** Exactly `count` items, each with a chance proportional to its weight and at most 1. */
export function selectExactly<Item>(
  items: readonly Item[],
  weight: (item: Item) => number,
  count: number,
  start: number,
): Item[] {
  const weights = items.map(weight);
  const wanted = Math.min(count, weights.filter((one) => one > 0).length);
  const probabilities = scaledTo(weights, wanted);
  let reach = start;
  const chosen: Item[] = [];
  items.forEach((item, index) => {
    const before = Math.floor(reach + 1e-9);
    reach += probabilities[index] ?? 0;
    if (Math.floor(reach + 1e-9) > before) chosen.push(item);
  });
  return chosen;
}

/** Number n of a sequence that fills [0, 1) evenly, from a random start. */
export function evenly(start: number, index: number): number {
  return (start + index * GOLDEN) % 1;
}

/** Weights scaled to a sum, none above 1. */
function scaledTo(weights: readonly number[], sum: number): number[] {
  let scale = 0;
  let full = new Set<number>();
  for (let round = 0; round < 20; round += 1) {
    const free = weights.reduce((total, weight, index) => (full.has(index) ? total : total + weight), 0);
    scale = free === 0 ? 0 : (sum - full.size) / free;
    const over = new Set([...weights.keys()].filter((index) => full.has(index) || (weights[index] ?? 0) * scale >= 1));
    if (over.size === full.size) break;
    full = over;
  }
  return weights.map((weight, index) => (full.has(index) ? 1 : weight * scale));
}
