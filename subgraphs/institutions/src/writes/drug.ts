import {
  advanced,
  createFaults,
  expectBounds,
  expectVersion,
  governs,
  leads,
  lockById,
  newId,
  refuse,
  type Faults,
  type Mutation,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, eq, isNull } from 'drizzle-orm';
import type { RecordProcurementBatchInput, SetDrugStockInput, UpsertDrugCatalogueItemInput } from '../schema-types.ts';
import { alliances } from '../tables/alliance.ts';
import {
  drugCatalogue,
  drugItems,
  drugStocks,
  procurementBatches,
  type DrugItemRow,
  type DrugStockRow,
} from '../tables/drug.ts';
import { regions } from '../tables/place.ts';
import { expectMoney, expectOwnPlace, expectText } from './care-checks.ts';
import { institutionsById } from './places.ts';

/** Mutations of drug catalogues 药品目录, procurement 带量采购 and stocks 库存 (domain.md S3-32). */
export const drugWrites = (mutation: Mutation) => ({
  upsertDrugCatalogueItem: mutation('upsertDrugCatalogueItem', upsertDrugCatalogueItem, {
    drug_items_by_nhsa_code: ['VALIDATION_FAILED', 'nhsaDrugCode'],
  }),
  recordProcurementBatch: mutation('recordProcurementBatch', recordProcurementBatch),
  setDrugStock: mutation('setDrugStock', setDrugStock, { drug_stocks_by_lot: ['VERSION_CONFLICT', 'version'] }),
});

/** Puts a drug into the catalogue of a division, changes it, or takes it off the list. */
async function upsertDrugCatalogueItem(input: UpsertDrugCatalogueItemInput, write: Write): Promise<Written> {
  expectBounds(input);
  const { tx } = write;
  const { regionCode } = input;
  const stored = await storedDrug(input, write);
  const faults = createFaults();
  const [region] = await tx.select({ code: regions.code }).from(regions).where(eq(regions.code, regionCode));
  faults.expect(region !== undefined, 'NOT_FOUND', 'regionCode');
  faults.expect(governs(write.caller, regionCode), 'FORBIDDEN', 'regionCode', texts.notGoverned);
  checkDrug(input, faults);
  if (stored !== undefined) await expectMayChange(stored, input, write, faults);
  faults.throwIfAny();

  const id = stored?.id ?? newId('dg');
  await storeDrug({ ...drugValues(input), id }, stored, write);
  const listing = and(eq(drugCatalogue.regionCode, regionCode), eq(drugCatalogue.drugId, id));
  if (input.listed) await tx.insert(drugCatalogue).values({ regionCode, drugId: id }).onConflictDoNothing();
  else await tx.delete(drugCatalogue).where(listing);
  const version = (stored?.version ?? 0) + 1;
  const payload = { regionCode, listed: input.listed, essential: input.essential, version };
  write.change({ type: 'DrugItem', id, kind: stored === undefined ? 'CREATED' : 'UPDATED', payload });
  return { id };
}

/** The drug to change, locked, by its id or national code. */
async function storedDrug(input: UpsertDrugCatalogueItemInput, write: Write): Promise<DrugItemRow | undefined> {
  const { id, nhsaDrugCode } = input;
  const [found] = nhsaDrugCode
    ? await write.tx.select({ id: drugItems.id }).from(drugItems).where(eq(drugItems.nhsaDrugCode, nhsaDrugCode))
    : [];
  const key = id ?? found?.id;
  if (key === undefined) return undefined;
  const stored = await lockById(write, drugItems, key, 'id');
  expectVersion(stored, input.version);
  return stored;
}

function checkDrug(input: UpsertDrugCatalogueItemInput, faults: Faults): void {
  const { nhsaDrugCode, genericName, catalogueVersion } = input;
  const coded = !nhsaDrugCode || /^(X[A-Z0-9]{22}|Z[A-Z0-9]{19,22})$/.test(nhsaDrugCode);
  faults.expect(coded, 'VALIDATION_FAILED', 'nhsaDrugCode', texts.code);
  expectText(genericName, 'genericName', faults);
  expectText(catalogueVersion, 'catalogueVersion', faults);
  for (const part of ['strength', 'dosageForm', 'pack'] as const) expectText(input[part], part, faults);
}

/** Who changes a drug governs every division that lists it: others rely on what it says. */
async function expectMayChange(
  stored: DrugItemRow,
  input: UpsertDrugCatalogueItemInput,
  { tx, caller }: Write,
  faults: Faults,
): Promise<void> {
  const wanted = drugValues(input);
  const same = Object.entries(wanted).every(([name, value]) =>
    Object.entries(stored).some(([own, now]) => own === name && now === value),
  );
  if (same) return;
  const listings = await tx.select().from(drugCatalogue).where(eq(drugCatalogue.drugId, stored.id));
  const others = listings.some(({ regionCode }) => !governs(caller, regionCode));
  faults.expect(!others, 'FORBIDDEN', 'id', texts.listedElsewhere);
}

