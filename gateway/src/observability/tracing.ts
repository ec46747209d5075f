import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import {
  type Attributes,
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** Spans under way, or rather their end. */
export interface Tracing {
  /** Headers of a request that say what trace it belongs to. */
  readonly headers: readonly string[];
  readonly end: () => void;
}

/** What becomes a span: the events of one channel. */
interface SpanSource {
  readonly channel: string;
  readonly kind: SpanKind;
  readonly nameOf: (event: unknown) => string;
  readonly attributesOf: (event: unknown) => Attributes;
  /** The trace it belongs to where none is active. */
  readonly parentOf?: (event: unknown) => Context;
  readonly onStart?: (event: unknown, context: Context) => void;
  /** What is known at the end. */
  readonly resultOf?: (event: unknown) => Attributes;
}

/**
 * Makes spans by the OpenTelemetry API of what goes through the tracing channels; who wants them brings an SDK. An operation
 * is a span of the trace its client names, and the trace goes on in the subgraphs (W3C Trace Context, or whatever propagator
 * the SDK has). Spans hold no documents, variables or messages: by names and attributes of OpenTelemetry's semantic
 * conventions for GraphQL servers and HTTP clients.
 */
export function traceEvents(): Tracing {
  const endings = sources.map(follow);
  return {
    headers: propagation.fields(),
    end: () => {
      for (const end of endings) end();
    },
  };
}

const sources: readonly SpanSource[] = [
  {
    channel: 'hutong:operation',
    kind: SpanKind.SERVER,
    nameOf: (event) => textAt(event, 'kind') ?? 'GraphQL Operation',
    attributesOf: (event) => ({
      'graphql.operation.type': textAt(event, 'kind'),
      'graphql.operation.name': textAt(event, 'operationName'),
    }),
    parentOf: (event) => propagation.extract(context.active(), at(event, 'traceHeaders')),
    resultOf: (event) => ({ 'error.type': codeOf(resultWithoutData(at(event, 'result'))) }),
  },
  {
    channel: 'hutong:stage',
    kind: SpanKind.INTERNAL,
    nameOf: (event) => textAt(event, 'name') ?? 'stage',
    attributesOf: () => ({}),
  },
  {
    channel: 'hutong:engine:fetch',
    kind: SpanKind.INTERNAL,
    nameOf: (event) => `fetch ${textAt(event, 'subgraph')}`,
    attributesOf: (event) => ({
      'hutong.subgraph': textAt(event, 'subgraph'),
      'graphql.operation.type': textAt(event, 'kind'),
      'graphql.operation.name': textAt(event, 'operationName'),
    }),
  },
  {
    channel: 'hutong:engine:exchange',
    kind: SpanKind.CLIENT,
    nameOf: () => 'POST',
    attributesOf: (event) => ({
      'hutong.subgraph': textAt(event, 'subgraph'),
      'http.request.method': 'POST',
      'url.full': textAt(event, 'url'),
      'server.address': textAt(event, 'host'),
      'server.port': numberAt(event, 'port'),
    }),
    onStart: (event, active) => propagation.inject(active, at(event, 'headers')),
    resultOf: (event) => {
      const statusCode = numberAt(event, 'statusCode');
      const isError = statusCode !== undefined && statusCode >= 400;
      return { 'http.response.status_code': statusCode, 'error.type': isError ? String(statusCode) : undefined };
    },
  },
];

/** Makes a channel's events spans, until the function it gives is called. */
function follow({ channel: name, kind, ...source }: SpanSource): () => void {
  const channel = tracingChannel<Context, object>(name);
  const tracer = trace.getTracer('hutong');
  const spans = new WeakMap<object, Span>();
  const store = new ActiveContext();
  const end = (event: unknown): void => {
    if (typeof event !== 'object' || event === null) return;
    const span = spans.get(event);
    const result = source.resultOf?.(event) ?? {};
    const errorType = codeOf(at(event, 'error')) ?? result['error.type'];
    span?.setAttributes(result);
    if (errorType !== undefined) span?.setAttribute('error.type', errorType).setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  };
  channel.start.bindStore(store, (event) => {
    const active = context.active();
    const parent = trace.getSpan(active) === undefined ? (source.parentOf?.(event) ?? active) : active;
    const span = tracer.startSpan(source.nameOf(event), { kind, attributes: source.attributesOf(event) }, parent);
    const inside = trace.setSpan(parent, span);
    spans.set(event, span);
    source.onStart?.(event, inside);
    return inside;
  });
  channel.asyncEnd.subscribe(end);
  return () => {
    channel.start.unbindStore(store);
    channel.asyncEnd.unsubscribe(end);
  };
}

/** What runs in it runs in a context of OpenTelemetry, whose own storage is the SDK's. */
class ActiveContext extends AsyncLocalStorage<Context> {
  override run<R, A extends unknown[]>(inside: Context, callback: (...values: A) => R, ...values: A): R {
    return context.with(inside, () => callback(...values));
  }
}

/** The first error of an operation that has no data; one with both is no failure. */
function resultWithoutData(result: unknown): unknown {
  // An answer in parts is judged by the first.
  const first = at(result, 'first') ?? result;
  const errors = at(first, 'errors');
  return at(first, 'hasData') === true || !Array.isArray(errors) ? undefined : errors[0];
}

/** The code of an error, of its extensions (GraphQL), or of the first of several. Never its message, which may hold values. */
function codeOf(error: unknown): string | undefined {
  if (error === undefined) return undefined;
  const first = at(at(error, 'errors'), '0') ?? error;
  return textAt(at(first, 'extensions'), 'code') ?? textAt(first, 'code') ?? 'INTERNAL_SERVER_ERROR';
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textAt(value: unknown, name: string): string | undefined {
  const found = at(value, name);
  return typeof found === 'string' ? found : undefined;
}

function numberAt(value: unknown, name: string): number | undefined {
  const found = at(value, name);
  return typeof found === 'number' ? found : undefined;
}
