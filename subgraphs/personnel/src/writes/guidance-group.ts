import {
  type Faults,
  MOST_ENTRIES,
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotLong,
  expectSize,
  expectText,
  expectVersion,
  governs,
  lockById,
  newId,
  refuse,
} from '@hutong/kit';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { guidanceGroupFaults } from '../rules/guidance-group.ts';
import type { AssignGuidanceGroupInput } from '../schema-types.ts';
import {
  familyDoctorTeams,
  teamMemberships,
  technicalGuidanceGroups,
  type FamilyDoctorTeamRow,
  type TechnicalGuidanceGroupRow,
} from '../tables/team.ts';
import { expectId } from './checks.ts';
import { expectOnStaff, lockPeople } from './people.ts';
import { expectOpenOwn, knownDivisions, type Place, placesById } from './places.ts';
import { groupChange, memberOf, teamChange } from './team-change.ts';
import { texts } from './texts.ts';

/** Mutation of technical guidance groups 技术指导小组 (domain.md 3.8.2). */
export const guidanceGroupWrites = (mutation: Mutation) => ({
  assignGuidanceGroup: mutation('assignGuidanceGroup', assignGuidanceGroup),
});

/** Makes or changes a group, whole in its parts, and puts it behind teams of its towns. */
async function assignGuidanceGroup(input: AssignGuidanceGroupInput, write: Write): Promise<Written> {
  expectSize(input.teamIds, MOST_ENTRIES, 'teamIds');
  expectSize(input.departmentIds, MOST_ENTRIES, 'departmentIds');
  expectSize(input.specialistIds, MOST_ENTRIES, 'specialistIds');
  checkTownCodes(input);
  const stored = input.id ? await lockById(write, technicalGuidanceGroups, input.id, 'id') : undefined;
  if (stored !== undefined) expectVersion(stored, input.version);
  const faults = createFaults();
  const group = mergedParts(input, stored, faults);
  const place = (await placesById(write, [group.institutionId])).get(group.institutionId);
  const teams = await lockTeams(write, input.teamIds);
  expectOpenOwn(faults, write, place, stored === undefined ? 'institutionId' : 'id');
  for (const part of guidanceGroupFaults({ ...group, institutionLevel: place?.level ?? 'L2' })) {
    faults.expect(false, 'VALIDATION_FAILED', part, own[part]);
  }
  group.departmentIds.forEach((one, index) => expectId(faults, 'de', one, `departmentIds.${index}`));
  expectNotLong(faults, group.contractOffice, 'contractOffice', 200);
  await checkSpecialists(group, write, faults);
  await checkTowns(group, { input, teams, place }, write, faults);
  faults.throwIfAny();

  const id = await store(group, stored, { write, regionCode: place?.regionCode ?? '' });
  await assignTeams(id, teams, write);
  return { id };
}

type Parts = Pick<
  TechnicalGuidanceGroupRow,
  'name' | 'institutionId' | 'departmentIds' | 'specialistIds' | 'contractOffice' | 'assignedTownCodes' | 'principle'
>;

/** What the group will be: what is given, else what is stored; a new one needs every part. */
function mergedParts(
  input: AssignGuidanceGroupInput,
  stored: TechnicalGuidanceGroupRow | undefined,
  faults: Faults,
): Parts {
  const needed = ['name', 'institutionId', 'contractOffice', 'principle', 'assignedTownCodes'] as const;
  if (stored === undefined) {
    for (const part of needed) faults.expect(Boolean(input[part]), 'VALIDATION_FAILED', part, texts.needed);
  } else {
    const same = !input.institutionId || input.institutionId === stored.institutionId;
    faults.expect(same, 'VALIDATION_FAILED', 'institutionId', own.sameHospital);
  }
  if (input.name) expectText(faults, input.name, 'name', 100);
  const { departmentIds, specialistIds, assignedTownCodes } = input;
  return {
    name: input.name?.trim() ?? stored?.name ?? '',
    institutionId: stored?.institutionId ?? input.institutionId ?? '',
    departmentIds: departmentIds ? [...departmentIds] : (stored?.departmentIds ?? []),
    specialistIds: specialistIds ? [...specialistIds] : (stored?.specialistIds ?? []),
    contractOffice: input.contractOffice ?? stored?.contractOffice ?? '',
    assignedTownCodes: assignedTownCodes ? [...assignedTownCodes] : (stored?.assignedTownCodes ?? []),
    principle: input.principle ?? stored?.principle ?? 'NEARBY',
  };
}

/** The specialists are on the staff of the hospital; only those given now can be at fault. */
async function checkSpecialists({ specialistIds, institutionId }: Parts, write: Write, faults: Faults): Promise<void> {
  const people = await lockPeople(write, specialistIds);
  specialistIds.forEach((id, index) => {
    const person = people.get(id);
    const path = `specialistIds.${index}`;
    expectOnStaff(faults, person, path);
    const isHere = person === undefined || person.primaryInstitutionId === institutionId;
    faults.expect(isHere, 'VALIDATION_FAILED', path, texts.elsewhere);
  });
}

