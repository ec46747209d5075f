import type { Db } from '@hutong/kit';
import { sampleResidents } from './sample-residents.ts';
import { chronicEnrollments, deviceMeasurements, dischargeFollowUps, followUps } from './tables/chronic.ts';
import { consents, accessEvents } from './tables/privacy.ts';
import {
  childRecords,
  elderlyAssessments,
  healthEducationActivities,
  healthExams,
  immunisations,
  infectiousReports,
  maternalRecords,
  mentalHealthRecords,
  tbRecords,
} from './tables/programme-records.ts';
import { familyDoctorQuestions } from './tables/question.ts';
import { healthRecords } from './tables/record.ts';

const at = '2024-05-06T09:00:00+08:00';
const wang = { residentId: sampleResidents.wang, no: 1 };
const place = { institutionId: 'in_TOWN' };

/** Health records, chronic management, programme records, consents of the sample. */
export async function insertSampleRecords(db: Db): Promise<void> {
  await db.insert(healthRecords).values({
    ...wang,
    openedOn: '2015-06-01',
    openedAtId: 'in_TOWN',
    responsibleDoctorId: 'pr_DOCTOR',
    lastUpdatedAt: '2024-11-05T10:00:00+08:00',
    completeness: '92.50',
    version: 1,
    updatedAt: '2024-12-30T08:00:00+08:00',
  });
  await insertChronic(db);
  await insertMotherAndChild(db);
  await insertRegisters(db);
  await insertConsents(db);
  await db.insert(familyDoctorQuestions).values({
    ...wang,
    contractNo: 2,
    teamId: 'tm_ONE',
    question: '血压药可以停吗？',
    askedAt: at,
    status: 'ANSWERED',
    answer: '请按时服药，下周复诊。',
    answeredById: 'pr_DOCTOR',
    answeredAt: '2024-05-08T10:00:00+08:00',
    remindedAt: '2024-05-08T09:10:00+08:00',
    updatedAt: '2024-05-08T10:00:00+08:00',
  });
}

async function insertChronic(db: Db): Promise<void> {
  const reading = { unit: 'mmHg', at, source: 'CLINIC' as const };
  await db.insert(chronicEnrollments).values({
    ...wang,
    disease: 'HTN',
    diagnosedOn: '2018-01-01',
    enrolledOn: '2018-02-01',
    managedById: 'in_TOWN',
    status: 'ACTIVE',
    plan: '低盐饮食',
    lastControl: 'CONTROLLED',
    standardisedThisYear: true,
    updatedAt: at,
  });
  const followUp = {
    residentId: sampleResidents.wang,
    kind: 'HTN' as const,
    enrollmentNo: 1,
    encounterNo: 3,
    referralNo: 1,
    mode: 'FACE' as const,
    byId: 'pr_DOCTOR',
    ...place,
    medicationAdherence: 'REGULAR' as const,
    classification: '1',
    referralAdvised: true,
    referralReason: 'CONTROL' as const,
  };
  const measured = (sbp: string, dbp: string) => [
    { kind: 'SBP' as const, value: sbp, ...reading },
    { kind: 'DBP' as const, value: dbp, ...reading },
  ];
  await db.insert(dischargeFollowUps).values([
    {
      residentId: wang.residentId,
      encounterNo: 1,
      institutionId: 'in_1',
      dischargedOn: '2024-03-01',
      dueBy: '2024-03-08',
    },
  ]);
  await db.insert(followUps).values([
    { ...followUp, no: 1, at, nextDue: '2024-08-04', measurements: measured('148', '88') },
    {
      ...followUp,
      no: 2,
      kind: 'DISCHARGE',
      dueBy: '2024-09-12',
      referralNo: 2,
      enrollmentNo: null,
      at: '2024-09-10T09:00:00+08:00',
      nextDue: '2024-12-09',
      measurements: measured('138', '86'),
    },
    { ...followUp, no: 3, referralNo: null, at: '2024-11-05T09:00:00+08:00', measurements: measured('139', '85') },
  ]);
  await db.insert(deviceMeasurements).values({
    ...wang,
    deviceId: 'BP-0001',
    at,
    measurement: { kind: 'SBP', value: '140', unit: 'mmHg', at, source: 'DEVICE' },
  });
}

