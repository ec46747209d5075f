import { openMinutesBetween, type OpenHours } from './open-hours.ts';
import { percent } from './percent.ts';

/** What utilisation looks at. */
export interface EquipmentUse {
  readonly usedMinutes: number;
  readonly openHours: readonly OpenHours[];
  readonly inServiceOn: string | null;
}

/**
 * Utilisation of equipment 设备利用率 on days, both included, in percent: minutes used of minutes in the hours of operation since it is in
 * service, null when it was not open (domain.md 3.6). Maintenance does not shorten the open minutes: that a unit stands still for lack of it
 * is what the figure is to show (S0-9).
 */
export function equipmentUtilisation(
  { usedMinutes, openHours, inServiceOn }: EquipmentUse,
  { from, to }: { readonly from: string; readonly to: string },
): string | null {
  const first = inServiceOn !== null && inServiceOn > from ? inServiceOn : from;
  return percent(usedMinutes, openMinutesBetween(openHours, first, to));
}
