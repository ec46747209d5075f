import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Caller, MutationErrorCode } from '@hutong/schema';
import { recordChanges, type Change } from '../changes/changes.ts';
import type { RequestClock } from '../clock.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import { sealed } from '../crypto/encrypted.ts';
import type { Db } from '../database/open-database.ts';
import { postgresError, transient } from './passing-fault.ts';
import { done, refused, type StoredResult, type WriteResult, type Written } from './write-result.ts';
import { faultOf, refuse, WriteRefused } from './write-refused.ts';
import { idempotencyKeys, statusHistory } from './write-tables.ts';
import type { StatusStep, Transaction, Write } from './write.ts';

/** What writes need besides their input. */
export interface WriteParts {
  readonly db: Db;
  readonly keys: KeyRing | undefined;
  /** Whether generated persons may be registered, as in the demo. */
  readonly allowSynthetic: boolean;
}

/** On whose behalf, and when, in business time. */
export interface WriteCall {
  readonly caller: Caller;
  readonly clock: RequestClock;
}

/** The work of a mutation, inside its transaction. */
export type Work<I> = (input: I, write: Write) => Promise<Written>;

/** What a violated constraint of the database means to the caller: its code and the place in the input. */
export type Violations = Readonly<Record<string, readonly [code: MutationErrorCode, path: string]>>;

/** Makes a mutation from its name and its work. */
export type Mutation = <I extends object>(
  name: string,
  work: Work<I>,
  violations?: Violations,
) => (input: I & Keyed) => Promise<WriteResult>;

/** The part of every input that says under which key it is done. */
export interface Keyed {
  readonly idempotencyKey?: string | null;
}

/**
 * Makes the mutations of one request (domain.md appendix B): each is one transaction, in which its rows, its history, its changes
 * and its idempotency key are written, or nothing. `onDone` is told after each commit.
 */
export function createMutations(parts: WriteParts, call: WriteCall, onDone: () => void): Mutation {
  return (name, work, violations = {}) =>
    async (input) => {
      try {
        const result = await transient.execute(() =>
          parts.db.transaction((tx) =>
            once(tx, call, { name, input }, async () => {
              const { id, notes = {} } = await perform(tx, parts, call, (write) => work(input, write));
              return { id, notes };
            }),
          ),
        );
        onDone();
        return done(result);
      } catch (error) {
        return explain(error, violations);
      }
    };
}

/** Does work in a transaction, then tells the history and the change log what it said. */
export async function perform<T>(
  tx: Transaction,
  { keys, allowSynthetic }: Pick<WriteParts, 'keys' | 'allowSynthetic'>,
  { caller, clock }: WriteCall,
  work: (write: Write) => Promise<T>,
): Promise<T> {
  const changes: Change[] = [];
  const steps: StatusStep[] = [];
  const ring = (): KeyRing => keys ?? refuseToSeal();
  const worked = await work({
    tx,
    caller,
    clock,
    allowSynthetic,
    seal: (text) => sealed(ring(), text),
    open: (bytes) => ring().open(bytes),
    keyedHash: (text) => ring().keyedHash(text),
    change: (change) => void changes.push(change),
    step: (step) => void steps.push(step),
  });
  if (steps.length > 0) {
    const who = { at: clock.instant, byId: caller.practitionerId ?? null };
    await tx.insert(statusHistory).values(steps.map((step) => ({ ...step, ...who })));
  }
  await recordChanges(tx, clock.instant, changes);
  return worked;
}

/** Does the work unless it was done before under the same key; who comes at the same moment waits for the first. */
async function once(
  tx: Transaction,
  { caller, clock }: WriteCall,
  { name, input }: { readonly name: string; readonly input: Keyed },
  work: () => Promise<StoredResult>,
): Promise<StoredResult> {
  const { idempotencyKey: key, ...rest } = input;
  if (key === undefined || key === null) return work();
  if (key.length < 1 || key.length > 200) refuse('VALIDATION_FAILED', 'idempotencyKey', texts.length);
  const inputHash = createHash('sha256')
    .update(canonical([name, rest]))
    .digest('hex');
  const mine = and(eq(idempotencyKeys.callerId, caller.id), eq(idempotencyKeys.key, key));
  const taken = await tx
    .insert(idempotencyKeys)
    .values({ callerId: caller.id, key, inputHash, at: clock.instant })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (taken.length === 0) {
    const [stored] = await tx.select().from(idempotencyKeys).where(mine);
    if (stored?.inputHash === inputHash && stored.result !== null) return stored.result;
    return refuse('VALIDATION_FAILED', 'idempotencyKey', texts.used);
  }
  const result = await work();
  await tx.update(idempotencyKeys).set({ result }).where(mine);
  return result;
}

const texts = {
  form: { en: 'A value has a form that cannot be stored.', zh: '提交的内容含有无法存储的格式。' },
  length: { en: 'An idempotency key has 1 to 200 characters.', zh: '幂等键须为 1 至 200 个字符。' },
  used: {
    en: 'This idempotency key was used for another request; take a new one.',
    zh: '该幂等键已用于另一请求，请换用新键。',
  },
};

function explain(error: unknown, violations: Violations): WriteResult {
  if (error instanceof WriteRefused) return refused(error.faults, error.notes);
  const said = postgresError(error);
  const meaning = violations[said?.constraint_name ?? ''];
  if (meaning !== undefined) return refused([faultOf(...meaning)]);
  // Class 22: a value that PostgreSQL cannot store, such as a text with the character NUL or the 30th of February.
  if (said?.code.startsWith('22') === true)
    return refused([faultOf('VALIDATION_FAILED', said.column_name ?? '', texts.form)]);
  throw error;
}

/** JSON with sorted keys: the same input has the same text, in whatever order it came. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function refuseToSeal(): never {
  throw new TypeError('this subgraph runs without a key ring: texts cannot be sealed or opened');
}
