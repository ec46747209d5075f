import { type DocumentNode, GraphQLError, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import { InvalidOperationError } from './invalid-operation-error.ts';
import type { PreparedOperation } from './prepared-operation.ts';

/** How `createPlanCache` decides what to keep. */
export interface PlanCacheOptions {
  /** Plans kept at most. */
  readonly maxPlans?: number;
  /** Characters of operations and plans kept at most; a plan takes about 20 bytes of memory per character. */
  readonly maxCharacters?: number;
}

/** What tells two plans apart besides the document. */
export interface PlanKey {
  readonly operationName: string | undefined;
  readonly overridden: ReadonlySet<string>;
  /** Whether the plan is for a client who takes the parts of `@defer` one by one. */
  readonly isIncremental?: boolean | undefined;
}

/** A request for a plan. */
export interface PlanRequest extends PlanKey {
  /** When it aborts, whoever asked waits no longer (rejects with its reason); the plan is made all the same. */
  readonly signal?: AbortSignal | undefined;
}

/** Keeps prepared operations; concurrent misses of one operation share one preparation. */
export interface PlanCache {
  get(
    document: DocumentNode,
    request: PlanRequest,
    prepare: () => Promise<PreparedOperation>,
  ): Promise<PreparedOperation>;
  /** What is kept, the operations asked for most often first. */
  mostUsed(limit: number): readonly PreparedOperation[];
  readonly size: number;
}

interface Kept {
  readonly prepared: PreparedOperation;
  uses: number;
}

/** How long an operation that was too costly to plan is refused without another attempt, milliseconds. */
const refusalTime = 60_000;

/** Characters of such operations remembered at most. */
const maxRefusedCharacters = 2_000_000;

/**
 * Makes a plan cache keyed by the document's text, the operation's name and the override labels, bounded in memory.
 *
 * The text is printed from the document, never taken from its `loc`: a document changed by a policy keeps the `loc` of
 * what the client sent. A document seen before (same object) is not printed again.
 */
export function createPlanCache({ maxPlans = 2000, maxCharacters = 20_000_000 }: PlanCacheOptions = {}): PlanCache {
  const plans = new LRUCache<string, Kept>({
    max: maxPlans,
    maxSize: maxCharacters,
    sizeCalculation: ({ prepared }, key) =>
      prepared.plan.fetches.reduce((size, { query }) => size + query.length, key.length),
  });
  const refusals = new LRUCache<string, InvalidOperationError>({
    max: maxPlans,
    maxSize: maxRefusedCharacters,
    sizeCalculation: (_error, key) => key.length,
    ttl: refusalTime,
  });
  const underWay = new Map<string, Promise<PreparedOperation>>();
  const texts = new WeakMap<DocumentNode, string>();

  function textOf(document: DocumentNode): string {
    const known = texts.get(document);
    if (known !== undefined) return known;
    const text = print(document);
    texts.set(document, text);
    return text;
  }

  async function fill(key: string, prepare: () => Promise<PreparedOperation>): Promise<PreparedOperation> {
    const sharing = underWay.get(key);
    if (sharing) return sharing;
    const preparing = prepare().finally(() => underWay.delete(key));
    underWay.set(key, preparing);
    const prepared = await preparing;
    plans.set(key, { prepared, uses: 1 });
    return prepared;
  }

  async function prepareOnce(key: string, prepare: () => Promise<PreparedOperation>): Promise<PreparedOperation> {
    const refusal = refusals.get(key);
    if (refusal) throw refusal;
    try {
      return await fill(key, prepare);
    } catch (error) {
      if (isTooCostly(error)) refusals.set(key, withoutNodes(error));
      throw error;
    }
  }

  return {
    async get(document, { operationName, overridden, isIncremental, signal }, prepare) {
      const labels = overridden.size === 0 ? '' : [...overridden].toSorted().join(' ');
      const key = `${operationName ?? ''}\n${labels}\n${isIncremental ? 'in parts' : ''}\n${textOf(document)}`;
      const kept = plans.get(key);
      if (kept === undefined) return orAborted(prepareOnce(key, prepare), signal);
      kept.uses += 1;
      return kept.prepared;
    },
    mostUsed: (limit) =>
      [...plans.values()]
        .toSorted((a, b) => b.uses - a.uses)
        .slice(0, limit)
        .map(({ prepared }) => prepared),
    get size() {
      return plans.size;
    },
  };
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function isTooCostly(error: unknown): error is InvalidOperationError {
  if (!(error instanceof InvalidOperationError)) return false;
  return error.errors.every(({ extensions }) => extensions['code'] === 'QUERY_TOO_COSTLY');
}

/** Nodes would keep the whole document in memory. */
function withoutNodes({ errors }: InvalidOperationError): InvalidOperationError {
  return new InvalidOperationError(
    errors.map(({ message, source, positions, extensions }) => {
      return new GraphQLError(message, { source: source ?? null, positions: positions ?? null, extensions });
    }),
  );
}
