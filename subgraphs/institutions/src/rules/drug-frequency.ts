/** How often a drug is taken: so many times in so many days (VS-66, CV06.00.228). */
interface Rhythm {
  readonly times: number;
  readonly days: number;
}

/** `st` is once in all and `99` is any other rhythm: neither is here. */
const rhythms: Readonly<Record<string, Rhythm>> = {
  '1': { times: 2, days: 1 },
  '2': { times: 2, days: 7 },
  '3': { times: 1, days: 1 },
  '4': { times: 2, days: 1 },
  '5': { times: 24, days: 1 },
  '6': { times: 8, days: 1 },
  '7': { times: 4, days: 1 },
  '8': { times: 3, days: 1 },
  '9': { times: 1, days: 1 },
  '10': { times: 4, days: 1 },
  '11': { times: 1, days: 2 },
  '12': { times: 1, days: 7 },
};

/** How many times a drug of this frequency is taken in so many days; undefined where the code does not say. */
export function timesTaken(frequency: string, days: number): number | undefined {
  if (frequency === '13') return 1;
  const rhythm = rhythms[frequency];
  return rhythm === undefined ? undefined : Math.ceil((days * rhythm.times) / rhythm.days);
}
