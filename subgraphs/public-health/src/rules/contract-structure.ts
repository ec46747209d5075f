/** A member of a team, for some days. */
export interface Member {
  readonly practitionerId: string;
  readonly duty: string;
  readonly from: string;
  readonly to: string | null;
}

/** What a contract is signed with. */
export interface ContractStructure {
  readonly day: string;
  readonly familyDoctorId: string;
  readonly members: readonly Member[];
  /** Tier and division of the team's institution; null while nobody has told of it. */
  readonly institution: { readonly tier: string; readonly regionCode: string } | null;
  readonly group: GuidanceGroup | null;
}

/** A technical guidance group, in numbers. */
export interface GuidanceGroup {
  /** Level of its hospital (VS-05); null while it is not told. */
  readonly institutionLevel: string | null;
  readonly departments: number;
  readonly specialists: number;
  readonly contractOffices: number;
  readonly assignedTownCodes: readonly string[];
}

/** A part that is missing or of the wrong number. */
export type StructurePart =
  | 'FAMILY_DOCTOR'
  | 'TOWNSHIP_HOSPITAL'
  | 'GUIDANCE_GROUP'
  | 'GUIDED_TOWN'
  | 'LEVEL_2_HOSPITAL'
  | 'DEPARTMENTS'
  | 'SPECIALISTS'
  | 'CONTRACT_OFFICE';

/** Parts that a contract lacks on a day: one doctor of one team, one township hospital, one whole guidance group (domain.md 3.8.2). */
export function missingParts(structure: ContractStructure): readonly StructurePart[] {
  const { day, familyDoctorId, members, institution, group } = structure;
  const doctor = members.some(
    (member) => member.practitionerId === familyDoctorId && member.duty === 'FAMILY_DOCTOR' && isMemberOn(member, day),
  );
  const missing: StructurePart[] = [];
  if (!doctor) missing.push('FAMILY_DOCTOR');
  if (institution?.tier !== 'TOWNSHIP') missing.push('TOWNSHIP_HOSPITAL');
  if (group === null) return [...missing, 'GUIDANCE_GROUP'];
  return [...missing, ...groupFaults(group, institution?.regionCode ?? '')];
}

/** Whether somebody is a member on a day; the last day counts. */
export function isMemberOn({ from, to }: Pick<Member, 'from' | 'to'>, day: string): boolean {
  return from <= day && (to === null || to >= day);
}

function groupFaults(group: GuidanceGroup, regionCode: string): readonly StructurePart[] {
  const faults: StructurePart[] = [];
  if (!group.assignedTownCodes.some((code) => regionCode.startsWith(code))) faults.push('GUIDED_TOWN');
  if (group.institutionLevel !== 'L2') faults.push('LEVEL_2_HOSPITAL');
  if (group.departments < 3 || group.departments > 4) faults.push('DEPARTMENTS');
  if (group.specialists < 4 || group.specialists > 6) faults.push('SPECIALISTS');
  if (group.contractOffices < 1) faults.push('CONTRACT_OFFICE');
  return faults;
}
