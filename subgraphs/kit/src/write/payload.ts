import type { GraphQLResolveInfo } from 'graphql';
import type { MutationError, WriteResult } from './write-result.ts';

interface Loader<R> {
  load(id: string, info: GraphQLResolveInfo): Promise<R | null>;
}

/** The resolvers of a mutation's payload: what was written is read afresh, after the commit. */
export function payload<F extends string, L, R>(field: F, loaderOf: (load: L) => Loader<R>) {
  const written = (
    { id }: WriteResult,
    _: unknown,
    { load }: { readonly load: L },
    info: GraphQLResolveInfo,
  ): Promise<R | null> | null => (id === null ? null : loaderOf(load).load(id, info));
  const told = {
    ok: ({ ok }: WriteResult): boolean => ok,
    errors: ({ errors }: WriteResult): MutationError[] => errors,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- TypeScript widens a computed key to an index signature.
  return { ...told, [field]: written } as PayloadResolvers<F, typeof written>;
}

type PayloadResolvers<F extends string, W> = {
  readonly ok: (result: WriteResult) => boolean;
  readonly errors: (result: WriteResult) => MutationError[];
} & Readonly<Record<F, W>>;
