import { sealed, type Db } from '@hutong/kit';
import { sampleKeys } from './sample-caller.ts';
import { allianceMemberships, alliances } from './tables/alliance.ts';
import { appointments, appointmentSlots, slotReleasePolicies } from './tables/appointment.ts';
import {
  capabilityAssessments,
  capabilityItems,
  diseaseCatalogueItems,
  emergencyNodes,
  sharedCentres,
  specialtyCentres,
  specialtyPlans,
} from './tables/capability.ts';
import {
  drugCatalogue,
  drugItems,
  drugStocks,
  medicationAdvice,
  prescriptions,
  procurementBatches,
} from './tables/drug.ts';
import { encounters } from './tables/encounter.ts';
import { equipment, equipmentReservations } from './tables/equipment.ts';
import { indicatorSnapshots } from './tables/indicator.ts';
import { bedStats, departments, institutions, regions } from './tables/place.ts';
import {
  institutionLifecycleEvents,
  investmentProjects,
  layoutPlanItems,
  layoutPlans,
  outreachPoints,
  pairingAgreements,
  resourceAssessments,
  supervisionAlertCauses,
  supervisionAlerts,
  systemConnections,
} from './tables/planning.ts';
import { residentProjections } from './tables/projection.ts';
import { referralEpisodes, referralEvents, referrals } from './tables/referral.ts';
import {
  careDocuments,
  diagnosticReports,
  recognitionDecisions,
  recognitionItems,
  remoteConsultations,
} from './tables/report.ts';
import { waitingListEntries } from './tables/waiting.ts';

const at = '2024-05-06T09:00:00+08:00';
const later = '2024-05-06T10:30:00+08:00';
const row = { version: 1, updatedAt: '2024-12-31T23:59:59+08:00' };
const diagnosis = { rank: 1, icd10: 'I10', kind: 'MAIN' as const, tcmCode: 'A17.07' };

/** Residents of the sample: whose rows they are. */
export const sampleResidents = { wang: 'rs_0000000000WA', li: 'rs_0000000000K1' } as const;
/** Residents who are known: of every serial of two characters, and of three digits, for tests that need many. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('');
const knownSerials = [
  ...digits.flatMap((first) => digits.map((second) => first + second)),
  ...Array.from({ length: 900 }, (_, index) => String(100 + index)),
].map((serial) => `rs_${serial.padStart(12, '0')}`);
const owner = { residentId: sampleResidents.wang };

/** Puts at least one row into every table, with a value in every column that can have one: what tests read. */
export async function insertSampleRows(db: Db): Promise<void> {
  await insertPlaces(db);
  await insertResidents(db, knownSerials);
  await insertAlliances(db);
  await insertCapabilities(db);
  await insertDrugs(db);
  await insertPlanning(db);
  await insertCare(db);
  await insertCarePapers(db);
}

/** Residents whom public health has told of, at home in the village of the sample: for them mutations may be sent. */
export async function insertResidents(db: Db, ids: readonly string[]): Promise<void> {
  const home = { regionCode: '320322100001', status: 'ACTIVE', seq: 0 };
  await db.insert(residentProjections).values(ids.map((residentId) => ({ residentId, ...home })));
}

