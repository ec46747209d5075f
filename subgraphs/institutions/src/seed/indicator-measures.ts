import { ordersWithReport } from '../tables/duplicate-exam.ts';
import type { IndicatorSnapshotRow } from '../tables/indicator.ts';

/** A column of IndicatorSnapshot. */
export type Measure = keyof IndicatorSnapshotRow;

/** Measures that one query counts by institution and month. */
export interface MonthlySource {
  readonly name: string;
  /** From clause; gives an institution and an instant for each row. */
  readonly from: string;
  readonly institution: string;
  readonly at: string;
  readonly measures: Partial<Record<Measure, string>>;
}

const isVisit = `class <> 'INPATIENT'`;

/** What is counted by institution and month. */
export const monthlySources: readonly MonthlySource[] = [
  {
    name: 'visit_counts',
    from: 'encounters join institutions i on i.id = encounters.institution_id',
    institution: 'encounters.institution_id',
    at: 'started_at',
    measures: {
      visits: `count(*) filter (where encounters.${isVisit})`,
      outpatientVisits: `count(*) filter (where encounters.class = 'OUTPATIENT')`,
      emergencyVisits: `count(*) filter (where encounters.class = 'EMERGENCY')`,
      homeVisits: `count(*) filter (where encounters.class = 'HOME')`,
      onlineConsultations: `count(*) filter (where encounters.class = 'ONLINE')`,
      primaryVisits: `count(*) filter (where encounters.${isVisit} and i.is_primary_care)`,
      villageVisits: `count(*) filter (where encounters.${isVisit} and i.tier = 'VILLAGE')`,
      tcmVisits: `count(*) filter (where is_tcm)`,
      firstContacts: `count(*) filter (where is_first_contact)`,
      bookedVisits: `count(*) filter (where appointment_no is not null)`,
      waitingMinutes: `sum(waiting_minutes)`,
      visitCost: `sum(total_cost) filter (where encounters.${isVisit})`,
      admissions: `count(*) filter (where encounters.class = 'INPATIENT')`,
    },
  },
  {
    name: 'stay_counts',
    from: `(select *, lead(admitted_at) over (partition by resident_id order by admitted_at) as next_admission
      from encounters where class = 'INPATIENT') stays`,
    institution: 'institution_id',
    at: 'discharged_at',
    measures: {
      discharges: 'count(*)',
      bedDays: 'sum(length_of_stay)',
      stayCost: 'sum(total_cost)',
      readmissions31: `count(*) filter (where next_admission <= discharged_at + interval '31 days')`,
    },
  },
  {
    name: 'up_referral_counts',
    from: `referrals join referral_episodes e on e.resident_id = referrals.resident_id and e.no = episode_no`,
    institution: 'from_id',
    at: 'submitted_at',
    measures: {
      referralsUp: `count(*) filter (where direction = 'UP')`,
      referralsDue: `count(*) filter (where timely is not null and status <> 'CANCELLED')`,
      timelyReferrals: `count(*) filter (where timely and status <> 'CANCELLED')`,
      completedUpReferrals: `count(*) filter (where direction = 'UP' and status = 'COMPLETED')`,
      closedEpisodes: `count(*) filter (where direction = 'UP' and status = 'COMPLETED' and e.closed)`,
    },
  },
  {
    name: 'down_referral_counts',
    from: `referrals`,
    institution: 'to_id',
    at: 'submitted_at',
    measures: { referralsDown: `count(*) filter (where direction = 'DOWN')` },
  },
  {
    name: 'slot_counts',
    from: 'appointment_slots',
    institution: 'institution_id',
    at: '"start"',
    measures: {
      slotsTotal: 'sum(capacity)',
      slotsReleased: `sum(capacity) filter (where channel in ('LEAD_HOSPITAL', 'ALLIANCE'))`,
      slotsReleasedUsed: `sum(booked_count) filter (where channel in ('LEAD_HOSPITAL', 'ALLIANCE'))`,
    },
  },
  {
    name: 'appointment_counts',
    from: 'appointments join appointment_slots s on s.id = slot_id',
    institution: 's.institution_id',
    at: 's."start"',
    measures: { appointments: `count(*) filter (where appointments.status <> 'CANCELLED')` },
  },
  {
    name: 'prescription_counts',
    from: `prescriptions p join encounters e on e.resident_id = p.resident_id and e.no = p.encounter_no`,
    institution: 'e.institution_id',
    at: 'p.issued_at',
    measures: { prescriptions: 'count(*)', longPrescriptions: 'count(*) filter (where p.is_long)' },
  },
  {
    name: 'report_counts',
    from: 'diagnostic_reports',
    institution: 'performed_at_id',
    at: 'performed_time',
    measures: { reports: 'count(*)' },
  },
  {
    name: 'recognition_counts',
    from: `(${ordersWithReport}) orders`,
    institution: 'institution_id',
    at: 'at',
    measures: {
      recognitionDecisions: 'count(*)',
      recognisedReports: 'count(*) filter (where recognised)',
      avoidedCost: 'sum(avoided_price) filter (where recognised)',
    },
  },
  {
    name: 'reservation_counts',
    from: 'equipment_reservations r join equipment q on q.id = r.equipment_id',
    institution: 'q.institution_id',
    at: 'r."start"',
    measures: {
      sharedExams: `count(*) filter (where r.status = 'DONE' and r.requester_id <> q.institution_id)`,
      equipmentUsedMinutes: `(sum(extract(epoch from r."end" - r."start") / 60) filter (where r.status = 'DONE' and q.large))::integer`,
    },
  },
  {
    name: 'remote_counts',
    from: 'remote_consultations',
    institution: 'requester_id',
    at: 'requested_at',
    measures: {
      remoteConsultations: 'count(*)',
      remoteDiagnoses: `count(*) filter (where kind in ('IMAGING', 'ECG'))`,
    },
  },
  {
    name: 'opening_minutes',
    from: `(select q.institution_id, m.at,
        (extract(epoch from (h->>'closes')::time - (h->>'opens')::time) / 60 * days_in_month / 7)::integer as minutes
      from equipment q, jsonb_array_elements(q.open_hours) h,
        (select "from" as at, extract(day from until - "from") as days_in_month from periods where period_type = 'MONTH') m
      where q.large and q.status = 'IN_USE') opening`,
    institution: 'institution_id',
    at: 'at',
    measures: { equipmentOpenMinutes: 'sum(minutes)' },
  },
];

