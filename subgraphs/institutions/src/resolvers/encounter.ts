import {
  byReference,
  coded,
  columns,
  concreteType,
  derive,
  ownedId,
  ownedReference,
  payload,
  reference,
  stub,
  ownedList,
} from '@hutong/kit';
import { codeOf } from '@hutong/schema';
import type { Context } from '../context.ts';
import type {
  ConsultationReplyResolvers,
  DiagnosisResolvers,
  EmergencyVisitResolvers,
  EncounterClass,
  EncounterResolvers,
  HomeVisitResolvers,
  InpatientStayResolvers,
  MutationResolvers,
  OnlineConsultationResolvers,
  OutpatientVisitResolvers,
  QueryResolvers,
} from '../schema-types.ts';
import { encounters } from '../tables/encounter.ts';

type Load = Context['load'];

export const Query: Pick<QueryResolvers, 'encounter' | 'encounters'> = {
  encounter: (_, { id }, { load }, info) => load.encounter.encounter.load(id, info),
  encounters: (_, page, { load }, info) => load.encounter.encounters.load(page, info),
};

export const Mutation: Pick<
  MutationResolvers,
  'recordEncounter' | 'recordDischarge' | 'replyConsultation' | 'recordBeds'
> = {
  recordEncounter: (_, { input }, { write }) => write.encounter.recordEncounter(input),
  recordDischarge: (_, { input }, { write }) => write.encounter.recordDischarge(input),
  replyConsultation: (_, { input }, { write }) => write.consultation.replyConsultation(input),
  recordBeds: (_, { input }, { write }) => write.encounter.recordBeds(input),
};

export const EncounterPayload = payload('encounter', (load: Load) => load.encounter.encounter);
export const InpatientStayPayload = payload('inpatientStay', (load: Load) => load.encounter.encounter);
export const OnlineConsultationPayload = payload('onlineConsultation', (load: Load) => load.encounter.encounter);
export const InstitutionPayload = payload('institution', (load: Load) => load.place.institution);

const typeNames = {
  OUTPATIENT: 'OutpatientVisit',
  EMERGENCY: 'EmergencyVisit',
  INPATIENT: 'InpatientStay',
  HOME: 'HomeVisit',
  ONLINE: 'OnlineConsultation',
} as const satisfies Readonly<Record<EncounterClass, string>>;

export const Encounter: EncounterResolvers = {
  __resolveType: concreteType('class', typeNames),
  __resolveReference: byReference({ id: (load: Load) => load.encounter.encounter }),
};

/** Fields that all five kinds have. */
const common = {
  __resolveReference: byReference({ id: (load: Load) => load.encounter.encounter }),
  ...columns(encounters),
  id: ownedId('en'),
  resident: stub('Resident', 'residentId'),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  department: reference('departmentId', (load: Load) => load.place.department),
  attending: stub('Practitioner', 'attendingId'),
  procedures: derive(['procedures'], ({ procedures }: { readonly procedures: readonly string[] }) =>
    procedures.map((code) => codeOf('ICD-9-CM-3', code)),
  ),
  referral: ownedReference('rf', 'referralNo', (load: Load) => load.referral.referral),
  prescriptions: ownedList('en', (load: Load) => load.drug.prescriptionsOfEncounter),
  reports: ownedList('en', (load: Load) => load.report.reportsOfEncounter),
  documents: ownedList('en', (load: Load) => load.report.documentsOfEncounter),
  history: ownedList('en', (load: Load) => load.history('Encounter')),
};

export const OutpatientVisit: OutpatientVisitResolvers = {
  ...common,
  appointment: ownedReference('ap', 'appointmentNo', (load: Load) => load.appointment.appointment),
};

export const EmergencyVisit: EmergencyVisitResolvers = common;

export const InpatientStay: InpatientStayResolvers = {
  ...common,
  admittedFrom: coded('VS-65', 'admittedFrom'),
  dischargeMode: coded('VS-64', 'dischargeMode'),
};

export const HomeVisit: HomeVisitResolvers = common;

export const OnlineConsultation: OnlineConsultationResolvers = common;

export const Diagnosis: DiagnosisResolvers = {
  rank: ({ rank }) => rank,
  code: ({ icd10 }) => codeOf('ICD-10', icd10),
  kind: ({ kind }) => kind,
  tcmCode: ({ tcmCode }) => tcmCode,
};

export const ConsultationReply: ConsultationReplyResolvers = {
  at: ({ at }) => at,
  by: ({ byId }) => (byId === null ? null : { __typename: 'Practitioner', id: byId }),
  text: ({ text }) => text,
};
