import type { CheckSubgraphs, SubgraphHealth } from './doors/health/health-door.ts';
import { createSubgraphOperation, type Transport } from './engine/index.ts';

const patience = 2_000;

/** Headers of a request to a subgraph that no client asked for. */
export type ProbeHeaders = (subgraph: string, requestId: string) => Promise<Record<string, string>>;

/**
 * Asks subgraphs of ours, which are servers of their own, for their GET /ready, which looks at their database, and for
 * their `__typename`, in the way every operation goes: a wrong address or caller key is found here.
 */
export function askReadiness(
  urls: ReadonlyMap<string, string>,
  transport: Transport,
  headersFor: ProbeHeaders,
): CheckSubgraphs {
  return () =>
    checkAll([...urls.keys()], async (subgraph) => {
      await Promise.all([askReady(urls.get(subgraph)), askTypename(subgraph, transport, headersFor)]);
    });
}

/** Asks subgraphs of anybody for their `__typename`, the least a GraphQL server can answer. */
export function askTypenames(subgraphs: readonly string[], transport: Transport): CheckSubgraphs {
  return () => checkAll(subgraphs, (subgraph) => askTypename(subgraph, transport, async () => ({})));
}

const typenameOperation = createSubgraphOperation('query', '{__typename}');

async function askTypename(subgraph: string, transport: Transport, headersFor: ProbeHeaders): Promise<void> {
  const requestId = crypto.randomUUID();
  const { data } = await transport(
    subgraph,
    { operation: typenameOperation, variables: '{}' },
    { requestId, signal: AbortSignal.timeout(patience), headersFor: (name) => headersFor(name, requestId) },
  );
  if (!data) throw new Error('no data');
}

async function askReady(url: string | undefined): Promise<void> {
  // GET /ready stands beside /graphql, whatever path comes before both.
  const response = await fetch(new URL('ready', url), { signal: AbortSignal.timeout(patience) });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`GET /ready answered ${response.status}`);
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), milliseconds);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Runs one check per subgraph at the same time. */
export async function checkAll(
  subgraphs: readonly string[],
  check: (subgraph: string) => Promise<void>,
): Promise<ReadonlyMap<string, SubgraphHealth>> {
  const states = subgraphs.map(async (subgraph): Promise<readonly [string, SubgraphHealth]> => {
    try {
      await within(patience, check(subgraph));
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
