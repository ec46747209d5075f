import { advanced, type Write } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import type { FocusGroup } from '../schema-types.ts';
import { residents } from '../tables/resident.ts';
import { residentChange, type HeldResident } from './resident-access.ts';

/** Adds a resident who is held to a focus group 重点人群 (VS-33). */
export async function joinFocusGroup(write: Write, resident: HeldResident, group: FocusGroup): Promise<void> {
  if (!resident.focusGroups.includes(group)) await change(write, resident, [...resident.focusGroups, group]);
}

/** Takes a resident who is held out of a focus group. */
export async function leaveFocusGroup(write: Write, resident: HeldResident, group: FocusGroup): Promise<void> {
  const rest = resident.focusGroups.filter((one) => one !== group);
  if (rest.length < resident.focusGroups.length) await change(write, resident, rest);
}

async function change(write: Write, resident: HeldResident, focusGroups: FocusGroup[]): Promise<void> {
  const next = advanced(resident, write);
  await write.tx
    .update(residents)
    .set({ focusGroups, ...next })
    .where(eq(residents.id, resident.id));
  write.change(residentChange('UPDATED', { ...resident, version: next.version }));
}
