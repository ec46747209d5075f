import { derive, encodeOwnedId } from '@hutong/kit';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';

/** A row that belongs to a resident, by its public id. */
interface OwnedRow {
  readonly residentId: string;
  readonly no: number;
}

/** The changes of status of a resident's row 状态变更记录; `prefix` is of its public id (domain.md §2.0). */
export function ownedHistory(prefix: string, type: string) {
  return derive(
    ['residentId', 'no'],
    ({ residentId, no }: OwnedRow, _args: unknown, { load }: Context, info: GraphQLResolveInfo) =>
      load.history(type).load(encodeOwnedId(prefix, residentId, no), info),
  );
}
