import { and, gte, lt } from 'drizzle-orm';
import type { ParentLoader, Read } from '@hutong/kit';
import { encounters } from '../tables/encounter.ts';

export const encounterLoaders = (read: Read) => {
  const counts = new Map<string, ParentLoader<number>>();
  return {
    encounter: read.byOwnedId(encounters, 'en'),
    encounters: read.page(encounters, ['residentId', 'no']),
    encountersOfResident: read.pageBy(encounters, 'residentId', ['residentId', 'no']),
    encountersOfPractitioner: read.pageBy(encounters, 'attendingId', ['residentId', 'no']),
    /** Encounters of practitioners that started in [from, until); one statement for each pair asked for. */
    encounterCount: (from: string, until: string): ParentLoader<number> => {
      const key = `${from}/${until}`;
      const within = and(gte(encounters.startedAt, from), lt(encounters.startedAt, until));
      const known =
        counts.get(key) ?? read.countBy(encounters, 'attendingId', within === undefined ? {} : { where: within });
      counts.set(key, known);
      return known;
    },
  };
};
