import { sealed, type Db } from '@hutong/kit';
import { sampleKeys } from './sample-caller.ts';
import { sampleResidents } from './sample-residents.ts';
import {
  evaluations,
  evaluationScales,
  evaluationWeights,
  indicatorDefinitions,
  indicatorTargets,
  satisfactionResponses,
  satisfactionSurveys,
} from './tables/evaluation.ts';
import { fundAllocationRows, fundAllocations, gradeFactors } from './tables/fund.ts';
import { notices, programmeCases, programmeReviews, programmes, programmeTasks } from './tables/governance.ts';
import { complaints, inspections } from './tables/oversight.ts';
import { allianceMembers, indicatorSnapshots, regionPopulations, regionTargetGroups } from './tables/indicator.ts';

const at = '2024-05-06T09:00:00+08:00';

/** Satisfaction, evaluation, funds, programmes, notices and figures of the sample. */
export async function insertSampleEvaluations(db: Db): Promise<void> {
  await insertSatisfaction(db);
  await insertEvaluation(db);
  await insertFunds(db);
  await insertProgrammes(db);
  await insertFigures(db);
}

async function insertSatisfaction(db: Db): Promise<void> {
  const survey = { respondentKind: 'RESIDENT' as const, period: '2024-Q2', questions: ['服务态度', '履约情况'] };
  await db.insert(satisfactionSurveys).values([
    { id: 'ss_TEAM', subjectType: 'TEAM', subjectId: 'tm_ONE', ...survey },
    { id: 'ss_CONTRACT', subjectType: 'CONTRACT', subjectId: 'ct_0000000000WA_2', ...survey },
  ]);
  const response = {
    surveyId: 'ss_TEAM',
    respondentKind: 'RESIDENT' as const,
    respondent: 'p_7Q2K',
    at,
    practitionerId: 'pr_DOCTOR',
    teamId: 'tm_ONE',
    institutionId: 'in_TOWN',
    comment: '满意',
  };
  await db.insert(satisfactionResponses).values([
    { ...response, id: 'sn_1', answers: [5, 4], score: '90.00' },
    { ...response, id: 'sn_2', respondent: 'p_8Q32', answers: [4, 3], score: '70.00' },
    {
      ...response,
      id: 'sn_3',
      respondent: 'p_8Q33',
      answers: [5, 5],
      score: '100.00',
      at: '2022-05-06T09:00:00+08:00',
    },
  ]);
  await db.insert(complaints).values({
    id: 'cp_ONE',
    subjectType: 'CONTRACT',
    subjectId: 'ct_0000000000WA_2',
    institutionId: 'in_TOWN',
    regionCode: '320322100',
    category: 'CONTRACT',
    text: sealed(sampleKeys, '未按时上门'),
    filedAt: at,
    filedById: sampleResidents.wang,
    anonymous: false,
    status: 'RESOLVED',
    dueAt: '2024-05-21T09:00:00+08:00',
    resolvedAt: '2024-05-10T09:00:00+08:00',
    result: '已补履约',
    updatedAt: at,
  });
}

