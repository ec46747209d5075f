import { type DocumentNode, print } from 'graphql';
import { LRUCache } from 'lru-cache';
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
}

/** Keeps prepared operations; concurrent misses of one operation share one preparation. */
export interface PlanCache {
  get(document: DocumentNode, key: PlanKey, prepare: () => Promise<PreparedOperation>): Promise<PreparedOperation>;
  readonly size: number;
}

/**
 * Makes a plan cache keyed by the document's text, the operation's name and the override labels, bounded in memory.
 *
 * The text is printed from the document, never taken from its `loc`: a document changed by a policy keeps the `loc` of
 * what the client sent. A document seen before (same object) is not printed again.
 */
export function createPlanCache({ maxPlans = 2000, maxCharacters = 20_000_000 }: PlanCacheOptions = {}): PlanCache {
  const plans = new LRUCache<string, PreparedOperation>({
    max: maxPlans,
    maxSize: maxCharacters,
    sizeCalculation: ({ plan }, key) => plan.fetches.reduce((size, { query }) => size + query.length, key.length),
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
    plans.set(key, prepared);
    return prepared;
  }

  return {
    async get(document, { operationName, overridden }, prepare) {
      const labels = overridden.size === 0 ? '' : [...overridden].toSorted().join(' ');
      const key = `${operationName ?? ''}\n${labels}\n${textOf(document)}`;
      return plans.get(key) ?? (await fill(key, prepare));
    },
    get size() {
      return plans.size;
    },
  };
}
