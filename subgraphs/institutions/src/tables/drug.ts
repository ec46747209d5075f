import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { ChronicDisease } from '../schema-types.ts';
import { alliances } from './alliance.ts';
import { instant, money, mutable, owned } from './columns.ts';
import { encounters } from './encounter.ts';
import { institutions, regions } from './place.ts';

/** One line of a prescription 处方明细. */
export interface PrescriptionLineValue {
  readonly drugId: string;
  readonly dose: string | null;
  /** CV06.00.228 code. */
  readonly frequency: string | null;
  readonly days: number;
  readonly quantity: string;
  /** Unit of the pack 片、粒; absent where the quantity counts packs. */
  readonly unit?: string;
  readonly price: string | null;
}

/** Drugs of the catalogues 药品目录. */
export const drugItems = pgTable(
  'drug_items',
  {
    id: text().primaryKey(),
    nhsaDrugCode: text(),
    genericName: text().notNull(),
    strength: text(),
    dosageForm: text(),
    pack: text(),
    essential: boolean().notNull(),
    contractFlexible: boolean().notNull(),
    catalogueVersion: text().notNull(),
    ...mutable(),
  },
  (t) => [
    uniqueIndex('drug_items_by_nhsa_code').on(t.nhsaDrugCode),
    index('drug_items_by_name').on(t.genericName, t.id),
    index('drug_items_by_name_part').using('gin', t.genericName.op('gin_trgm_ops')),
    index('drug_items_by_essential').on(t.essential, t.id),
    index('drug_items_by_flexibility').on(t.contractFlexible, t.id),
    index('drug_items_by_version').on(t.catalogueVersion, t.id),
  ],
);

/** Which county or city catalogue lists which drug 目录收载. */
export const drugCatalogue = pgTable(
  'drug_catalogue',
  {
    regionCode: text()
      .notNull()
      .references(() => regions.code),
    drugId: text()
      .notNull()
      .references(() => drugItems.id),
  },
  (t) => [primaryKey({ columns: [t.regionCode, t.drugId] }), index('drug_catalogue_by_drug').on(t.drugId)],
);

/** Stock of drugs at institutions 药品库存. */
export const drugStocks = pgTable(
  'drug_stocks',
  {
    id: text().primaryKey(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    drugId: text()
      .notNull()
      .references(() => drugItems.id),
    quantity: numeric({ precision: 12, scale: 2 }).notNull(),
    unit: text().notNull(),
    expiresOn: date(),
    sharedPharmacy: boolean().notNull(),
    ...mutable(),
  },
  (t) => [
    unique('drug_stocks_by_lot').on(t.institutionId, t.drugId, t.sharedPharmacy, t.expiresOn).nullsNotDistinct(),
    check('drug_stocks_not_below_zero', sql`${t.quantity} >= 0`),
    index('drug_stocks_by_institution').on(t.institutionId, t.id),
    index('drug_stocks_by_drug').on(t.drugId, t.institutionId),
    index('drug_stocks_by_expiry').on(t.expiresOn, t.id),
    index('drug_stocks_by_pharmacy').on(t.sharedPharmacy, t.id),
  ],
);

/** Batches of volume-based procurement 带量采购批次. */
export const procurementBatches = pgTable(
  'procurement_batches',
  {
    id: text().primaryKey(),
    allianceId: text().references(() => alliances.id),
    regionCode: text()
      .notNull()
      .references(() => regions.code),
    drugId: text()
      .notNull()
      .references(() => drugItems.id),
    volume: integer().notNull(),
    oldPrice: money().notNull(),
    newPrice: money().notNull(),
    validFrom: date().notNull(),
    validTo: date(),
  },
  (t) => [
    index('procurement_batches_by_alliance').on(t.allianceId, t.id),
    index('procurement_batches_by_region').on(t.regionCode, t.id),
    index('procurement_batches_by_region_prefix').on(t.regionCode.op('text_pattern_ops')),
    index('procurement_batches_by_drug').on(t.drugId, t.id),
    index('procurement_batches_by_start').on(t.validFrom, t.id),
  ],
);

/** Prescriptions 处方. */
export const prescriptions = pgTable(
  'prescriptions',
  {
    ...owned(),
    encounterNo: integer().notNull(),
    prescriberId: text().notNull(),
    issuedAt: instant().notNull(),
    isLong: boolean().notNull(),
    diseaseKind: text().$type<ChronicDisease>(),
    lines: jsonb().$type<PrescriptionLineValue[]>().notNull(),
    daysSupply: integer().notNull(),
    refillsLeft: integer().notNull(),
    dispensedAt: instant(),
    dispensedById: text(),
    ...mutable(),
  },
  (t) => [
    primaryKey({ columns: [t.residentId, t.no] }),
    foreignKey({
      columns: [t.residentId, t.encounterNo],
      foreignColumns: [encounters.residentId, encounters.no],
      name: 'prescriptions_encounter',
    }),
    index('prescriptions_by_encounter').on(t.residentId, t.encounterNo),
    index('prescriptions_by_issue').on(t.residentId, t.issuedAt),
    index('prescriptions_by_length').on(t.residentId, t.isLong),
    index('prescriptions_by_disease').on(t.residentId, t.diseaseKind),
  ],
);

/** Advice on medication 用药指导. */
export const medicationAdvice = pgTable(
  'medication_advice',
  {
    ...owned(),
    byId: text().notNull(),
    text: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.residentId, t.no] }), index('medication_advice_by_time').on(t.residentId, t.at)],
);

export type DrugItemRow = typeof drugItems.$inferSelect;
export type DrugStockRow = typeof drugStocks.$inferSelect;
export type ProcurementBatchRow = typeof procurementBatches.$inferSelect;
export type PrescriptionRow = typeof prescriptions.$inferSelect;
export type MedicationAdviceRow = typeof medicationAdvice.$inferSelect;
