import { minutesBetween } from './instant.ts';
import { percent } from './percent.ts';

/** Utilisation of equipment 设备利用率 in percent: minutes used of minutes open, null when it was not open (domain.md 3.6). */
export function equipmentUtilisation(
  used: readonly { readonly start: string; readonly end: string }[],
  openMinutes: number,
): string | null {
  const usedMinutes = used.reduce((sum, { start, end }) => sum + minutesBetween(start, end), 0);
  return percent(usedMinutes, openMinutes);
}
