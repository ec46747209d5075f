import { once } from 'node:events';
import { connect } from 'node:net';
import { createClient, type Client } from 'graphql-ws';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { toPlain } from './plain.ts';
import { within } from './world.ts';

const wardChanged = 'subscription { wardChanged { id nurse } }';

function clientOf(url: string): Client {
  return createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
}

/** The errors an operation ends with. */
async function refusalOf(client: Client, query: string): Promise<unknown> {
  return new Promise((resolve) => {
    client.subscribe(
      { query },
      {
        next: (result) => resolve({ result }),
        error: (errors) => resolve(toPlain({ errors })),
        complete: () => resolve({}),
      },
    );
  });
}

test('graphql-ws gets each event, and queries and mutations over the same socket', async () => {
  await within({}, async ({ socketUrl, feed }) => {
    const client = clientOf(socketUrl);
    const results = client.iterate({ query: wardChanged });
    const first = results.next();
    await feed.untilOpen(1);
    feed.send({ id: '1' });
    const seen = [await first];
    for (const query of ['{ wards { free } }', 'mutation { close(id: 4) { free } }']) {
      seen.push(await client.iterate({ query }).next());
    }
    feed.send({ id: '13' });
    seen.push(await results.next());
    feed.complete();
    seen.push(await results.next());
    expect(seen.map(toPlain)).toEqual([
      { data: { wardChanged: { id: '1', nurse: 'Nurse 1' } } },
      { data: { wards: [{ free: 10 }, { free: 20 }, { free: 30 }] } },
      { data: { close: { free: 0 } } },
      {
        data: { wardChanged: { id: '13', nurse: null } },
        errors: [
          { message: 'Nobody works in ward 13.', path: ['wardChanged', 'nurse'], code: 'INTERNAL_SERVER_ERROR' },
        ],
      },
      undefined,
    ]);
    await client.dispose();
  });
});

test('what is refused comes as an error, and the socket stays', async () => {
  await within({}, async ({ socketUrl }) => {
    const client = clientOf(socketUrl);
    expect([
      await refusalOf(client, '{ nothing }'),
      await refusalOf(client, '{'),
      await refusalOf(client, `{ ward(id: 1) ${'{ a '.repeat(120)}`),
      toPlain(await client.iterate({ query: '{ ward(id: 1) { free } }' }).next()),
    ]).toEqual([
      { errors: [{ message: 'Cannot query field "nothing" on type "Query".', code: 'GRAPHQL_VALIDATION_FAILED' }] },
      { errors: [{ message: 'Syntax Error: Expected Name, found <EOF>.', code: 'GRAPHQL_PARSE_FAILED' }] },
      {
        errors: [
          { message: 'The brackets of the document stand more than 100 levels deep.', code: 'QUERY_TOO_COSTLY' },
        ],
      },
      { data: { ward: { free: 10 } } },
    ]);
    await client.dispose();
  });
});

test('a connection holds so many subscriptions, and another one when one has ended', async () => {
  await within({ streams: { maxSubscriptions: 2 } }, async ({ socketUrl, feed }) => {
    const client = clientOf(socketUrl);
    const [one, two] = [client.iterate({ query: wardChanged }), client.iterate({ query: wardChanged })];
    const firsts = [one.next(), two.next()];
    await feed.untilOpen(2);
    const refusal = await refusalOf(client, wardChanged);
    feed.send({ id: '1' });
    await Promise.all(firsts);
    await one.return?.();
    await feed.untilOpen(1);
    const three = client.iterate({ query: wardChanged }).next();
    await feed.untilOpen(2);
    feed.send({ id: '2' });
    const message = 'This connection already has 2 subscriptions, as many as it may have.';
    expect([refusal, toPlain(await three)]).toEqual([
      { errors: [{ message, code: 'TOO_MANY_SUBSCRIPTIONS' }] },
      { data: { wardChanged: { id: '2', nurse: 'Nurse 2' } } },
    ]);
    await client.dispose();
  });
});

test('a client that goes closes its subscriptions at the subgraph', async () => {
  await within({ events: 'websocket' }, async ({ socketUrl, feed }) => {
    const client = clientOf(socketUrl);
    const results = [1, 2, 3].map(() => client.iterate({ query: wardChanged }).next());
    await feed.untilOpen(3);
    client.terminate();
    await Promise.allSettled(results);
    await feed.untilOpen(0);
    expect(feed.open()).toBe(0);
  });
});

/** What the server does with messages of a client that breaks the protocol. */
async function closeCodeOf(url: string, messages: readonly string[], protocol = 'graphql-transport-ws') {
  const socket = new WebSocket(url, protocol);
  socket.on('open', () => messages.forEach((message) => socket.send(message)));
  const closed: unknown[] = await once(socket, 'close');
  return closed[0];
}

const init = '{"type":"connection_init"}';
const subscribe = JSON.stringify({ id: '1', type: 'subscribe', payload: { query: wardChanged } });

test.each([
  ['no JSON', ['{'], 4400],
  ['a message of servers', [init, '{"type":"connection_ack"}'], 4400],
  ['a subscription before it has greeted', [subscribe], 4401],
  ['a second greeting', [init, init], 4429],
  ['a second subscription of the same name', [init, subscribe, subscribe], 4409],
  ['no greeting', [], 4408],
])('a client that sends %s is cut off', async (_, messages, code) => {
  await within({ streams: { heartbeat: 300 } }, async ({ socketUrl }) => {
    expect(await closeCodeOf(socketUrl, messages)).toBe(code);
  });
});

test('only graphql-transport-ws is spoken, only at /graphql', async () => {
  await within({}, async ({ socketUrl }) => {
    const other = new WebSocket(socketUrl.replace('/graphql', '/elsewhere'), 'graphql-transport-ws');
    const [error]: unknown[] = await once(other, 'error');
    expect([await closeCodeOf(socketUrl, [], 'graphql-ws').catch(String), String(error)]).toEqual([
      'Error: Server sent no subprotocol',
      'Error: Unexpected server response: 404',
    ]);
  });
});

test('a client that offers HTTP/2 with its request, as that of Java does, is answered by HTTP/1.1', async () => {
  await within({}, async ({ url }) => {
    const { hostname, port } = new URL(url);
    const body = JSON.stringify({ query: '{ ward(id: 1) { free } }' });
    const head = [
      'POST /graphql HTTP/1.1',
      'Connection: Upgrade, HTTP2-Settings',
      `Content-Length: ${body.length}`,
      `Host: ${hostname}:${port}`,
      'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
      'Upgrade: h2c',
      'Content-Type: application/json',
      '\r\n',
    ].join('\r\n');
    const socket = connect(Number(port), hostname);
    socket.write(head + body.slice(0, 10));
    socket.write(body.slice(10));
    const answers: string[] = [];
    for await (const chunk of socket) {
      answers.push(String(chunk));
      if (answers.length === 2) break;
      if (String(chunk).includes('"free":10')) socket.write(head + body);
    }
    expect(answers.map((answer) => answer.replaceAll(/\r\n[^]*\r\n/g, ' '))).toEqual([
      'HTTP/1.1 200 OK {"data":{"ward":{"free":10}}}',
      'HTTP/1.1 200 OK {"data":{"ward":{"free":10}}}',
    ]);
  });
});
