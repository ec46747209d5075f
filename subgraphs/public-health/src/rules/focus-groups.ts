import type { FocusGroup } from '../schema-types.ts';
import { ageAt } from './contract-term.ts';

/** Focus groups with those that follow from the age 重点人群 (VS-33), in the order given. */
export function focusGroupsOf(given: readonly FocusGroup[], birthDate: string, today: string): FocusGroup[] {
  const age = ageAt(birthDate, today);
  const byAge: readonly FocusGroup[] = age >= 65 ? ['ELDERLY'] : age <= 6 ? ['CHILD'] : [];
  const chosen = given.filter((group) => group !== 'ELDERLY' && group !== 'CHILD');
  return [...new Set([...byAge, ...chosen])];
}