async function insertPlaces(db: Db): Promise<void> {
  const common = { nameEn: 'Place', urbanRural: '220', areaKm2: '12.50', ...row };
  await db.insert(regions).values([
    { code: '32', name: '江苏省', level: 'PROVINCE', parentCode: null, ...common },
    { code: '3203', name: '徐州市', level: 'CITY', parentCode: '32', ...common },
    { code: '320322', name: '沛县', level: 'COUNTY', parentCode: '3203', ...common },
    {
      code: '320322100',
      name: '龙固镇',
      level: 'TOWNSHIP',
      parentCode: '320322',
      specialTypes: ['CENTRAL_TOWN'],
      longitude: '116.930000',
      latitude: '34.740000',
      ...common,
    },
    { code: '320322101', name: '杨屯镇', level: 'TOWNSHIP', parentCode: '320322', ...common },
    { code: '320322100001', name: '甲村', level: 'VILLAGE', parentCode: '320322100', ...common },
    { code: '320322100002', name: '乙村', level: 'VILLAGE', parentCode: '320322100', ...common },
  ]);
  const place = {
    grade: 'A' as const,
    ownership: 'PUBLIC' as const,
    nonProfit: true,
    duties: ['BASIC_CARE' as const, 'PUBLIC_HEALTH' as const],
    address: '人民路1号',
    longitude: '116.930000',
    latitude: '34.740000',
    licenceNumber: 'PDY00001X',
    licenceSubjects: ['02', '03'],
    licenceValidFrom: '2020-01-01',
    licenceValidTo: '2034-12-31',
    licenceStatus: 'VALID' as const,
    strongCountyHospital: true,
    capabilityGrade: 'LEVEL2B',
    integratedManagement: true,
    status: 'ACTIVE' as const,
    ...row,
  };
  await db.insert(institutions).values([
    {
      ...place,
      ...named('in_LEAD', '沛县人民医院（示例）', 1),
      class: 'A100',
      level: 'L3',
      tier: 'COUNTY',
      regionCode: '320322101',
    },
    {
      ...place,
      ...named('in_TOWN', '龙固镇卫生院（示例）', 2),
      class: 'C210',
      level: 'L1',
      tier: 'TOWNSHIP',
      regionCode: '320322100',
      parentInstitutionId: 'in_LEAD',
    },
    {
      ...place,
      ...named('in_CLINIC', '甲村卫生室（示例）', 3),
      class: 'D600',
      level: 'L9',
      tier: 'VILLAGE',
      regionCode: '320322100001',
      parentInstitutionId: 'in_TOWN',
    },
    {
      ...place,
      ...named('in_CITY', '徐州市中心医院（示例）', 4),
      class: 'A100',
      level: 'L3',
      tier: 'CITY',
      regionCode: '3203',
    },
  ]);
  await db.insert(departments).values([
    { id: 'de_LEAD03', institutionId: 'in_LEAD', subject: '03', name: '内科', specialty: 'INTERNAL' },
    { id: 'de_LEAD04', institutionId: 'in_LEAD', subject: '04', name: '外科', specialty: 'SURGERY' },
    { id: 'de_TOWN02', institutionId: 'in_TOWN', subject: '02', name: '全科', specialty: 'GP' },
  ]);
  await db.insert(bedStats).values([
    { institutionId: 'in_LEAD', class: 'GENERAL', open: 500, physical: 520, occupied: 420, updatedAt: row.updatedAt },
    { institutionId: 'in_TOWN', class: 'REHAB', open: 40, physical: 40, occupied: 41, updatedAt: row.updatedAt },
  ]);
}

function named(id: string, name: string, serial: number) {
  return {
    id,
    name,
    shortName: name.slice(0, 4),
    uscc: `12320322HX000000${serial}G`,
    orgCode: `HX000000${serial}3203220000000`,
    providerCode: `H3203220000${serial}`,
  };
}

async function insertAlliances(db: Db): Promise<void> {
  const governance = {
    charter: true,
    memberInDecision: true,
    unifiedHr: true,
    unifiedFinance: false,
    unifiedBusiness: true,
    unifiedDrug: true,
    unifiedIt: false,
  };
  const flows = { peopleFlow: true, resourceFlow: true, careFlow: false };
  await db.insert(alliances).values([
    {
      id: 'al_ONE',
      name: '沛县人民医院医共体（示例）',
      kind: 'COUNTY_COMMUNITY',
      tightness: 'TIGHT',
      regionCode: '320322',
      leadId: 'in_LEAD',
      internetPlus: true,
      ...flows,
      ...governance,
      establishedOn: '2019-01-01',
      dissolvedOn: '2099-12-31',
      ...row,
    },
  ]);
  const member = { allianceId: 'al_ONE', joinedOn: '2019-01-01', integratedFinance: true };
  await db.insert(allianceMemberships).values([
    { id: 'am_LEAD', institutionId: 'in_LEAD', tier: 'COUNTY', role: 'LEAD', ...member },
    { id: 'am_TOWN', institutionId: 'in_TOWN', tier: 'TOWNSHIP', role: 'MEMBER', leftOn: '2024-06-30', ...member },
    { id: 'am_CLINIC', institutionId: 'in_CLINIC', tier: 'VILLAGE', role: 'MEMBER', ...member },
  ]);
}

