import { citizenNumberFacts, isCitizenNumber, normalizeCitizenNumber } from '@hutong/schema';
import { ageAt } from '../rules/contract-term.ts';
import type { IdentityDocument, Sex } from '../schema-types.ts';

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
