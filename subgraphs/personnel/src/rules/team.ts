import type { TeamDuty } from '../schema-types.ts';
import { type Decision, ALLOWED, firstRefusal, refuse } from './decision.ts';
import { type GuidanceGroupPart, type GuidanceGroupTerms, guidanceGroupFaults } from './guidance-group.ts';
import type { InstitutionTier } from './headcount-allocation.ts';
import { type Interval, covers, isOrdered, overlaps } from './interval.ts';

/** A member of a family-doctor team 团队成员, for some days. */
export interface TeamMember extends Interval {
  readonly practitionerId: string;
  readonly duty: TeamDuty;
}

/** What the structure of a team is judged by. */
export interface TeamTerms {
  readonly institutionTier: InstitutionTier;
  readonly members: readonly TeamMember[];
  /** Guidance group behind the team; null while there is none. */
  readonly guidanceGroup: GuidanceGroupTerms | null;
}

/** What a team lacks for a complete structure (domain.md 3.8.2). */
export type MissingPart = 'FAMILY_DOCTOR' | 'TOWNSHIP_HOSPITAL' | 'GUIDANCE_GROUP' | GuidanceGroupPart;

/** How many residents a member can sign, by duty. */
export type DutyCapacity = Readonly<Partial<Record<TeamDuty, number>>>;

/** A family doctor signs up to 2,000 residents, other members none of their own (domain.md 3.8.3, product default). */
export const DEFAULT_DUTY_CAPACITY: DutyCapacity = { FAMILY_DOCTOR: 2000 };

/** Parts a team lacks on a day (domain.md 3.8.2): one family doctor, a township hospital, a guidance group with all its parts. */
export function missingParts(
  { institutionTier, members, guidanceGroup }: TeamTerms,
  day: string,
): readonly MissingPart[] {
  const doctors = members.filter((member) => member.duty === 'FAMILY_DOCTOR' && covers(member, day));
  const missing: MissingPart[] = [];
  if (doctors.length !== 1) missing.push('FAMILY_DOCTOR');
  if (institutionTier !== 'TOWNSHIP') missing.push('TOWNSHIP_HOSPITAL');
  return guidanceGroup === null ? [...missing, 'GUIDANCE_GROUP'] : [...missing, ...guidanceGroupFaults(guidanceGroup)];
}

/** Whether a team with missing parts may serve an ACTIVE contract (domain.md 3.8.2): with `strictStructure`, none may miss. */
export function decideStructure(missing: readonly MissingPart[], strictStructure: boolean = true): Decision {
  return strictStructure && missing.length > 0 ? refuse('STRUCTURE_INCOMPLETE', ...missing) : ALLOWED;
}

/** A team asked for. */
export interface TeamRequest {
  readonly institutionTier: InstitutionTier;
  readonly leaderId: string;
  readonly members: readonly TeamMember[];
}

/** Whether a team may be made (domain.md 3.8.2): of a township hospital, its leader a member, each person in one duty. */
export function decideTeam({ institutionTier, leaderId, members }: TeamRequest): Decision {
  return firstRefusal([
    institutionTier === 'TOWNSHIP' ? ALLOWED : refuse('VALIDATION_FAILED', 'institutionId'),
    members.some(({ practitionerId }) => practitionerId === leaderId)
      ? ALLOWED
      : refuse('VALIDATION_FAILED', 'leaderId'),
    ...members.map((member, index) => placed(decideMember(member, members.slice(0, index)), index)),
  ]);
}

/** Whether a person may join a team (domain.md 3.8.2): one duty each at a time, and one family doctor. */
export function decideMember(member: TeamMember, others: readonly TeamMember[]): Decision {
  const beside = others.filter((other) => overlaps(other, member));
  const isSecondDoctor = member.duty === 'FAMILY_DOCTOR' && beside.some(({ duty }) => duty === 'FAMILY_DOCTOR');
  return firstRefusal([
    isOrdered(member) ? ALLOWED : refuse('VALIDATION_FAILED', 'to'),
    beside.some(({ practitionerId }) => practitionerId === member.practitionerId)
      ? refuse('SCHEDULE_CONFLICT', 'practitionerId')
      : ALLOWED,
    isSecondDoctor ? refuse('VALIDATION_FAILED', 'duty') : ALLOWED,
  ]);
}

/** How many residents a team can sign on a day (domain.md 3.8.3): the sum over its members. */
export function teamCapacity(
  members: readonly TeamMember[],
  day: string,
  byDuty: DutyCapacity = DEFAULT_DUTY_CAPACITY,
): number {
  return members.filter((member) => covers(member, day)).reduce((sum, { duty }) => sum + (byDuty[duty] ?? 0), 0);
}

/** Whether a team or doctor with so many contracts may sign more (domain.md 3.8.3): up to the capacity. */
export function decideSigning(signed: number, joining: number, capacity: number): Decision {
  return signed + joining > capacity ? refuse('CAPACITY_EXCEEDED') : ALLOWED;
}

/** Says in which member of the list a refusal lies. */
function placed(decision: Decision, index: number): Decision {
  if (decision.kind === 'ALLOWED') return decision;
  return refuse(decision.code, 'members', String(index), ...decision.path);
}
