import type { Urgency } from '../schema-types.ts';
import { type BookableEquipment, freeIntervals, type KeptTime } from './equipment-availability.ts';
import { decideReservation, type ExistingReservation, type ReservableEquipment } from './equipment-reservation.ts';
import { atFullMinute, compareInstants, later, localDay, plusMinutes } from './instant.ts';
import type { Interval } from './open-hours.ts';
import { dayStart, nextDay } from './period.ts';

/** Days in which a time may be waited for. */
export const LONGEST_WAIT = 31;

/** What a resident waits for: so many minutes of a unit in a window, for whom. */
export interface EquipmentWish {
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
  readonly urgency: Urgency;
  readonly requesterId: string;
  readonly requesterAllianceIds: readonly string[];
  readonly requesterIsPrimary: boolean;
}

/** What keeps a unit, and the resident elsewhere. */
export interface KeptTimes {
  readonly ofUnit: readonly ExistingReservation[];
  readonly ofResident: readonly KeptTime[];
}

/** A time that can be reserved. */
export interface FoundTime extends Interval {
  readonly blockedUntil: string;
}

/** The first time of a unit that a wish can have at an instant without displacing anybody, null when there is none (domain.md 3.6). */
export function firstTime(
  unit: ReservableEquipment & BookableEquipment,
  wish: EquipmentWish,
  { ofUnit, ofResident }: KeptTimes,
  at: string,
): FoundTime | null {
  const calendar = { ...unit, slotMinutes: wish.minutes };
  const window = { start: later(wish.from, atFullMinute(at)), end: wish.to };
  for (const free of freeIntervals(calendar, [...ofUnit, ...ofResident], window, at)) {
    for (const start of startsIn(free, wish.minutes)) {
      const end = plusMinutes(start, wish.minutes);
      const decision = decideReservation(unit, { ...wish, start, end, at }, ofUnit);
      if (decision.kind === 'RESERVED')
        return { start: plusMinutes(start, 0), end, blockedUntil: decision.blockedUntil };
    }
  }
  return null;
}

/** Where a use may begin: when the interval does, and with each day in it, whose share for primary care is another. */
function startsIn({ start, end }: Interval, minutes: number): string[] {
  const last = plusMinutes(end, -minutes);
  const starts = [start];
  for (let day = nextDay(localDay(start)); compareInstants(dayStart(day), last) <= 0; day = nextDay(day)) {
    starts.push(dayStart(day));
  }
  return starts;
}
