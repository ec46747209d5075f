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

/** The page asked for, with conditions under the names of their columns where the contract has another word. */
export function renamed(page: PageArguments, names: Readonly<Record<string, string>>): PageArguments {
  return page.where === null || page.where === undefined ? page : { ...page, where: renamedWhere(page.where, names) };
}

function renamedWhere(where: object, names: Readonly<Record<string, string>>): object {
  const conditions: readonly [string, unknown][] = Object.entries(where);
  return Object.fromEntries(
    conditions.map(([name, value]) => {
      if (Array.isArray(value)) return [name, value.map((part: unknown) => renamedPart(part, names))];
      return name === 'not' ? [name, renamedPart(value, names)] : [names[name] ?? name, value];
    }),
  );
}

function renamedPart(part: unknown, names: Readonly<Record<string, string>>): unknown {
  return typeof part === 'object' && part !== null ? renamedWhere(part, names) : part;
}
