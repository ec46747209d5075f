import { createClient } from 'graphql-sse';
import { expect, test } from 'vitest';
import { toPlain } from './plain.ts';
import { within } from './world.ts';

const wardChanged = 'subscription { wardChanged { number: id free nurse } }';

const subscribe = (url: string, query: string, variables: Record<string, unknown> = {}) =>
  createClient({ url, retryAttempts: 0 }).iterate({ query, variables });

test.each(['sse', 'websocket', 'multipart'] as const)(
  'graphql-sse gets each event of a subgraph that streams by %s, with the fields of another subgraph',
  async (events) => {
    await within({ events }, async ({ url, feed }) => {
      const results = subscribe(url, wardChanged);
      const first = results.next();
      await feed.untilOpen(1);
      feed.send({ id: '1', free: 7 });
      feed.send({ id: '2', free: 8 });
      feed.send(null);
      const seen = [await first, await results.next(), await results.next()].map(({ value }) => value);
      feed.complete();
      expect([...seen, await results.next()]).toEqual([
        { data: { wardChanged: { number: '1', free: 7, nurse: 'Nurse 1' } } },
        { data: { wardChanged: { number: '2', free: 8, nurse: 'Nurse 2' } } },
        { data: { wardChanged: null } },
        { done: true, value: undefined },
      ]);
    });
  },
);

test('what another subgraph fails to give for an event is null with its error, and the next event comes', async () => {
  await within({}, async ({ url, feed }) => {
    const results = subscribe(url, 'subscription { changed: wardChanged { id staff: nurse } }');
    const first = results.next();
    await feed.untilOpen(1);
    feed.send({ id: '13' });
    feed.send({ id: '2' });
    expect([await first, await results.next()].map(toPlain)).toEqual([
      {
        data: { changed: { id: '13', staff: null } },
        errors: [{ message: 'Nobody works in ward 13.', path: ['changed', 'staff'], code: 'INTERNAL_SERVER_ERROR' }],
      },
      { data: { changed: { id: '2', staff: 'Nurse 2' } } },
    ]);
  });
});

test('variables reach the subgraph, and wrong ones are refused before it is asked', async () => {
  await within({ events: 'multipart' }, async ({ url, feed, wards }) => {
    const query = 'subscription ($size: Int!) { pulse(size: $size) { number text } }';
    const right = subscribe(url, query, { size: 3 });
    expect((await right.next()).value).toEqual({ data: { pulse: { number: 1, text: 'xxx' } } });
    await right.return?.();
    await feed.untilOpen(0);
    const wrong = subscribe(url, query, { size: 'three' });
    const message = 'Variable "$size" got invalid value "three"; Int cannot represent non-integer value: "three"';
    expect([await wrong.next(), await wrong.next()].map(toPlain)).toEqual([
      { errors: [{ message, code: 'BAD_USER_INPUT' }] },
      undefined,
    ]);
    expect(wards.opened.length).toBe(1);
  });
});

test.each([
  ['is no GraphQL', 'subscription {', 'Syntax Error: Expected Name, found <EOF>.', 'GRAPHQL_PARSE_FAILED'],
  [
    'does not fit the schema',
    'subscription { nothing }',
    'Cannot query field "nothing" on type "Subscription".',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'is nested too deep',
    `subscription { wardChanged ${'{ a '.repeat(120)}`,
    'The brackets of the document stand more than 100 levels deep.',
    'QUERY_TOO_COSTLY',
  ],
])('a document that %s is refused', async (_, query, message, code) => {
  await within({}, async ({ url, wards }) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    const { errors } = JSON.parse(text.match(/\{.*\}/)?.[0] ?? '{}');
    expect([toPlain({ errors }), wards.opened]).toEqual([{ errors: [{ message, code }] }, []]);
  });
});

test('a client that goes closes the subscription at the subgraph', async () => {
  await within({}, async ({ url, feed }) => {
    const results = subscribe(url, wardChanged);
    const first = results.next();
    await feed.untilOpen(1);
    feed.send({ id: '1' });
    await first;
    await results.return?.();
    await feed.untilOpen(0);
    expect(feed.open()).toBe(0);
  });
});

test('queries and mutations come as streams of one result to who takes only streams', async () => {
  await within({}, async ({ url }) => {
    const seen: unknown[] = [];
    for (const query of ['{ ward(id: 3) { free doctor { name } } }', 'mutation { close(id: 4) { id free } }']) {
      for await (const result of subscribe(url, query)) seen.push(result);
    }
    expect(seen).toEqual([
      { data: { ward: { free: 30, doctor: { name: 'Doctor 3' } } } },
      { data: { close: { id: '4', free: 0 } } },
    ]);
  });
});

test('GET opens subscriptions and runs no mutation', async () => {
  await within({}, async ({ url, feed }) => {
    const get = (query: string): Promise<Response> =>
      fetch(`${url}?query=${encodeURIComponent(query)}`, { headers: { accept: 'text/event-stream' } });
    const response = await get('subscription { wardChanged { id } }');
    await feed.untilOpen(1);
    feed.send({ id: '1' });
    feed.complete();
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      ':\n\nevent: next\ndata: {"data":{"wardChanged":{"id":"1"}}}\n\nevent: complete\ndata:\n\n',
    ]);
    expect((await get('mutation { close(id: 4) { id } }')).status).toBe(406);
  });
});

test('silence is broken by heartbeats', async () => {
  await within({ streams: { heartbeat: 20 } }, async ({ url, feed }) => {
    const response = await fetch(`${url}?query=${encodeURIComponent(wardChanged)}`, {
      headers: { accept: 'text/event-stream' },
    });
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.length >= 12 && !text.includes('event')) feed.complete();
    }
    expect(text).toMatch(/^(:\n\n){4,}event: complete\ndata:\n\n$/);
  });
});

test('a subscription without streams is refused in words', async () => {
  await within({}, async ({ url }) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: wardChanged }),
    });
    expect(toPlain(await response.json())).toEqual({
      errors: [
        {
          message:
            'A subscription has no single answer: ask with accept text/event-stream or multipart/mixed, or over a WebSocket.',
          code: 'OPERATION_RESOLUTION_FAILURE',
        },
      ],
    });
  });
});
