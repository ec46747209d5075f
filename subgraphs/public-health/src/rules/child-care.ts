import { addDays, addMonths } from './contract-term.ts';

/** Ages of the schedule 儿童健康管理 in months; 0 is the visit of the newborn at home (domain.md 3.10). */
export const childSchedule = [0, 1, 3, 6, 8, 12, 18, 24, 30, 36, 48, 60, 72] as const;

/** How many days before its day a visit may be made, so that it still is the one of that age. */
const EARLY_DAYS = 14;
/** The same for the visit of the full month. */
const EARLY_DAYS_OF_MONTH = 7;
/** Children are looked after until their seventh birthday 0–6岁. */
const LAST_MONTHS = 84;

/** The day on which the visit of an age is due: the third day, the 28th, then the day of the month. */
export function childVisitDue(birthDate: string, ageMonths: number): string {
  if (ageMonths === 0) return addDays(birthDate, 3);
  return ageMonths === 1 ? addDays(birthDate, 28) : addMonths(birthDate, ageMonths);
}

/** The age of the schedule that a visit on a day belongs to; undefined before the birth and from the seventh birthday on. */
export function scheduledAge(birthDate: string, day: string): number | undefined {
  if (day < birthDate || day >= addMonths(birthDate, LAST_MONTHS)) return undefined;
  return childSchedule.findLast((age) => {
    const early = age === 1 ? EARLY_DAYS_OF_MONTH : EARLY_DAYS;
    return age === 0 || day >= addDays(childVisitDue(birthDate, age), -early);
  });
}

/** When the next visit is due: that of the age after the last visited one; null after the last of the schedule. */
export function nextChildVisit(birthDate: string, visits: readonly { readonly ageMonths: number }[]): string | null {
  const last = Math.max(-1, ...visits.map(({ ageMonths }) => ageMonths));
  const next = childSchedule.find((age) => age > last);
  return next === undefined ? null : childVisitDue(birthDate, next);
}

/** Least and greatest weight 体重, kg, and length 身长, cm, that a living child of an age of the schedule can have. */
const growth: Readonly<
  Record<number, readonly [weight: readonly [number, number], height: readonly [number, number]]>
> = {
  0: [
    [0.4, 7],
    [25, 62],
  ],
  1: [
    [0.8, 8],
    [28, 67],
  ],
  3: [
    [1.5, 11.5],
    [35, 75],
  ],
  6: [
    [2.5, 14.5],
    [45, 84],
  ],
  8: [
    [3, 16],
    [50, 88],
  ],
  12: [
    [4, 19],
    [55, 95],
  ],
  18: [
    [5, 22],
    [60, 103],
  ],
  24: [
    [6, 26],
    [65, 111],
  ],
  30: [
    [6.5, 29],
    [69, 117],
  ],
  36: [
    [7, 32],
    [73, 123],
  ],
  48: [
    [8, 40],
    [80, 132],
  ],
  60: [
    [9, 48],
    [86, 142],
  ],
  72: [
    [10, 58],
    [92, 152],
  ],
};

/** The bounds of weight and length at an age of the schedule. */
export function growthBounds(ageMonths: number) {
  const [weight, height] = growth[ageMonths] ?? [
    [0.4, 58],
    [25, 152],
  ];
  return { weight, height } as const;
}