async function insertCapabilities(db: Db): Promise<void> {
  await db.insert(sharedCentres).values([
    {
      id: 'sc_ECG',
      kind: 'ECG',
      allianceId: 'al_ONE',
      hostId: 'in_LEAD',
      servesIds: ['in_TOWN', 'in_CLINIC'],
      openedOn: '2020-01-01',
      monthlyCapacity: 3000,
      status: 'IN_OPERATION',
      ...row,
    },
  ]);
  await db.insert(specialtyCentres).values([
    {
      id: 'sp_KEY',
      kind: 'KEY_SPECIALTY',
      institutionId: 'in_LEAD',
      allianceId: 'al_ONE',
      specialty: 'INTERNAL',
      level: 'CITY',
      year: 2022,
      accredited: true,
      radiatesCodes: ['320322'],
      ...row,
    },
    {
      id: 'sp_CHEST',
      kind: 'CHEST_PAIN',
      institutionId: 'in_LEAD',
      allianceId: 'al_ONE',
      specialty: 'EMERGENCY',
      level: 'COUNTY',
      year: 2021,
      accredited: true,
      radiatesCodes: ['320322', '320322100'],
      ...row,
    },
  ]);
  await db.insert(specialtyPlans).values([
    {
      id: 'pp_ONE',
      allianceId: 'al_ONE',
      specialty: 'INTERNAL',
      horizon: '2024-2026',
      goals: '外转率下降',
      leadInstitutionId: 'in_LEAD',
      basis: '外转第1位',
      ...row,
    },
  ]);
  await db.insert(emergencyNodes).values([
    {
      id: 'no_LEAD',
      institutionId: 'in_LEAD',
      regionCode: '320322101',
      level: 2,
      duty: '县级急救站',
      ambulances: 6,
      coverageCodes: ['320322'],
      ...row,
    },
  ]);
  await db.insert(capabilityItems).values([
    {
      id: 'ci_ONE',
      institutionId: 'in_LEAD',
      area: 'BASIC_CARE',
      itemCode: 'OP-01',
      name: '阑尾切除',
      surgeryLevel: '2',
      available: true,
      yearVolume: 120,
      ...row,
    },
  ]);
  await db.insert(capabilityAssessments).values([
    {
      id: 'ca_ONE',
      institutionId: 'in_TOWN',
      kind: 'QUALITY_PRIMARY',
      standardVersion: '2022',
      score: '91.25',
      result: 'RECOMMENDED',
      assessedOn: '2024-06-30',
    },
  ]);
  await db.insert(diseaseCatalogueItems).values([
    {
      id: 'di_ONE',
      allianceId: 'al_ONE',
      level: 'TOWNSHIP',
      icd10From: 'I10',
      icd10To: 'I15',
      severityLimit: '无并发症',
      mandatory: true,
      version: '2024',
      updatedAt: row.updatedAt,
    },
  ]);
}

async function insertDrugs(db: Db): Promise<void> {
  await db.insert(drugItems).values([
    {
      id: 'dg_AML',
      nhsaDrugCode: 'XC08CAA067A001010100001',
      genericName: '苯磺酸氨氯地平片',
      strength: '5mg',
      dosageForm: '片剂',
      pack: '28片',
      essential: true,
      contractFlexible: false,
      catalogueVersion: '2024',
      ...row,
    },
    {
      id: 'dg_MET',
      nhsaDrugCode: 'XA10BAE046A001010100002',
      genericName: '盐酸二甲双胍片',
      strength: '0.5g',
      dosageForm: '片剂',
      pack: '48片',
      essential: true,
      contractFlexible: true,
      catalogueVersion: '2023',
      ...row,
    },
  ]);
  await db.insert(drugCatalogue).values([{ regionCode: '320322', drugId: 'dg_AML' }]);
  await db.insert(drugStocks).values([
    {
      id: 'ds_LEAD',
      institutionId: 'in_LEAD',
      drugId: 'dg_AML',
      quantity: '1200.00',
      unit: '盒',
      expiresOn: '2026-01-01',
      sharedPharmacy: true,
      ...row,
    },
    {
      id: 'ds_TOWN',
      institutionId: 'in_TOWN',
      drugId: 'dg_AML',
      quantity: '80.00',
      unit: '盒',
      expiresOn: '2025-06-01',
      sharedPharmacy: false,
      ...row,
    },
    {
      id: 'ds_CITY',
      institutionId: 'in_CITY',
      drugId: 'dg_AML',
      quantity: '900.00',
      unit: '盒',
      expiresOn: '2025-06-01',
      sharedPharmacy: false,
      ...row,
    },
  ]);
  await db.insert(procurementBatches).values([
    {
      id: 'pb_ONE',
      allianceId: 'al_ONE',
      regionCode: '320322',
      drugId: 'dg_AML',
      volume: 20000,
      oldPrice: '24.60',
      newPrice: '5.90',
      validFrom: '2024-01-01',
      validTo: '2025-12-31',
    },
  ]);
}

