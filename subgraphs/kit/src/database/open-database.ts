import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type ISql } from 'postgres';

import { type ConnectionSettings, connectionOptions, plainUrl, urlOfDatabase } from './connection-options.ts';
import type { EmbeddedServer } from './embedded/start-embedded-server.ts';

/** A database: on a server of one's own, or by name on the embedded server (made there when missing). */
export type DatabasePlace = { readonly url: string } | { readonly embedded: EmbeddedServer; readonly name: string };

/** The postgres.js client; what it reads is PostgreSQL's text for instants, days and numerics, number for int8, arrays and JSON as values. */
export type Sql = ReturnType<typeof connect>;

/** The client itself, or a transaction of it. */
export type SqlSession = Sql extends ISql<infer Types> ? ISql<Types> : never;

/** The same client, seen by drizzle. */
export type Db = PostgresJsDatabase;

/** One open database. */
export interface Database {
  readonly url: string;
  readonly sql: Sql;
  readonly db: Db;
  close(): Promise<void>;
}

/** Array types that drizzle would leave as text: as values like all others. */
const drizzleTextArrays = ['1115', '1182', '1185', '1231'];

/** Opens a database; with the embedded server, creates it first when it is not there. */
export async function openDatabase(place: DatabasePlace, settings: ConnectionSettings = {}): Promise<Database> {
  if ('url' in place) return open(place.url, settings);
  await createDatabase(place.embedded.url, place.name);
  return open(place.embedded.databaseUrl(place.name), settings);
}

/** Creates a database when it is not there; several processes may ask at once. */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<void> {
  const sql = connect(serverUrl, { max: 1 });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (!found)
      await sql`create database ${sql(name)} ${template === undefined ? sql`` : sql`template ${sql(template)}`}`;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  } finally {
    await sql.end();
  }
}

/** Drops a database and whoever is still connected to it. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const sql = connect(serverUrl, { max: 1 });
  try {
    await sql`drop database if exists ${sql(name)} with (force)`;
  } finally {
    await sql.end();
  }
}

/** The bare client, without drizzle. */
export function connect(url: string, settings: ConnectionSettings = {}) {
  return postgres(plainUrl(url), connectionOptions(url, settings));
}

function open(url: string, settings: ConnectionSettings): Database {
  const sql = connect(url, settings);
  const db = drizzle(sql, { casing: 'snake_case' });
  for (const type of drizzleTextArrays) {
    Reflect.deleteProperty(sql.options.parsers, type);
    Reflect.deleteProperty(sql.options.serializers, type);
  }
  return { url, sql, db, close: () => sql.end({ timeout: 5 }) };
}

/** duplicate_database, or the catalogue's unique index when two create at the same moment. */
function isDuplicate(error: unknown): boolean {
  return error instanceof postgres.PostgresError && (error.code === '42P04' || error.code === '23505');
}

export { urlOfDatabase };
