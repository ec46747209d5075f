import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { askSeeding } from './ask-seeding.ts';

const seeding = { asOf: '2024-12-31T23:59:59+08:00', seededAt: '2026-03-01T00:00:00Z' };

/** Asks a subgraph that gives these answers one after the other. */
async function askOneThatAnswers(...answers: readonly (readonly [status: number, body: object])[]) {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    const [status, body] = answers[asked.push(url) - 1] ?? [500, {}];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  let waits = 0;
  const told = await askSeeding(`http://127.0.0.1:${port}/places/graphql`, {
    onWait: () => (waits += 1),
    interval: 10,
  });
  server.closeAllConnections();
  server.close();
  return { told, asked, waits };
}

test('business time is asked for until the subgraph tells; nothing is made up meanwhile', async () => {
  expect(await askOneThatAnswers([503, {}], [503, { seeding }], [200, { status: 'ready', seeding }])).toEqual({
    told: seeding,
    asked: ['/places/ready', '/places/ready', '/places/ready'],
    waits: 1,
  });
});

test('a subgraph whose database holds no demo data has none', async () => {
  expect(await askOneThatAnswers([200, { status: 'ready' }])).toEqual({
    told: undefined,
    asked: ['/places/ready'],
    waits: 0,
  });
});
