const MINUTE = 60_000;
const SHANGHAI_OFFSET = 8 * 60 * MINUTE;

/** The instant some minutes later, as ISO text in Asia/Shanghai (domain.md 3.0.4). */
export function plusMinutes(at: string, minutes: number): string {
  return shanghaiText(Date.parse(at) + minutes * MINUTE);
}

/** The instant when it is a full minute, otherwise the next one that is. */
export function atFullMinute(at: string): string {
  return shanghaiText(Math.ceil(Date.parse(at) / MINUTE) * MINUTE);
}

/** The earlier of two instants first: how queues and terms are put in order. */
export function compareInstants(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}

/** The earlier of two instants. */
export function earlier(a: string, b: string): string {
  return compareInstants(a, b) <= 0 ? a : b;
}

/** The later of two instants. */
export function later(a: string, b: string): string {
  return compareInstants(a, b) >= 0 ? a : b;
}

/** Minutes from one instant to another. */
export function minutesBetween(start: string, end: string): number {
  return (Date.parse(end) - Date.parse(start)) / MINUTE;
}

/** The day of an instant in Asia/Shanghai (domain.md 3.0.4). */
export function localDay(at: string): string {
  return shanghaiText(Date.parse(at)).slice(0, 10);
}

function shanghaiText(time: number): string {
  return new Date(time + SHANGHAI_OFFSET).toISOString().replace(/(?:\.000)?Z$/, '+08:00');
}
