/** Hours within which a question to the family doctor is answered; after them the team is reminded. */
export const ANSWER_HOURS = 48;

/** Whether a question has waited too long for its answer. */
export function isOverdue(
  { status, askedAt }: { readonly status: string; readonly askedAt: string },
  now: string,
): boolean {
  return status === 'ASKED' && Date.parse(now) - Date.parse(askedAt) >= ANSWER_HOURS * 3_600_000;
}
