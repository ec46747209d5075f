import { tracingChannel } from 'node:diagnostics_channel';
import { traced } from '../traced.ts';
import type { Exchange, HttpAnswer } from './http-exchange.ts';

type Headers = Readonly<Record<string, string>>;

/** Goes through `tracing:hutong:engine:exchange` by `node:diagnostics_channel`'s TracingChannel: one HTTP request. */
export interface ExchangeTrace extends Readonly<Exchange['place']> {
  readonly subgraph: string;
  /** What is put here at the start is sent. */
  readonly headers: Record<string, string>;
  /** There at the end, where an answer came. */
  statusCode?: number;
}

const exchanges = tracingChannel<unknown, ExchangeTrace>('hutong:engine:exchange');

/** Makes an exchange; who traces, if anybody, learns of it, and may add headers. */
export function tracedExchange(
  { subgraph, place }: Exchange,
  headers: Headers,
  send: (headers: Headers) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  if (!exchanges.start.hasSubscribers) return send(headers);
  const eventOf = (): ExchangeTrace => ({ subgraph, ...place, headers: {} });
  return traced(exchanges, eventOf, async (event) => {
    const answer = await send({ ...headers, ...event?.headers });
    if (event) event.statusCode = answer.statusCode;
    return answer;
  });
}
