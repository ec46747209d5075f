import {
  type FaultText,
  type Write,
  type Written,
  advanced,
  createFaults,
  encodeOwnedId,
  expectText,
  expectVersion,
  governs,
  lockByOwnedId,
  nextNo,
  refuse,
} from '@hutong/kit';
import { and, eq, isNull } from 'drizzle-orm';
import type { MergeResidentsInput, UnmergeResidentsInput } from '../schema-types.ts';
import { residentLinks } from '../tables/resident-link.ts';
import { residents } from '../tables/resident.ts';
import { linkOf, lockResident, residentChange, serves, type HeldResident } from './resident-access.ts';

/** Merges two records of one person: a link with its history, no row is rewritten (architecture.md §3). */
export async function mergeResidents(input: MergeResidentsInput, write: Write): Promise<Written> {
  const { residentId, survivingId } = input;
  if (residentId === survivingId) refuse('VALIDATION_FAILED', 'survivingId', own.same);
  const [old, surviving] = await lockBoth(write, residentId, survivingId);
  await expectMayMerge(write, old, 'residentId');
  await expectMayMerge(write, surviving, 'survivingId');
  expectVersion(old, input.version);
  const expected = input.survivingVersion ?? surviving.version;
  if (expected !== surviving.version) refuse('VERSION_CONFLICT', 'survivingVersion');
  const faults = createFaults();
  expectText(faults, input.reason, 'reason');
  const isFree = (await linkOf(write, residentId)) === undefined;
  faults.expect(isFree, 'INVALID_TRANSITION', 'residentId', own.merged);
  faults.expect(!(await survives(write, residentId)), 'INVALID_TRANSITION', 'residentId', own.survivor);
  const stands = (await linkOf(write, survivingId)) === undefined;
  faults.expect(stands, 'INVALID_TRANSITION', 'survivingId', own.merged);
  faults.throwIfAny();
  const no = await nextNo(write, residentLinks, residentId);
  const { instant } = write.clock;
  const reason = input.reason.trim();
  await write.tx
    .insert(residentLinks)
    .values({ residentId, no, survivingId, linkedAt: instant, reason, updatedAt: instant });
  await tell(write, { residentId, no, survivingId, version: 1, endedAt: null }, 'CREATED');
  for (const one of [old, surviving]) await advance(write, one);
  return { id: encodeOwnedId('rl', residentId, no) };
}

/** Ends a merger: both records stand for themselves again. */
export async function unmergeResidents({ id, reason, version }: UnmergeResidentsInput, write: Write): Promise<Written> {
  const found = await lockByOwnedId(write, { table: residentLinks, prefix: 'rl' }, id, 'id');
  const [old, surviving] = await lockBoth(write, found.residentId, found.survivingId);
  await expectMayMerge(write, old, 'id');
  await expectMayMerge(write, surviving, 'id');
  expectVersion(found, version);
  if (found.endedAt !== null) refuse('INVALID_TRANSITION', 'id', own.ended);
  const faults = createFaults();
  expectText(faults, reason, 'reason');
  faults.throwIfAny();
  const next = { endedAt: write.clock.instant, endReason: reason.trim(), ...advanced(found, write) };
  const { residentId, no } = residentLinks;
  await write.tx
    .update(residentLinks)
    .set(next)
    .where(and(eq(residentId, found.residentId), eq(no, found.no)));
  await tell(write, { ...found, ...next }, 'UPDATED');
  for (const one of [old, surviving]) await advance(write, one);
  return { id };
}

/** Both residents, locked in the order of their ids. */
async function lockBoth(write: Write, oldId: string, survivingId: string) {
  const lockOld = () => lockResident(write, oldId, 'residentId');
  const lockSurviving = () => lockResident(write, survivingId, 'survivingId');
  if (oldId < survivingId) {
    const old = await lockOld();
    return [old, await lockSurviving()] as const;
  }
  const surviving = await lockSurviving();
  return [await lockOld(), surviving] as const;
}

/** That the caller serves the resident, or governs where the resident lives. */
async function expectMayMerge(write: Write, resident: HeldResident, path: string): Promise<void> {
  if (governs(write.caller, resident.regionCode) || (await serves(write, resident))) return;
  refuse('FORBIDDEN', path, own.serving);
}

/** Whether others are merged into a record: it is merged no further, so that one step leads to the surviving record. */
async function survives({ tx }: Write, id: string): Promise<boolean> {
  const { survivingId, endedAt, no } = residentLinks;
  const rows = await tx
    .select({ no })
    .from(residentLinks)
    .where(and(eq(survivingId, id), isNull(endedAt)))
    .limit(1);
  return rows.length > 0;
}

interface Link {
  readonly residentId: string;
  readonly no: number;
  readonly survivingId: string;
  readonly version: number;
  readonly endedAt: string | null;
}

async function tell(write: Write, link: Link, kind: 'CREATED' | 'UPDATED'): Promise<void> {
  const { residentId, survivingId, version, endedAt } = link;
  const id = encodeOwnedId('rl', residentId, link.no);
  const holds = endedAt === null;
  write.change({ type: 'ResidentLink', id, kind, residentId, payload: { residentId, survivingId, holds, version } });
  write.step({ type: 'ResidentLink', id, residentId, from: holds ? null : 'MERGED', to: holds ? 'MERGED' : 'ENDED' });
}

async function advance(write: Write, resident: HeldResident): Promise<void> {
  const next = advanced(resident, write);
  await write.tx.update(residents).set(next).where(eq(residents.id, resident.id));
  write.change(residentChange('UPDATED', { ...resident, version: next.version }));
}

const own = {
  same: { en: 'A record is not merged with itself.', zh: '不能与自身合并。' },
  merged: { en: 'This record was merged already; end that merger first.', zh: '该档案已合并，请先撤销原合并。' },
  survivor: {
    en: 'Others were merged into this record; end those mergers first.',
    zh: '已有其他档案并入该档案，请先撤销。',
  },
  ended: { en: 'This merger has ended.', zh: '该合并已撤销。' },
  serving: {
    en: 'Only who serves both residents, or the health commission, may do this.',
    zh: '仅同时服务双方的机构或卫生健康行政部门可操作。',
  },
} as const satisfies Readonly<Record<string, FaultText>>;
