import { createTestDatabase, type Database } from '@hutong/kit';
import { expect, inject } from 'vitest';
import { startWorld, type World } from '../world.ts';

/** A mutation's payload, as far as a journey reads it. */
export type Payload = Readonly<Record<string, unknown>> & {
  readonly ok: boolean;
  readonly errors: readonly { readonly code: string; readonly path: readonly string[]; readonly message: string }[];
};

/** One of the demo callers, at the gateway. */
export interface Traveller {
  /** Does a mutation that must succeed, and gives what was selected of the object it wrote. */
  does(mutation: string, input: object, selection: string): Promise<Readonly<Record<string, unknown>>>;
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

/** Starts a story at the last day of the generated data. */
export async function startJourney(): Promise<Journey> {
  const templates = Object.entries(inject('regionTemplates'));
  const copies = await Promise.all(
    templates.map(
      async ([name, template]) => [name, await createTestDatabase(inject('databaseServer'), { template })] as const,
    ),
  );
  const databases = Object.fromEntries(copies.map(([name, database]) => [name, database.url]));
  let now = new Date('2024-12-31T23:59:59+08:00');
  const region = { databases, dataKeys: inject('dataKeys') };
  const world = await startWorld('colocated', region, { clock: { now: () => now }, background: true });
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

function traveller(world: World, persona: string): Traveller {
  const send = async (mutation: string, input: object, selection: string): Promise<Payload> => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { told: ${mutation}(input: $input) { ok errors { code path message } ${selection} } }`;
    const { data, errors } = await world.as(persona).graphql(query, { input });
    expect(errors).toBeUndefined();
    return Object(data).told;
  };
  return {
    async does(mutation, input, selection) {
      const { errors, ...told } = await send(mutation, input, selection);
      expect({ mutation, errors }).toEqual({ mutation, errors: [] });
      return told;
    },
    async isRefused(mutation, input) {
      const { ok, errors } = await send(mutation, input, '');
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
