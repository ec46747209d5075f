import type { TracingChannel } from 'node:diagnostics_channel';

/** Runs work; who traces it, if anybody, learns of its beginning and its end. An event is made only for them. */
export function traced<E extends object, T>(
  tracing: TracingChannel<unknown, E>,
  eventOf: () => E,
  work: (event: E | undefined) => Promise<T>,
): Promise<T> {
  if (!tracing.start.hasSubscribers) return work(undefined);
  const event = eventOf();
  // What throws at once would have no end.
  return tracing.tracePromise(async () => work(event), event);
}
