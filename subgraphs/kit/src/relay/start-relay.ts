import { channel } from 'node:diagnostics_channel';
import { setTimeout as pause } from 'node:timers/promises';
import { earliestAfter, readChanges, untoldAfter, type Untold } from '../changes/changes.ts';
import { toInstant, type Clock } from '../clock.ts';
import type { ErrorEvent } from '../create-subgraph.ts';
import type { Sql } from '../database/open-database.ts';
import type { InboxAnswer, IncomingPage, RefusedChange } from './inbox.ts';

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
  /** The change that the consumer could not take in, and behind which it waits; null when there is none. */
  readonly refused: RefusedChange | null;
}

/** A relay that runs until it is stopped. */
export interface RunningRelay {
  /** Seconds that each consumer is behind, by name; null before it has been reached. */
  lag(): Readonly<Record<string, number | null>>;
  /** Changes that consumers could not take in, and behind which they wait, by name of the consumer. */
  refused(): Readonly<Record<string, RefusedChange>>;
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
  const refused = new Map<string, RefusedChange>();
  const tell = (event: RelayEvent): void => {
    lag.set(event.consumer, event.secondsBehind);
    if (event.refused === null) refused.delete(event.consumer);
    else refused.set(event.consumer, event.refused);
    if (relayed.hasSubscribers) relayed.publish(event);
  };
  const running = parts.outlets.map((outlet) => deliver({ ...parts, tell }, outlet, stopping.signal));
  return {
    lag: () => Object.fromEntries(lag),
    refused: () => Object.fromEntries(refused),
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
  parts.tell({ source: parts.source, consumer: outlet.name, secondsBehind: null, refused: null });
  while (!signal.aborted) {
    try {
      reached ??= await outlet.takeIn(askPosition(parts), signal);
      const isQuiet = performance.now() - told < (parts.heartbeat ?? defaultHeartbeat);
      const page = await deliverPage(parts, outlet, { ...reached, isQuiet }, signal);
      reached = page.reached;
      if (reached.refused !== undefined) throw refusal(outlet.name, reached.refused);
      if (page.isTold) told = performance.now();
      delay = shortestDelay;
      if (page.changes === 0) await rest(parts.interval ?? defaultInterval, signal);
    } catch (cause) {
      if (signal.aborted) return;
      faults.publish({ subgraph: parts.source, requestId: `relay to ${outlet.name}`, cause } satisfies ErrorEvent);
      await restTelling(parts, outlet.name, { delay, reached }, signal);
      delay = Math.min(delay * 2, longestDelay);
    }
  }
}

/** Waits until the next try, and tells meanwhile how far behind the consumer is: what is written now waits too. */
async function restTelling(
  parts: Delivery,
  consumer: string,
  { delay, reached }: { readonly delay: number; readonly reached: InboxAnswer | undefined },
  signal: AbortSignal,
): Promise<void> {
  const step = parts.interval ?? defaultInterval;
  for (let left = delay; left > 0 && !signal.aborted; left -= step) {
    // The database may be what is away: then there is nothing new to tell.
    if (reached !== undefined) await tellLag(parts, consumer, reached).catch(() => undefined);
    await rest(Math.min(left, step), signal);
  }
}

/** Tells the age of the oldest change that a consumer has not taken in; what a running transaction still holds back counts, too. */
async function tellLag(
  { source, sql, clock, tell }: Delivery,
  consumer: string,
  { position, refused }: InboxAnswer,
): Promise<Untold> {
  const untold = await untoldAfter(sql, position);
  const now = clock.now().getTime();
  const secondsBehind = untold.oldest === undefined ? 0 : Math.max(0, (now - Date.parse(untold.oldest)) / 1000);
  tell({ source, consumer, secondsBehind, refused: refused ?? null });
  return untold;
}

function refusal(consumer: string, { seq, type, error }: RefusedChange): Error {
  return new Error(`${consumer} cannot take in change ${seq} (${type}), everything behind it waits: ${error}`);
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
  parts: Delivery,
  { name, takeIn }: Outlet,
  { isQuiet, ...last }: Reached,
  signal: AbortSignal,
): Promise<{ readonly reached: InboxAnswer; readonly changes: number; readonly isTold: boolean }> {
  const { source, sql, clock } = parts;
  const { position: after, types } = last;
  const now = clock.now();
  const { running } = await tellLag(parts, name, last);
  const { changes, position } = await readChanges(sql, after, pageSize);
  if (changes.length === 0 && isQuiet) return { reached: { position: after, types }, changes: 0, isTold: false };
  const wanted = changes.filter(({ type }) => types.includes(type));
  const end = changes.length === 0 ? after : position;
  const begun = new Date(now.getTime() - running * 1000);
  const upTo = changes.length === pageSize ? undefined : await coveredUpTo(sql, end, begun);
  const page = { source, after, changes: wanted, position: end, businessTime: toInstant(now), upTo };
  return { reached: await takeIn(page, signal), changes: changes.length, isTold: changes.length === 0 };
}

/**
 * Business time up to which nothing comes any more beyond a page that was the last one: what is held back was written, and what runs had begun
 * before the page was read. A request that only waits for its transaction is not seen; its time is that of its arrival.
 */
async function coveredUpTo(sql: Sql, end: string, begun: Date): Promise<string> {
  const earliest = await earliestAfter(sql, end);
  return earliest === undefined || Date.parse(earliest) > begun.getTime() ? toInstant(begun) : earliest;
}
