import { type SQL, sql } from 'drizzle-orm';
import type { Query, Read, RequestClock } from '@hutong/kit';
import { memberOn } from '../tables/alliance.ts';
import { ordersWithReport } from '../tables/duplicate-exam.ts';
import type { OpenHoursValue } from '../tables/equipment.ts';
import type { ReferralRow } from '../tables/referral.ts';

/** What a dashboard counts: an alliance, and a period as half-open instants. */
export interface DashboardAsk {
  readonly allianceId: string;
  readonly from: string;
  readonly until: string;
}

/** A referral of which it is not stored whether it was timely. */
type OpenReferral = Pick<ReferralRow, 'direction' | 'urgency' | 'status' | 'submittedAt' | 'acceptedAt' | 'arrivedAt'>;

/** What the members have now. */
export interface DashboardStock {
  readonly members: number;
  readonly openBeds: number;
  readonly occupiedBeds: number;
  readonly openAlerts: number;
}

/** The dashboard of an alliance: what it has now, and whose events in which period the other figures count. */
export interface AllianceDashboardValue extends DashboardStock, DashboardAsk {
  readonly period: string;
}

export const allianceDashboardLoaders = (read: Read, clock: RequestClock) => {
  /** Fields that ask for the same figures share one statement. */
  const shared = <V>(load: (query: Query, ask: DashboardAsk, clock: RequestClock) => Promise<V>) => {
    const loads = new Map<string, Promise<V>>();
    return (ask: DashboardAsk): Promise<V> => {
      const key = `${ask.allianceId} ${ask.from} ${ask.until}`;
      const running = loads.get(key) ?? load(read.query, ask, clock);
      loads.set(key, running);
      return running;
    };
  };
  return {
    stock: (allianceId: string) => loadStock(read.query, allianceId, clock),
    care: shared(loadCare),
    referrals: shared(loadReferrals),
    recognition: shared(loadRecognition),
    equipment: shared(loadEquipment),
    slots: shared(loadSlots),
  };
};

/** Memberships in a standing alliance, each with the part of the period in which it ran. */
function membersOf({ allianceId, from, until }: DashboardAsk): SQL {
  return sql`(select institution_id, greatest(joined_on::timestamptz, ${from}::timestamptz) as begins,
      least(left_on::timestamptz, dissolved_on::timestamptz, ${until}::timestamptz) as ends
    from alliance_memberships join alliances on alliances.id = alliance_id where alliance_id = ${allianceId})`;
}

const during = (column: string) => sql.raw(`${column} >= m.begins and ${column} < m.ends`);

/** Beds and alerts of today's members; null when there is no such alliance. */
async function loadStock(query: Query, allianceId: string, { day }: RequestClock): Promise<DashboardStock | null> {
  const [row] = await query(sql`
    select count(m.institution_id)::integer, coalesce(sum(b.open), 0)::integer, coalesce(sum(b.occupied), 0)::integer,
      coalesce(sum(s.alerts), 0)::integer
    from alliances a
    left join alliance_memberships m on m.alliance_id = a.id and ${memberOn(day, 'm')}
      and coalesce(a.dissolved_on, 'infinity') > ${day}
    left join lateral (select sum(open) as open, sum(occupied) as occupied
      from bed_stats where institution_id = m.institution_id) b on true
    left join lateral (select count(*) as alerts
      from supervision_alerts where institution_id = m.institution_id and status <> 'CLOSED') s on true
    where a.id = ${allianceId} group by a.id`);
  if (row === undefined) return null;
  const [members, openBeds, occupiedBeds, openAlerts] = row.map(Number);
  return {
    members: members ?? 0,
    openBeds: openBeds ?? 0,
    occupiedBeds: occupiedBeds ?? 0,
    openAlerts: openAlerts ?? 0,
  };
}

/** Visits and admissions, by the institution that saw the resident. */
async function loadCare(query: Query, ask: DashboardAsk) {
  const [row = []] = await query(sql`
    select count(*) filter (where e.class <> 'INPATIENT')::integer, count(*) filter (where e.class = 'OUTPATIENT')::integer,
      count(*) filter (where e.class <> 'INPATIENT' and i.is_primary_care)::integer,
      count(*) filter (where e.class = 'INPATIENT')::integer
    from ${membersOf(ask)} m join institutions i on i.id = m.institution_id
    join encounters e on e.institution_id = m.institution_id and ${during('e.started_at')}`);
  const [visits = 0, outpatientVisits = 0, primaryVisits = 0, admissions = 0] = row.map(Number);
  return { visits, outpatientVisits, primaryVisits, admissions };
}

