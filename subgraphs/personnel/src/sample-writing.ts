import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import type { PractitionerRow } from './tables/practitioner.ts';
import { practitioners } from './tables/practitioner.ts';
import { ask, migrations, type Asking } from './sample-caller.ts';
import { insertSampleRows, sampleKeys, samplePerson } from './sample-rows.ts';
import { createPersonnel } from './subgraph.ts';

/** What a mutation answered. */
export type Answer = Readonly<Record<string, unknown>>;

/** The sample's database and subgraph, and how tests write in it. */
export interface Writing {
  readonly database: Database;
  readonly subgraph: Subgraph;
  /** Does one mutation and gives its payload: ok, errors as `CODE path.of.input`, and what is selected. */
  write(name: string, input: object, asked?: { readonly select?: string } & Asking): Promise<Answer>;
  /** Asks a query and gives its data. */
  read(query: string, asking?: Asking): Promise<unknown>;
  /** Adds physicians of the township hospital, but for what is said. */
  addPeople(...people: readonly (Partial<PractitionerRow> & { readonly id: string })[]): Promise<void>;
  /** Changes told of one row, as kind and payload. */
  changesOf(id: string): Promise<readonly unknown[]>;
  /** Steps in the history of one row, as from, to, reason. */
  historyOf(id: string): Promise<readonly unknown[]>;
}

/** Opens a database with the sample rows. */
export async function openWriting(databaseServer: string): Promise<Writing> {
  const database = await createTestDatabase(databaseServer, { migrations, max: 25 });
  await insertSampleRows(database.db);
  const subgraph = createPersonnel({ database, keys: sampleKeys });
  return {
    database,
    subgraph,
    async write(name, input, { select = '', ...asking } = {}) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ok errors { code path } ${select} } }`;
      const { data, errors } = await ask(subgraph, query, { input }, asking);
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      const answer: Answer = Object(data?.[name]);
      return { ...answer, errors: shortErrors(answer['errors']) };
    },
    async read(query, asking) {
      const { data, errors } = await ask(subgraph, query, {}, asking);
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return data;
    },
    async addPeople(...people) {
      await database.db.insert(practitioners).values(people.map((one) => samplePerson({ name: '某医生', ...one })));
    },
    async changesOf(id) {
      // The table itself: readers of the log wait for writes of every database of the server, thus for other tests.
      const rows = await database.sql`select kind, payload from changes where id = ${id} order by seq`;
      return rows.map((row) => [row['kind'], row['payload']]);
    },
    async historyOf(id) {
      const rows = await database.sql`select "from", "to", reason from status_history where id = ${id} order by seq`;
      return rows.map((row) => [row['from'], row['to'], row['reason']]);
    },
  };
}

/** `FORBIDDEN fromId`: the code and the place below `input`. */
function shortErrors(errors: unknown): readonly string[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((error: { code: string; path: readonly string[] }) =>
    [error.code, error.path.slice(1).join('.')].join(' ').trim(),
  );
}

/** The township hospital's administrator. */
export const townHospital: Asking = { caller: { role: 'INST_ADMIN', kind: 'PERSON', institutionId: 'in_TOWN' } };

/** The lead hospital's administrator. */
export const leadHospital: Asking = { caller: { role: 'INST_ADMIN', kind: 'PERSON', institutionId: 'in_LEAD' } };

/** Who leads the alliance. */
export const allianceLead: Asking = { caller: { role: 'ALLIANCE_ADMIN', kind: 'PERSON', allianceId: 'al_ONE' } };

/** The health commission of the county. */
export const commission: Asking = {
  caller: { role: 'HEALTH_COMMISSION', kind: 'PERSON', regionCodes: ['320322'] },
};

/** Somebody of another county. */
export const stranger: Asking = { caller: { role: 'INST_ADMIN', kind: 'PERSON', institutionId: 'in_ELSEWHERE' } };
