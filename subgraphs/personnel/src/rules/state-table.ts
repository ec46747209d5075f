import { type Refused, refuse } from './decision.ts';

/** Which event leads from which status to which; what is not in the table cannot happen. */
export type StateTable<Status extends string, Event extends string> = Readonly<
  Record<Status, Readonly<Partial<Record<Event, Status>>>>
>;

/** A step taken: the status after it. */
export interface Step<Status extends string> {
  readonly kind: 'ALLOWED';
  readonly status: Status;
}

/** The status after an event, or `INVALID_TRANSITION` where the table has none (domain.md B.6). */
export function step<Status extends string, Event extends string>(
  table: StateTable<Status, Event>,
  status: Status,
  event: Event,
): Step<Status> | Refused {
  const next = table[status][event];
  return next === undefined ? refuse('INVALID_TRANSITION') : { kind: 'ALLOWED', status: next };
}
