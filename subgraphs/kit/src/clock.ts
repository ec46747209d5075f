import type { SqlSession } from './database/open-database.ts';

/** Tells the time. Business code is given one and never asks the machine (architecture.md §4, "Time"). */
export interface Clock {
  now(): Date;
}

/** Business time of one request: it stands still while the request is answered. */
export interface RequestClock {
  /** ISO 8601 instant. */
  readonly instant: string;
  /** The instant's day in Asia/Shanghai, `2024-12-31`. */
  readonly day: string;
}

/** The clock of a request from its instant of business time; written as PostgreSQL does, without a fraction that is zero. */
export function requestClock(businessTime: string): RequestClock {
  return { instant: businessTime.replace('.000', ''), day: toDay(new Date(businessTime)) };
}

/** What the demo data say about themselves: the instant they end, and the system instant at which they were written. */
export interface Seeding {
  /** Last instant of the generated data (AS_OF), ISO 8601. */
  readonly asOf: string;
  /** System instant of the seeding, ISO 8601. */
  readonly seededAt: string;
}

/** Last instant of the generated demo region (domain.md 8.1, AS_OF). */
export const demoAsOf = '2024-12-31T23:59:59+08:00';

/** The machine's own clock: tokens, evidence and computedAt use it always. */
export const systemClock: Clock = { now: () => new Date() };

/** Business time of the demo: where the data end, plus the time since they were seeded, so that contracts are alive and timers run. */
export function demoClock({ asOf, seededAt }: Seeding, system: Clock = systemClock): Clock {
  const shift = new Date(asOf).getTime() - new Date(seededAt).getTime();
  return { now: () => new Date(system.now().getTime() + shift) };
}

/** A clock that stands still, for tests and for one request. */
export function fixedClock(instant: string): Clock {
  return { now: () => new Date(instant) };
}

/** Business time as HUTONG_CLOCK says: `system`, `demo`, or an instant from which it runs; demo without seeding is the system's time. */
export function businessClock(setting: string, seeding: Seeding | undefined, system: Clock = systemClock): Clock {
  if (setting === 'system') return system;
  if (setting !== 'demo') return demoClock({ asOf: setting, seededAt: system.now().toISOString() }, system);
  return seeding === undefined ? system : demoClock(seeding, system);
}

/** An instant in the region's offset, `2024-12-31T23:59:59.000+08:00`: the day it shows is the day in Asia/Shanghai. */
export function toInstant(date: Date): string {
  return `${new Date(date.getTime() + shanghaiOffset).toISOString().slice(0, -1)}+08:00`;
}

/** The day in Asia/Shanghai, `2024-12-31`. */
export function toDay(date: Date): string {
  return toInstant(date).slice(0, 10);
}

/** Asia/Shanghai is UTC+8 all year round since 1992. */
const shanghaiOffset = 8 * 60 * 60 * 1000;

/** Notes in the database when and up to which instant it was seeded; in the transaction that ends the seeding. */
export async function recordSeeding(sql: SqlSession, { asOf, seededAt }: Seeding): Promise<void> {
  await sql`
    insert into hutong_meta (name, value) values ('as_of', ${asOf}), ('seeded_at', ${seededAt})
    on conflict (name) do update set value = excluded.value`;
}

/** What recordSeeding noted; undefined when the database holds no demo data. */
export async function readSeeding(sql: SqlSession): Promise<Seeding | undefined> {
  const rows = await sql<{ name: string; value: string }[]>`
    select name, value from hutong_meta where name in ('as_of', 'seeded_at')`;
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  const [asOf, seededAt] = [values.get('as_of'), values.get('seeded_at')];
  return asOf === undefined || seededAt === undefined ? undefined : { asOf, seededAt };
}
