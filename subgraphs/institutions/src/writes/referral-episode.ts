import { advanced, encodeOwnedId, nextNo, type Write } from '@hutong/kit';
import { and, eq, gte } from 'drizzle-orm';
import { episodeClosedAt } from '../rules/episode-closure.ts';
import { minutesBetween } from '../rules/instant.ts';
import type { ReferralStageKind } from '../schema-types.ts';
import { followUpProjections } from '../tables/projection.ts';
import { referralEpisodes, referrals, type ReferralEpisodeRow, type ReferralRow } from '../tables/referral.ts';

const minutesOfDay = 24 * 60;

/** Where an episode is: whose, and which of that resident's. */
export type EpisodePlace = Pick<ReferralRow, 'residentId' | 'episodeNo'>;

/** Opens an episode 转诊闭环. */
export async function openEpisode(residentId: string, write: Write): Promise<number> {
  const no = await nextNo(write, referralEpisodes, residentId);
  const { instant } = write.clock;
  await write.tx
    .insert(referralEpisodes)
    .values({ residentId, no, openedAt: instant, stages: [], closed: false, updatedAt: instant });
  const id = encodeOwnedId('re', residentId, no);
  write.change({ type: 'ReferralEpisode', id, kind: 'CREATED', residentId, payload: { closed: false, version: 1 } });
  return no;
}

/** Notes that a stage of an episode has begun, each once, and where rehabilitation takes place. */
export async function beginStage(
  write: Write,
  place: EpisodePlace,
  stage: ReferralStageKind,
  rehabInstitutionId?: string,
): Promise<void> {
  const episode = await lockEpisode(write, place);
  if (episode === undefined || episode.stages.some((known) => known.stage === stage)) return;
  const stages = [...episode.stages, { stage, at: write.clock.instant }];
  await update(write, episode, { stages, ...(rehabInstitutionId === undefined ? {} : { rehabInstitutionId }) });
}

/** Closes an episode where nothing is left to do (domain.md 3.4.6). */
export async function closeIfDone(write: Write, place: EpisodePlace): Promise<void> {
  const episode = await lockEpisode(write, place);
  if (episode === undefined || episode.closed) return;
  const { residentId, openedAt } = episode;
  const ofEpisode = and(eq(referrals.residentId, residentId), eq(referrals.episodeNo, episode.no));
  const own = await write.tx.select().from(referrals).where(ofEpisode);
  const followUps = await write.tx
    .select({ at: followUpProjections.at })
    .from(followUpProjections)
    .where(and(eq(followUpProjections.residentId, residentId), gte(followUpProjections.at, openedAt)));
  const closedAt = episodeClosedAt(
    own,
    followUps.map(({ at }) => at),
  );
  if (closedAt === null) return;
  const days = Math.floor(minutesBetween(episode.stages[0]?.at ?? openedAt, closedAt) / minutesOfDay);
  await update(write, episode, { closed: true, closedAt, days });
}

async function lockEpisode(
  write: Write,
  { residentId, episodeNo }: EpisodePlace,
): Promise<ReferralEpisodeRow | undefined> {
  const [episode] = await write.tx
    .select()
    .from(referralEpisodes)
    .where(and(eq(referralEpisodes.residentId, residentId), eq(referralEpisodes.no, episodeNo)))
    .for('update');
  return episode;
}

async function update(write: Write, episode: ReferralEpisodeRow, changed: Partial<ReferralEpisodeRow>): Promise<void> {
  const { residentId, no } = episode;
  const { version, updatedAt } = advanced(episode, write);
  await write.tx
    .update(referralEpisodes)
    .set({ ...changed, version, updatedAt })
    .where(and(eq(referralEpisodes.residentId, residentId), eq(referralEpisodes.no, no)));
  const closed = changed.closed ?? episode.closed;
  const id = encodeOwnedId('re', residentId, no);
  write.change({ type: 'ReferralEpisode', id, kind: 'UPDATED', residentId, payload: { closed, version } });
}
