import { setTimeout as pause } from 'node:timers/promises';
import { InvalidOperationError, type Engine, type PreparedOperation } from './engine/index.ts';
import type { Pipeline } from './pipeline.ts';

/** What a succession is made of; `G` is a graph and what it holds. */
export interface SuccessionParts<G extends { readonly engine: Engine }> {
  readonly pipeline: Pipeline;
  readonly first: G;
  /** Throws when the supergraph is none at first sight. */
  open(supergraphSdl: string): G;
  /** Gives back what a graph holds, except what the present one uses too. */
  release(graph: G, present: G): void;
  /** Resolves when the requests that are in flight now have ended. */
  requestsEnd(): Promise<void>;
  /** Longest time a request may take, milliseconds. */
  readonly requestTimeout: number;
}

/** One graph after the other. */
export interface Succession<G> {
  present(): G;
  replace(supergraphSdl: string): Promise<void>;
}

/** So many operations of the old graph are planned before the new one is served, if they are still valid. */
const warmOperations = 100;

/**
 * Replaces the graph a pipeline serves without making anybody wait: the new one is checked and planned warm while the old
 * one serves; the old one is given back when its requests have ended. One replacement after the other, and the next one
 * only when the old graph is given back: no more than two are held at a time.
 */
export function createSuccession<G extends { readonly engine: Engine }>(parts: SuccessionParts<G>): Succession<G> {
  let present = parts.first;
  let turn: Promise<void> = Promise.resolve();

  const take = async (supergraphSdl: string): Promise<G> => {
    const next = parts.open(supergraphSdl);
    try {
      await next.engine.ready();
      await warm(next.engine, present.engine.mostUsed(warmOperations));
      parts.pipeline.swap(next.engine);
    } catch (error) {
      parts.release(next, present);
      throw error;
    }
    const old = present;
    present = next;
    return old;
  };

  const retire = async (old: G): Promise<void> => {
    await Promise.race([parts.requestsEnd(), pause(parts.requestTimeout, undefined, { ref: false })]);
    parts.release(old, present);
  };

  return {
    present: () => present,
    replace(supergraphSdl) {
      const taken = turn.then(() => take(supergraphSdl));
      turn = taken.then(retire, () => undefined);
      return taken.then(() => undefined);
    },
  };
}

/** One after the other, so that requests are served in between. */
async function warm(engine: Engine, operations: readonly PreparedOperation[]): Promise<void> {
  for (const { document, operationName } of operations) {
    await engine.prepare(document, operationName).catch(ignoreInvalid);
  }
}

/** What the new graph has no longer, nobody can ask of it. */
function ignoreInvalid(error: unknown): void {
  if (!(error instanceof InvalidOperationError)) throw error;
}
