/** First and last code of a range, both inclusive, categories such as `I20` or codes such as `I21.9`. */
export interface Icd10Range {
  readonly from: string;
  readonly to: string;
}

/**
 * An ICD-10 code without point, dash and case, `I21.900x001` as `I21900X001` (domain.md 3.4.3); undefined when the text is no
 * code.
 */
export function normaliseIcd10(code: string): string | undefined {
  const bare = code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return /^[A-Z]\d{2}[0-9X]*$/.test(bare) ? bare : undefined;
}

/** Whether a code lies in a range: I21.9 lies in I20–I25, and I25.9 still does (domain.md 3.4.3, 3.4.4). */
export function isInIcd10Range(code: string, range: Icd10Range): boolean {
  const [value, from, to] = [normaliseIcd10(code), normaliseIcd10(range.from), normaliseIcd10(range.to)];
  if (value === undefined || from === undefined || to === undefined) return false;
  return value.slice(0, from.length) >= from && value.slice(0, to.length) <= to;
}

/** Whether a code lies in one of several ranges. */
export function isInSomeIcd10Range(code: string, ranges: readonly Icd10Range[]): boolean {
  return ranges.some((range) => isInIcd10Range(code, range));
}
