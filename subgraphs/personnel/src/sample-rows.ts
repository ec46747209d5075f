import { createKeyRing, type Database, generateDataKeys, parseDataKeys, sealed } from '@hutong/kit';
import {
  headcountAllocations,
  headcountPools,
  institutionPosts,
  recruitments,
  regionDensities,
  staffingStandards,
  workforceGaps,
} from './tables/headcount.ts';
import { indicatorSnapshots } from './tables/indicator.ts';
import { allowances, awards, incomeItems, performanceRecords, titleReviews } from './tables/performance.ts';
import { posts, practiceRegistrations, practitioners, type PractitionerRow } from './tables/practitioner.ts';
import { institutionProjections, membershipProjections } from './tables/projection.ts';
import { secondments, secondmentTargets } from './tables/secondment.ts';
import { orientedStudents, talentDispatches, talentPoolEntries } from './tables/talent.ts';
import { familyDoctorTeams, teamMemberships, technicalGuidanceGroups } from './tables/team.ts';
import { furtherStudies, mentorships, trainingCourses, trainingRecords } from './tables/training.ts';

type Db = Database['db'];

/** Keys of the sample's encrypted columns. */
export const sampleKeys = createKeyRing(parseDataKeys(generateDataKeys()));

const updatedAt = '2024-12-31T08:00:00+08:00';

/** A few rows of everything: a lead hospital, a township hospital, two clinics, their people. */
export async function insertSampleRows(db: Db): Promise<void> {
  await insertPlaces(db);
  await insertPeople(db);
  await insertTeams(db);
  await insertHeadcount(db);
  await insertSecondments(db);
  await insertTalent(db);
  await insertTraining(db);
  await insertPerformance(db);
  await db.insert(indicatorSnapshots).values({
    subjectType: 'REGION',
    subjectId: '320322',
    periodType: 'YEAR',
    period: '2024',
    practitioners: 4,
    gp: 1,
    nurses: 0,
    villageDoctors: 2,
    midUpPhysicians: 1,
    secondedLong: 1,
    secondedAny: 2,
    pooledPosts: 1,
    vacancies: 3,
    leavers: 0,
    creditsMet: 2,
    itStaff: 0,
    avgIncome: '9876.50',
  });
}

/** A city hospital, a lead hospital, its township hospitals and their clinics, and one that is closed. */
async function insertPlaces(db: Db): Promise<void> {
  const place = { level: 'L9', status: 'ACTIVE', parentId: null, seq: 0 };
  const township = { ...place, tier: 'TOWNSHIP', class: 'C220', level: 'L1' };
  const clinic = { ...place, tier: 'VILLAGE', class: 'D600', parentId: 'in_TOWN' };
  await db.insert(institutionProjections).values([
    { ...place, id: 'in_CITY', tier: 'CITY', class: 'A100', level: 'L3', regionCode: '320300' },
    { ...place, id: 'in_LEAD', tier: 'COUNTY', class: 'A100', level: 'L2', regionCode: '320322100' },
    { ...township, id: 'in_TOWN', regionCode: '320322104' },
    { ...township, id: 'in_TOWN2', regionCode: '320322105' },
    { ...township, id: 'in_SHUT', regionCode: '320322106', status: 'CLOSED' },
    { ...clinic, id: 'in_CLINIC', regionCode: '320322104201' },
    { ...clinic, id: 'in_CLINIC2', regionCode: '320322104202' },
  ]);
  const member = { allianceId: 'al_ONE', joinedOn: '2020-01-01', isLead: false, seq: 0 };
  await db.insert(membershipProjections).values([
    { ...member, institutionId: 'in_LEAD', isLead: true },
    { ...member, institutionId: 'in_TOWN' },
    { ...member, institutionId: 'in_SHUT' },
    { ...member, institutionId: 'in_CLINIC' },
    { ...member, institutionId: 'in_CLINIC2' },
    { ...member, institutionId: 'in_TOWN2', leftOn: '2022-12-31' },
    { ...member, allianceId: 'al_CITY', institutionId: 'in_CITY', isLead: true },
    { ...member, allianceId: 'al_CITY', institutionId: 'in_LEAD' },
  ]);
}

