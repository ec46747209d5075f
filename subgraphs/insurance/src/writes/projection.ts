import {
  decodeOwnedId,
  nextNo,
  optionalTextOfChange,
  ownerOfChange,
  seqOfChange,
  textsOfChange,
  toDay,
  type LoggedChange,
  type Write,
} from '@hutong/kit';
import { and, eq, lt } from 'drizzle-orm';
import { claims } from '../tables/claim.ts';
import {
  contractProjections,
  institutionProjections,
  referralProjections,
  type ContractStateValue,
} from '../tables/projection.ts';
import { fileCareOutside } from './out-of-area-filing.ts';
import { recheckClaims } from './recheck.ts';
import { keepReferralEffect } from './referral-effect.ts';

/** Keeps what institutions tells of an institution 机构: with whom agreements are made (domain.md 2.6). */
export async function takeInInstitution(change: LoggedChange, { tx }: Write): Promise<void> {
  const told = { id: change.id, ...textsOfChange(change, ['status', 'regionCode']), seq: seqOfChange(change) };
  await tx
    .insert(institutionProjections)
    .values(told)
    .onConflictDoUpdate({
      target: institutionProjections.id,
      set: told,
      setWhere: lt(institutionProjections.seq, told.seq),
    });
}

/**
 * Keeps what public health tells of a contract 签约协议, with its state on each day, and checks again what was settled on days that it
 * covers (domain.md 3.1.4a). An older change adds its state where it belongs, and changes nothing else.
 */
export async function takeInContract(change: LoggedChange, write: Write): Promise<void> {
  const { residentId, no } = ownerOfChange(change, 'ct');
  // Who settles at this moment is seen by the check, or sees the contract: both hold the number of the next claim.
  await nextNo(write, claims, residentId);
  const { payload } = change;
  const told = {
    residentId,
    no,
    ...textsOfChange(change, ['institutionId', 'teamId', 'familyDoctorId', 'status', 'validFrom', 'validTo']),
    terminatedOn: optionalTextOfChange(change, 'terminatedOn'),
    seq: seqOfChange(change),
  };
  const isMine = and(eq(contractProjections.residentId, residentId), eq(contractProjections.no, no));
  const [known] = await write.tx.select().from(contractProjections).where(isMine).for('update');
  const packageCodes = Array.isArray(payload['packageCodes']) ? payload['packageCodes'].map(String) : [];
  const state = { seq: told.seq, from: toDay(new Date(change.at)), status: told.status, packageCodes };
  const states = withState(known?.states ?? [], state);
  if (known === undefined) await write.tx.insert(contractProjections).values({ ...told, states });
  else {
    const isNews = known.seq < told.seq;
    await write.tx
      .update(contractProjections)
      .set(isNews ? { ...told, states } : { states })
      .where(isMine);
  }
  const days = [told.validFrom, told.validTo, known?.validFrom ?? told.validFrom, known?.validTo ?? told.validTo];
  const sorted = days.toSorted();
  await recheckClaims(write, residentId, { from: sorted[0] ?? told.validFrom, to: sorted.at(-1) ?? told.validTo });
}

/** The states in the order of the log; one that says nothing new of its predecessor is left out. */
function withState(states: readonly ContractStateValue[], state: ContractStateValue): readonly ContractStateValue[] {
  const others = states.filter(({ seq }) => seq !== state.seq);
  const all = [...others, state].toSorted((a, b) => a.seq - b.seq);
  return all.filter((one, index) => {
    const before = all[index - 1];
    return (
      before === undefined || before.status !== one.status || before.packageCodes.join() !== one.packageCodes.join()
    );
  });
}

/** States in which the receiving institution has accepted a referral. */
const accepted: ReadonlySet<unknown> = new Set([
  'ACCEPTED',
  'SCHEDULED',
  'ARRIVED',
  'IN_TREATMENT',
  'DOWN_PROPOSED',
  'COMPLETED',
]);

/** Keeps what institutions tells of a referral 转诊, files care out of the county, and says what it means for the benefit. */
export async function takeInReferral(change: LoggedChange, write: Write): Promise<void> {
  const { residentId, no } = ownerOfChange(change, 'rf');
  const { status, direction, toId, episodeId } = textsOfChange(change, ['status', 'direction', 'toId', 'episodeId']);
  const episodeNo = decodeOwnedId('re', episodeId)?.no;
  if (episodeNo === undefined)
    throw new TypeError(`the change of Referral ${change.id} names no episode: ${episodeId}`);
  // The day of the referral's step, however late the change is delivered.
  const day = toDay(new Date(change.at));
  const isMine = and(eq(referralProjections.residentId, residentId), eq(referralProjections.no, no));
  const [known] = await write.tx.select().from(referralProjections).where(isMine).for('update');
  const seq = seqOfChange(change);
  if (known !== undefined && known.seq >= seq) return;
  const fromEncounter = optionalTextOfChange(change, 'fromEncounterId');
  const told = {
    residentId,
    no,
    episodeNo,
    direction,
    status,
    seq,
    toInstitutionId: toId,
    fromEncounterNo: fromEncounter === null ? null : (decodeOwnedId('en', fromEncounter)?.no ?? null),
    acceptedOn: known?.acceptedOn ?? (accepted.has(status) ? day : null),
  };
  await write.tx
    .insert(referralProjections)
    .values(told)
    .onConflictDoUpdate({ target: [referralProjections.residentId, referralProjections.no], set: told });
  await fileCareOutside(change, { residentId, referralNo: no, day }, write);
  if (told.acceptedOn === day) await keepReferralEffect(write, residentId, no, day);
}