async function insertPlanning(db: Db): Promise<void> {
  await db.insert(resourceAssessments).values([
    {
      id: 'ra_ONE',
      regionCode: '320322',
      period: '2024',
      institutionCount: 420,
      beds: 5800,
      equipmentCount: 130,
      diseaseSpectrum: [{ rank: 1, icd10: 'I10', encounters: 900, share: '21.50' }],
      demandGrowth: '3.20',
      findings: '康复床位不足',
    },
  ]);
  await db.insert(layoutPlans).values([
    {
      id: 'lp_ONE',
      regionCode: '320322',
      validFrom: '2021-01-01',
      validTo: '2025-12-31',
      status: 'APPROVED',
      ...row,
    },
  ]);
  await db.insert(layoutPlanItems).values([
    {
      id: 'li_ONE',
      planId: 'lp_ONE',
      class: 'C210',
      level: 'L1',
      regionCode: '320322100',
      planned: 1,
      standard: '每乡镇1所',
    },
  ]);
  await db.insert(institutionLifecycleEvents).values([
    {
      id: 'le_ONE',
      institutionId: 'in_TOWN',
      event: 'ADMISSION',
      at,
      basis: '医疗机构管理条例',
      decisionNo: '沛卫〔2020〕1号',
      mergedIntoId: 'in_LEAD',
    },
  ]);
  await db
    .insert(outreachPoints)
    .values([{ id: 'op_ONE', villageCode: '320322100002', providedById: 'in_TOWN', weekday: 3, services: ['测血压'] }]);
  await db.insert(investmentProjects).values([
    {
      id: 'ip_ONE',
      regionCode: '320322',
      source: 'FISCAL',
      mode: 'GRANT',
      purpose: 'EQUIPMENT',
      amount: '1200000.00',
      paid: '600000.00',
      ...row,
    },
  ]);
  await db.insert(pairingAgreements).values([
    {
      id: 'pa_ONE',
      cityHospitalId: 'in_CITY',
      leadHospitalId: 'in_LEAD',
      mode: 'SPECIALTY_COOPERATION',
      specialties: ['REHAB', 'ICU'],
      from: '2023-01-01',
      to: '2025-12-31',
      ...row,
    },
  ]);
  await db.insert(systemConnections).values([
    {
      id: 'sy_HIS',
      institutionId: 'in_TOWN',
      system: 'HIS',
      connected: true,
      unifiedOperation: true,
      lastExchangeAt: at,
      ...row,
    },
  ]);
  await db.insert(supervisionAlerts).values([
    {
      id: 'sa_ONE',
      institutionId: 'in_TOWN',
      ruleId: 'DRUG_SHARE',
      metric: '药占比',
      value: '52.10',
      threshold: '50.00',
      period: '2024-04',
      raisedAt: at,
      status: 'ACKNOWLEDGED',
      acknowledgedById: 'pr_ONE',
      note: '已说明',
      ...row,
    },
  ]);
  await db
    .insert(supervisionAlertCauses)
    .values([{ alertId: 'sa_ONE', seq: 1, type: 'PRESCRIPTION', ...owner, no: 1 }]);
  await db.insert(indicatorSnapshots).values([
    {
      subjectType: 'REGION',
      subjectId: '320322',
      periodType: 'MONTH',
      period: '2024-01',
      visits: 100,
      capabilityScore: '81.20',
    },
    { subjectType: 'REGION', subjectId: '320322', periodType: 'MONTH', period: '2024-02', visits: 90 },
    { subjectType: 'REGION', subjectId: '320322', periodType: 'MONTH', period: '2024-03', visits: 110 },
    { subjectType: 'INSTITUTION', subjectId: 'in_TOWN', periodType: 'MONTH', period: '2024-02', visits: 40 },
    { subjectType: 'REGION', subjectId: '3203', periodType: 'MONTH', period: '2024-02', visits: 900 },
  ]);
}

