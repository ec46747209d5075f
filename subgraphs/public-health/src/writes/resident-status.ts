import {
  type Faults,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectBounds,
  expectText,
  expectVersion,
  refuse,
} from '@hutong/kit';
import { and, eq, inArray } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { openStatuses } from '../rules/contract-transition.ts';
import type { MoveResidentInput, RecordDeathInput, ResidentStatus } from '../schema-types.ts';
import { serviceContracts } from '../tables/contract.ts';
import { institutionProjections } from '../tables/projection.ts';
import { residents } from '../tables/resident.ts';
import { expectDiagnosis } from './checks.ts';
import { end } from './contract-steps.ts';
import {
  expectUnmerged,
  lockResident,
  residentChange,
  serves,
  writesRecordsOf,
  type HeldResident,
} from './resident-access.ts';
import { expectVillages } from './resident-registration.ts';
import { texts } from './texts.ts';

/** A resident moves 居民迁移: to another village, out of the region, or back. */
export async function moveResident(input: MoveResidentInput, write: Write): Promise<Written> {
  const { residentId: id, regionCode = null, servingInstitutionId = null } = input;
  const resident = await hold(write, input, servingInstitutionId);
  expectBounds(input);
  if (resident.status === 'DECEASED') refuse('INVALID_TRANSITION', 'residentId', texts.gone);
  if (regionCode === null) {
    if (resident.status === 'MOVED') refuse('INVALID_TRANSITION', 'residentId', texts.gone);
    await become(write, resident, { status: 'MOVED' });
    await endContracts(write, id, { reason: 'MOVED', day: write.clock.day });
    return { id };
  }
  const faults = createFaults();
  await checkDestination(write, { regionCode, servingInstitutionId }, faults);
  expectText(faults, input.currentAddress, 'currentAddress');
  faults.throwIfAny();
  const currentAddress = input.currentAddress ? write.seal(input.currentAddress.trim()) : null;
  await become(write, resident, { status: 'ACTIVE', regionCode, servingInstitutionId, currentAddress });
  return { id };
}

/** Records the death of a resident 死亡登记. */
export async function recordDeath(input: RecordDeathInput, write: Write): Promise<Written> {
  const { residentId: id, deathDate, deathCause = null } = input;
  const resident = await hold(write, input, null);
  if (resident.status === 'DECEASED') refuse('INVALID_TRANSITION', 'residentId', texts.gone);
  const faults = createFaults();
  const isPossible = deathDate >= resident.birthDate && deathDate <= write.clock.day;
  faults.expect(isPossible, 'VALIDATION_FAILED', 'deathDate', own.day);
  expectDiagnosis(faults, deathCause, 'deathCause');
  faults.throwIfAny();
  await become(write, resident, { status: 'DECEASED', deathDate, deathCause });
  await endContracts(write, id, { reason: 'DECEASED', day: deathDate });
  return { id };
}

/** The resident, for who serves the resident now; the hospital that will serve a newcomer takes them in too. */
async function hold(
  write: Write,
  { residentId, version }: { readonly residentId: string; readonly version?: number | null },
  takingIn: string | null,
): Promise<HeldResident> {
  const resident = await lockResident(write, residentId, 'residentId');
  const isTakenIn = takingIn !== null && writesRecordsOf(write, takingIn);
  if (!isTakenIn && !(await serves(write, resident))) refuse('FORBIDDEN', 'residentId', own.serving);
  await expectUnmerged(write, residentId, 'residentId');
  expectVersion(resident, version);
  return resident;
}

/** Notes what is wrong with where somebody moves to: a village, and the open township hospital of its town. */
async function checkDestination(
  write: Write,
  { regionCode, servingInstitutionId }: { readonly regionCode: string; readonly servingInstitutionId: string | null },
  faults: Faults,
): Promise<void> {
  await expectVillages(write, { regionCode }, faults);
  if (servingInstitutionId === null) {
    faults.expect(false, 'VALIDATION_FAILED', 'servingInstitutionId', texts.needed);
    return;
  }
  const { id } = institutionProjections;
  const [place] = await write.tx.select().from(institutionProjections).where(eq(id, servingInstitutionId));
  const isOfTown = place?.tier === 'TOWNSHIP' && place.regionCode.slice(0, 9) === regionCode.slice(0, 9);
  faults.expect(isOfTown, 'VALIDATION_FAILED', 'servingInstitutionId', own.town);
  faults.expect(!isOfTown || place.status === 'ACTIVE', 'VALIDATION_FAILED', 'servingInstitutionId', texts.closed);
}

type Become = { readonly status: ResidentStatus; readonly regionCode?: string } & Omit<
  PgUpdateSetSource<typeof residents>,
  'status' | 'regionCode'
>;

async function become(write: Write, resident: HeldResident, set: Become): Promise<void> {
  const { id } = resident;
  const next = { ...set, ...advanced(resident, write) };
  await write.tx.update(residents).set(next).where(eq(residents.id, id));
  const regionCode = set.regionCode ?? resident.regionCode;
  write.change(residentChange('UPDATED', { id, regionCode, status: set.status, version: next.version }));
  if (set.status !== resident.status) {
    write.step({ type: 'Resident', id, residentId: id, from: resident.status, to: set.status });
  }
}

/** Ends the contracts of who died or moved away (domain.md 3.8.1). */
async function endContracts(
  write: Write,
  id: string,
  { reason, day }: { readonly reason: string; readonly day: string },
): Promise<void> {
  const { residentId, status } = serviceContracts;
  const open = await write.tx
    .select()
    .from(serviceContracts)
    .where(and(eq(residentId, id), inArray(status, [...openStatuses, 'DRAFT'])));
  await end(write, open, { reason, dayOf: () => day });
}

const own = {
  serving: {
    en: 'Only the institution or team that serves the resident, or the one that takes the resident in, may do this.',
    zh: '仅服务该居民或接收该居民的机构、团队可操作。',
  },
  day: { en: 'The day lies before the birth or in the future.', zh: '死亡日期早于出生日期或晚于今日。' },
  town: { en: 'This is not the township hospital of that town.', zh: '该机构不是迁入地的乡镇卫生院。' },
};
