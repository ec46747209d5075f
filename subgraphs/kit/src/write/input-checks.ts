import { refuse } from './write-refused.ts';

/** How many entries a list may have where nothing else says so. */
export const MOST_ENTRIES = 200;

/** Refuses a list that is longer than anybody needs, before anything is read for it. */
export function expectSize(list: readonly unknown[] | null | undefined, most: number, path: string): void {
  if ((list?.length ?? 0) <= most) return;
  refuse('VALIDATION_FAILED', path, {
    en: `At most ${most} entries may be given.`,
    zh: `至多可填写 ${most} 项。`,
  });
}

/** Whether a text is a time of day, `08:30`. */
export function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}