async function insertEvaluation(db: Db): Promise<void> {
  const made = { value: '58', numerator: '580', denominator: '1000', source: 'SNAPSHOT' as const };
  const indicator = { code: 'C-07', ...made, floor: '40', target: '65', score: '72.00', weight: '1' };
  const dimension = { code: 'CAPABILITY' as const, weight: '0.40', score: '72.00', indicators: [indicator] };
  const evaluation = {
    regionCode: '320322',
    status: 'PUBLISHED' as const,
    evaluatedAt: '2025-01-05T09:00:00+08:00',
    dimensions: [dimension],
    total: '76.26',
    uncheckedTotal: '80.00',
    truthRate: '95.33',
    grade: 'C' as const,
    rank: 1,
    gaps: ['P-06'],
    recommendations: ['strengthen chronic team'],
  };
  await db.insert(evaluations).values([
    { id: 'ev_TOWN', subjectType: 'INSTITUTION', subjectId: 'in_TOWN', period: '2024', kind: 'ROUTINE', ...evaluation },
    { id: 'ev_AL23', subjectType: 'ALLIANCE', subjectId: 'al_ONE', period: '2023', kind: 'ALLIANCE', ...evaluation },
    {
      id: 'ev_AL24',
      subjectType: 'ALLIANCE',
      subjectId: 'al_ONE',
      period: '2024',
      kind: 'ALLIANCE',
      ...evaluation,
      total: '91.20',
      grade: 'A',
    },
  ]);
  await db.insert(indicatorDefinitions).values([
    {
      code: 'C-07',
      position: 1,
      chapter: 'COUNTY_COMMUNITY',
      core: true,
      nameZh: '基层就诊率',
      nameEn: 'Primary-care share of visits in the county',
      numerator: 'visits at primary institutions',
      denominator: 'visits at all institutions of the county',
      unit: '%',
      direction: 'HIGHER',
      target: '≥ 65',
      source: 'S1-8, N24-3.1',
      subgraphs: ['institutions'],
      dimensions: ['REGION', 'ALLIANCE'],
      periodTypes: ['MONTH', 'QUARTER', 'YEAR'],
    },
    {
      code: 'F-03',
      position: 2,
      chapter: 'CONTRACT',
      core: false,
      nameZh: '续约率',
      nameEn: 'Renewal rate',
      numerator: 'renewed',
      denominator: 'contracts ended',
      unit: '%',
      direction: 'HIGHER',
      source: 'pd',
      subgraphs: ['public-health'],
      dimensions: ['REGION'],
      periodTypes: ['YEAR'],
    },
  ]);
  await db.insert(indicatorTargets).values({
    id: 'it_ONE',
    indicatorCode: 'C-07',
    subjectType: 'REGION',
    subjectId: '320322',
    operator: 'GE',
    value: '65',
    source: 'S1-8',
    floor: '40',
    weight: '1',
    dimension: 'CAPABILITY',
    year: 2030,
    updatedAt: at,
  });
}

async function insertFunds(db: Db): Promise<void> {
  await db.insert(fundAllocations).values({
    id: 'fa_ONE',
    source: 'BPH_INCREMENT',
    regionCode: '320322',
    year: 2024,
    pool: '300000.00',
    basisEvaluationId: 'ev_TOWN',
    approvedBy: 'FINANCE',
    approvedOn: '2024-11-20',
    paidOn: '2024-12-01',
    status: 'PAID',
    updatedAt: at,
  });
  await db.insert(fundAllocationRows).values({
    allocationId: 'fa_ONE',
    no: 1,
    year: 2024,
    institutionId: 'in_TOWN',
    teamId: 'tm_ONE',
    regionCode: '320322',
    base: '9000',
    weight: '7452',
    factor: '1.0000',
    amount: '139812.38',
    evaluationId: 'ev_TOWN',
    confirmedOn: '2024-12-05',
  });
  const factors = { A: '1.10', B: '1.00', C: '0.90', D: '0.80', E: '0.70' } as const;
  const grades = ['A', 'B', 'C', 'D', 'E'] as const;
  await db.insert(gradeFactors).values(grades.map((grade) => ({ grade, year: 2024, factor: factors[grade] })));
  await db.insert(inspections).values({
    id: 'is_ONE',
    scope: 'CONTRACT',
    regionCode: '320322100',
    institutionId: 'in_TOWN',
    teamId: 'tm_ONE',
    period: '2024-Q3',
    drawSeed: '2024-10-08',
    at,
    teamSize: 3,
    unannounced: true,
    visitedHouseholds: 20,
    samples: 40,
    truthful: 35,
    findings: '5 条记录无凭证',
    advice: '限期整改',
    status: 'CLOSED',
    rectifyBy: '2024-11-30',
    rectification: '已补齐凭证',
    rectifiedOn: '2024-11-20',
    followUp: '整改到位',
    followedUpOn: '2024-12-02',
    updatedAt: at,
  });
}

