import { instantOf, minutesOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { RECOGNITION_ITEMS, priceItem } from '../catalogues/price-items.ts';
import type {
  RecognitionFact,
  RecognitionItemFact,
  RemoteConsultationFact,
  ReportFact,
  ReportResultFact,
} from '../facts/care.ts';
import type { NumberedContact, Subject } from './contact.ts';
import type { DressedEncounter } from './encounters.ts';
import { cents, centsOf } from './lines.ts';

const ITEMS = new Map(RECOGNITION_ITEMS.map((item) => [item.code.slice(3), item]));

/** Grades from the weakest; a report is good enough for a target that requires no more (VS-30). */
const GRADES: readonly ReportFact['qualityGrade'][] = ['NONE', 'ALLIANCE', 'CITY', 'PROVINCE', 'NATIONAL'];

export interface Reports {
  readonly reports: readonly ReportFact[];
  readonly recognitions: readonly RecognitionFact[];
  readonly remote: readonly RemoteConsultationFact[];
}

interface Order {
  readonly key: string;
  readonly item: RecognitionItemFact;
  readonly encounter: DressedEncounter;
}

/** Reports of all encounters, and what was decided when a recognisable one already existed (domain.md 3.7, 8.5). */
export function reportsOf(subject: Subject, encounters: readonly DressedEncounter[]): Reports {
  const reports: ReportFact[] = [];
  const recognitions: RecognitionFact[] = [];
  const remote: RemoteConsultationFact[] = [];
  for (const order of ordersOf(subject, encounters)) {
    const known = recognisable(reports, order);
    const draws = new Draws(subject.world.seed, `${subject.path}/report/${order.encounter.contact.key}/${order.key}`);
    if (known !== null) {
      const decision = decide(subject, known, order, recognitions.length + 1, draws);
      recognitions.push(decision);
      if (decision.decision === 'RECOGNISED') continue;
    }
    const report = reportFact(subject, order, reports.length + 1, draws);
    reports.push(report);
    if (report.interpretedAtInstitutionId !== null) remote.push(remoteReading(report, remote.length + 1));
  }
  return { reports, recognitions, remote };
}

/** What encounters order: what their costs hold, and after a referral often what was already examined below. */
function ordersOf(subject: Subject, encounters: readonly DressedEncounter[]): Order[] {
  return encounters.flatMap((encounter) => {
    const keys = new Set(encounter.reportKeys);
    if (encounter.contact.script?.name === 'TV-52') keys.add('CT_CHEST');
    if (encounter.contact.referral?.role === 'ARRIVAL') {
      const origin = encounters.find(
        (one) =>
          one.contact.referral?.role === 'ORIGIN' && one.contact.referral.key === encounter.contact.referral?.key,
      );
      const draws = new Draws(subject.world.seed, `${subject.path}/order/${encounter.contact.key}`);
      for (const key of origin?.reportKeys ?? []) if (draws.chance(0.7)) keys.add(key);
    }
    return [...keys].flatMap((key): Order[] => {
      const item = ITEMS.get(key);
      return item === undefined ? [] : [{ key, item, encounter }];
    });
  });
}

/** The latest final report of the item from another institution, in time and good enough (domain.md 3.7). */
function recognisable(reports: readonly ReportFact[], order: Order): ReportFact | null {
  const { contact } = order.encounter;
  const now = contact.day * 1440 + contact.minutes;
  const required = REQUIRED[contact.level];
  return (
    reports.findLast(
      (report) =>
        report.itemCode === order.item.code &&
        report.performedAtInstitutionId !== contact.site.id &&
        now < minutesOf(report.performedTime) + order.item.validityDays * 1440 &&
        GRADES.indexOf(report.qualityGrade) >= GRADES.indexOf(required),
    ) ?? null
  );
}

const REQUIRED: Readonly<Record<NumberedContact['level'], ReportFact['qualityGrade']>> = {
  V: 'ALLIANCE',
  T: 'ALLIANCE',
  C: 'ALLIANCE',
  M: 'CITY',
  O: 'PROVINCE',
};

function decide(subject: Subject, report: ReportFact, order: Order, no: number, draws: Draws): RecognitionFact {
  const { contact, fact } = order.encounter;
  const demo = contact.script?.name === 'TV-52';
  const recognised = demo || draws.chance(subject.world.model.recognised);
  const emergency = contact.kind === 'EMERGENCY';
  const reason = draws.chance(0.85) ? draws.pick(['CONDITION_CHANGED', 'FAST_CHANGING', 'MAJOR_DECISION']) : null;
  const avoided = centsOf(priceItem(order.key).approvedPrice[contact.level]);
  const ratio = RATIO_PERCENT[contact.kind === 'INPATIENT' ? 'stay' : 'visit'][contact.level];
  const fund = recognised ? Math.floor((avoided * ratio + 50) / 100) : 0;
  return {
    no,
    reportNo: report.no,
    atInstitutionId: contact.site.id,
    encounterNo: fact.no,
    decision: recognised ? 'RECOGNISED' : 'NOT_RECOGNISED',
    reason: recognised ? null : emergency ? 'EMERGENCY' : reason,
    practitionerId: fact.practitionerId ?? '',
    at: instantOf(contact.day, contact.minutes + 12),
    avoidedPrice: recognised ? cents(avoided) : '0.00',
    fundSaved: cents(fund),
    personSaved: cents(recognised ? avoided - fund : 0),
  };
}

/** Share of the fund in what a recognised item would have cost, percent (domain.md 3.7). */
const RATIO_PERCENT = {
  visit: { V: 60, T: 60, C: 40, M: 0, O: 0 },
  stay: { V: 0, T: 90, C: 80, M: 65, O: 55 },
} as const;

function reportFact(subject: Subject, order: Order, no: number, draws: Draws): ReportFact {
  const { contact, fact } = order.encounter;
  const performed = contact.minutes + (contact.kind === 'INPATIENT' ? draws.integer(60, 600) : 12);
  const remoteReading = readsElsewhere(subject, order) && draws.chance(0.6);
  const imaging = order.item.category === 'IMAGING';
  const abnormal = draws.chance(0.3);
  return {
    no,
    encounterNo: fact.no,
    category: order.item.category,
    itemCode: order.item.code,
    bodySite: order.item.bodySite,
    specimen: order.item.specimen,
    performedAtInstitutionId: contact.site.id,
    interpretedAtInstitutionId: remoteReading ? subject.fact.countyHospitalId : null,
    performedTime: instantOf(contact.day, performed),
    issuedTime: instantOf(contact.day, performed + draws.integer(15, 90)),
    validUntil: instantOf(contact.day + order.item.validityDays, performed),
    qualityGrade: contact.script?.icd10[0] === 'R91' ? 'PROVINCE' : gradeOf(contact.level, draws),
    status: 'FINAL',
    conclusion: abnormal ? '异常，建议结合临床' : '未见明显异常',
    results: order.item.category === 'LAB' ? labResults(order.key, subject, draws) : [],
    imagingStudyUid: imaging ? `1.2.156.99.${contact.site.serial}.${contact.day}.${subject.person.index}.${no}` : null,
    doseMsv: order.key.startsWith('CT')
      ? (2 + draws.uniform() * 6).toFixed(2)
      : order.key === 'DR_CHEST'
        ? '0.05'
        : null,
    price: priceItem(order.key).approvedPrice[contact.level],
  };
}

function gradeOf(level: NumberedContact['level'], draws: Draws): ReportFact['qualityGrade'] {
  const u = draws.uniform();
  if (level === 'T' || level === 'V') return u < 0.6 ? 'ALLIANCE' : 'CITY';
  if (level === 'C') return u < 0.2 ? 'ALLIANCE' : u < 0.7 ? 'CITY' : 'PROVINCE';
  return u < 0.6 ? 'PROVINCE' : 'NATIONAL';
}

/** ECG and images taken at a township hospital are read at the lead hospital's shared centre (S1-19, S1-21). */
function readsElsewhere(subject: Subject, order: Order): boolean {
  const { level, script } = order.encounter.contact;
  const kind = order.item.category === 'ECG' || order.item.category === 'IMAGING';
  return kind && level === 'T' && script === null && subject.world.model.key !== 'qujing';
}

function remoteReading(report: ReportFact, no: number): RemoteConsultationFact {
  return {
    no,
    kind: report.category === 'ECG' ? 'ECG' : 'IMAGING',
    requesterInstitutionId: report.performedAtInstitutionId,
    providerInstitutionId: report.interpretedAtInstitutionId ?? report.performedAtInstitutionId,
    centreId: null,
    reportNo: report.no,
    question: '请出具诊断意见',
    answer: report.conclusion,
    requestedAt: report.performedTime,
    answeredAt: report.issuedTime,
    minutes: minutesOf(report.issuedTime) - minutesOf(report.performedTime),
    status: 'ANSWERED',
    fee: '10.00',
  };
}

/** Name, unit, low, high, mean, deviation of the values of a laboratory item. */
type Analyte = readonly [string, string, number, number, number, number];

const ANALYTES: Readonly<Record<string, readonly Analyte[]>> = {
  BLOOD_RT: [
    ['白细胞计数', '10^9/L', 3.5, 9.5, 7, 2],
    ['血红蛋白', 'g/L', 115, 175, 138, 14],
    ['血小板计数', '10^9/L', 125, 350, 220, 50],
  ],
  URINE_RT: [
    ['尿比重', '', 1.003, 1.03, 1.015, 0.006],
    ['尿pH', '', 5, 8, 6.2, 0.7],
  ],
  BIOCHEM: [
    ['丙氨酸氨基转移酶', 'U/L', 9, 50, 28, 14],
    ['肌酐', 'μmol/L', 41, 111, 72, 18],
    ['空腹血糖', 'mmol/L', 3.9, 6.1, 5.6, 1.1],
    ['总胆固醇', 'mmol/L', 2.8, 5.7, 4.8, 0.9],
  ],
  HBA1C: [['糖化血红蛋白', '%', 4, 6, 6.6, 1.2]],
  HBV: [['乙肝表面抗原', 'IU/mL', 0, 0.05, 0.02, 0.01]],
};

function labResults(key: string, subject: Subject, draws: Draws): ReportResultFact[] {
  const sugar = subject.person.conditions.dm ? 1.6 : 0;
  return (ANALYTES[key] ?? []).map(([item, unit, low, high, mean, deviation]) => {
    const shift = item === '空腹血糖' || item === '糖化血红蛋白' ? sugar : 0;
    const value = Math.max(low * 0.3, mean + shift + draws.normal() * deviation);
    const digits = high < 2 ? 3 : high < 20 ? 1 : 0;
    return {
      item,
      value: value.toFixed(digits),
      unit,
      refLow: String(low),
      refHigh: String(high),
      flag: value > high ? 'H' : value < low ? 'L' : 'N',
    };
  });
}
