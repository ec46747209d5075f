/** What is sent when nothing else is, so that nobody on the way takes the connection for dead. */
export interface Heartbeat {
  readonly text: string;
  /** Milliseconds of silence. */
  readonly interval: number;
}

/**
 * Passes pieces on, and a heartbeat after each silence. The next piece is asked for when the one before was taken: who reads
 * slowly holds up the source.
 */
export async function* withHeartbeats(
  pieces: AsyncGenerator<string>,
  { text, interval }: Heartbeat,
): AsyncGenerator<string> {
  let wake: (() => void) | undefined;
  let arrived: (() => IteratorResult<string>) | undefined;
  const ask = (): void => {
    arrived = undefined;
    pieces.next().then(
      (item) => {
        arrived = () => item;
        wake?.();
      },
      (error: unknown) => {
        arrived = () => {
          throw error;
        };
        wake?.();
      },
    );
  };
  ask();
  try {
    for (;;) {
      if (!arrived) await silence(interval, (end) => (wake = end));
      const item = arrived?.();
      if (!item) {
        yield text;
      } else if (item.done) {
        return;
      } else {
        yield item.value;
        ask();
      }
    }
  } finally {
    // Not waited for: it may come to its end only with the signal of a client who is gone.
    pieces.return(undefined).catch(() => undefined);
  }
}

/** Ends after the time, or when it is woken. */
function silence(milliseconds: number, onWake: (end: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    onWake(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
