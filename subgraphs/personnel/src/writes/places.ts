import { actsFor, governs, leads, type Faults, type Write } from '@hutong/kit';
import type { Role } from '@hutong/schema';
import { and, inArray, like, or } from 'drizzle-orm';
import type { InstitutionTier } from '../rules/headcount-allocation.ts';
import type { InstitutionLevel } from '../schema-types.ts';
import { institutionProjections, memberOn, membershipProjections } from '../tables/projection.ts';
import { texts } from './texts.ts';

/** An institution as the workforce knows it. */
export interface Place {
  readonly id: string;
  readonly tier: InstitutionTier;
  readonly level: InstitutionLevel;
  readonly status: string;
  readonly regionCode: string;
  /** Institution above it 上级机构. */
  readonly parentId: string | null;
  /** Alliances of which it is a member today. */
  readonly alliances: readonly PlaceAlliance[];
}

/** A membership of an institution in an alliance. */
export interface PlaceAlliance {
  readonly id: string;
  readonly isLead: boolean;
}

/** The institutions of these ids with their alliances of today, by id; those that nobody has told of are missing. */
export async function placesById(
  { tx, clock }: Write,
  ids: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string, Place>> {
  const wanted = [...new Set(ids)].filter((id) => typeof id === 'string');
  const rows = await tx.select().from(institutionProjections).where(inArray(institutionProjections.id, wanted));
  const { allianceId, institutionId, isLead } = membershipProjections;
  const memberships = await tx
    .select({ id: allianceId, institutionId, isLead })
    .from(membershipProjections)
    .where(and(inArray(institutionId, wanted), memberOn(clock.day)))
    .orderBy(allianceId);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        tier: oneOf(tiers, row.tier),
        level: oneOf(levels, row.level ?? 'L9'),
        status: row.status,
        regionCode: row.regionCode,
        parentId: row.parentId,
        alliances: memberships.filter((one) => one.institutionId === row.id),
      },
    ]),
  );
}

/** Whether some institution lies in a division 行政区划: the divisions themselves are another subgraph's. */
export async function isKnownDivision(write: Write, code: string): Promise<boolean> {
  return (await knownDivisions(write, [code])).has(code);
}

/** Those of these divisions in which some institution lies, found by one query. */
export async function knownDivisions({ tx }: Write, codes: readonly string[]): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(codes)].filter((code) => /^\d{6}(\d{3}(\d{3})?)?$/.test(code));
  if (wanted.length === 0) return new Set();
  const { regionCode } = institutionProjections;
  const rows = await tx
    .selectDistinct({ regionCode })
    .from(institutionProjections)
    .where(or(...wanted.map((code) => like(regionCode, `${code}%`))));
  return new Set(wanted.filter((code) => rows.some((row) => row.regionCode.startsWith(code))));
}

/** Notes a fault at `path` for an institution that is not known, or not open. */
export function expectOpen(faults: Faults, place: Place | undefined, path: string): void {
  faults.expect(place !== undefined, 'NOT_FOUND', path);
  faults.expect(place === undefined || place.status === 'ACTIVE', 'VALIDATION_FAILED', path, texts.closed);
}

/** Callers who manage people; staff arrange nothing for others, nor for themselves what others decide. */
const managing: ReadonlySet<Role> = new Set(['INST_ADMIN', 'ALLIANCE_ADMIN', 'HEALTH_COMMISSION', 'PARTNER', 'SYSTEM']);

/** Whether a caller manages the people of an institution: its administrators and programs, and the system itself. */
export function managesPeopleOf({ caller }: Write, institutionId: string): boolean {
  return managing.has(caller.role) && actsFor(caller, institutionId);
}

/** Whether a caller may write for one of these institutions: who manages its people, who leads its alliance, the health commission. */
function mayWriteFor(write: Write, places: readonly (Place | undefined)[]): boolean {
  const { caller } = write;
  return places.some(
    (place) =>
      place !== undefined &&
      (managesPeopleOf(write, place.id) ||
        governs(caller, place.regionCode) ||
        place.alliances.some(({ id }) => leads(caller, id))),
  );
}

/** Notes a fault at `path` when the caller may write for none of the institutions. */
export function expectOwn(faults: Faults, write: Write, places: readonly (Place | undefined)[], path: string): void {
  const own = write.caller.role === 'SYSTEM' || mayWriteFor(write, places);
  faults.expect(own, 'FORBIDDEN', path, texts.ownInstitution);
}

/** The same for one institution of the input, which must be known and open. */
export function expectOpenOwn(faults: Faults, write: Write, place: Place | undefined, path: string): void {
  expectOpen(faults, place, path);
  if (place !== undefined) expectOwn(faults, write, [place], path);
}

/** Alliances in which two institutions meet. */
export function sharedAlliances(one: Place | undefined, other: Place | undefined): readonly string[] {
  const ids = new Set(other?.alliances.map(({ id }) => id));
  return (one?.alliances ?? []).map(({ id }) => id).filter((id) => ids.has(id));
}

const tiers = ['CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE'] as const satisfies readonly InstitutionTier[];
const levels = ['L1', 'L2', 'L3', 'L9'] as const satisfies readonly InstitutionLevel[];

function oneOf<Value extends string>(values: readonly Value[], text: string): Value {
  const value = values.find((one) => one === text);
  if (value === undefined) throw new TypeError(`institutions tells of a ${text}, which no constant stands for`);
  return value;
}
