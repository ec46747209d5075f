CREATE TABLE "alliance_memberships" (
	"id" text PRIMARY KEY NOT NULL,
	"alliance_id" text NOT NULL,
	"institution_id" text NOT NULL,
	"tier" text NOT NULL,
	"role" text NOT NULL,
	"joined_on" date NOT NULL,
	"left_on" date,
	"integrated_finance" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alliances" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"tightness" text NOT NULL,
	"region_code" text NOT NULL,
	"province_code" text GENERATED ALWAYS AS (substr("region_code", 1, 2)) STORED,
	"city_code" text GENERATED ALWAYS AS (case when length("region_code") >= 4 then substr("region_code", 1, 4) end) STORED,
	"county_code" text GENERATED ALWAYS AS (case when length("region_code") >= 6 then substr("region_code", 1, 6) end) STORED,
	"township_code" text GENERATED ALWAYS AS (case when length("region_code") >= 9 then substr("region_code", 1, 9) end) STORED,
	"lead_id" text NOT NULL,
	"internet_plus" boolean NOT NULL,
	"people_flow" boolean NOT NULL,
	"resource_flow" boolean NOT NULL,
	"care_flow" boolean NOT NULL,
	"charter" boolean NOT NULL,
	"member_in_decision" boolean NOT NULL,
	"unified_hr" boolean NOT NULL,
	"unified_finance" boolean NOT NULL,
	"unified_business" boolean NOT NULL,
	"unified_drug" boolean NOT NULL,
	"unified_it" boolean NOT NULL,
	"established_on" date NOT NULL,
	"dissolved_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "appointment_slots" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"department_id" text NOT NULL,
	"practitioner_id" text,
	"resource" text NOT NULL,
	"start" timestamp with time zone NOT NULL,
	"end" timestamp with time zone NOT NULL,
	"capacity" integer NOT NULL,
	"channel" text NOT NULL,
	"booked_count" integer NOT NULL,
	"price" numeric(14, 2),
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "appointment_slots_places" CHECK ("appointment_slots"."booked_count" between 0 and "appointment_slots"."capacity")
);
--> statement-breakpoint
CREATE TABLE "appointments" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"slot_id" text NOT NULL,
	"booked_by_institution_id" text,
	"referral_no" integer,
	"contract_no" integer,
	"priority" integer NOT NULL,
	"channel" text NOT NULL,
	"status" text NOT NULL,
	"booked_at" timestamp with time zone NOT NULL,
	"checked_in_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "appointments_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "slot_release_policies" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"department_id" text,
	"effective_from" date NOT NULL,
	"ratio" numeric(5, 4) NOT NULL,
	"lead_share" numeric(5, 4) NOT NULL,
	"lead_window_days" integer NOT NULL,
	"alliance_window_days" integer NOT NULL,
	"public_release_at" text NOT NULL,
	"yearly_step" numeric(5, 4) NOT NULL,
	"max_ratio" numeric(5, 4) NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "slot_release_policies_once" UNIQUE NULLS NOT DISTINCT("institution_id","department_id","effective_from")
);
--> statement-breakpoint
CREATE TABLE "capability_assessments" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"kind" text NOT NULL,
	"standard_version" text NOT NULL,
	"score" numeric(6, 2),
	"result" text NOT NULL,
	"assessed_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "capability_items" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"area" text NOT NULL,
	"item_code" text NOT NULL,
	"name" text NOT NULL,
	"surgery_level" text,
	"available" boolean NOT NULL,
	"year_volume" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "disease_catalogue_items" (
	"id" text PRIMARY KEY NOT NULL,
	"alliance_id" text NOT NULL,
	"level" text NOT NULL,
	"icd10_from" text NOT NULL,
	"icd10_to" text NOT NULL,
	"severity_limit" text,
	"mandatory" boolean NOT NULL,
	"version" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "emergency_nodes" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"region_code" text NOT NULL,
	"level" integer NOT NULL,
	"duty" text,
	"ambulances" integer NOT NULL,
	"coverage_codes" text[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shared_centres" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"alliance_id" text NOT NULL,
	"host_id" text NOT NULL,
	"serves_ids" text[] NOT NULL,
	"opened_on" date,
	"monthly_capacity" integer,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "specialty_centres" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"institution_id" text NOT NULL,
	"alliance_id" text,
	"specialty" text NOT NULL,
	"level" text,
	"year" integer,
	"accredited" boolean NOT NULL,
	"radiates_codes" text[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "specialty_plans" (
	"id" text PRIMARY KEY NOT NULL,
	"alliance_id" text NOT NULL,
	"specialty" text NOT NULL,
	"horizon" text,
	"goals" text NOT NULL,
	"lead_institution_id" text NOT NULL,
	"basis" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drug_catalogue" (
	"region_code" text NOT NULL,
	"drug_id" text NOT NULL,
	CONSTRAINT "drug_catalogue_region_code_drug_id_pk" PRIMARY KEY("region_code","drug_id")
);
--> statement-breakpoint
CREATE TABLE "drug_items" (
	"id" text PRIMARY KEY NOT NULL,
	"nhsa_drug_code" text,
	"generic_name" text NOT NULL,
	"strength" text,
	"dosage_form" text,
	"pack" text,
	"essential" boolean NOT NULL,
	"contract_flexible" boolean NOT NULL,
	"catalogue_version" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drug_stocks" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"drug_id" text NOT NULL,
	"quantity" numeric(12, 2) NOT NULL,
	"unit" text NOT NULL,
	"expires_on" date,
	"shared_pharmacy" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "drug_stocks_by_lot" UNIQUE NULLS NOT DISTINCT("institution_id","drug_id","shared_pharmacy","expires_on"),
	CONSTRAINT "drug_stocks_not_below_zero" CHECK ("drug_stocks"."quantity" >= 0)
);
--> statement-breakpoint
CREATE TABLE "medication_advice" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"by_id" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "medication_advice_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "prescriptions" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"encounter_no" integer NOT NULL,
	"prescriber_id" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"is_long" boolean NOT NULL,
	"disease_kind" text,
	"lines" jsonb NOT NULL,
	"days_supply" integer NOT NULL,
	"refills_left" integer NOT NULL,
	"dispensed_at" timestamp with time zone,
	"dispensed_by_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "prescriptions_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "procurement_batches" (
	"id" text PRIMARY KEY NOT NULL,
	"alliance_id" text,
	"region_code" text NOT NULL,
	"drug_id" text NOT NULL,
	"volume" integer NOT NULL,
	"old_price" numeric(14, 2) NOT NULL,
	"new_price" numeric(14, 2) NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date
);
--> statement-breakpoint
CREATE TABLE "encounters" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"class" text NOT NULL,
	"visit_no" "bytea" NOT NULL,
	"institution_id" text NOT NULL,
	"department_id" text,
	"attending_id" text,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"diagnoses" jsonb NOT NULL,
	"procedures" text[] NOT NULL,
	"is_first_contact" boolean NOT NULL,
	"referral_no" integer,
	"total_cost" numeric(14, 2),
	"appointment_no" integer,
	"steps" jsonb,
	"waiting_minutes" integer,
	"is_tcm" boolean,
	"triage_level" integer,
	"arrived_by" text,
	"disposition" text,
	"door_to_doctor_minutes" integer,
	"door_to_ward_minutes" integer,
	"door_to_needle_minutes" integer,
	"door_to_balloon_minutes" integer,
	"admitted_at" timestamp with time zone,
	"discharged_at" timestamp with time zone,
	"bed_class" text,
	"admitted_from" text,
	"length_of_stay" integer,
	"discharge_mode" text,
	"vulnerability" text[],
	"services" text[],
	"question" text,
	"replies" jsonb,
	"responded_within" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "encounters_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "equipment" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"name" text NOT NULL,
	"class" text NOT NULL,
	"large" boolean NOT NULL,
	"licence_no" text,
	"model" text,
	"serial_no" text,
	"acquisition" text NOT NULL,
	"lease_terms" text,
	"purchase_price" numeric(14, 2),
	"in_service_on" date,
	"status" text NOT NULL,
	"shared" boolean NOT NULL,
	"sharing_mode" text,
	"shared_with_ids" text[] NOT NULL,
	"shared_quota" numeric(5, 4),
	"slot_minutes" integer NOT NULL,
	"buffer_minutes" integer NOT NULL,
	"open_hours" jsonb NOT NULL,
	"operator_count" integer NOT NULL,
	"maintenance" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "equipment_reservations" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"equipment_id" text NOT NULL,
	"requester_id" text NOT NULL,
	"exam_item" text NOT NULL,
	"start" timestamp with time zone NOT NULL,
	"end" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone NOT NULL,
	"priority" integer NOT NULL,
	"urgency" text NOT NULL,
	"status" text NOT NULL,
	"held_at" timestamp with time zone NOT NULL,
	"referral_no" integer,
	"report_no" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "equipment_reservations_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "indicator_snapshots" (
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"period_type" text NOT NULL,
	"period" text NOT NULL,
	"visits" integer,
	"outpatient_visits" integer,
	"emergency_visits" integer,
	"home_visits" integer,
	"online_consultations" integer,
	"primary_visits" integer,
	"village_visits" integer,
	"tcm_visits" integer,
	"first_contacts" integer,
	"booked_visits" integer,
	"waiting_minutes" integer,
	"visit_cost" numeric(14, 2),
	"admissions" integer,
	"discharges" integer,
	"bed_days" integer,
	"readmissions31" integer,
	"stay_cost" numeric(14, 2),
	"open_beds" integer,
	"occupied_beds" integer,
	"primary_beds" integer,
	"referrals_up" integer,
	"referrals_down" integer,
	"referrals_due" integer,
	"timely_referrals" integer,
	"completed_up_referrals" integer,
	"closed_episodes" integer,
	"slots_total" integer,
	"slots_released" integer,
	"slots_released_used" integer,
	"appointments" integer,
	"prescriptions" integer,
	"long_prescriptions" integer,
	"reports" integer,
	"recognition_decisions" integer,
	"recognised_reports" integer,
	"avoided_cost" numeric(14, 2),
	"shared_exams" integer,
	"equipment_used_minutes" integer,
	"equipment_open_minutes" integer,
	"remote_consultations" integer,
	"remote_diagnoses" integer,
	"institutions" integer,
	"primary_institutions" integer,
	"covered_primary_institutions" integer,
	"village_clinics" integer,
	"integrated_village_clinics" integer,
	"village_clinics_with_ecg" integer,
	"model_village_clinics" integer,
	"lead_hospitals" integer,
	"strong_county_hospitals" integer,
	"paired_lead_hospitals" integer,
	"central_town_institutions" integer,
	"central_town_level2b" integer,
	"private_non_profit_institutions" integer,
	"private_members" integer,
	"capability_attained" integer,
	"capability_score" numeric(6, 2),
	"alliances" integer,
	"internet_plus_alliances" integer,
	"three_flow_alliances" integer,
	"unified_management" integer,
	"shared_centre_kinds" integer,
	"key_specialties" integer,
	"emergency_centre_kinds" integer,
	"systems_expected" integer,
	"systems_connected" integer,
	CONSTRAINT "indicator_snapshots_subject_type_subject_id_period_type_period_pk" PRIMARY KEY("subject_type","subject_id","period_type","period")
);
--> statement-breakpoint
CREATE TABLE "bed_stats" (
	"institution_id" text NOT NULL,
	"class" text NOT NULL,
	"open" integer NOT NULL,
	"physical" integer NOT NULL,
	"occupied" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "bed_stats_institution_id_class_pk" PRIMARY KEY("institution_id","class")
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"subject" text NOT NULL,
	"name" text NOT NULL,
	"specialty" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "institutions" (
	"id" text PRIMARY KEY NOT NULL,
	"uscc" text,
	"org_code" text,
	"provider_code" text,
	"name" text NOT NULL,
	"short_name" text,
	"class" text NOT NULL,
	"level" text NOT NULL,
	"grade" text,
	"tier" text NOT NULL,
	"is_primary_care" boolean GENERATED ALWAYS AS (left("class", 1) in ('B', 'C', 'D')) STORED NOT NULL,
	"ownership" text NOT NULL,
	"non_profit" boolean NOT NULL,
	"duties" text[] NOT NULL,
	"region_code" text NOT NULL,
	"province_code" text GENERATED ALWAYS AS (substr("region_code", 1, 2)) STORED,
	"city_code" text GENERATED ALWAYS AS (case when length("region_code") >= 4 then substr("region_code", 1, 4) end) STORED,
	"county_code" text GENERATED ALWAYS AS (case when length("region_code") >= 6 then substr("region_code", 1, 6) end) STORED,
	"township_code" text GENERATED ALWAYS AS (case when length("region_code") >= 9 then substr("region_code", 1, 9) end) STORED,
	"address" text,
	"longitude" numeric(9, 6),
	"latitude" numeric(9, 6),
	"licence_number" text,
	"licence_subjects" text[],
	"licence_valid_from" date,
	"licence_valid_to" date,
	"licence_status" text,
	"strong_county_hospital" boolean,
	"capability_grade" text,
	"integrated_management" boolean NOT NULL,
	"parent_institution_id" text,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "regions" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_en" text,
	"level" text NOT NULL,
	"parent_code" text,
	"urban_rural" text,
	"special_types" text[] DEFAULT '{}' NOT NULL,
	"area_km2" numeric(12, 2),
	"longitude" numeric(9, 6),
	"latitude" numeric(9, 6),
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "institution_lifecycle_events" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"event" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"basis" text,
	"decision_no" text,
	"merged_into_id" text
);
--> statement-breakpoint
CREATE TABLE "investment_projects" (
	"id" text PRIMARY KEY NOT NULL,
	"region_code" text NOT NULL,
	"source" text NOT NULL,
	"mode" text,
	"purpose" text,
	"amount" numeric(14, 2) NOT NULL,
	"paid" numeric(14, 2),
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "layout_plan_items" (
	"id" text PRIMARY KEY NOT NULL,
	"plan_id" text NOT NULL,
	"class" text NOT NULL,
	"level" text NOT NULL,
	"region_code" text NOT NULL,
	"planned" integer NOT NULL,
	"standard" text
);
--> statement-breakpoint
CREATE TABLE "layout_plans" (
	"id" text PRIMARY KEY NOT NULL,
	"region_code" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outreach_points" (
	"id" text PRIMARY KEY NOT NULL,
	"village_code" text NOT NULL,
	"province_code" text GENERATED ALWAYS AS (substr("village_code", 1, 2)) STORED,
	"city_code" text GENERATED ALWAYS AS (case when length("village_code") >= 4 then substr("village_code", 1, 4) end) STORED,
	"county_code" text GENERATED ALWAYS AS (case when length("village_code") >= 6 then substr("village_code", 1, 6) end) STORED,
	"township_code" text GENERATED ALWAYS AS (case when length("village_code") >= 9 then substr("village_code", 1, 9) end) STORED,
	"provided_by_id" text NOT NULL,
	"weekday" integer,
	"services" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pairing_agreements" (
	"id" text PRIMARY KEY NOT NULL,
	"city_hospital_id" text NOT NULL,
	"lead_hospital_id" text NOT NULL,
	"mode" text NOT NULL,
	"specialties" text[] NOT NULL,
	"from" date NOT NULL,
	"to" date,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resource_assessments" (
	"id" text PRIMARY KEY NOT NULL,
	"region_code" text NOT NULL,
	"period" text NOT NULL,
	"institution_count" integer NOT NULL,
	"beds" integer NOT NULL,
	"equipment_count" integer NOT NULL,
	"disease_spectrum" jsonb NOT NULL,
	"demand_growth" numeric(7, 2),
	"findings" text
);
--> statement-breakpoint
CREATE TABLE "supervision_alert_causes" (
	"alert_id" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	CONSTRAINT "supervision_alert_causes_alert_id_seq_pk" PRIMARY KEY("alert_id","seq")
);
--> statement-breakpoint
CREATE TABLE "supervision_alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"rule_id" text NOT NULL,
	"metric" text NOT NULL,
	"value" numeric(12, 2) NOT NULL,
	"threshold" numeric(12, 2) NOT NULL,
	"period" text NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"acknowledged_by_id" text,
	"note" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "system_connections" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"system" text NOT NULL,
	"connected" boolean NOT NULL,
	"unified_operation" boolean NOT NULL,
	"last_exchange_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chronic_projections" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"disease" text NOT NULL,
	"last_controlled" boolean[] NOT NULL,
	"last_at" timestamp with time zone,
	"seq" bigint NOT NULL,
	CONSTRAINT "chronic_projections_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "contract_projections" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"institution_id" text NOT NULL,
	"team_id" text NOT NULL,
	"status" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "contract_projections_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "follow_up_projections" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "follow_up_projections_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "practice_projections" (
	"id" text PRIMARY KEY NOT NULL,
	"practitioner_id" text NOT NULL,
	"institution_id" text NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "practitioner_projections" (
	"id" text PRIMARY KEY NOT NULL,
	"prescriber" boolean NOT NULL,
	"physician" boolean NOT NULL,
	"licensed" boolean NOT NULL,
	"licensed_until" date,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "provider_month_projections" (
	"provider_code" text NOT NULL,
	"month" text NOT NULL,
	"total" numeric(16, 2) NOT NULL,
	"drugs" numeric(16, 2) NOT NULL,
	"consumables" numeric(16, 2) NOT NULL,
	"drg_cases" integer NOT NULL,
	"low_outliers" integer NOT NULL,
	"high_outliers" integer NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "provider_month_projections_month_provider_code_pk" PRIMARY KEY("month","provider_code")
);
--> statement-breakpoint
CREATE TABLE "resident_link_projections" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"surviving_id" text NOT NULL,
	"holds" boolean NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "resident_link_projections_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "resident_projections" (
	"resident_id" text PRIMARY KEY NOT NULL,
	"region_code" text NOT NULL,
	"status" text NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "referral_episodes" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"stages" jsonb NOT NULL,
	"closed" boolean NOT NULL,
	"closed_at" timestamp with time zone,
	"rehab_institution_id" text,
	"days" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "referral_episodes_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "referral_events" (
	"resident_id" text NOT NULL,
	"referral_no" integer NOT NULL,
	"seq" integer NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_id" text,
	"reason" text,
	CONSTRAINT "referral_events_resident_id_referral_no_seq_pk" PRIMARY KEY("resident_id","referral_no","seq")
);
--> statement-breakpoint
CREATE TABLE "referrals" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"form_no" text NOT NULL,
	"episode_no" integer NOT NULL,
	"direction" text NOT NULL,
	"scope" text NOT NULL,
	"from_id" text NOT NULL,
	"to_id" text NOT NULL,
	"to_department_id" text,
	"reason" text NOT NULL,
	"reason_text" text,
	"diagnosis" jsonb NOT NULL,
	"urgency" text NOT NULL,
	"green_channel" boolean NOT NULL,
	"status" text NOT NULL,
	"referrer_id" text NOT NULL,
	"referrer_name" text NOT NULL,
	"receiver_id" text,
	"submitted_at" timestamp with time zone,
	"accepted_at" timestamp with time zone,
	"arrived_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"timely" boolean,
	"approved_at" timestamp with time zone,
	"appointment_no" integer,
	"bed_class" text,
	"outcome" text,
	"discharge_summary_no" integer,
	"from_encounter_no" integer,
	"to_encounter_no" integer,
	"consent_id" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "referrals_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "care_documents" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"type" text NOT NULL,
	"encounter_no" integer,
	"referral_no" integer,
	"institution_id" text NOT NULL,
	"author_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"title" text,
	"sha256" text NOT NULL,
	"storage_uri" text NOT NULL,
	"confidentiality" text NOT NULL,
	CONSTRAINT "care_documents_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "diagnostic_reports" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"encounter_no" integer,
	"category" text NOT NULL,
	"item" text NOT NULL,
	"body_site" text,
	"specimen" text,
	"method" text,
	"performed_at_id" text NOT NULL,
	"interpreted_at_id" text,
	"performed_time" timestamp with time zone NOT NULL,
	"issued_time" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	"quality_grade" text NOT NULL,
	"status" text NOT NULL,
	"conclusion" text,
	"results" jsonb NOT NULL,
	"imaging_study_uid" "bytea",
	"dose_msv" numeric(8, 3),
	"price" numeric(14, 2),
	"duplicate_of_no" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "diagnostic_reports_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "recognition_decisions" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"report_no" integer NOT NULL,
	"at_institution_id" text NOT NULL,
	"encounter_no" integer NOT NULL,
	"decision" text NOT NULL,
	"reason" text,
	"practitioner_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"avoided_price" numeric(14, 2),
	"fund_saved" numeric(14, 2),
	"person_saved" numeric(14, 2),
	CONSTRAINT "recognition_decisions_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "recognition_items" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"category" text NOT NULL,
	"validity_days" integer NOT NULL,
	"required_grade" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "remote_consultations" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"kind" text NOT NULL,
	"requester_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"centre_id" text,
	"question" text,
	"answer" text,
	"report_no" integer,
	"requested_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"minutes" integer,
	"status" text NOT NULL,
	"fee" numeric(14, 2),
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "remote_consultations_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "waiting_list_entries" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"institution_id" text NOT NULL,
	"department_id" text,
	"resource" text,
	"day" date,
	"equipment_id" text,
	"exam_item" text,
	"from" timestamp with time zone,
	"to" timestamp with time zone,
	"minutes" integer,
	"urgency" text,
	"booked_by_institution_id" text,
	"referral_no" integer,
	"contract_no" integer,
	"priority" integer NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"appointment_no" integer,
	"reservation_no" integer,
	"displaced_reservation_no" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "waiting_list_entries_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
ALTER TABLE "alliance_memberships" ADD CONSTRAINT "alliance_memberships_alliance_id_alliances_id_fk" FOREIGN KEY ("alliance_id") REFERENCES "public"."alliances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alliance_memberships" ADD CONSTRAINT "alliance_memberships_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alliances" ADD CONSTRAINT "alliances_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alliances" ADD CONSTRAINT "alliances_lead_id_institutions_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment_slots" ADD CONSTRAINT "appointment_slots_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment_slots" ADD CONSTRAINT "appointment_slots_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_slot_id_appointment_slots_id_fk" FOREIGN KEY ("slot_id") REFERENCES "public"."appointment_slots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_booked_by_institution_id_institutions_id_fk" FOREIGN KEY ("booked_by_institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_referral" FOREIGN KEY ("resident_id","referral_no") REFERENCES "public"."referrals"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slot_release_policies" ADD CONSTRAINT "slot_release_policies_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slot_release_policies" ADD CONSTRAINT "slot_release_policies_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "capability_assessments" ADD CONSTRAINT "capability_assessments_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "capability_items" ADD CONSTRAINT "capability_items_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disease_catalogue_items" ADD CONSTRAINT "disease_catalogue_items_alliance_id_alliances_id_fk" FOREIGN KEY ("alliance_id") REFERENCES "public"."alliances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emergency_nodes" ADD CONSTRAINT "emergency_nodes_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emergency_nodes" ADD CONSTRAINT "emergency_nodes_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shared_centres" ADD CONSTRAINT "shared_centres_alliance_id_alliances_id_fk" FOREIGN KEY ("alliance_id") REFERENCES "public"."alliances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shared_centres" ADD CONSTRAINT "shared_centres_host_id_institutions_id_fk" FOREIGN KEY ("host_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specialty_centres" ADD CONSTRAINT "specialty_centres_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specialty_centres" ADD CONSTRAINT "specialty_centres_alliance_id_alliances_id_fk" FOREIGN KEY ("alliance_id") REFERENCES "public"."alliances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specialty_plans" ADD CONSTRAINT "specialty_plans_alliance_id_alliances_id_fk" FOREIGN KEY ("alliance_id") REFERENCES "public"."alliances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specialty_plans" ADD CONSTRAINT "specialty_plans_lead_institution_id_institutions_id_fk" FOREIGN KEY ("lead_institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drug_catalogue" ADD CONSTRAINT "drug_catalogue_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drug_catalogue" ADD CONSTRAINT "drug_catalogue_drug_id_drug_items_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drug_stocks" ADD CONSTRAINT "drug_stocks_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drug_stocks" ADD CONSTRAINT "drug_stocks_drug_id_drug_items_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prescriptions" ADD CONSTRAINT "prescriptions_encounter" FOREIGN KEY ("resident_id","encounter_no") REFERENCES "public"."encounters"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "procurement_batches" ADD CONSTRAINT "procurement_batches_alliance_id_alliances_id_fk" FOREIGN KEY ("alliance_id") REFERENCES "public"."alliances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "procurement_batches" ADD CONSTRAINT "procurement_batches_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "procurement_batches" ADD CONSTRAINT "procurement_batches_drug_id_drug_items_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encounters" ADD CONSTRAINT "encounters_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encounters" ADD CONSTRAINT "encounters_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment" ADD CONSTRAINT "equipment_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_reservations" ADD CONSTRAINT "equipment_reservations_equipment_id_equipment_id_fk" FOREIGN KEY ("equipment_id") REFERENCES "public"."equipment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_reservations" ADD CONSTRAINT "equipment_reservations_requester_id_institutions_id_fk" FOREIGN KEY ("requester_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_reservations" ADD CONSTRAINT "equipment_reservations_referral" FOREIGN KEY ("resident_id","referral_no") REFERENCES "public"."referrals"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_reservations" ADD CONSTRAINT "equipment_reservations_report" FOREIGN KEY ("resident_id","report_no") REFERENCES "public"."diagnostic_reports"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bed_stats" ADD CONSTRAINT "bed_stats_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departments" ADD CONSTRAINT "departments_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "institutions" ADD CONSTRAINT "institutions_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "institutions" ADD CONSTRAINT "institutions_parent" FOREIGN KEY ("parent_institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "regions" ADD CONSTRAINT "regions_parent" FOREIGN KEY ("parent_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "institution_lifecycle_events" ADD CONSTRAINT "institution_lifecycle_events_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "institution_lifecycle_events" ADD CONSTRAINT "institution_lifecycle_events_merged_into_id_institutions_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "investment_projects" ADD CONSTRAINT "investment_projects_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "layout_plan_items" ADD CONSTRAINT "layout_plan_items_plan_id_layout_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."layout_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "layout_plan_items" ADD CONSTRAINT "layout_plan_items_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "layout_plans" ADD CONSTRAINT "layout_plans_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outreach_points" ADD CONSTRAINT "outreach_points_village_code_regions_code_fk" FOREIGN KEY ("village_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outreach_points" ADD CONSTRAINT "outreach_points_provided_by_id_institutions_id_fk" FOREIGN KEY ("provided_by_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pairing_agreements" ADD CONSTRAINT "pairing_agreements_city_hospital_id_institutions_id_fk" FOREIGN KEY ("city_hospital_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pairing_agreements" ADD CONSTRAINT "pairing_agreements_lead_hospital_id_institutions_id_fk" FOREIGN KEY ("lead_hospital_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_assessments" ADD CONSTRAINT "resource_assessments_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_alert_causes" ADD CONSTRAINT "supervision_alert_causes_alert_id_supervision_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."supervision_alerts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_alerts" ADD CONSTRAINT "supervision_alerts_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "system_connections" ADD CONSTRAINT "system_connections_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_episodes" ADD CONSTRAINT "referral_episodes_rehab_institution_id_institutions_id_fk" FOREIGN KEY ("rehab_institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_events" ADD CONSTRAINT "referral_events_referral" FOREIGN KEY ("resident_id","referral_no") REFERENCES "public"."referrals"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_from_id_institutions_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_to_id_institutions_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_to_department_id_departments_id_fk" FOREIGN KEY ("to_department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_episode" FOREIGN KEY ("resident_id","episode_no") REFERENCES "public"."referral_episodes"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_documents" ADD CONSTRAINT "care_documents_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_documents" ADD CONSTRAINT "care_documents_encounter" FOREIGN KEY ("resident_id","encounter_no") REFERENCES "public"."encounters"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_documents" ADD CONSTRAINT "care_documents_referral" FOREIGN KEY ("resident_id","referral_no") REFERENCES "public"."referrals"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "diagnostic_reports" ADD CONSTRAINT "diagnostic_reports_item_recognition_items_code_fk" FOREIGN KEY ("item") REFERENCES "public"."recognition_items"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "diagnostic_reports" ADD CONSTRAINT "diagnostic_reports_performed_at_id_institutions_id_fk" FOREIGN KEY ("performed_at_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "diagnostic_reports" ADD CONSTRAINT "diagnostic_reports_interpreted_at_id_institutions_id_fk" FOREIGN KEY ("interpreted_at_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "diagnostic_reports" ADD CONSTRAINT "diagnostic_reports_duplicate" FOREIGN KEY ("resident_id","duplicate_of_no") REFERENCES "public"."diagnostic_reports"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "diagnostic_reports" ADD CONSTRAINT "diagnostic_reports_encounter" FOREIGN KEY ("resident_id","encounter_no") REFERENCES "public"."encounters"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognition_decisions" ADD CONSTRAINT "recognition_decisions_at_institution_id_institutions_id_fk" FOREIGN KEY ("at_institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognition_decisions" ADD CONSTRAINT "recognition_decisions_report" FOREIGN KEY ("resident_id","report_no") REFERENCES "public"."diagnostic_reports"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognition_decisions" ADD CONSTRAINT "recognition_decisions_encounter" FOREIGN KEY ("resident_id","encounter_no") REFERENCES "public"."encounters"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remote_consultations" ADD CONSTRAINT "remote_consultations_requester_id_institutions_id_fk" FOREIGN KEY ("requester_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remote_consultations" ADD CONSTRAINT "remote_consultations_provider_id_institutions_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remote_consultations" ADD CONSTRAINT "remote_consultations_centre_id_shared_centres_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."shared_centres"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remote_consultations" ADD CONSTRAINT "remote_consultations_report" FOREIGN KEY ("resident_id","report_no") REFERENCES "public"."diagnostic_reports"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_equipment_id_equipment_id_fk" FOREIGN KEY ("equipment_id") REFERENCES "public"."equipment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_booked_by_institution_id_institutions_id_fk" FOREIGN KEY ("booked_by_institution_id") REFERENCES "public"."institutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_referral" FOREIGN KEY ("resident_id","referral_no") REFERENCES "public"."referrals"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_appointment" FOREIGN KEY ("resident_id","appointment_no") REFERENCES "public"."appointments"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_reservation" FOREIGN KEY ("resident_id","reservation_no") REFERENCES "public"."equipment_reservations"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_displaced" FOREIGN KEY ("resident_id","displaced_reservation_no") REFERENCES "public"."equipment_reservations"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alliance_memberships_once" ON "alliance_memberships" USING btree ("alliance_id","institution_id","joined_on");--> statement-breakpoint
CREATE INDEX "alliance_memberships_by_institution" ON "alliance_memberships" USING btree ("institution_id","joined_on","alliance_id");--> statement-breakpoint
CREATE INDEX "alliances_by_name" ON "alliances" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "alliances_by_kind" ON "alliances" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "alliances_by_tightness" ON "alliances" USING btree ("tightness","id");--> statement-breakpoint
CREATE INDEX "alliances_by_internet_plus" ON "alliances" USING btree ("internet_plus","id");--> statement-breakpoint
CREATE INDEX "alliances_by_lead" ON "alliances" USING btree ("lead_id","id");--> statement-breakpoint
CREATE INDEX "alliances_by_established_on" ON "alliances" USING btree ("established_on","id");--> statement-breakpoint
CREATE INDEX "alliances_by_dissolved_on" ON "alliances" USING btree ("dissolved_on","id");--> statement-breakpoint
CREATE INDEX "alliances_by_region" ON "alliances" USING btree ("region_code","id");--> statement-breakpoint
CREATE INDEX "alliances_by_name_part" ON "alliances" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "alliances_by_region_prefix" ON "alliances" USING btree ("region_code" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "alliances_by_province" ON "alliances" USING btree ("province_code","id");--> statement-breakpoint
CREATE INDEX "alliances_by_city" ON "alliances" USING btree ("city_code","id");--> statement-breakpoint
CREATE INDEX "alliances_by_county" ON "alliances" USING btree ("county_code","id");--> statement-breakpoint
CREATE INDEX "alliances_by_township" ON "alliances" USING btree ("township_code","id");--> statement-breakpoint
CREATE INDEX "appointment_slots_by_start" ON "appointment_slots" USING btree ("start","id");--> statement-breakpoint
CREATE INDEX "appointment_slots_by_institution" ON "appointment_slots" USING btree ("institution_id","start");--> statement-breakpoint
CREATE INDEX "appointment_slots_by_department" ON "appointment_slots" USING btree ("department_id","start");--> statement-breakpoint
CREATE INDEX "appointment_slots_by_practitioner" ON "appointment_slots" USING btree ("practitioner_id","start");--> statement-breakpoint
CREATE INDEX "appointment_slots_by_resource" ON "appointment_slots" USING btree ("resource","start");--> statement-breakpoint
CREATE INDEX "appointment_slots_by_channel" ON "appointment_slots" USING btree ("channel","start");--> statement-breakpoint
CREATE INDEX "appointment_slots_by_status" ON "appointment_slots" USING btree ("status","start");--> statement-breakpoint
CREATE INDEX "appointments_by_slot" ON "appointments" USING btree ("slot_id");--> statement-breakpoint
CREATE INDEX "appointments_by_booking" ON "appointments" USING btree ("booked_at","resident_id","no");--> statement-breakpoint
CREATE INDEX "appointments_by_status" ON "appointments" USING btree ("status","booked_at");--> statement-breakpoint
CREATE INDEX "appointments_by_channel" ON "appointments" USING btree ("channel","booked_at");--> statement-breakpoint
CREATE INDEX "capability_assessments_by_institution" ON "capability_assessments" USING btree ("institution_id","assessed_on","id");--> statement-breakpoint
CREATE UNIQUE INDEX "capability_items_once" ON "capability_items" USING btree ("institution_id","item_code");--> statement-breakpoint
CREATE INDEX "capability_items_by_code" ON "capability_items" USING btree ("item_code","id");--> statement-breakpoint
CREATE INDEX "capability_items_by_area" ON "capability_items" USING btree ("area","id");--> statement-breakpoint
CREATE INDEX "capability_items_by_availability" ON "capability_items" USING btree ("available","id");--> statement-breakpoint
CREATE UNIQUE INDEX "disease_catalogue_items_once" ON "disease_catalogue_items" USING btree ("alliance_id","level","icd10_from","version");--> statement-breakpoint
CREATE INDEX "disease_catalogue_items_by_level" ON "disease_catalogue_items" USING btree ("level","id");--> statement-breakpoint
CREATE INDEX "disease_catalogue_items_by_from" ON "disease_catalogue_items" USING btree ("icd10_from","id");--> statement-breakpoint
CREATE INDEX "disease_catalogue_items_by_to" ON "disease_catalogue_items" USING btree ("icd10_to","id");--> statement-breakpoint
CREATE INDEX "disease_catalogue_items_by_mandate" ON "disease_catalogue_items" USING btree ("mandatory","id");--> statement-breakpoint
CREATE INDEX "emergency_nodes_by_institution" ON "emergency_nodes" USING btree ("institution_id","id");--> statement-breakpoint
CREATE INDEX "emergency_nodes_by_region" ON "emergency_nodes" USING btree ("region_code","id");--> statement-breakpoint
CREATE INDEX "emergency_nodes_by_region_prefix" ON "emergency_nodes" USING btree ("region_code" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "emergency_nodes_by_level" ON "emergency_nodes" USING btree ("level","id");--> statement-breakpoint
CREATE INDEX "shared_centres_by_alliance" ON "shared_centres" USING btree ("alliance_id","id");--> statement-breakpoint
CREATE INDEX "shared_centres_by_host" ON "shared_centres" USING btree ("host_id","id");--> statement-breakpoint
CREATE INDEX "shared_centres_by_kind" ON "shared_centres" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "shared_centres_by_status" ON "shared_centres" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "shared_centres_by_opening" ON "shared_centres" USING btree ("opened_on","id");--> statement-breakpoint
CREATE INDEX "specialty_centres_by_institution" ON "specialty_centres" USING btree ("institution_id","id");--> statement-breakpoint
CREATE INDEX "specialty_centres_by_alliance" ON "specialty_centres" USING btree ("alliance_id","id");--> statement-breakpoint
CREATE INDEX "specialty_centres_by_kind" ON "specialty_centres" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "specialty_centres_by_specialty" ON "specialty_centres" USING btree ("specialty","id");--> statement-breakpoint
CREATE INDEX "specialty_centres_by_level" ON "specialty_centres" USING btree ("level","id");--> statement-breakpoint
CREATE INDEX "specialty_centres_by_year" ON "specialty_centres" USING btree ("year","id");--> statement-breakpoint
CREATE INDEX "specialty_centres_by_accreditation" ON "specialty_centres" USING btree ("accredited","id");--> statement-breakpoint
CREATE INDEX "specialty_plans_by_alliance" ON "specialty_plans" USING btree ("alliance_id","id");--> statement-breakpoint
CREATE INDEX "drug_catalogue_by_drug" ON "drug_catalogue" USING btree ("drug_id");--> statement-breakpoint
CREATE UNIQUE INDEX "drug_items_by_nhsa_code" ON "drug_items" USING btree ("nhsa_drug_code");--> statement-breakpoint
CREATE INDEX "drug_items_by_name" ON "drug_items" USING btree ("generic_name","id");--> statement-breakpoint
CREATE INDEX "drug_items_by_name_part" ON "drug_items" USING gin ("generic_name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "drug_items_by_essential" ON "drug_items" USING btree ("essential","id");--> statement-breakpoint
CREATE INDEX "drug_items_by_flexibility" ON "drug_items" USING btree ("contract_flexible","id");--> statement-breakpoint
CREATE INDEX "drug_items_by_version" ON "drug_items" USING btree ("catalogue_version","id");--> statement-breakpoint
CREATE INDEX "drug_stocks_by_institution" ON "drug_stocks" USING btree ("institution_id","id");--> statement-breakpoint
CREATE INDEX "drug_stocks_by_drug" ON "drug_stocks" USING btree ("drug_id","institution_id");--> statement-breakpoint
CREATE INDEX "drug_stocks_by_expiry" ON "drug_stocks" USING btree ("expires_on","id");--> statement-breakpoint
CREATE INDEX "drug_stocks_by_pharmacy" ON "drug_stocks" USING btree ("shared_pharmacy","id");--> statement-breakpoint
CREATE INDEX "medication_advice_by_time" ON "medication_advice" USING btree ("resident_id","at");--> statement-breakpoint
CREATE INDEX "prescriptions_by_encounter" ON "prescriptions" USING btree ("resident_id","encounter_no");--> statement-breakpoint
CREATE INDEX "prescriptions_by_issue" ON "prescriptions" USING btree ("resident_id","issued_at");--> statement-breakpoint
CREATE INDEX "prescriptions_by_length" ON "prescriptions" USING btree ("resident_id","is_long");--> statement-breakpoint
CREATE INDEX "prescriptions_by_disease" ON "prescriptions" USING btree ("resident_id","disease_kind");--> statement-breakpoint
CREATE INDEX "procurement_batches_by_alliance" ON "procurement_batches" USING btree ("alliance_id","id");--> statement-breakpoint
CREATE INDEX "procurement_batches_by_region" ON "procurement_batches" USING btree ("region_code","id");--> statement-breakpoint
CREATE INDEX "procurement_batches_by_region_prefix" ON "procurement_batches" USING btree ("region_code" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "procurement_batches_by_drug" ON "procurement_batches" USING btree ("drug_id","id");--> statement-breakpoint
CREATE INDEX "procurement_batches_by_start" ON "procurement_batches" USING btree ("valid_from","id");--> statement-breakpoint
CREATE INDEX "encounters_by_start" ON "encounters" USING btree ("started_at","resident_id","no");--> statement-breakpoint
CREATE INDEX "encounters_by_institution" ON "encounters" USING btree ("institution_id","started_at");--> statement-breakpoint
CREATE INDEX "encounters_by_attending" ON "encounters" USING btree ("attending_id","started_at");--> statement-breakpoint
CREATE INDEX "encounters_by_class" ON "encounters" USING btree ("class","started_at");--> statement-breakpoint
CREATE INDEX "equipment_by_institution" ON "equipment" USING btree ("institution_id","id");--> statement-breakpoint
CREATE INDEX "equipment_by_class" ON "equipment" USING btree ("class","id");--> statement-breakpoint
CREATE INDEX "equipment_by_large" ON "equipment" USING btree ("large","id");--> statement-breakpoint
CREATE INDEX "equipment_by_status" ON "equipment" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "equipment_by_shared" ON "equipment" USING btree ("shared","id");--> statement-breakpoint
CREATE INDEX "equipment_by_in_service_on" ON "equipment" USING btree ("in_service_on","id");--> statement-breakpoint
CREATE INDEX "equipment_reservations_by_equipment" ON "equipment_reservations" USING btree ("equipment_id","start");--> statement-breakpoint
CREATE INDEX "equipment_reservations_by_requester" ON "equipment_reservations" USING btree ("requester_id","start");--> statement-breakpoint
CREATE INDEX "equipment_reservations_by_start" ON "equipment_reservations" USING btree ("start","resident_id","no");--> statement-breakpoint
CREATE INDEX "equipment_reservations_by_status" ON "equipment_reservations" USING btree ("status","start");--> statement-breakpoint
CREATE INDEX "indicator_snapshots_by_period" ON "indicator_snapshots" USING btree ("period_type","period");--> statement-breakpoint
CREATE INDEX "bed_stats_by_class" ON "bed_stats" USING btree ("class","institution_id");--> statement-breakpoint
CREATE UNIQUE INDEX "departments_by_subject" ON "departments" USING btree ("institution_id","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "institutions_by_uscc" ON "institutions" USING btree ("uscc");--> statement-breakpoint
CREATE UNIQUE INDEX "institutions_by_provider_code" ON "institutions" USING btree ("provider_code");--> statement-breakpoint
CREATE INDEX "institutions_by_name" ON "institutions" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "institutions_by_name_part" ON "institutions" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "institutions_by_class" ON "institutions" USING btree ("class","id");--> statement-breakpoint
CREATE INDEX "institutions_by_level" ON "institutions" USING btree ("level","id");--> statement-breakpoint
CREATE INDEX "institutions_by_tier" ON "institutions" USING btree ("tier","id");--> statement-breakpoint
CREATE INDEX "institutions_by_primary_care" ON "institutions" USING btree ("is_primary_care","id");--> statement-breakpoint
CREATE INDEX "institutions_by_ownership" ON "institutions" USING btree ("ownership","id");--> statement-breakpoint
CREATE INDEX "institutions_by_status" ON "institutions" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "institutions_by_parent" ON "institutions" USING btree ("parent_institution_id","id");--> statement-breakpoint
CREATE INDEX "institutions_by_updated_at" ON "institutions" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "institutions_by_region" ON "institutions" USING btree ("region_code","id");--> statement-breakpoint
CREATE INDEX "institutions_by_region_prefix" ON "institutions" USING btree ("region_code" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "institutions_by_province" ON "institutions" USING btree ("province_code","id");--> statement-breakpoint
CREATE INDEX "institutions_by_city" ON "institutions" USING btree ("city_code","id");--> statement-breakpoint
CREATE INDEX "institutions_by_county" ON "institutions" USING btree ("county_code","id");--> statement-breakpoint
CREATE INDEX "institutions_by_township" ON "institutions" USING btree ("township_code","id");--> statement-breakpoint
CREATE INDEX "regions_by_parent" ON "regions" USING btree ("parent_code","code");--> statement-breakpoint
CREATE INDEX "regions_by_level" ON "regions" USING btree ("level","code");--> statement-breakpoint
CREATE INDEX "regions_by_name" ON "regions" USING btree ("name","code");--> statement-breakpoint
CREATE INDEX "regions_by_name_part" ON "regions" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "regions_by_code_prefix" ON "regions" USING btree ("code" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "institution_lifecycle_events_by_institution" ON "institution_lifecycle_events" USING btree ("institution_id","at","id");--> statement-breakpoint
CREATE INDEX "investment_projects_by_region" ON "investment_projects" USING btree ("region_code","id");--> statement-breakpoint
CREATE INDEX "investment_projects_by_region_prefix" ON "investment_projects" USING btree ("region_code" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "investment_projects_by_source" ON "investment_projects" USING btree ("source","id");--> statement-breakpoint
CREATE INDEX "investment_projects_by_purpose" ON "investment_projects" USING btree ("purpose","id");--> statement-breakpoint
CREATE INDEX "investment_projects_by_amount" ON "investment_projects" USING btree ("amount","id");--> statement-breakpoint
CREATE UNIQUE INDEX "layout_plan_items_once" ON "layout_plan_items" USING btree ("plan_id","region_code","class","level");--> statement-breakpoint
CREATE UNIQUE INDEX "layout_plans_once" ON "layout_plans" USING btree ("region_code","valid_from");--> statement-breakpoint
CREATE INDEX "layout_plans_by_start" ON "layout_plans" USING btree ("valid_from","id");--> statement-breakpoint
CREATE INDEX "layout_plans_by_status" ON "layout_plans" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "outreach_points_by_village" ON "outreach_points" USING btree ("village_code","id");--> statement-breakpoint
CREATE INDEX "outreach_points_by_township" ON "outreach_points" USING btree ("township_code","village_code","id");--> statement-breakpoint
CREATE INDEX "outreach_points_by_county" ON "outreach_points" USING btree ("county_code","village_code","id");--> statement-breakpoint
CREATE INDEX "outreach_points_by_city" ON "outreach_points" USING btree ("city_code","village_code","id");--> statement-breakpoint
CREATE INDEX "outreach_points_by_province" ON "outreach_points" USING btree ("province_code","village_code","id");--> statement-breakpoint
CREATE INDEX "pairing_agreements_by_city_hospital" ON "pairing_agreements" USING btree ("city_hospital_id","id");--> statement-breakpoint
CREATE INDEX "pairing_agreements_by_lead_hospital" ON "pairing_agreements" USING btree ("lead_hospital_id","id");--> statement-breakpoint
CREATE INDEX "pairing_agreements_by_mode" ON "pairing_agreements" USING btree ("mode","id");--> statement-breakpoint
CREATE INDEX "pairing_agreements_by_start" ON "pairing_agreements" USING btree ("from","id");--> statement-breakpoint
CREATE UNIQUE INDEX "resource_assessments_once" ON "resource_assessments" USING btree ("region_code","period");--> statement-breakpoint
CREATE INDEX "resource_assessments_by_period" ON "resource_assessments" USING btree ("period","id");--> statement-breakpoint
CREATE UNIQUE INDEX "supervision_alerts_once" ON "supervision_alerts" USING btree ("institution_id","rule_id","period");--> statement-breakpoint
CREATE INDEX "supervision_alerts_by_rule" ON "supervision_alerts" USING btree ("rule_id","id");--> statement-breakpoint
CREATE INDEX "supervision_alerts_by_period" ON "supervision_alerts" USING btree ("period","id");--> statement-breakpoint
CREATE INDEX "supervision_alerts_by_raising" ON "supervision_alerts" USING btree ("raised_at","id");--> statement-breakpoint
CREATE INDEX "supervision_alerts_by_status" ON "supervision_alerts" USING btree ("status","id");--> statement-breakpoint
CREATE UNIQUE INDEX "system_connections_once" ON "system_connections" USING btree ("institution_id","system");--> statement-breakpoint
CREATE INDEX "system_connections_by_system" ON "system_connections" USING btree ("system","id");--> statement-breakpoint
CREATE INDEX "system_connections_by_connection" ON "system_connections" USING btree ("connected","id");--> statement-breakpoint
CREATE INDEX "system_connections_by_exchange" ON "system_connections" USING btree ("last_exchange_at","id");--> statement-breakpoint
CREATE INDEX "practice_projections_by_practitioner" ON "practice_projections" USING btree ("practitioner_id");--> statement-breakpoint
CREATE INDEX "resident_projections_by_region" ON "resident_projections" USING btree ("region_code" text_pattern_ops,"resident_id");--> statement-breakpoint
CREATE INDEX "referral_episodes_by_closing" ON "referral_episodes" USING btree ("closed_at");--> statement-breakpoint
CREATE INDEX "referrals_by_episode" ON "referrals" USING btree ("resident_id","episode_no");--> statement-breakpoint
CREATE UNIQUE INDEX "referrals_by_form_no" ON "referrals" USING btree ("form_no");--> statement-breakpoint
CREATE INDEX "referrals_by_form_no_prefix" ON "referrals" USING btree ("form_no" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "referrals_by_from" ON "referrals" USING btree ("from_id","submitted_at");--> statement-breakpoint
CREATE INDEX "referrals_by_to" ON "referrals" USING btree ("to_id","submitted_at");--> statement-breakpoint
CREATE INDEX "referrals_by_referrer" ON "referrals" USING btree ("referrer_id","submitted_at");--> statement-breakpoint
CREATE INDEX "referrals_by_status" ON "referrals" USING btree ("status","submitted_at");--> statement-breakpoint
CREATE INDEX "referrals_by_direction" ON "referrals" USING btree ("direction","submitted_at");--> statement-breakpoint
CREATE INDEX "referrals_by_scope" ON "referrals" USING btree ("scope","submitted_at");--> statement-breakpoint
CREATE INDEX "referrals_by_urgency" ON "referrals" USING btree ("urgency","submitted_at");--> statement-breakpoint
CREATE INDEX "referrals_by_timeliness" ON "referrals" USING btree ("timely","submitted_at");--> statement-breakpoint
CREATE INDEX "referrals_by_green_channel" ON "referrals" USING btree ("green_channel","submitted_at");--> statement-breakpoint
CREATE INDEX "referrals_waiting" ON "referrals" USING btree ("due_at","accepted_at") WHERE status in ('SUBMITTED', 'ACCEPTED', 'SCHEDULED');--> statement-breakpoint
CREATE INDEX "referrals_by_due_time" ON "referrals" USING btree ("due_at","resident_id","no");--> statement-breakpoint
CREATE INDEX "referrals_by_submission" ON "referrals" USING btree ("submitted_at","resident_id","no");--> statement-breakpoint
CREATE INDEX "referrals_by_updated_at" ON "referrals" USING btree ("updated_at","resident_id","no");--> statement-breakpoint
CREATE INDEX "care_documents_by_encounter" ON "care_documents" USING btree ("resident_id","encounter_no");--> statement-breakpoint
CREATE INDEX "care_documents_by_referral" ON "care_documents" USING btree ("resident_id","referral_no");--> statement-breakpoint
CREATE INDEX "care_documents_by_type" ON "care_documents" USING btree ("resident_id","type");--> statement-breakpoint
CREATE INDEX "care_documents_by_creation" ON "care_documents" USING btree ("created_at","resident_id","no");--> statement-breakpoint
CREATE INDEX "diagnostic_reports_by_encounter" ON "diagnostic_reports" USING btree ("resident_id","encounter_no");--> statement-breakpoint
CREATE INDEX "diagnostic_reports_by_performer" ON "diagnostic_reports" USING btree ("performed_at_id","performed_time");--> statement-breakpoint
CREATE INDEX "diagnostic_reports_by_time" ON "diagnostic_reports" USING btree ("performed_time","resident_id","no");--> statement-breakpoint
CREATE INDEX "diagnostic_reports_by_category" ON "diagnostic_reports" USING btree ("category","performed_time");--> statement-breakpoint
CREATE INDEX "diagnostic_reports_by_item" ON "diagnostic_reports" USING btree ("item","performed_time");--> statement-breakpoint
CREATE INDEX "diagnostic_reports_by_status" ON "diagnostic_reports" USING btree ("status","performed_time");--> statement-breakpoint
CREATE INDEX "recognition_decisions_by_report" ON "recognition_decisions" USING btree ("resident_id","report_no");--> statement-breakpoint
CREATE INDEX "recognition_decisions_by_institution" ON "recognition_decisions" USING btree ("at_institution_id","at");--> statement-breakpoint
CREATE INDEX "recognition_decisions_by_decision" ON "recognition_decisions" USING btree ("decision","at");--> statement-breakpoint
CREATE INDEX "recognition_decisions_by_time" ON "recognition_decisions" USING btree ("at","resident_id","no");--> statement-breakpoint
CREATE INDEX "recognition_items_by_category" ON "recognition_items" USING btree ("category","code");--> statement-breakpoint
CREATE INDEX "remote_consultations_by_requester" ON "remote_consultations" USING btree ("requester_id","requested_at");--> statement-breakpoint
CREATE INDEX "remote_consultations_by_provider" ON "remote_consultations" USING btree ("provider_id","requested_at");--> statement-breakpoint
CREATE INDEX "remote_consultations_by_time" ON "remote_consultations" USING btree ("requested_at","resident_id","no");--> statement-breakpoint
CREATE INDEX "remote_consultations_by_kind" ON "remote_consultations" USING btree ("kind","requested_at");--> statement-breakpoint
CREATE INDEX "remote_consultations_by_status" ON "remote_consultations" USING btree ("status","requested_at");--> statement-breakpoint
CREATE UNIQUE INDEX "waiting_list_entries_once_a_day" ON "waiting_list_entries" USING btree ("resident_id","department_id","day") WHERE "waiting_list_entries"."status" = 'WAITING';--> statement-breakpoint
CREATE UNIQUE INDEX "waiting_list_entries_once_an_item" ON "waiting_list_entries" USING btree ("resident_id","equipment_id","exam_item") WHERE "waiting_list_entries"."status" = 'WAITING';--> statement-breakpoint
CREATE INDEX "waiting_list_entries_waiting_department" ON "waiting_list_entries" USING btree ("department_id","day","priority","requested_at") WHERE "waiting_list_entries"."status" = 'WAITING';--> statement-breakpoint
CREATE INDEX "waiting_list_entries_waiting_equipment" ON "waiting_list_entries" USING btree ("equipment_id","priority","requested_at") WHERE "waiting_list_entries"."status" = 'WAITING';--> statement-breakpoint
CREATE INDEX "waiting_list_entries_by_department" ON "waiting_list_entries" USING btree ("department_id","day","priority","requested_at");--> statement-breakpoint
CREATE INDEX "waiting_list_entries_by_equipment" ON "waiting_list_entries" USING btree ("equipment_id","priority","requested_at");--> statement-breakpoint
CREATE INDEX "waiting_list_entries_by_institution" ON "waiting_list_entries" USING btree ("institution_id","priority","requested_at");--> statement-breakpoint
CREATE INDEX "waiting_list_entries_by_day" ON "waiting_list_entries" USING btree ("day","priority","requested_at");--> statement-breakpoint
CREATE INDEX "waiting_list_entries_by_status" ON "waiting_list_entries" USING btree ("status","priority","requested_at");--> statement-breakpoint
CREATE INDEX "waiting_list_entries_by_request" ON "waiting_list_entries" USING btree ("requested_at","resident_id","no");--> statement-breakpoint
CREATE INDEX "waiting_list_entries_by_priority" ON "waiting_list_entries" USING btree ("priority","requested_at","resident_id","no");