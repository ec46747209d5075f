import {
  type Faults,
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotLong,
  expectNotPast,
  expectVersion,
  governs,
  leads,
  lockById,
  newId,
  refuse,
} from '@hutong/kit';
import { and, eq, sql } from 'drizzle-orm';
import { addDays } from '../rules/calendar.ts';
import { decideAllocation, releaseAllocation, type AllocationPlace } from '../rules/headcount-allocation.ts';
import { prescribingRight } from '../rules/practice-registration.ts';
import type { AllocateHeadcountInput, ReleaseHeadcountInput } from '../schema-types.ts';
import {
  headcountAllocations,
  headcountPools,
  type HeadcountAllocationRow,
  type HeadcountPoolRow,
} from '../tables/headcount.ts';
import { practitioners } from '../tables/practitioner.ts';
import { note } from './checks.ts';
import { expectOnStaff, lockPerson, type Person } from './people.ts';
import { expectOpen, placesById, type Place } from './places.ts';
import { recruitmentWrites } from './recruitment.ts';

/** Mutations of quota pools 编制周转池 (domain.md 3.11) and of recruitment 招聘. */
export const headcountWrites = (mutation: Mutation) => ({
  allocateHeadcount: mutation('allocateHeadcount', allocateHeadcount),
  releaseHeadcount: mutation('releaseHeadcount', releaseHeadcount),
  ...recruitmentWrites(mutation),
});

/** Gives a post of a pool; the pool is locked first, so that the last place is given once, then the person. */
async function allocateHeadcount(input: AllocateHeadcountInput, write: Write): Promise<Written> {
  const { poolId, practitionerId, mode, hiredById, usedAtId, from } = input;
  const pool = await lockById(write, headcountPools, poolId, 'poolId');
  const person = await lockPerson(write, practitionerId);
  const places = await placesById(write, [hiredById, usedAtId, person?.primaryInstitutionId]);
  const faults = createFaults();
  faults.expect(governsPool(pool, write), 'FORBIDDEN', 'poolId', own.ownPool);
  expectOnStaff(faults, person, 'practitionerId');
  if (person !== undefined) {
    const home = places.get(person.primaryInstitutionId);
    const hired = [person.primaryInstitutionId, person.employmentHiredById].includes(hiredById);
    const isOfPool = hired || (home !== undefined && allocationPlace(home, pool).inAlliance);
    faults.expect(isOfPool, 'VALIDATION_FAILED', 'practitionerId', own.elsewhere);
  }
  expectOpen(faults, places.get(hiredById), 'hiredById');
  expectOpen(faults, places.get(usedAtId), 'usedAtId');
  expectNotPast(faults, write, from, 'from');
  await checkRule({ input, pool, person, hiredBy: places.get(hiredById), usedAt: places.get(usedAtId) }, write, faults);
  faults.throwIfAny();

  const id = newId('ha');
  const to = input.to ?? null;
  const row = { poolId, practitionerId, mode, hiredById, usedAtId, from, to, status: 'ACTIVE' as const };
  await write.tx.insert(headcountAllocations).values({
    id,
    ...row,
    employmentKindBefore: person?.employmentKind ?? null,
    updatedAt: write.clock.instant,
  });
  write.change({ type: 'HeadcountAllocation', id, kind: 'CREATED', payload: { ...row, version: 1 } });
  write.step({ type: 'HeadcountAllocation', id, from: null, to: 'ACTIVE' });
  await employ(
    person,
    { employmentKind: 'POOL', employmentHiredById: hiredById, employmentUsedAtId: usedAtId, from, to },
    write,
  );
  return { id };
}

/** Gives a post back; the person stays with who hired (domain.md 3.11), employed as before. */
async function releaseHeadcount(input: ReleaseHeadcountInput, write: Write): Promise<Written> {
  const { id, releasedOn, reason } = input;
  const allocation = await lockById(write, headcountAllocations, id, 'id');
  expectVersion(allocation, input.version);
  const person = await lockPerson(write, allocation.practitionerId);
  const [pool] = await write.tx.select().from(headcountPools).where(eq(headcountPools.id, allocation.poolId));
  const faults = createFaults();
  faults.expect(pool !== undefined && governsPool(pool, write), 'FORBIDDEN', 'id', own.ownPool);
  expectNotLong(faults, reason, 'reason');
  const release = releaseAllocation(allocation, releasedOn, write.clock.day);
  note(faults, release);
  faults.throwIfAny();
  if (release.kind === 'REFUSED') return refuse(release.code, release.path.join('.'));

  const { status, to } = release;
  await write.tx
    .update(headcountAllocations)
    .set({ status, to, ...advanced(allocation, write) })
    .where(eq(headcountAllocations.id, id));
  const { poolId, practitionerId, mode, hiredById, usedAtId, from, version } = allocation;
  const told = { poolId, practitionerId, mode, hiredById, usedAtId, from, to, status, version: version + 1 };
  write.change({ type: 'HeadcountAllocation', id, kind: 'UPDATED', payload: told });
  write.step({ type: 'HeadcountAllocation', id, from: 'ACTIVE', to: status, reason });
  if (holdsPost(person, allocation)) await employ(person, employmentAfter(allocation, to), write);
  return { id };
}

