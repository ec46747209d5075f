import { decodeOwnedId, type LoggedChange, type OwnedKey, type Write } from '@hutong/kit';
import { and, eq, lt, lte } from 'drizzle-orm';
import {
  chronicProjections,
  contractProjections,
  followUpProjections,
  practiceProjections,
} from '../tables/projection.ts';
import { referralEpisodes } from '../tables/referral.ts';
import { beginStage, closeIfDone } from './referral-episode.ts';

/** Keeps what public health tells of a contract 签约协议; what it is used for: where a resident goes down to, flexible drugs. */
export async function takeInContract({ id, payload, position }: LoggedChange, { tx }: Write): Promise<void> {
  const told = {
    ...ownerOf('ct', id),
    ...texts(payload, ['institutionId', 'teamId', 'status', 'validFrom', 'validTo']),
    seq: seqOf(position),
  };
  await tx
    .insert(contractProjections)
    .values(told)
    .onConflictDoUpdate({
      target: [contractProjections.residentId, contractProjections.no],
      set: told,
      setWhere: lt(contractProjections.seq, told.seq),
    });
}

/** Keeps what personnel tells of a practice registration 执业注册: who may sign where (domain.md 3.13). */
export async function takeInPracticeRegistration(
  { id, payload, position }: LoggedChange,
  { tx }: Write,
): Promise<void> {
  const { validTo } = payload;
  const told = {
    id,
    ...texts(payload, ['practitionerId', 'institutionId', 'kind', 'status', 'validFrom']),
    validTo: typeof validTo === 'string' ? validTo : null,
    seq: seqOf(position),
  };
  await tx
    .insert(practiceProjections)
    .values(told)
    .onConflictDoUpdate({ target: practiceProjections.id, set: told, setWhere: lt(practiceProjections.seq, told.seq) });
}

/** Keeps whether a chronic disease 慢病 was controlled at the last two follow-ups (domain.md 3.18). */
export async function takeInChronicCare({ id, payload, position }: LoggedChange, { tx }: Write): Promise<void> {
  const { lastControlled, lastAt } = payload;
  const told = {
    ...ownerOf('ce', id),
    ...texts(payload, ['disease']),
    lastControlled: Array.isArray(lastControlled) ? lastControlled.map(Boolean).slice(0, 2) : [],
    lastAt: typeof lastAt === 'string' ? lastAt : null,
    seq: seqOf(position),
  };
  await tx
    .insert(chronicProjections)
    .values(told)
    .onConflictDoUpdate({
      target: [chronicProjections.residentId, chronicProjections.no],
      set: told,
      setWhere: lt(chronicProjections.seq, told.seq),
    });
}

/** Keeps a follow-up after discharge 出院随访 at primary level, and closes the episodes it ends (domain.md 3.4.6). */
export async function takeInFollowUp({ id, payload, position }: LoggedChange, write: Write): Promise<void> {
  if (payload['kind'] !== 'DISCHARGE' || payload['isPrimaryCare'] !== true) return;
  const { residentId, no } = ownerOf('fu', id);
  const { at } = texts(payload, ['at']);
  await write.tx
    .insert(followUpProjections)
    .values({ residentId, no, at, seq: seqOf(position) })
    .onConflictDoNothing();
  const open = await write.tx
    .select({ no: referralEpisodes.no })
    .from(referralEpisodes)
    .where(
      and(
        eq(referralEpisodes.residentId, residentId),
        eq(referralEpisodes.closed, false),
        lte(referralEpisodes.openedAt, at),
      ),
    );
  for (const episode of open) {
    const place = { residentId, episodeNo: episode.no };
    await beginStage(write, place, 'FOLLOW_UP');
    await closeIfDone(write, place);
  }
}

function ownerOf(prefix: string, id: string): OwnedKey {
  const key = decodeOwnedId(prefix, id);
  if (key === undefined) throw new TypeError(`the change log names ${id}, which is no id of ${prefix}_`);
  return key;
}

function texts<K extends string>(payload: LoggedChange['payload'], names: readonly K[]): Record<K, string> {
  const entries = names.map((name) => {
    const value = payload[name];
    if (typeof value !== 'string') throw new TypeError(`the change log does not say ${name}`);
    return [name, value] as const;
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an entry for each name.
  return Object.fromEntries(entries) as Record<K, string>;
}

/** Sequence number in a position of the log: drawn while the row was locked, so it orders the changes of one row. */
function seqOf(position: string): number {
  return Number(position.split('-')[1]);
}
