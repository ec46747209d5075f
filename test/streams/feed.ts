/** Events of a test: those it sends, and those that come as fast as they are taken. */
export interface Feed {
  /** Sends an event to every open subscription of wards. */
  readonly send: (event: object | null) => void;
  /** Ends them. */
  readonly complete: () => void;
  readonly wards: () => AsyncGenerator;
  readonly pulses: (size: number) => AsyncGenerator;
  /** Subscriptions that are open. */
  readonly open: () => number;
  /** Pulses that were taken from the source. */
  readonly produced: () => number;
  /** Ends when so many subscriptions are open. */
  readonly untilOpen: (count: number) => Promise<void>;
}

/** Makes a feed. */
export function createFeed(): Feed {
  const channels = new Set<{ push: (event: unknown) => void; end: () => void }>();
  const watchers = new Set<() => void>();
  let pulsing = 0;
  let produced = 0;
  const changed = (): void => {
    for (const watcher of watchers) watcher();
  };
  const open = (): number => channels.size + pulsing;
  return {
    send: (event) => {
      for (const channel of channels) channel.push(event);
    },
    complete: () => {
      for (const channel of channels) channel.end();
    },
    wards: () => {
      const waiting: unknown[] = [];
      let isOver = false;
      let wake = (): void => undefined;
      const channel = {
        push: (event: unknown): void => {
          waiting.push(event);
          wake();
        },
        end: (): void => {
          isOver = true;
          wake();
        },
      };
      channels.add(channel);
      changed();
      const close = async (): Promise<IteratorResult<unknown>> => {
        channel.end();
        channels.delete(channel);
        changed();
        return { done: true, value: undefined };
      };
      const feed: AsyncGenerator = {
        next: async () => {
          for (;;) {
            if (waiting.length > 0) return { done: false, value: waiting.shift() };
            if (isOver) return close();
            await new Promise<void>((resolve) => (wake = resolve));
          }
        },
        return: close,
        throw: close,
        [Symbol.asyncIterator]: () => feed,
      };
      return feed;
    },
    pulses: async function* (size) {
      pulsing += 1;
      changed();
      try {
        for (let number = 1; number <= 20_000; number += 1) {
          produced += 1;
          yield { number, text: 'x'.repeat(size) };
        }
      } finally {
        pulsing -= 1;
        changed();
      }
    },
    open,
    produced: () => produced,
    untilOpen: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (open() !== count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
}
