import { optionalTextOfChange, seqOfChange, textsOfChange, type LoggedChange, type Write } from '@hutong/kit';
import { lt } from 'drizzle-orm';
import { evaluationProjections, linkProjections, memberProjections } from '../tables/projection.ts';

/** Keeps what public health tells of an evaluation 三维评估 (domain.md 3.15). */
export async function takeInEvaluation(change: LoggedChange, { tx }: Write): Promise<void> {
  const { total } = change.payload;
  const told = {
    id: change.id,
    ...textsOfChange(change, ['subjectType', 'subjectId', 'period', 'status']),
    kind: optionalTextOfChange(change, 'kind') ?? 'ROUTINE',
    total: typeof total === 'string' || typeof total === 'number' ? String(total) : null,
    seq: seqOfChange(change),
  };
  const { id, seq } = evaluationProjections;
  await tx
    .insert(evaluationProjections)
    .values(told)
    .onConflictDoUpdate({ target: id, set: told, setWhere: lt(seq, told.seq) });
}

/** Keeps what institutions tells of a member of an alliance 医共体成员 (domain.md 3.3.6). */
export async function takeInMembership(change: LoggedChange, { tx }: Write): Promise<void> {
  const told = {
    id: change.id,
    ...textsOfChange(change, ['allianceId', 'institutionId', 'role', 'joinedOn']),
    leftOn: optionalTextOfChange(change, 'leftOn'),
    seq: seqOfChange(change),
  };
  const { id, seq } = memberProjections;
  await tx
    .insert(memberProjections)
    .values(told)
    .onConflictDoUpdate({ target: id, set: told, setWhere: lt(seq, told.seq) });
}

/** Keeps what public health tells of merged records 档案合并, and of mergers that were undone (domain.md 2.6). */
export async function takeInLink(change: LoggedChange, { tx }: Write): Promise<void> {
  const { residentId, survivingId } = textsOfChange(change, ['residentId', 'survivingId']);
  const told = { residentId, survivingId, holds: change.payload['holds'] === true, seq: seqOfChange(change) };
  const { residentId: retired, seq } = linkProjections;
  await tx
    .insert(linkProjections)
    .values(told)
    .onConflictDoUpdate({ target: retired, set: told, setWhere: lt(seq, told.seq) });
}
