import {
  type Faults,
  MOST_ENTRIES,
  type Write,
  type Written,
  actsFor,
  advanced,
  createFaults,
  expectBetween,
  expectSize,
  governs,
  leads,
  lockById,
  newId,
} from '@hutong/kit';
import { hasCode } from '@hutong/schema';
import { and, eq, ne } from 'drizzle-orm';
import type { OpenSharedCentreInput, OpenSpecialtyCentreInput, SharedCentreStatus } from '../schema-types.ts';
import { allianceMemberships, alliances, memberOn } from '../tables/alliance.ts';
import { sharedCentres, specialtyCentres } from '../tables/capability.ts';
import { institutions, type InstitutionRow } from '../tables/place.ts';
import { expectFromToday, expectOpen, expectStanding, regionsByCode, texts } from './checks.ts';
import { institutionsById } from './places.ts';

/**
 * Opens a centre, one of each kind and specialty at an institution (domain.md S0-24, S1-31, S1-37); one that was opened without
 * accreditation is opened again when it gets it.
 */
export async function openSpecialtyCentre(input: OpenSpecialtyCentreInput, write: Write): Promise<Written> {
  expectSize(input.radiatesCodes, MOST_ENTRIES, 'radiatesCodes');
  const { kind, institutionId, allianceId, specialty } = input;
  const institution = await lockById(write, institutions, institutionId, 'institutionId');
  const faults = createFaults();
  expectOpen(faults, institution, 'institutionId');
  faults.expect(mayOpen(input, institution, write), 'FORBIDDEN', 'institutionId', centreTexts.accredited);
  faults.expect(hasCode('VS-16', specialty), 'VALIDATION_FAILED', 'specialty', texts.unknownCode);
  expectBetween(faults, input.year, [1949, Number(write.clock.day.slice(0, 4))], 'year');
  if (allianceId) await expectMember(faults, { allianceId, institutionId }, write);
  const known = await regionsByCode(write, input.radiatesCodes);
  input.radiatesCodes.forEach((code, index) => faults.expect(known.has(code), 'NOT_FOUND', `radiatesCodes.${index}`));
  const [same] = await write.tx
    .select()
    .from(specialtyCentres)
    .where(
      and(
        eq(specialtyCentres.institutionId, institutionId),
        eq(specialtyCentres.kind, kind),
        eq(specialtyCentres.specialty, specialty),
      ),
    );
  const promoted = same !== undefined && !same.accredited && input.accredited;
  faults.expect(same === undefined || promoted, 'VALIDATION_FAILED', 'kind', centreTexts.twice);
  faults.throwIfAny();

  const id = same?.id ?? newId('sp');
  const next = same === undefined ? { version: 1, updatedAt: write.clock.instant } : advanced(same, write);
  const values = {
    kind,
    institutionId,
    allianceId: allianceId ?? null,
    specialty,
    level: input.level ?? null,
    year: input.year ?? null,
    accredited: input.accredited,
    radiatesCodes: [...new Set(input.radiatesCodes)],
    ...next,
  };
  await write.tx
    .insert(specialtyCentres)
    .values({ id, ...values })
    .onConflictDoUpdate({ target: specialtyCentres.id, set: values });
  write.change({
    type: 'SpecialtyCentre',
    id,
    kind: same === undefined ? 'CREATED' : 'UPDATED',
    payload: { kind, institutionId, specialty, accredited: input.accredited, version: next.version },
  });
  return { id };
}

/** What has a level or is accredited has it from the health commission. */
function mayOpen(input: OpenSpecialtyCentreInput, { id, regionCode }: InstitutionRow, { caller }: Write): boolean {
  if (governs(caller, regionCode)) return true;
  if (input.accredited || (input.level !== null && input.level !== undefined)) return false;
  return actsFor(caller, id) || (input.allianceId ? leads(caller, input.allianceId) : false);
}

