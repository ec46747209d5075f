import { channel } from 'node:diagnostics_channel';
import { setTimeout as pause } from 'node:timers/promises';
import { oldestAfter, readChanges } from '../changes/changes.ts';
import { toInstant, type Clock } from '../clock.ts';
import type { ErrorEvent } from '../create-subgraph.ts';
import type { Sql } from '../database/open-database.ts';
import type { InboxAnswer, IncomingPage } from './inbox.ts';

/** Where changes are delivered: the inbox of another subgraph, in this process or behind HTTP. */
export interface Outlet {
  readonly name: string;
  readonly takeIn: (page: IncomingPage, signal: AbortSignal) => Promise<InboxAnswer>;
}

/** What a relay needs. */
export interface RelayParts {
  /** Name of the subgraph whose log is delivered. */
  readonly source: string;
  readonly sql: Sql;
  readonly outlets: readonly Outlet[];
  /** Tells business time. */
  readonly clock: Clock;
  /** Milliseconds between looking for changes where there were none. */
  readonly interval?: number;
  /** Milliseconds between telling a consumer that there is nothing more. */
  readonly heartbeat?: number;
}

/** Published on `hutong:relay` at each look into the log, also of what could not be delivered and is tried again. */
export interface RelayEvent {
  readonly source: string;
  readonly consumer: string;
  /** Age of the oldest change that is not delivered yet, seconds of business time; 0 when there is none, null before the consumer was reached. */
  readonly secondsBehind: number | null;
}

/** A relay that runs until it is stopped. */
export interface RunningRelay {
  /** Seconds that each consumer is behind, by name; null before it has been reached. */
  lag(): Readonly<Record<string, number | null>>;
  stop(): Promise<void>;
}

const relayed = channel('hutong:relay');
const faults = channel('hutong:error');
const pageSize = 500;
const defaultInterval = 500;
/** Milliseconds between telling a consumer that there is nothing more. */
const defaultHeartbeat = 10_000;
const shortestDelay = 200;
const longestDelay = 30_000;

/**
 * Delivers a subgraph's change log to the inboxes of the others (domain.md §2.6): at least once, in the order of the log, each at its own
 * pace; the inbox knows how far it has come, so that whoever dies anywhere loses nothing. What cannot be delivered is tried again with
 * growing pauses up to half a minute.
 */
export function startRelay(parts: RelayParts): RunningRelay {
  const stopping = new AbortController();
  const lag = new Map<string, number | null>(parts.outlets.map(({ name }) => [name, null]));
  const tell = (event: RelayEvent): void => {
    lag.set(event.consumer, event.secondsBehind);
    if (relayed.hasSubscribers) relayed.publish(event);
  };
  const running = parts.outlets.map((outlet) => deliver({ ...parts, tell }, outlet, stopping.signal));
  return {
    lag: () => Object.fromEntries(lag),
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

/** What a delivery needs. */
interface Delivery extends RelayParts {
  readonly tell: (event: RelayEvent) => void;
}

async function deliver(parts: Delivery, outlet: Outlet, signal: AbortSignal): Promise<void> {
  let reached: InboxAnswer | undefined;
  let delay = shortestDelay;
  let told = -Infinity;
  parts.tell({ source: parts.source, consumer: outlet.name, secondsBehind: null });
  while (!signal.aborted) {
    try {
      reached ??= await outlet.takeIn(askPosition(parts), signal);
      const isQuiet = performance.now() - told < (parts.heartbeat ?? defaultHeartbeat);
      const page = await deliverPage(parts, outlet, { ...reached, isQuiet }, signal);
      reached = page.reached;
      if (page.isTold) told = performance.now();
      delay = shortestDelay;
      if (page.changes === 0) await rest(parts.interval ?? defaultInterval, signal);
    } catch (cause) {
      if (signal.aborted) return;
      faults.publish({ subgraph: parts.source, requestId: `relay to ${outlet.name}`, cause } satisfies ErrorEvent);
      await rest(delay, signal);
      delay = Math.min(delay * 2, longestDelay);
    }
  }
}

/** Waits, at most until it is to stop. */
async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
}

function askPosition({ source, clock }: RelayParts): IncomingPage {
  return { source, after: null, changes: [], position: '', businessTime: toInstant(clock.now()) };
}

/** How far a consumer has come, and whether it has lately been told so. */
interface Reached extends InboxAnswer {
  readonly isQuiet: boolean;
}

async function deliverPage(
  { source, sql, clock, tell }: Delivery,
  { name, takeIn }: Outlet,
  { position: after, types, isQuiet }: Reached,
  signal: AbortSignal,
): Promise<{ readonly reached: InboxAnswer; readonly changes: number; readonly isTold: boolean }> {
  const now = clock.now();
  const { changes, position } = await readChanges(sql, after, pageSize);
  // What a transaction that runs still holds back is not delivered either.
  const oldest = changes[0]?.at ?? (await oldestAfter(sql, after));
  const secondsBehind = oldest === undefined ? 0 : Math.max(0, (now.getTime() - Date.parse(oldest)) / 1000);
  tell({ source, consumer: name, secondsBehind });
  if (changes.length === 0 && isQuiet) return { reached: { position: after, types }, changes: 0, isTold: false };
  const wanted = changes.filter(({ type }) => types.includes(type));
  const upTo = changes.at(-1)?.at ?? oldest ?? toInstant(now);
  const end = changes.length === 0 ? after : position;
  const page = { source, after, changes: wanted, position: end, businessTime: toInstant(now), upTo };
  return { reached: await takeIn(page, signal), changes: changes.length, isTold: changes.length === 0 };
}