/** Towns that one group guides at most. */
const mostTowns = 50;

/** The towns are each named once and not too many, which is looked at before anything is read or locked. */
function checkTownCodes({ assignedTownCodes }: AssignGuidanceGroupInput): void {
  const given = assignedTownCodes ?? [];
  const fits = given.length <= mostTowns && new Set(given).size === given.length;
  if (!fits) refuse('VALIDATION_FAILED', 'assignedTownCodes', own.towns);
}

interface Guided {
  readonly input: AssignGuidanceGroupInput;
  readonly teams: readonly FamilyDoctorTeamRow[];
  readonly place: Place | undefined;
}

/** The towns are known and lie in the hospital's county, or where the caller governs; the teams are of hospitals in them. */
async function checkTowns(
  { assignedTownCodes }: Parts,
  { input, teams, place }: Guided,
  write: Write,
  faults: Faults,
): Promise<void> {
  const given = input.assignedTownCodes ?? [];
  const known = await knownDivisions(write, given);
  const county = place?.regionCode.slice(0, 6);
  given.forEach((code, index) => {
    const path = `assignedTownCodes.${index}`;
    faults.expect(known.has(code), 'NOT_FOUND', path);
    const near = county === undefined || code.startsWith(county) || governs(write.caller, code);
    faults.expect(near, 'FORBIDDEN', path, own.otherCounty);
  });
  const byId = new Map(teams.map((team) => [team.id, team]));
  input.teamIds.forEach((id, index) => {
    const team = byId.get(id);
    faults.expect(team !== undefined, 'NOT_FOUND', `teamIds.${index}`);
    if (team === undefined) return;
    const inside = assignedTownCodes.some((code) => team.regionCode.startsWith(code));
    faults.expect(inside, 'VALIDATION_FAILED', `teamIds.${index}`, own.otherTown);
    const near = county === undefined || team.regionCode.startsWith(county) || governs(write.caller, team.regionCode);
    faults.expect(near, 'FORBIDDEN', `teamIds.${index}`, own.otherCounty);
  });
}

async function lockTeams({ tx }: Write, ids: readonly string[]): Promise<readonly FamilyDoctorTeamRow[]> {
  if (ids.length === 0) return [];
  return tx
    .select()
    .from(familyDoctorTeams)
    .where(inArray(familyDoctorTeams.id, [...ids]))
    .orderBy(asc(familyDoctorTeams.id))
    .for('update');
}

interface Storing {
  readonly write: Write;
  readonly regionCode: string;
}

async function store(
  group: Parts,
  stored: TechnicalGuidanceGroupRow | undefined,
  { write, regionCode }: Storing,
): Promise<string> {
  const id = stored?.id ?? newId('gg');
  const version = (stored?.version ?? 0) + 1;
  if (stored === undefined) {
    const row = { id, ...group, regionCode, updatedAt: write.clock.instant };
    await write.tx.insert(technicalGuidanceGroups).values(row);
  } else {
    const change = { ...group, ...advanced(stored, write) };
    await write.tx.update(technicalGuidanceGroups).set(change).where(eq(technicalGuidanceGroups.id, id));
  }
  write.change(groupChange(stored === undefined ? 'CREATED' : 'UPDATED', { id, ...group, version }));
  return id;
}

async function assignTeams(groupId: string, teams: readonly FamilyDoctorTeamRow[], write: Write): Promise<void> {
  if (teams.length === 0) return;
  await write.tx
    .update(familyDoctorTeams)
    .set({
      guidanceGroupId: groupId,
      version: sql`${familyDoctorTeams.version} + 1`,
      updatedAt: write.clock.instant,
    })
    .where(
      inArray(
        familyDoctorTeams.id,
        teams.map(({ id }) => id),
      ),
    );
  const ids = teams.map(({ id }) => id);
  const members = await write.tx.select().from(teamMemberships).where(inArray(teamMemberships.teamId, ids));
  for (const team of teams) {
    const told = { ...team, guidanceGroupId: groupId, version: team.version + 1 };
    const own = members.filter(({ teamId }) => teamId === team.id);
    write.change(teamChange('UPDATED', told, own.map(memberOf)));
  }
}

const own = {
  institutionId: { en: 'A guidance group is of a level-2 hospital.', zh: '技术指导小组须属二级医疗机构。' },
  departmentIds: { en: 'Three or four departments take part, each once.', zh: '参与科室须为3至4个，不得重复。' },
  specialistIds: { en: 'A group has four to six specialists, each once.', zh: '专家须为4至6名，不得重复。' },
  contractOffice: { en: 'A group has a contract office.', zh: '须有签约服务办公室。' },
  sameHospital: { en: 'A group stays with its hospital.', zh: '小组所属医院不可变更。' },
  towns: { en: 'A group guides at most 50 towns, each named once.', zh: '指导乡镇至多50个，不得重复。' },
  otherCounty: { en: 'This is not of the county of the hospital.', zh: '不在该医院所在县。' },
  otherTown: { en: 'The team is not of the towns assigned.', zh: '团队不在指导乡镇内。' },
};
