import type { KeyRing } from '../crypto/key-ring.ts';
import type { SqlSession } from '../database/open-database.ts';
import type { Fault } from './faults.ts';
import type { RejectedRow, ValidRow } from './validate-row.ts';

/** A row that cannot be written yet, what it waits for, and its fault should that never come. */
export interface WaitingRow {
  readonly row: ValidRow;
  /** Key of the own row that it refers to; undefined: another row has a value that this one wants, and may give it up. */
  readonly awaits: string | undefined;
  readonly faults: readonly Fault[];
}

/**
 * Rows of a file that wait for other rows of it. They are kept in a temporary table of the session, sealed where there are keys: our
 * memory holds one batch of them, however many wait.
 */
export interface WaitingRows {
  add(rows: readonly WaitingRow[]): Promise<void>;
  /** Tells that rows with these keys are stored: what waits for them is ready. */
  release(stored: readonly string[]): Promise<void>;
  /** Takes rows that are ready out, in the order of the file. */
  takeReady(): Promise<readonly ValidRow[]>;
  /** Takes rows out that wait for a value, once each: those added again meanwhile are for the next round. */
  rounds(): AsyncGenerator<readonly ValidRow[]>;
  /** Takes everything out that still waits, with its faults. */
  rest(): AsyncGenerator<readonly RejectedRow[]>;
}

interface Content {
  readonly row: ValidRow;
  readonly faults: readonly Fault[];
}

interface Stored {
  readonly seq: string;
  readonly content: Uint8Array;
}

/** Makes the temporary table; batches taken out are of this size. */
export async function createWaitingRows(
  sql: SqlSession,
  keys: KeyRing | undefined,
  batchSize: number,
): Promise<WaitingRows> {
  await sql`create temp table import_waiting (
    seq int generated always as identity primary key, awaits text, ready boolean not null default false, content bytea not null)`;
  await sql`create index on import_waiting (awaits) where not ready`;
  await sql`create index on import_waiting (seq) where ready`;
  let referring = 0;

  const write = (content: Content) => {
    const text = JSON.stringify(content);
    return (keys?.seal(text) ?? Buffer.from(text)).toString('hex');
  };
  const read = ({ content }: Stored): Content => {
    const text = keys?.open(content) ?? Buffer.from(content).toString('utf8');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `write` of this very run.
    return JSON.parse(text) as Content;
  };

  /** Deletes the first rows that meet a condition and answers them in order. */
  async function take(condition: string, after = '0'): Promise<readonly Stored[]> {
    const found = await sql.unsafe<Stored[]>(
      `delete from import_waiting where seq in
         (select seq from import_waiting where seq > $1::text::int and ${condition} order by seq limit ${batchSize})
       returning seq::text, content`,
      [after],
    );
    return found.toSorted((a, b) => Number(a.seq) - Number(b.seq));
  }

  async function* takeAll(condition: string): AsyncGenerator<readonly Stored[]> {
    for (let rows = await take(condition); rows.length > 0; rows = await take(condition, rows.at(-1)?.seq)) yield rows;
  }

  return {
    add: async (rows) => {
      if (rows.length === 0) return;
      referring += rows.filter(({ awaits }) => awaits !== undefined).length;
      await sql.unsafe(
        `insert into import_waiting (awaits, content)
         select w.awaits, decode(w.content, 'hex') from unnest($1::text[], $2::text[]) with ordinality as w(awaits, content, no)
         order by w.no`,
        [rows.map(({ awaits }) => awaits ?? null), rows.map(({ row, faults }) => write({ row, faults }))],
      );
    },
    release: async (stored) => {
      if (referring === 0 || stored.length === 0) return;
      await sql.unsafe('update import_waiting set ready = true where not ready and awaits = any($1::text[])', [
        [...stored],
      ]);
    },
    takeReady: async () => {
      if (referring === 0) return [];
      const rows = await take('ready');
      referring -= rows.length;
      return rows.map((row) => read(row).row);
    },
    rounds: async function* () {
      const [last] = await sql<{ seq: string }[]>`select coalesce(max(seq), 0)::text as seq from import_waiting`;
      for await (const rows of takeAll(`awaits is null and seq <= ${Number(last?.seq)}`)) {
        yield rows.map((row) => read(row).row);
      }
    },
    rest: async function* () {
      for await (const rows of takeAll('true')) {
        yield rows.map(read).map(({ row, faults }) => ({ line: row.line, faults }));
      }
    },
  };
}
