type Notes = Readonly<Record<string, unknown>>;

/** Repeats a job that works in batches until a batch has nothing to count in its notes. */
export async function untilNone(batch: () => Promise<Notes>): Promise<void> {
  for (let notes = await batch(); hasWork(notes);) notes = await batch();
}

function hasWork(notes: Notes): boolean {
  return Object.values(notes).some((count) => Number(count) > 0);
}
