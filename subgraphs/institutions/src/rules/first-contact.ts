import type { EncounterClass } from '../schema-types.ts';
import { compareInstants, plusMinutes } from './instant.ts';

/** What tells whether an encounter is the first contact of its episode 基层首诊. */
export interface ContactFacts {
  readonly isPrimaryCare: boolean;
  readonly class: EncounterClass;
  readonly referred: boolean;
  readonly startedAt: string;
  /** When the encounter before it ended, or began while it runs; null when there is none. */
  readonly lastContactAt: string | null;
}

/** Days without an encounter after which a new episode begins (the product's default; domain.md 2.2 leaves it open). */
export const EPISODE_GAP_DAYS = 14;

/** Whether an encounter is a first contact at primary care: not referred there, and nobody was seen for two weeks (domain.md 2.2). */
export function isFirstContact(facts: ContactFacts, gapDays: number = EPISODE_GAP_DAYS): boolean {
  if (!facts.isPrimaryCare || facts.referred || facts.class === 'INPATIENT') return false;
  if (facts.lastContactAt === null) return true;
  return compareInstants(facts.startedAt, plusMinutes(facts.lastContactAt, gapDays * 24 * 60)) > 0;
}
