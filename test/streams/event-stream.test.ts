import { createClient } from 'graphql-sse';
import { expect, test } from 'vitest';
import { within } from './world.ts';

const wardChanged = 'subscription { wardChanged { number: id free nurse } }';

test('graphql-sse gets each event, with the fields of another subgraph', async () => {
  await within({}, async ({ url, feed }) => {
    const client = createClient({ url, retryAttempts: 0 });
    const events = client.iterate({ query: wardChanged });
    const first = events.next();
    await feed.untilOpen(1);
    feed.send({ id: '1', free: 7 });
    feed.send({ id: '2', free: 8 });
    feed.send(null);
    const seen = [await first, await events.next(), await events.next()].map(({ value }) => value);
    feed.complete();
    expect([...seen, await events.next()]).toEqual([
      { data: { wardChanged: { number: '1', free: 7, nurse: 'Nurse 1' } } },
      { data: { wardChanged: { number: '2', free: 8, nurse: 'Nurse 2' } } },
      { data: { wardChanged: null } },
      { done: true, value: undefined },
    ]);
  });
});
