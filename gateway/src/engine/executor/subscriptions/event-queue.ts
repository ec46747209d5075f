/** Events that were received and not yet taken: a bounded queue between a source that pushes and a reader that pulls. */
export interface EventQueue<T> extends AsyncIterable<T> {
  /** False when the event finds no room: then the queue has failed, and the source is to be closed. */
  push(event: T, bytes: number): boolean;
  /** The reader gets what is waiting, then the end. */
  end(): void;
  /** The reader gets what is waiting, then the error. */
  fail(error: Error): void;
}

/** What an event queue asks of its source. */
export interface EventQueueOptions {
  /** Bytes that may wait; one event alone may be larger. */
  readonly maxBytes: number;
  /** Asks the source to wait, long before the queue is full: what is on the way still arrives. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** The error of a reader that is too slow for a source that does not wait. */
  readonly overflow: () => Error;
}

/** The part of a queue that may fill before its source is asked to wait. */
const pauseAt = 1 / 4;

/** Makes an empty queue; it has one reader. */
export function createEventQueue<T>({ maxBytes, pause, resume, overflow }: EventQueueOptions): EventQueue<T> {
  const waiting: { readonly event: T; readonly bytes: number }[] = [];
  let bytesWaiting = 0;
  let isPaused = false;
  let ending: { readonly error?: Error } | undefined;
  let wake: (() => void) | undefined;

  function finish(how: { readonly error?: Error }): void {
    ending ??= how;
    wake?.();
  }

  function take(): T | undefined {
    const first = waiting.shift();
    if (!first) return undefined;
    bytesWaiting -= first.bytes;
    if (isPaused && waiting.length === 0) {
      isPaused = false;
      resume();
    }
    return first.event;
  }

  return {
    push(event, bytes) {
      if (ending) return false;
      if (waiting.length > 0 && bytesWaiting + bytes > maxBytes) {
        finish({ error: overflow() });
        return false;
      }
      waiting.push({ event, bytes });
      bytesWaiting += bytes;
      if (!isPaused && bytesWaiting > maxBytes * pauseAt) {
        isPaused = true;
        pause();
      }
      wake?.();
      return true;
    },
    end: () => finish({}),
    fail: (error) => finish({ error }),
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const event = take();
        if (event !== undefined) {
          yield event;
        } else if (ending) {
          if (ending.error) throw ending.error;
          return;
        } else {
          await new Promise<void>((resolve) => (wake = resolve));
        }
      }
    },
  };
}
