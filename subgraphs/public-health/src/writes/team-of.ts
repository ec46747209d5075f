import { refuse, type Write } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { institutionProjections, teamProjections, type TeamProjectionRow } from '../tables/projection.ts';

/** A team as far as it says who works for it. */
export type TeamOfContract = Pick<TeamProjectionRow, 'institutionId' | 'members'>;

/** The team of a contract; while nobody has told of it, its hospital without members. */
export async function teamOf(
  { tx }: Write,
  { teamId, baseInstitutionId }: { readonly teamId: string; readonly baseInstitutionId: string },
): Promise<TeamOfContract> {
  const [team] = await tx.select().from(teamProjections).where(eq(teamProjections.id, teamId));
  return team ?? { institutionId: baseInstitutionId, members: [] };
}

/** A team with the division of its hospital, locked until the write ends; refuses with NOT_FOUND at `teamId`. */
export async function lockTeam(
  { tx }: Write,
  teamId: string,
): Promise<{ readonly team: TeamProjectionRow; readonly regionCode: string }> {
  const [team] = await tx.select().from(teamProjections).where(eq(teamProjections.id, teamId)).for('update');
  if (team === undefined) return refuse('NOT_FOUND', 'teamId');
  const { id, regionCode } = institutionProjections;
  const [place] = await tx.select({ regionCode }).from(institutionProjections).where(eq(id, team.institutionId));
  return { team, regionCode: place?.regionCode ?? '' };
}
