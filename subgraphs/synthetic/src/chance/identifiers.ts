import { Draws } from './draws.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = '10X98765432';

/** Public id: prefix, underscore and 12 Crockford base-32 characters (domain.md 2.0). */
export function publicId(prefix: string, draws: Draws): string {
  let text = '';
  for (let half = 0; half < 2; half += 1) {
    let word = draws.word();
    for (let position = 0; position < 6; position += 1) {
      text += CROCKFORD.charAt(word % 32);
      word = Math.floor(word / 32);
    }
  }
  return `${prefix}_${text}`;
}

/** Ids of what every region has are drawn under this word whatever the region's own seed. */
const ID_SEED = 'hutong';

/**
 * Public id of what every region has at its path (a resident, an institution, somebody of its staff, an alliance): the same for every
 * seed word, so that documentation, demo callers and clients may name one.
 */
export function lastingId(prefix: string, path: string): string {
  return publicId(prefix, new Draws(ID_SEED, path));
}

/** Check character of the first 17 of a citizen number (GB 11643; domain.md 3.21.1). */
export function citizenCheck(first17: string): string {
  const sum = ID_WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17.charAt(index)), 0);
  return ID_CHECKS.charAt(sum % 11);
}

/** 陆良 530322 ends like 沛县 320322; other digits keep the numbers of the two places apart. */
const endings: Readonly<Record<string, string>> = { '530322': '5322' };

/** A synthetic citizen number: division 99 + last four digits of the county, so no real person can have it. */
export function citizenNumber(county: string, birthDate: string, serial: number): string {
  const ending = endings[county] ?? county.slice(-4);
  const first17 = `99${ending}${birthDate.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  return first17 + citizenCheck(first17);
}

/** Check character of the first 17 of a unified social credit code (GB 32100; domain.md 3.21.2). */
export function usccCheck(first17: string): string {
  const sum = USCC_WEIGHTS.reduce(
    (total, weight, index) => total + weight * USCC_ALPHABET.indexOf(first17.charAt(index)),
    0,
  );
  return USCC_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** A synthetic unified social credit code: kind 12, the county, and an organisation code that begins HX. */
export function usccOf(division: string, serial: number): string {
  const first17 = `12${division.slice(0, 6).padEnd(6, '0')}HX${String(serial).padStart(7, '0')}`;
  return first17 + usccCheck(first17);
}

/** Number of the insurance: a letter, six digits of division, a serial (domain.md 5.6). */
export function insuranceCode(letter: string, division: string, serial: number, digits: number): string {
  return `${letter}${division.slice(0, 6).padEnd(6, '0')}${String(serial).padStart(digits, '0')}`;
}