async function insertCare(db: Db): Promise<void> {
  const visit = {
    institutionId: 'in_TOWN',
    departmentId: 'de_TOWN02',
    attendingId: 'pr_ONE',
    endedAt: later,
    diagnoses: [diagnosis],
    procedures: ['45.13'],
    isFirstContact: true,
    referralNo: 1,
    totalCost: '86.50',
    ...row,
  };
  await db.insert(encounters).values([
    {
      ...owner,
      ...visit,
      no: 1,
      class: 'OUTPATIENT',
      visitNo: sealed(sampleKeys, 'MZ1'),
      startedAt: at,
      appointmentNo: 1,
      steps: [{ step: 'REGISTER', at }],
      waitingMinutes: 12,
      isTcm: false,
    },
    {
      ...owner,
      ...visit,
      no: 2,
      class: 'EMERGENCY',
      visitNo: sealed(sampleKeys, 'JZ2'),
      startedAt: '2024-05-07T09:00:00+08:00',
      institutionId: 'in_LEAD',
      departmentId: 'de_LEAD03',
      triageLevel: 1,
      arrivedBy: 'AMBULANCE',
      disposition: 'WARD',
      doorToDoctorMinutes: 3,
      doorToWardMinutes: 55,
      doorToNeedleMinutes: 38,
      doorToBalloonMinutes: 80,
    },
    {
      ...owner,
      ...visit,
      no: 3,
      class: 'INPATIENT',
      visitNo: sealed(sampleKeys, 'ZY3'),
      startedAt: '2024-05-07T10:00:00+08:00',
      institutionId: 'in_LEAD',
      departmentId: 'de_LEAD03',
      admittedAt: '2024-05-07T10:00:00+08:00',
      dischargedAt: '2024-05-15T10:00:00+08:00',
      bedClass: 'GENERAL',
      admittedFrom: '1',
      lengthOfStay: 8,
      dischargeMode: '3',
    },
    {
      ...owner,
      ...visit,
      no: 4,
      class: 'HOME',
      visitNo: sealed(sampleKeys, 'SM4'),
      startedAt: '2024-05-20T09:00:00+08:00',
      vulnerability: ['EMPTY_NEST'],
      services: ['测血压'],
    },
    {
      ...owner,
      ...visit,
      no: 5,
      class: 'ONLINE',
      visitNo: sealed(sampleKeys, 'ZX5'),
      startedAt: '2024-06-01T09:00:00+08:00',
      question: '头晕怎么办',
      replies: [{ at: later, byId: 'pr_ONE', text: '请来院测血压' }],
      respondedWithin: 90,
    },
    {
      residentId: sampleResidents.li,
      ...visit,
      no: 1,
      class: 'OUTPATIENT',
      visitNo: sealed(sampleKeys, 'MZ9'),
      startedAt: '2024-05-06T09:30:00+08:00',
      referralNo: null,
      appointmentNo: null,
    },
  ]);
  await db.insert(referralEpisodes).values([
    {
      ...owner,
      no: 1,
      openedAt: at,
      stages: [
        { stage: 'UP', at },
        { stage: 'DOWN', at: later },
      ],
      closed: true,
      closedAt: later,
      rehabInstitutionId: 'in_TOWN',
      days: 12,
      ...row,
    },
  ]);
  const referral = {
    episodeNo: 1,
    scope: 'INTRA_ALLIANCE' as const,
    reason: 'ACUTE_CRITICAL' as const,
    reasonText: '胸痛',
    diagnosis,
    urgency: 'EMERGENCY' as const,
    greenChannel: true,
    status: 'COMPLETED' as const,
    referrerId: 'pr_ONE',
    referrerName: '张医生',
    receiverId: 'pr_TWO',
    acceptedAt: at,
    arrivedAt: later,
    completedAt: later,
    dueAt: later,
    timely: true,
    fromEncounterNo: 1,
    toEncounterNo: 2,
    consentId: 'co_0000000000WA_1',
    approvedAt: at,
    appointmentNo: 1,
    bedClass: 'GENERAL' as const,
    outcome: 'IMPROVED' as const,
    dischargeSummaryNo: 1,
    ...row,
  };
  await db.insert(referrals).values([
    {
      ...owner,
      ...referral,
      no: 1,
      formNo: '320322202405060001',
      direction: 'UP',
      fromId: 'in_TOWN',
      toId: 'in_LEAD',
      toDepartmentId: 'de_LEAD03',
      submittedAt: at,
    },
    {
      ...owner,
      ...referral,
      no: 2,
      formNo: '320322202405150002',
      direction: 'DOWN',
      fromId: 'in_LEAD',
      toId: 'in_TOWN',
      toDepartmentId: 'de_TOWN02',
      submittedAt: '2024-05-15T09:00:00+08:00',
    },
  ]);
  await db.insert(referralEvents).values([
    { ...owner, referralNo: 1, seq: 1, from: 'DRAFT', to: 'SUBMITTED', at, byId: 'pr_ONE', reason: '急诊' },
    {
      ...owner,
      referralNo: 1,
      seq: 2,
      from: 'SUBMITTED',
      to: 'ACCEPTED',
      at: later,
      byId: 'pr_TWO',
      reason: '绿色通道',
    },
  ]);
}

