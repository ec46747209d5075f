import {
  createFaults,
  mergedInto as mergedText,
  type Faults,
  type FaultText,
  type Write,
  type WriteFault,
} from '@hutong/kit';
import { and, gte, inArray, sql } from 'drizzle-orm';
import { fullAt, type SigningLoad } from '../rules/contract-capacity.ts';
import { addDays, contractValidTo, RENEWAL_DAYS_AFTER } from '../rules/contract-term.ts';
import { openStatuses } from '../rules/contract-transition.ts';
import type { ContractChannel, ContractScope, ContractStatus } from '../schema-types.ts';
import { serviceContracts, type ServiceContractRow } from '../tables/contract.ts';
import { choosePackages, packagesOf, type Packages } from './contract-packages.ts';
import { healthOf, lockPeople, type Health, type Person } from './contract-people.ts';
import type { SigningPlace } from './contract-place.ts';
import { planContracts } from './contract-plan.ts';
import { storeContracts, takeSteps } from './contract-record.ts';
import { texts } from './texts.ts';

/** One resident of a signing. */
export interface SigningRow {
  readonly residentId: string;
  readonly packageCodes: readonly string[];
  readonly planningPregnancy: boolean;
  /** Place of the row in the input, `''` or `members.3.`, and of what names the resident. */
  readonly at: string;
  readonly idPath: string;
}

/** What the residents of a signing have in common. */
export interface Signing {
  readonly scope: ContractScope;
  readonly channel: ContractChannel;
  readonly draft: boolean;
  /** Whether the resident's agreement comes with the signing. */
  readonly hasAgreed: (person: Person) => boolean;
  /** The contract that is renewed or left, and from which day on the new one is. */
  readonly succeeds?: {
    readonly contract: ServiceContractRow;
    readonly validFrom: string;
    readonly isRenewal: boolean;
  };
}

/** What became of one resident: a contract, or why not. */
export type Signed =
  | { readonly kind: 'SIGNED'; readonly contract: ServiceContractRow }
  | { readonly kind: 'REFUSED'; readonly faults: readonly WriteFault[] };

/**
 * Signs residents with a locked place, set by set: who can be signed is signed, in the order given, while there is room
 * (domain.md 3.8.1–3.8.4).
 */
export async function signAll(
  write: Write,
  place: SigningPlace,
  signing: Signing,
  rows: readonly SigningRow[],
): Promise<readonly Signed[]> {
  const ids = rows.map(({ residentId }) => residentId);
  const people = await lockPeople(write, ids);
  const taken = new Set<string>();
  const present: Present = {
    people,
    contracts: await recentContracts(write, ids),
    health: await healthOf(write, ids),
    packages: await packagesOf(
      write,
      rows.flatMap(({ packageCodes }) => packageCodes),
    ),
    load: await loadOf(write, place, ids),
  };
  const drafts = new Map<number, Draft>();
  const refusals = rows.map((row, index) => {
    const faults = createFaults();
    faults.expect(!taken.has(row.residentId), 'VALIDATION_FAILED', row.idPath, texts.twice);
    taken.add(row.residentId);
    const draft = draftOf(write, { place, signing, row, present, joining: drafts.size + 1 }, faults);
    if (faults.found.length === 0 && draft !== undefined) drafts.set(index, draft);
    return faults.found;
  });
  const stored = await store(write, [...drafts.values()], people);
  const byRow = new Map([...drafts.keys()].map((index, order) => [index, stored[order]]));
  return refusals.map((faults, index): Signed => {
    const contract = byRow.get(index);
    return contract === undefined ? { kind: 'REFUSED', faults } : { kind: 'SIGNED', contract };
  });
}

/** What is stored already, for all residents of a signing. */
interface Present {
  readonly people: ReadonlyMap<string, Person>;
  readonly contracts: readonly ServiceContractRow[];
  readonly health: ReadonlyMap<string, Health>;
  readonly packages: Packages;
  readonly load: SigningLoad;
}

