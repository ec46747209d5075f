import { createKeyRing, type Subgraph, type SubgraphResponse } from '@hutong/kit';

/** The keys of tests. */
export const sampleKeys = createKeyRing({
  dataKeys: [{ id: 1, key: Buffer.alloc(32, 1) }],
  hashKey: Buffer.alloc(32, 2),
});

/** Asks a subgraph as a service that may see everything. */
export function ask(
  subgraph: Subgraph,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<SubgraphResponse> {
  return subgraph.execute(
    { query, variables },
    {
      caller: { id: 'test', kind: 'SERVICE', role: 'SYSTEM', regionCodes: [], scopes: [] },
      requestId: 'request-1',
      businessTime: '2024-12-31T23:59:59+08:00',
    },
  );
}
