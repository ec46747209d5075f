import { optionalTextOfChange, ownerOfChange, textsOfChange, type LoggedChange, type Write } from '@hutong/kit';
import { dischargeFollowUps } from '../tables/chronic.ts';

/** Makes the follow-up after a discharge due 出院随访 when institutions tells until when it is owed (domain.md 3.4.6). */
export async function takeInEncounter(change: LoggedChange, { tx }: Write): Promise<void> {
  const dueBy = optionalTextOfChange(change, 'followUpDueOn');
  if (dueBy === null) return;
  const { residentId, no } = ownerOfChange(change, 'en');
  const { institutionId, dischargedOn } = textsOfChange(change, ['institutionId', 'dischargedOn']);
  await tx
    .insert(dischargeFollowUps)
    .values({ residentId, encounterNo: no, institutionId, dischargedOn, dueBy })
    .onConflictDoNothing();
}
