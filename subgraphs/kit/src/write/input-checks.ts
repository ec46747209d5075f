import { createFaults, type FaultText, refuse } from './write-refused.ts';

/** How many entries a list may have where nothing else says so. */
export const MOST_ENTRIES = 200;

/** How many characters a name, a dose or a value may have where nothing else says so, and how many what is written as prose. */
const LONGEST_TEXT = 200;
export const LONGEST_PROSE = 4_000;

/** Refuses a list that is longer than anybody needs, before anything is read for it. */
export function expectSize(list: readonly unknown[] | null | undefined, most: number, path: string): void {
  if ((list?.length ?? 0) <= most) return;
  refuse('VALIDATION_FAILED', path, tooMany(most));
}

/**
 * Refuses an input that has longer lists or texts than anybody needs, before anything is read for it: lists of more than MOST_ENTRIES,
 * texts of more than 200 characters, or of what `longer` says of a path; an entry of whatever list is `*` in it.
 */
export function expectBounds(input: object, longer: Readonly<Record<string, number>> = {}): void {
  const faults = createFaults();
  const check = (value: unknown, path: readonly string[], form: readonly string[]): void => {
    if (typeof value === 'string') {
      const most = longer[form.join('.')] ?? LONGEST_TEXT;
      faults.expect(value.length <= most, 'VALIDATION_FAILED', path.join('.'), tooLong(most));
    } else if (Array.isArray(value)) {
      faults.expect(value.length <= MOST_ENTRIES, 'VALIDATION_FAILED', path.join('.'), tooMany(MOST_ENTRIES));
      const entries = value.length <= MOST_ENTRIES ? value : [];
      for (const [index, entry] of entries.entries()) check(entry, [...path, String(index)], [...form, '*']);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) check(part, [...path, name], [...form, name]);
    }
  };
  check(input, [], []);
  faults.throwIfAny();
}

const tooMany = (most: number): FaultText => ({
  en: `At most ${most} entries may be given.`,
  zh: `至多可填写 ${most} 项。`,
});

/** Says how many characters may be written. */
export const tooLong = (most: number): FaultText => ({
  en: `At most ${most} characters may be written.`,
  zh: `至多可填写 ${most} 个字符。`,
});

/** Whether a text is a time of day, `08:30`. */
export function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}
