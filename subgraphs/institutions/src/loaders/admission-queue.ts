import { sql } from 'drizzle-orm';
import { type Query, type Read, type RequestClock, toInstant } from '@hutong/kit';

/** Who waits for admission 入院排队, and on what grounds; exactly one of the three numbers says what asks for it. */
export interface WaitingForAdmission {
  readonly residentId: string;
  readonly requestedAt: string;
  readonly referralNo: number | null;
  readonly appointmentNo: number | null;
  readonly encounterNo: number | null;
  readonly greenChannel: boolean;
  readonly indicatedUpReferral: boolean;
  readonly contracted: boolean;
  readonly booked: boolean;
}

/** The same in its place in the queue. */
export interface AdmissionQueueEntryValue extends WaitingForAdmission {
  readonly position: number;
  readonly priority: number;
}

export const admissionQueueLoaders = (read: Read, clock: RequestClock) => ({
  waitingForAdmission: (institutionId: string) => loadWaiting(read.query, institutionId, clock),
});

/**
 * Who waits at an institution on the business day (domain.md 3.4.5): referrals accepted and not yet arrived, appointments of the day
 * that are not served and belong to no such referral, and visits of the day without an appointment that are not over.
 */
async function loadWaiting(query: Query, institutionId: string, { day }: RequestClock): Promise<WaitingForAdmission[]> {
  const rows = await query(sql`
    with bounds as (select (${day}::date)::timestamptz as begins, (${day}::date + 1)::timestamptz as ends),
    contracted as (select distinct resident_id from contract_projections
      where status = 'ACTIVE' and ${day}::date between valid_from and valid_to),
    waiting as (
      select resident_id, no as referral_no, null::integer as appointment_no, null::integer as encounter_no,
        submitted_at as requested_at, green_channel, direction = 'UP' as indicated, false as signed, true as booked
      from referrals where to_id = ${institutionId} and status in ('ACCEPTED', 'SCHEDULED')
      union all
      select a.resident_id, null, a.no, null, a.booked_at, false, false, a.contract_no is not null, true
      from bounds, appointment_slots s join appointments a on a.slot_id = s.id
      where s.institution_id = ${institutionId} and s.start >= bounds.begins and s.start < bounds.ends
        and a.status in ('BOOKED', 'CHECKED_IN')
        and not exists (select from referrals r where r.resident_id = a.resident_id and r.no = a.referral_no
          and r.status in ('ACCEPTED', 'SCHEDULED'))
      union all
      select resident_id, null, null, no, started_at, false, false, false, false
      from encounters, bounds where institution_id = ${institutionId} and class in ('OUTPATIENT', 'EMERGENCY')
        and started_at >= bounds.begins and started_at < bounds.ends
        and ended_at is null and appointment_no is null and referral_no is null)
    select resident_id, referral_no, appointment_no, encounter_no, extract(epoch from requested_at)::float8, green_channel,
      indicated, booked, signed or resident_id in (select resident_id from contracted)
    from waiting`);
  return rows.map(
    ([residentId, referralNo, appointmentNo, encounterNo, at, greenChannel, indicated, booked, contracted]) => ({
      residentId: String(residentId),
      referralNo: numberOrNull(referralNo),
      appointmentNo: numberOrNull(appointmentNo),
      encounterNo: numberOrNull(encounterNo),
      requestedAt: toInstant(new Date(Number(at) * 1000)),
      greenChannel: greenChannel === true,
      indicatedUpReferral: indicated === true,
      booked: booked === true,
      contracted: contracted === true,
    }),
  );
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value);
}
