import type { MutationErrorCode } from '@hutong/schema';

/** A sentence of its own for a fault, in both languages; without one the catalogue's stands. */
export interface FaultText {
  readonly en: string;
  readonly zh: string;
}

/** One reason why a write is refused. */
export interface WriteFault {
  readonly code: MutationErrorCode;
  /** Where in the input, from the outside in. */
  readonly path: readonly string[];
  readonly message?: string;
  readonly messageZh?: string;
}

/** Thrown inside a write: the transaction is rolled back, and the payload tells the faults. */
export class WriteRefused extends Error {
  override readonly name = 'WriteRefused';
  readonly faults: readonly WriteFault[];
  /** What the payload tells besides: places that may be tried instead. */
  readonly notes: Readonly<Record<string, unknown>>;

  constructor(faults: readonly WriteFault[], notes: Readonly<Record<string, unknown>> = {}) {
    super(faults.map(({ code, path }) => `${code} ${path.join('.')}`).join(', '));
    this.faults = faults;
    this.notes = notes;
  }
}

/** Refuses a write for one reason; `path` is the place in the input, such as `diagnosis.code`, '' for the whole. */
export function refuse(code: MutationErrorCode, path: string, text?: FaultText): never {
  throw new WriteRefused([faultOf(code, path, text)]);
}

/** Collects faults, so that one answer names them all (domain.md: input validation). */
export interface Faults {
  /** Adds a fault unless the condition holds. */
  expect(holds: boolean, code: MutationErrorCode, path: string, text?: FaultText): void;
  /** The faults so far. */
  readonly found: readonly WriteFault[];
  /** Refuses the write when there are faults. */
  throwIfAny(): void;
}

/** An empty collection of faults. */
export function createFaults(): Faults {
  const faults: WriteFault[] = [];
  return {
    found: faults,
    expect(holds, code, path, text) {
      if (!holds) faults.push(faultOf(code, path, text));
    },
    throwIfAny() {
      if (faults.length > 0) throw new WriteRefused(faults);
    },
  };
}

/** Makes a fault from the place in the input as it is written in code. */
export function faultOf(code: MutationErrorCode, path: string, text?: FaultText): WriteFault {
  const sentence = text === undefined ? {} : { message: text.en, messageZh: text.zh };
  return { code, path: path === '' ? [] : path.split('.'), ...sentence };
}
