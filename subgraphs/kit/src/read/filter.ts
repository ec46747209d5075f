import { BadInput } from './bad-input.ts';
import type { Statement } from './statement.ts';
import type { TableShape, ColumnShape } from './table.ts';

/** A `where` argument as GraphQL delivers it: `and or not`, and per column its comparisons (architecture.md §5). */
export type Where = Readonly<Record<string, unknown>>;

/** SQL condition of a `where` argument; undefined when it restricts nothing. */
export function filterSql(
  where: Where | null | undefined,
  table: TableShape,
  alias: string,
  statement: Statement,
): string | undefined {
  const conditions: string[] = [];
  for (const [name, value] of Object.entries(where ?? {})) {
    if (value === null || value === undefined) continue;
    const condition = nameCondition(name, value, table, alias, statement);
    if (condition !== undefined) conditions.push(condition);
  }
  return conditions.length === 0 ? undefined : conditions.join(' and ');
}

function nameCondition(
  name: string,
  value: unknown,
  table: TableShape,
  alias: string,
  statement: Statement,
): string | undefined {
  const nested = (part: unknown): string => filterSql(asWhere(part, name), table, alias, statement) ?? 'true';
  switch (name) {
    case 'and':
    case 'or': {
      const parts = asList(value, name).map(nested);
      if (parts.length === 0) return name === 'and' ? undefined : 'false';
      return `(${parts.map((part) => `(${part})`).join(` ${name} `)})`;
    }
    case 'not':
      // "not" keeps rows whose value is unknown: what is not known to match does not match.
      return `(${nested(value)}) is not true`;
    default:
      return columnCondition(table.column(name), asWhere(value, name), alias, statement);
  }
}

function columnCondition(
  column: ColumnShape,
  comparisons: Where,
  alias: string,
  statement: Statement,
): string | undefined {
  const left = `${alias}.${column.sql}`;
  const conditions: string[] = [];
  for (const [operator, value] of Object.entries(comparisons)) {
    if (value === undefined) continue;
    if (value === null) {
      throw new BadInput(
        `${column.property}.${operator} is null; use isNull`,
        `${column.property}.${operator} 为空；请使用 isNull`,
      );
    }
    conditions.push(comparison(operator, left, column, value, statement));
  }
  return conditions.length === 0 ? undefined : conditions.join(' and ');
}

const symbols: Readonly<Record<string, string>> = {
  eq: '=',
  ne: 'is distinct from',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
};

function comparison(operator: string, left: string, column: ColumnShape, value: unknown, statement: Statement): string {
  const symbol = symbols[operator];
  if (symbol !== undefined) return `${left} ${symbol} ${statement.scalar(column, value)}`;
  switch (operator) {
    case 'in':
      return `${left} = any(${statement.list(column, asList(value, column.property))})`;
    case 'contains':
      return `${left} ilike ${statement.parameter(`%${escapeLike(String(value))}%`, 'text')}`;
    case 'startsWith':
      return `${left} like ${statement.parameter(`${escapeLike(String(value))}%`, 'text')}`;
    case 'isNull':
      return `${left} is ${value === true ? '' : 'not '}null`;
    default:
      throw new BadInput(
        `${column.property} cannot be compared by ${operator}`,
        `${column.property} 不支持比较方式 ${operator}`,
      );
  }
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`);
}

function asList(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new BadInput(`${name} takes a list`, `${name} 应为列表`);
}

function asWhere(value: unknown, name: string): Where {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new BadInput(`${name} takes an object`, `${name} 应为对象`);
}
