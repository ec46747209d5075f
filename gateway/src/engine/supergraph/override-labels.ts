/** Whether the label of a progressive `@override` holds now. */
export type OverrideDecider = (label: string) => boolean;

/** Decides, once per operation, which labels hold: `percent(n)` by chance, others only if the given decider says so. */
export function createOverrideDecider(
  labels: readonly string[],
  decide: OverrideDecider = holdsByChance,
): () => ReadonlySet<string> {
  const none: ReadonlySet<string> = new Set();
  return () => (labels.length === 0 ? none : new Set(labels.filter(decide)));
}

function holdsByChance(label: string): boolean {
  const percent = /^percent\((\d+(?:\.\d+)?)\)$/.exec(label)?.[1];
  return percent !== undefined && Math.random() * 100 < Number(percent);
}
