import { actsFor, refuse, type Faults, type FaultText, type Write } from '@hutong/kit';
import type { Role } from '@hutong/schema';
import { and, desc, eq, inArray, lte, sql } from 'drizzle-orm';
import { DOCTOR_CAPACITY } from '../rules/contract-capacity.ts';
import { isMemberOn, missingParts, type StructurePart } from '../rules/contract-structure.ts';
import { contractPolicies, type ContractPolicyRow } from '../tables/contract-policy.ts';
import {
  guidanceGroupProjections,
  institutionProjections,
  teamProjections,
  type InstitutionProjectionRow,
  type TeamProjectionRow,
} from '../tables/projection.ts';
import { texts } from './texts.ts';

/** With whom a contract is signed. */
export interface SigningTerms {
  readonly teamId: string;
  readonly familyDoctorId: string;
  readonly villageClinicId?: string | null | undefined;
}

/** With whom a contract is signed, as others told of them, and what the region has ruled. */
export interface SigningPlace {
  readonly terms: SigningTerms;
  /** Place in the input for every fault of the place; undefined where the input has a field for each part. */
  readonly at: string | undefined;
  readonly team: TeamProjectionRow;
  readonly institution: InstitutionProjectionRow | undefined;
  readonly clinic: InstitutionProjectionRow | undefined;
  readonly policy: ContractPolicy;
  readonly missing: readonly StructurePart[];
}

/** What a region has ruled on contracts. */
export type ContractPolicy = Pick<
  ContractPolicyRow,
  'strictStructure' | 'doctorCapacity' | 'elderlyAge' | 'incentiveUnit' | 'subsidyPerHead'
>;

/** What holds where a region has ruled nothing (domain.md 3.8.2–3.8.4, 3.9, product defaults). */
export const defaultPolicy = {
  strictStructure: true,
  doctorCapacity: DOCTOR_CAPACITY,
  elderlyAge: 65,
  incentiveUnit: '15.00',
  subsidyPerHead: '10.00',
} as const satisfies ContractPolicy;

/**
 * The place of a signing; team and doctor stay locked until the write ends, so that nobody signs the same last place twice. Refuses
 * with NOT_FOUND when nobody has told of the team.
 */
