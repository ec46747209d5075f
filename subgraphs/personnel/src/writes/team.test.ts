import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { leadHospital, openWriting, stranger, townHospital, type Writing } from '../sample-writing.ts';
import { familyDoctorTeams, technicalGuidanceGroups } from '../tables/team.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  await writing.addPeople(
    { id: 'pr_GP2' },
    { id: 'pr_NURSE', category: 'NURSE' },
    { id: 'pr_OLD', licenceAssessedUntil: '2024-06-30' },
    { id: 'pr_LEFT', status: 'LEFT' },
    ...['1', '2', '3', '4', '5', '6', '7'].map((no) => ({
      id: `pr_S${no}`,
      primaryInstitutionId: 'in_LEAD',
      employmentUsedAtId: 'in_LEAD',
    })),
  );
});
afterAll(() => writing.database.close());

const from = '2025-01-01';
const form = {
  name: '龙固三队',
  institutionId: 'in_TOWN',
  leaderId: 'pr_GP2',
  members: [
    { practitionerId: 'pr_GP2', duty: 'FAMILY_DOCTOR', from },
    { practitionerId: 'pr_NURSE', duty: 'NURSE', from },
    { practitionerId: 'pr_VA', duty: 'VILLAGE_DOCTOR', from, to: '2025-12-31' },
    { practitionerId: 'pr_S1', duty: 'SPECIALIST', from },
  ],
  coverageCodes: ['320322104201', '320322104202'],
  guidanceGroupId: 'gg_ONE',
};
const select = `familyDoctorTeam { id name capacity version region { code } leader { id } guidanceGroup { id } coverage { code }
  members { practitioner { id } duty from to } }`;

test('a township hospital makes a team whose capacity is that of its family doctor', async () => {
  const made = await writing.write('createTeam', form, { select, ...townHospital });
  expect(made).toEqual({
    ok: true,
    errors: [],
    familyDoctorTeam: {
      id: expect.stringMatching(/^tm_[0-9A-Z]{12}$/),
      name: '龙固三队',
      capacity: 2000,
      version: 1,
      region: { code: '320322104' },
      leader: { id: 'pr_GP2' },
      guidanceGroup: { id: 'gg_ONE' },
      coverage: [{ code: '320322104201' }, { code: '320322104202' }],
      members: [
        { practitioner: { id: 'pr_GP2' }, duty: 'FAMILY_DOCTOR', from, to: null },
        { practitioner: { id: 'pr_NURSE' }, duty: 'NURSE', from, to: null },
        { practitioner: { id: 'pr_VA' }, duty: 'VILLAGE_DOCTOR', from, to: '2025-12-31' },
        { practitioner: { id: 'pr_S1' }, duty: 'SPECIALIST', from, to: null },
      ],
    },
  });
});

test('who is not known, has left, is unlicensed or of another hospital is no member, and the leader must be one', async () => {
  const wrong = {
    ...form,
    name: '',
    leaderId: 'pr_VB',
    members: [
      { practitionerId: 'pr_NONE', duty: 'FAMILY_DOCTOR', from },
      { practitionerId: 'pr_LEFT', duty: 'NURSE', from },
      { practitionerId: 'pr_OLD', duty: 'GP', from },
      { practitionerId: 'pr_S1', duty: 'GP', from: '2024-12-30' },
    ],
    coverageCodes: ['320322105201', '320322104'],
    guidanceGroupId: 'gg_NONE',
  };
  expect((await writing.write('createTeam', wrong))['errors']).toEqual([
    'VALIDATION_FAILED name',
    'NOT_FOUND members.0.practitionerId',
    'VALIDATION_FAILED members.1.practitionerId',
    'VALIDATION_FAILED members.2.practitionerId',
    'VALIDATION_FAILED members.3.from',
    'VALIDATION_FAILED members.3.practitionerId',
    'VALIDATION_FAILED leaderId',
    'VALIDATION_FAILED coverageCodes.0',
    'NOT_FOUND guidanceGroupId',
  ]);
});

