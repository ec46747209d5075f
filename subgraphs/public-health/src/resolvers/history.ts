import { derive, encodeOwnedId, type OwnedKey } from '@hutong/kit';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';

/** The changes of status 状态变更记录 of a resident's row, by the prefix of its id and its GraphQL type. */
export function historyOf(prefix: string, type: string) {
  return derive(
    ['residentId', 'no'],
    ({ residentId, no }: OwnedKey, _: unknown, { load }: Context, info: GraphQLResolveInfo) =>
      load.history(type).load(encodeOwnedId(prefix, residentId, no), info),
  );
}
