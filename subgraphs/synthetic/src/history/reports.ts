import { instantAt, instantOf, minutesOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { priceItem } from '../catalogues/price-items.ts';
import type { RecognitionFact, RemoteConsultationFact, ReportFact, ReportResultFact } from '../facts/care.ts';
import type { Subject } from './contact.ts';
import type { Dressed } from './encounters.ts';
import { cents, centsOf } from './lines.ts';
import type { PerformedOrder, RecognitionDecision } from './orders.ts';

export interface Reports {
  readonly reports: readonly ReportFact[];
  readonly recognitions: readonly RecognitionFact[];
  readonly remote: readonly RemoteConsultationFact[];
}

/** Reports of all examinations made, what was decided about recognisable ones, and readings elsewhere (domain.md 3.7). */
export function reportsOf(subject: Subject, dressed: Dressed): Reports {
  const reports = dressed.orders.performed.map((order) => reportFact(subject, order));
  return {
    reports,
    recognitions: dressed.orders.decisions.map((decision, index) =>
      recognitionFact(subject, dressed, decision, index + 1),
    ),
    remote: reports
      .filter((report) => report.interpretedAtInstitutionId !== null)
      .map((report, index) => remoteReading(report, index + 1)),
  };
}

function recognitionFact(
  subject: Subject,
  dressed: Dressed,
  decision: RecognitionDecision,
  no: number,
): RecognitionFact {
  const { contact, key, recognised } = decision;
  const draws = new Draws(subject.world.seed, `${subject.path}/recognition/${contact.key}/${key}`);
  const reason = draws.chance(0.85) ? draws.pick(['CONDITION_CHANGED', 'FAST_CHANGING', 'MAJOR_DECISION']) : null;
  const avoided = recognised ? centsOf(priceItem(key).approvedPrice[contact.level]) : 0;
  const ratio = RATIO_PERCENT[contact.kind === 'INPATIENT' ? 'stay' : 'visit'][contact.level];
  const fund = Math.floor((avoided * ratio + 50) / 100);
  return {
    no,
    reportNo: decision.report.no,
    atInstitutionId: contact.site.id,
    encounterNo: contact.no,
    decision: recognised ? 'RECOGNISED' : 'NOT_RECOGNISED',
    reason: recognised ? null : contact.kind === 'EMERGENCY' ? 'EMERGENCY' : reason,
    practitionerId: dressed.encounters[contact.no - 1]?.fact.practitionerId ?? '',
    at: instantOf(contact.day, contact.minutes + 12),
    avoidedPrice: cents(avoided),
    fundSaved: cents(fund),
    personSaved: cents(avoided - fund),
  };
}

/** Share of the fund in what a recognised item would have cost, percent (domain.md 3.7). */
const RATIO_PERCENT = {
  visit: { V: 60, T: 60, C: 40, M: 0, O: 0 },
  stay: { V: 0, T: 90, C: 80, M: 65, O: 55 },
} as const;

function reportFact(subject: Subject, order: PerformedOrder): ReportFact {
  const { contact, item, performed } = order;
  const draws = new Draws(subject.world.seed, `${subject.path}/report/${contact.key}/${order.key}`);
  const elsewhere = readsElsewhere(subject, order) && draws.chance(0.6);
  return {
    no: order.no,
    encounterNo: contact.no,
    category: item.category,
    itemCode: item.code,
    bodySite: item.bodySite,
    specimen: item.specimen,
    performedAtInstitutionId: contact.site.id,
    interpretedAtInstitutionId: elsewhere ? subject.fact.countyHospitalId : null,
    performedTime: instantAt(performed),
    issuedTime: instantAt(performed + draws.integer(15, 90)),
    validUntil: instantAt(performed + item.validityDays * 1440),
    qualityGrade: order.grade,
    status: 'FINAL',
    conclusion: draws.chance(0.3) ? '异常，建议结合临床' : '未见明显异常',
    results: item.category === 'LAB' ? labResults(order.key, subject, draws) : [],
    imagingStudyUid:
      item.category === 'IMAGING'
        ? `1.2.156.99.${contact.site.serial}.${contact.day}.${subject.person.index}.${order.no}`
        : null,
    doseMsv: order.key.startsWith('CT')
      ? (2 + draws.uniform() * 6).toFixed(2)
      : order.key === 'DR_CHEST'
        ? '0.05'
        : null,
    price: priceItem(order.key).approvedPrice[contact.level],
  };
}

/** ECG and images taken at a township hospital are read at the lead hospital's shared centre (S1-19, S1-21). */
function readsElsewhere(subject: Subject, { contact, item }: PerformedOrder): boolean {
  const kind = item.category === 'ECG' || item.category === 'IMAGING';
  return kind && contact.level === 'T' && contact.script === null && subject.world.model.key !== 'qujing';
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
