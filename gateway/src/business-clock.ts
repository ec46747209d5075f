/** Gives the business time now, as an ISO 8601 instant of China (architecture.md §4). */
export type BusinessClock = () => string;

/** Where generated data ends, and when it was generated: from there the demo's business time runs on. */
export interface DemoEpoch {
  readonly asOf: string;
  readonly seededAt: string;
}

/**
 * Makes the business clock from the setting HUTONG_CLOCK: `system`; `demo`, the epoch's end plus the time since; or an
 * instant, from which the clock runs when the process starts.
 */
export function createBusinessClock(setting: string, epoch: DemoEpoch, now: () => number = Date.now): BusinessClock {
  if (setting === 'system') return () => toChinaInstant(now());
  const [from, since] =
    setting === 'demo' ? [Date.parse(epoch.asOf), Date.parse(epoch.seededAt)] : [Date.parse(setting), now()];
  return () => toChinaInstant(from + Math.max(0, now() - since));
}

const chinaOffset = 8 * 3_600_000;

/** China has one time zone and no daylight saving: always +08:00. */
function toChinaInstant(milliseconds: number): string {
  return new Date(milliseconds + chinaOffset).toISOString().replace('Z', '+08:00');
}

/** Last instant of the generated demo region (domain.md §8.1). */
export const demoAsOf = '2024-12-31T23:59:59+08:00';
