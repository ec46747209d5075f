import type { StreamResult } from './present-result.ts';

/** Media type of server-sent events. */
export const eventStreamType = 'text/event-stream; charset=utf-8';

/** A comment: clients ignore it. */
export const eventStreamHeartbeat = ':\n\n';

/**
 * Writes results as GraphQL over server-sent events, "distinct connections mode" (the protocol of graphql-sse). Its handler
 * is not used: it takes results without waiting for a client who does not.
 */
export async function* writeEventStream(
  results: AsyncIterable<StreamResult>,
  write: (result: StreamResult) => string,
): AsyncGenerator<string> {
  // Something must come at once: else clients do not know that the stream is open.
  yield eventStreamHeartbeat;
  for await (const result of results) yield `event: next\ndata: ${write(result)}\n\n`;
  // Browsers dispatch no event without data.
  yield 'event: complete\ndata:\n\n';
}
