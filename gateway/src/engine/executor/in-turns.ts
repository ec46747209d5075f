import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work that pauses now and then, for others to have their turn. */
export type Slices<T> = Generator<undefined, T>;

/** Does the work; others have their turn after each slice. What is done with the first is done at once. */
export function inTurns<T>(slices: Slices<T>): T | Promise<T> {
  const { done, value } = slices.next();
  return done === true ? value : continueInTurns(slices);
}

async function continueInTurns<T>(slices: Slices<T>): Promise<T> {
  for (;;) {
    await nextTurn();
    const { done, value } = slices.next();
    if (done === true) return value;
  }
}
