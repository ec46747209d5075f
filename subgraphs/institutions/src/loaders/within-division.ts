import type { GraphQLResolveInfo } from 'graphql';
import type { Connection, PageArguments, ParentLoader, ParentPageLoader } from '@hutong/kit';

/** The columns of a placed row that hold the divisions it lies in (tables/columns.ts divisionsOf). */
type DivisionColumn = 'provinceCode' | 'cityCode' | 'countyCode' | 'townshipCode';

/** Pages of what lies in a division or below it: one statement for each level among the divisions asked for. */
export function pagesWithinDivision<Row>(
  at: ParentPageLoader<Row>,
  below: (column: DivisionColumn) => ParentPageLoader<Row>,
): ParentPageLoader<Row> {
  const loaders = byLevel(at, below);
  return {
    load: (code: string, page: PageArguments, info: GraphQLResolveInfo): Promise<Connection<Row>> =>
      (loaders.get(code.length) ?? at).load(code, page, info),
  };
}

/** Whole lists of what lies in a division or below it. */
export function listsWithinDivision<Row>(
  at: ParentLoader<Row[]>,
  below: (column: DivisionColumn) => ParentLoader<Row[]>,
): ParentLoader<Row[]> {
  const loaders = byLevel(at, below);
  return { load: (code, info) => (loaders.get(code.length) ?? at).load(code, info) };
}

function byLevel<L>(at: L, below: (column: DivisionColumn) => L): ReadonlyMap<number, L> {
  return new Map([
    [2, below('provinceCode')],
    [4, below('cityCode')],
    [6, below('countyCode')],
    [9, below('townshipCode')],
    [12, at],
  ]);
}