type NewContract = Omit<ServiceContractRow, 'no' | 'version' | 'updatedAt'>;

interface Draft {
  readonly contract: NewContract;
  /** The contract that becomes RENEWED when this one is in force. */
  readonly renews: ServiceContractRow | undefined;
}

interface Asked {
  readonly place: SigningPlace;
  readonly signing: Signing;
  readonly row: SigningRow;
  readonly present: Present;
  readonly joining: number;
}

/** The contract of one row, with every fault of it noted. */
function draftOf(write: Write, asked: Asked, faults: Faults): Draft | undefined {
  const { place, signing, row, present, joining } = asked;
  const person = present.people.get(row.residentId);
  faults.expect(person !== undefined, 'NOT_FOUND', row.idPath);
  if (person === undefined) return undefined;
  faults.expect(person.status === 'ACTIVE', 'VALIDATION_FAILED', row.idPath, texts.gone);
  const { mergedInto } = person;
  if (mergedInto !== null) faults.expect(false, 'INVALID_TRANSITION', row.idPath, mergedText(mergedInto));
  const own = present.contracts.filter(({ residentId }) => residentId === person.id);
  const standing = own.find((one) => isOpenOn(one, write.clock.day) && one.no !== signing.succeeds?.contract.no);
  faults.expect(standing === undefined, 'ALREADY_CONTRACTED', row.idPath);
  const full = signing.draft ? null : fullAt(present.load, joining);
  faults.expect(full === null, 'CAPACITY_EXCEEDED', full ?? '', full === null ? undefined : fullTexts[full]);
  const validFrom = signing.succeeds?.validFrom ?? write.clock.day;
  const codes = row.packageCodes;
  const choice = { codes, taker: takerOf(person, row, present), day: validFrom, elderlyAge: place.policy.elderlyAge };
  const packageCodes = choosePackages(present.packages, choice, faults, `${row.at}packageCodes`);
  const renews = renewedBy(signing, own);
  return { contract: contractOf(write, asked, { person, validFrom, packageCodes, renews }), renews };
}

function takerOf(person: Person, { planningPregnancy }: SigningRow, { health }: Present) {
  const known = health.get(person.id);
  return {
    ...person,
    pregnantOrPlanning: planningPregnancy || (known?.isPregnant ?? false),
    inKindergarten: known?.inKindergarten ?? false,
    diseases: known?.diseases ?? [],
  };
}

interface Chosen {
  readonly person: Person;
  readonly validFrom: string;
  readonly packageCodes: string[];
  readonly renews: ServiceContractRow | undefined;
}

function contractOf({ clock }: Write, { place, signing }: Asked, chosen: Chosen): NewContract {
  const { person, validFrom, packageCodes, renews } = chosen;
  const { terms, team, missing } = place;
  const hasAgreed = !signing.draft && signing.hasAgreed(person);
  return {
    residentId: person.id,
    scope: signing.scope,
    householdId: signing.scope === 'HOUSEHOLD' ? person.householdId : null,
    familyDoctorId: terms.familyDoctorId,
    teamId: terms.teamId,
    baseInstitutionId: team.institutionId,
    guidanceGroupId: team.guidanceGroupId,
    villageClinicId: terms.villageClinicId ?? null,
    packageCodes,
    status: signing.draft ? 'DRAFT' : statusFrom(hasAgreed, validFrom, clock.day),
    signedOn: clock.day,
    validFrom,
    validTo: contractValidTo(validFrom),
    channel: signing.channel,
    confirmedAt: hasAgreed ? clock.instant : null,
    renewedFromNo: renews?.no ?? null,
    terminatedOn: null,
    terminationReason: null,
    structureComplete: missing.length === 0,
  };
}

