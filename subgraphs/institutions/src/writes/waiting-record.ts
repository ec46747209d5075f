import { advanced, encodeOwnedId, type Keyed, nextNo, type Write } from '@hutong/kit';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { type WaitingListEntryRow, waitingListEntries } from '../tables/waiting.ts';

/**
 * How waiting lists are locked, so that nobody waits for each other: first what is waited for (the slots of a department and day by id, or the
 * unit; a closure takes all slots and then all units of its institution by id), then its reservations and entries, these in the order of service:
 * both are taken by nobody else who takes the other. Numbers of a resident's new entries come after that; numbers of
 * appointments and reservations come before everything, so who already holds a slot or a unit asks for them without waiting
 * (`nextNoUnlessBusy`).
 */
export async function lockWaiting(where: SQL | undefined, { tx }: Write): Promise<WaitingListEntryRow[]> {
  const { priority, requestedAt, residentId, no, status } = waitingListEntries;
  return tx
    .select()
    .from(waitingListEntries)
    .where(and(eq(status, 'WAITING'), where))
    .orderBy(priority, requestedAt, residentId, no)
    .for('update');
}

/** Whether anybody waits for what is named. */
export async function isWaitedFor(where: SQL | undefined, { tx }: Write): Promise<boolean> {
  const found = await tx
    .select({ no: waitingListEntries.no })
    .from(waitingListEntries)
    .where(and(eq(waitingListEntries.status, 'WAITING'), where))
    .limit(1);
  return found.length > 0;
}

/** The public id of an entry. */
export function entryId({ residentId, no }: Pick<WaitingListEntryRow, 'residentId' | 'no'>): string {
  return encodeOwnedId('wl', residentId, no);
}

/** Where a job that goes through all lists or units has come to. */
export interface Cursor extends Keyed {
  readonly after: string;
  /** Only tells the next one, and does nothing there. */
  readonly passOver?: boolean;
}

/** An entry to be made: what its making does not say by itself. */
export type NewEntry = Omit<typeof waitingListEntries.$inferInsert, 'no' | 'status' | 'version' | 'updatedAt'>;

/** Puts a resident on a waiting list; gives the id of the entry. */
export async function addEntry(entry: NewEntry, write: Write): Promise<string> {
  const { residentId, institutionId, priority } = entry;
  const no = await nextNo(write, waitingListEntries, residentId);
  await write.tx.insert(waitingListEntries).values({ ...entry, no, status: 'WAITING', updatedAt: write.clock.instant });
  const id = entryId({ residentId, no });
  const payload = { status: 'WAITING', institutionId, priority, version: 1 };
  write.change({ type: 'WaitingListEntry', id, kind: 'CREATED', residentId, payload });
  write.step({ type: 'WaitingListEntry', id, residentId, from: null, to: 'WAITING' });
  return id;
}

type Changed = Partial<Omit<WaitingListEntryRow, 'residentId' | 'no' | 'version' | 'updatedAt'>>;

/** Changes locked entries alike: rows, change log, and the history of those whose state is another than before; gives them as they are then. */
export async function changeEntries(
  rows: readonly WaitingListEntryRow[],
  changed: Changed,
  write: Write,
  reason?: string | null,
): Promise<WaitingListEntryRow[]> {
  if (rows.length === 0) return [];
  const keys = rows.map(({ residentId, no }) => sql`(${residentId}, ${no}::integer)`);
  await write.tx
    .update(waitingListEntries)
    .set({ ...changed, version: sql`${waitingListEntries.version} + 1`, updatedAt: write.clock.instant })
    .where(sql`(${waitingListEntries.residentId}, ${waitingListEntries.no}) in (${sql.join(keys, sql`, `)})`);
  return rows.map((row) => {
    const next = { ...row, ...changed, ...advanced(row, write) };
    const { residentId, institutionId, priority, status, version } = next;
    const id = entryId(row);
    const payload = { status, institutionId, priority, version };
    write.change({ type: 'WaitingListEntry', id, kind: 'UPDATED', residentId, payload });
    if (status !== row.status)
      write.step({ type: 'WaitingListEntry', id, residentId, from: row.status, to: status, reason });
    return next;
  });
}

/** Whose waiting ends by what they booked themselves: a place of the department and day, or a time of the unit for the item. */
type Booked =
  | { readonly departmentId: string; readonly day: string }
  | { readonly equipmentId: string; readonly examItem: string };

/** Ends the waiting of a resident who has what was waited for, by another way than the list. */
export async function endWaiting(
  residentId: string,
  booked: Booked,
  became: Pick<WaitingListEntryRow, 'appointmentNo'> | Pick<WaitingListEntryRow, 'reservationNo'>,
  write: Write,
): Promise<void> {
  const entries = waitingListEntries;
  const what =
    'day' in booked
      ? and(eq(entries.departmentId, booked.departmentId), eq(entries.day, booked.day))
      : and(eq(entries.equipmentId, booked.equipmentId), eq(entries.examItem, booked.examItem));
  const rows = await lockWaiting(and(eq(entries.residentId, residentId), what), write);
  await changeEntries(rows, { status: 'LAPSED', ...became }, write, 'BOOKED');
}

/** What is not to be had any more: all that an institution offers, or one unit. */
type Gone = { readonly institutionId: string } | { readonly equipmentId: string };

/** Ends the waiting for what is not to be had any more; its slots or units are locked before. */
export async function endWaitingFor(gone: Gone, reason: string, write: Write): Promise<void> {
  const { institutionId, equipmentId } = waitingListEntries;
  const what = 'equipmentId' in gone ? eq(equipmentId, gone.equipmentId) : eq(institutionId, gone.institutionId);
  await changeEntries(await lockWaiting(what, write), { status: 'LAPSED' }, write, reason);
}
