import type { StreamResult } from './present-result.ts';

const lead = 'content-type: application/json; charset=utf-8\r\n\r\n';

/** Media type of Apollo's multipart subscriptions. */
export const multipartSubscriptionType = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0';

/** An empty part of a subscription: clients ignore it. */
export const multipartHeartbeat = `\r\n${lead}{}\r\n--graphql`;

/**
 * Writes the results of a subscription by Apollo's multipart protocol 1.0: each in a part `{payload}`; what broke the stream
 * stands beside a payload of null. The boundary that ends a part is written with it: clients wait for it.
 */
export async function* writeMultipartSubscription(
  results: AsyncIterable<StreamResult>,
  write: (result: StreamResult) => string,
): AsyncGenerator<string> {
  yield `\r\n--graphql${multipartHeartbeat}`;
  for await (const result of results) {
    const text = write(result);
    // A result without data ends the stream: `{"errors": …}`, a member of the part itself.
    const part = result.text ? `{"payload":${text}}` : `{"payload":null,${text.slice(1)}`;
    yield `\r\n${lead}${part}\r\n--graphql`;
  }
  yield '--\r\n';
}
