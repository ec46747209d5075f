import { minutesBetween, plusMinutes } from './instant.ts';

/** Minutes of notice before a place or time that is given; who asked in the last so many minutes is at hand and needs none. */
const LEAST_NOTICE = 60;

/** When what is given at an instant may begin at the earliest, for who waits since a request. */
export function earliestGiven(requestedAt: string, at: string): string {
  return minutesBetween(requestedAt, at) < LEAST_NOTICE ? at : plusMinutes(at, LEAST_NOTICE);
}
