import { expect, test } from 'vitest';
import {
  type TeamMember,
  type TeamRequest,
  decideMember,
  decideSigning,
  decideStructure,
  decideTeam,
  missingParts,
  teamCapacity,
} from './team.ts';

const member = (practitionerId: string, duty: TeamMember['duty'], from = '2024-01-01', to: string | null = null) => ({
  practitionerId,
  duty,
  from,
  to,
});
const doctor = member('pr_1', 'FAMILY_DOCTOR');
const nurse = member('pr_2', 'NURSE');
const guidanceGroup = {
  institutionLevel: 'L2',
  departmentIds: ['d_1', 'd_2', 'd_3'],
  specialistIds: ['pr_5', 'pr_6', 'pr_7', 'pr_8'],
  contractOffice: '签约服务办公室',
} as const;
const allowed = { kind: 'ALLOWED' };
const refused = (code: string, ...path: string[]) => ({ kind: 'REFUSED', code, path });

test('a township team with one family doctor and a full guidance group lacks nothing', () => {
  const team = { institutionTier: 'TOWNSHIP', members: [doctor, nurse], guidanceGroup } as const;
  expect([missingParts(team, '2024-03-01'), decideStructure(missingParts(team, '2024-03-01'))]).toEqual([[], allowed]);
});

test('every missing part is named, and blocks what is strict', () => {
  const team = { institutionTier: 'VILLAGE', members: [nurse], guidanceGroup: null } as const;
  const missing = missingParts(team, '2024-03-01');
  expect(missing).toEqual(['FAMILY_DOCTOR', 'TOWNSHIP_HOSPITAL', 'GUIDANCE_GROUP']);
  expect([decideStructure(missing), decideStructure(missing, false)]).toEqual([
    refused('STRUCTURE_INCOMPLETE', 'FAMILY_DOCTOR', 'TOWNSHIP_HOSPITAL', 'GUIDANCE_GROUP'),
    allowed,
  ]);
});

test('a structure falls short with its guidance group', () => {
  const short = { ...guidanceGroup, specialistIds: ['pr_5'] };
  const team = { institutionTier: 'TOWNSHIP', members: [doctor], guidanceGroup: short } as const;
  const missing = missingParts(team, '2024-03-01');
  expect([missing, decideStructure(missing)]).toEqual([
    ['specialistIds'],
    refused('STRUCTURE_INCOMPLETE', 'specialistIds'),
  ]);
});

test('a team has exactly one family doctor on the day', () => {
  const missing = (members: readonly TeamMember[]) =>
    missingParts({ institutionTier: 'TOWNSHIP', members, guidanceGroup }, '2024-03-01');
  expect([
    missing([doctor, member('pr_3', 'FAMILY_DOCTOR')]),
    missing([
      member('pr_1', 'FAMILY_DOCTOR', '2024-01-01', '2024-02-29'),
      member('pr_3', 'FAMILY_DOCTOR', '2024-03-01'),
    ]),
    missing([member('pr_1', 'FAMILY_DOCTOR', '2024-03-02')]),
  ]).toEqual([['FAMILY_DOCTOR'], [], ['FAMILY_DOCTOR']]);
});

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

test('a capacity may be filled, not exceeded', () => {
  expect([decideSigning(1999, 1, 2000), decideSigning(2000, 1, 2000), decideSigning(1998, 3, 2000)]).toEqual([
    allowed,
    refused('CAPACITY_EXCEEDED'),
    refused('CAPACITY_EXCEEDED'),
  ]);
});
