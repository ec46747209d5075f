import { actsFor, lockById, mergedInto, refuse, type Write } from '@hutong/kit';
import type { Role } from '@hutong/schema';
import { and, eq, isNull } from 'drizzle-orm';
import { serviceContracts } from '../tables/contract.ts';
import { institutionProjections } from '../tables/projection.ts';
import { residentLinks } from '../tables/resident-link.ts';
import { residents } from '../tables/resident.ts';
import { worksFor } from './contract-place.ts';
import { teamOf } from './team-of.ts';
import { texts } from './texts.ts';

/** Who writes in health records (domain.md 6.1): administrators and commissions see no identities. */
const recordWriters: ReadonlySet<Role> = new Set(['FAMILY_DOCTOR', 'INST_STAFF', 'PARTNER', 'SYSTEM']);

/** Whether a caller writes in health records at all. */
export function writesRecords({ caller }: Write): boolean {
  return recordWriters.has(caller.role);
}

/** Whether a caller writes health records for an institution. */
export function writesRecordsOf(write: Write, institutionId: string): boolean {
  return writesRecords(write) && actsFor(write.caller, institutionId);
}

/** A resident as it is stored, without what is sealed. */
export type HeldResident = Awaited<ReturnType<typeof lockResident>>;

/** The resident of an id, locked until the write ends. */
export const lockResident = (write: Write, id: string, path: string) => lockById(write, residents, id, path);

/**
 * The resident of an id, locked, for a caller who serves the resident; refuses for a record that was merged, since what is written goes
 * to the surviving one.
 */
export async function holdServed(write: Write, id: string, path = 'residentId'): Promise<HeldResident> {
  const resident = await lockResident(write, id, path);
  if (!(await serves(write, resident))) refuse('FORBIDDEN', path, own.serving);
  await expectUnmerged(write, id, path);
  return resident;
}

/** The same for a resident who lives here. */
export async function holdPresent(write: Write, id: string, path = 'residentId'): Promise<HeldResident> {
  const resident = await holdServed(write, id, path);
  if (resident.status !== 'ACTIVE') refuse('INVALID_TRANSITION', path, texts.gone);
  return resident;
}

/** Refuses for a record that was merged, and says into which one. */
export async function expectUnmerged(write: Write, id: string, path: string): Promise<void> {
  const link = await linkOf(write, id);
  if (link !== undefined) refuse('INVALID_TRANSITION', path, mergedInto(link.survivingId));
}

/** Whether a caller serves a resident: the township hospital, a village clinic of it, or the team of the contract in force. */
export async function serves(
  write: Write,
  resident: Pick<HeldResident, 'id' | 'servingInstitutionId'>,
): Promise<boolean> {
  const { tx, caller } = write;
  if (!recordWriters.has(caller.role)) return false;
  const serving = resident.servingInstitutionId ?? '';
  if (actsFor(caller, serving)) return true;
  if ((await hospitalOf(write, caller.institutionId ?? '')) === serving) return true;
  const { residentId, status } = serviceContracts;
  const [contract] = await tx
    .select()
    .from(serviceContracts)
    .where(and(eq(residentId, resident.id), eq(status, 'ACTIVE')));
  return contract !== undefined && worksFor(write, await teamOf(write, contract));
}

/** The township hospital a village clinic belongs to. */
async function hospitalOf({ tx }: Write, institutionId: string): Promise<string | null | undefined> {
  const { id, parentId, tier } = institutionProjections;
  const [row] = await tx
    .select({ parentId })
    .from(institutionProjections)
    .where(and(eq(id, institutionId), eq(tier, 'VILLAGE')));
  return row?.parentId;
}

/** The merger of a record into another one, as long as it holds. */
export async function linkOf({ tx }: Write, id: string) {
  const { residentId, endedAt } = residentLinks;
  const [link] = await tx
    .select()
    .from(residentLinks)
    .where(and(eq(residentId, id), isNull(endedAt)));
  return link;
}

/** Tells of a resident what the others keep: where the home is, and whether the resident lives there. */
export function residentChange(
  kind: 'CREATED' | 'UPDATED',
  { id, regionCode, status, version }: Pick<HeldResident, 'id' | 'regionCode' | 'status' | 'version'>,
) {
  return { type: 'Resident', id, kind, residentId: id, payload: { regionCode, status, version } } as const;
}

const own = {
  serving: {
    en: 'Only the institution or team that serves the resident may do this.',
    zh: '仅服务该居民的机构或团队可操作。',
  },
};
