import type { TeamDuty } from '../schema-types.ts';
import { type Decision, ALLOWED, firstRefusal, refuse } from './decision.ts';
import type { InstitutionTier } from './headcount-allocation.ts';
import { type Interval, covers, isOrdered, overlaps } from './interval.ts';

/** A member of a family-doctor team 团队成员, for some days. */
export interface TeamMember extends Interval {
  readonly practitionerId: string;
  readonly duty: TeamDuty;
}

/** How many residents a member can sign, by duty. */
export type DutyCapacity = Readonly<Partial<Record<TeamDuty, number>>>;

/** A family doctor signs up to 2,000 residents, other members none of their own (domain.md 3.8.3, product default). */
export const DEFAULT_DUTY_CAPACITY: DutyCapacity = { FAMILY_DOCTOR: 2000 };

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

/** Says in which member of the list a refusal lies. */
function placed(decision: Decision, index: number): Decision {
  if (decision.kind === 'ALLOWED') return decision;
  return refuse(decision.code, 'members', String(index), ...decision.path);
}
