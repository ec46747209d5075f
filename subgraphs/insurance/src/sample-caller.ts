import { fileURLToPath } from 'node:url';
import type { Subgraph, SubgraphResponse } from '@hutong/kit';

/** This subgraph's migrations. */
export const migrations = fileURLToPath(new URL('../migrations', import.meta.url));

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