test('a team is of an open township hospital of the caller, with one family doctor and each person once', async () => {
  const errors = async (change: object, asking = {}) =>
    (await writing.write('createTeam', { ...form, coverageCodes: [], guidanceGroupId: null, ...change }, asking))[
      'errors'
    ];
  const specialist = [{ practitionerId: 'pr_GP2', duty: 'SPECIALIST', from }];
  expect(await errors({ institutionId: 'in_LEAD', members: specialist })).toEqual(['VALIDATION_FAILED institutionId']);
  expect(await errors({ institutionId: 'in_SHUT', members: specialist })).toEqual(['VALIDATION_FAILED institutionId']);
  expect(await errors({ institutionId: 'in_NONE', members: specialist })).toEqual(['NOT_FOUND institutionId']);
  expect(await errors({ institutionId: 'in_TOWN2', members: specialist, guidanceGroupId: 'gg_ONE' })).toEqual([]);
  expect(await errors({}, stranger)).toEqual(['FORBIDDEN institutionId']);
  const [doctor] = form.members;
  expect(await errors({ members: [doctor, doctor] })).toEqual(['SCHEDULE_CONFLICT members.1.practitionerId']);
  expect(await errors({ members: [doctor, { ...doctor, practitionerId: 'pr_GP' }] })).toEqual([
    'VALIDATION_FAILED members.1.duty',
  ]);
});

test('a member joins for some days; a second family doctor, a second duty and an old version are refused', async () => {
  const join = { teamId: 'tm_TWO', practitionerId: 'pr_GP2', duty: 'FAMILY_DOCTOR', from };
  const errors = async (change: object, asking = {}) =>
    (await writing.write('assignTeamMember', { ...join, ...change }, asking))['errors'];
  expect(await errors({}, stranger)).toEqual(['FORBIDDEN teamId']);
  expect(await errors({ teamId: 'tm_NONE' })).toEqual(['NOT_FOUND teamId']);
  expect(await errors({ from: '2024-12-30' })).toEqual(['VALIDATION_FAILED from']);
  expect(await errors({ to: '2024-12-31' })).toEqual(['VALIDATION_FAILED to']);
  const joined = await writing.write('assignTeamMember', { ...join, version: 1 }, { select, ...townHospital });
  expect(joined).toMatchObject({
    ok: true,
    familyDoctorTeam: {
      capacity: 2000,
      version: 2,
      members: [{ practitioner: { id: 'pr_GP2' }, duty: 'FAMILY_DOCTOR', from, to: null }],
    },
  });
  expect(await errors({ version: 1 })).toEqual(['VERSION_CONFLICT version']);
  expect(await errors({ duty: 'GP' })).toEqual(['SCHEDULE_CONFLICT practitionerId']);
  expect(await errors({ practitionerId: 'pr_GP' })).toEqual(['VALIDATION_FAILED duty']);
});

test('a general practitioner and public-health staff join a team, each with the own duty', async () => {
  const duties = ['GP', 'PUBLIC_HEALTH'];
  await writing.addPeople({ id: 'pr_DUTY_GP' }, { id: 'pr_DUTY_PUBLIC_HEALTH' });
  for (const duty of duties) {
    const join = { teamId: 'tm_TWO', practitionerId: `pr_DUTY_${duty}`, duty, from };
    const joined = await writing.write('assignTeamMember', join, { select, ...townHospital });
    expect(joined).toMatchObject({
      ok: true,
      familyDoctorTeam: {
        members: expect.arrayContaining([{ practitioner: { id: `pr_DUTY_${duty}` }, duty, from, to: null }]),
      },
    });
  }
});

const group = {
  name: '第二技术指导小组',
  institutionId: 'in_LEAD',
  departmentIds: ['de_1', 'de_2', 'de_3'],
  specialistIds: ['pr_S1', 'pr_S2', 'pr_S3', 'pr_S4'],
  contractOffice: '签约服务办公室',
  assignedTownCodes: ['320322104'],
  principle: 'NEARBY',
  teamIds: ['tm_ONE', 'tm_TWO'],
};
const groupSelect = `technicalGuidanceGroup { id name version principle specialists { id } departments { id }
  assignedTowns { code } teams { id guidanceGroup { id } } }`;

