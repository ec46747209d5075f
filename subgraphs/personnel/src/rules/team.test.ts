import { expect, test } from 'vitest';
import { type TeamMember, type TeamRequest, decideMember, decideTeam, teamCapacity } from './team.ts';

const member = (practitionerId: string, duty: TeamMember['duty'], from = '2024-01-01', to: string | null = null) => ({
  practitionerId,
  duty,
  from,
  to,
});
const doctor = member('pr_1', 'FAMILY_DOCTOR');
const nurse = member('pr_2', 'NURSE');
const allowed = { kind: 'ALLOWED' };
const refused = (code: string, ...path: string[]) => ({ kind: 'REFUSED', code, path });

test('a team belongs to a township hospital and is led by a member', () => {
  const decide = (change: Partial<TeamRequest>) =>
    decideTeam({ institutionTier: 'TOWNSHIP', leaderId: 'pr_1', members: [doctor, nurse], ...change });
  expect([
    decide({}),
    decide({ institutionTier: 'VILLAGE' }),
    decide({ leaderId: 'pr_9' }),
    decide({ members: [doctor, nurse, member('pr_2', 'PUBLIC_HEALTH')] }),
    decide({ members: [doctor, member('pr_3', 'FAMILY_DOCTOR')] }),
  ]).toEqual([
    allowed,
    refused('VALIDATION_FAILED', 'institutionId'),
    refused('VALIDATION_FAILED', 'leaderId'),
    refused('SCHEDULE_CONFLICT', 'members', '2', 'practitionerId'),
    refused('VALIDATION_FAILED', 'members', '1', 'duty'),
  ]);
});

test('one person has one duty in a team at a time', () => {
  const left = member('pr_2', 'NURSE', '2024-01-01', '2024-02-29');
  expect([
    decideMember(member('pr_2', 'GP', '2024-03-01'), [doctor, nurse]),
    decideMember(member('pr_2', 'GP', '2024-03-01'), [doctor, left]),
    decideMember(member('pr_2', 'GP', '2024-02-29'), [doctor, left]),
    decideMember(member('pr_2', 'GP', '2024-03-01', '2024-02-29'), [doctor]),
  ]).toEqual([
    refused('SCHEDULE_CONFLICT', 'practitionerId'),
    allowed,
    refused('SCHEDULE_CONFLICT', 'practitionerId'),
    refused('VALIDATION_FAILED', 'to'),
  ]);
});

test('a second family doctor joins when the first has left', () => {
  const next = member('pr_3', 'FAMILY_DOCTOR', '2024-03-01');
  expect([
    decideMember(next, [doctor]),
    decideMember(next, [{ ...doctor, to: '2024-02-29' }]),
    decideMember(member('pr_3', 'GP', '2024-03-01'), [doctor]),
  ]).toEqual([refused('VALIDATION_FAILED', 'duty'), allowed, allowed]);
});

test('the capacity of a team is the sum of what its present members can sign', () => {
  const left = member('pr_4', 'VILLAGE_DOCTOR', '2024-01-01', '2024-02-29');
  const members = [doctor, nurse, member('pr_3', 'VILLAGE_DOCTOR'), left];
  expect([
    teamCapacity(members, '2024-03-01'),
    teamCapacity(members, '2024-03-01', { FAMILY_DOCTOR: 1500, VILLAGE_DOCTOR: 300 }),
    teamCapacity(members, '2024-02-29', { FAMILY_DOCTOR: 1500, VILLAGE_DOCTOR: 300 }),
    teamCapacity([nurse], '2024-03-01'),
  ]).toEqual([2000, 1800, 2100, 0]);
});
