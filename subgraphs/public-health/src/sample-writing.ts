import { createTestDatabase, sealed, type Database, type Subgraph } from '@hutong/kit';
import { ask, sampleKeys, type Asking } from './sample-caller.ts';
import { insertSampleRows } from './sample-rows.ts';
import { createPublicHealth, migrations } from './subgraph.ts';
import { residents, type ResidentRow } from './tables/resident.ts';

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
  /** Adds residents of the sample's village, grown-up women without a household but for what is said. */
  addResidents(...people: readonly (Partial<ResidentRow> & { readonly id: string })[]): Promise<void>;
  /** Changes told of one row, as kind and payload. */
  changesOf(id: string): Promise<readonly unknown[]>;
}

/** Opens a database with the sample rows. */
export async function openWriting(databaseServer: string): Promise<Writing> {
  const database = await createTestDatabase(databaseServer, { migrations, max: 25 });
  await insertSampleRows(database.db);
  const subgraph = createPublicHealth({ database, keys: sampleKeys });
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
    async addResidents(...people) {
      await database.db
        .insert(residents)
        .values(people.map((one) => ({ ...sampleResident, name: sealed(sampleKeys, '某居民'), ...one })));
    },
    async changesOf(id) {
      // The table itself: readers of the log wait for writes of every database of the server, thus for other tests.
      const rows = await database.sql`select kind, payload from changes where id = ${id} order by seq`;
      return rows.map((row) => [row['kind'], row['payload']]);
    },
  };
}

/** `FORBIDDEN teamId`: the code and the place below `input`. */
export function shortErrors(errors: unknown): readonly string[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((error: { code: string; path: readonly string[] }) =>
    [error.code, error.path.slice(1).join('.')].join(' ').trim(),
  );
}

const sampleResident: Omit<typeof residents.$inferInsert, 'id' | 'name'> = {
  test: true,
  idType: 'RESIDENT_ID',
  sex: 'FEMALE',
  birthDate: '1990-01-01',
  registeredRegionCode: '320322100200',
  regionCode: '320322100200',
  residentType: '1',
  allergies: [],
  histories: [],
  disabilities: [],
  vulnerability: [],
  inCareHome: false,
  focusGroups: [],
  servingInstitutionId: 'in_TOWN',
  status: 'ACTIVE',
  version: 1,
  updatedAt: '2024-12-30T08:00:00+08:00',
};

/** A doctor of the team tm_ONE. */
export const doctor: Asking = {
  caller: {
    id: 'doctor',
    role: 'FAMILY_DOCTOR',
    kind: 'PERSON',
    institutionId: 'in_TOWN',
    practitionerId: 'pr_DOCTOR',
  },
};

/** The administrator of a hospital elsewhere. */
export const stranger: Asking = {
  caller: { id: 'stranger', role: 'INST_ADMIN', kind: 'PERSON', institutionId: 'in_ELSEWHERE' },
};

/** A resident in the app. */
export function inApp(residentId: string): Asking {
  return { caller: { id: residentId, role: 'RESIDENT', kind: 'PERSON', residentId } };
}

/** The same caller on another day, at nine in the morning. */
export function on(day: string, { caller }: Asking = {}): Asking {
  return { ...(caller && { caller }), businessTime: `${day}T09:00:00+08:00` };
}
