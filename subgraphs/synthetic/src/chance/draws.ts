import { hash } from 'node:crypto';

const TWO_32 = 0x1_0000_0000;
const WORDS = 8;

/**
 * A stream of random numbers that is a pure function of seed and path (domain.md 8.1).
 *
 * Draw n is 32-bit word n mod 8 of SHA-256("v1:" + seed + ":" + path + suffix), where the suffix is empty for the first
 * eight draws and "#" + ⌊n / 8⌋ after them; so draw 0 is exactly the hash-counter generator of domain.md 8.1, and one
 * digest serves eight draws.
 */
export class Draws {
  readonly #key: string;
  #digest = '';
  #drawn = 0;

  constructor(seed: string, path: string) {
    this.#key = `v1:${seed}:${path}`;
  }

  /** The next 32-bit word. */
  word(): number {
    const position = this.#drawn % WORDS;
    if (position === 0) {
      const block = this.#drawn / WORDS;
      this.#digest = hash('sha256', block === 0 ? this.#key : `${this.#key}#${block}`, 'binary');
    }
    this.#drawn += 1;
    const at = position * 4;
    const digest = this.#digest;
    const high = (digest.charCodeAt(at) << 8) | digest.charCodeAt(at + 1);
    return high * 65_536 + ((digest.charCodeAt(at + 2) << 8) | digest.charCodeAt(at + 3));
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.word() / TWO_32;
  }

  /** Whole number in [from, to], both included. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.uniform() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.uniform() * items.length)];
    if (item === undefined) throw new RangeError('Cannot pick from an empty list');
    return item;
  }

  /** One of pairs [item, weight]. */
  weighted<Item>(pairs: readonly (readonly [Item, number])[]): Item {
    let rest = this.uniform() * pairs.reduce((sum, pair) => sum + pair[1], 0);
    for (const [item, weight] of pairs) {
      rest -= weight;
      if (rest < 0) return item;
    }
    const last = pairs.at(-1);
    if (last === undefined) throw new RangeError('Cannot pick from an empty list');
    return last[0];
  }

  /** Standard normal, Box–Muller. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Poisson with a mean below about 50, by inversion of one draw. */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    const target = this.uniform();
    let term = Math.exp(-mean);
    let sum = term;
    let count = 0;
    while (target > sum && count < 1000) {
      count += 1;
      term *= mean / count;
      sum += term;
    }
    return count;
  }

  /** Lognormal with the given mean and sigma, cut at the 99.5 % quantile (domain.md 8.4). */
  lognormal(mean: number, sigma: number): number {
    const z = Math.min(2.5758, this.normal());
    return mean * Math.exp(sigma * z - (sigma * sigma) / 2);
  }
}
