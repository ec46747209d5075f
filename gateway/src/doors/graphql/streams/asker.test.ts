import { createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startColocated, startGateway } from '../../../fixtures.ts';

/** What the subgraph is told over a WebSocket: with these headers, and this first message. */
async function told(url: string, headers: Record<string, string>, connectionParams: Record<string, unknown> = {}) {
  class Socket extends WebSocket {
    constructor(address: string, protocol: string) {
      super(address, protocol, { headers });
    }
  }
  const client = createClient({ url, webSocketImpl: Socket, connectionParams, retryAttempts: 0 });
  const answer = await client
    .iterate({ query: '{ whoAsks }' })
    .next()
    .then(({ value }) => Object(value).data?.whoAsks)
    .catch((event: unknown) => ({ closed: Object(event).code, reason: Object(event).reason }));
  await client.dispose();
  return answer;
}

test('who asks over a WebSocket is said by its headers, or by its first message', async () => {
  const { gateway, url } = await startGateway({ sources: startColocated() });
  const address = `${url.replace('http', 'ws')}/graphql`;
  try {
    expect([
      await told(address, {}),
      await told(address, { 'x-hutong-persona': 'insurance-bureau' }),
      await told(address, {}, { 'X-Hutong-Persona': 'insurance-bureau' }),
      await told(address, {}, { 'x-hutong-persona': 'king' }),
    ]).toEqual([
      'HEALTH_COMMISSION 2024-12-31T23:59:59.000+08:00',
      'INSURANCE_BUREAU 2024-12-31T23:59:59.000+08:00',
      'INSURANCE_BUREAU 2024-12-31T23:59:59.000+08:00',
      { closed: 4403, reason: 'Forbidden' },
    ]);
  } finally {
    await gateway.stop(0);
  }
});
