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
CREATE INDEX "changes_txid_seq" ON "changes" USING btree ("txid","seq");