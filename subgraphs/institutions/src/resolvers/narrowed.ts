import type { PageArguments } from '@hutong/kit';

/** Comparisons of columns that a field's own arguments stand for; a null argument restricts nothing. */
export type Narrowing = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** A comparison with an argument, or none when the argument is not given. */
export function comparison(operator: 'eq' | 'in' | 'startsWith', value: unknown): Narrowing[string] {
  return value === null || value === undefined ? undefined : { [operator]: value };
}

/** The page asked for, narrowed by the field's own arguments beside `where`. */
export function narrowed(page: PageArguments, narrowing: Narrowing): PageArguments {
  const given = Object.fromEntries(Object.entries(narrowing).filter(([, value]) => value !== undefined));
  const { where, orderBy, first, after } = page;
  return {
    where: { and: [where ?? {}, given] },
    ...(orderBy === undefined ? {} : { orderBy }),
    ...(first === undefined ? {} : { first }),
    ...(after === undefined ? {} : { after }),
  };
}