type DrugValues = Omit<typeof drugItems.$inferInsert, 'id' | 'version' | 'updatedAt'>;

function drugValues(input: UpsertDrugCatalogueItemInput): DrugValues {
  return {
    nhsaDrugCode: input.nhsaDrugCode ?? null,
    genericName: input.genericName,
    strength: input.strength ?? null,
    dosageForm: input.dosageForm ?? null,
    pack: input.pack ?? null,
    essential: input.essential,
    contractFlexible: input.contractFlexible,
    catalogueVersion: input.catalogueVersion,
  };
}

async function storeDrug(
  values: DrugValues & { readonly id: string },
  stored: DrugItemRow | undefined,
  write: Write,
): Promise<void> {
  if (stored === undefined) {
    await write.tx.insert(drugItems).values({ ...values, updatedAt: write.clock.instant });
    return;
  }
  await write.tx
    .update(drugItems)
    .set({ ...values, ...advanced(stored, write) })
    .where(eq(drugItems.id, stored.id));
}

/** Records a batch that an alliance or a division buys; batches of one buyer and drug do not overlap. */
async function recordProcurementBatch(input: RecordProcurementBatchInput, write: Write): Promise<Written> {
  expectBounds(input);
  const { tx } = write;
  const { regionCode, drugId, allianceId = null, validFrom, validTo = null } = input;
  const faults = createFaults();
  await checkBuyer(input, write, faults);
  const [drug] = await tx.select({ id: drugItems.id }).from(drugItems).where(eq(drugItems.id, drugId)).for('update');
  faults.expect(drug !== undefined, 'NOT_FOUND', 'drugId');
  faults.expect(input.volume > 0, 'VALIDATION_FAILED', 'volume', texts.volume);
  expectMoney(input.oldPrice, 'oldPrice', faults);
  expectMoney(input.newPrice, 'newPrice', faults);
  faults.expect(validTo === null || validFrom <= validTo, 'VALIDATION_FAILED', 'validTo', texts.order);
  faults.expect(validTo === null || validTo >= write.clock.day, 'VALIDATION_FAILED', 'validTo', texts.past);
  const batches = await tx
    .select()
    .from(procurementBatches)
    .where(and(eq(procurementBatches.drugId, drugId), eq(procurementBatches.regionCode, regionCode)));
  const overlapping = batches.some(
    (other) =>
      other.allianceId === allianceId &&
      other.validFrom <= (validTo ?? lastDay) &&
      validFrom <= (other.validTo ?? lastDay),
  );
  faults.expect(!overlapping, 'SCHEDULE_CONFLICT', 'validFrom', texts.overlap);
  faults.throwIfAny();

  const id = newId('pb');
  const { volume, oldPrice, newPrice } = input;
  await tx
    .insert(procurementBatches)
    .values({ id, allianceId, regionCode, drugId, volume, oldPrice, newPrice, validFrom, validTo });
  write.change({
    type: 'ProcurementBatch',
    id,
    kind: 'CREATED',
    payload: { allianceId, regionCode, drugId, validFrom, validTo, version: 1 },
  });
  return { id };
}

/** An alliance buys for its own division, by who leads it; a division by who governs it. */
async function checkBuyer(
  { allianceId, regionCode }: RecordProcurementBatchInput,
  write: Write,
  faults: Faults,
): Promise<void> {
  const { tx, caller, clock } = write;
  if (!allianceId) {
    const [region] = await tx.select({ code: regions.code }).from(regions).where(eq(regions.code, regionCode));
    faults.expect(region !== undefined, 'NOT_FOUND', 'regionCode');
    faults.expect(governs(caller, regionCode), 'FORBIDDEN', 'regionCode', texts.notGoverned);
    return;
  }
  const [alliance] = await tx.select().from(alliances).where(eq(alliances.id, allianceId));
  faults.expect(alliance !== undefined, 'NOT_FOUND', 'allianceId');
  faults.expect(leads(caller, allianceId), 'FORBIDDEN', 'allianceId', texts.notLed);
  if (alliance === undefined) return;
  faults.expect(alliance.regionCode === regionCode, 'VALIDATION_FAILED', 'regionCode', texts.otherRegion);
  const running = (alliance.dissolvedOn ?? lastDay) > clock.day;
  faults.expect(running, 'VALIDATION_FAILED', 'allianceId', texts.dissolved);
}