/** In force once the resident has agreed and the first day has come (domain.md 3.8.1, 3.23). */
export function statusFrom(hasAgreed: boolean, validFrom: string, day: string): ContractStatus {
  return hasAgreed && validFrom <= day ? 'ACTIVE' : 'PENDING_CONFIRM';
}

/** The contract that a new one renews: the one named, or one that ended so lately that it still counts (domain.md 3.8.1). */
function renewedBy(signing: Signing, own: readonly ServiceContractRow[]): ServiceContractRow | undefined {
  const { succeeds } = signing;
  if (succeeds !== undefined) return succeeds.isRenewal ? succeeds.contract : undefined;
  return own.filter(({ status }) => status === 'ACTIVE' || status === 'EXPIRED').at(-1);
}

/** Stores the contracts; where one is in force at once, what it renews is closed first, and its plan is made. */
async function store(
  write: Write,
  drafts: readonly Draft[],
  people: ReadonlyMap<string, Person>,
): Promise<readonly ServiceContractRow[]> {
  const closed = drafts.flatMap(({ contract, renews }) => (contract.status === 'ACTIVE' ? (renews ?? []) : []));
  await takeSteps(
    write,
    closed.map((contract) => ({ contract, step: 'RENEW' as const })),
  );
  const stored = await storeContracts(
    write,
    drafts.map(({ contract }) => contract),
  );
  const active = stored.filter(({ status }) => status === 'ACTIVE');
  if (active.length > 0) await planContracts(write, active, people);
  return stored;
}

/** Whether a contract stands in the way of another on a day; one past its last day does not, even before the timer has said so. */
function isOpenOn({ status, validTo }: ServiceContractRow, day: string): boolean {
  return openStatuses.some((open) => open === status) && validTo >= day;
}

/** Contracts of residents that stand, wait, or ended so lately that a new one renews them, the oldest first. */
async function recentContracts({ tx, clock }: Write, ids: readonly string[]): Promise<readonly ServiceContractRow[]> {
  const { residentId, validTo, validFrom, no, status } = serviceContracts;
  return tx
    .select()
    .from(serviceContracts)
    .where(
      and(
        inArray(residentId, [...new Set(ids)]),
        inArray(status, [...openStatuses, 'EXPIRED']),
        gte(validTo, addDays(clock.day, -RENEWAL_DAYS_AFTER)),
      ),
    )
    .orderBy(validFrom, no);
}

/** How many residents besides these the doctor and the team have (domain.md 3.8.3); the place is locked. */
export async function loadOf({ tx, clock }: Write, place: SigningPlace, ids: readonly string[]): Promise<SigningLoad> {
  const { teamId, familyDoctorId } = place.terms;
  const { residentId, status, validTo } = serviceContracts;
  const others = and(
    inArray(status, [...openStatuses]),
    gte(validTo, clock.day),
    sql`${residentId} <> all(${sql.param(ids)}::text[])`,
  );
  const counted = async (column: 'teamId' | 'familyDoctorId', id: string) => {
    const [row] = await tx
      .select({ residents: sql<number>`count(distinct ${residentId})::integer` })
      .from(serviceContracts)
      .where(and(sql`${serviceContracts[column]} = ${id}`, others));
    return row?.residents ?? 0;
  };
  return {
    byDoctor: await counted('familyDoctorId', familyDoctorId),
    doctorCapacity: place.policy.doctorCapacity,
    byTeam: await counted('teamId', teamId),
    teamCapacity: place.team.capacity,
  };
}

/** Which limit is reached, and what to do. */
export const fullTexts: Readonly<Record<'familyDoctorId' | 'teamId', FaultText>> = {
  familyDoctorId: {
    en: 'The family doctor has signed as many residents as allowed; choose another one.',
    zh: '该家庭医生签约人数已达上限，请选择其他医生。',
  },
  teamId: {
    en: 'The team has signed as many residents as it can; choose another one.',
    zh: '该团队签约人数已达上限，请选择其他团队。',
  },
};