/** A physician of the township hospital, but for what is said. */
export function samplePerson(change: Partial<PractitionerRow> & Pick<PractitionerRow, 'id' | 'name'>): PractitionerRow {
  return {
    physicianCode: null,
    sex: 'MALE',
    birthDate: '1980-05-17',
    idNumber: null,
    idNumberHash: null,
    category: 'PHYSICIAN',
    licenceNo: '110320322000001',
    licenceKind: '1',
    licenceScope: 'GP',
    licenceFirstRegisteredOn: '2005-08-01',
    licenceStatus: 'VALID',
    licenceAssessedUntil: '2025-12-31',
    specialty: 'GP',
    title: '233',
    titleLevel: 'MID',
    education: '20',
    primaryInstitutionId: 'in_TOWN',
    regionCode: '320322104',
    townshipHospitalId: null,
    employmentKind: 'ESTABLISHED',
    employmentHiredById: 'in_TOWN',
    employmentUsedAtId: 'in_TOWN',
    employmentFrom: '2005-08-01',
    employmentTo: null,
    primaryCareYears: '19.4',
    status: 'ACTIVE',
    version: 1,
    updatedAt,
    ...change,
  };
}

function villageDoctor(id: string, name: string, clinic: string): PractitionerRow {
  return samplePerson({
    id,
    name,
    category: 'VILLAGE_DOCTOR',
    licenceNo: null,
    specialty: null,
    title: null,
    titleLevel: 'NONE',
    primaryInstitutionId: clinic,
    regionCode: '320322104201',
    townshipHospitalId: 'in_TOWN',
    employmentKind: 'VILLAGE',
    employmentUsedAtId: clinic,
    primaryCareYears: '12.0',
  });
}

async function insertPeople(db: Db): Promise<void> {
  await db.insert(practitioners).values([
    {
      ...samplePerson({ id: 'pr_GP', name: '张建国', physicianCode: 'D320322000001' }),
      idNumber: sealed(sampleKeys, '990322198005170011'),
      idNumberHash: sampleKeys.keyedHash('990322198005170011'),
    },
    samplePerson({
      id: 'pr_SEC',
      name: '李秀英',
      sex: 'FEMALE',
      specialty: 'INTERNAL',
      licenceScope: 'INTERNAL',
      primaryInstitutionId: 'in_LEAD',
      regionCode: '320322100',
      employmentKind: 'POOL',
      employmentHiredById: 'in_LEAD',
      primaryCareYears: '1.8',
    }),
    villageDoctor('pr_VA', '王村医', 'in_CLINIC'),
    villageDoctor('pr_VB', '赵村医', 'in_CLINIC2'),
  ]);
  await db.insert(practiceRegistrations).values([
    {
      id: 'pg_ONE',
      practitionerId: 'pr_GP',
      institutionId: 'in_TOWN',
      kind: 'PRIMARY',
      validFrom: '2005-08-01',
      validTo: '2030-12-31',
      daysPerWeek: '5.0',
      hours: [{ weekday: 1, start: '08:00', end: '12:00' }],
      status: 'ACTIVE',
      updatedAt,
    },
    {
      id: 'pg_TWO',
      practitionerId: 'pr_GP',
      institutionId: 'in_CLINIC',
      kind: 'FILING',
      validFrom: '2023-01-01',
      daysPerWeek: '1.0',
      status: 'ACTIVE',
      updatedAt,
    },
  ]);
  await db.insert(posts).values([
    {
      id: 'po_ONE',
      practitionerId: 'pr_GP',
      institutionId: 'in_TOWN',
      role: 'CLINICAL',
      departmentId: 'de_TOWN02',
      fte: '0.70',
    },
    { id: 'po_TWO', practitionerId: 'pr_GP', institutionId: 'in_TOWN', role: 'PUBLIC_HEALTH', fte: '0.30' },
  ]);
}

