/** What the waiting lists for slots and equipment 候补 look at. */
export interface WaitingFacts {
  readonly referred: boolean;
  readonly greenChannel: boolean;
  readonly contracted: boolean;
}

/** Place of a resident on the waiting list for a slot or equipment, 1 first (domain.md 3.5.4, 3.6.4). */
export function waitingPriority({ referred, greenChannel, contracted }: WaitingFacts): 1 | 2 | 3 | 4 {
  if (referred) return greenChannel ? 1 : 2;
  return contracted ? 3 : 4;
}
