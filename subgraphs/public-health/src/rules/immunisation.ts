import type { ImmunisationContraindication, ImmunisationStatus, Vaccine } from '../schema-types.ts';
import { addDays, addMonths } from './contract-term.ts';

/** A dose of the national programme: from which age on, in months, and how long after the dose before. */
interface Dose {
  readonly fromMonths: number;
  readonly afterDays?: number;
  readonly afterMonths?: number;
}

/** National immunisation schedule 国家免疫规划疫苗儿童免疫程序 (2021), by vaccine, its doses in order. */
const schedule: ReadonlyMap<Vaccine, readonly Dose[]> = new Map<Vaccine, readonly Dose[]>([
  ['HEP_B', [{ fromMonths: 0 }, { fromMonths: 1, afterDays: 28 }, { fromMonths: 6, afterDays: 60 }]],
  ['BCG', [{ fromMonths: 0 }]],
  [
    'POLIO',
    [
      { fromMonths: 2 },
      { fromMonths: 3, afterDays: 28 },
      { fromMonths: 4, afterDays: 28 },
      { fromMonths: 48, afterDays: 28 },
    ],
  ],
  [
    'DTAP',
    [
      { fromMonths: 3 },
      { fromMonths: 4, afterDays: 28 },
      { fromMonths: 5, afterDays: 28 },
      { fromMonths: 18, afterMonths: 6 },
    ],
  ],
  ['DT', [{ fromMonths: 72 }]],
  ['MMR', [{ fromMonths: 8 }, { fromMonths: 18, afterDays: 28 }]],
  ['JE', [{ fromMonths: 8 }, { fromMonths: 24, afterMonths: 12 }]],
  [
    'MENING',
    [
      { fromMonths: 6 },
      { fromMonths: 9, afterMonths: 3 },
      { fromMonths: 36, afterMonths: 12 },
      { fromMonths: 72, afterMonths: 36 },
    ],
  ],
  ['HEP_A', [{ fromMonths: 18 }]],
]);

/** The programme is for children under 18; tuberculosis vaccine for those under 4. */
const UNTIL_MONTHS = 216;
const BCG_UNTIL_MONTHS = 48;

/** One dose of one vaccine. */
export interface VaccineDose {
  readonly vaccine: Vaccine;
  readonly dose: number;
}

/** Every dose of the programme. */
export const programmeDoses: readonly VaccineDose[] = [...schedule].flatMap(([vaccine, doses]) =>
  doses.map((_, index) => ({ vaccine, dose: index + 1 })),
);

/** The first day on which a dose may be given: of age, and long enough after the dose before; undefined when the programme has no such dose. */
export function doseDue(
  { vaccine, dose }: VaccineDose,
  birthDate: string,
  previousOn: string | null,
): string | undefined {
  const planned = schedule.get(vaccine)?.[dose - 1];
  if (planned === undefined) return undefined;
  const ofAge = addMonths(birthDate, planned.fromMonths);
  if (previousOn === null) return ofAge;
  const rested = addMonths(addDays(previousOn, planned.afterDays ?? 0), planned.afterMonths ?? 0);
  return rested > ofAge ? rested : ofAge;
}

/** Whether a vaccine is still given on a day to who was born on another. */
export function isOfProgrammeAge(vaccine: Vaccine, birthDate: string, day: string): boolean {
  return day < addMonths(birthDate, vaccine === 'BCG' ? BCG_UNTIL_MONTHS : UNTIL_MONTHS);
}

/** Whether a contraindication lasts: an acute illness only puts the dose off. */
export function isLasting(contraindication: ImmunisationContraindication): boolean {
  return contraindication !== 'ACUTE_ILLNESS';
}

/** Where a dose stands. */
export function immunisationStatus({
  givenAt,
  contraindication,
}: {
  readonly givenAt: string | null;
  readonly contraindication: ImmunisationContraindication | null;
}): ImmunisationStatus {
  if (givenAt !== null) return 'GIVEN';
  if (contraindication === null) return 'DUE';
  return isLasting(contraindication) ? 'CONTRAINDICATED' : 'POSTPONED';
}
