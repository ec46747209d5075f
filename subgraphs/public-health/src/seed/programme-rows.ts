import type {
  ExamFact,
  InfectiousFact,
  MaternalFact,
  MeasurementFact,
  ResidentFact,
  ResidentHistory,
} from '@hutong/synthetic';
import { windowOf } from '../rules/maternal-care.ts';
import type { InfectiousClass, TcmConstitution, Vaccine } from '../schema-types.ts';
import type {
  childRecords,
  elderlyAssessments,
  healthExams,
  immunisations,
  infectiousReports,
  maternalRecords,
  mentalHealthRecords,
  tbRecords,
} from '../tables/programme-records.ts';
import { named } from './constants.ts';
import { instant } from './resident-rows.ts';

const vaccines: Readonly<Record<string, Vaccine>> = {
  乙肝疫苗: 'HEP_B',
  卡介苗: 'BCG',
  脊灰疫苗: 'POLIO',
  百白破疫苗: 'DTAP',
  白破疫苗: 'DT',
  麻腮风疫苗: 'MMR',
  乙脑疫苗: 'JE',
  流脑疫苗: 'MENING',
  甲肝疫苗: 'HEP_A',
};

const constitutions: Readonly<Record<string, TcmConstitution>> = {
  平和质: 'BALANCED',
  气虚质: 'QI_DEFICIENCY',
  阳虚质: 'YANG_DEFICIENCY',
  阴虚质: 'YIN_DEFICIENCY',
  痰湿质: 'PHLEGM_DAMPNESS',
  湿热质: 'DAMP_HEAT',
  血瘀质: 'BLOOD_STASIS',
  气郁质: 'QI_STAGNATION',
  特禀质: 'SPECIAL',
};

/** Health examinations with their readings as results. */
export function examRows({ id }: ResidentFact, { exams }: ResidentHistory): (typeof healthExams.$inferInsert)[] {
  return exams.map((fact: ExamFact) => ({
    residentId: id,
    no: fact.no,
    kind: fact.kind,
    at: fact.at,
    institutionId: fact.institutionId,
    results: fact.measurements.map(({ kind, value, unit }) => ({
      item: readingNames[kind],
      value,
      unit,
      abnormal: Number(value) >= abnormalFrom[kind],
    })),
    abnormal: [...fact.abnormal],
    advice: fact.advice,
  }));
}

const readingNames: Readonly<Record<MeasurementFact['kind'], string>> = {
  SBP: '收缩压',
  DBP: '舒张压',
  FBG: '空腹血糖',
  RBG: '随机血糖',
  HbA1c: '糖化血红蛋白',
  WEIGHT: '体重',
  HEIGHT: '身高',
  BMI: '体质指数',
  HR: '心率',
};

/** From which value on a reading of an examination is marked; by the limits of BPH3. */
const abnormalFrom: Readonly<Record<MeasurementFact['kind'], number>> = {
  SBP: 140,
  DBP: 90,
  FBG: 7,
  RBG: 11.1,
  HbA1c: 6.5,
  WEIGHT: Infinity,
  HEIGHT: Infinity,
  BMI: 28,
  HR: 100,
};

/** Maternal records, one per pregnancy. */
export function maternalRows(
  { id, townshipHospitalId }: ResidentFact,
  { maternal }: ResidentHistory,
  asOf: string,
): (typeof maternalRecords.$inferInsert)[] {
  return maternal.map((fact) => ({
    residentId: id,
    no: fact.no,
    registeredOn: fact.registeredOn,
    institutionId: townshipHospitalId,
    gravidity: fact.gravidity,
    parity: Math.max(0, fact.gravidity - 1),
    lmp: fact.lmp,
    edd: fact.edd,
    riskColour: fact.riskColour,
    visits: fact.visits.map(antenatalVisit),
    delivery: deliveryOf(fact),
    deliveredOn: fact.delivery?.on ?? null,
    postpartum: fact.postpartum.map(({ day, at }) => ({ day, at: at.slice(0, 10), findings: '恢复良好' })),
    status: fact.status === 'CLOSED' ? 'CLOSED' : fact.delivery === null ? 'PREGNANT' : 'POSTPARTUM',
    updatedAt: asOf,
  }));
}

function antenatalVisit(visit: MaternalFact['visits'][number]) {
  const { at, weeks, weightKg, sbp, dbp } = visit;
  const findings = sbp >= 140 || dbp >= 90 ? '血压偏高' : '未见异常';
  return { window: windowOf(weeks), at: at.slice(0, 10), weeks, sbp, dbp, weight: weightKg, findings };
}

function deliveryOf({ delivery }: MaternalFact) {
  if (delivery === null) return null;
  const { on, mode, institutionId, liveBirths } = delivery;
  return { on, outcome: 'LIVE_BIRTH' as const, mode, institutionId, liveBirths };
}

