CREATE TABLE "headcount_allocations" (
	"id" text PRIMARY KEY NOT NULL,
	"pool_id" text NOT NULL,
	"practitioner_id" text NOT NULL,
	"mode" text NOT NULL,
	"hired_by_id" text NOT NULL,
	"used_at_id" text NOT NULL,
	"from" date NOT NULL,
	"to" date,
	"status" text NOT NULL,
	"employment_kind_before" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "headcount_pools" (
	"id" text PRIMARY KEY NOT NULL,
	"alliance_id" text,
	"region_code" text,
	"year" integer NOT NULL,
	"approved" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "institution_posts" (
	"institution_id" text PRIMARY KEY NOT NULL,
	"region_code" text NOT NULL,
	"approved" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recruitments" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"region_code" text NOT NULL,
	"specialty" text NOT NULL,
	"posts" integer NOT NULL,
	"filled" integer NOT NULL,
	"mode" text,
	"open_from" date,
	"open_to" date,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "region_densities" (
	"region_code" text NOT NULL,
	"year" integer NOT NULL,
	"practitioners" integer NOT NULL,
	"census_population" integer NOT NULL,
	CONSTRAINT "region_densities_region_code_year_pk" PRIMARY KEY("region_code","year")
);
--> statement-breakpoint
CREATE TABLE "staffing_standards" (
	"level" text PRIMARY KEY NOT NULL,
	"mid_title_share" numeric(4, 3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workforce_gaps" (
	"institution_id" text NOT NULL,
	"specialty" text NOT NULL,
	"region_code" text NOT NULL,
	"standard" integer NOT NULL,
	"actual" integer NOT NULL,
	"gap" integer NOT NULL,
	"multi_post_count" integer NOT NULL,
	"vacancy_rate" numeric(5, 2),
	CONSTRAINT "workforce_gaps_institution_id_specialty_pk" PRIMARY KEY("institution_id","specialty")
);
--> statement-breakpoint
CREATE TABLE "indicator_snapshots" (
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"period_type" text NOT NULL,
	"period" text NOT NULL,
	"practitioners" integer,
	"gp" integer,
	"nurses" integer,
	"village_doctors" integer,
	"mid_up_physicians" integer,
	"seconded_long" integer,
	"seconded_any" integer,
	"pooled_posts" integer,
	"vacancies" integer,
	"leavers" integer,
	"credits_met" integer,
	"it_staff" integer,
	"avg_income" numeric(12, 2),
	CONSTRAINT "indicator_snapshots_subject_type_subject_id_period_type_period_pk" PRIMARY KEY("subject_type","subject_id","period_type","period")
);
--> statement-breakpoint
CREATE TABLE "allowances" (
	"id" text PRIMARY KEY NOT NULL,
	"practitioner_id" text NOT NULL,
	"kind" text NOT NULL,
	"amount" numeric(12, 2),
	"from" date,
	"to" date,
	"basis" text
);
--> statement-breakpoint
CREATE TABLE "awards" (
	"id" text PRIMARY KEY NOT NULL,
	"practitioner_id" text NOT NULL,
	"kind" text NOT NULL,
	"title" text,
	"on" date,
	"basis" text
);
--> statement-breakpoint
CREATE TABLE "income_items" (
	"id" text PRIMARY KEY NOT NULL,
	"practitioner_id" text NOT NULL,
	"period" text NOT NULL,
	"source" text NOT NULL,
	"amount" numeric(12, 2) NOT NULL,
	"counts_toward_performance_pay" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "performance_records" (
	"id" text PRIMARY KEY NOT NULL,
	"practitioner_id" text NOT NULL,
	"period" text NOT NULL,
	"workload" numeric(5, 2),
	"quality" numeric(5, 2),
	"satisfaction" numeric(5, 2),
	"score" numeric(5, 2) NOT NULL,
	"grade" text,
	"amount" numeric(12, 2)
);
--> statement-breakpoint
CREATE TABLE "title_reviews" (
	"id" text PRIMARY KEY NOT NULL,
	"practitioner_id" text NOT NULL,
	"target_level" text NOT NULL,
	"year" integer NOT NULL,
	"service_volume" integer,
	"standard_volume" integer NOT NULL,
	"skill" numeric(5, 2),
	"paper_waived" boolean NOT NULL,
	"satisfaction_used" numeric(5, 2),
	"score" numeric(5, 2),
	"decided_on" date,
	"result" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" text PRIMARY KEY NOT NULL,
	"practitioner_id" text NOT NULL,
	"institution_id" text NOT NULL,
	"role" text NOT NULL,
	"department_id" text,
	"fte" numeric(3, 2) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "practice_registrations" (
	"id" text PRIMARY KEY NOT NULL,
	"practitioner_id" text NOT NULL,
	"institution_id" text NOT NULL,
	"kind" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"days_per_week" numeric(3, 1),
	"status" text NOT NULL,
	"hours" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "practitioners" (
	"id" text PRIMARY KEY NOT NULL,
	"physician_code" text,
	"name" text NOT NULL,
	"sex" text NOT NULL,
	"birth_date" date NOT NULL,
	"id_number" "bytea",
	"id_number_hash" text,
	"category" text NOT NULL,
	"licence_no" text,
	"licence_kind" text,
	"licence_scope" text,
	"licence_first_registered_on" date,
	"licence_status" text,
	"licence_assessed_until" date,
	"specialty" text,
	"title" text,
	"title_level" text NOT NULL,
	"education" text,
	"primary_institution_id" text NOT NULL,
	"region_code" text NOT NULL,
	"township_hospital_id" text,
	"employment_kind" text NOT NULL,
	"employment_hired_by_id" text NOT NULL,
	"employment_used_at_id" text NOT NULL,
	"employment_from" date NOT NULL,
	"employment_to" date,
	"primary_care_years" numeric(4, 1) NOT NULL,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "institution_projections" (
	"id" text PRIMARY KEY NOT NULL,
	"tier" text NOT NULL,
	"class" text NOT NULL,
	"level" text,
	"status" text NOT NULL,
	"region_code" text NOT NULL,
	"parent_id" text,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership_projections" (
	"alliance_id" text NOT NULL,
	"institution_id" text NOT NULL,
	"joined_on" date NOT NULL,
	"left_on" date,
	"is_lead" boolean NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "membership_projections_alliance_id_institution_id_joined_on_pk" PRIMARY KEY("alliance_id","institution_id","joined_on")
);
--> statement-breakpoint
CREATE TABLE "secondment_targets" (
	"region_code" text NOT NULL,
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"target" integer NOT NULL,
	"strict" boolean NOT NULL,
	CONSTRAINT "secondment_targets_region_code_kind_year_pk" PRIMARY KEY("region_code","kind","year")
);
--> statement-breakpoint
CREATE TABLE "secondments" (
	"id" text PRIMARY KEY NOT NULL,
	"practitioner_id" text NOT NULL,
	"kind" text NOT NULL,
	"from_id" text NOT NULL,
	"to_id" text NOT NULL,
	"region_code" text NOT NULL,
	"alliance_id" text,
	"start_on" date NOT NULL,
	"planned_end_on" date NOT NULL,
	"actual_end_on" date,
	"full_time" boolean NOT NULL,
	"days_per_week" numeric(3, 1),
	"purpose" text NOT NULL,
	"objectives" text[] NOT NULL,
	"outcomes" jsonb NOT NULL,
	"title_level_at_start" text NOT NULL,
	"compliant" boolean NOT NULL,
	"over_six_months" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "oriented_students" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"school" text NOT NULL,
	"major" text NOT NULL,
	"enrolled_on" date NOT NULL,
	"graduates_on" date,
	"service_place_code" text NOT NULL,
	"service_years" integer NOT NULL,
	"service_from" date,
	"service_ends_on" date,
	"status" text NOT NULL,
	"breach" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "talent_dispatches" (
	"id" text PRIMARY KEY NOT NULL,
	"requester_id" text NOT NULL,
	"skill" text NOT NULL,
	"need" text,
	"from" date NOT NULL,
	"to" date NOT NULL,
	"assigned_id" text,
	"days" integer,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "talent_pool_entries" (
	"practitioner_id" text PRIMARY KEY NOT NULL,
	"region_code" text NOT NULL,
	"skills" text[] NOT NULL,
	"available_days" integer NOT NULL,
	"radius_km" integer,
	"willing" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "family_doctor_teams" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"institution_id" text NOT NULL,
	"region_code" text NOT NULL,
	"leader_id" text NOT NULL,
	"guidance_group_id" text,
	"coverage_codes" text[] NOT NULL,
	"capacity" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team_memberships" (
	"team_id" text NOT NULL,
	"no" integer NOT NULL,
	"practitioner_id" text NOT NULL,
	"duty" text NOT NULL,
	"from" date NOT NULL,
	"to" date,
	CONSTRAINT "team_memberships_team_id_no_pk" PRIMARY KEY("team_id","no")
);
--> statement-breakpoint
CREATE TABLE "technical_guidance_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"institution_id" text NOT NULL,
	"region_code" text NOT NULL,
	"department_ids" text[] NOT NULL,
	"specialist_ids" text[] NOT NULL,
	"contract_office" text NOT NULL,
	"assigned_town_codes" text[] NOT NULL,
	"principle" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "further_studies" (
	"id" text PRIMARY KEY NOT NULL,
	"practitioner_id" text NOT NULL,
	"region_code" text NOT NULL,
	"at_institution_id" text NOT NULL,
	"specialty" text NOT NULL,
	"from" date NOT NULL,
	"to" date,
	"result" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mentorships" (
	"id" text PRIMARY KEY NOT NULL,
	"mentor_id" text NOT NULL,
	"apprentice_id" text NOT NULL,
	"region_code" text NOT NULL,
	"topic" text NOT NULL,
	"from" date NOT NULL,
	"to" date,
	"assessment" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "training_courses" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"topic" text NOT NULL,
	"mode" text NOT NULL,
	"host_id" text NOT NULL,
	"credits" numeric(5, 1),
	"credit_class" text,
	"hours" numeric(5, 1),
	"free" boolean NOT NULL,
	"target_categories" text[] NOT NULL,
	"open_from" date,
	"open_to" date
);
--> statement-breakpoint
CREATE TABLE "training_records" (
	"id" text PRIMARY KEY NOT NULL,
	"practitioner_id" text NOT NULL,
	"course_id" text NOT NULL,
	"completed_on" date,
	"score" numeric(5, 2),
	"passed" boolean,
	"credits_earned" numeric(5, 1),
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "headcount_allocations" ADD CONSTRAINT "headcount_allocations_pool_id_headcount_pools_id_fk" FOREIGN KEY ("pool_id") REFERENCES "public"."headcount_pools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "headcount_allocations" ADD CONSTRAINT "headcount_allocations_practitioner_id_practitioners_id_fk" FOREIGN KEY ("practitioner_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allowances" ADD CONSTRAINT "allowances_practitioner_id_practitioners_id_fk" FOREIGN KEY ("practitioner_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "awards" ADD CONSTRAINT "awards_practitioner_id_practitioners_id_fk" FOREIGN KEY ("practitioner_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "income_items" ADD CONSTRAINT "income_items_practitioner_id_practitioners_id_fk" FOREIGN KEY ("practitioner_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "performance_records" ADD CONSTRAINT "performance_records_practitioner_id_practitioners_id_fk" FOREIGN KEY ("practitioner_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "title_reviews" ADD CONSTRAINT "title_reviews_practitioner_id_practitioners_id_fk" FOREIGN KEY ("practitioner_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_practitioner_id_practitioners_id_fk" FOREIGN KEY ("practitioner_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_registrations" ADD CONSTRAINT "practice_registrations_practitioner_id_practitioners_id_fk" FOREIGN KEY ("practitioner_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secondments" ADD CONSTRAINT "secondments_practitioner_id_practitioners_id_fk" FOREIGN KEY ("practitioner_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "talent_dispatches" ADD CONSTRAINT "talent_dispatches_assigned_id_practitioners_id_fk" FOREIGN KEY ("assigned_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "talent_pool_entries" ADD CONSTRAINT "talent_pool_entries_practitioner_id_practitioners_id_fk" FOREIGN KEY ("practitioner_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "family_doctor_teams" ADD CONSTRAINT "family_doctor_teams_leader_id_practitioners_id_fk" FOREIGN KEY ("leader_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "family_doctor_teams" ADD CONSTRAINT "family_doctor_teams_guidance_group_id_technical_guidance_groups_id_fk" FOREIGN KEY ("guidance_group_id") REFERENCES "public"."technical_guidance_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_memberships" ADD CONSTRAINT "team_memberships_team_id_family_doctor_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."family_doctor_teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_memberships" ADD CONSTRAINT "team_memberships_practitioner_id_practitioners_id_fk" FOREIGN KEY ("practitioner_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "further_studies" ADD CONSTRAINT "further_studies_practitioner_id_practitioners_id_fk" FOREIGN KEY ("practitioner_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentorships" ADD CONSTRAINT "mentorships_mentor_id_practitioners_id_fk" FOREIGN KEY ("mentor_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentorships" ADD CONSTRAINT "mentorships_apprentice_id_practitioners_id_fk" FOREIGN KEY ("apprentice_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_records" ADD CONSTRAINT "training_records_practitioner_id_practitioners_id_fk" FOREIGN KEY ("practitioner_id") REFERENCES "public"."practitioners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_records" ADD CONSTRAINT "training_records_course_id_training_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."training_courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "headcount_allocations_pool_id_status_index" ON "headcount_allocations" USING btree ("pool_id","status");--> statement-breakpoint
CREATE INDEX "headcount_allocations_practitioner_id_index" ON "headcount_allocations" USING btree ("practitioner_id");--> statement-breakpoint
CREATE INDEX "headcount_pools_alliance_id_year_index" ON "headcount_pools" USING btree ("alliance_id","year");--> statement-breakpoint
CREATE INDEX "headcount_pools_region_code_year_index" ON "headcount_pools" USING btree ("region_code","year");--> statement-breakpoint
CREATE INDEX "headcount_pools_year_id_index" ON "headcount_pools" USING btree ("year","id");--> statement-breakpoint
CREATE INDEX "headcount_pools_approved_id_index" ON "headcount_pools" USING btree ("approved","id");--> statement-breakpoint
CREATE INDEX "institution_posts_region_code_index" ON "institution_posts" USING btree ("region_code" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "recruitments_institution_id_id_index" ON "recruitments" USING btree ("institution_id","id");--> statement-breakpoint
CREATE INDEX "recruitments_region_code_index" ON "recruitments" USING btree ("region_code" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "workforce_gaps_region_code_specialty_index" ON "workforce_gaps" USING btree ("region_code" text_pattern_ops,"specialty");--> statement-breakpoint
CREATE INDEX "workforce_gaps_gap_institution_id_specialty_index" ON "workforce_gaps" USING btree ("gap","institution_id","specialty");--> statement-breakpoint
CREATE INDEX "allowances_practitioner_id_index" ON "allowances" USING btree ("practitioner_id");--> statement-breakpoint
CREATE INDEX "awards_practitioner_id_index" ON "awards" USING btree ("practitioner_id");--> statement-breakpoint
CREATE INDEX "income_items_practitioner_id_period_index" ON "income_items" USING btree ("practitioner_id","period");--> statement-breakpoint
CREATE INDEX "income_items_period_practitioner_id_index" ON "income_items" USING btree ("period","practitioner_id");--> statement-breakpoint
CREATE INDEX "performance_records_practitioner_id_period_index" ON "performance_records" USING btree ("practitioner_id","period");--> statement-breakpoint
CREATE INDEX "performance_records_period_id_index" ON "performance_records" USING btree ("period","id");--> statement-breakpoint
CREATE INDEX "performance_records_score_id_index" ON "performance_records" USING btree ("score","id");--> statement-breakpoint
CREATE INDEX "title_reviews_practitioner_id_year_index" ON "title_reviews" USING btree ("practitioner_id","year");--> statement-breakpoint
CREATE INDEX "title_reviews_target_level_id_index" ON "title_reviews" USING btree ("target_level","id");--> statement-breakpoint
CREATE INDEX "title_reviews_year_id_index" ON "title_reviews" USING btree ("year","id");--> statement-breakpoint
CREATE INDEX "title_reviews_score_id_index" ON "title_reviews" USING btree ("score","id");--> statement-breakpoint
CREATE INDEX "title_reviews_result_id_index" ON "title_reviews" USING btree ("result","id");--> statement-breakpoint
CREATE INDEX "posts_practitioner_id_index" ON "posts" USING btree ("practitioner_id");--> statement-breakpoint
CREATE INDEX "practice_registrations_practitioner_id_index" ON "practice_registrations" USING btree ("practitioner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "practitioners_physician_code_index" ON "practitioners" USING btree ("physician_code");--> statement-breakpoint
CREATE INDEX "practitioners_id_number_hash_index" ON "practitioners" USING btree ("id_number_hash");--> statement-breakpoint
CREATE INDEX "practitioners_name_id_index" ON "practitioners" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "practitioners_name_part" ON "practitioners" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "practitioners_status_id_index" ON "practitioners" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "practitioners_category_id_index" ON "practitioners" USING btree ("category","id");--> statement-breakpoint
CREATE INDEX "practitioners_specialty_id_index" ON "practitioners" USING btree ("specialty","id");--> statement-breakpoint
CREATE INDEX "practitioners_title_level_id_index" ON "practitioners" USING btree ("title_level","id");--> statement-breakpoint
CREATE INDEX "practitioners_primary_institution_id_id_index" ON "practitioners" USING btree ("primary_institution_id","id");--> statement-breakpoint
CREATE INDEX "practitioners_region_code_id_index" ON "practitioners" USING btree ("region_code" text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "practitioners_township_hospital_id_id_index" ON "practitioners" USING btree ("township_hospital_id","id");--> statement-breakpoint
CREATE INDEX "practitioners_employment_used_at_id_index" ON "practitioners" USING btree ("employment_used_at_id");--> statement-breakpoint
CREATE INDEX "practitioners_primary_care_years_id_index" ON "practitioners" USING btree ("primary_care_years","id");--> statement-breakpoint
CREATE INDEX "institution_projections_region_code_index" ON "institution_projections" USING btree ("region_code" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "membership_projections_institution_id_index" ON "membership_projections" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "secondments_practitioner_id_index" ON "secondments" USING btree ("practitioner_id");--> statement-breakpoint
CREATE INDEX "secondments_kind_id_index" ON "secondments" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "secondments_from_id_id_index" ON "secondments" USING btree ("from_id","id");--> statement-breakpoint
CREATE INDEX "secondments_to_id_id_index" ON "secondments" USING btree ("to_id","id");--> statement-breakpoint
CREATE INDEX "secondments_region_code_kind_index" ON "secondments" USING btree ("region_code" text_pattern_ops,"kind");--> statement-breakpoint
CREATE INDEX "secondments_alliance_id_kind_index" ON "secondments" USING btree ("alliance_id","kind");--> statement-breakpoint
CREATE INDEX "secondments_start_on_id_index" ON "secondments" USING btree ("start_on","id");--> statement-breakpoint
CREATE INDEX "secondments_planned_end_on_id_index" ON "secondments" USING btree ("planned_end_on","id");--> statement-breakpoint
CREATE INDEX "secondments_actual_end_on_id_index" ON "secondments" USING btree ("actual_end_on","id");--> statement-breakpoint
CREATE INDEX "secondments_purpose_id_index" ON "secondments" USING btree ("purpose","id");--> statement-breakpoint
CREATE INDEX "secondments_compliant_id_index" ON "secondments" USING btree ("compliant","id");--> statement-breakpoint
CREATE INDEX "secondments_over_six_months_id_index" ON "secondments" USING btree ("over_six_months","id");--> statement-breakpoint
CREATE INDEX "oriented_students_enrolled_on_id_index" ON "oriented_students" USING btree ("enrolled_on","id");--> statement-breakpoint
CREATE INDEX "oriented_students_service_place_code_id_index" ON "oriented_students" USING btree ("service_place_code" text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "oriented_students_status_id_index" ON "oriented_students" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "talent_dispatches_requester_id_from_index" ON "talent_dispatches" USING btree ("requester_id","from");--> statement-breakpoint
CREATE INDEX "talent_dispatches_assigned_id_index" ON "talent_dispatches" USING btree ("assigned_id");--> statement-breakpoint
CREATE INDEX "talent_pool_entries_region_code_practitioner_id_index" ON "talent_pool_entries" USING btree ("region_code" text_pattern_ops,"practitioner_id");--> statement-breakpoint
CREATE INDEX "talent_pool_entries_available_days_practitioner_id_index" ON "talent_pool_entries" USING btree ("available_days","practitioner_id");--> statement-breakpoint
CREATE INDEX "talent_pool_entries_willing_practitioner_id_index" ON "talent_pool_entries" USING btree ("willing","practitioner_id");--> statement-breakpoint
CREATE INDEX "family_doctor_teams_name_part" ON "family_doctor_teams" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "family_doctor_teams_name_id_index" ON "family_doctor_teams" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "family_doctor_teams_institution_id_id_index" ON "family_doctor_teams" USING btree ("institution_id","id");--> statement-breakpoint
CREATE INDEX "family_doctor_teams_region_code_id_index" ON "family_doctor_teams" USING btree ("region_code" text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "family_doctor_teams_leader_id_index" ON "family_doctor_teams" USING btree ("leader_id");--> statement-breakpoint
CREATE INDEX "family_doctor_teams_guidance_group_id_id_index" ON "family_doctor_teams" USING btree ("guidance_group_id","id");--> statement-breakpoint
CREATE INDEX "family_doctor_teams_capacity_id_index" ON "family_doctor_teams" USING btree ("capacity","id");--> statement-breakpoint
CREATE INDEX "team_memberships_practitioner_id_index" ON "team_memberships" USING btree ("practitioner_id");--> statement-breakpoint
CREATE INDEX "technical_guidance_groups_name_part" ON "technical_guidance_groups" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "technical_guidance_groups_name_id_index" ON "technical_guidance_groups" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "technical_guidance_groups_institution_id_id_index" ON "technical_guidance_groups" USING btree ("institution_id","id");--> statement-breakpoint
CREATE INDEX "technical_guidance_groups_region_code_id_index" ON "technical_guidance_groups" USING btree ("region_code" text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "further_studies_practitioner_id_index" ON "further_studies" USING btree ("practitioner_id");--> statement-breakpoint
CREATE INDEX "further_studies_region_code_index" ON "further_studies" USING btree ("region_code" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "mentorships_mentor_id_index" ON "mentorships" USING btree ("mentor_id");--> statement-breakpoint
CREATE INDEX "mentorships_apprentice_id_index" ON "mentorships" USING btree ("apprentice_id");--> statement-breakpoint
CREATE INDEX "mentorships_region_code_index" ON "mentorships" USING btree ("region_code" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "training_courses_title_part" ON "training_courses" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "training_courses_title_id_index" ON "training_courses" USING btree ("title","id");--> statement-breakpoint
CREATE INDEX "training_courses_topic_id_index" ON "training_courses" USING btree ("topic","id");--> statement-breakpoint
CREATE INDEX "training_courses_mode_id_index" ON "training_courses" USING btree ("mode","id");--> statement-breakpoint
CREATE INDEX "training_courses_host_id_id_index" ON "training_courses" USING btree ("host_id","id");--> statement-breakpoint
CREATE INDEX "training_courses_open_from_id_index" ON "training_courses" USING btree ("open_from","id");--> statement-breakpoint
CREATE INDEX "training_records_practitioner_id_completed_on_id_index" ON "training_records" USING btree ("practitioner_id","completed_on","id");--> statement-breakpoint
CREATE INDEX "training_records_course_id_index" ON "training_records" USING btree ("course_id");