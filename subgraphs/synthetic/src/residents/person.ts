import { type Day, lastDayOf, yearsBetween } from '../chance/calendar.ts';
import type { Sex, Vulnerability } from '../facts/residents.ts';
import type { FixturePerson } from './fixtures.ts';

/** Somebody before a household, a village and a fate are given. */
export interface Somebody {
  readonly sex: Sex;
  readonly birthDay: Day;
  readonly age: number;
  readonly band: number;
  readonly fixture: FixturePerson | null;
}

/** A member of a household, in the order of the place's residents. */
export interface Member extends Somebody {
  readonly index: number;
  readonly householdNo: number;
  readonly householdHead: number;
  readonly householdSize: number;
  readonly relation: string;
  readonly married: boolean;
  readonly guardian: number | null;
  readonly village: string;
  readonly serialInVillage: number;
}

/** Chronic management of one disease. */
export interface Managed {
  readonly enrolledDay: Day;
  readonly standardised: boolean;
  readonly controlled: boolean;
}

/** True conditions of a person. */
export interface Conditions {
  readonly htn: boolean;
  readonly dm: boolean;
  readonly stroke: boolean;
  readonly chd: boolean;
  readonly copd: boolean;
  readonly cancer: boolean;
  readonly mental: boolean;
  readonly tb: boolean;
  readonly disabled: boolean;
  readonly lowIncome: boolean;
  readonly onlyChildLost: boolean;
}

export interface Pregnancy {
  readonly lmpDay: Day;
  readonly deliveryDay: Day | null;
}

/** All that is decided about a person before the years begin: one entry of a block plan. */
export interface PersonPlan extends Member {
  readonly conditions: Conditions;
  readonly managedHtn: Managed | null;
  readonly managedDm: Managed | null;
  readonly insulin: boolean;
  readonly elderlyManaged: boolean;
  readonly pregnancy: Pregnancy | null;
  readonly vulnerability: readonly Vulnerability[];
  readonly careHome: boolean;
  readonly status: 'ACTIVE' | 'MOVED' | 'DECEASED';
  readonly statusDay: Day | null;
  readonly scheme: 'EMPLOYEE' | 'RESIDENT' | null;
  readonly retired: boolean;
  readonly assistance: boolean;
  readonly contracted: boolean;
  /** Signed with the demo's family doctor. */
  readonly withDemoDoctor: boolean;
  /** Would sign with a village doctor of the team rather than its general practitioner. */
  readonly prefersVillageDoctor: boolean;
  readonly hasRecord: boolean;
}

/** Employees of this age and above are retired. */
export const RETIREMENT_AGE = 60;

/** Age on 31 December of a year, below 0 before the year of birth (domain.md 3.0.5). */
export function ageIn({ birthDay }: Pick<Somebody, 'birthDay'>, year: number): number {
  return yearsBetween(birthDay, lastDayOf(year));
}

/** A run of residents that is planned together, so that shares come out exact (domain.md 8.8). */
export interface BlockRange {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** Residents of one block. */
export const BLOCK_SIZE = 1000;

/** The block that holds an index. */
export function blockRange(number: number, residents: number): BlockRange {
  return { number, start: number * BLOCK_SIZE, end: Math.min(residents, (number + 1) * BLOCK_SIZE) };
}
