import { encodeOwnedId } from '@hutong/kit';
import type {
  AppointmentFact,
  DiagnosisFact,
  DocumentFact,
  EncounterFact,
  EpisodeFact,
  MedicationAdviceFact,
  PrescriptionFact,
  RecognitionFact,
  ReferralFact,
  RemoteConsultationFact,
  ReportFact,
  ReservationFact,
  SlotSessionFact,
} from '@hutong/synthetic';
import { plusMinutes } from '../rules/instant.ts';
import { channelAt, releaseSlots } from '../rules/slot-release.ts';
import type { appointments, appointmentSlots } from '../tables/appointment.ts';
import type { medicationAdvice, prescriptions } from '../tables/drug.ts';
import type { DiagnosisValue, encounters } from '../tables/encounter.ts';
import type { equipmentReservations } from '../tables/equipment.ts';
import type { referralEpisodes, referralEvents, referrals } from '../tables/referral.ts';
import type {
  careDocuments,
  diagnosticReports,
  recognitionDecisions,
  remoteConsultations,
  ReportResultValue,
} from '../tables/report.ts';
import {
  bedClassOf,
  chronicDiseaseOf,
  recognitionReasonOf,
  referralReasonOf,
  vulnerabilityOf,
} from './fact-constants.ts';
import type { DepartmentIds } from './place-rows.ts';

/** What rows of care need beside the fact itself. */
export interface CareSetting {
  readonly asOf: string;
  readonly departmentId: DepartmentIds;
  readonly drugIds: ReadonlyMap<string, string>;
  /** Number of the next referral form of an institution on a day 转诊单号. */
  readonly nextFormNo: (institutionId: string, day: string) => string;
}

/** A session's slots in the channels that rule 3.5 gives them. */
export function slotRows(session: SlotSessionFact, setting: CareSetting): (typeof appointmentSlots.$inferInsert)[] {
  const release = releaseSlots(session.slots.length, session.ratio, session.leadShare);
  return session.slots.map((slot, position) => ({
    id: slot.id,
    institutionId: session.institutionId,
    departmentId: setting.departmentId(session.institutionId, session.departmentCode),
    practitionerId: session.practitionerId,
    resource: session.resource,
    start: slot.start,
    end: slot.end,
    capacity: slot.capacity,
    channel: channelAt(position, release),
    bookedCount: slot.booked,
    price: session.price,
    status: slot.booked < slot.capacity ? 'OPEN' : 'FULL',
    updatedAt: setting.asOf,
  }));
}

/** An encounter of any kind. */
export function encounterRow(
  residentId: string,
  fact: EncounterFact,
  setting: CareSetting,
): typeof encounters.$inferInsert {
  return {
    residentId,
    no: fact.no,
    class: fact.kind,
    visitNo: fact.visitNo,
    institutionId: fact.institutionId,
    departmentId: setting.departmentId(fact.institutionId, fact.departmentCode),
    attendingId: fact.practitionerId,
    startedAt: fact.startedAt,
    endedAt: fact.endedAt,
    diagnoses: fact.diagnoses.map(diagnosisValue),
    procedures: [...fact.procedures],
    isFirstContact: fact.isFirstContact,
    referralNo: fact.referralNo,
    totalCost: fact.totalCost,
    ...partOfKind(fact),
    updatedAt: fact.endedAt ?? fact.startedAt,
  };
}

/** The columns that only one kind of encounter has. */
function partOfKind(fact: EncounterFact): Partial<typeof encounters.$inferInsert> {
  switch (fact.kind) {
    case 'OUTPATIENT':
      return {
        appointmentNo: fact.appointmentNo,
        steps: [...fact.steps],
        waitingMinutes: fact.waitingMinutes,
        isTcm: fact.isTcm,
      };
    case 'EMERGENCY':
      return emergencyPart(fact.emergency);
    case 'INPATIENT':
      return fact.stay === null ? {} : stayPart(fact.stay);
    case 'HOME':
      return {
        vulnerability: [vulnerabilityOf(fact.homeVulnerability)],
        services: [...fact.homeServices],
      };
    case 'ONLINE':
      return {
        question: fact.online?.question ?? null,
        replies: (fact.online?.replies ?? []).map(({ at, text }) => ({ at, byId: fact.practitionerId, text })),
        respondedWithin: fact.online?.respondedWithinMinutes ?? null,
      };
  }
}

function emergencyPart(emergency: EncounterFact['emergency']): Partial<typeof encounters.$inferInsert> {
  if (emergency === null) return {};
  const { triageLevel, arrivedBy, disposition, doorToMinutes } = emergency;
  const admitted = disposition === 'WARD' || disposition === 'ICU';
  return {
    triageLevel,
    arrivedBy,
    disposition,
    ...(admitted ? { doorToWardMinutes: doorToMinutes } : { doorToDoctorMinutes: doorToMinutes }),
  };
}

function stayPart(stay: NonNullable<EncounterFact['stay']>): Partial<typeof encounters.$inferInsert> {
  return {
    admittedAt: stay.admittedAt,
    dischargedAt: stay.dischargedAt,
    bedClass: bedClassOf(stay.bedClass),
    admittedFrom: stay.admittedFrom,
    lengthOfStay: stay.lengthOfStay,
    dischargeMode: stay.dischargeMode,
  };
}

