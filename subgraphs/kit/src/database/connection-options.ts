import type { Options, PostgresType } from 'postgres';

/** Sessions run in the region's time zone, so that timestamptz reads with the offset +08:00 and days are the region's days. */
export const sessionTimeZone = 'Asia/Shanghai';

/** Connection settings that do not travel in a URL. */
export interface ConnectionSettings {
  /** What pg_stat_activity shows. */
  readonly applicationName?: string;
  /** Connections of the pool. */
  readonly max?: number;
  /** Never renew connections: the session holds temporary tables or locks. */
  readonly lasting?: boolean;
}

/** Types that postgres.js would turn into Date, BigInt or text and we read otherwise; see databaseTypes. */
type DatabaseTypes = { readonly [name in 'int8' | 'instants']: PostgresType };

/** int8 as number (text beyond 2^53); date, time, timestamp and timestamptz stay PostgreSQL's text. Others are postgres.js's own. */
const databaseTypes: DatabaseTypes = {
  int8: { to: 20, from: [20], serialize: String, parse: parseInt8 },
  instants: { to: 1184, from: [1082, 1083, 1114, 1184, 1266], serialize: asIs, parse: asIs },
};

/** postgres.js options of a URL, in libpq's form: `?host=/folder` names the folder of a Unix socket. */
export function connectionOptions(url: string, settings: ConnectionSettings = {}): Options<DatabaseTypes> {
  const { max = 10, applicationName = 'hutong', lasting = false } = settings;
  const socketFolder = new URL(url).searchParams.get('host');
  const port = new URL(url).port || '5432';
  return {
    max,
    types: databaseTypes,
    onnotice: () => {},
    ...(lasting && { max_lifetime: null }),
    connection: { application_name: applicationName, TimeZone: sessionTimeZone },
    ...(socketFolder !== null && { path: `${socketFolder}/.s.PGSQL.${port}` }),
  };
}

/** The URL that postgres.js understands: without the socket folder. */
export function plainUrl(url: string): string {
  const plain = new URL(url);
  plain.searchParams.delete('host');
  return plain.href;
}

/** The same server, another database. */
export function urlOfDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

function parseInt8(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

function asIs(value: unknown): unknown {
  return value;
}
