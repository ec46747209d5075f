import {
  optionalTextOfChange,
  ownerOfChange,
  seqOfChange,
  textsOfChange,
  type LoggedChange,
  type Write,
} from '@hutong/kit';
import { and, eq, lt, lte } from 'drizzle-orm';
import {
  chronicProjections,
  contractProjections,
  followUpProjections,
  practiceProjections,
  practitionerProjections,
  providerMonthProjections,
  residentLinkProjections,
  residentProjections,
} from '../tables/projection.ts';
import { referralEpisodes } from '../tables/referral.ts';
import { beginStage, closeIfDone } from './referral-episode.ts';

/** Keeps that a resident 居民 is known, and where the home is (domain.md 2.5). */
export async function takeInResident(change: LoggedChange, { tx }: Write): Promise<void> {
  const told = {
    residentId: change.id,
    ...textsOfChange(change, ['regionCode', 'status']),
    seq: seqOfChange(change),
  };
  await tx
    .insert(residentProjections)
    .values(told)
    .onConflictDoUpdate({
      target: residentProjections.residentId,
      set: told,
      setWhere: lt(residentProjections.seq, told.seq),
    });
}

/** Keeps which record of a resident stands for another 居民主索引合并, and whether it still does (architecture.md §3). */
export async function takeInResidentLink(change: LoggedChange, { tx }: Write): Promise<void> {
  const told = {
    ...ownerOfChange(change, 'rl'),
    ...textsOfChange(change, ['survivingId']),
    holds: change.payload['holds'] === true,
    seq: seqOfChange(change),
  };
  await tx
    .insert(residentLinkProjections)
    .values(told)
    .onConflictDoUpdate({
      target: [residentLinkProjections.residentId, residentLinkProjections.no],
      set: told,
      setWhere: lt(residentLinkProjections.seq, told.seq),
    });
}

/** Keeps what public health tells of a contract 签约协议; what it is used for: where a resident goes down to, flexible drugs. */
export async function takeInContract(change: LoggedChange, { tx }: Write): Promise<void> {
  const told = {
    ...ownerOfChange(change, 'ct'),
    ...textsOfChange(change, ['institutionId', 'teamId', 'status', 'validFrom', 'validTo']),
    seq: seqOfChange(change),
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
export async function takeInPracticeRegistration(change: LoggedChange, write: Write): Promise<void> {
  const told = {
    id: change.id,
    ...textsOfChange(change, ['practitionerId', 'institutionId', 'kind', 'status', 'validFrom']),
    validTo: optionalTextOfChange(change, 'validTo'),
    seq: seqOfChange(change),
  };
  await write.tx
    .insert(practiceProjections)
    .values(told)
    .onConflictDoUpdate({ target: practiceProjections.id, set: told, setWhere: lt(practiceProjections.seq, told.seq) });
  await keepRight(told.practitionerId, change, write);
}

/** Keeps what personnel tells of a practitioner 医务人员: a licence may be renewed or withdrawn at any time (domain.md 3.13). */
export async function takeInPractitioner(change: LoggedChange, write: Write): Promise<void> {
  await keepRight(change.id, change, write);
}

/** Keeps the right to prescribe, where a change tells it: it is the person's, whichever change tells it last. */
async function keepRight(id: string, change: LoggedChange, { tx }: Write): Promise<void> {
  const { prescriber, physician, licensed } = change.payload;
  if (typeof prescriber !== 'boolean') return;
  const told = {
    id,
    prescriber,
    physician: physician === true,
    licensed: licensed === true,
    licensedUntil: optionalTextOfChange(change, 'licensedUntil'),
    seq: seqOfChange(change),
  };
  const { id: target, seq } = practitionerProjections;
  await tx
    .insert(practitionerProjections)
    .values(told)
    .onConflictDoUpdate({ target, set: told, setWhere: lt(seq, told.seq) });
}

/** Keeps whether a chronic disease 慢病 was controlled at the last two follow-ups (domain.md 3.18). */
export async function takeInChronicCare(change: LoggedChange, { tx }: Write): Promise<void> {
  const { lastControlled } = change.payload;
  const told = {
    ...ownerOfChange(change, 'ce'),
    ...textsOfChange(change, ['disease']),
    lastControlled: Array.isArray(lastControlled) ? lastControlled.map(Boolean).slice(0, 2) : [],
    lastAt: optionalTextOfChange(change, 'lastAt'),
    seq: seqOfChange(change),
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
export async function takeInFollowUp(change: LoggedChange, write: Write): Promise<void> {
  if (change.payload['kind'] !== 'DISCHARGE' || change.payload['isPrimaryCare'] !== true) return;
  const { residentId, no } = ownerOfChange(change, 'fu');
  const { at } = textsOfChange(change, ['at']);
  await write.tx
    .insert(followUpProjections)
    .values({ residentId, no, at, seq: seqOfChange(change) })
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

/** Keeps what insurance tells of a provider's month 定点机构月度费用构成: its shares raise alerts (domain.md 3.20). */
export async function takeInProviderMonth(change: LoggedChange, { tx }: Write): Promise<void> {
  const { drgCases, lowOutliers, highOutliers, ...texts } = textsOfChange(change, [
    'providerCode',
    'month',
    'total',
    'drugs',
    'consumables',
    'drgCases',
    'lowOutliers',
    'highOutliers',
  ]);
  const told = {
    ...texts,
    drgCases: Number(drgCases),
    lowOutliers: Number(lowOutliers),
    highOutliers: Number(highOutliers),
    seq: seqOfChange(change),
  };
  const { month, providerCode, seq } = providerMonthProjections;
  await tx
    .insert(providerMonthProjections)
    .values(told)
    .onConflictDoUpdate({ target: [month, providerCode], set: told, setWhere: lt(seq, told.seq) });
}
