import type { Resolvers } from '../schema-types.ts';
import * as alliance from './alliance.ts';
import * as appointment from './appointment.ts';
import * as capability from './capability.ts';
import * as drug from './drug.ts';
import * as encounter from './encounter.ts';
import * as equipment from './equipment.ts';
import * as indicator from './indicator.ts';
import * as place from './place.ts';
import * as planning from './planning.ts';
import * as referral from './referral.ts';
import * as report from './report.ts';
import * as resident from './resident.ts';

/** Every resolver of this subgraph, by type and field. */
export const resolvers: Resolvers = {
  Query: {
    ...place.Query,
    ...alliance.Query,
    ...encounter.Query,
    ...referral.Query,
    ...appointment.Query,
    ...equipment.Query,
    ...report.Query,
    ...capability.Query,
    ...drug.Query,
    ...planning.Query,
    ...indicator.Query,
  },
  Mutation: {
    ...referral.Mutation,
  },
  CreateReferralPayload: referral.ReferralPayload,
  Region: place.Region,
  Institution: place.Institution,
  Department: place.Department,
  BedStat: place.BedStat,
  Alliance: alliance.Alliance,
  AllianceMembership: alliance.AllianceMembership,
  AllianceCoverage: alliance.AllianceCoverage,
  Encounter: encounter.Encounter,
  OutpatientVisit: encounter.OutpatientVisit,
  EmergencyVisit: encounter.EmergencyVisit,
  InpatientStay: encounter.InpatientStay,
  HomeVisit: encounter.HomeVisit,
  OnlineConsultation: encounter.OnlineConsultation,
  Diagnosis: encounter.Diagnosis,
  ConsultationReply: encounter.ConsultationReply,
  Referral: referral.Referral,
  ReferralEvent: referral.ReferralEvent,
  ReferralEpisode: referral.ReferralEpisode,
  SlotReleasePolicy: appointment.SlotReleasePolicy,
  AppointmentSlot: appointment.AppointmentSlot,
  Appointment: appointment.Appointment,
  Equipment: equipment.Equipment,
  EquipmentReservation: equipment.EquipmentReservation,
  RecognitionItem: report.RecognitionItem,
  DiagnosticReport: report.DiagnosticReport,
  RecognitionDecision: report.RecognitionDecision,
  CareDocument: report.CareDocument,
  RemoteConsultation: report.RemoteConsultation,
  SharedCentre: capability.SharedCentre,
  SpecialtyCentre: capability.SpecialtyCentre,
  SpecialtyPlan: capability.SpecialtyPlan,
  EmergencyNode: capability.EmergencyNode,
  CapabilityItem: capability.CapabilityItem,
  CapabilityAssessment: capability.CapabilityAssessment,
  DiseaseCatalogueItem: capability.DiseaseCatalogueItem,
  DrugItem: drug.DrugItem,
  DrugMatch: drug.DrugMatch,
  DrugStock: drug.DrugStock,
  ProcurementBatch: drug.ProcurementBatch,
  Prescription: drug.Prescription,
  PrescriptionLine: drug.PrescriptionLine,
  MedicationAdvice: drug.MedicationAdvice,
  ResourceAssessment: planning.ResourceAssessment,
  DiseaseShare: planning.DiseaseShare,
  LayoutPlan: planning.LayoutPlan,
  LayoutPlanItem: planning.LayoutPlanItem,
  InstitutionLifecycleEvent: planning.InstitutionLifecycleEvent,
  OutreachPoint: planning.OutreachPoint,
  InvestmentProject: planning.InvestmentProject,
  PairingAgreement: planning.PairingAgreement,
  SystemConnection: planning.SystemConnection,
  SupervisionAlert: planning.SupervisionAlert,
  IndicatorSnapshot: indicator.IndicatorSnapshot,
  Resident: resident.Resident,
  Practitioner: resident.Practitioner,
};
