import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { personaId, resolvePersonas, type Persona } from '@hutong/gateway';
import {
  createKeyRing,
  createTestDatabase,
  importFile,
  parseDataKeys,
  seedDatabase,
  type Database,
  type SeedOptions,
  type SubgraphPackage,
} from '@hutong/kit';
import { publicHealthPackage } from '@hutong/public-health';
import { expect, inject } from 'vitest';
import { packages, regionOptions } from '../region.ts';
import { startWorld, type Answer, type World } from '../world.ts';

type PlaceKey = NonNullable<SeedOptions['places']>[number];

/** A mutation's payload, as far as a journey reads it. */
export type Payload = Readonly<Record<string, unknown>> & {
  readonly ok: boolean;
  readonly errors: readonly { readonly code: string; readonly path: readonly string[]; readonly message: string }[];
};

/** One of the demo callers, at the gateway. */
export interface Traveller {
  /** Does a mutation that must succeed, and gives what was selected of the object it wrote. */
  does(mutation: string, input: object, selection: string): Promise<Readonly<Record<string, unknown>>>;
  /** Sends a mutation, whatever becomes of it; what it told stands under `told`. */
  sends(mutation: string, input: object, selection?: string): Promise<Answer>;
  /** Tries a mutation that must be refused, and gives the codes with their places. */
  isRefused(mutation: string, input: object): Promise<readonly string[]>;
  /** Asks a question that must be answered without an error. */
  asks(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
}

/** A story on a copy of the seeded region: the gateway, the four subgraphs, their jobs and relays, and a clock that the story sets. */
export interface Journey {
  as(persona: string): Traveller;
  /** Sets business time. */
  travelTo(instant: string): void;
  /** Address of a subgraph's database, for what no door tells. */
  readonly databases: Readonly<Record<string, Database>>;
  close(): Promise<void>;
}

/** What a story may want otherwise. */
export interface JourneyOptions {
  /** Runs jobs and relays between the subgraphs. */
  readonly background?: boolean;
  /** Another place of the generated data than the county of the tests. */
  readonly place?: PlaceKey;
  /** Callers beside the demo's, found in the databases. */
  readonly callers?: (databases: Journey['databases']) => Promise<readonly Persona[]>;
}

/** Starts a story at the last day of the generated data, with jobs and relays unless the test wants none. */
export async function startJourney({
  background = true,
  place,
  callers = () => Promise.resolve([]),
}: JourneyOptions = {}): Promise<Journey> {
  const copies = place === undefined ? await copyRegion() : await seedPlace(place);
  const databases = Object.fromEntries(copies.map(([name, database]) => [name, database.url]));
  let now = new Date('2024-12-31T23:59:59+08:00');
  const personas = await callers(Object.fromEntries(copies));
  const region = { databases, dataKeys: inject('dataKeys') };
  const world = await startWorld('colocated', region, { clock: { now: () => now }, background, personas });
  return {
    as: (persona) => traveller(world, persona),
    travelTo: (instant) => void (now = new Date(instant)),
    databases: Object.fromEntries(copies),
    close: async () => {
      await world.close();
      await Promise.all(copies.map(([, database]) => database.close()));
    },
  };
}

/** The databases of one subgraph each, by its name. */
type Copies = readonly (readonly [string, Database])[];

function copyRegion(): Promise<Copies> {
  const server = inject('databaseServer');
  const copy = async ([name, template]: readonly [string, string]) =>
    [name, await createTestDatabase(server, { template })] as const;
  return Promise.all(Object.entries(inject('regionTemplates')).map(copy));
}

function seedPlace(place: PlaceKey): Promise<Copies> {
  const server = inject('databaseServer');
  const keys = createKeyRing(parseDataKeys(inject('dataKeys')));
  const seed = async (subgraph: SubgraphPackage) => {
    const database = await createTestDatabase(server, { migrations: subgraph.migrations });
    await seedDatabase(database, subgraph, keys, { ...regionOptions, residentsPerPlace: 20, places: [place] });
    return [subgraph.name, database] as const;
  };
  return Promise.all(packages.map(seed));
}

/** The database of a subgraph. */
export function databaseOf(databases: Journey['databases'], subgraph: string): Database {
  const database = databases[subgraph];
  if (database === undefined) throw new TypeError(`${subgraph} has no database`);
  return database;
}

/** Takes residents in from a file, as `npm run import` does; the first line names the columns. */
export async function importResidents({ databases }: Journey, lines: readonly string[]) {
  const [target] = publicHealthPackage
    .importTargets({ allowSynthetic: true })
    .filter(({ type }) => type === 'Resident');
  if (target === undefined) throw new TypeError('residents cannot be imported');
  const folder = mkdtempSync(join(tmpdir(), 'hutong-residents-'));
  const file = join(folder, 'residents.csv');
  writeFileSync(file, lines.join('\n'));
  try {
    return await importFile({
      url: databaseOf(databases, 'public-health').url,
      target,
      file,
      rejects: join(folder, 'rejects.csv'),
      keys: createKeyRing(parseDataKeys(inject('dataKeys'))),
      at: '2024-12-31T23:59:59+08:00',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A caller like one of the demo's, but for who and where it is. */
export function callerLike(like: string, id: string, who: Partial<Persona['caller']>): Persona {
  const persona = resolvePersonas(personaId).find((one) => one.id === like);
  if (persona === undefined) throw new TypeError(`there is no persona ${like}`);
  return { ...persona, id, caller: { ...persona.caller, id: `demo:${id}`, ...who } };
}

function traveller(world: World, persona: string): Traveller {
  const sends: Traveller['sends'] = (mutation, input, selection = '') => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { told: ${mutation}(input: $input) { ok errors { code path message } ${selection} } }`;
    return world.as(persona).graphql(query, { input });
  };
  const told = async (answer: Promise<Answer>): Promise<Payload> => {
    const { data, errors } = await answer;
    expect(errors).toBeUndefined();
    return Object(data).told;
  };
  return {
    sends,
    async does(mutation, input, selection) {
      const { errors, ...written } = await told(sends(mutation, input, selection));
      expect({ mutation, errors }).toEqual({ mutation, errors: [] });
      return written;
    },
    async isRefused(mutation, input) {
      const { ok, errors } = await told(sends(mutation, input));
      expect(ok).toBe(false);
      return errors.map(({ code, path }) => `${code} ${path.join('.')}`);
    },
    async asks(query, variables = {}) {
      const { data, errors } = await world.as(persona).graphql(query, variables);
      expect(errors).toBeUndefined();
      return Object(data);
    },
  };
}