test('a level-2 hospital makes a guidance group of 3 departments and 4 specialists and puts it behind teams', async () => {
  const made = await writing.write('assignGuidanceGroup', group, { select: groupSelect, ...leadHospital });
  const { id } = Object(made['technicalGuidanceGroup']);
  expect(made).toEqual({
    ok: true,
    errors: [],
    technicalGuidanceGroup: {
      id: expect.stringMatching(/^gg_/),
      name: '第二技术指导小组',
      version: 1,
      principle: 'NEARBY',
      specialists: group.specialistIds.map((one) => ({ id: one })),
      departments: group.departmentIds.map((one) => ({ id: one })),
      assignedTowns: [{ code: '320322104' }],
      teams: [
        { id: 'tm_ONE', guidanceGroup: { id } },
        { id: 'tm_TWO', guidanceGroup: { id } },
      ],
    },
  });
  const changed = { id, departmentIds: ['de_1', 'de_2', 'de_3', 'de_4'], principle: 'PAIRED_AID', version: 1 };
  expect(await writing.write('assignGuidanceGroup', changed, { select: groupSelect, ...leadHospital })).toMatchObject({
    ok: true,
    technicalGuidanceGroup: {
      name: '第二技术指导小组',
      version: 2,
      principle: 'PAIRED_AID',
      departments: [{ id: 'de_1' }, { id: 'de_2' }, { id: 'de_3' }, { id: 'de_4' }],
      teams: [{ id: 'tm_ONE' }, { id: 'tm_TWO' }],
    },
  });
  const stale = await writing.write('assignGuidanceGroup', changed, leadHospital);
  expect(stale['errors']).toEqual(['VERSION_CONFLICT version']);
});

test('a group with too few departments, too many specialists, no office or foreign teams is refused in every part', async () => {
  const wrong = {
    ...group,
    institutionId: 'in_TOWN2',
    departmentIds: ['de_1', 'de_2', 'xx_2', 'de_2', 'de_2'],
    specialistIds: ['pr_S1', 'pr_S2', 'pr_S3', 'pr_S4', 'pr_S5', 'pr_S6', 'pr_NONE'],
    contractOffice: ' ',
    assignedTownCodes: ['320322105', '320399100'],
    teamIds: ['tm_ONE', 'tm_NONE'],
  };
  expect((await writing.write('assignGuidanceGroup', wrong))['errors']).toEqual([
    'VALIDATION_FAILED institutionId',
    'VALIDATION_FAILED departmentIds',
    'VALIDATION_FAILED specialistIds',
    'VALIDATION_FAILED contractOffice',
    'NOT_FOUND departmentIds.2',
    ...[0, 1, 2, 3, 4, 5].map((index) => `VALIDATION_FAILED specialistIds.${index}`),
    'NOT_FOUND specialistIds.6',
    'NOT_FOUND assignedTownCodes.1',
    'VALIDATION_FAILED teamIds.0',
    'NOT_FOUND teamIds.1',
  ]);
  const empty = await writing.write('assignGuidanceGroup', { teamIds: [] }, {});
  expect(empty['errors']).toEqual([
    'VALIDATION_FAILED name',
    'VALIDATION_FAILED institutionId',
    'VALIDATION_FAILED contractOffice',
    'VALIDATION_FAILED principle',
    'VALIDATION_FAILED assignedTownCodes',
    'NOT_FOUND institutionId',
    'VALIDATION_FAILED departmentIds',
    'VALIDATION_FAILED specialistIds',
    'VALIDATION_FAILED contractOffice',
  ]);
  expect((await writing.write('assignGuidanceGroup', group, stranger))['errors']).toEqual(['FORBIDDEN institutionId']);
  const moved = { id: 'gg_ONE', institutionId: 'in_TOWN' };
  expect((await writing.write('assignGuidanceGroup', moved))['errors']).toContain('VALIDATION_FAILED institutionId');
});

test('a hospital guides towns and teams of its own county, at most 50, each named once', async () => {
  const { database } = writing;
  await database.sql`insert into institution_projections (id, class, tier, level, region_code, status, seq)
    values ('in_FAR', 'C210', 'TOWNSHIP', 'L1', '320382100', 'ACTIVE', 0)`;
  const errors = async (change: object, asking: object = leadHospital) =>
    (await writing.write('assignGuidanceGroup', { ...group, teamIds: [], ...change }, asking))['errors'];
  expect(await errors({ assignedTownCodes: ['320322104', '320382100'] })).toEqual(['FORBIDDEN assignedTownCodes.1']);
  const many = Array.from({ length: 51 }, (_, index) => `320322${100 + index}`);
  expect(await errors({ assignedTownCodes: many })).toEqual(['VALIDATION_FAILED assignedTownCodes']);
  const twice = ['320322104', '320322104'];
  expect(await errors({ assignedTownCodes: twice })).toEqual(['VALIDATION_FAILED assignedTownCodes']);
  const both = { caller: { role: 'HEALTH_COMMISSION', kind: 'PERSON', regionCodes: ['3203'] } };
  expect(await errors({ assignedTownCodes: ['320322104', '320382100'] }, both)).toEqual([]);
});

