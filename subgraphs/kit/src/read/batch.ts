import DataLoader from 'dataloader';
import type { ParentLoader } from './types.ts';

/** One ask of a loader: a key, and the columns that this asker reads. */
export interface Ask {
  readonly key: string;
  readonly columns: ReadonlySet<string>;
}

/**
 * Batches asks of one tick; columns of all asks are united, so one statement answers them all. A key without an answer
 * gives `absent`.
 */
export function createAskLoader<V, Absent extends V | null>(
  load: (keys: readonly string[], columns: ReadonlySet<string>) => Promise<ReadonlyMap<string, V>>,
  absent: Absent,
): DataLoader<Ask, V | Absent> {
  return new DataLoader<Ask, V | Absent>(
    async (asks) => {
      const keys = [...new Set(asks.map((ask) => ask.key))];
      const found = await load(keys, unitedColumns(asks));
      return asks.map((ask) => found.get(ask.key) ?? absent);
    },
    { cache: false, maxBatchSize: 10_000 },
  );
}

/** All asks of one field share one set. */
function unitedColumns(asks: readonly Ask[]): ReadonlySet<string> {
  const sets = new Set(asks.map((ask) => ask.columns));
  const [only] = sets;
  return only !== undefined && sets.size === 1 ? only : new Set([...sets].flatMap((columns) => [...columns]));
}

/** Batches the keys of one tick; a key without an answer gives `absent`. */
export function createBatch<V, Absent extends V | null>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
  absent: Absent,
): ParentLoader<V | Absent> {
  const loader = new DataLoader<string, V | Absent>(
    async (keys) => {
      const found = await load([...new Set(keys)]);
      return keys.map((key) => found.get(key) ?? absent);
    },
    { cache: false, maxBatchSize: 10_000 },
  );
  return { load: (key) => loader.load(key) };
}
