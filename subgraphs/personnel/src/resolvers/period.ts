import { BadInput } from '@hutong/kit';
import { daysOfPeriod, type Days } from '../rules/calendar.ts';

/** Days of a period that a caller wrote; refuses what is none. */
export function requireDays(period: string): Days {
  const days = daysOfPeriod(period);
  if (days !== undefined) return days;
  throw new BadInput(
    `"${period}" is no period; write 2024, 2024-Q1 or 2024-03`,
    `“${period}”不是有效周期，应写作 2024、2024-Q1 或 2024-03`,
  );
}
