import { citizenNumberFacts, isCitizenNumber, normalizeCitizenNumber } from '@hutong/schema';
import type { FocusGroup, IdentityDocument, Sex } from '../schema-types.ts';
import { ageAt } from './contract-term.ts';

/** Documents that bear the citizen number. */
const withCitizenNumber: ReadonlySet<IdentityDocument> = new Set(['RESIDENT_ID', 'HOUSEHOLD_REGISTER']);

/** What a newcomer shows at the desk. */
export interface ShownIdentity {
  readonly idType: IdentityDocument;
  readonly idNumber: string | null;
  readonly sex: Sex;
  readonly birthDate: string;
}

/** The number as it is stored: trimmed, in upper case; null without one. */
export function documentNumber({ idNumber }: Pick<ShownIdentity, 'idNumber'>): string | null {
  return idNumber === null ? null : normalizeCitizenNumber(idNumber);
}

/** What of an identity is wrong, or contradicts the citizen number (domain.md 3.21.1). */
export function identityFaults(shown: ShownIdentity, today: string): readonly ('idNumber' | 'birthDate' | 'sex')[] {
  const { idType, sex, birthDate } = shown;
  const number = documentNumber(shown);
  const isPossible = birthDate <= today && ageAt(birthDate, today) <= OLDEST;
  const born = isPossible ? [] : (['birthDate'] as const);
  if (number === null) return born;
  if (!withCitizenNumber.has(idType)) return /^[A-Z0-9()-]{4,30}$/.test(number) ? born : ['idNumber', ...born];
  if (!isCitizenNumber(number)) return ['idNumber', ...born];
  const facts = citizenNumberFacts(number);
  const isOther = isPossible && facts.birthDate !== birthDate;
  return [...born, ...(isOther ? (['birthDate'] as const) : []), ...(facts.sex === sex ? [] : (['sex'] as const))];
}

const OLDEST = 130;

/** Focus groups with those that follow from the age 重点人群 (VS-33), in the order given. */
export function focusGroupsOf(given: readonly FocusGroup[], birthDate: string, today: string): FocusGroup[] {
  const age = ageAt(birthDate, today);
  const byAge: readonly FocusGroup[] = age >= 65 ? ['ELDERLY'] : age <= 6 ? ['CHILD'] : [];
  const chosen = given.filter((group) => group !== 'ELDERLY' && group !== 'CHILD');
  return [...new Set([...byAge, ...chosen])];
}
