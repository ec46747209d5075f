CREATE TABLE "chronic_enrollments" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"disease" text NOT NULL,
	"diagnosed_on" date,
	"enrolled_on" date NOT NULL,
	"managed_by_id" text NOT NULL,
	"status" text NOT NULL,
	"plan" text,
	"last_control" text NOT NULL,
	"standardised_this_year" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "chronic_enrollments_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "device_measurements" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"device_id" text,
	"at" timestamp with time zone NOT NULL,
	"measurement" jsonb NOT NULL,
	CONSTRAINT "device_measurements_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "discharge_follow_ups" (
	"resident_id" text NOT NULL,
	"encounter_no" integer NOT NULL,
	"institution_id" text NOT NULL,
	"discharged_on" date NOT NULL,
	"due_by" date NOT NULL,
	CONSTRAINT "discharge_follow_ups_resident_id_encounter_no_pk" PRIMARY KEY("resident_id","encounter_no")
);
--> statement-breakpoint
CREATE TABLE "follow_ups" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"kind" text NOT NULL,
	"enrollment_no" integer,
	"encounter_no" integer,
	"referral_no" integer,
	"at" timestamp with time zone NOT NULL,
	"due_by" date,
	"mode" text NOT NULL,
	"by_id" text NOT NULL,
	"institution_id" text NOT NULL,
	"measurements" jsonb NOT NULL,
	"medication_adherence" text,
	"classification" text,
	"next_due" date,
	"referral_advised" boolean NOT NULL,
	"referral_reason" text,
	CONSTRAINT "follow_ups_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "contract_policies" (
	"id" text PRIMARY KEY NOT NULL,
	"region_code" text NOT NULL,
	"valid_from" date NOT NULL,
	"strict_structure" boolean NOT NULL,
	"doctor_capacity" integer NOT NULL,
	"elderly_age" integer NOT NULL,
	"incentive_unit" numeric(12, 2) NOT NULL,
	"subsidy_per_head" numeric(12, 2) NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "centralised_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"region_code" text NOT NULL,
	"resident_type" text NOT NULL,
	"start" timestamp with time zone NOT NULL,
	"end" timestamp with time zone NOT NULL,
	"capacity" integer NOT NULL,
	"items" text[] NOT NULL,
	"assigned" integer NOT NULL,
	"served" integer NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "contract_events" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"contract_no" integer NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_id" text,
	"reason" text,
	CONSTRAINT "contract_events_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "fulfilment_events" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"task_no" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_id" text NOT NULL,
	"place" text NOT NULL,
	"mode" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"resident_confirmed" boolean NOT NULL,
	"verified" boolean,
	"measurement" jsonb,
	"encounter_no" integer,
	CONSTRAINT "fulfilment_events_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "fulfilment_tasks" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"contract_no" integer NOT NULL,
	"package_code" text NOT NULL,
	"item_code" text NOT NULL,
	"seq" integer NOT NULL,
	"due_from" date NOT NULL,
	"due_to" date NOT NULL,
	"mode" text NOT NULL,
	"status" text NOT NULL,
	"session_id" text,
	"make_up_of_no" integer,
	"counted" boolean NOT NULL,
	"mandatory" boolean NOT NULL,
	"team_id" text NOT NULL,
	"institution_id" text NOT NULL,
	"waived_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "fulfilment_tasks_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "service_contracts" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"scope" text NOT NULL,
	"household_id" text,
	"family_doctor_id" text NOT NULL,
	"team_id" text NOT NULL,
	"base_institution_id" text NOT NULL,
	"guidance_group_id" text,
	"village_clinic_id" text,
	"package_codes" text[] NOT NULL,
	"status" text NOT NULL,
	"signed_on" date NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"channel" text NOT NULL,
	"confirmed_at" timestamp with time zone,
	"renewed_from_no" integer,
	"terminated_on" date,
	"termination_reason" text,
	"structure_complete" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "service_contracts_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "service_packages" (
	"code" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text,
	"variant" text,
	"target_groups" text[] NOT NULL,
	"items" jsonb NOT NULL,
	"valid_from" date,
	"valid_to" date,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team_incentives" (
	"team_id" text NOT NULL,
	"period" text NOT NULL,
	"prenatal_signings" integer NOT NULL,
	"elderly_signings" integer NOT NULL,
	"unit" numeric(12, 2) NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"paid_on" date,
	CONSTRAINT "team_incentives_team_id_period_pk" PRIMARY KEY("team_id","period")
);
--> statement-breakpoint
CREATE TABLE "divisions" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evaluation_scales" (
	"code" text NOT NULL,
	"year" integer NOT NULL,
	"scheme" text DEFAULT 'THREE_DIMENSIONS' NOT NULL,
	"dimension" text NOT NULL,
	"floor" numeric(14, 4) NOT NULL,
	"target" numeric(14, 4) NOT NULL,
	"weight" numeric(5, 4) NOT NULL,
	CONSTRAINT "evaluation_scales_year_scheme_code_pk" PRIMARY KEY("year","scheme","code")
);
--> statement-breakpoint
CREATE TABLE "evaluation_weights" (
	"dimension" text NOT NULL,
	"year" integer NOT NULL,
	"scheme" text DEFAULT 'THREE_DIMENSIONS' NOT NULL,
	"weight" numeric(5, 4) NOT NULL,
	CONSTRAINT "evaluation_weights_year_scheme_dimension_pk" PRIMARY KEY("year","scheme","dimension")
);
--> statement-breakpoint
CREATE TABLE "evaluations" (
	"id" text PRIMARY KEY NOT NULL,
	"region_code" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"period" text NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"evaluated_at" timestamp with time zone NOT NULL,
	"dimensions" jsonb NOT NULL,
	"total" numeric(5, 2),
	"unchecked_total" numeric(5, 2),
	"truth_rate" numeric(5, 2),
	"grade" text,
	"rank" integer,
	"gaps" text[] NOT NULL,
	"recommendations" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "indicator_definitions" (
	"code" text PRIMARY KEY NOT NULL,
	"position" integer NOT NULL,
	"chapter" text NOT NULL,
	"core" boolean NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"numerator" text NOT NULL,
	"denominator" text,
	"unit" text NOT NULL,
	"direction" text NOT NULL,
	"target" text,
	"source" text NOT NULL,
	"subgraphs" text[] NOT NULL,
	"dimensions" text[] NOT NULL,
	"period_types" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "indicator_targets" (
	"id" text PRIMARY KEY NOT NULL,
	"indicator_code" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"year" integer NOT NULL,
	"operator" text NOT NULL,
	"value" numeric(14, 4) NOT NULL,
	"floor" numeric(14, 4),
	"weight" numeric(5, 4),
	"dimension" text,
	"source" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "satisfaction_responses" (
	"id" text PRIMARY KEY NOT NULL,
	"survey_id" text NOT NULL,
	"respondent_kind" text NOT NULL,
	"respondent" text,
	"at" timestamp with time zone NOT NULL,
	"answers" integer[] NOT NULL,
	"score" numeric(5, 2) NOT NULL,
	"comment" text,
	"practitioner_id" text,
	"team_id" text,
	"institution_id" text,
	"alliance_id" text
);
--> statement-breakpoint
CREATE TABLE "satisfaction_surveys" (
	"id" text PRIMARY KEY NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"respondent_kind" text NOT NULL,
	"period" text NOT NULL,
	"questions" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fund_allocation_rows" (
	"allocation_id" text NOT NULL,
	"no" integer NOT NULL,
	"year" integer NOT NULL,
	"region_code" text NOT NULL,
	"institution_id" text,
	"team_id" text,
	"base" numeric(14, 2),
	"weight" numeric(18, 4) NOT NULL,
	"factor" numeric(6, 4) NOT NULL,
	"amount" numeric(16, 2) NOT NULL,
	"evaluation_id" text,
	"confirmed_on" date,
	CONSTRAINT "fund_allocation_rows_allocation_id_no_pk" PRIMARY KEY("allocation_id","no")
);
--> statement-breakpoint
CREATE TABLE "fund_allocations" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"region_code" text NOT NULL,
	"year" integer NOT NULL,
	"pool" numeric(16, 2) NOT NULL,
	"basis_evaluation_id" text,
	"approved_by" text,
	"approved_on" date,
	"paid_on" date,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grade_factors" (
	"grade" text NOT NULL,
	"year" integer NOT NULL,
	"factor" numeric(6, 4) NOT NULL,
	CONSTRAINT "grade_factors_year_grade_pk" PRIMARY KEY("year","grade")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "notices_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "programme_cases" (
	"id" text PRIMARY KEY NOT NULL,
	"programme_id" text NOT NULL,
	"title" text NOT NULL,
	"region_code" text,
	"summary" text NOT NULL,
	"published_on" date
);
--> statement-breakpoint
CREATE TABLE "programme_reviews" (
	"id" text PRIMARY KEY NOT NULL,
	"programme_id" text NOT NULL,
	"kind" text NOT NULL,
	"department" text,
	"opinion" text NOT NULL,
	"accepted" boolean,
	"on" date
);
--> statement-breakpoint
CREATE TABLE "programme_tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"programme_id" text NOT NULL,
	"department" text NOT NULL,
	"goal" text NOT NULL,
	"due" date,
	"status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "programmes" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"region_code" text NOT NULL,
	"description" text,
	"pilot_level" text,
	"phase" text NOT NULL,
	"phases" jsonb NOT NULL,
	"documents" jsonb NOT NULL,
	"working_group" text[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "households" (
	"id" text PRIMARY KEY NOT NULL,
	"head_id" text NOT NULL,
	"region_code" text NOT NULL,
	"address_detail" "bytea",
	"drinking_water" text,
	"toilet" text,
	"fuel" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alliance_members" (
	"alliance_id" text NOT NULL,
	"institution_id" text NOT NULL,
	CONSTRAINT "alliance_members_alliance_id_institution_id_pk" PRIMARY KEY("alliance_id","institution_id")
);
--> statement-breakpoint
CREATE TABLE "indicator_snapshots" (
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"period_type" text NOT NULL,
	"period" text NOT NULL,
	"resident_population" integer,
	"population_bands" jsonb,
	"contracts" integer,
	"focus_residents" integer,
	"focus_contracts" integer,
	"contracts_ended" integer,
	"renewed" integer,
	"fulfilment_due" integer,
	"fulfilled" integer,
	"truth_checks" integer,
	"truthful" integer,
	"vulnerable_contracts" integer,
	"vulnerable_visited" integer,
	"health_records" integer,
	"records_dynamic" integer,
	"elderly" integer,
	"elderly_managed" integer,
	"htn_managed" integer,
	"htn_standardised" integer,
	"htn_controlled" integer,
	"dm_managed" integer,
	"dm_standardised" integer,
	"dm_controlled" integer,
	"deliveries" integer,
	"maternal_managed" integer,
	"maternal_early" integer,
	"children" integer,
	"children_managed" integer,
	"immunisations_due" integer,
	"immunisations_given" integer,
	"mental_registered" integer,
	"mental_standardised" integer,
	"tb_notified" integer,
	"tb_managed" integer,
	"infectious_reports" integer,
	"infectious_timely" integer,
	"discharge_follow_ups" integer,
	"satisfaction_responses" integer,
	"satisfaction_score" numeric(5, 2),
	"complaints_due" integer,
	"complaints_resolved" integer,
	CONSTRAINT "indicator_snapshots_subject_id_subject_type_period_type_period_pk" PRIMARY KEY("subject_id","subject_type","period_type","period")
);
--> statement-breakpoint
CREATE TABLE "region_populations" (
	"region_code" text NOT NULL,
	"year" integer NOT NULL,
	"sex" text NOT NULL,
	"age" integer NOT NULL,
	"residents" integer NOT NULL,
	CONSTRAINT "region_populations_region_code_year_age_sex_pk" PRIMARY KEY("region_code","year","age","sex")
);
--> statement-breakpoint
CREATE TABLE "region_target_groups" (
	"region_code" text NOT NULL,
	"year" integer NOT NULL,
	"group" text NOT NULL,
	"residents" integer NOT NULL,
	"contracts" integer NOT NULL,
	CONSTRAINT "region_target_groups_region_code_year_group_pk" PRIMARY KEY("region_code","year","group")
);
--> statement-breakpoint
CREATE TABLE "complaints" (
	"id" text PRIMARY KEY NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"institution_id" text,
	"region_code" text NOT NULL,
	"category" text NOT NULL,
	"text" "bytea",
	"filed_at" timestamp with time zone NOT NULL,
	"filed_by_id" text,
	"anonymous" boolean NOT NULL,
	"status" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"result" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inspections" (
	"id" text PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"region_code" text NOT NULL,
	"institution_id" text,
	"team_id" text,
	"period" text,
	"draw_seed" text,
	"at" timestamp with time zone NOT NULL,
	"team_size" integer NOT NULL,
	"unannounced" boolean NOT NULL,
	"visited_households" integer,
	"samples" integer,
	"truthful" integer,
	"findings" text,
	"advice" text,
	"status" text NOT NULL,
	"rectify_by" date,
	"rectification" text,
	"rectified_on" date,
	"follow_up" text,
	"followed_up_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access_events" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"role" text NOT NULL,
	"purpose" text NOT NULL,
	"fields" text[] NOT NULL,
	"decision" text NOT NULL,
	"break_glass" boolean NOT NULL,
	"reason" text,
	"request_id" text NOT NULL,
	"hash_prev" text NOT NULL,
	CONSTRAINT "access_events_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"purpose" text NOT NULL,
	"recipient" text NOT NULL,
	"data_classes" text[] NOT NULL,
	"from" date NOT NULL,
	"to" date,
	"withdrawn_at" timestamp with time zone,
	"method" text NOT NULL,
	CONSTRAINT "consents_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "child_records" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"guardian_id" text,
	"opened_on" date NOT NULL,
	"institution_id" text NOT NULL,
	"birth_weight" numeric(5, 3),
	"visits" jsonb NOT NULL,
	"growth" jsonb NOT NULL,
	"kindergarten" text,
	"maternal_record_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "child_records_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "elderly_assessments" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"institution_id" text NOT NULL,
	"self_care_score" integer,
	"cognition" text,
	"emotion" text,
	"tcm_constitution" text,
	"lifestyle_assessed" boolean NOT NULL,
	"examined" boolean NOT NULL,
	"tests_done" boolean NOT NULL,
	"guidance_given" boolean NOT NULL,
	CONSTRAINT "elderly_assessments_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "health_education_activities" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"level" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"audience" integer,
	"topic" text NOT NULL,
	"institution_id" text,
	"region_code" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "health_exams" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"institution_id" text NOT NULL,
	"results" jsonb NOT NULL,
	"abnormal" text[] NOT NULL,
	"advice" text,
	CONSTRAINT "health_exams_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "immunisations" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer NOT NULL,
	"due_on" date NOT NULL,
	"given_at" timestamp with time zone,
	"institution_id" text,
	"lot_no" text,
	"adverse_reaction" text,
	"contraindication" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "immunisations_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "infectious_reports" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"disease" text NOT NULL,
	"disease_class" text NOT NULL,
	"case_kind" text NOT NULL,
	"onset_on" date,
	"diagnosed_at" timestamp with time zone NOT NULL,
	"reported_at" timestamp with time zone NOT NULL,
	"institution_id" text NOT NULL,
	"timely" boolean NOT NULL,
	CONSTRAINT "infectious_reports_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "maternal_records" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"registered_on" date NOT NULL,
	"institution_id" text NOT NULL,
	"gravidity" integer,
	"parity" integer,
	"lmp" date NOT NULL,
	"edd" date NOT NULL,
	"risk_colour" text,
	"visits" jsonb NOT NULL,
	"delivery" jsonb,
	"delivered_on" date,
	"postpartum" jsonb NOT NULL,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "maternal_records_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "mental_health_records" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"diagnosis" text NOT NULL,
	"registered_on" date NOT NULL,
	"institution_id" text NOT NULL,
	"risk_level" integer NOT NULL,
	"visits" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "mental_health_records_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "tb_records" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"diagnosis" text NOT NULL,
	"notified_on" date NOT NULL,
	"institution_id" text NOT NULL,
	"treatment_from" date,
	"treatment_to" date,
	"outcome" text,
	"visits" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "tb_records_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "guidance_group_projections" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"departments" integer NOT NULL,
	"specialists" integer NOT NULL,
	"contract_offices" integer NOT NULL,
	"assigned_town_codes" text[] NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "institution_projections" (
	"id" text PRIMARY KEY NOT NULL,
	"tier" text NOT NULL,
	"level" text,
	"status" text NOT NULL,
	"region_code" text NOT NULL,
	"parent_id" text,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team_projections" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"guidance_group_id" text,
	"capacity" integer NOT NULL,
	"members" jsonb NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "family_doctor_questions" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"contract_no" integer NOT NULL,
	"team_id" text NOT NULL,
	"question" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"answer" text,
	"answered_by_id" text,
	"answered_at" timestamp with time zone,
	"reminded_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "family_doctor_questions_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "health_records" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"opened_on" date NOT NULL,
	"opened_at_id" text NOT NULL,
	"responsible_doctor_id" text,
	"last_updated_at" timestamp with time zone NOT NULL,
	"completeness" numeric(5, 2),
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "health_records_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "resident_links" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"surviving_id" text NOT NULL,
	"linked_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"ended_at" timestamp with time zone,
	"end_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "resident_links_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "residents" (
	"id" text PRIMARY KEY NOT NULL,
	"health_record_no" "bytea",
	"health_record_no_hash" text,
	"test" boolean NOT NULL,
	"name" "bytea" NOT NULL,
	"id_type" text NOT NULL,
	"id_number" "bytea",
	"id_number_hash" text,
	"sex" text NOT NULL,
	"birth_date" date NOT NULL,
	"ethnicity" text,
	"marital" text,
	"education" text,
	"occupation" text,
	"phone" "bytea",
	"contact_name" "bytea",
	"contact_phone" "bytea",
	"registered_region_code" text NOT NULL,
	"registered_address" "bytea",
	"region_code" text NOT NULL,
	"current_address" "bytea",
	"resident_type" text NOT NULL,
	"household_id" text,
	"relation_to_head" text,
	"guardian_id" text,
	"blood_type" text,
	"rh" text,
	"allergies" text[] NOT NULL,
	"histories" jsonb NOT NULL,
	"disabilities" text[] NOT NULL,
	"vulnerability" text[] NOT NULL,
	"in_care_home" boolean NOT NULL,
	"focus_groups" text[] NOT NULL,
	"serving_institution_id" text,
	"status" text NOT NULL,
	"death_date" date,
	"death_cause" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "chronic_enrollments" ADD CONSTRAINT "chronic_enrollments_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_measurements" ADD CONSTRAINT "device_measurements_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_enrollment" FOREIGN KEY ("resident_id","enrollment_no") REFERENCES "public"."chronic_enrollments"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_events" ADD CONSTRAINT "contract_events_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_events" ADD CONSTRAINT "contract_events_contract" FOREIGN KEY ("resident_id","contract_no") REFERENCES "public"."service_contracts"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fulfilment_events" ADD CONSTRAINT "fulfilment_events_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fulfilment_events" ADD CONSTRAINT "fulfilment_events_task" FOREIGN KEY ("resident_id","task_no") REFERENCES "public"."fulfilment_tasks"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fulfilment_tasks" ADD CONSTRAINT "fulfilment_tasks_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fulfilment_tasks" ADD CONSTRAINT "fulfilment_tasks_package_code_service_packages_code_fk" FOREIGN KEY ("package_code") REFERENCES "public"."service_packages"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fulfilment_tasks" ADD CONSTRAINT "fulfilment_tasks_session_id_centralised_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."centralised_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fulfilment_tasks" ADD CONSTRAINT "fulfilment_tasks_contract" FOREIGN KEY ("resident_id","contract_no") REFERENCES "public"."service_contracts"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fulfilment_tasks" ADD CONSTRAINT "fulfilment_tasks_make_up_of" FOREIGN KEY ("resident_id","make_up_of_no") REFERENCES "public"."fulfilment_tasks"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_contracts" ADD CONSTRAINT "service_contracts_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_contracts" ADD CONSTRAINT "service_contracts_renewed_from" FOREIGN KEY ("resident_id","renewed_from_no") REFERENCES "public"."service_contracts"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_targets" ADD CONSTRAINT "indicator_targets_indicator_code_indicator_definitions_code_fk" FOREIGN KEY ("indicator_code") REFERENCES "public"."indicator_definitions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "satisfaction_responses" ADD CONSTRAINT "satisfaction_responses_survey_id_satisfaction_surveys_id_fk" FOREIGN KEY ("survey_id") REFERENCES "public"."satisfaction_surveys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fund_allocation_rows" ADD CONSTRAINT "fund_allocation_rows_allocation_id_fund_allocations_id_fk" FOREIGN KEY ("allocation_id") REFERENCES "public"."fund_allocations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fund_allocation_rows" ADD CONSTRAINT "fund_allocation_rows_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fund_allocations" ADD CONSTRAINT "fund_allocations_basis_evaluation_id_evaluations_id_fk" FOREIGN KEY ("basis_evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_cases" ADD CONSTRAINT "programme_cases_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_reviews" ADD CONSTRAINT "programme_reviews_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_tasks" ADD CONSTRAINT "programme_tasks_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "child_records" ADD CONSTRAINT "child_records_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "elderly_assessments" ADD CONSTRAINT "elderly_assessments_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "health_exams" ADD CONSTRAINT "health_exams_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "immunisations" ADD CONSTRAINT "immunisations_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "infectious_reports" ADD CONSTRAINT "infectious_reports_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "maternal_records" ADD CONSTRAINT "maternal_records_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mental_health_records" ADD CONSTRAINT "mental_health_records_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tb_records" ADD CONSTRAINT "tb_records_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "family_doctor_questions" ADD CONSTRAINT "family_doctor_questions_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "family_doctor_questions" ADD CONSTRAINT "family_doctor_questions_resident_id_contract_no_service_contracts_resident_id_no_fk" FOREIGN KEY ("resident_id","contract_no") REFERENCES "public"."service_contracts"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "health_records" ADD CONSTRAINT "health_records_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resident_links" ADD CONSTRAINT "resident_links_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resident_links" ADD CONSTRAINT "resident_links_surviving_id_residents_id_fk" FOREIGN KEY ("surviving_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chronic_enrollments_disease" ON "chronic_enrollments" USING btree ("disease","resident_id","no");--> statement-breakpoint
CREATE INDEX "chronic_enrollments_managed_by_id" ON "chronic_enrollments" USING btree ("managed_by_id","disease");--> statement-breakpoint
CREATE INDEX "chronic_enrollments_status" ON "chronic_enrollments" USING btree ("status","resident_id","no");--> statement-breakpoint
CREATE INDEX "chronic_enrollments_last_control" ON "chronic_enrollments" USING btree ("last_control","resident_id","no");--> statement-breakpoint
CREATE INDEX "chronic_enrollments_enrolled_on" ON "chronic_enrollments" USING btree ("enrolled_on","resident_id","no");--> statement-breakpoint
CREATE INDEX "device_measurements_at" ON "device_measurements" USING btree ("resident_id","at","no");--> statement-breakpoint
CREATE INDEX "follow_ups_resident_at" ON "follow_ups" USING btree ("resident_id","at","no");--> statement-breakpoint
CREATE INDEX "follow_ups_enrollment" ON "follow_ups" USING btree ("resident_id","enrollment_no","at");--> statement-breakpoint
CREATE INDEX "follow_ups_referral" ON "follow_ups" USING btree ("resident_id","referral_no");--> statement-breakpoint
CREATE INDEX "follow_ups_encounter" ON "follow_ups" USING btree ("resident_id","encounter_no");--> statement-breakpoint
CREATE INDEX "follow_ups_kind" ON "follow_ups" USING btree ("kind","resident_id","no");--> statement-breakpoint
CREATE INDEX "follow_ups_at" ON "follow_ups" USING btree ("at","resident_id","no");--> statement-breakpoint
CREATE INDEX "follow_ups_by_id" ON "follow_ups" USING btree ("by_id","at");--> statement-breakpoint
CREATE INDEX "follow_ups_institution_id" ON "follow_ups" USING btree ("institution_id","at");--> statement-breakpoint
CREATE INDEX "follow_ups_next_due" ON "follow_ups" USING btree ("next_due","resident_id","no");--> statement-breakpoint
CREATE UNIQUE INDEX "contract_policies_from" ON "contract_policies" USING btree ("region_code","valid_from");--> statement-breakpoint
CREATE INDEX "contract_policies_valid_from" ON "contract_policies" USING btree ("valid_from","id");--> statement-breakpoint
CREATE INDEX "contract_policies_region_code" ON "contract_policies" USING btree ("region_code" text_pattern_ops,"valid_from");--> statement-breakpoint
CREATE INDEX "centralised_sessions_institution_id" ON "centralised_sessions" USING btree ("institution_id","start");--> statement-breakpoint
CREATE INDEX "centralised_sessions_region_code" ON "centralised_sessions" USING btree ("region_code" text_pattern_ops,"start");--> statement-breakpoint
CREATE INDEX "centralised_sessions_start" ON "centralised_sessions" USING btree ("start","id");--> statement-breakpoint
CREATE INDEX "centralised_sessions_to_close" ON "centralised_sessions" USING btree ("end") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "contract_events_contract" ON "contract_events" USING btree ("resident_id","contract_no","at");--> statement-breakpoint
CREATE INDEX "fulfilment_events_task" ON "fulfilment_events" USING btree ("resident_id","task_no");--> statement-breakpoint
CREATE INDEX "fulfilment_events_encounter" ON "fulfilment_events" USING btree ("resident_id","encounter_no");--> statement-breakpoint
CREATE INDEX "fulfilment_tasks_contract" ON "fulfilment_tasks" USING btree ("resident_id","contract_no","due_to");--> statement-breakpoint
CREATE INDEX "fulfilment_tasks_team_id" ON "fulfilment_tasks" USING btree ("team_id","due_to");--> statement-breakpoint
CREATE INDEX "fulfilment_tasks_institution_id" ON "fulfilment_tasks" USING btree ("institution_id","due_to");--> statement-breakpoint
CREATE INDEX "fulfilment_tasks_session_id" ON "fulfilment_tasks" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "fulfilment_tasks_status" ON "fulfilment_tasks" USING btree ("status","resident_id","no");--> statement-breakpoint
CREATE INDEX "fulfilment_tasks_due_from" ON "fulfilment_tasks" USING btree ("due_from","resident_id","no");--> statement-breakpoint
CREATE INDEX "fulfilment_tasks_due_to" ON "fulfilment_tasks" USING btree ("due_to","resident_id","no");--> statement-breakpoint
CREATE INDEX "fulfilment_tasks_open" ON "fulfilment_tasks" USING btree ("due_to","resident_id","no") WHERE status = 'PLANNED';--> statement-breakpoint
CREATE UNIQUE INDEX "service_contracts_one_active" ON "service_contracts" USING btree ("resident_id") WHERE status = 'ACTIVE';--> statement-breakpoint
CREATE INDEX "service_contracts_family_doctor_id" ON "service_contracts" USING btree ("family_doctor_id","status","valid_to");--> statement-breakpoint
CREATE INDEX "service_contracts_team_id" ON "service_contracts" USING btree ("team_id","status","valid_to");--> statement-breakpoint
CREATE INDEX "service_contracts_base_institution_id" ON "service_contracts" USING btree ("base_institution_id","status","valid_to");--> statement-breakpoint
CREATE INDEX "service_contracts_village_clinic_id" ON "service_contracts" USING btree ("village_clinic_id");--> statement-breakpoint
CREATE INDEX "service_contracts_status" ON "service_contracts" USING btree ("status","resident_id","no");--> statement-breakpoint
CREATE INDEX "service_contracts_signed_on" ON "service_contracts" USING btree ("signed_on","resident_id","no");--> statement-breakpoint
CREATE INDEX "service_contracts_valid_from" ON "service_contracts" USING btree ("valid_from","resident_id","no");--> statement-breakpoint
CREATE INDEX "service_contracts_valid_to" ON "service_contracts" USING btree ("valid_to","resident_id","no");--> statement-breakpoint
CREATE INDEX "service_contracts_updated_at" ON "service_contracts" USING btree ("updated_at","resident_id","no");--> statement-breakpoint
CREATE INDEX "team_incentives_period" ON "team_incentives" USING btree ("period","team_id");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluations_version" ON "evaluations" USING btree ("subject_id","subject_type","period","kind","version");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluations_published" ON "evaluations" USING btree ("subject_id","subject_type","period","kind") WHERE status = 'PUBLISHED';--> statement-breakpoint
CREATE INDEX "evaluations_status" ON "evaluations" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "evaluations_region_code" ON "evaluations" USING btree ("region_code" text_pattern_ops,"period");--> statement-breakpoint
CREATE INDEX "evaluations_period" ON "evaluations" USING btree ("period","id");--> statement-breakpoint
CREATE INDEX "evaluations_kind" ON "evaluations" USING btree ("kind","id");--> statement-breakpoint
CREATE UNIQUE INDEX "indicator_targets_natural" ON "indicator_targets" USING btree ("indicator_code","subject_type","subject_id","year");--> statement-breakpoint
CREATE INDEX "indicator_targets_subject_id" ON "indicator_targets" USING btree ("subject_id","year");--> statement-breakpoint
CREATE INDEX "indicator_targets_year" ON "indicator_targets" USING btree ("year","id");--> statement-breakpoint
CREATE INDEX "satisfaction_responses_survey_id" ON "satisfaction_responses" USING btree ("survey_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "satisfaction_responses_once" ON "satisfaction_responses" USING btree ("survey_id","respondent");--> statement-breakpoint
CREATE INDEX "satisfaction_responses_practitioner_id" ON "satisfaction_responses" USING btree ("practitioner_id","at");--> statement-breakpoint
CREATE INDEX "satisfaction_responses_team_id" ON "satisfaction_responses" USING btree ("team_id","at");--> statement-breakpoint
CREATE INDEX "satisfaction_responses_institution_id" ON "satisfaction_responses" USING btree ("institution_id","at");--> statement-breakpoint
CREATE INDEX "satisfaction_responses_alliance_id" ON "satisfaction_responses" USING btree ("alliance_id","at");--> statement-breakpoint
CREATE INDEX "satisfaction_responses_at" ON "satisfaction_responses" USING btree ("at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "satisfaction_surveys_subject" ON "satisfaction_surveys" USING btree ("subject_id","subject_type","period","respondent_kind");--> statement-breakpoint
CREATE INDEX "satisfaction_surveys_period" ON "satisfaction_surveys" USING btree ("period","id");--> statement-breakpoint
CREATE INDEX "fund_allocation_rows_institution_id" ON "fund_allocation_rows" USING btree ("institution_id","year");--> statement-breakpoint
CREATE INDEX "fund_allocation_rows_team_id" ON "fund_allocation_rows" USING btree ("team_id","year");--> statement-breakpoint
CREATE UNIQUE INDEX "fund_allocations_once" ON "fund_allocations" USING btree ("region_code","source","year");--> statement-breakpoint
CREATE INDEX "fund_allocations_source" ON "fund_allocations" USING btree ("source","id");--> statement-breakpoint
CREATE INDEX "fund_allocations_region_code" ON "fund_allocations" USING btree ("region_code" text_pattern_ops,"year");--> statement-breakpoint
CREATE INDEX "fund_allocations_year" ON "fund_allocations" USING btree ("year","id");--> statement-breakpoint
CREATE INDEX "fund_allocations_status" ON "fund_allocations" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "notices_sent_at" ON "notices" USING btree ("resident_id","sent_at","no");--> statement-breakpoint
CREATE INDEX "notices_kind" ON "notices" USING btree ("resident_id","kind","no");--> statement-breakpoint
CREATE INDEX "programme_cases_programme_id" ON "programme_cases" USING btree ("programme_id","id");--> statement-breakpoint
CREATE INDEX "programme_reviews_programme_id" ON "programme_reviews" USING btree ("programme_id","id");--> statement-breakpoint
CREATE INDEX "programme_tasks_programme_id" ON "programme_tasks" USING btree ("programme_id","id");--> statement-breakpoint
CREATE INDEX "programme_tasks_due" ON "programme_tasks" USING btree ("due","id");--> statement-breakpoint
CREATE INDEX "programmes_region_code" ON "programmes" USING btree ("region_code" text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "programmes_phase" ON "programmes" USING btree ("phase","id");--> statement-breakpoint
CREATE INDEX "programmes_title" ON "programmes" USING btree ("title","id");--> statement-breakpoint
CREATE INDEX "alliance_members_institution_id" ON "alliance_members" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "complaints_subject_id" ON "complaints" USING btree ("subject_id","filed_at");--> statement-breakpoint
CREATE INDEX "complaints_institution_id" ON "complaints" USING btree ("institution_id","due_at");--> statement-breakpoint
CREATE INDEX "complaints_status" ON "complaints" USING btree ("status","due_at");--> statement-breakpoint
CREATE INDEX "complaints_category" ON "complaints" USING btree ("category","id");--> statement-breakpoint
CREATE INDEX "complaints_subject_type" ON "complaints" USING btree ("subject_type","id");--> statement-breakpoint
CREATE INDEX "complaints_filed_at" ON "complaints" USING btree ("filed_at","id");--> statement-breakpoint
CREATE INDEX "complaints_due_at" ON "complaints" USING btree ("due_at","id");--> statement-breakpoint
CREATE INDEX "inspections_scope" ON "inspections" USING btree ("scope","id");--> statement-breakpoint
CREATE INDEX "inspections_region_code" ON "inspections" USING btree ("region_code" text_pattern_ops,"at");--> statement-breakpoint
CREATE INDEX "inspections_institution_id" ON "inspections" USING btree ("institution_id","at");--> statement-breakpoint
CREATE INDEX "inspections_team_id" ON "inspections" USING btree ("team_id","at");--> statement-breakpoint
CREATE INDEX "inspections_status" ON "inspections" USING btree ("status","rectify_by");--> statement-breakpoint
CREATE UNIQUE INDEX "inspections_sample" ON "inspections" USING btree ("team_id","period");--> statement-breakpoint
CREATE INDEX "inspections_at" ON "inspections" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "access_events_at" ON "access_events" USING btree ("resident_id","at","no");--> statement-breakpoint
CREATE INDEX "access_events_request_id" ON "access_events" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "child_records_maternal_record_id" ON "child_records" USING btree ("maternal_record_id");--> statement-breakpoint
CREATE INDEX "child_records_opened_on" ON "child_records" USING btree ("opened_on","resident_id","no");--> statement-breakpoint
CREATE INDEX "child_records_institution_id" ON "child_records" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "elderly_assessments_at" ON "elderly_assessments" USING btree ("at","resident_id","no");--> statement-breakpoint
CREATE INDEX "elderly_assessments_institution_id" ON "elderly_assessments" USING btree ("institution_id","at");--> statement-breakpoint
CREATE INDEX "health_education_activities_at" ON "health_education_activities" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "health_education_activities_institution_id" ON "health_education_activities" USING btree ("institution_id","at");--> statement-breakpoint
CREATE INDEX "health_education_activities_region_code" ON "health_education_activities" USING btree ("region_code" text_pattern_ops,"at");--> statement-breakpoint
CREATE INDEX "health_exams_resident_at" ON "health_exams" USING btree ("resident_id","at","no");--> statement-breakpoint
CREATE INDEX "health_exams_kind" ON "health_exams" USING btree ("kind","resident_id","no");--> statement-breakpoint
CREATE INDEX "health_exams_at" ON "health_exams" USING btree ("at","resident_id","no");--> statement-breakpoint
CREATE INDEX "health_exams_institution_id" ON "health_exams" USING btree ("institution_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "immunisations_dose" ON "immunisations" USING btree ("resident_id","vaccine","dose");--> statement-breakpoint
CREATE INDEX "immunisations_vaccine" ON "immunisations" USING btree ("vaccine","resident_id","no");--> statement-breakpoint
CREATE INDEX "immunisations_due_on" ON "immunisations" USING btree ("due_on","resident_id","no");--> statement-breakpoint
CREATE INDEX "immunisations_given_at" ON "immunisations" USING btree ("given_at","resident_id","no");--> statement-breakpoint
CREATE INDEX "immunisations_institution_id" ON "immunisations" USING btree ("institution_id","given_at");--> statement-breakpoint
CREATE INDEX "infectious_reports_disease_class" ON "infectious_reports" USING btree ("disease_class","resident_id","no");--> statement-breakpoint
CREATE INDEX "infectious_reports_reported_at" ON "infectious_reports" USING btree ("reported_at","resident_id","no");--> statement-breakpoint
CREATE INDEX "infectious_reports_institution_id" ON "infectious_reports" USING btree ("institution_id","reported_at");--> statement-breakpoint
CREATE INDEX "maternal_records_registered_on" ON "maternal_records" USING btree ("registered_on","resident_id","no");--> statement-breakpoint
CREATE INDEX "maternal_records_edd" ON "maternal_records" USING btree ("edd","resident_id","no");--> statement-breakpoint
CREATE INDEX "maternal_records_institution_id" ON "maternal_records" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "mental_health_records_registered_on" ON "mental_health_records" USING btree ("registered_on","resident_id","no");--> statement-breakpoint
CREATE INDEX "mental_health_records_institution_id" ON "mental_health_records" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "tb_records_notified_on" ON "tb_records" USING btree ("notified_on","resident_id","no");--> statement-breakpoint
CREATE INDEX "tb_records_institution_id" ON "tb_records" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "institution_projections_parent_id" ON "institution_projections" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "team_projections_institution_id" ON "team_projections" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "family_doctor_questions_team_id" ON "family_doctor_questions" USING btree ("team_id","asked_at");--> statement-breakpoint
CREATE INDEX "family_doctor_questions_status" ON "family_doctor_questions" USING btree ("status","resident_id","no");--> statement-breakpoint
CREATE INDEX "family_doctor_questions_asked_at" ON "family_doctor_questions" USING btree ("asked_at","resident_id","no");--> statement-breakpoint
CREATE UNIQUE INDEX "resident_links_one_at_a_time" ON "resident_links" USING btree ("resident_id") WHERE "resident_links"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "resident_links_surviving_id" ON "resident_links" USING btree ("surviving_id");--> statement-breakpoint
CREATE UNIQUE INDEX "residents_health_record_no_hash" ON "residents" USING btree ("health_record_no_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "residents_id_number_hash" ON "residents" USING btree ("id_number_hash");--> statement-breakpoint
CREATE INDEX "residents_region_code" ON "residents" USING btree ("region_code" text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "residents_birth_date" ON "residents" USING btree ("birth_date","id");--> statement-breakpoint
CREATE INDEX "residents_household_id" ON "residents" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "residents_serving_institution_id" ON "residents" USING btree ("serving_institution_id","id");--> statement-breakpoint
CREATE INDEX "residents_sex" ON "residents" USING btree ("sex","id");--> statement-breakpoint
CREATE INDEX "residents_resident_type" ON "residents" USING btree ("resident_type","id");--> statement-breakpoint
CREATE INDEX "residents_status" ON "residents" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "residents_updated_at" ON "residents" USING btree ("updated_at","id");