import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { fastify } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ask, composeSupergraph, startGateway } from '../fixtures.ts';

const exporter = new InMemorySpanExporter();
/** `traceparent` headers that reached the subgraphs, in order. */
const received: unknown[] = [];
const closing: (() => Promise<unknown>)[] = [];
const urls = { traced: '' };
let port = 0;
let answers: readonly object[] = [];

beforeAll(async () => {
  // What the SDK does that a user loads.
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  const subgraph = fastify();
  subgraph.post('/graphql', async ({ headers }) => {
    received.push(headers['traceparent']);
    return answers[received.length - 1];
  });
  const address = await subgraph.listen({ host: '127.0.0.1', port: 0 });
  port = Number(new URL(address).port);
  const supergraphSdl = composeSupergraph({ places: `${address}/graphql?key=secret`, people: `${address}/graphql` });
  const parts = { supergraphSdl, sources: { kind: 'foreign' as const }, personas: [] };
  const traced = await startGateway({ ...parts, tracing: true });
  Object.assign(urls, { traced: traced.url });
  closing.push(
    () => traced.gateway.stop(1_000),
    () => subgraph.close(),
  );
});

afterAll(async () => {
  for (const close of closing) await close();
  trace.disable();
  propagation.disable();
  context.disable();
});

beforeEach(() => {
  exporter.reset();
  received.length = 0;
});

const remote = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const headers = { traceparent: `00-${remote.traceId}-${remote.spanId}-01` };

/** Each span under its parent, as a tree of names; what has no parent here hangs on the span named so. */
function treeOf(parent: string, spans: readonly ReadableSpan[]): readonly unknown[] {
  return spans
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent)
    .toSorted((a, b) => a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1])
    .map((span) => [span.name, ...treeOf(span.spanContext().spanId, spans)]);
}

test('an operation, its stages and its requests are spans of the trace its client names, which goes on in subgraphs', async () => {
  answers = [
    { data: { region: { __typename: 'Region', code: '320322', name: '沛县' } } },
    { data: { _entities: [{ population: 7 }] } },
  ];
  const query = 'query Towns($code: ID!) { region(code: $code) { name population } }';
  const { body } = await ask(urls.traced, query, { headers, variables: { code: '320322' } });
  expect(body).toEqual({ data: { region: { name: '沛县', population: 7 } } });
  const spans = exporter.getFinishedSpans();
  expect(treeOf(remote.spanId, spans)).toEqual([
    ['query', ['plan'], ['execute', ['fetch places', ['POST']], ['fetch people', ['POST']]]],
  ]);
  expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set([remote.traceId]));
  const posts = spans.filter(({ name }) => name === 'POST');
  expect(received).toEqual(posts.map((span) => `00-${remote.traceId}-${span.spanContext().spanId}-01`));
});

test('spans say what was asked of whom by the semantic conventions, and hold no document and no values', async () => {
  answers = [{ data: { person: '王某' } }];
  await ask(urls.traced, 'query Who { person }', { headers });
  const told = Object.fromEntries(
    exporter.getFinishedSpans().map(({ name, kind, attributes, status }) => [name, { kind, attributes, status }]),
  );
  const status = { code: SpanStatusCode.UNSET };
  expect(told).toEqual({
    query: {
      kind: SpanKind.SERVER,
      attributes: { 'graphql.operation.type': 'query', 'graphql.operation.name': 'Who' },
      status,
    },
    plan: { kind: SpanKind.INTERNAL, attributes: {}, status },
    execute: { kind: SpanKind.INTERNAL, attributes: {}, status },
    'fetch people': {
      kind: SpanKind.INTERNAL,
      attributes: {
        'hutong.subgraph': 'people',
        'graphql.operation.type': 'query',
        'graphql.operation.name': 'Who__people__0',
      },
      status,
    },
    POST: {
      kind: SpanKind.CLIENT,
      attributes: {
        'hutong.subgraph': 'people',
        'http.request.method': 'POST',
        'http.response.status_code': 200,
        'url.full': `http://127.0.0.1:${port}/graphql`,
        'server.address': '127.0.0.1',
        'server.port': port,
      },
      status,
    },
  });
});

test('what fails is marked with its code; what queries of an address hold is not told', async () => {
  answers = [];
  await ask(urls.traced, '{ whoAsks }', { headers });
  await ask(urls.traced, '{ nothing }', { headers });
  const failed = exporter.getFinishedSpans().flatMap(({ name, status, attributes }) => {
    const { 'error.type': type, 'url.full': url } = attributes;
    return status.code === SpanStatusCode.ERROR ? [[name, type, ...(url === undefined ? [] : [url])]] : [];
  });
  expect(failed).toEqual([
    ['fetch places', 'SUBGRAPH_INVALID_RESPONSE'],
    ['plan', 'GRAPHQL_VALIDATION_FAILED'],
    ['query', 'GRAPHQL_VALIDATION_FAILED'],
  ]);
  expect(JSON.stringify(exporter.getFinishedSpans().map(({ attributes }) => attributes))).not.toContain('secret');
});

test('an operation without a trace of its own begins one', async () => {
  answers = [{ data: { person: '王某' } }];
  await ask(urls.traced, '{ person }');
  const [root, ...others] = exporter.getFinishedSpans().filter(({ parentSpanContext }) => !parentSpanContext);
  expect([root?.name, others]).toEqual(['query', []]);
  expect(received).toEqual([expect.stringContaining(root?.spanContext().traceId ?? 'no trace')]);
});