async function insertCarePapers(db: Db): Promise<void> {
  await db.insert(slotReleasePolicies).values([
    {
      id: 'sr_ONE',
      institutionId: 'in_LEAD',
      departmentId: 'de_LEAD03',
      effectiveFrom: '2024-01-01',
      ratio: '0.3000',
      leadShare: '0.6000',
      leadWindowDays: 4,
      allianceWindowDays: 8,
      publicReleaseAt: 'T-2d 12:00',
      yearlyStep: '0.0500',
      maxRatio: '0.5000',
      ...row,
    },
  ]);
  const slot = {
    institutionId: 'in_LEAD',
    departmentId: 'de_LEAD03',
    practitionerId: 'pr_TWO',
    resource: 'CLINIC' as const,
    capacity: 1,
    price: '12.00',
    ...row,
  };
  await db.insert(appointmentSlots).values([
    { ...slot, id: 'sl_ONE', start: at, end: later, channel: 'ALLIANCE', bookedCount: 1, status: 'FULL' },
    {
      ...slot,
      id: 'sl_TWO',
      start: '2024-05-07T00:00:00+08:00',
      end: '2024-05-07T00:15:00+08:00',
      channel: 'PUBLIC',
      bookedCount: 0,
      status: 'OPEN',
    },
  ]);
  await db.insert(appointments).values([
    {
      ...owner,
      no: 1,
      slotId: 'sl_ONE',
      bookedByInstitutionId: 'in_TOWN',
      referralNo: 1,
      contractNo: 7,
      priority: 1,
      channel: 'ALLIANCE',
      status: 'SERVED',
      bookedAt: '2024-05-01T08:00:00+08:00',
      checkedInAt: at,
      ...row,
    },
  ]);
  await db.insert(recognitionItems).values([
    {
      code: 'CT_CHEST',
      name: '胸部CT',
      nameEn: 'CT of the chest',
      category: 'IMAGING',
      validityDays: 60,
      requiredGrade: 'CITY',
    },
  ]);
  await db.insert(diagnosticReports).values([
    {
      ...owner,
      no: 1,
      encounterNo: 1,
      category: 'IMAGING',
      item: 'CT_CHEST',
      bodySite: '胸部',
      specimen: '无',
      method: 'CT平扫',
      performedAtId: 'in_TOWN',
      interpretedAtId: 'in_LEAD',
      performedTime: at,
      issuedTime: later,
      validUntil: '2024-07-05T09:00:00+08:00',
      qualityGrade: 'CITY',
      status: 'FINAL',
      conclusion: '未见异常',
      results: [{ item: '结节', value: '3', unit: 'mm', refLow: '0', refHigh: '5', flag: 'NORMAL' }],
      imagingStudyUid: sealed(sampleKeys, '1.2.3'),
      doseMsv: '5.200',
      price: '260.00',
      duplicateOfNo: 1,
      ...row,
    },
  ]);
  await db.insert(recognitionDecisions).values([
    {
      ...owner,
      no: 1,
      reportNo: 1,
      atInstitutionId: 'in_LEAD',
      encounterNo: 2,
      decision: 'NOT_RECOGNISED',
      reason: 'EMERGENCY',
      practitionerId: 'pr_TWO',
      at: later,
      avoidedPrice: '260.00',
      fundSaved: '169.00',
      personSaved: '91.00',
    },
  ]);
  await db.insert(careDocuments).values([
    {
      ...owner,
      no: 1,
      type: '01',
      encounterNo: 1,
      referralNo: 1,
      institutionId: 'in_TOWN',
      authorId: 'pr_ONE',
      createdAt: at,
      title: '病历摘要',
      sha256: 'ab'.repeat(32),
      storageUri: 'file:///documents/1',
      confidentiality: 'N',
    },
    {
      ...owner,
      no: 2,
      type: '06',
      encounterNo: 1,
      institutionId: 'in_TOWN',
      authorId: 'pr_ONE',
      createdAt: later,
      title: '检查报告',
      sha256: 'cd'.repeat(32),
      storageUri: 'file:///documents/2',
      confidentiality: 'N',
    },
  ]);
  await db.insert(remoteConsultations).values([
    {
      ...owner,
      no: 1,
      kind: 'IMAGING',
      requesterId: 'in_TOWN',
      providerId: 'in_LEAD',
      centreId: 'sc_ECG',
      question: '请会诊',
      answer: '同意诊断',
      reportNo: 1,
      requestedAt: at,
      answeredAt: later,
      minutes: 90,
      status: 'ANSWERED',
      fee: '30.00',
      ...row,
    },
  ]);
  await db.insert(prescriptions).values([
    {
      ...owner,
      no: 1,
      encounterNo: 1,
      prescriberId: 'pr_ONE',
      issuedAt: at,
      isLong: true,
      diseaseKind: 'HTN',
      lines: [{ drugId: 'dg_AML', dose: '5mg', frequency: '9', days: 28, quantity: '1.00', unit: '盒', price: '5.90' }],
      daysSupply: 28,
      refillsLeft: 2,
      dispensedAt: later,
      dispensedById: 'pr_TWO',
      ...row,
    },
  ]);
  await db.insert(medicationAdvice).values([{ ...owner, no: 1, byId: 'pr_ONE', text: '早晨服用', at }]);
  await db.insert(equipment).values([
    {
      id: 'eq_CT',
      institutionId: 'in_LEAD',
      name: 'CT',
      class: 'CT',
      large: true,
      licenceNo: 'L1',
      model: 'M1',
      serialNo: 'S1',
      acquisition: 'FINANCE_LEASE',
      leaseTerms: '5年',
      purchasePrice: '3000000.00',
      inServiceOn: '2020-01-01',
      status: 'IN_USE',
      shared: true,
      sharingMode: 'COOPERATION',
      sharedWithIds: ['al_ONE'],
      sharedQuota: '0.2000',
      slotMinutes: 15,
      bufferMinutes: 5,
      openHours: [{ weekday: 1, opens: '08:00', closes: '17:30' }],
      operatorCount: 2,
      maintenance: [{ kind: 'ROUTINE', from: at, to: later, note: '保养' }],
      ...row,
    },
  ]);
  await db.insert(equipmentReservations).values([
    {
      ...owner,
      no: 1,
      equipmentId: 'eq_CT',
      requesterId: 'in_TOWN',
      examItem: 'CT_CHEST',
      start: at,
      end: later,
      blockedUntil: '2024-05-06T10:35:00+08:00',
      priority: 2,
      urgency: 'ROUTINE',
      status: 'DONE',
      heldAt: '2024-05-05T09:00:00+08:00',
      referralNo: 1,
      reportNo: 1,
      ...row,
    },
  ]);
  // One of both kinds, so that every field has a value.
  await db.insert(waitingListEntries).values([
    {
      ...owner,
      no: 1,
      institutionId: 'in_LEAD',
      departmentId: 'de_LEAD03',
      resource: 'CLINIC',
      day: '2024-05-06',
      equipmentId: 'eq_CT',
      examItem: 'CT_CHEST',
      from: at,
      to: later,
      minutes: 15,
      urgency: 'ROUTINE',
      bookedByInstitutionId: 'in_TOWN',
      referralNo: 1,
      contractNo: 7,
      priority: 1,
      requestedAt: '2024-05-01T08:00:00+08:00',
      status: 'WAITING',
      appointmentNo: 1,
      reservationNo: 1,
      displacedReservationNo: 1,
      ...row,
    },
  ]);
}
