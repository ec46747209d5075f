import { errorCatalogue, errorExtensions, type MutationErrorCode } from '@hutong/schema';
import { faultOf, type FaultText, type WriteFault } from './write-refused.ts';

/** What a write leaves for its payload: the public id of what it wrote, and notes without personal content. */
export interface Written {
  readonly id: string;
  readonly notes?: Readonly<Record<string, unknown>>;
}

/** What is kept of a write under its idempotency key. */
export type StoredResult = Required<Written>;

/** One entry of a payload's `errors`: the graph's MutationError. */
export interface MutationError {
  readonly code: MutationErrorCode;
  readonly message: string;
  readonly messageZh: string;
  readonly action: string;
  readonly actionZh: string;
  readonly path: string[];
}

/** The value of every mutation's payload between resolvers. */
export interface WriteResult {
  readonly ok: boolean;
  readonly errors: MutationError[];
  /** Public id of what was written; null when nothing was. */
  readonly id: string | null;
  readonly notes: Readonly<Record<string, unknown>>;
}

/** The result of a write that was done. */
export function done({ id, notes }: StoredResult): WriteResult {
  return { ok: true, errors: [], id, notes };
}

/** The notes of a write that must have been done, for jobs: rejects with its faults when it was refused. */
export function notesOf({ ok, errors, notes }: WriteResult): Readonly<Record<string, unknown>> {
  if (!ok) throw new Error(errors.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`).join('; '));
  return notes;
}

/** The result of a write that was refused and changed nothing. */
export function refused(faults: readonly WriteFault[], notes: Readonly<Record<string, unknown>> = {}): WriteResult {
  return { ok: false, errors: faults.map(toMutationError), id: null, notes };
}

/** A MutationError of the graph, for what a payload tells beside its faults, such as warnings. */
export function mutationError(code: MutationErrorCode, path: string, text?: FaultText): MutationError {
  return toMutationError(faultOf(code, path, text));
}

function toMutationError({ code, path, message, messageZh }: WriteFault): MutationError {
  const known = errorExtensions(code);
  return {
    code,
    message: message ?? errorCatalogue[code].message,
    messageZh: messageZh ?? known.messageZh,
    action: known.action,
    actionZh: known.actionZh,
    path: ['input', ...path],
  };
}
