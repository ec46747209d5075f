import type { Writable } from 'node:stream';

import type { SqlSession } from './open-database.ts';

/** A COPY FROM STDIN under way. */
export interface CopyIn {
  readonly target: Writable;
  /** Resolves when the server has taken everything, rejects with its refusal, also one that comes at the very end. */
  readonly finished: Promise<void>;
}

/**
 * Starts `copy … from stdin`.
 *
 * postgres.js (3.4) reports a refusal through the stream only while it is being written: what the server finds at the end, such as a
 * violated constraint, it gives to the query, whose promise is by then resolved with the stream; the stream would never finish.
 * So we listen to the query itself.
 */
export async function copyIn(sql: SqlSession, statement: string): Promise<CopyIn> {
  const query = sql.unsafe(statement);
  const reject: unknown = Reflect.get(query, 'reject');
  if (typeof reject !== 'function') throw new TypeError('this postgres.js keeps its queries otherwise: see copyIn');
  const refused = new Promise<never>((_, refuse) => {
    Reflect.set(query, 'reject', (error: unknown) => {
      refuse(error);
      Reflect.apply(reject, query, [error]);
    });
  });
  refused.catch(() => {});
  const target = await query.writable();
  const finished = Promise.race([settled(target), refused]);
  finished.catch(() => {});
  return { target, finished };
}

function settled(target: Writable): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    target.on('finish', resolve);
    target.on('error', reject);
    target.on('close', () => reject(new Error('the connection closed while rows were copied')));
  });
}
