import type { GraphQLResolveInfo } from 'graphql';
import { derive, encodeOwnedId, type Loading, type ParentLoader } from '@hutong/kit';

interface OwnedRow {
  readonly residentId: string;
  readonly no: number;
}

/** The rows of the same resident that name this row by its number. */
export function ownedRows<L, R>(prefix: string, pick: (load: L) => ParentLoader<R>) {
  return derive(
    ['residentId', 'no'],
    (row: OwnedRow, _args: unknown, { load }: Loading<L>, info: GraphQLResolveInfo): Promise<R> =>
      pick(load).load(encodeOwnedId(prefix, row.residentId, row.no), info),
  );
}
