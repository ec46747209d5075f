/** Codes of the catalogue by which a rule of the workforce refuses a write (domain.md B.6). */
export type RefusalCode =
  | 'CAPACITY_EXCEEDED'
  | 'INVALID_TRANSITION'
  | 'MODE_MISMATCH'
  | 'POOL_EXHAUSTED'
  | 'SCHEDULE_CONFLICT'
  | 'STRUCTURE_INCOMPLETE'
  | 'VALIDATION_FAILED';

/** A write refused (domain.md B.6): the code, and which value of the input is at fault; an empty path is the record's state. */
export interface Refused {
  readonly kind: 'REFUSED';
  readonly code: RefusalCode;
  readonly path: readonly string[];
}

/** What a rule decides of a write (domain.md B.6). */
export type Decision = { readonly kind: 'ALLOWED' } | Refused;

/** The decision that lets a write happen (domain.md B.6). */
export const ALLOWED: Decision = { kind: 'ALLOWED' };

/** A refusal by a code, naming the value at fault (domain.md B.6, 3.23). */
export function refuse(code: RefusalCode, ...path: string[]): Refused {
  return { kind: 'REFUSED', code, path };
}

/** The first refusal in order, else allowed: of several broken rules the caller learns the first (domain.md B.6). */
export function firstRefusal(decisions: readonly Decision[]): Decision {
  return decisions.find(({ kind }) => kind === 'REFUSED') ?? ALLOWED;
}