/** Referrals up and all timeliness by the referring institution, referrals down by the receiving one. */
async function loadReferrals(query: Query, ask: DashboardAsk) {
  const [row = []] = await query(sql`
    select count(*) filter (where sends and direction = 'UP')::integer, count(*) filter (where not sends)::integer,
      count(*) filter (where sends and timely is not null and status <> 'CANCELLED')::integer,
      count(*) filter (where sends and timely and status <> 'CANCELLED')::integer,
      jsonb_agg(jsonb_build_object('direction', direction, 'urgency', urgency, 'status', status, 'submittedAt', submitted_at,
        'acceptedAt', accepted_at, 'arrivedAt', arrived_at)) filter (where sends and timely is null and status <> 'CANCELLED')
    from (
      select true as sends, r.* from ${membersOf(ask)} m
      join referrals r on r.from_id = m.institution_id and ${during('r.submitted_at')}
      union all
      select false, r.* from ${membersOf(ask)} m
      join referrals r on r.to_id = m.institution_id and r.direction = 'DOWN' and ${during('r.submitted_at')}) r`);
  const [referralsUp, referralsDown, due, timely, open] = row;
  return {
    referralsUp: Number(referralsUp),
    referralsDown: Number(referralsDown),
    judged: { due: Number(due), timely: Number(timely) },
    open: listOf<OpenReferral>(open),
  };
}

/** Orders with a recognisable report, by the institution that ordered, and every examination repeated without a reason. */
async function loadRecognition(query: Query, ask: DashboardAsk) {
  const [row = []] = await query(sql`
    select coalesce(sum(o.orders), 0)::integer, coalesce(sum(o.recognised), 0)::integer, coalesce(sum(r.repeated), 0)::integer,
      round(coalesce(sum(o.avoided), 0), 2)::text
    from ${membersOf(ask)} m
    cross join lateral (
      select count(*) as orders, count(*) filter (where recognised) as recognised, sum(avoided_price) filter (where recognised) as avoided
      from (${sql.raw(ordersWithReport)}) o where o.institution_id = m.institution_id and ${during('o.at')}) o
    cross join lateral (
      select count(*) as repeated from diagnostic_reports r
      where r.performed_at_id = m.institution_id and ${during('r.performed_time')} and r.duplicate_of_no is not null) r`);
  const [recognitionDecisions, recognisedReports, duplicateExams, avoidedCost] = row;
  return {
    recognitionDecisions: Number(recognitionDecisions),
    recognisedReports: Number(recognisedReports),
    duplicateExams: Number(duplicateExams),
    avoidedCost: String(avoidedCost),
  };
}

/** Units in use that are shared: what was done on them, and the days on which they may have been open, until today in a period that runs. */
async function loadEquipment(query: Query, ask: DashboardAsk, { day }: RequestClock) {
  const rows = await query(sql`
    select q.open_hours, greatest(m.begins::date, q.in_service_on)::text, least(m.ends::date - 1, ${day}::date)::text,
      used.minutes, used.exams
    from ${membersOf(ask)} m
    join equipment q on q.institution_id = m.institution_id and q.shared and q.status = 'IN_USE'
    cross join lateral (
      select coalesce(sum(extract(epoch from r."end" - r."start") / 60), 0)::integer as minutes,
        count(*) filter (where r.requester_id <> q.institution_id)::integer as exams
      from equipment_reservations r where r.equipment_id = q.id and r.status = 'DONE' and ${during('r."start"')}) used`);
  return {
    sharedExams: rows.reduce((sum, [, , , , exams]) => sum + Number(exams), 0),
    usedMinutes: rows.reduce((sum, [, , , minutes]) => sum + Number(minutes), 0),
    units: rows.map(([hours, from, to]) => ({
      openHours: listOf<OpenHoursValue>(hours),
      from: String(from),
      to: String(to),
    })),
  };
}

/** Slots by the day of the visit; released are those that went to the lead hospital and the alliance. */
async function loadSlots(query: Query, ask: DashboardAsk) {
  const [row = []] = await query(sql`
    select coalesce(sum(s.capacity), 0)::integer,
      coalesce(sum(s.capacity) filter (where s.channel in ('LEAD_HOSPITAL', 'ALLIANCE')), 0)::integer,
      coalesce(sum(s.booked_count) filter (where s.channel in ('LEAD_HOSPITAL', 'ALLIANCE')), 0)::integer
    from ${membersOf(ask)} m
    join appointment_slots s on s.institution_id = m.institution_id and ${during('s."start"')}`);
  const [slotsTotal = 0, slotsReleased = 0, slotsReleasedUsed = 0] = row.map(Number);
  return { slotsTotal, slotsReleased, slotsReleasedUsed };
}

/** A list as the database built it; null is an empty one. */
function listOf<T>(value: unknown): readonly T[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what our own statement selects.
  return Array.isArray(value) ? (value as T[]) : [];
}
