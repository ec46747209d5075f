import { Decimal } from 'decimal.js';
import type { EquipmentStatus, ReservationStatus, Urgency } from '../schema-types.ts';
import { compareInstants, localDay, minutesBetween, plusMinutes } from './instant.ts';
import { type OpenHours, openMinutes, outsideOpenHours } from './open-hours.ts';
import { dayStart } from './period.ts';

/** A unit of equipment as a reservation sees it. */
export interface ReservableEquipment {
  readonly institutionId: string;
  readonly status: EquipmentStatus;
  readonly shared: boolean;
  readonly sharedWithAllianceIds: readonly string[];
  readonly operatorCount: number;
  readonly bufferMinutes: number;
  readonly openHours: readonly OpenHours[];
  /** Share of the day's minutes for primary care, null for the product default. */
  readonly sharedQuota: string | null;
}

/** What is asked for, by whom, at what instant. */
export interface ReservationRequest {
  readonly requesterId: string;
  readonly requesterAllianceIds: readonly string[];
  readonly requesterIsPrimary: boolean;
  readonly urgency: Urgency;
  readonly start: string;
  readonly end: string;
  readonly at: string;
}

/** A reservation of the same unit. */
export interface ExistingReservation {
  readonly id: string;
  readonly status: ReservationStatus;
  readonly urgency: Urgency;
  readonly requesterIsPrimary: boolean;
  readonly heldAt: string;
  readonly start: string;
  readonly end: string;
  readonly blockedUntil: string;
}

/** Why a reservation is refused: a code of the error catalogue and the field at fault. */
export interface ReservationRefusal {
  readonly kind: 'REFUSED';
  readonly code: 'VALIDATION_FAILED' | 'MODE_MISMATCH' | 'CHANNEL_CLOSED' | 'SLOT_TAKEN';
  readonly field: 'equipmentId' | 'requesterId' | 'start' | 'end';
}

/** A reservation granted with what it displaces, or refused. */
export type ReservationDecision =
  | { readonly kind: 'RESERVED'; readonly blockedUntil: string; readonly displacedIds: readonly string[] }
  | ReservationRefusal;

/** Minutes after which a hold lapses (domain.md 3.6). */
export const HOLD_MINUTES = 15;

/** Share of a day's open minutes reserved for primary care (domain.md 3.6). */
export const DEFAULT_SHARED_QUOTA = '0.20';

const HOUR = 60;
const DAY = 24 * HOUR;

/** Decides on a reservation of equipment among the others of the unit (domain.md 3.6, 3.23); the first broken rule refuses it. */
export function decideReservation(
  equipment: ReservableEquipment,
  request: ReservationRequest,
  others: readonly ExistingReservation[],
): ReservationDecision {
  const standing = others.filter((other) => isStanding(other, request.at));
  const blockedUntil = plusMinutes(request.end, equipment.bufferMinutes);
  const overlapping = standing.filter((other) => overlaps(other, { start: request.start, blockedUntil }));
  if (minutesBetween(request.start, request.end) <= 0) return refusal('VALIDATION_FAILED', 'end');
  if (compareInstants(request.start, request.at) < 0) return refusal('VALIDATION_FAILED', 'start');
  if (!mayUse(equipment, request)) return refusal('MODE_MISMATCH', 'requesterId');
  if (equipment.status !== 'IN_USE' || equipment.operatorCount < 1) return refusal('VALIDATION_FAILED', 'equipmentId');
  const outside = outsideOpenHours(equipment.openHours, request);
  if (outside !== null) return refusal('VALIDATION_FAILED', outside);
  if (exceedsQuota(equipment, request, standing)) return refusal('CHANNEL_CLOSED', 'start');
  if (!overlapping.every((other) => isDisplaced(other, request))) return refusal('SLOT_TAKEN', 'start');
  return { kind: 'RESERVED', blockedUntil, displacedIds: overlapping.map(({ id }) => id) };
}

/** When a hold lapses; at that instant it has (domain.md 3.6, 3.23). */
export function holdLapsesAt(heldAt: string): string {
  return plusMinutes(heldAt, HOLD_MINUTES);
}

/** Whether a reservation blocks its unit at an instant: a hold that has not lapsed, a confirmed one, one done. */
export function isStanding({ status, heldAt }: Pick<ExistingReservation, 'status' | 'heldAt'>, at: string): boolean {
  if (status === 'HELD') return compareInstants(at, holdLapsesAt(heldAt)) < 0;
  return status === 'CONFIRMED' || status === 'DONE';
}

/** Whether a hold has lapsed, before or after the timer ran. */
export function isLapsed({ status, heldAt }: Pick<ExistingReservation, 'status' | 'heldAt'>, at: string): boolean {
  return status === 'HELD' && !isStanding({ status, heldAt }, at);
}

/** Blocked intervals `[start, blockedUntil)` that have an instant in common. */
function overlaps(a: Pick<ExistingReservation, 'start' | 'blockedUntil'>, b: typeof a): boolean {
  return compareInstants(a.start, b.blockedUntil) < 0 && compareInstants(b.start, a.blockedUntil) < 0;
}

function mayUse(equipment: ReservableEquipment, request: ReservationRequest): boolean {
  if (request.requesterId === equipment.institutionId) return true;
  return equipment.shared && request.requesterAllianceIds.some((id) => equipment.sharedWithAllianceIds.includes(id));
}

/** Until noon of the second day before, others than primary care leave it its share of the day; emergencies do not wait for it. */
function exceedsQuota(
  equipment: ReservableEquipment,
  request: ReservationRequest,
  standing: readonly ExistingReservation[],
): boolean {
  if (!equipment.shared || request.requesterIsPrimary || request.urgency === 'EMERGENCY') return false;
  const day = localDay(request.start);
  if (compareInstants(request.at, plusMinutes(dayStart(day), 12 * HOUR - 2 * DAY)) >= 0) return false;
  const taken = standing
    .filter((other) => !other.requesterIsPrimary && localDay(other.start) === day)
    .reduce((sum, other) => sum + minutesBetween(other.start, other.end), 0);
  const free = new Decimal(1).minus(equipment.sharedQuota ?? DEFAULT_SHARED_QUOTA);
  return free.times(openMinutes(equipment.openHours, day)).lt(taken + minutesBetween(request.start, request.end));
}

/** An emergency displaces routine reservations that have not started. */
function isDisplaced(other: ExistingReservation, request: ReservationRequest): boolean {
  const waiting = other.status === 'HELD' || other.status === 'CONFIRMED';
  const started = compareInstants(other.start, request.at) <= 0;
  return request.urgency === 'EMERGENCY' && other.urgency === 'ROUTINE' && waiting && !started;
}

function refusal(code: ReservationRefusal['code'], field: ReservationRefusal['field']): ReservationRefusal {
  return { kind: 'REFUSED', code, field };
}
