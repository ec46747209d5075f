import { createTableBatch, type KeyRing, type SqlSession, type TableBatch, type TableProgress } from '@hutong/kit';
import type { Region, ResidentFact, ResidentHistory } from '@hutong/synthetic';
import { appointments, appointmentSlots, slotReleasePolicies } from '../tables/appointment.ts';
import { medicationAdvice, prescriptions } from '../tables/drug.ts';
import { encounters } from '../tables/encounter.ts';
import { equipmentReservations } from '../tables/equipment.ts';
import {
  chronicProjections,
  contractProjections,
  followUpProjections,
  practiceProjections,
  practitionerProjections,
  providerMonthProjections,
  residentProjections,
} from '../tables/projection.ts';
import { referralEpisodes, referralEvents, referrals } from '../tables/referral.ts';
import { careDocuments, diagnosticReports, recognitionDecisions, remoteConsultations } from '../tables/report.ts';
import {
  appointmentRow,
  type CareSetting,
  documentRow,
  encounterRow,
  episodeRow,
  medicationAdviceRow,
  prescriptionRow,
  recognitionRow,
  referralEventRows,
  referralRow,
  remoteConsultationRow,
  reportRow,
  reservationRow,
  slotRows,
} from './care-rows.ts';
import type { SeededPlaces } from './places.ts';
import {
  chronicProjectionRows,
  contractProjectionRows,
  followUpProjectionRows,
  practiceProjectionRows,
  practitionerProjectionRow,
  residentProjectionRow,
} from './projection-rows.ts';
import { createProviderLedger } from './provider-months.ts';

/** What care is seeded from. */
interface CareParts {
  readonly region: Region;
  readonly places: SeededPlaces;
  readonly keys: KeyRing;
}

/** Slots, and everything that happened to the residents, resident by resident. */
export async function* seedCare(sql: SqlSession, { region, places, keys }: CareParts): AsyncGenerator<TableProgress> {
  const tables = {
    slot_release_policies: slotReleasePolicies,
    appointment_slots: appointmentSlots,
    encounters,
    referral_episodes: referralEpisodes,
    referrals,
    referral_events: referralEvents,
    appointments,
    diagnostic_reports: diagnosticReports,
    recognition_decisions: recognitionDecisions,
    care_documents: careDocuments,
    remote_consultations: remoteConsultations,
    prescriptions,
    medication_advice: medicationAdvice,
    equipment_reservations: equipmentReservations,
    practice_projections: practiceProjections,
    practitioner_projections: practitionerProjections,
    resident_projections: residentProjections,
    contract_projections: contractProjections,
    chronic_projections: chronicProjections,
    follow_up_projections: followUpProjections,
    provider_month_projections: providerMonthProjections,
  };
  const batch = createTableBatch(sql, tables, keys);
  const setting = createSetting(region, places);
  const ledger = createProviderLedger(region);
  for (const place of region.places) {
    for (const policy of region.slotPolicies(place.key)) {
      batch.add(slotReleasePolicies, { ...policy, publicReleaseAt: 'T-2d 12:00', updatedAt: region.asOf });
    }
    for (const session of region.slotSessions(place.key)) {
      batch.add(appointmentSlots, ...slotRows(session, setting));
      yield* batch.flushWhenLarge();
    }
    for (const fact of region.practitioners(place.key)) {
      batch.add(practiceProjections, ...practiceProjectionRows(fact));
      batch.add(practitionerProjections, practitionerProjectionRow(fact));
    }
    yield* batch.flush();
    for (const resident of region.residents(place.key)) {
      const history = region.history(resident);
      addHistory(batch, resident.id, history, setting);
      addProjections(batch, resident, history, places);
      ledger.add(history.claims);
      yield* batch.flushWhenLarge();
    }
    yield* batch.flush();
  }
  for (const row of ledger.rows()) batch.add(providerMonthProjections, row);
  yield* batch.flush();
}

function createSetting(region: Region, { departmentId, divisionOf }: SeededPlaces): CareSetting {
  const serials = new Map<string, number>();
  return {
    asOf: region.asOf,
    departmentId,
    drugIds: new Map(region.catalogues.drugs.map(({ nhsaDrugCode, id }) => [nhsaDrugCode, id])),
    nextFormNo: (institutionId, day) => {
      const start = `${divisionOf.get(institutionId) ?? '000000'}${day.replaceAll('-', '')}`;
      const serial = (serials.get(start) ?? 0) + 1;
      serials.set(start, serial);
      return `${start}${String(serial).padStart(4, '0')}`;
    },
  };
}

function addHistory(batch: TableBatch, residentId: string, history: ResidentHistory, setting: CareSetting): void {
  for (const fact of history.encounters) batch.add(encounters, encounterRow(residentId, fact, setting));
  for (const fact of history.episodes) batch.add(referralEpisodes, episodeRow(residentId, fact));
  const consentOf = new Map(history.consents.map(({ referralNo, no }) => [referralNo, no]));
  for (const fact of history.referrals) {
    batch.add(referrals, referralRow(residentId, fact, consentOf.get(fact.no) ?? 0, setting));
    batch.add(referralEvents, ...referralEventRows(residentId, fact));
  }
  for (const fact of history.appointments) batch.add(appointments, appointmentRow(residentId, fact));
  for (const fact of history.reports) batch.add(diagnosticReports, reportRow(residentId, fact));
  for (const fact of history.recognitions) batch.add(recognitionDecisions, recognitionRow(residentId, fact));
  for (const fact of history.documents) batch.add(careDocuments, documentRow(residentId, fact));
  for (const fact of history.remoteConsultations) {
    batch.add(remoteConsultations, remoteConsultationRow(residentId, fact));
  }
  for (const fact of history.prescriptions) batch.add(prescriptions, prescriptionRow(residentId, fact, setting));
  for (const fact of history.medicationAdvice) batch.add(medicationAdvice, medicationAdviceRow(residentId, fact));
  for (const fact of history.reservations) batch.add(equipmentReservations, reservationRow(residentId, fact));
}

/** What public health knows of a resident and this subgraph's rules ask for. */
function addProjections(
  batch: TableBatch,
  resident: ResidentFact,
  history: ResidentHistory,
  { primaryCare }: SeededPlaces,
): void {
  batch.add(residentProjections, residentProjectionRow(resident));
  batch.add(contractProjections, ...contractProjectionRows(resident.id, history));
  batch.add(chronicProjections, ...chronicProjectionRows(resident, history));
  batch.add(followUpProjections, ...followUpProjectionRows(resident.id, history, primaryCare));
}