async function insertMotherAndChild(db: Db): Promise<void> {
  await db.insert(maternalRecords).values({
    residentId: sampleResidents.li,
    no: 1,
    registeredOn: '2024-05-20',
    ...place,
    gravidity: 2,
    parity: 1,
    lmp: '2024-03-10',
    edd: '2024-12-15',
    riskColour: 'YELLOW',
    visits: [{ window: 'W12', at: '2024-05-20', weeks: 10, sbp: 118, dbp: 76, weight: '56.20', findings: '未见异常' }],
    delivery: { on: '2024-12-12', outcome: 'LIVE_BIRTH', mode: 'VAGINAL', institutionId: 'in_LEAD', liveBirths: 1 },
    deliveredOn: '2024-12-12',
    postpartum: [{ day: 7, at: '2024-12-19', findings: '恢复良好' }],
    status: 'POSTPARTUM',
    updatedAt: at,
  });
  await db.insert(childRecords).values({
    residentId: sampleResidents.zhang,
    no: 1,
    guardianId: sampleResidents.li,
    openedOn: '2023-01-18',
    ...place,
    birthWeight: '3.250',
    visits: [{ ageMonths: 18, at: '2024-07-16', findings: '发育正常' }],
    growth: [{ ageMonths: 18, at: '2024-07-16', weight: '11.20', height: '82.5' }],
    kindergarten: '幸福幼儿园',
    maternalRecordId: 'mr_0000000000K1_1',
    updatedAt: at,
  });
  await db.insert(immunisations).values({
    residentId: sampleResidents.zhang,
    no: 1,
    vaccine: 'MMR',
    dose: 2,
    dueOn: '2024-07-15',
    givenAt: '2024-07-16T10:00:00+08:00',
    ...place,
    lotNo: 'M2024',
    adverseReaction: '低热',
    contraindication: 'ACUTE_ILLNESS',
    updatedAt: at,
  });
}

async function insertRegisters(db: Db): Promise<void> {
  const visit = { at: '2024-03-01', mode: 'HOME' as const, riskLevel: 1, findings: '病情稳定' };
  await db.insert(healthExams).values({
    ...wang,
    kind: 'ELDERLY',
    at,
    ...place,
    results: [{ item: '空腹血糖', value: '6.1', unit: 'mmol/L', abnormal: false }],
    abnormal: ['血脂偏高'],
    advice: '清淡饮食',
  });
  await db.insert(elderlyAssessments).values({
    ...wang,
    at,
    ...place,
    selfCareScore: 2,
    cognition: 'NEGATIVE',
    emotion: 'NEGATIVE',
    tcmConstitution: 'BALANCED',
    lifestyleAssessed: true,
    examined: true,
    testsDone: true,
    guidanceGiven: true,
  });
  await db.insert(mentalHealthRecords).values({
    ...wang,
    diagnosis: 'F20',
    registeredOn: '2020-01-01',
    ...place,
    riskLevel: 1,
    visits: [visit],
    updatedAt: at,
  });
  await db.insert(tbRecords).values({
    ...wang,
    diagnosis: 'A15.0',
    notifiedOn: '2024-01-10',
    ...place,
    treatmentFrom: '2024-01-12',
    treatmentTo: '2024-07-12',
    outcome: 'ON_TREATMENT',
    visits: [visit],
    updatedAt: at,
  });
  await db.insert(infectiousReports).values({
    ...wang,
    disease: 'A15.0',
    diseaseClass: 'B',
    caseKind: 'CONFIRMED',
    onsetOn: '2024-01-02',
    diagnosedAt: '2024-01-09T10:00:00+08:00',
    reportedAt: '2024-01-09T16:00:00+08:00',
    ...place,
    timely: true,
  });
  await db.insert(healthEducationActivities).values({
    id: 'ed_ONE',
    kind: 'EDUCATION',
    channel: 'BOARD',
    level: 'VILLAGE',
    at,
    audience: 60,
    topic: '高血压防治',
    ...place,
    regionCode: '320322100200',
  });
}

async function insertConsents(db: Db): Promise<void> {
  await db.insert(consents).values({
    ...wang,
    purpose: 'RESEARCH',
    recipient: '示例研究所',
    dataClasses: ['Q', 'H'],
    from: '2024-01-01',
    to: '2024-12-31',
    withdrawnAt: '2024-06-01T08:00:00+08:00',
    method: 'APP',
  });
  await db.insert(accessEvents).values({
    ...wang,
    at,
    actorId: 'pr_DOCTOR',
    role: 'FAMILY_DOCTOR',
    purpose: 'CONTRACT_SERVICE',
    fields: ['Resident.name'],
    decision: 'PERMIT',
    breakGlass: false,
    reason: '随访',
    requestId: 'request-0',
    hashPrev: '0'.repeat(64),
  });
}
