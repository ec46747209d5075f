import type { Faults, FaultText, Write } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { prescriberRefusal, type PrescriberRefusal } from '../rules/prescriber.ts';
import { practiceProjections, practitionerProjections } from '../tables/projection.ts';

/** Who signs a prescription. */
export interface Prescriber {
  /** Whether it is a physician 执业医师, who alone first issues long prescriptions (domain.md 3.18). */
  readonly physician: boolean;
}

/** Only who may prescribe signs prescriptions, where validly registered and licensed on the day (domain.md 3.13); tells who it is. */
export async function expectPrescriber(
  { tx, clock }: Write,
  { practitionerId, institutionId }: { readonly practitionerId: string; readonly institutionId: string },
  path: string,
  faults: Faults,
): Promise<Prescriber> {
  const [person] = await tx
    .select()
    .from(practitionerProjections)
    .where(eq(practitionerProjections.id, practitionerId));
  const places = await tx
    .select()
    .from(practiceProjections)
    .where(eq(practiceProjections.practitionerId, practitionerId));
  const refusal = prescriberRefusal(person, places, { institutionId, day: clock.day });
  if (refusal !== null) faults.expect(false, 'VALIDATION_FAILED', path, texts[refusal]);
  return { physician: person?.physician ?? false };
}

const texts: Readonly<Record<PrescriberRefusal, FaultText>> = {
  UNKNOWN: {
    en: 'Nothing is known of this practitioner; register the person first.',
    zh: '未查到该医务人员，请先登记。',
  },
  NOT_HERE: {
    en: 'The practitioner has no valid registration at this institution today; register the practice first.',
    zh: '该医务人员当日在本机构无有效执业注册，请先办理执业注册。',
  },
  NO_PRESCRIBER: {
    en: 'People of this category may not prescribe; have a physician sign.',
    zh: '该类人员无处方权，请由医师签署。',
  },
  UNLICENSED: {
    en: 'The licence of the practitioner is not valid today, or its assessment has run out; renew it first.',
    zh: '该医务人员的执业证书当日无效或定期考核已过期，请先办理延续。',
  },
};
