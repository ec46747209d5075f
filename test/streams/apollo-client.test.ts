import { ApolloClient, type ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { within, type StreamingWorld } from './world.ts';

// Apollo Client looks at the close events of browsers, where there is one.
vi.stubGlobal('WebSocket', WebSocket);

const links = {
  multipart: ({ url }: StreamingWorld): ApolloLink => new HttpLink({ uri: url }),
  WebSocket: ({ socketUrl }: StreamingWorld): ApolloLink =>
    new GraphQLWsLink(createClient({ url: socketUrl, webSocketImpl: WebSocket, retryAttempts: 0 })),
};

const wardChanged = gql`
  subscription {
    wardChanged {
      id
      free
      doctor {
        name
      }
      nurse
    }
  }
`;

test.each(['multipart', 'WebSocket'] as const)('Apollo Client subscribes over %s', async (kind) => {
  await within({ streams: { heartbeat: 50 } }, async (world) => {
    const client = new ApolloClient({ link: links[kind](world), cache: new InMemoryCache() });
    const seen: unknown[] = [];
    const over = new Promise<void>((resolve, reject) => {
      client.subscribe({ query: wardChanged, errorPolicy: 'all' }).subscribe({
        next: ({ data, error }) => seen.push({ data, error: error?.message }),
        error: reject,
        complete: resolve,
      });
    });
    await world.feed.untilOpen(1);
    world.feed.send({ id: '1', free: 1 });
    world.feed.send({ id: '13', free: 0 });
    // Heartbeats come while the client waits.
    await new Promise((resolve) => setTimeout(resolve, 200));
    world.feed.complete();
    await over;
    const ward = { __typename: 'Ward' };
    expect(seen).toEqual([
      {
        data: {
          wardChanged: {
            ...ward,
            id: '1',
            free: 1,
            doctor: { __typename: 'Person', name: 'Doctor 1' },
            nurse: 'Nurse 1',
          },
        },
      },
      {
        data: { wardChanged: { ...ward, id: '13', free: 0, doctor: null, nurse: null } },
        error: 'Nobody works in ward 13.\nNobody works in ward 13.',
      },
    ]);
  });
});

test.each(['multipart', 'WebSocket'] as const)(
  'Apollo Client learns over %s that the graph was replaced',
  async (kind) => {
    await within({}, async (world) => {
      const client = new ApolloClient({ link: links[kind](world), cache: new InMemoryCache() });
      const error = new Promise((resolve) => {
        client.subscribe({ query: wardChanged }).subscribe({ next: (result) => resolve(result.error), error: resolve });
      });
      await world.feed.untilOpen(1);
      await world.gateway.replaceSupergraph(world.supergraphSdl.replace('type Pulse', '"""Of a ward."""\ntype Pulse'));
      expect(String(Object(await error).message)).toBe(
        'The subscription has ended: the graph was replaced by a new version.',
      );
    });
  },
);
