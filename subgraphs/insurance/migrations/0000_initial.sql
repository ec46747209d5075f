CREATE TABLE "benefit_uses" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"cap_increase_used" numeric(12, 2) NOT NULL,
	"extra_reimbursed" numeric(12, 2) NOT NULL,
	"discount" numeric(12, 2) NOT NULL,
	CONSTRAINT "benefit_uses_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"settlement_no" text NOT NULL,
	"claim_request_id" text,
	"encounter_no" integer,
	"coverage_no" integer NOT NULL,
	"referral_no" integer,
	"episode_no" integer,
	"contract_no" integer,
	"provider_code" text NOT NULL,
	"medical_category" text NOT NULL,
	"category" text NOT NULL,
	"level" text NOT NULL,
	"inside_county" boolean NOT NULL,
	"primary_care" boolean NOT NULL,
	"home_region_code" text NOT NULL,
	"scheme" text NOT NULL,
	"contract_active" boolean NOT NULL,
	"lines" jsonb NOT NULL,
	"total_amount" numeric(12, 2) NOT NULL,
	"out_of_scope" numeric(12, 2) NOT NULL,
	"ahead_self_pay" numeric(12, 2) NOT NULL,
	"eligible" numeric(12, 2) NOT NULL,
	"deductible" numeric(12, 2) NOT NULL,
	"ratio" numeric(4, 2) NOT NULL,
	"fund_basic" numeric(12, 2) NOT NULL,
	"fund_catastrophic" numeric(12, 2) NOT NULL,
	"assistance" numeric(12, 2) NOT NULL,
	"package_benefit" numeric(12, 2) NOT NULL,
	"personal_account" numeric(12, 2) NOT NULL,
	"cash" numeric(12, 2) NOT NULL,
	"cap_remaining_before" numeric(12, 2) NOT NULL,
	"cap_remaining_after" numeric(12, 2) NOT NULL,
	"steps" jsonb NOT NULL,
	"basis" jsonb NOT NULL,
	"referral_status" text NOT NULL,
	"service_date" date NOT NULL,
	"settled_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "claims_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "referral_effects" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"ratio" numeric(4, 2) NOT NULL,
	"deductible" numeric(12, 2) NOT NULL,
	CONSTRAINT "referral_effects_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "accumulators" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"inpatient_fund" numeric(12, 2) NOT NULL,
	"outpatient_fund" numeric(12, 2) NOT NULL,
	"two_disease_fund" jsonb NOT NULL,
	"eligible_oop" numeric(12, 2) NOT NULL,
	"admissions" integer NOT NULL,
	"outpatient_deductible_paid" numeric(12, 2) NOT NULL,
	"deductible_paid_by_episode" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "accumulators_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "chronic_outpatient_registrations" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"disease_code" text NOT NULL,
	"valid_from" date,
	"valid_to" date,
	CONSTRAINT "chronic_outpatient_registrations_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "coverages" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"psn_no" "bytea",
	"psn_no_hash" text,
	"scheme" text NOT NULL,
	"person_class" text NOT NULL,
	"pooled_region_code" text NOT NULL,
	"home_region_code" text NOT NULL,
	"assistance" text[] NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"status" text NOT NULL,
	"account_balance" numeric(12, 2),
	"plan_key" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "coverages_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "insured_counts" (
	"region_code" text NOT NULL,
	"year" integer NOT NULL,
	"scheme" text NOT NULL,
	"persons" integer NOT NULL,
	CONSTRAINT "insured_counts_region_code_year_scheme_pk" PRIMARY KEY("region_code","year","scheme")
);
--> statement-breakpoint
CREATE TABLE "out_of_area_filings" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"referral_no" integer,
	"to_provider_code" text NOT NULL,
	"from" date NOT NULL,
	"to" date,
	"status" text NOT NULL,
	CONSTRAINT "out_of_area_filings_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "two_disease_registrations" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"disease" text NOT NULL,
	"registered_at_code" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "two_disease_registrations_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "fund_alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"resident_id" text,
	"claim_no" integer,
	"provider_code" text NOT NULL,
	"rule" text NOT NULL,
	"detail" text,
	"raised_on" date NOT NULL,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fund_statements" (
	"region_code" text NOT NULL,
	"period" text NOT NULL,
	"scheme" text NOT NULL,
	"income" numeric(16, 2) NOT NULL,
	"expense" numeric(16, 2) NOT NULL,
	"balance" numeric(16, 2) NOT NULL,
	"inside_county" numeric(16, 2) NOT NULL,
	"primary" numeric(16, 2) NOT NULL,
	CONSTRAINT "fund_statements_region_code_period_scheme_pk" PRIMARY KEY("region_code","period","scheme")
);
--> statement-breakpoint
CREATE TABLE "indicator_snapshots" (
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"period_type" text NOT NULL,
	"period" text NOT NULL,
	"insured_count" integer,
	"fund_paid" numeric(16, 2),
	"fund_paid_in_county" numeric(16, 2),
	"fund_paid_primary" numeric(16, 2),
	"inpatient_fund" numeric(16, 2),
	"inpatient_cases" integer,
	"inpatient_cost" numeric(16, 2),
	"county_inpatient_cases" integer,
	"oop" numeric(16, 2),
	"total_cost" numeric(16, 2),
	"drg_cases" integer,
	"drg_weight" numeric(14, 4),
	"two_disease_users" integer,
	"chronic_drug_fund" numeric(16, 2),
	CONSTRAINT "indicator_snapshots_subject_type_subject_id_period_type_period_pk" PRIMARY KEY("subject_type","subject_id","period_type","period")
);
--> statement-breakpoint
CREATE TABLE "payment_orders" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"kind" text NOT NULL,
	"claim_no" integer,
	"contract_no" integer,
	"provider_code" text NOT NULL,
	"amount" numeric(12, 2) NOT NULL,
	"order_no" text NOT NULL,
	"trade_no" text,
	"pay_code" text,
	"expires_at" timestamp with time zone NOT NULL,
	"paid_at" timestamp with time zone,
	"refunded_at" timestamp with time zone,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "payment_orders_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "payment_reconciliations" (
	"date" date PRIMARY KEY NOT NULL,
	"lines" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox_trades" (
	"order_no" text PRIMARY KEY NOT NULL,
	"trade_no" text NOT NULL,
	"pay_code" text NOT NULL,
	"amount" numeric(12, 2) NOT NULL,
	"state" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"paid_at" timestamp with time zone,
	"refund" text,
	"refunded_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "alliance_budgets" (
	"alliance_id" text NOT NULL,
	"year" integer NOT NULL,
	"population" integer NOT NULL,
	"budget" numeric(14, 2) NOT NULL,
	"spent_inside" numeric(14, 2) NOT NULL,
	"spent_outside" numeric(14, 2) NOT NULL,
	"surplus" numeric(14, 2) NOT NULL,
	"retained" numeric(14, 2) NOT NULL,
	"split_lead" numeric(14, 2) NOT NULL,
	"split_township" numeric(14, 2) NOT NULL,
	"split_village" numeric(14, 2) NOT NULL,
	"quality_score" numeric(5, 2),
	"shares" jsonb,
	"closed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "alliance_budgets_alliance_id_year_pk" PRIMARY KEY("alliance_id","year")
);
--> statement-breakpoint
CREATE TABLE "capitation_plans" (
	"id" text PRIMARY KEY NOT NULL,
	"provider_code" text NOT NULL,
	"institution_id" text NOT NULL,
	"year" integer NOT NULL,
	"base_rate" numeric(14, 2) NOT NULL,
	"age_factors" jsonb NOT NULL,
	"enrolled" jsonb NOT NULL,
	"budget" numeric(14, 2) NOT NULL,
	"prepay_ratio" numeric(4, 2) NOT NULL,
	"monthly_prepay" numeric(14, 2) NOT NULL,
	"actual" numeric(14, 2),
	"quality_score" numeric(5, 2),
	"surplus" numeric(14, 2),
	"retained" numeric(14, 2),
	"insurer_bears" numeric(14, 2),
	"closed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "capitation_prepayments" (
	"id" text PRIMARY KEY NOT NULL,
	"plan_id" text NOT NULL,
	"institution_id" text NOT NULL,
	"month" text NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"paid_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "designated_providers" (
	"provider_code" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"region_code" text NOT NULL,
	"agreement_no" text,
	"level" text,
	"valid_from" date,
	"valid_to" date,
	"credit_score" numeric(5, 2),
	"payment_methods" text[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dip_groups" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"score" numeric(10, 2) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drg_cases" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"encounter_no" integer NOT NULL,
	"group_code" text,
	"group_version" text,
	"provider_code" text NOT NULL,
	"month" text NOT NULL,
	"rw" numeric(8, 4),
	"cost" numeric(14, 2) NOT NULL,
	"standard" numeric(14, 2),
	"outlier" text NOT NULL,
	"payable" numeric(14, 2) NOT NULL,
	"fund_payable" numeric(14, 2) NOT NULL,
	"hospital_balance" numeric(14, 2) NOT NULL,
	CONSTRAINT "drg_cases_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "drg_groups" (
	"code" text NOT NULL,
	"version" text NOT NULL,
	"name" text NOT NULL,
	"name_en" text,
	"mdc" text NOT NULL,
	"adrg" text NOT NULL,
	"rw" numeric(8, 4) NOT NULL,
	"township_rw" numeric(8, 4),
	"basic" boolean NOT NULL,
	"avg_cost" numeric(14, 2),
	"avg_los" numeric(5, 1),
	CONSTRAINT "drg_groups_code_version_pk" PRIMARY KEY("code","version")
);
--> statement-breakpoint
CREATE TABLE "drg_months" (
	"id" text PRIMARY KEY NOT NULL,
	"provider_code" text NOT NULL,
	"institution_id" text NOT NULL,
	"month" text NOT NULL,
	"cases" integer NOT NULL,
	"high_cases" integer NOT NULL,
	"demoted_cases" integer NOT NULL,
	"cmi" numeric(8, 3),
	"cost" numeric(14, 2) NOT NULL,
	"payable" numeric(14, 2) NOT NULL,
	"fund_payable" numeric(14, 2) NOT NULL,
	"hospital_balance" numeric(14, 2) NOT NULL,
	"settled_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drg_policies" (
	"year" integer PRIMARY KEY NOT NULL,
	"policy" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "insurance_physicians" (
	"physician_code" text PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"points_deducted" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "benefit_plans" (
	"key" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"year" integer NOT NULL,
	"name" text NOT NULL,
	"scheme" text NOT NULL,
	"region_code" text NOT NULL,
	"caps" jsonb NOT NULL,
	"retired" jsonb,
	"outpatient_yearly_deductible" numeric(12, 2) NOT NULL,
	"catastrophic" jsonb NOT NULL,
	"assistance_ratio" numeric(4, 2) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "benefit_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"plan_key" text NOT NULL,
	"medical_category" text NOT NULL,
	"level" text NOT NULL,
	"deductible" numeric(12, 2) NOT NULL,
	"ratio" numeric(4, 2) NOT NULL,
	"ratio_with_contract" numeric(4, 2),
	"annual_cap" numeric(12, 2),
	"no_referral_penalty" numeric(4, 2),
	"repeat_factor" numeric(4, 2),
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drug_payments" (
	"nhsa_drug_code" text PRIMARY KEY NOT NULL,
	"class" text NOT NULL,
	"self_pay_ratio" numeric(4, 2) NOT NULL,
	"price_cap" numeric(12, 4),
	"two_disease" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "package_benefits" (
	"package_code" text NOT NULL,
	"no" integer NOT NULL,
	"kind" text NOT NULL,
	"value" numeric(12, 2) NOT NULL,
	"payer" text NOT NULL,
	"condition" text,
	CONSTRAINT "package_benefits_package_code_no_pk" PRIMARY KEY("package_code","no")
);
--> statement-breakpoint
CREATE TABLE "package_economics" (
	"provider_code" text NOT NULL,
	"package_code" text NOT NULL,
	"year" integer NOT NULL,
	"institution_id" text NOT NULL,
	"revenue" numeric(12, 2) NOT NULL,
	"cost" numeric(12, 2) NOT NULL,
	CONSTRAINT "package_economics_provider_code_year_package_code_pk" PRIMARY KEY("provider_code","year","package_code")
);
--> statement-breakpoint
CREATE TABLE "package_prices" (
	"code" text PRIMARY KEY NOT NULL,
	"price" numeric(12, 2)
);
--> statement-breakpoint
CREATE TABLE "price_items" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"unit" text,
	"kind" text NOT NULL,
	"charge_class" text NOT NULL,
	"self_pay_ratio" numeric(4, 2) NOT NULL,
	"approved_price" jsonb NOT NULL,
	"approved_by" text,
	"valid_from" date
);
--> statement-breakpoint
CREATE TABLE "contract_projections" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"institution_id" text NOT NULL,
	"team_id" text NOT NULL,
	"family_doctor_id" text NOT NULL,
	"status" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"terminated_on" date,
	"states" jsonb NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "contract_projections_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "evaluation_projections" (
	"id" text PRIMARY KEY NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"period" text NOT NULL,
	"kind" text NOT NULL,
	"total" numeric(5, 2),
	"status" text NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "institution_projections" (
	"id" text PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"region_code" text NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link_projections" (
	"resident_id" text PRIMARY KEY NOT NULL,
	"surviving_id" text NOT NULL,
	"holds" boolean NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member_projections" (
	"id" text PRIMARY KEY NOT NULL,
	"alliance_id" text NOT NULL,
	"institution_id" text NOT NULL,
	"role" text NOT NULL,
	"joined_on" date NOT NULL,
	"left_on" date,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "referral_projections" (
	"resident_id" text NOT NULL,
	"no" integer NOT NULL,
	"episode_no" integer NOT NULL,
	"direction" text NOT NULL,
	"to_institution_id" text NOT NULL,
	"from_encounter_no" integer,
	"status" text NOT NULL,
	"accepted_on" date,
	"seq" bigint NOT NULL,
	CONSTRAINT "referral_projections_resident_id_no_pk" PRIMARY KEY("resident_id","no")
);
--> statement-breakpoint
CREATE TABLE "provider_months" (
	"provider_code" text NOT NULL,
	"month" text NOT NULL,
	"total" numeric(16, 2) NOT NULL,
	"drugs" numeric(16, 2) NOT NULL,
	"consumables" numeric(16, 2) NOT NULL,
	"drg_cases" integer NOT NULL,
	"low_outliers" integer NOT NULL,
	"high_outliers" integer NOT NULL,
	CONSTRAINT "provider_months_month_provider_code_pk" PRIMARY KEY("month","provider_code")
);
--> statement-breakpoint
ALTER TABLE "coverages" ADD CONSTRAINT "coverages_plan_key_benefit_plans_key_fk" FOREIGN KEY ("plan_key") REFERENCES "public"."benefit_plans"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fund_alerts" ADD CONSTRAINT "fund_alerts_claim" FOREIGN KEY ("resident_id","claim_no") REFERENCES "public"."claims"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_orders" ADD CONSTRAINT "payment_orders_claim" FOREIGN KEY ("resident_id","claim_no") REFERENCES "public"."claims"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "capitation_prepayments" ADD CONSTRAINT "capitation_prepayments_plan_id_capitation_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."capitation_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drg_cases" ADD CONSTRAINT "drg_cases_claim" FOREIGN KEY ("resident_id","no") REFERENCES "public"."claims"("resident_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drg_cases" ADD CONSTRAINT "drg_cases_group" FOREIGN KEY ("group_code","group_version") REFERENCES "public"."drg_groups"("code","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_rules" ADD CONSTRAINT "benefit_rules_plan_key_benefit_plans_key_fk" FOREIGN KEY ("plan_key") REFERENCES "public"."benefit_plans"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claims_resident_id_encounter_no_index" ON "claims" USING btree ("resident_id","encounter_no");--> statement-breakpoint
CREATE UNIQUE INDEX "claims_settled_once" ON "claims" USING btree ("resident_id","encounter_no") WHERE "claims"."status" = 'SETTLED';--> statement-breakpoint
CREATE UNIQUE INDEX "claims_by_request" ON "claims" USING btree ("resident_id","provider_code","claim_request_id");--> statement-breakpoint
CREATE INDEX "claims_settlement_no_index" ON "claims" USING btree ("settlement_no");--> statement-breakpoint
CREATE INDEX "claims_provider_code_service_date_resident_id_no_index" ON "claims" USING btree ("provider_code","service_date","resident_id","no");--> statement-breakpoint
CREATE INDEX "claims_service_date_resident_id_no_index" ON "claims" USING btree ("service_date","resident_id","no");--> statement-breakpoint
CREATE INDEX "claims_settled_at_resident_id_no_index" ON "claims" USING btree ("settled_at","resident_id","no");--> statement-breakpoint
CREATE INDEX "claims_medical_category_resident_id_no_index" ON "claims" USING btree ("medical_category","resident_id","no");--> statement-breakpoint
CREATE INDEX "claims_scheme_resident_id_no_index" ON "claims" USING btree ("scheme","resident_id","no");--> statement-breakpoint
CREATE INDEX "claims_status_resident_id_no_index" ON "claims" USING btree ("status","resident_id","no");--> statement-breakpoint
CREATE INDEX "coverages_psn_no_hash_index" ON "coverages" USING btree ("psn_no_hash");--> statement-breakpoint
CREATE INDEX "two_disease_registrations_disease_resident_id_no_index" ON "two_disease_registrations" USING btree ("disease","resident_id","no");--> statement-breakpoint
CREATE INDEX "two_disease_registrations_registered_at_code_resident_id_no_index" ON "two_disease_registrations" USING btree ("registered_at_code","resident_id","no");--> statement-breakpoint
CREATE INDEX "two_disease_registrations_valid_from_resident_id_no_index" ON "two_disease_registrations" USING btree ("valid_from","resident_id","no");--> statement-breakpoint
CREATE INDEX "two_disease_registrations_status_resident_id_no_index" ON "two_disease_registrations" USING btree ("status","resident_id","no");--> statement-breakpoint
CREATE INDEX "fund_alerts_provider_code_id_index" ON "fund_alerts" USING btree ("provider_code","id");--> statement-breakpoint
CREATE INDEX "fund_alerts_rule_id_index" ON "fund_alerts" USING btree ("rule","id");--> statement-breakpoint
CREATE INDEX "fund_alerts_raised_on_id_index" ON "fund_alerts" USING btree ("raised_on","id");--> statement-breakpoint
CREATE INDEX "fund_alerts_status_id_index" ON "fund_alerts" USING btree ("status","id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_orders_number" ON "payment_orders" USING btree ("order_no");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_orders_claim_once" ON "payment_orders" USING btree ("resident_id","claim_no") WHERE "payment_orders"."status" in ('CREATED', 'PENDING', 'PAID');--> statement-breakpoint
CREATE UNIQUE INDEX "payment_orders_contract_once" ON "payment_orders" USING btree ("resident_id","contract_no") WHERE "payment_orders"."status" in ('CREATED', 'PENDING', 'PAID');--> statement-breakpoint
CREATE INDEX "payment_orders_open" ON "payment_orders" USING btree ("expires_at","order_no") WHERE "payment_orders"."status" in ('CREATED', 'PENDING', 'REFUNDING');--> statement-breakpoint
CREATE INDEX "payment_orders_status_resident_id_no_index" ON "payment_orders" USING btree ("status","resident_id","no");--> statement-breakpoint
CREATE INDEX "payment_orders_paid_at_resident_id_no_index" ON "payment_orders" USING btree ("paid_at","resident_id","no");--> statement-breakpoint
CREATE INDEX "payment_orders_refunded_at_index" ON "payment_orders" USING btree ("refunded_at");--> statement-breakpoint
CREATE INDEX "sandbox_trades_paid_at_index" ON "sandbox_trades" USING btree ("paid_at");--> statement-breakpoint
CREATE INDEX "sandbox_trades_refunded_at_index" ON "sandbox_trades" USING btree ("refunded_at");--> statement-breakpoint
CREATE INDEX "sandbox_trades_state_index" ON "sandbox_trades" USING btree ("state");--> statement-breakpoint
CREATE INDEX "sandbox_trades_refund_index" ON "sandbox_trades" USING btree ("refund");--> statement-breakpoint
CREATE UNIQUE INDEX "capitation_plans_provider_code_year_index" ON "capitation_plans" USING btree ("provider_code","year");--> statement-breakpoint
CREATE UNIQUE INDEX "capitation_plans_institution_id_year_index" ON "capitation_plans" USING btree ("institution_id","year");--> statement-breakpoint
CREATE UNIQUE INDEX "capitation_prepayments_once" ON "capitation_prepayments" USING btree ("institution_id","month");--> statement-breakpoint
CREATE INDEX "capitation_prepayments_plan_id_month_index" ON "capitation_prepayments" USING btree ("plan_id","month");--> statement-breakpoint
CREATE UNIQUE INDEX "designated_providers_institution_id_index" ON "designated_providers" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "designated_providers_region_code_provider_code_index" ON "designated_providers" USING btree ("region_code" text_pattern_ops,"provider_code");--> statement-breakpoint
CREATE INDEX "designated_providers_level_provider_code_index" ON "designated_providers" USING btree ("level","provider_code");--> statement-breakpoint
CREATE INDEX "designated_providers_credit_score_provider_code_index" ON "designated_providers" USING btree ("credit_score","provider_code");--> statement-breakpoint
CREATE INDEX "dip_groups_score_code_index" ON "dip_groups" USING btree ("score","code");--> statement-breakpoint
CREATE INDEX "drg_cases_resident_id_encounter_no_index" ON "drg_cases" USING btree ("resident_id","encounter_no");--> statement-breakpoint
CREATE INDEX "drg_cases_group_code_resident_id_no_index" ON "drg_cases" USING btree ("group_code","resident_id","no");--> statement-breakpoint
CREATE INDEX "drg_cases_provider_code_month_resident_id_no_index" ON "drg_cases" USING btree ("provider_code","month","resident_id","no");--> statement-breakpoint
CREATE INDEX "drg_cases_month_resident_id_no_index" ON "drg_cases" USING btree ("month","resident_id","no");--> statement-breakpoint
CREATE INDEX "drg_cases_outlier_resident_id_no_index" ON "drg_cases" USING btree ("outlier","resident_id","no");--> statement-breakpoint
CREATE INDEX "drg_groups_version_rw_code_index" ON "drg_groups" USING btree ("version","rw","code");--> statement-breakpoint
CREATE UNIQUE INDEX "drg_months_settled_once" ON "drg_months" USING btree ("institution_id","month");--> statement-breakpoint
CREATE INDEX "drg_months_provider_code_month_index" ON "drg_months" USING btree ("provider_code","month");--> statement-breakpoint
CREATE UNIQUE INDEX "benefit_plans_code_year_index" ON "benefit_plans" USING btree ("code","year");--> statement-breakpoint
CREATE INDEX "benefit_rules_plan_key_medical_category_level_index" ON "benefit_rules" USING btree ("plan_key","medical_category","level");--> statement-breakpoint
CREATE INDEX "package_economics_institution_id_year_index" ON "package_economics" USING btree ("institution_id","year");--> statement-breakpoint
CREATE INDEX "price_items_name_part" ON "price_items" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "price_items_name_index" ON "price_items" USING btree ("name");--> statement-breakpoint
CREATE INDEX "price_items_valid_from_code_index" ON "price_items" USING btree ("valid_from","code");--> statement-breakpoint
CREATE INDEX "evaluation_projections_subject_id_period_index" ON "evaluation_projections" USING btree ("subject_id","period");--> statement-breakpoint
CREATE INDEX "member_projections_alliance_id_index" ON "member_projections" USING btree ("alliance_id");