/** States how much of a lot an institution counted. */
async function setDrugStock(input: SetDrugStockInput, write: Write): Promise<Written> {
  expectBounds(input);
  const { tx, clock } = write;
  const { institutionId, drugId, quantity, unit, expiresOn = null, sharedPharmacy } = input;
  const stored = await storedLot(input, write);
  const faults = createFaults();
  const places = await institutionsById(write, [institutionId]);
  expectOwnPlace(places.get(institutionId), { id: institutionId, path: 'institutionId' }, write, faults);
  const [drug] = await tx.select({ id: drugItems.id }).from(drugItems).where(eq(drugItems.id, drugId));
  faults.expect(drug !== undefined, 'NOT_FOUND', 'drugId');
  faults.expect(/^\d{1,10}(\.\d{1,2})?$/.test(quantity), 'VALIDATION_FAILED', 'quantity', texts.quantity);
  expectText(unit, 'unit', faults);
  const usable = expiresOn === null || expiresOn >= clock.day || Number(quantity) === 0;
  faults.expect(usable, 'VALIDATION_FAILED', 'expiresOn', texts.expired);
  faults.throwIfAny();

  const id = stored?.id ?? newId('ds');
  const values = { institutionId, drugId, quantity, unit, expiresOn, sharedPharmacy };
  if (stored === undefined) await tx.insert(drugStocks).values({ id, ...values, updatedAt: clock.instant });
  else {
    await tx
      .update(drugStocks)
      .set({ ...values, ...advanced(stored, write) })
      .where(eq(drugStocks.id, id));
  }
  const kind = stored === undefined ? 'CREATED' : 'UPDATED';
  write.change({
    type: 'DrugStock',
    id,
    kind,
    payload: { institutionId, drugId, version: (stored?.version ?? 0) + 1 },
  });
  return { id };
}

/** The lot to change, locked, by its id or by where it lies and when it expires. */
async function storedLot(input: SetDrugStockInput, write: Write): Promise<DrugStockRow | undefined> {
  const { institutionId, drugId, sharedPharmacy, expiresOn } = input;
  const expiry = expiresOn ? eq(drugStocks.expiresOn, expiresOn) : isNull(drugStocks.expiresOn);
  const lot = and(
    eq(drugStocks.institutionId, institutionId),
    eq(drugStocks.drugId, drugId),
    eq(drugStocks.sharedPharmacy, sharedPharmacy),
    expiry,
  );
  const [found] = input.id ? [] : await write.tx.select({ id: drugStocks.id }).from(drugStocks).where(lot);
  const key = input.id ?? found?.id;
  if (key === undefined) return undefined;
  const stored = await lockById(write, drugStocks, key, 'id');
  if (stored.institutionId !== institutionId) refuse('FORBIDDEN', 'institutionId', texts.otherStock);
  if (stored.drugId !== drugId) refuse('VALIDATION_FAILED', 'drugId', texts.otherDrug);
  expectVersion(stored, input.version);
  return stored;
}

/** Stands for a period without an end. */
const lastDay = '9999-12-31';

const texts = {
  notGoverned: { en: 'Only the health commission of the division may do this.', zh: '仅该区划的卫生健康部门可办理。' },
  notLed: { en: 'Only who leads the alliance may buy for it.', zh: '仅该医联体牵头方可登记采购。' },
  code: { en: 'This is no code of a Western or Chinese patent drug.', zh: '医保药品代码格式有误。' },
  listedElsewhere: {
    en: 'Other divisions list this drug: it cannot be changed for them.',
    zh: '其他区划已收载该药品，不可修改。',
  },
  volume: { en: 'A volume is more than nothing.', zh: '采购量须大于 0。' },
  order: { en: 'The end lies before the start.', zh: '结束日期早于开始日期。' },
  past: { en: 'The batch is over already.', zh: '该批次已过期。' },
  overlap: { en: 'The buyer has a batch of this drug at this time.', zh: '该采购方此时已有该药品的批次。' },
  otherRegion: { en: 'The alliance belongs to another division.', zh: '该医联体属于其他区划。' },
  dissolved: { en: 'The alliance was dissolved.', zh: '该医联体已解散。' },
  quantity: { en: 'A quantity is not negative and has at most two places.', zh: '数量不能为负，最多两位小数。' },
  expired: { en: 'Expired drugs are no stock: state a quantity of 0.', zh: '过期药品不得计入库存，数量须为 0。' },
  otherStock: { en: 'The stock is of another institution.', zh: '该库存属于其他机构。' },
  otherDrug: { en: 'The stock is of another drug.', zh: '该库存属于其他药品。' },
};
