import type { Write } from '@hutong/kit';
import { and, eq, gt, gte, inArray, isNull, lte, or } from 'drizzle-orm';
import { type ServedAlliance, slotBooker } from '../rules/slot-booker.ts';
import type { SlotBooker } from '../rules/slot-release.ts';
import { alliances } from '../tables/alliance.ts';
import type { InstitutionRow } from '../tables/place.ts';
import { pairingAgreements } from '../tables/planning.ts';
import { alliancesByMember } from './places.ts';

/** As what institutions book the slots of another, by id; what belongs to a township hospital books as it does (domain.md 3.5.2). */
export async function slotBookers(
  bookers: readonly InstitutionRow[],
  slotOwnerId: string,
  write: Write,
): Promise<ReadonlyMap<string, SlotBooker>> {
  if (bookers.length === 0) return new Map();
  const found = await alliancesByMember(write, [...new Set([...bookers.flatMap(withParent), slotOwnerId])]);
  const served = await servedAlliances(slotOwnerId, found.get(slotOwnerId) ?? [], write);
  return new Map(
    bookers.map((booker) => {
      const allianceIds = withParent(booker).flatMap((id) => found.get(id) ?? []);
      return [booker.id, slotBooker({ id: booker.id, allianceIds }, served)];
    }),
  );
}

function withParent({ id, parentInstitutionId }: InstitutionRow): string[] {
  return parentInstitutionId === null ? [id] : [id, parentInstitutionId];
}

/** The alliances an institution releases slots to: its own, and those whose lead it is paired with. */
async function servedAlliances(
  institutionId: string,
  own: readonly string[],
  { tx, clock }: Write,
): Promise<ServedAlliance[]> {
  const paired = tx
    .select({ id: pairingAgreements.leadHospitalId })
    .from(pairingAgreements)
    .where(
      and(
        eq(pairingAgreements.cityHospitalId, institutionId),
        lte(pairingAgreements.from, clock.day),
        or(isNull(pairingAgreements.to), gte(pairingAgreements.to, clock.day)),
      ),
    );
  return tx
    .select({ id: alliances.id, leadId: alliances.leadId })
    .from(alliances)
    .where(
      and(
        or(inArray(alliances.id, [...own]), inArray(alliances.leadId, paired)),
        or(isNull(alliances.dissolvedOn), gt(alliances.dissolvedOn, clock.day)),
      ),
    );
}
