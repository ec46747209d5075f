import type { TalentDispatchStatus } from '../schema-types.ts';
import { type Decision, type Refused, ALLOWED, firstRefusal, refuse } from './decision.ts';
import { type StateTable, type Step, step } from './state-table.ts';

/** A request for an expert 人才调配. */
export interface DispatchTerms {
  readonly status: TalentDispatchStatus;
  readonly skill: string;
}

/** What an expert offers in the pool 人才库. */
export interface ExpertOffer {
  readonly skills: readonly string[];
  /** Days available a month. */
  readonly availableDays: number;
  /** How far the expert travels, km; null without a limit. */
  readonly radiusKm: number | null;
  readonly willing: boolean;
}

/** What an assignment asks of the expert. */
export interface AssignmentDemand {
  /** Days a month asked for. */
  readonly days: number;
  /** Days a month already promised to other dispatches of the time. */
  readonly promisedDays: number;
  /** From the expert's institution to the requesting one, km; null when not known. */
  readonly distanceKm: number | null;
}

/** What happens to a dispatch. */
export type DispatchEvent = 'ASSIGN' | 'COMPLETE' | 'CANCEL';

const table: StateTable<TalentDispatchStatus, DispatchEvent> = {
  REQUESTED: { ASSIGN: 'ASSIGNED', CANCEL: 'CANCELLED' },
  ASSIGNED: { COMPLETE: 'COMPLETED', CANCEL: 'CANCELLED' },
  COMPLETED: {},
  CANCELLED: {},
};

/** Whether an expert may be asked for (S2-14): between days in order. */
export function decideDispatchRequest({ from, to }: { readonly from: string; readonly to: string }): Decision {
  return from <= to ? ALLOWED : refuse('VALIDATION_FAILED', 'to');
}

/** Status of a dispatch after an event (S2-14). */
export function advanceDispatch(
  status: TalentDispatchStatus,
  event: DispatchEvent,
): Step<TalentDispatchStatus> | Refused {
  return step(table, status, event);
}

/** Gives a dispatch its expert (S2-14): willing, of the skill, with days left in the month, and near enough. */
export function assignExpert(
  dispatch: DispatchTerms,
  offer: ExpertOffer,
  demand: AssignmentDemand,
): Step<TalentDispatchStatus> | Refused {
  const next = advanceDispatch(dispatch.status, 'ASSIGN');
  if (next.kind === 'REFUSED') return next;
  const isNear = offer.radiusKm === null || demand.distanceKm === null || demand.distanceKm <= offer.radiusKm;
  const decision = firstRefusal([
    offer.willing ? ALLOWED : refuse('VALIDATION_FAILED', 'practitionerId'),
    offer.skills.includes(dispatch.skill) ? ALLOWED : refuse('VALIDATION_FAILED', 'practitionerId'),
    demand.days >= 1 ? ALLOWED : refuse('VALIDATION_FAILED', 'days'),
    demand.promisedDays + demand.days <= offer.availableDays ? ALLOWED : refuse('CAPACITY_EXCEEDED', 'practitionerId'),
    isNear ? ALLOWED : refuse('VALIDATION_FAILED', 'practitionerId'),
  ]);
  return decision.kind === 'REFUSED' ? decision : next;
}
