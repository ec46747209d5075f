import { BadInput } from './bad-input.ts';
import type { Statement } from './statement.ts';
import type { TableShape } from './table.ts';

/** One column of an order. */
export interface OrderTerm {
  readonly property: string;
  readonly descending: boolean;
}

/** An `orderBy` argument as GraphQL delivers it. */
export type OrderBy = readonly { readonly field: string; readonly direction?: 'ASC' | 'DESC' | null | undefined }[];

/** The order asked for, made total by the table's key: the same rows always come in the same order. */
export function totalOrder(orderBy: OrderBy | null | undefined, key: readonly string[]): readonly OrderTerm[] {
  const terms: OrderTerm[] = [];
  for (const { field, direction } of orderBy ?? []) {
    if (!terms.some((term) => term.property === field))
      terms.push({ property: field, descending: direction === 'DESC' });
  }
  // The tie-break follows the first column's direction, so that one index serves both.
  const descending = terms[0]?.descending ?? false;
  for (const property of key) {
    if (!terms.some((term) => term.property === property)) terms.push({ property, descending });
  }
  return terms;
}

/** `order by` list; nulls where PostgreSQL's plain index has them: last ascending, first descending. */
export function orderSql(order: readonly OrderTerm[], table: TableShape, alias: string): string {
  return order
    .map(({ property, descending }) => `${alias}.${table.column(property).sql}${descending ? ' desc' : ''}`)
    .join(', ');
}

/** Opaque cursor of a row: the values of its order columns, with the order they belong to. */
export function encodeCursor(order: readonly OrderTerm[], row: Readonly<Record<string, unknown>>): string {
  const values = order.map(({ property }) => row[property] ?? null);
  return Buffer.from(JSON.stringify([signature(order), ...values])).toString('base64url');
}

/** SQL condition "after this cursor"; refuses a cursor of another order. */
export function afterSql(
  cursor: string,
  order: readonly OrderTerm[],
  table: TableShape,
  alias: string,
  statement: Statement,
): string {
  const values = decodeCursor(cursor, order);
  const sameDirection = order.every((term) => term.descending === order[0]?.descending);
  const noNulls = order.every((term) => table.column(term.property).notNull);
  if (sameDirection && noNulls) {
    const left = order.map(({ property }) => `${alias}.${table.column(property).sql}`).join(', ');
    const right = order
      .map(({ property }, index) => statement.scalar(table.column(property), values[index]))
      .join(', ');
    return `(${left}) ${order[0]?.descending === true ? '<' : '>'} (${right})`;
  }
  return afterTerm(0, values, order, table, alias, statement);
}

function afterTerm(
  index: number,
  values: readonly unknown[],
  order: readonly OrderTerm[],
  table: TableShape,
  alias: string,
  statement: Statement,
): string {
  const term = order[index];
  if (term === undefined) return 'false';
  const column = table.column(term.property);
  const left = `${alias}.${column.sql}`;
  const value = values[index];
  const rest = (): string => afterTerm(index + 1, values, order, table, alias, statement);
  if (value === null) {
    return term.descending
      ? `(${left} is not null or (${left} is null and ${rest()}))`
      : `(${left} is null and ${rest()})`;
  }
  const place = statement.scalar(column, value);
  const beyond = term.descending
    ? `${left} < ${place}`
    : `${left} > ${place}${column.notNull ? '' : ` or ${left} is null`}`;
  return `(${beyond} or (${left} = ${place} and ${rest()}))`;
}

function decodeCursor(cursor: string, order: readonly OrderTerm[]): readonly unknown[] {
  const [written, ...values] = parseCursor(cursor) ?? [];
  if (typeof written !== 'string')
    throw new BadInput('"after" is not a cursor of this list', '参数 after 不是本列表的游标');
  if (written !== signature(order) || values.length !== order.length) {
    throw new BadInput(
      '"after" belongs to another order; start again without it',
      '参数 after 属于另一种排序，请去掉后重新开始',
    );
  }
  return values;
}

function parseCursor(cursor: string): readonly unknown[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) && parts.every(isScalar) ? parts : undefined;
  } catch {
    return undefined;
  }
}

function isScalar(part: unknown): boolean {
  return part === null || ['string', 'number', 'boolean'].includes(typeof part);
}

function signature(order: readonly OrderTerm[]): string {
  return order.map(({ property, descending }) => `${descending ? '-' : ''}${property}`).join(',');
}
