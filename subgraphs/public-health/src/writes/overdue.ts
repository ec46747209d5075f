import { type Write, type Written, advanced, refuse } from '@hutong/kit';
import { and, eq, getTableColumns, inArray, lt, sql } from 'drizzle-orm';
import { programmeTasks } from '../tables/governance.ts';
import { complaints, inspections } from '../tables/oversight.ts';
import { tellComplaint } from './complaint.ts';
import { step } from './inspection.ts';
import { tellTask } from './programme.ts';
import { texts } from './texts.ts';

const MOST = 200;

/** One round of what time does to complaints, rectifications and tasks whose deadline has passed; the notes count each. */
export async function noteOverdue(_input: Readonly<Record<string, never>>, write: Write): Promise<Written> {
  if (write.caller.role !== 'SYSTEM') refuse('FORBIDDEN', '', texts.system);
  const notes = {
    complaints: await overdueComplaints(write),
    inspections: await overdueInspections(write),
    tasks: await overdueTasks(write),
  };
  return { id: write.clock.day, notes };
}

async function overdueComplaints(write: Write): Promise<number> {
  const { text: _text, ...told } = getTableColumns(complaints);
  const rows = await write.tx
    .select(told)
    .from(complaints)
    .where(and(inArray(complaints.status, ['FILED', 'IN_PROGRESS']), sql`${complaints.dueAt} < ${write.clock.instant}`))
    .orderBy(complaints.id)
    .limit(MOST)
    .for('update', { skipLocked: true });
  for (const row of rows) {
    const next = advanced(row, write);
    await write.tx
      .update(complaints)
      .set({ status: 'OVERDUE', ...next })
      .where(eq(complaints.id, row.id));
    tellComplaint(write, row, { status: 'OVERDUE', resolvedAt: null, version: next.version });
  }
  return rows.length;
}

async function overdueInspections(write: Write): Promise<number> {
  const rows = await write.tx
    .select()
    .from(inspections)
    .where(and(eq(inspections.status, 'RECTIFYING'), lt(inspections.rectifyBy, write.clock.day)))
    .orderBy(inspections.id)
    .limit(MOST)
    .for('update', { skipLocked: true });
  for (const row of rows) await step(write, row, 'OVERDUE');
  return rows.length;
}

async function overdueTasks(write: Write): Promise<number> {
  const rows = await write.tx
    .select()
    .from(programmeTasks)
    .where(and(inArray(programmeTasks.status, ['OPEN', 'IN_PROGRESS']), lt(programmeTasks.due, write.clock.day)))
    .orderBy(programmeTasks.id)
    .limit(MOST)
    .for('update', { skipLocked: true });
  const ids = rows.map(({ id }) => id);
  await write.tx.update(programmeTasks).set({ status: 'OVERDUE' }).where(inArray(programmeTasks.id, ids));
  for (const row of rows) tellTask(write, { ...row, status: 'OVERDUE' }, row.status);
  return rows.length;
}