async function insertTeams(db: Db): Promise<void> {
  await db.insert(technicalGuidanceGroups).values({
    id: 'gg_ONE',
    name: '第一技术指导小组',
    institutionId: 'in_LEAD',
    regionCode: '320322100',
    departmentIds: ['de_LEAD03', 'de_LEAD04', 'de_LEAD05'],
    specialistIds: ['pr_SEC', 'pr_GP'],
    contractOffice: '家庭医生签约服务办公室',
    assignedTownCodes: ['320322104', '320322105'],
    principle: 'PAIRED_AID',
    updatedAt,
  });
  await db.insert(familyDoctorTeams).values([
    {
      id: 'tm_ONE',
      name: '龙固一队',
      institutionId: 'in_TOWN',
      regionCode: '320322104',
      leaderId: 'pr_GP',
      guidanceGroupId: 'gg_ONE',
      coverageCodes: ['320322104201', '320322104202'],
      capacity: 2000,
      updatedAt,
    },
    {
      id: 'tm_TWO',
      name: '龙固二队',
      institutionId: 'in_TOWN',
      regionCode: '320322104',
      leaderId: 'pr_GP',
      coverageCodes: [],
      capacity: 1500,
      updatedAt,
    },
  ]);
  await db.insert(teamMemberships).values([
    { teamId: 'tm_ONE', no: 1, practitionerId: 'pr_GP', duty: 'FAMILY_DOCTOR', from: '2022-01-01' },
    { teamId: 'tm_ONE', no: 2, practitionerId: 'pr_VA', duty: 'VILLAGE_DOCTOR', from: '2022-01-01' },
    { teamId: 'tm_ONE', no: 3, practitionerId: 'pr_VB', duty: 'VILLAGE_DOCTOR', from: '2022-01-01', to: '2023-06-30' },
  ]);
}

async function insertHeadcount(db: Db): Promise<void> {
  await db.insert(headcountPools).values([
    { id: 'hp_2023', allianceId: 'al_ONE', year: 2023, approved: 100, updatedAt },
    { id: 'hp_2024', allianceId: 'al_ONE', regionCode: '320322', year: 2024, approved: 120, updatedAt },
  ]);
  const use = {
    poolId: 'hp_2024',
    mode: 'COUNTY_HIRED_TOWNSHIP_USED',
    hiredById: 'in_LEAD',
    usedAtId: 'in_TOWN',
    from: '2023-03-01',
    updatedAt,
  } as const;
  await db.insert(headcountAllocations).values([
    { ...use, id: 'ha_ONE', practitionerId: 'pr_SEC', to: '2026-02-28', status: 'ACTIVE' },
    { ...use, id: 'ha_TWO', practitionerId: 'pr_GP', to: '2024-05-31', status: 'RELEASED' },
  ]);
  await db.insert(institutionPosts).values([{ institutionId: 'in_TOWN', regionCode: '320322104', approved: 5 }]);
  await db.insert(staffingStandards).values([
    { level: 'L1', midTitleShare: '0.300' },
    { level: 'L2', midTitleShare: '0.450' },
  ]);
  await db.insert(workforceGaps).values([
    {
      institutionId: 'in_TOWN',
      specialty: 'GP',
      regionCode: '320322104',
      standard: 4,
      actual: 1,
      gap: 3,
      multiPostCount: 1,
      vacancyRate: '75.00',
    },
    {
      institutionId: 'in_LEAD',
      specialty: 'ICU',
      regionCode: '320322100',
      standard: 6,
      actual: 6,
      gap: 0,
      multiPostCount: 0,
      vacancyRate: '0.00',
    },
  ]);
  await db.insert(recruitments).values({
    id: 'ru_ONE',
    institutionId: 'in_TOWN',
    regionCode: '320322104',
    specialty: 'GP',
    posts: 3,
    filled: 1,
    mode: 'OPEN_EXAM',
    openFrom: '2024-10-01',
    openTo: '2025-03-31',
    updatedAt,
  });
  await db
    .insert(regionDensities)
    .values([{ regionCode: '320322', year: 2024, practitioners: 7268, censusPopulation: 1_038_337 }]);
}

