import { channel } from 'node:diagnostics_channel';
import { eq } from 'drizzle-orm';
import { startOfChanges, type LoggedChange } from '../changes/changes.ts';
import { requestClock, systemClock } from '../clock.ts';
import { describeCause } from '../describe-cause.ts';
import { systemCaller } from '../jobs/job.ts';
import { perform, type WriteParts } from '../write/mutation.ts';
import { isPassingFault, transient } from '../write/passing-fault.ts';
import type { Transaction, Write } from '../write/write.ts';
import { inboxPositions } from './inbox-tables.ts';
import { seqOfChange } from './read-change.ts';

/** A page of another subgraph's change log, on its way into this one. */
export interface IncomingPage {
  /** Subgraph whose log it is. */
  readonly source: string;
  /** Position after which the page begins; null only asks how far this subgraph has come. */
  readonly after: string | null;
  readonly changes: readonly LoggedChange[];
  /** Position at which the page ends. */
  readonly position: string;
  /** Business time up to which the log has nothing beyond the page; absent while nobody knows. */
  readonly upTo?: string | undefined;
  /** Business time, ISO 8601. */
  readonly businessTime: string;
}

/** How far a subgraph has come with the log of another, and what it wants of it. */
export interface InboxAnswer {
  readonly position: string;
  /** GraphQL types; changes of others need not be sent. */
  readonly types: readonly string[];
  /** The change at which it stopped: it could not be taken in, and everything behind it waits. */
  readonly refused?: RefusedChange;
}

/** A change that a subgraph could not take in. */
export interface RefusedChange {
  /** Sequence number in the log of the subgraph that tells it. */
  readonly seq: number;
  /** GraphQL type. */
  readonly type: string;
  /** What went wrong, without values of people's data. */
  readonly error: string;
}

/** Takes in one change: keeps a projection, or does what follows from it; in the transaction that moves the position on. */
export type TakeIn = (change: LoggedChange, write: Write) => Promise<void>;

/** What a subgraph takes in, by the subgraph it comes from and the GraphQL type. */
export type InboxHandlers = Readonly<Record<string, Readonly<Record<string, TakeIn>>>>;

const faults = channel('hutong:error');

/**
 * Makes the inbox of a subgraph: a page is applied with its position in one transaction, so that a change is applied once however often
 * and by whomever it is delivered; a page that does not begin where the last one ended is not applied, and the answer tells where to go on.
 * Before a change that cannot be taken in, the rest of its page is; the answer names it. A fault of the database that passes names none: the page is
 * tried again.
 */
export function createInbox(
  parts: WriteParts & { readonly name: string },
  handlers: InboxHandlers,
): (page: IncomingPage) => Promise<InboxAnswer> {
  return async (page) => {
    const wanted = handlers[page.source] ?? {};
    const types = Object.keys(wanted);
    try {
      return { position: await takeInPage(parts, wanted, page), types };
    } catch (cause) {
      if (!(cause instanceof TakeInFailed)) throw cause;
      const earlier = page.changes.slice(0, page.changes.indexOf(cause.change));
      const last = earlier.at(-1);
      const position =
        last === undefined
          ? (page.after ?? startOfChanges)
          : await takeInPage(parts, wanted, { ...page, changes: earlier, position: last.position, upTo: undefined });
      faults.publish({ subgraph: parts.name, requestId: `changes of ${page.source}`, cause });
      return { position, types, refused: refusedOf(cause) };
    }
  };
}

/** Takes in a whole page or nothing of it; gives how far the database has come. */
async function takeInPage(
  parts: WriteParts,
  wanted: Readonly<Record<string, TakeIn>>,
  page: IncomingPage,
): Promise<string> {
  const work = async (tx: Transaction): Promise<string> => {
    const reached = await lockPosition(tx, page.source);
    if (page.after === null || page.after !== reached) return reached;
    const call = { caller: systemCaller, clock: requestClock(page.businessTime) };
    await perform(tx, parts, call, async (write) => {
      for (const change of page.changes) {
        try {
          await wanted[change.type]?.(change, write);
        } catch (cause) {
          throw isPassingFault(cause) ? cause : new TakeInFailed(change, cause);
        }
      }
    });
    const at = systemClock.now().toISOString();
    await tx
      .update(inboxPositions)
      .set({ position: page.position, at, upTo: page.upTo })
      .where(eq(inboxPositions.source, page.source));
    return page.position;
  };
  return transient.execute(() => parts.db.transaction(work));
}

/** Thrown when a handler fails, to say at which change. */
class TakeInFailed extends Error {
  override readonly name = 'TakeInFailed';
  readonly change: LoggedChange;

  constructor(change: LoggedChange, cause: unknown) {
    super(`change ${seqOfChange(change)} (${change.type}) could not be taken in`, { cause });
    this.change = change;
  }
}

function refusedOf({ change, cause }: TakeInFailed): RefusedChange {
  const { name, code, table, constraint, message, cause: inner } = describeCause(cause);
  const parts = [name, code, table, constraint, message, inner?.code, inner?.table, inner?.constraint];
  return { seq: seqOfChange(change), type: change.type, error: parts.filter(Boolean).join(' ') };
}

/**
 * Seconds of business time that are not covered by what was taken in from the log of another subgraph; null while that was never heard
 * of. Who writes with a projection tells by it that something may be missing.
 */
export async function secondsBehind({ tx, clock }: Write, source: string): Promise<number | null> {
  const [row] = await tx.select().from(inboxPositions).where(eq(inboxPositions.source, source));
  if (!row?.upTo) return null;
  return Math.max(0, (Date.parse(clock.instant) - Date.parse(row.upTo)) / 1000);
}

/** How far this database has come; whoever delivers at the same time waits. */
async function lockPosition(tx: Transaction, source: string): Promise<string> {
  const at = systemClock.now().toISOString();
  await tx.insert(inboxPositions).values({ source, position: startOfChanges, at }).onConflictDoNothing();
  const [row] = await tx.select().from(inboxPositions).where(eq(inboxPositions.source, source)).for('update');
  return row?.position ?? startOfChanges;
}
