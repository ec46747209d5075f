import { channel } from 'node:diagnostics_channel';
import type { RelayEvent } from '@hutong/kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, composeSupergraph, get, serveOpenly, startGateway } from '../fixtures.ts';

const closing: (() => Promise<unknown>)[] = [];
const urls = { counted: '', uncounted: '' };

beforeAll(async () => {
  const [places, people] = await Promise.all([serveOpenly('places'), serveOpenly('people')]);
  const supergraphSdl = composeSupergraph({ places: places.url, people: people.url });
  const parts = {
    supergraphSdl,
    sources: { kind: 'foreign' as const },
    personas: [],
    subgraphs: { common: { retries: 0, breakerRequests: 3 }, named: new Map() },
  };
  const uncounted = await startGateway(parts);
  const counted = await startGateway({ ...parts, metrics: true });
  Object.assign(urls, { counted: counted.url, uncounted: uncounted.url });
  for (const { gateway } of [counted, uncounted]) closing.push(() => gateway.stop(1_000));
  closing.push(places.close, people.close);
});

afterAll(async () => {
  for (const close of closing) await close();
});

/** The lines of our own numbers, without buckets and sums, which hold times. */
async function readCounts(): Promise<readonly string[]> {
  const response = await fetch(`${urls.counted}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = (await response.text()).split('\n');
  return lines.filter((line) => /^hutong_\w+(_count|_total|_state)\{/.test(line)).toSorted();
}

test('after known requests, the numbers are theirs', async () => {
  const both = 'query Secret99032219550312001X { region(code: "320322") { name population } }';
  await ask(urls.counted, both);
  await ask(urls.counted, both);
  await ask(urls.counted, '{ person slot }');
  await ask(urls.counted, '{ nothing }');
  await ask(urls.counted, 'mutation { rename(code: "320322", name: "新名") { name } }');
  expect(await readCounts()).toEqual([
    'hutong_fetch_duration_seconds_count{subgraph="people",outcome="answered"} 3',
    'hutong_fetch_duration_seconds_count{subgraph="places",outcome="answered"} 4',
    'hutong_operation_duration_seconds_count{type="mutation",outcome="complete"} 1',
    'hutong_operation_duration_seconds_count{type="query",outcome="complete"} 2',
    'hutong_operation_duration_seconds_count{type="query",outcome="failed"} 1',
    'hutong_operation_duration_seconds_count{type="query",outcome="partial"} 1',
    'hutong_operation_errors_total{code="GRAPHQL_VALIDATION_FAILED"} 1',
    'hutong_operation_errors_total{code="INTERNAL_SERVER_ERROR"} 1',
    'hutong_plan_duration_seconds_count{outcome="planned"} 3',
    'hutong_plan_duration_seconds_count{outcome="refused"} 1',
  ]);
});

test('the relays of this process tell how far others are behind with what changed', async () => {
  const refused = { seq: 42, type: 'Institution', error: 'TypeError' };
  const event: RelayEvent = { source: 'institutions', consumer: 'insurance', secondsBehind: 12.5, refused };
  channel('hutong:relay').publish(event);
  const text = await (await fetch(`${urls.counted}/metrics`)).text();
  expect(text).toContain('hutong_relay_seconds_behind{source="institutions",consumer="insurance"} 12.5');
  expect(text).toContain('hutong_relay_refused_change{source="institutions",consumer="insurance"} 42');
});

test('a subgraph that dies is seen in failures of its requests and in its circuit breaker', async () => {
  await closing.pop()?.();
  for (let times = 0; times < 4; times += 1) await ask(urls.counted, '{ person }');
  const counts = (await readCounts()).filter((line) => line.includes('people') || line.includes('SUBGRAPH'));
  expect(counts).toEqual([
    'hutong_fetch_duration_seconds_count{subgraph="people",outcome="SUBGRAPH_UNAVAILABLE"} 4',
    'hutong_fetch_duration_seconds_count{subgraph="people",outcome="answered"} 3',
    'hutong_operation_errors_total{code="SUBGRAPH_UNAVAILABLE"} 4',
    'hutong_subgraph_breaker_state{subgraph="people"} 2',
  ]);
});

test('nothing that a client named is told', async () => {
  const text = await (await fetch(`${urls.counted}/metrics`)).text();
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).not.toContain('Secret');
});

test('without the setting there are no numbers', async () => {
  expect(await get(`${urls.uncounted}/metrics`)).toMatchObject({
    status: 404,
    body: { errors: [{ extensions: { code: 'ROUTE_NOT_FOUND' } }] },
  });
});
