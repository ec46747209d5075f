import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient } from 'graphql-ws';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Feed } from './feed.ts';
import { toPlain } from './plain.ts';
import { within, type StreamingWorld } from './world.ts';

const wardChanged = 'subscription { wardChanged { id nurse } }';
const pulse = 'subscription { pulse(size: 100000) { number text } }';

/** A subscription over server-sent events: what comes, to the end; `seen` tells meanwhile what has come. */
async function listen({ url }: StreamingWorld, seen: unknown[] = []): Promise<readonly unknown[]> {
  for await (const result of createSseClient({ url, retryAttempts: 0 }).iterate({ query: wardChanged })) {
    seen.push(toPlain(result));
  }
  return seen;
}

/** The same over a WebSocket; with why the socket was closed. */
async function listenBySocket({ socketUrl }: StreamingWorld, seen: unknown[] = []): Promise<readonly unknown[]> {
  const client = createClient({ url: socketUrl, webSocketImpl: WebSocket, retryAttempts: 0, lazyCloseTimeout: 5_000 });
  const closed = new Promise((resolve) => client.on('closed', (event) => resolve(Object(event).code)));
  await new Promise<void>((resolve) => {
    client.subscribe(
      { query: wardChanged },
      {
        next: (result) => seen.push(toPlain(result)),
        error: (errors) => {
          seen.push(toPlain({ errors }));
          resolve();
        },
        complete: resolve,
      },
    );
  });
  return [...seen, ...(seen.some((result) => JSON.stringify(result).includes('SHUTTING')) ? [await closed] : [])];
}

const ward1 = { data: { wardChanged: { id: '1', nurse: 'Nurse 1' } } };

test('when the server stops, every subscription ends with a word about it', async () => {
  await within({}, async (world) => {
    const seen: [unknown[], unknown[]] = [[], []];
    const listening = [listen(world, seen[0]), listenBySocket(world, seen[1])];
    await world.feed.untilOpen(2);
    world.feed.send({ id: '1' });
    await vi.waitUntil(() => seen.every(({ length }) => length === 1), { timeout: 10_000 });
    const cut = await world.stop();
    const end = { errors: [{ message: 'The server is stopping and takes no new requests.', code: 'SHUTTING_DOWN' }] };
    expect([cut, ...(await Promise.all(listening))]).toEqual([0, [ward1, end], [ward1, end, 1001]]);
  });
});

test('when the graph is replaced, subscriptions end with a word about it, and new ones are served', async () => {
  await within({}, async (world) => {
    const listening = [listen(world), listenBySocket(world)];
    await world.feed.untilOpen(2);
    await world.gateway.replaceSupergraph(world.supergraphSdl.replace('type Pulse', '"""Of a ward."""\ntype Pulse'));
    const message = 'The subscription has ended: the graph was replaced by a new version.';
    const end = { errors: [{ message, code: 'GRAPH_REPLACED' }] };
    expect(await Promise.all(listening)).toEqual([[end], [end]]);
    await world.feed.untilOpen(0);
    const again = listen(world);
    await world.feed.untilOpen(1);
    world.feed.send({ id: '1' });
    world.feed.complete();
    expect(await again).toEqual([ward1]);
  });
});

test.each(['sse', 'websocket', 'multipart'] as const)(
  'a subgraph that streams by %s and dies ends the subscription with an error that names it',
  async (events) => {
    await within({ events }, async (world) => {
      const seen: unknown[] = [];
      const listening = listen(world, seen);
      await world.feed.untilOpen(1);
      world.feed.send({ id: '1' });
      await vi.waitUntil(() => seen.length === 1, { timeout: 10_000 });
      await world.wards.close();
      const message = 'Subgraph "wards" is not available.';
      expect(await listening).toEqual([ward1, { errors: [{ message, code: 'SUBGRAPH_UNAVAILABLE' }] }]);
    });
  },
);

/** Resolves with the count of events taken from the source, once nothing has been taken for a while. */
async function standstill(feed: Feed): Promise<number> {
  for (let before = -1; ;) {
    if (before === feed.produced() && before > 0) return before;
    before = feed.produced();
    await pause(500);
  }
}

test.each(['websocket', 'multipart'] as const)(
  'a client that does not read makes a subgraph that streams by %s wait',
  async (events) => {
    await within({ events }, async ({ url, feed }) => {
      const reading = request(`${url}?query=${encodeURIComponent(pulse)}`, {
        headers: { accept: 'text/event-stream' },
      });
      reading.on('error', () => undefined);
      reading.on('response', (response) => response.pause());
      reading.end();
      // Of 20,000 events of 100 KB only those are taken that the buffers of three connections hold.
      expect(await standstill(feed)).toBeLessThan(1_000);
      reading.destroy();
      await feed.untilOpen(0);
    });
  },
);

test('a WebSocket that is not read makes the subgraph wait', async () => {
  await within({ events: 'websocket' }, async ({ socketUrl, feed }) => {
    const socket = new WebSocket(socketUrl, 'graphql-transport-ws');
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.once('message', () => {
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: pulse } }), () => socket.pause());
    });
    expect(await standstill(feed)).toBeLessThan(1_000);
    socket.terminate();
    await feed.untilOpen(0);
  });
});

test('a client that reads again gets what waited for it, in order', async () => {
  await within({ events: 'websocket' }, async ({ url, feed }) => {
    const query = encodeURIComponent('subscription { pulse(size: 100000) { number } }');
    const reading = request(`${url}?query=${query}`, { headers: { accept: 'text/event-stream' } }).end();
    const seen: number[] = [];
    await new Promise<void>((resolve) => {
      reading.on('response', (response) => {
        response.pause();
        void standstill(feed).then(() => response.resume());
        let text = '';
        response.on('data', (chunk) => {
          text += String(chunk);
          for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
            const number = /"number":(\d+)/.exec(text.slice(0, end))?.[1];
            if (number !== undefined) seen.push(Number(number));
            text = text.slice(end + 2);
          }
          if (seen.length >= 3_000) resolve();
        });
      });
    });
    reading.destroy();
    expect(seen.slice(0, 3_000)).toEqual(Array.from({ length: 3_000 }, (_, index) => index + 1));
  });
});

test('a subgraph that does not wait for a slow client ends the subscription, when more waits than may', async () => {
  await within({ events: 'websocket', streams: { maxBufferedBytes: 2_000 } }, async ({ url, feed }) => {
    const seen: unknown[] = [];
    // What is on the way when the subgraph is made to wait is more than this.
    const query = 'subscription { pulse(size: 1000) { number text } }';
    for await (const result of createSseClient({ url, retryAttempts: 0 }).iterate({ query }))
      seen.push(toPlain(result));
    await feed.untilOpen(0);
    const message = 'The subscription has ended: its events come faster than they are taken.';
    expect(seen.at(-1)).toEqual({ errors: [{ message, code: 'SUBSCRIPTION_TOO_SLOW' }] });
  });
});