async function insertProgrammes(db: Db): Promise<void> {
  const programmeId = 'wp_ONE';
  await db.insert(programmes).values({
    id: programmeId,
    title: '医疗资源整合工作方案',
    regionCode: '320322',
    description: '整合县域医疗资源',
    pilotLevel: 'COUNTY',
    phase: 'ADVANCE',
    phases: [{ phase: 'PREPARATION', from: '2024-01-01', to: '2024-03-31' }],
    documents: [{ title: '实施意见', no: '沛政发〔2024〕1号', issuedOn: '2024-01-15' }],
    workingGroup: ['HEALTH', 'FINANCE', 'NHSA'],
    updatedAt: at,
  });
  await db
    .insert(programmeTasks)
    .values({ id: 'pt_ONE', programmeId, department: 'NHSA', goal: '差异化支付', due: '2024-12-31', status: 'DONE' });
  await db.insert(programmeCases).values({
    id: 'pc_ONE',
    programmeId,
    title: '号源下沉',
    regionCode: '320322',
    summary: '三成号源下沉到乡镇',
    publishedOn: '2024-10-01',
  });
  await db.insert(programmeReviews).values({
    id: 'pv_ONE',
    programmeId,
    kind: 'LEGAL',
    department: 'NHSA',
    opinion: '同意',
    accepted: true,
    on: '2024-02-01',
  });
  const notice = { kind: 'FOLLOW_UP_DUE' as const, text: '请于三日内随访', sentAt: at, readAt: at };
  await db.insert(notices).values([{ residentId: sampleResidents.wang, no: 1, ...notice }]);
}

async function insertFigures(db: Db): Promise<void> {
  await db.insert(allianceMembers).values({ allianceId: 'al_ONE', institutionId: 'in_TOWN' });
  await db.insert(regionPopulations).values([
    { regionCode: '320322', year: 2020, sex: 'MALE', age: 30, residents: 500 },
    { regionCode: '320322', year: 2020, sex: 'MALE', age: 70, residents: 90 },
    { regionCode: '320322', year: 2020, sex: 'FEMALE', age: 70, residents: 110 },
  ]);
  await db
    .insert(regionTargetGroups)
    .values({ regionCode: '320322', year: 2024, group: 'ELDERLY', residents: 200, contracts: 150 });
  const counts = {
    residentPopulation: 20_000,
    populationBands: [{ ageFrom: 65, ageTo: 74, sex: 'FEMALE' as const, residents: 900 }],
    htnManaged: 800,
    htnStandardised: 560,
    htnControlled: 496,
    dmManaged: 300,
    dmStandardised: 210,
    dmControlled: 156,
    elderly: 3000,
    elderlyManaged: 2160,
    satisfactionResponses: 50,
    satisfactionScore: '88.00',
    complaintsDue: 10,
    complaintsResolved: 9,
  };
  const year = { periodType: 'YEAR' as const, period: '2024', ...counts };
  await db.insert(indicatorSnapshots).values([
    { subjectType: 'ALLIANCE', subjectId: 'al_ONE', ...year },
    { subjectType: 'REGION', subjectId: '320322', ...year },
  ]);
  await db.insert(evaluationWeights).values([
    { dimension: 'CAPABILITY', year: 2024, weight: '0.40' },
    { dimension: 'HEALTH', year: 2024, weight: '0.35' },
    { dimension: 'SATISFACTION', year: 2024, weight: '0.25' },
  ]);
  await db
    .insert(evaluationWeights)
    .values({ scheme: 'CONTRACT_SERVICE', dimension: 'SATISFACTION', year: 2024, weight: '1' });
  const scale = { year: 2024 };
  await db.insert(evaluationScales).values([
    { ...scale, dimension: 'CAPABILITY', code: 'CAPABILITY', floor: '0', target: '100', weight: '0.5' },
    { ...scale, dimension: 'CAPABILITY', code: 'C-04', floor: '0', target: '2', weight: '0.3' },
    { ...scale, dimension: 'CAPABILITY', code: 'I-08', floor: '1500', target: '500', weight: '0.2' },
    { ...scale, dimension: 'HEALTH', code: 'P-05', floor: '50', target: '90', weight: '0.5' },
    { ...scale, dimension: 'HEALTH', code: 'P-06', floor: '30', target: '70', weight: '0.5' },
    { ...scale, dimension: 'SATISFACTION', code: 'F-06', floor: '60', target: '95', weight: '0.7' },
    { ...scale, dimension: 'SATISFACTION', code: 'S-05', floor: '50', target: '100', weight: '0.3' },
    {
      ...scale,
      scheme: 'CONTRACT_SERVICE',
      dimension: 'SATISFACTION',
      code: 'F-06',
      floor: '0',
      target: '100',
      weight: '1',
    },
  ]);
}
