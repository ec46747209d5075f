import { ownerOfChange, textsOfChange, type LoggedChange, type Write } from '@hutong/kit';
import { followUpDueBy } from '../rules/discharge-follow-up.ts';
import { dischargeFollowUps } from '../tables/chronic.ts';

/** Makes the follow-up after a discharge due 出院随访 when institutions tells of the discharge (domain.md 3.4.6). */
export async function takeInEncounter(change: LoggedChange, { tx }: Write): Promise<void> {
  if (change.payload['followUp'] !== true) return;
  const { residentId, no } = ownerOfChange(change, 'en');
  const { institutionId, dischargedOn } = textsOfChange(change, ['institutionId', 'dischargedOn']);
  const dueBy = followUpDueBy(dischargedOn, change.payload['earlyFollowUp'] === true);
  await tx
    .insert(dischargeFollowUps)
    .values({ residentId, encounterNo: no, institutionId, dischargedOn, dueBy })
    .onConflictDoNothing();
}
