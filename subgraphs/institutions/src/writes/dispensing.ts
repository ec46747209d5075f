import {
  advanced,
  createFaults,
  expectBounds,
  expectVersion,
  lockByOwnedId,
  type Faults,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, eq, gt, gte, inArray, isNull, or, sql } from 'drizzle-orm';
import { dispensingAt } from '../rules/dispensing.ts';
import { parsePack, takeFromLots, unitsOfStock } from '../rules/drug-pack.ts';
import type { DispensePrescriptionInput } from '../schema-types.ts';
import { drugItems, drugStocks, prescriptions, type DrugStockRow, type PrescriptionRow } from '../tables/drug.ts';
import type { InstitutionRow } from '../tables/place.ts';
import { allianceMemberships, memberOn } from '../tables/alliance.ts';
import { encounterOf, expectOwnPlace, practitionerOf } from './care-checks.ts';
import { expectRefill } from './long-prescription.ts';
import { alliancesByMember, institutionsById } from './places.ts';
import { expectPrescriber } from './prescriber.ts';

/**
 * Hands out the first supply of a prescription or a refill: every line whole or nothing, taken from the lots that expire first,
 * of the own pharmacy before the shared one of the alliance. Lots are locked in one order, so two who want the last packs
 * queue up and the second is refused. A refill is decided by who may prescribe there (domain.md 3.13, 3.18).
 */
export async function dispensePrescription(input: DispensePrescriptionInput, write: Write): Promise<Written> {
  expectBounds(input);
  const { tx, clock } = write;
  const prescription = await lockByOwnedId(write, { table: prescriptions, prefix: 'rx' }, input.id, 'id');
  const { residentId, no } = prescription;
  expectVersion(prescription, input.version);
  const faults = createFaults();
  const dispenserId = practitionerOf(input.dispenserId, 'dispenserId', write, faults);
  const alliances = await checkPlace(input, prescription, write, faults);
  const dispensing = dispensingAt(prescription, clock.instant);
  if (dispensing.kind === 'REFUSED') faults.expect(false, 'INVALID_TRANSITION', 'id', texts[dispensing.why]);
  const refill = dispensing.kind === 'REFILL';
  const place = alliances.place;
  if (refill && place !== undefined) {
    const signer = { practitionerId: dispenserId, institutionId: place.id };
    await expectPrescriber(write, signer, 'dispenserId', faults);
    await expectRefill(prescription, place, write, faults);
  }
  faults.throwIfAny();
  await takeDrugs(prescription, { input, allianceIds: alliances.ids }, write);

  const next = advanced(prescription, write);
  const refillsLeft = prescription.refillsLeft - (refill ? 1 : 0);
  await tx
    .update(prescriptions)
    .set({ dispensedAt: clock.instant, dispensedById: dispenserId, refillsLeft, ...next })
    .where(and(eq(prescriptions.residentId, residentId), eq(prescriptions.no, no)));
  const from = prescription.dispensedAt === null ? 'ISSUED' : 'DISPENSED';
  write.step({ type: 'Prescription', id: input.id, residentId, from, to: 'DISPENSED' });
  const payload = { dispensedAtId: input.institutionId, version: next.version };
  write.change({ type: 'Prescription', id: input.id, kind: 'UPDATED', residentId, payload });
  return { id: input.id };
}

interface DispensingPlace {
  readonly place: InstitutionRow | undefined;
  /** Running alliances of the dispensing institution. */
  readonly ids: readonly string[];
}

/** Who dispenses is the institution that issued it, or a member of the same alliance. */
async function checkPlace(
  { institutionId }: DispensePrescriptionInput,
  { residentId, encounterNo }: PrescriptionRow,
  write: Write,
  faults: Faults,
): Promise<DispensingPlace> {
  const encounter = await encounterOf(write, residentId, encounterNo);
  const issuerId = encounter?.institutionId ?? '';
  const places = await institutionsById(write, [institutionId]);
  const place = places.get(institutionId);
  expectOwnPlace(place, { id: institutionId, path: 'institutionId' }, write, faults);
  const members = await alliancesByMember(write, [institutionId, issuerId]);
  const ids = members.get(institutionId) ?? [];
  const allied = institutionId === issuerId || (members.get(issuerId) ?? []).some((id) => ids.includes(id));
  faults.expect(allied, 'FORBIDDEN', 'institutionId', texts.elsewhere);
  return { place, ids };
}

