CREATE TABLE "changes" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "changes_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"txid" "xid8" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"type" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"resident_id" text,
	"payload" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hutong_meta" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox_positions" (
	"source" text PRIMARY KEY NOT NULL,
	"position" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"up_to" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"caller_id" text NOT NULL,
	"key" text NOT NULL,
	"input_hash" text NOT NULL,
	"result" jsonb,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_caller_id_key_pk" PRIMARY KEY("caller_id","key")
);
--> statement-breakpoint
CREATE TABLE "status_history" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "status_history_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"type" text NOT NULL,
	"id" text NOT NULL,
	"resident_id" text,
	"from" text,
	"to" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_id" text,
	"reason" text
);
--> statement-breakpoint
CREATE INDEX "changes_txid_seq" ON "changes" USING btree ("txid","seq");--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_time" ON "idempotency_keys" USING btree ("at");--> statement-breakpoint
CREATE INDEX "status_history_by_subject" ON "status_history" USING btree ("type","id","seq");