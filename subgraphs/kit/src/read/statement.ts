import { channel } from 'node:diagnostics_channel';
import type { ColumnShape } from './table.ts';

/** One SQL statement in the making: text pieces and the values of its parameters. */
export class Statement {
  readonly parameters: unknown[] = [];

  /** Adds a parameter and returns its place, cast to the type of the column it is compared with. */
  parameter(value: unknown, type?: string): string {
    this.parameters.push(value);
    const place = `$${this.parameters.length}`;
    return type === undefined ? place : `${place}::${type}`;
  }

  /** A scalar compared with this column: sent as text, so that one rule holds for every type. */
  scalar(column: ColumnShape, value: unknown): string {
    return column.type === 'text'
      ? this.parameter(value, 'text')
      : this.parameter(asText(value), `text::${column.type}`);
  }

  /**
   * That a column has one of these values. One value is compared as itself: PostgreSQL then keeps the statement's plan,
   * where it would plan a list anew each time, not knowing how long it is.
   */
  isOneOf(alias: string, column: ColumnShape, values: readonly unknown[]): string {
    const left = `${alias}.${column.sql}`;
    return values.length === 1
      ? `${left} = ${this.scalar(column, values[0])}`
      : `${left} = any(${this.list(column, values)})`;
  }

  /** A list compared with this column. */
  list(column: ColumnShape, values: readonly unknown[]): string {
    const place = this.parameter(values.map(asText), 'text[]');
    return column.type === 'text' ? place : `${place}::${column.type}[]`;
  }
}

/** A row as the driver gives it in value mode: column values in the order of the select list. */
export type RawRow = readonly unknown[];

/** Runs SQL and gives rows as arrays of values. */
export type Run = (text: string, parameters: readonly unknown[]) => Promise<readonly RawRow[]>;

/** The driver's side of {@link Run}: postgres.js, seen as what the read layer uses of it. */
export interface SqlClient {
  unsafe(text: string, parameters: never[], options: { prepare: boolean }): { values(): Promise<readonly unknown[][]> };
}

/** Published on `hutong:sql` for every statement a subgraph runs: no parameters, so no personal data. */
export interface SqlEvent {
  readonly subgraph: string;
  readonly text: string;
  readonly rows: number;
  readonly milliseconds: number;
  readonly requestId: string;
}

const statements = channel('hutong:sql');

/** A runner that tells `hutong:sql` about each statement. */
export function createRun(client: SqlClient, origin: { readonly subgraph: string; readonly requestId: string }): Run {
  return async (text, parameters) => {
    const start = performance.now();
    // postgres.js types parameters by what it can serialise; every value here is text, an array of texts, a number or null.
    const rows = await client.unsafe(text, parameters as never[], { prepare: true }).values();
    if (statements.hasSubscribers) {
      const event: SqlEvent = { ...origin, text, rows: rows.length, milliseconds: performance.now() - start };
      statements.publish(event);
    }
    return rows;
  };
}

function asText(value: unknown): unknown {
  return value === null || value === undefined ? null : String(value);
}
