import type { AntenatalWindow, RiskColour } from '../schema-types.ts';
import { addDays, ageAt, daysBetween } from './contract-term.ts';

/** Days from the first day of the last period to the expected delivery. */
const PREGNANCY_DAYS = 280;
/** A record opened up to 13 weeks is early 早孕建册 (domain.md 3.10, P-09). */
const EARLY_DAYS = 91;
const ANTENATAL_VISITS = 5;
const FIRST_WEEK = 7;
/** Day of the examination that ends the care after a delivery 产后42天健康检查. */
export const POSTPARTUM_DAYS = 42;

/** From which week on a visit belongs to a window of the schedule 孕周段. */
const windowsFrom: readonly (readonly [window: AntenatalWindow, week: number])[] = [
  ['W12', 0],
  ['W16_20', 14],
  ['W21_24', 21],
  ['W28_36', 27],
  ['W37_40', 37],
];

/** In which week the visit of a window is due. */
const dueInWeek: Readonly<Record<AntenatalWindow, number>> = {
  W12: 12,
  W16_20: 16,
  W21_24: 21,
  W28_36: 28,
  W37_40: 37,
};

/** Expected date of delivery 预产期. */
export function expectedDelivery(lmp: string): string {
  return addDays(lmp, PREGNANCY_DAYS);
}

/** Full weeks of gestation 孕周 on a day. */
export function weeksOn(lmp: string, day: string): number {
  return Math.floor(daysBetween(lmp, day) / 7);
}

/** The window of the schedule that a week belongs to. */
export function windowOf(weeks: number): AntenatalWindow {
  return windowsFrom.findLast(([, week]) => weeks >= week)?.[0] ?? 'W12';
}

/** Whether the record was opened early 早孕建册 (domain.md 3.10). */
export function isEarlyBooking({ lmp, registeredOn }: Pick<Pregnancy, 'lmp' | 'registeredOn'>): boolean {
  return daysBetween(lmp, registeredOn) <= EARLY_DAYS;
}

/** A pregnancy, as far as its schedule goes. */
export interface Pregnancy {
  readonly lmp: string;
  readonly edd: string;
  readonly registeredOn: string;
  readonly status: 'PREGNANT' | 'POSTPARTUM' | 'CLOSED';
  readonly deliveredOn: string | null;
  readonly visits: readonly { readonly window: AntenatalWindow }[];
  readonly postpartum: readonly { readonly day: number }[];
}

/** When the next visit is due: that of the window after the last visited one; after delivery within 7 days and on day 42. */
export function nextMaternalVisit(pregnancy: Pregnancy): string | null {
  const { lmp, edd, status, deliveredOn, visits, postpartum } = pregnancy;
  if (status === 'CLOSED') return null;
  if (deliveredOn !== null) return addDays(deliveredOn, postpartum.length === 0 ? FIRST_WEEK : POSTPARTUM_DAYS);
  const last = windowsFrom.findLastIndex(([window]) => visits.some((visit) => visit.window === window));
  const next = windowsFrom[last + 1]?.[0];
  return next === undefined ? edd : addDays(lmp, dueInWeek[next] * 7);
}

/** Whether a pregnancy was managed as the standard asks 孕产妇系统管理: early, five antenatal visits, within 7 days and on day 42. */
export function isSystemManaged(pregnancy: Pregnancy): boolean {
  const { visits, postpartum } = pregnancy;
  const isSeen =
    postpartum.some(({ day }) => day <= FIRST_WEEK) && postpartum.some(({ day }) => day >= POSTPARTUM_DAYS);
  return isEarlyBooking(pregnancy) && visits.length >= ANTENATAL_VISITS && isSeen;
}

/** Infectious disease 紫 stands beside the four grades; it is looked after as high risk is. */
const ranks: Readonly<Record<RiskColour, number>> = { GREEN: 0, YELLOW: 1, ORANGE: 2, PURPLE: 2, RED: 3 };

/** Whether one grade of risk is lower than another. */
export function isLowerRisk(colour: RiskColour, than: RiskColour): boolean {
  return ranks[colour] < ranks[than];
}

/** Whether a pregnancy of a grade is looked after at a county hospital 高危转诊. */
export function isHighRisk(colour: RiskColour): boolean {
  return ranks[colour] >= ranks.ORANGE;
}

/** What is known of a pregnant woman on a day. */
export interface RiskFacts {
  readonly birthDate: string;
  readonly day: string;
  readonly sbp: number | null;
  readonly dbp: number | null;
}

/** The grade that age and blood pressure alone ask for 妊娠风险分级; whoever examines may find a higher one. */
export function leastRiskColour({ birthDate, day, sbp, dbp }: RiskFacts): RiskColour {
  const age = ageAt(birthDate, day);
  const pressure = { high: (sbp ?? 0) >= 140 || (dbp ?? 0) >= 90, severe: (sbp ?? 0) >= 160 || (dbp ?? 0) >= 110 };
  if (age >= 40 || pressure.severe) return 'ORANGE';
  return age >= 35 || age <= 18 || pressure.high ? 'YELLOW' : 'GREEN';
}
