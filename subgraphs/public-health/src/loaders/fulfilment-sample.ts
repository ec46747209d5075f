import { encodeOwnedId, type Query } from '@hutong/kit';
import { eventsOfTeam, type TeamDays } from '../tables/team-events.ts';

/** The services of a team in some days, by public id. */
export async function loadEventIds(query: Query, days: TeamDays): Promise<readonly string[]> {
  const rows = await query(eventsOfTeam(days));
  return rows.map(([residentId, no]) => encodeOwnedId('fe', String(residentId), Number(no)));
}
