import type { Faults, Write } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { practiceProjections } from '../tables/projection.ts';

/** Only who may prescribe signs prescriptions, where validly registered on the day (domain.md 3.13); tells whether it is so. */
export async function expectRegistered(
  { tx, clock }: Write,
  { practitionerId, institutionId }: { readonly practitionerId: string; readonly institutionId: string },
  path: string,
  faults: Faults,
): Promise<boolean> {
  const rows = await tx
    .select()
    .from(practiceProjections)
    .where(eq(practiceProjections.practitionerId, practitionerId));
  const registered = rows.some(
    (row) =>
      row.institutionId === institutionId &&
      row.status === 'ACTIVE' &&
      row.prescriber !== false &&
      row.validFrom <= clock.day &&
      (row.validTo ?? clock.day) >= clock.day,
  );
  faults.expect(registered, 'VALIDATION_FAILED', path, rows.length === 0 ? texts.unknown : texts.notHere);
  return registered;
}

const texts = {
  unknown: { en: 'No practice registration of this practitioner is known.', zh: '未查到该医务人员的执业注册。' },
  notHere: {
    en: 'The practitioner has no valid registration to prescribe at this institution today.',
    zh: '该医务人员当日在本机构无处方权的有效执业注册。',
  },
};