/** The child record of a resident of 0–6 years. */
export function childRow(
  { id, guardianId, birthDate, townshipHospitalId }: ResidentFact,
  { child }: ResidentHistory,
  asOf: string,
): typeof childRecords.$inferInsert | undefined {
  if (child === null) return undefined;
  return {
    residentId: id,
    no: child.no,
    guardianId,
    openedOn: child.visits[0]?.at.slice(0, 10) ?? birthDate,
    institutionId: townshipHospitalId,
    birthWeight: (child.birthWeight / 1000).toFixed(3),
    visits: child.visits.map(({ months, at }) => ({ ageMonths: months, at: at.slice(0, 10), findings: '发育正常' })),
    growth: child.visits.map(({ months, at, weightKg, heightCm }) => ({
      ageMonths: months,
      at: at.slice(0, 10),
      weight: weightKg,
      height: heightCm,
    })),
    kindergarten: child.kindergarten,
    updatedAt: asOf,
  };
}

/** Assessments of the elderly; examined when a health examination lies in the same year. */
export function elderlyRows(
  { id, townshipHospitalId }: ResidentFact,
  { elderly, exams }: ResidentHistory,
): (typeof elderlyAssessments.$inferInsert)[] {
  return elderly.map((fact) => ({
    residentId: id,
    no: fact.no,
    at: fact.at,
    institutionId: townshipHospitalId,
    selfCareScore: fact.selfCareScore,
    cognition: fact.cognition === 'NORMAL' ? 'NEGATIVE' : 'POSITIVE',
    emotion: fact.emotion === 'NORMAL' ? 'NEGATIVE' : 'POSITIVE',
    tcmConstitution: named(constitutions, fact.tcmConstitution),
    lifestyleAssessed: fact.lifestyleAssessed,
    examined: exams.some(({ at }) => at.slice(0, 4) === fact.at.slice(0, 4)),
    testsDone: fact.auxiliaryTests,
    guidanceGiven: fact.guidance,
  }));
}

/** Vaccinations, due and given. */
export function immunisationRows(
  { id }: ResidentFact,
  { immunisations: facts }: ResidentHistory,
  asOf: string,
): (typeof immunisations.$inferInsert)[] {
  return facts.map((fact) => ({
    residentId: id,
    no: fact.no,
    vaccine: named(vaccines, fact.vaccine),
    dose: fact.dose,
    dueOn: fact.dueOn,
    givenAt: fact.givenOn === null ? null : instant(fact.givenOn),
    institutionId: fact.institutionId,
    lotNo: fact.batch,
    updatedAt: asOf,
  }));
}

/** The register entry of a severe mental disorder. */
export function mentalRow(
  { id, townshipHospitalId }: ResidentFact,
  { mental }: ResidentHistory,
  asOf: string,
): typeof mentalHealthRecords.$inferInsert | undefined {
  if (mental === null) return undefined;
  return {
    residentId: id,
    no: mental.no,
    diagnosis: mental.icd10,
    registeredOn: mental.registeredOn,
    institutionId: townshipHospitalId,
    riskLevel: mental.riskLevel,
    visits: mental.visits.map(({ at, stable }) => ({
      at: at.slice(0, 10),
      mode: 'FACE',
      riskLevel: mental.riskLevel,
      findings: stable ? '病情稳定' : '病情波动',
    })),
    updatedAt: asOf,
  };
}

/** The register entry of tuberculosis. */
export function tbRow(
  { id, townshipHospitalId }: ResidentFact,
  { tb }: ResidentHistory,
  asOf: string,
): typeof tbRecords.$inferInsert | undefined {
  if (tb === null) return undefined;
  return {
    residentId: id,
    no: tb.no,
    diagnosis: tb.icd10,
    notifiedOn: tb.notifiedOn,
    institutionId: townshipHospitalId,
    treatmentFrom: tb.treatmentFrom,
    treatmentTo: tb.treatmentTo,
    outcome: tb.outcome,
    visits: tb.visits.map(({ at }) => ({ at: at.slice(0, 10), mode: 'FACE', riskLevel: null, findings: '规律服药' })),
    updatedAt: asOf,
  };
}

/** Reports of infectious diseases. */
export function infectiousRows(
  { id }: ResidentFact,
  { infectious }: ResidentHistory,
): (typeof infectiousReports.$inferInsert)[] {
  return infectious.map((fact: InfectiousFact) => ({
    residentId: id,
    no: fact.no,
    disease: fact.icd10,
    diseaseClass: classOf(fact.icd10),
    caseKind: 'CONFIRMED',
    onsetOn: fact.onsetOn,
    diagnosedAt: fact.diagnosedAt,
    reportedAt: fact.reportedAt,
    institutionId: fact.institutionId,
    timely: fact.timely,
  }));
}

const classA = ['A00', 'A20'];
const classC = ['A09', 'A08', 'B06', 'B08', 'B26', 'B30', 'J09', 'J10', 'J11'];

/** Class of a notifiable disease 传染病分类, by its ICD-10 category. */
function classOf(icd10: string): InfectiousClass {
  const category = icd10.slice(0, 3);
  if (classA.includes(category)) return 'A';
  return classC.includes(category) ? 'C' : 'B';
}
