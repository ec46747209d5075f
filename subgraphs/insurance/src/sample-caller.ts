import { fileURLToPath } from 'node:url';
import type { Subgraph, SubgraphResponse } from '@hutong/kit';
import type { Caller } from '@hutong/schema';

/** This subgraph's migrations. */
export const migrations = fileURLToPath(new URL('../migrations', import.meta.url));

/** Who asks and when, where a test says so. */
export interface Asking {
  readonly caller?: Partial<Caller>;
  readonly businessTime?: string;
}

/** Asks a subgraph: as a service that may see everything at the end of 2024, unless the test says otherwise. */
export function ask(
  subgraph: Subgraph,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  { caller, businessTime = '2024-12-31T23:59:59+08:00' }: Asking = {},
): Promise<SubgraphResponse> {
  const service = { id: 'test', kind: 'SERVICE', role: 'SYSTEM', regionCodes: [], scopes: [] } as const;
  return subgraph.execute(
    { query, variables },
    { caller: { ...service, ...caller }, requestId: 'request-1', businessTime },
  );
}