test('a team of another county is put behind a group only by who governs that county, though the group guides its town', async () => {
  const { db } = writing.database;
  const [team] = await db.select().from(familyDoctorTeams).where(eq(familyDoctorTeams.id, 'tm_ONE'));
  if (team === undefined) throw new Error('the sample has no team');
  await db.insert(familyDoctorTeams).values({ ...team, id: 'tm_FAR', regionCode: '320382100', guidanceGroupId: null });
  const guiding = { assignedTownCodes: ['320322104', '320382100'] };
  await db.update(technicalGuidanceGroups).set(guiding).where(eq(technicalGuidanceGroups.id, 'gg_ONE'));
  const assign = async (asking: object) => {
    const input = { id: 'gg_ONE', teamIds: ['tm_TWO', 'tm_FAR'], specialistIds: group.specialistIds };
    return (await writing.write('assignGuidanceGroup', { ...input, departmentIds: group.departmentIds }, asking))[
      'errors'
    ];
  };
  const commissionOf = (...regionCodes: string[]) => ({
    caller: { role: 'HEALTH_COMMISSION', kind: 'PERSON', regionCodes },
  });
  expect(await assign(leadHospital)).toEqual(['FORBIDDEN teamIds.1']);
  expect(await assign(commissionOf('320322'))).toEqual(['FORBIDDEN teamIds.1']);
  expect(await writing.changesOf('tm_FAR')).toEqual([]);
  expect(await assign(commissionOf('320322', '320382'))).toEqual([]);
});

test('lists that are longer than anybody needs are refused before anything is read', async () => {
  const many = Array.from({ length: 201 }, (_, index) => `tm_${index}`);
  const members = many.map((practitionerId) => ({ practitionerId, duty: 'NURSE', from }));
  const hours = many.map(() => ({ weekday: 1, start: '08:00', end: '09:00' }));
  const practice = { practitionerId: 'pr_NONE', institutionId: 'in_NONE', kind: 'PRIMARY', validFrom: from, hours };
  const refused = async (name: string, input: object) => (await writing.write(name, input, townHospital))['errors'];
  expect([
    await refused('createTeam', { ...form, members }),
    await refused('assignGuidanceGroup', { ...group, teamIds: many }),
    await refused('registerPractice', practice),
  ]).toEqual([['VALIDATION_FAILED members'], ['VALIDATION_FAILED teamIds'], ['VALIDATION_FAILED hours']]);
});

test('a team put behind a group is told with its members, and a group with how many offices it has', async () => {
  const member = { practitionerId: 'pr_GP2', duty: 'FAMILY_DOCTOR', from };
  const made = await writing.write(
    'createTeam',
    { ...form, members: [member], guidanceGroupId: null, coverageCodes: [] },
    { select: 'familyDoctorTeam { id }', ...townHospital },
  );
  const { id: teamId } = Object(made['familyDoctorTeam']);
  const guided = await writing.write(
    'assignGuidanceGroup',
    { ...group, teamIds: [teamId] },
    { select: 'technicalGuidanceGroup { id }', ...leadHospital },
  );
  const { id: groupId } = Object(guided['technicalGuidanceGroup']);
  const told = { institutionId: 'in_TOWN', regionCode: '320322104', leaderId: 'pr_GP2', capacity: 2000 };
  const members = [{ ...member, to: null }];
  expect(await writing.changesOf(teamId)).toEqual([
    ['CREATED', { ...told, guidanceGroupId: null, members, version: 1 }],
    ['UPDATED', { ...told, guidanceGroupId: groupId, members, version: 2 }],
  ]);
  const { institutionId, departmentIds, specialistIds, assignedTownCodes, principle } = group;
  expect(await writing.changesOf(groupId)).toEqual([
    [
      'CREATED',
      { institutionId, departmentIds, specialistIds, contractOffices: 1, assignedTownCodes, principle, version: 1 },
    ],
  ]);
});
