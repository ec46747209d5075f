import { migrate, openDatabase, startEmbeddedServer } from '@hutong/kit';
import type { Database, Subgraph, SubgraphParts } from '@hutong/kit';
import type { CallerClaims } from '@hutong/schema';
import type { Config } from './config.ts';
import type { CheckSubgraphs } from './doors/health/health-door.ts';
import { catalogueError } from './errors.ts';
import type { Transport } from './engine/index.ts';
import { checkAll } from './readiness.ts';

/** A subgraph that runs in this process, and what it holds open. */
export interface RunningSubgraph {
  readonly subgraph: Subgraph;
  /** Rejects while its database does not answer. */
  checkReady(): Promise<void>;
  close(): Promise<void>;
}

/** The four subgraphs in this process, as sources of the graph. */
export interface InProcessSources {
  readonly kind: 'colocated';
  readonly transport: Transport;
  readonly checkSubgraphs: CheckSubgraphs;
}

/** Makes sources of subgraphs that run in this process: no HTTP, and the caller is handed over as it is. */
export function createInProcessSources(running: readonly RunningSubgraph[]): InProcessSources {
  const byName = new Map(running.map((entry) => [entry.subgraph.name, entry]));
  const find = (name: string): RunningSubgraph => {
    const found = byName.get(name);
    if (found === undefined) throw new TypeError(`The supergraph names a subgraph ${name} that does not run here.`);
    return found;
  };
  return {
    kind: 'colocated',
    transport: async (name, request, { caller, signal }) =>
      unlessAborted(signal, () => find(name).subgraph.execute(request, claimsOf(caller))),
    checkSubgraphs: () => checkAll([...byName.keys()], (name) => find(name).checkReady()),
  };
}

/** What a subgraph's package gives, for whoever runs it. */
export interface SubgraphPackage {
  readonly name: string;
  /** Folder of its drizzle-kit migrations. */
  readonly migrations: string;
  readonly create: (parts: SubgraphParts) => Subgraph;
  /** Fills the database from the demo region if it is empty. */
  readonly seed: (database: Database, options: Config['seed']) => Promise<void>;
}

/** Runs subgraphs in this process: on the given databases, or on the embedded PostgreSQL of the data folder. */
export async function openColocated(
  packages: readonly SubgraphPackage[],
  config: Config & { readonly mode: { readonly kind: 'colocated' } },
  say: (step: string) => void,
): Promise<{ readonly sources: InProcessSources; close(): Promise<void> }> {
  const { databaseUrls } = config.mode;
  const external = Object.keys(databaseUrls).length > 0;
  if (!external) say('Starting the embedded PostgreSQL … 正在启动内嵌 PostgreSQL');
  const embedded = external ? undefined : await startEmbeddedServer({ dataFolder: config.data });
  const running: RunningSubgraph[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(running.map((entry) => entry.close()));
    await embedded?.close();
  };
  try {
    for (const { name, migrations, create, seed } of packages) {
      const place = embedded === undefined ? { url: databaseUrls[name] ?? '' } : { embedded, name: databaseName(name) };
      const database = await openDatabase(place);
      running.push({
        subgraph: create({ sql: database.sql }),
        checkReady: async () => void (await database.sql`select 1`),
        close: () => database.close(),
      });
      await migrate(database.url, migrations);
      await seed(database, config.seed);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { sources: createInProcessSources(running), close };
}

function databaseName(subgraph: string): string {
  return `hutong_${subgraph.replaceAll('-', '_')}`;
}

/** A subgraph in this process cannot be cut off; when the request is over, nobody waits for it any longer. */
function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const end = (): void => reject(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    void work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', end));
  });
}

/** The engine knows no caller; what the pipeline gave it comes out as it went in. */
function claimsOf(caller: unknown): CallerClaims {
  if (isClaims(caller)) return caller;
  throw catalogueError('UNAUTHENTICATED');
}

function isClaims(value: unknown): value is CallerClaims {
  return typeof value === 'object' && value !== null && 'caller' in value && 'businessTime' in value;
}
