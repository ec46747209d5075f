import type { Day } from '../chance/calendar.ts';
import type { CostLineFact, DiagnosisFact, EncounterKind } from '../facts/care.ts';
import type { CareLevel, Scenario } from '../facts/places.ts';
import type { ResidentFact } from '../facts/residents.ts';
import type { PlaceWorld } from '../place-world.ts';
import type { Site } from '../places/site.ts';
import type { PersonPlan } from '../residents/person.ts';
import type { SlotGrant } from '../years/slot-plan.ts';
import type { PersonYear, ReferralPlan } from '../years/year-plan.ts';

/** Whose history is told, and what the plans say about the person. */
export interface Subject {
  readonly world: PlaceWorld;
  readonly person: PersonPlan;
  readonly fact: ResidentFact;
  readonly path: string;
  readonly years: readonly { readonly year: number; readonly plan: PersonYear }[];
  readonly visitScale: number;
  readonly scenario: Scenario;
}

/** What a fixture prescribes for one contact. */
export interface Script {
  readonly name: string;
  readonly icd10: readonly string[];
  readonly lines: readonly CostLineFact[];
  readonly medicalCategory: string;
  readonly drgCode: string | null;
  readonly homeServices?: readonly string[];
  readonly reportKeys?: readonly string[];
}

/** One meeting of a person and an institution before it is dressed as an encounter. */
export interface Contact {
  readonly key: string;
  readonly kind: EncounterKind;
  readonly level: CareLevel;
  readonly site: Site;
  readonly specialty: string;
  readonly day: Day;
  readonly minutes: number;
  /** Days in hospital; 0 for visits. */
  readonly nights: number;
  readonly grant: SlotGrant | null;
  readonly noShow: boolean;
  /** Key of the referral that brought the person here, and how. */
  readonly referral: { readonly key: string; readonly role: 'ORIGIN' | 'ARRIVAL' | 'REHAB' } | null;
  readonly delivery: 'VAGINAL' | 'CAESAREAN' | null;
  readonly script: Script | null;
}

/** A contact that took place, with its number in the history. */
export interface NumberedContact extends Contact {
  readonly no: number;
}

/** The course of one referral as times in minutes (see minutesOf). */
export interface ReferralCourse {
  readonly key: string;
  readonly plan: ReferralPlan;
  readonly target: Site;
  readonly specialty: string;
  readonly from: Site;
  readonly submitted: number;
  readonly accepted: number | null;
  readonly arrived: number | null;
  readonly completed: number | null;
  readonly end: 'COMPLETED' | 'CANCELLED' | 'EXPIRED' | 'OPEN';
  readonly down: {
    readonly submitted: number;
    readonly accepted: number | null;
    readonly arrived: number | null;
    readonly completed: number | null;
    readonly to: Site;
    readonly end: 'COMPLETED' | 'EXPIRED' | 'OPEN';
  } | null;
}

/** Diagnoses and procedure of a contact. */
export interface Clinical {
  readonly diagnoses: readonly DiagnosisFact[];
  readonly procedures: readonly string[];
  readonly surgery: boolean;
  readonly drgCode: string | null;
}
