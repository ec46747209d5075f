import { createHash } from 'node:crypto';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Public id that is the same for the same parts in every run: prefix, underscore, 12 characters. */
export function stableId(prefix: string, ...parts: readonly (string | number)[]): string {
  const bytes = digest(parts);
  let text = '';
  for (let index = 0; index < 12; index += 1) text += crockford.charAt((bytes[index] ?? 0) % 32);
  return `${prefix}_${text}`;
}

/** A number in [0, 1) that is the same for the same parts in every run. */
export function stableFraction(...parts: readonly (string | number)[]): number {
  return digest(parts).readUInt32BE(12) / 2 ** 32;
}

/** A whole number from low to high, both possible, that is the same for the same parts in every run. */
export function stableInteger(low: number, high: number, ...parts: readonly (string | number)[]): number {
  return low + Math.floor(stableFraction(...parts) * (high - low + 1));
}

function digest(parts: readonly (string | number)[]): Buffer {
  return createHash('sha256').update(parts.join('/')).digest();
}