/** Measures of an institution as it stands, summed over the institutions of a subject. */
export const standing: Partial<Record<Measure, string>> = {
  institutions: 'count(*)',
  primaryInstitutions: 'count(*) filter (where i.is_primary_care)',
  coveredPrimaryInstitutions: 'count(*) filter (where i.is_primary_care and f.in_alliance)',
  villageClinics: `count(*) filter (where i.tier = 'VILLAGE')`,
  integratedVillageClinics: `count(*) filter (where i.tier = 'VILLAGE' and i.integrated_management)`,
  villageClinicsWithEcg: `count(*) filter (where i.tier = 'VILLAGE' and f.has_ecg)`,
  modelVillageClinics: `count(*) filter (where i.tier = 'VILLAGE' and f.model_clinic)`,
  leadHospitals: 'count(*) filter (where f.leads)',
  strongCountyHospitals: 'count(*) filter (where f.leads and i.strong_county_hospital)',
  pairedLeadHospitals: 'count(*) filter (where f.leads and f.paired)',
  centralTownInstitutions: `count(*) filter (where i.tier = 'TOWNSHIP' and f.central_town)`,
  centralTownLevel2b: `count(*) filter (where i.tier = 'TOWNSHIP' and f.central_town and i.capability_grade like 'LEVEL2%')`,
  privateNonProfitInstitutions: `count(*) filter (where i.ownership = 'PRIVATE_NONPROFIT')`,
  privateMembers: `count(*) filter (where i.ownership like 'PRIVATE%' and f.in_alliance)`,
  capabilityAttained: `count(*) filter (where i.is_primary_care and f.attained)`,
  capabilityScore: 'round(avg(f.score), 2)',
  openBeds: 'coalesce(sum(f.open_beds), 0)',
  occupiedBeds: 'coalesce(sum(f.occupied_beds), 0)',
  primaryBeds: 'coalesce(sum(f.open_beds) filter (where i.is_primary_care), 0)',
  systemsExpected: 'coalesce(sum(f.systems_expected), 0)',
  systemsConnected: 'coalesce(sum(f.systems_connected), 0)',
  emergencyCentreKinds: `(select count(distinct kind) from specialty_centres c where c.accredited and c.institution_id = any(array_agg(i.id))
    and c.kind in ('CHEST_PAIN', 'STROKE', 'TRAUMA', 'CHRONIC', 'MATERNAL_CRITICAL', 'CHILD_CRITICAL'))`,
};

/** Measures of alliances: of one, or of those of a division. */
export const allianceMeasures: Partial<Record<Measure, string>> = {
  alliances: 'count(*)',
  internetPlusAlliances: 'count(*) filter (where a.internet_plus)',
  threeFlowAlliances: 'count(*) filter (where a.people_flow and a.resource_flow and a.care_flow)',
  unifiedManagement: `case when count(*) = 1 then sum(a.unified_hr::int + a.unified_finance::int + a.unified_business::int + a.unified_drug::int + a.unified_it::int) end`,
  sharedCentreKinds: `case when count(*) = 1 then sum((select count(distinct kind) from shared_centres c where c.alliance_id = a.id and c.status = 'IN_OPERATION')) end`,
  keySpecialties: `sum((select count(*) from specialty_centres c where c.alliance_id = a.id and c.kind = 'KEY_SPECIALTY'))`,
};