async function expectMember(
  faults: Faults,
  { allianceId, institutionId }: { readonly allianceId: string; readonly institutionId: string },
  write: Write,
): Promise<void> {
  const [alliance] = await write.tx.select().from(alliances).where(eq(alliances.id, allianceId));
  faults.expect(alliance !== undefined, 'NOT_FOUND', 'allianceId');
  if (alliance === undefined) return;
  expectStanding(faults, alliance, write.clock.day, 'allianceId');
  const members = await memberIds(write, allianceId);
  faults.expect(members.has(institutionId), 'VALIDATION_FAILED', 'allianceId', texts.notMember);
}

/** Opens a shared centre, of each kind one in operation (domain.md S1-19, 3.19.8); one that is being built is opened again. */
export async function openSharedCentre(input: OpenSharedCentreInput, write: Write): Promise<Written> {
  const { kind, allianceId, hostId } = input;
  const alliance = await lockById(write, alliances, allianceId, 'allianceId');
  const members = await memberIds(write, allianceId);
  const servesIds = [...new Set(input.servesIds ?? [...members].filter((id) => id !== hostId))];
  const faults = createFaults();
  faults.expect(leads(write.caller, allianceId), 'FORBIDDEN', 'allianceId', texts.administrators);
  expectStanding(faults, alliance, write.clock.day, 'allianceId');
  const hosts = await institutionsById(write, [hostId]);
  expectOpen(faults, hosts.get(hostId), 'hostId');
  if (hosts.has(hostId)) faults.expect(members.has(hostId), 'VALIDATION_FAILED', 'hostId', texts.notMember);
  servesIds.forEach((id, index) =>
    faults.expect(members.has(id), 'VALIDATION_FAILED', `servesIds.${index}`, texts.notMember),
  );
  expectFromToday(faults, input.openedOn, write.clock.day, 'openedOn');
  expectBetween(faults, input.monthlyCapacity, [0, 10_000_000], 'monthlyCapacity');
  const [present] = await write.tx
    .select()
    .from(sharedCentres)
    .where(
      and(eq(sharedCentres.allianceId, allianceId), eq(sharedCentres.kind, kind), ne(sharedCentres.status, 'CLOSED')),
    );
  faults.expect(present?.status !== 'IN_OPERATION', 'VALIDATION_FAILED', 'kind', centreTexts.twice);
  faults.throwIfAny();

  const id = present?.id ?? newId('sc');
  const status: SharedCentreStatus = input.openedOn === write.clock.day ? 'IN_OPERATION' : 'BUILDING';
  const next = present === undefined ? { version: 1, updatedAt: write.clock.instant } : advanced(present, write);
  const values = {
    kind,
    allianceId,
    hostId,
    servesIds,
    openedOn: input.openedOn ?? null,
    monthlyCapacity: input.monthlyCapacity ?? null,
    status,
    ...next,
  };
  await write.tx
    .insert(sharedCentres)
    .values({ id, ...values })
    .onConflictDoUpdate({ target: sharedCentres.id, set: values });
  const kindOfChange = present === undefined ? 'CREATED' : 'UPDATED';
  const payload = { kind, allianceId, hostId, status, version: next.version };
  write.change({ type: 'SharedCentre', id, kind: kindOfChange, payload });
  if (present?.status !== status) write.step({ type: 'SharedCentre', id, from: present?.status ?? null, to: status });
  return { id };
}

async function memberIds({ tx, clock }: Write, allianceId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ id: allianceMemberships.institutionId })
    .from(allianceMemberships)
    .where(and(eq(allianceMemberships.allianceId, allianceId), memberOn(clock.day)))
    .orderBy(allianceMemberships.institutionId);
  return new Set(rows.map(({ id }) => id));
}

const centreTexts = {
  accredited: {
    en: 'A centre with a level or an accreditation is opened by the health commission, others by the institution or its alliance.',
    zh: '有级别或通过认证的中心由卫生健康委设立，其他由机构或其医联体设立。',
  },
  twice: { en: 'There is one of this kind already.', zh: '同类中心已存在。' },
};
