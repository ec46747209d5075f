import { MultiMap } from '@apollo/federation-internals';

/**
 * Mends how `@apollo/query-planner` makes one fetch of two of one subgraph that ask for the same entities, where one of
 * them waits for the other. The one that is left then waits for itself, and the planner follows its fetches in a circle
 * until there is no memory any more. A query as short as
 * `{ all { ... on Movie { rated } } }` is enough (constructs/interface-object.test.ts).
 *
 * The class of its fetches is private. Before it merges any it puts them into a collection whose class is not: there the
 * first of them shows its own.
 */
export function mendMergedFetches(): void {
  const collections = MultiMap.prototype;
  if (mended.has(collections)) return;
  mended.add(collections);
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its own `this` below.
  const { add } = collections;
  collections.add = function addAndLook(this: MultiMap<unknown, unknown>, key: unknown, value: unknown) {
    if (isFetchGroup(value)) {
      mend(Object.getPrototypeOf(value));
      collections.add = add;
    }
    return add.call(this, key, value);
  };
}

/** A process has one class of collections, however many planners there are in it. */
const mended = new WeakSet<object>();

/** A fetch of the planner, as far as it matters here. */
interface FetchGroup {
  isDescendantOf(other: FetchGroup): boolean;
  removeChild(other: FetchGroup): void;
  mergeInWithAllDependencies(other: FetchGroup): void;
}

function isFetchGroup(value: unknown): value is FetchGroup {
  return typeof value === 'object' && value !== null && 'mergeInWithAllDependencies' in value;
}

/** A fetch that took in one that waited for it does not wait for itself; one that waits does not take in the other. */
function mend(fetches: FetchGroup): void {
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its own `this` below.
  const { mergeInWithAllDependencies } = fetches;
  fetches.mergeInWithAllDependencies = function mergeInOrder(this: FetchGroup, other: FetchGroup) {
    if (this.isDescendantOf(other)) return;
    mergeInWithAllDependencies.call(this, other);
    this.removeChild(this);
  };
}