/** A referral; the form number is that of the referring institution's division and day. */
export function referralRow(
  residentId: string,
  fact: ReferralFact,
  consentNo: number,
  setting: CareSetting,
): typeof referrals.$inferInsert {
  return {
    residentId,
    no: fact.no,
    formNo: setting.nextFormNo(fact.fromInstitutionId, fact.createdAt.slice(0, 10)),
    episodeNo: fact.episodeNo,
    direction: fact.direction,
    scope: fact.scope,
    fromId: fact.fromInstitutionId,
    toId: fact.toInstitutionId,
    toDepartmentId: setting.departmentId(fact.toInstitutionId, fact.toDepartmentCode),
    reason: referralReasonOf(fact.reason),
    reasonText: fact.reasonText,
    diagnosis: diagnosisValue(fact.diagnosis),
    urgency: fact.urgency,
    greenChannel: fact.greenChannel,
    status: fact.status,
    referrerId: fact.referrerId,
    referrerName: fact.referrerName,
    receiverId: fact.receiverId,
    submittedAt: fact.submittedAt,
    acceptedAt: fact.acceptedAt,
    arrivedAt: fact.arrivedAt,
    completedAt: fact.completedAt,
    dueAt: fact.dueAt,
    timely: fact.timely,
    fromEncounterNo: fact.fromEncounterNo,
    toEncounterNo: fact.toEncounterNo,
    consentId: encodeOwnedId('co', residentId, consentNo),
    updatedAt: fact.events.at(-1)?.at ?? fact.createdAt,
  };
}

/** The changes of status of a referral. */
export function referralEventRows(residentId: string, fact: ReferralFact): (typeof referralEvents.$inferInsert)[] {
  return fact.events.map(({ practitionerId, ...same }, index) => ({
    residentId,
    referralNo: fact.no,
    seq: index + 1,
    ...same,
    byId: practitionerId,
  }));
}

/** A referral episode. */
export function episodeRow(residentId: string, fact: EpisodeFact): typeof referralEpisodes.$inferInsert {
  return {
    residentId,
    ...fact,
    stages: [...fact.stages],
    updatedAt: fact.closedAt ?? fact.stages.at(-1)?.at ?? fact.openedAt,
  };
}

/** An appointment. */
export function appointmentRow(residentId: string, fact: AppointmentFact): typeof appointments.$inferInsert {
  return {
    residentId,
    no: fact.no,
    slotId: fact.slotId,
    bookedByInstitutionId: fact.bookedByInstitutionId,
    referralNo: fact.referralNo,
    contractNo: fact.contractNo,
    priority: fact.priority,
    channel: fact.channel,
    status: fact.status,
    bookedAt: fact.bookedAt,
    checkedInAt: fact.checkedInAt,
    updatedAt: fact.checkedInAt ?? fact.bookedAt,
  };
}

/** An examination or laboratory report. */
export function reportRow(residentId: string, fact: ReportFact): typeof diagnosticReports.$inferInsert {
  const { itemCode, performedAtInstitutionId, interpretedAtInstitutionId, results, ...same } = fact;
  return {
    residentId,
    ...same,
    item: itemCode,
    performedAtId: performedAtInstitutionId,
    interpretedAtId: interpretedAtInstitutionId,
    results: results.map(({ flag, ...line }): ReportResultValue => ({ ...line, flag: resultFlags[flag] })),
    updatedAt: fact.issuedTime,
  };
}

const resultFlags = { N: 'NORMAL', H: 'HIGH', L: 'LOW' } as const;

/** A decision on recognising a report. */
export function recognitionRow(residentId: string, fact: RecognitionFact): typeof recognitionDecisions.$inferInsert {
  return { residentId, ...fact, reason: recognitionReasonOf(fact.reason) };
}

/** An entry of the index of documents. */
export function documentRow(residentId: string, fact: DocumentFact): typeof careDocuments.$inferInsert {
  return { residentId, ...fact };
}

/** A remote consultation. */
export function remoteConsultationRow(
  residentId: string,
  { requesterInstitutionId, providerInstitutionId, ...same }: RemoteConsultationFact,
): typeof remoteConsultations.$inferInsert {
  return {
    residentId,
    ...same,
    requesterId: requesterInstitutionId,
    providerId: providerInstitutionId,
    updatedAt: same.answeredAt ?? same.requestedAt,
  };
}

/** A prescription. */
export function prescriptionRow(
  residentId: string,
  fact: PrescriptionFact,
  setting: CareSetting,
): typeof prescriptions.$inferInsert {
  return {
    residentId,
    ...fact,
    diseaseKind: chronicDiseaseOf(fact.diseaseKind),
    lines: fact.lines.map(({ nhsaDrugCode, ...line }) => ({ drugId: drugOf(nhsaDrugCode, setting), ...line })),
    updatedAt: fact.dispensedAt ?? fact.issuedAt,
  };
}

/** Advice on medication. */
export function medicationAdviceRow(
  residentId: string,
  { practitionerId, ...same }: MedicationAdviceFact,
): typeof medicationAdvice.$inferInsert {
  return { residentId, byId: practitionerId, ...same };
}

/** How long before they begin generated reservations were made: the facts do not say. */
const DAYS_AHEAD = 3;

/** A reservation of equipment. */
export function reservationRow(
  residentId: string,
  { requesterInstitutionId, examItemCode, ...same }: ReservationFact,
): typeof equipmentReservations.$inferInsert {
  return {
    residentId,
    ...same,
    requesterId: requesterInstitutionId,
    examItem: examItemCode,
    urgency: 'ROUTINE',
    heldAt: plusMinutes(same.start, -DAYS_AHEAD * 24 * 60),
    updatedAt: same.end,
  };
}

function diagnosisValue({ rank, icd10, kind, tcmCode }: DiagnosisFact): DiagnosisValue {
  return { rank, icd10, kind, tcmCode };
}

function drugOf(nhsaDrugCode: string, { drugIds }: CareSetting): string {
  const id = drugIds.get(nhsaDrugCode);
  if (id === undefined) throw new TypeError(`the catalogue has no drug ${nhsaDrugCode}`);
  return id;
}