/** Who leads the alliance of a pool, or the health commission of its division, decides on its posts. */
function governsPool({ allianceId, regionCode }: HeadcountPoolRow, { caller }: Write): boolean {
  return (
    (allianceId !== null && leads(caller, allianceId)) ||
    (regionCode !== null && governs(caller, regionCode)) ||
    caller.role === 'SYSTEM'
  );
}

interface Allocating {
  readonly input: AllocateHeadcountInput;
  readonly pool: HeadcountPoolRow;
  readonly person: Person | undefined;
  readonly hiredBy: Place | undefined;
  readonly usedAt: Place | undefined;
}

async function checkRule({ input, pool, person, hiredBy, usedAt }: Allocating, write: Write, faults: Faults) {
  if (person === undefined || hiredBy === undefined || usedAt === undefined) return;
  const isActive = eq(headcountAllocations.status, 'ACTIVE');
  const [count] = await write.tx
    .select({ active: sql<number>`count(*)::integer` })
    .from(headcountAllocations)
    .where(and(eq(headcountAllocations.poolId, pool.id), isActive));
  const activeAllocations = await write.tx
    .select({ from: headcountAllocations.from, to: headcountAllocations.to })
    .from(headcountAllocations)
    .where(and(eq(headcountAllocations.practitionerId, person.id), isActive));
  const { employmentKind: kind, employmentFrom: from, employmentTo: to } = person;
  const decision = decideAllocation(
    { approved: pool.approved, active: count?.active ?? 0 },
    { employment: { kind, from, to }, activeAllocations },
    {
      mode: input.mode,
      from: input.from,
      to: input.to ?? null,
      hiredBy: allocationPlace(hiredBy, pool),
      usedAt: allocationPlace(usedAt, pool),
    },
  );
  note(faults, decision);
}

/** What an institution is to the pool: a member of its alliance, or inside its division where no alliance has the pool. */
function allocationPlace({ tier, regionCode, alliances }: Place, pool: HeadcountPoolRow): AllocationPlace {
  if (pool.allianceId === null) {
    const inAlliance = pool.regionCode !== null && regionCode.startsWith(pool.regionCode);
    return { tier, inAlliance, leadsAlliance: alliances.some(({ isLead }) => isLead) };
  }
  const membership = alliances.find(({ id }) => id === pool.allianceId);
  return { tier, inAlliance: membership !== undefined, leadsAlliance: membership?.isLead === true };
}

interface Employed {
  readonly employmentKind: Person['employmentKind'];
  readonly employmentHiredById: string;
  readonly employmentUsedAtId: string;
  readonly from: string;
  readonly to: string | null;
}

/** Writes the employment of a person; headcount statistics count by it (domain.md 3.11). */
async function employ(person: Person | undefined, { from, to, ...employed }: Employed, write: Write): Promise<void> {
  if (person === undefined) return;
  await write.tx
    .update(practitioners)
    .set({ ...employed, employmentFrom: from, employmentTo: to, ...advanced(person, write) })
    .where(eq(practitioners.id, person.id));
  const { primaryInstitutionId, category, titleLevel, status, version } = person;
  const told = { primaryInstitutionId, category, titleLevel, status, ...employed, ...prescribingRight(person) };
  write.change({ type: 'Practitioner', id: person.id, kind: 'UPDATED', payload: { ...told, version: version + 1 } });
}

function holdsPost(person: Person | undefined, { hiredById, usedAtId }: HeadcountAllocationRow): boolean {
  return (
    person?.employmentKind === 'POOL' &&
    person.employmentHiredById === hiredById &&
    person.employmentUsedAtId === usedAtId
  );
}

function employmentAfter({ hiredById, employmentKindBefore }: HeadcountAllocationRow, lastDay: string): Employed {
  const before = employmentKindBefore === 'POOL' ? null : employmentKindBefore;
  return {
    employmentKind: before ?? 'CONTRACT',
    employmentHiredById: hiredById,
    employmentUsedAtId: hiredById,
    from: addDays(lastDay, 1),
    to: null,
  };
}

const own = {
  ownPool: {
    en: 'Only who leads the alliance of the pool, or the health commission, decides on its posts.',
    zh: '仅医共体牵头单位或卫生健康行政部门可使用该周转池。',
  },
  elsewhere: {
    en: 'The person is of neither who hires nor another institution of the pool.',
    zh: '该人员不属于聘用单位或该周转池所辖单位。',
  },
};
