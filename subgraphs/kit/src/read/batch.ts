import DataLoader from 'dataloader';
import type { KeyLoader } from './types.ts';

/** One ask of a loader: a key, and the columns that this asker reads. */
export interface Ask {
  readonly key: string;
  readonly columns: ReadonlySet<string>;
}

/** Batches asks of one tick; columns of all asks are united, so one statement answers them all. */
export function createAskLoader<V>(
  load: (keys: readonly string[], columns: ReadonlySet<string>) => Promise<ReadonlyMap<string, V>>,
): DataLoader<Ask, V | null> {
  return new DataLoader<Ask, V | null>(
    async (asks) => {
      const keys = [...new Set(asks.map((ask) => ask.key))];
      const columns = new Set(asks.flatMap((ask) => [...ask.columns]));
      const found = await load(keys, columns);
      return asks.map((ask) => found.get(ask.key) ?? null);
    },
    { cache: false, maxBatchSize: 10_000 },
  );
}

/** Batches the keys of one tick. */
export function createBatch<V>(load: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>): KeyLoader<V> {
  const loader = new DataLoader<string, V | null>(
    async (keys) => {
      const found = await load([...new Set(keys)]);
      return keys.map((key) => found.get(key) ?? null);
    },
    { cache: false, maxBatchSize: 10_000 },
  );
  return { load: (key) => loader.load(key) };
}