/** Takes what every line needs, in one statement for all lots; refuses when something is missing. */
async function takeDrugs(
  { lines }: PrescriptionRow,
  { input, allianceIds }: { readonly input: DispensePrescriptionInput; readonly allianceIds: readonly string[] },
  write: Write,
): Promise<void> {
  const drugIds = lines.map(({ drugId }) => drugId);
  const lots = await lockLots(drugIds, { input, allianceIds }, write);
  const items = await write.tx
    .select({ id: drugItems.id, pack: drugItems.pack })
    .from(drugItems)
    .where(inArray(drugItems.id, drugIds));
  const packs = new Map(items.map(({ id, pack }) => [id, parsePack(pack)]));
  const taken = new Map<string, string>();
  const faults = createFaults();
  lines.forEach((line) => {
    const own = lots
      .filter(({ drugId }) => drugId === line.drugId)
      .map(({ id, quantity, unit }) => ({
        id,
        quantity,
        holds: unitsOfStock(unit, line.unit, packs.get(line.drugId)),
      }));
    const result = takeFromLots(line.quantity, own);
    for (const [id, quantity] of result.taken) taken.set(id, quantity);
    faults.expect(result.missing === '0', 'CAPACITY_EXCEEDED', 'id', missingText(line.drugId));
  });
  faults.throwIfAny();
  await takeFrom(lots, taken, write);
}

/** The lots to take from, locked in the order of their ids: own before shared, soonest to expire first. */
async function lockLots(
  drugIds: readonly string[],
  { input, allianceIds }: { readonly input: DispensePrescriptionInput; readonly allianceIds: readonly string[] },
  { tx, clock }: Write,
): Promise<readonly DrugStockRow[]> {
  const { institutionId, sharedPharmacy } = input;
  const own = eq(drugStocks.institutionId, institutionId);
  const members = tx
    .select({ id: allianceMemberships.institutionId })
    .from(allianceMemberships)
    .where(and(inArray(allianceMemberships.allianceId, [...allianceIds]), memberOn(clock.day)));
  const shared = and(eq(drugStocks.sharedPharmacy, true), inArray(drugStocks.institutionId, members));
  const rows = await tx
    .select()
    .from(drugStocks)
    .where(
      and(
        inArray(drugStocks.drugId, [...drugIds]),
        gt(drugStocks.quantity, '0'),
        or(isNull(drugStocks.expiresOn), gte(drugStocks.expiresOn, clock.day)),
        sharedPharmacy && allianceIds.length > 0 ? or(own, shared) : own,
      ),
    )
    .orderBy(drugStocks.id)
    .for('update');
  const rank = (row: DrugStockRow) =>
    `${row.institutionId === institutionId ? 0 : 1}${row.expiresOn ?? '9999'}${row.id}`;
  return rows.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

async function takeFrom(
  lots: readonly DrugStockRow[],
  taken: ReadonlyMap<string, string>,
  write: Write,
): Promise<void> {
  const pairs = [...taken].map(([id, quantity]) => sql`(${id}::text, ${quantity}::numeric)`);
  await write.tx.execute(sql`
    update ${drugStocks} set quantity = ${drugStocks.quantity} - taken.quantity, version = ${drugStocks.version} + 1,
      updated_at = ${write.clock.instant}
    from (values ${sql.join(pairs, sql`, `)}) as taken (id, quantity) where ${drugStocks.id} = taken.id`);
  for (const { id, institutionId, drugId, version } of lots.filter((lot) => taken.has(lot.id))) {
    write.change({ type: 'DrugStock', id, kind: 'UPDATED', payload: { institutionId, drugId, version: version + 1 } });
  }
}

function missingText(drugId: string) {
  return { en: `There is not enough of ${drugId} in stock.`, zh: `药品 ${drugId} 库存不足。` };
}

const texts = {
  elsewhere: {
    en: 'A prescription is dispensed where it was issued, or in the same alliance.',
    zh: '处方须在开具机构或同一医联体内发药。',
  },
  EXPIRED: { en: 'The prescription has lapsed.', zh: '处方已过有效期。' },
  NO_REFILLS: { en: 'It was dispensed, and there is no refill left.', zh: '处方已发药，且无剩余续方次数。' },
  TOO_EARLY: { en: 'The last supply has not run out yet.', zh: '上次供药尚未用完。' },
};
