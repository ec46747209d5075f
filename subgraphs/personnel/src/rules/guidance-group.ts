import type { InstitutionLevel } from '../schema-types.ts';

/** What a technical guidance group 技术指导小组 is made of; lists hold identifiers. */
export interface GuidanceGroupTerms {
  readonly institutionLevel: InstitutionLevel;
  readonly departmentIds: readonly string[];
  readonly specialistIds: readonly string[];
  /** Contract office 签约服务办公室. */
  readonly contractOffice: string;
}

/** A part in which a guidance group falls short, named like the value of the input. */
export type GuidanceGroupPart = 'institutionId' | 'departmentIds' | 'specialistIds' | 'contractOffice';

/** How many departments and specialists a group has (domain.md 3.8.2). */
const departments = { least: 3, most: 4 };
const specialists = { least: 4, most: 6 };

/** Parts in which a guidance group falls short (domain.md 3.8.2): a level-2 institution, 3–4 departments, 4–6 specialists, an office. */
export function guidanceGroupFaults(group: GuidanceGroupTerms): readonly GuidanceGroupPart[] {
  const faults: GuidanceGroupPart[] = [];
  if (group.institutionLevel !== 'L2') faults.push('institutionId');
  if (!isWithin(group.departmentIds, departments)) faults.push('departmentIds');
  if (!isWithin(group.specialistIds, specialists)) faults.push('specialistIds');
  if (group.contractOffice.trim() === '') faults.push('contractOffice');
  return faults;
}

/** Nobody is named twice, and their number is between the two. */
function isWithin(ids: readonly string[], { least, most }: { readonly least: number; readonly most: number }): boolean {
  return ids.length >= least && ids.length <= most && new Set(ids).size === ids.length;
}
