-- Two reservations of one unit may not overlap (domain.md 3.6); drizzle knows no EXCLUDE.
ALTER TABLE "equipment_reservations" ADD CONSTRAINT "equipment_reservations_no_overlap"
  EXCLUDE USING gist ("equipment_id" WITH =, tstzrange("start", "blocked_until", '[)') WITH &&)
  WHERE ("status" IN ('HELD', 'CONFIRMED', 'DONE'));
