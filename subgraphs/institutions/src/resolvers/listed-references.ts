import type { GraphQLResolveInfo } from 'graphql';
import { derive, type KeyLoader, type Loading, NotFound } from '@hutong/kit';

/** The entities whose keys a list column holds, in its order; one statement for all rows of a page. */
export function listedReferences<K extends string, L, R>(column: K, pick: (load: L) => KeyLoader<R>) {
  return derive(
    [column],
    (row: Readonly<Record<K, readonly string[]>>, _args: unknown, { load }: Loading<L>, info: GraphQLResolveInfo) =>
      Promise.all(row[column].map(async (key) => (await pick(load).load(key, info)) ?? missing(info, key))),
  );
}

function missing(info: GraphQLResolveInfo, key: string): never {
  throw new NotFound(`${String(info.returnType)} ${key}`);
}