export async function lockSigningPlace(write: Write, terms: SigningTerms, at?: string): Promise<SigningPlace> {
  const { tx, clock } = write;
  const { teamId, familyDoctorId, villageClinicId } = terms;
  const [team] = await tx.select().from(teamProjections).where(eq(teamProjections.id, teamId)).for('update');
  if (team === undefined) return refuse('NOT_FOUND', at ?? 'teamId');
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`family doctor ${familyDoctorId}`}, 0))`);
  const [group] = await tx
    .select()
    .from(guidanceGroupProjections)
    .where(eq(guidanceGroupProjections.id, team.guidanceGroupId ?? ''));
  const ids = [team.institutionId, villageClinicId ?? '', group?.institutionId ?? ''];
  const rows = await tx.select().from(institutionProjections).where(inArray(institutionProjections.id, ids));
  const [institution, clinic, hospital] = ids.map((id) => rows.find((row) => row.id === id));
  const missing = missingParts({
    day: clock.day,
    familyDoctorId,
    members: team.members,
    institution: institution ?? null,
    group: group === undefined ? null : { ...group, institutionLevel: hospital?.level ?? null },
  });
  const policy = await policyOf(write, institution?.regionCode ?? '');
  return { terms, at, team, institution, clinic, policy, missing };
}

/** What counts in a division today: the newest ruling in force of the smallest region around it. */
export async function policyOf({ tx, clock }: Write, regionCode: string): Promise<ContractPolicy> {
  const [row] = await tx
    .select()
    .from(contractPolicies)
    .where(
      and(sql`starts_with(${regionCode}, ${contractPolicies.regionCode})`, lte(contractPolicies.validFrom, clock.day)),
    )
    .orderBy(desc(sql`length(${contractPolicies.regionCode})`), desc(contractPolicies.validFrom))
    .limit(1);
  return row ?? defaultPolicy;
}

/** Notes what is wrong with the place: a hospital that is closed, a clinic that is not of it. */
export function checkPlace({ terms, at, team, institution, clinic }: SigningPlace, faults: Faults): void {
  faults.expect(institution?.status === 'ACTIVE', 'VALIDATION_FAILED', at ?? 'teamId', texts.closed);
  if (!terms.villageClinicId) return;
  const isOfTeam = clinic?.tier === 'VILLAGE' && clinic.parentId === team.institutionId && clinic.status === 'ACTIVE';
  faults.expect(isOfTeam, 'VALIDATION_FAILED', at ?? 'villageClinicId', own.clinic);
}

/** Notes every part of the structure that is missing, where the region is strict about it (domain.md 3.8.2). */
export function checkStructure({ missing, at, policy }: SigningPlace, faults: Faults): void {
  if (!policy.strictStructure) return;
  for (const part of missing) {
    const path = at ?? (part === 'FAMILY_DOCTOR' ? 'familyDoctorId' : 'teamId');
    faults.expect(false, 'STRUCTURE_INCOMPLETE', path, parts[part]);
  }
}

/** Who serves residents; the others govern or read. */
const serving: ReadonlySet<Role> = new Set(['FAMILY_DOCTOR', 'INST_STAFF', 'INST_ADMIN', 'PARTNER', 'SYSTEM']);

/** Whether a caller works for a team today: its members, the staff and administrators of its hospital, and the system itself. */
export function worksFor(
  { caller, clock }: Write,
  { institutionId, members }: Pick<TeamProjectionRow, 'institutionId' | 'members'>,
): boolean {
  if (!serving.has(caller.role)) return false;
  const isMember = members.some((one) => one.practitionerId === caller.practitionerId && isMemberOn(one, clock.day));
  return isMember || actsFor(caller, institutionId);
}

const own = {
  clinic: { en: 'This is no open village clinic of the hospital.', zh: '该机构不是本院下设的在营村卫生室。' },
};

/** What is missing, and how many there must be. */
const parts: Readonly<Record<StructurePart, FaultText>> = {
  FAMILY_DOCTOR: {
    en: 'family doctor 1: choose a member of the team with this duty.',
    zh: '家庭医生须为 1 名：请选择团队中担任家庭医生的成员。',
  },
  TOWNSHIP_HOSPITAL: {
    en: 'township hospital 1: the team must belong to one.',
    zh: '乡镇卫生院须为 1 个：团队须隶属乡镇卫生院。',
  },
  GUIDANCE_GROUP: {
    en: 'guidance group 1: ask the county hospital to assign one to the team.',
    zh: '技术指导小组须为 1 个：请县级医院为团队指派。',
  },
  GUIDED_TOWN: {
    en: 'guidance group 1: the one behind the team is not assigned to this town.',
    zh: '技术指导小组须为 1 个：现有小组未挂包本乡镇。',
  },
  LEVEL_2_HOSPITAL: {
    en: 'level-2 institution 1: the guidance group must be of one.',
    zh: '二级医疗机构须为 1 个：技术指导小组须属二级医疗机构。',
  },
  DEPARTMENTS: {
    en: 'departments 3..4: ask the county hospital to complete the guidance group.',
    zh: '科室须为 3–4 个：请县级医院补齐技术指导小组。',
  },
  SPECIALISTS: {
    en: 'specialists 4..6: ask the county hospital to complete the guidance group.',
    zh: '专家须为 4–6 名：请县级医院调整技术指导小组。',
  },
  CONTRACT_OFFICE: {
    en: 'contract office 1: ask the county hospital to name one.',
    zh: '签约服务机构须为 1 个：请县级医院明确。',
  },
};
