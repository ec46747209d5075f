import type { CheckSubgraphs, SubgraphHealth } from './doors/health/health-door.ts';
import type { Transport } from './engine/index.ts';

const patience = 2_000;

/** Asks subgraphs of ours, which are servers of their own, for their GET /ready. */
export function askReadiness(urls: ReadonlyMap<string, string>): CheckSubgraphs {
  return () =>
    checkAll([...urls.keys()], async (subgraph) => {
      const response = await fetch(new URL('/ready', urls.get(subgraph)), { signal: AbortSignal.timeout(patience) });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`GET /ready answered ${response.status}`);
    });
}

/** Asks subgraphs of anybody for their `__typename`, the least a GraphQL server can answer. */
export function askTypename(subgraphs: readonly string[], transport: Transport): CheckSubgraphs {
  return () =>
    checkAll(subgraphs, async (subgraph) => {
      const scope = {
        requestId: crypto.randomUUID(),
        signal: AbortSignal.timeout(patience),
        headersFor: async () => ({}),
      };
      const { data } = await transport(subgraph, { query: '{__typename}', variables: {} }, scope);
      if (!data) throw new Error('no data');
    });
}

/** Runs one check per subgraph at the same time. */
export async function checkAll(
  subgraphs: readonly string[],
  check: (subgraph: string) => Promise<void>,
): Promise<ReadonlyMap<string, SubgraphHealth>> {
  const states = subgraphs.map(async (subgraph): Promise<readonly [string, SubgraphHealth]> => {
    try {
      await check(subgraph);
      return [subgraph, { kind: 'ready' }];
    } catch {
      return [
        subgraph,
        { kind: 'missing', reason: 'It does not answer, or says that it is not ready. 没有应答或尚未就绪。' },
      ];
    }
  });
  return new Map(await Promise.all(states));
}
