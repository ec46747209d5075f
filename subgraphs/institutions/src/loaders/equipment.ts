import { sql } from 'drizzle-orm';
import { type DayRange, perArgument, type Query, type Read } from '@hutong/kit';
import {
  equipment,
  type EquipmentReservationRow,
  equipmentReservations,
  type EquipmentRow,
} from '../tables/equipment.ts';

/** A unit with what keeps it in a time. */
export interface EquipmentCalendar {
  readonly unit: Pick<
    EquipmentRow,
    'status' | 'operatorCount' | 'openHours' | 'slotMinutes' | 'bufferMinutes' | 'maintenance'
  >;
  readonly reservations: readonly Pick<EquipmentReservationRow, 'status' | 'heldAt' | 'start' | 'blockedUntil'>[];
}

/** How long a unit was used on some days, and what says how long it was open. */
export interface EquipmentUse extends Pick<EquipmentRow, 'openHours' | 'inServiceOn'> {
  readonly usedMinutes: number;
}

/** A half-open interval of instants. */
export interface Interval {
  readonly start: string;
  readonly end: string;
}

export const equipmentLoaders = (read: Read) => ({
  equipment: read.byKey(equipment, 'id'),
  equipmentList: read.page(equipment, 'id'),
  equipmentOfInstitution: read.pageBy(equipment, 'institutionId', 'id'),
  equipmentReservation: read.byOwnedId(equipmentReservations, 'er'),
  reservationsOfEquipment: read.pageBy(equipmentReservations, 'equipmentId', ['residentId', 'no']),
  /** What units were used on days, one statement for all of them. */
  use: perArgument((days: DayRange) => read.batch((ids, query) => loadUse(query, ids, days))),
  /** A unit with the reservations that keep it around a time; null when it is unknown. */
  calendar: (id: string, within: Interval) => loadCalendar(read.query, id, within),
});

async function loadCalendar(query: Query, id: string, { start, end }: Interval): Promise<EquipmentCalendar | null> {
  const rows = await query(sql`
    select jsonb_build_object('status', q.status, 'operatorCount', q.operator_count, 'openHours', q.open_hours,
        'slotMinutes', q.slot_minutes, 'bufferMinutes', q.buffer_minutes, 'maintenance', q.maintenance),
      coalesce(jsonb_agg(jsonb_build_object('status', r.status, 'heldAt', r.held_at, 'start', r.start,
        'blockedUntil', r.blocked_until)) filter (where r.no is not null), '[]')
    from equipment q left join equipment_reservations r on r.equipment_id = q.id
      and r.status in ('HELD', 'CONFIRMED', 'DONE') and r.blocked_until > ${start}::timestamptz
      and r.start < ${end}::timestamptz + make_interval(mins => q.buffer_minutes)
    where q.id = ${id} group by q.id`);
  const [row] = rows;
  if (row === undefined) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the statement above builds these values.
  return { unit: row[0], reservations: row[1] } as EquipmentCalendar;
}

async function loadUse(
  query: Query,
  ids: readonly string[],
  { from, to }: DayRange,
): Promise<ReadonlyMap<string, EquipmentUse>> {
  const rows = await query(sql`
    select q.id, jsonb_build_object('openHours', q.open_hours, 'inServiceOn', q.in_service_on,
      'usedMinutes', coalesce(sum(extract(epoch from r."end" - r."start") / 60), 0))
    from equipment q left join equipment_reservations r on r.equipment_id = q.id and r.status = 'DONE'
      and r."start" >= (${from}::date)::timestamptz and r."start" < (${to}::date + 1)::timestamptz
    where q.id in ${ids} group by q.id`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the statement above builds these values.
  return new Map(rows.map(([id, use]) => [String(id), use as EquipmentUse]));
}