async function insertSecondments(db: Db): Promise<void> {
  const secondment = {
    practitionerId: 'pr_SEC',
    kind: 'LEAD_TO_MEMBER',
    fromId: 'in_LEAD',
    toId: 'in_TOWN',
    regionCode: '320322104',
    allianceId: 'al_ONE',
    daysPerWeek: '5.0',
    purpose: 'TECHNICAL',
    objectives: ['开展胃镜检查'],
    outcomes: [{ technique: '胃镜检查', peopleTrained: 3 }],
    titleLevelAtStart: 'MID',
    updatedAt,
  } as const;
  await db.insert(secondments).values([
    {
      ...secondment,
      objectives: [...secondment.objectives],
      id: 'sd_LONG',
      startOn: '2023-03-01',
      plannedEndOn: '2024-08-31',
      actualEndOn: '2024-08-31',
      fullTime: true,
      compliant: true,
      overSixMonths: true,
    },
    {
      ...secondment,
      objectives: [],
      id: 'sd_SHORT',
      startOn: '2024-10-01',
      plannedEndOn: '2024-12-31',
      actualEndOn: null,
      fullTime: false,
      compliant: false,
      overSixMonths: false,
    },
  ]);
  await db
    .insert(secondmentTargets)
    .values({ regionCode: '320322', kind: 'LEAD_TO_MEMBER', year: 2024, target: 1, strict: true });
}

async function insertTalent(db: Db): Promise<void> {
  await db.insert(talentPoolEntries).values([
    {
      practitionerId: 'pr_SEC',
      regionCode: '320322100',
      skills: ['INTERNAL', 'EMERGENCY'],
      availableDays: 4,
      radiusKm: 50,
      willing: true,
    },
    {
      practitionerId: 'pr_GP',
      regionCode: '320322104',
      skills: ['GP'],
      availableDays: 2,
      radiusKm: 20,
      willing: false,
    },
  ]);
  await db.insert(talentDispatches).values({
    id: 'td_ONE',
    requesterId: 'in_TOWN',
    skill: 'INTERNAL',
    need: '每周一次内科专家门诊',
    from: '2024-11-01',
    to: '2024-12-31',
    assignedId: 'pr_SEC',
    days: 2,
    status: 'ASSIGNED',
    updatedAt,
  });
  await db.insert(orientedStudents).values([
    {
      id: 'os_ONE',
      name: '陈同学',
      school: '徐州医科大学',
      major: '临床医学',
      enrolledOn: '2019-09-01',
      graduatesOn: '2024-06-30',
      servicePlaceCode: '320322104',
      serviceYears: 6,
      serviceFrom: '2024-08-01',
      serviceEndsOn: '2030-07-31',
      status: 'BREACHED',
      breach: '未到岗',
      updatedAt,
    },
    {
      id: 'os_TWO',
      name: '孙同学',
      school: '徐州医科大学',
      major: '中医学',
      enrolledOn: '2022-09-01',
      servicePlaceCode: '320322105',
      serviceYears: 6,
      status: 'STUDYING',
      updatedAt,
    },
  ]);
}

async function insertTraining(db: Db): Promise<void> {
  const course = {
    hostId: 'in_LEAD',
    free: true,
    targetCategories: ['PHYSICIAN' as const, 'VILLAGE_DOCTOR' as const],
    openFrom: '2024-01-15',
    openTo: '2024-12-15',
  };
  await db.insert(trainingCourses).values([
    {
      ...course,
      id: 'tc_ONE',
      title: '慢病管理',
      topic: 'CHRONIC',
      mode: 'OFFLINE',
      credits: '12.0',
      creditClass: 'I',
      hours: '40.0',
    },
    {
      ...course,
      id: 'tc_TWO',
      title: '中医适宜技术',
      topic: 'TCM',
      mode: 'ONLINE_MOOC',
      credits: '20.0',
      creditClass: 'II',
      hours: '32.0',
    },
  ]);
  const done = { completedOn: '2024-05-20', score: '88.50', passed: true, updatedAt };
  await db.insert(trainingRecords).values([
    { ...done, id: 'tr_ONE', practitionerId: 'pr_GP', courseId: 'tc_ONE', creditsEarned: '12.0' },
    {
      ...done,
      id: 'tr_TWO',
      practitionerId: 'pr_GP',
      courseId: 'tc_TWO',
      creditsEarned: '20.0',
      completedOn: '2024-06-01',
    },
    { ...done, id: 'tr_THREE', practitionerId: 'pr_VA', courseId: 'tc_TWO', creditsEarned: '20.0' },
    {
      ...done,
      id: 'tr_FAILED',
      practitionerId: 'pr_VA',
      courseId: 'tc_ONE',
      creditsEarned: '0.0',
      passed: false,
      score: '41.00',
    },
    {
      ...done,
      id: 'tr_OLD',
      practitionerId: 'pr_GP',
      courseId: 'tc_TWO',
      creditsEarned: '20.0',
      completedOn: '2023-06-01',
    },
  ]);
  await db.insert(mentorships).values({
    id: 'mn_ONE',
    mentorId: 'pr_SEC',
    apprenticeId: 'pr_GP',
    regionCode: '320322104',
    topic: 'ACUTE_CRITICAL',
    from: '2024-01-01',
    to: '2025-12-31',
    assessment: '良好',
    updatedAt,
  });
  await db.insert(furtherStudies).values({
    id: 'fs_ONE',
    practitionerId: 'pr_GP',
    regionCode: '320322104',
    atInstitutionId: 'in_CITY',
    specialty: 'EMERGENCY',
    from: '2023-03-01',
    to: '2023-08-31',
    result: '合格',
    updatedAt,
  });
}

async function insertPerformance(db: Db): Promise<void> {
  await db.insert(titleReviews).values([
    {
      id: 'tv_ONE',
      practitionerId: 'pr_GP',
      targetLevel: 'ASSOCIATE_SENIOR',
      year: 2024,
      serviceVolume: 4500,
      standardVolume: 5000,
      skill: '80.00',
      paperWaived: true,
      satisfactionUsed: '92.00',
      score: '88.60',
      result: 'PASSED',
      decidedOn: '2024-11-20',
      updatedAt,
    },
    {
      id: 'tv_OLD',
      practitionerId: 'pr_GP',
      targetLevel: 'MID',
      year: 2018,
      serviceVolume: 100,
      standardVolume: 5000,
      skill: '60.00',
      paperWaived: false,
      score: '50.00',
      result: 'FAILED',
      decidedOn: '2018-11-20',
      updatedAt,
    },
  ]);
  await db.insert(performanceRecords).values({
    id: 'pf_ONE',
    practitionerId: 'pr_GP',
    period: '2024',
    workload: '90.00',
    quality: '88.00',
    satisfaction: '92.00',
    score: '89.80',
    grade: 'B',
    amount: '28000.00',
  });
  const income = { practitionerId: 'pr_GP', countsTowardPerformancePay: false };
  await db.insert(incomeItems).values([
    { ...income, id: 'ic_OCT', period: '2024-10', source: 'BASIC', amount: '5200.00' },
    { ...income, id: 'ic_DEC', period: '2024-12', source: 'BASIC', amount: '5200.00' },
    { ...income, id: 'ic_INC', period: '2024-12', source: 'INCENTIVE_15', amount: '450.00' },
  ]);
  await db.insert(allowances).values({
    id: 'aw_ONE',
    practitionerId: 'pr_GP',
    kind: 'PRIMARY_CARE_YEARS',
    amount: '400.00',
    from: '2015-08-01',
    to: '2035-07-31',
    basis: '连续基层服务满10年',
  });
  await db.insert(awards).values({
    id: 'ad_ONE',
    practitionerId: 'pr_GP',
    kind: 'COUNTY',
    title: '优秀家庭医生',
    on: '2024-08-19',
    basis: '年度考核',
  });
}
