import { sql } from 'drizzle-orm';
import type { PageLoader, ParentLoader, Read } from '@hutong/kit';
import { allianceMemberships } from '../tables/alliance.ts';
import {
  drugCatalogue,
  type DrugItemRow,
  drugItems,
  type DrugStockRow,
  drugStocks,
  medicationAdvice,
  prescriptions,
  procurementBatches,
} from '../tables/drug.ts';

export const drugLoaders = (read: Read, day: string) => ({
  drug: read.byKey(drugItems, 'id'),
  drugByNhsaCode: read.byKey(drugItems, 'nhsaDrugCode'),
  /** Drugs that the catalogue of a county or city lists. */
  drugsOfCatalogue: (regionCode: string): PageLoader<DrugItemRow> => {
    const listed = sql`select from ${drugCatalogue} where ${drugCatalogue.regionCode} = ${regionCode} and ${drugCatalogue.drugId} = ${drugItems.id}`;
    return read.page(drugItems, 'id', { where: sql`exists (${listed})` });
  },
  drugStock: read.byKey(drugStocks, 'id'),
  stocksOfDrug: read.pageBy(drugStocks, 'drugId', 'id'),
  stocksOfInstitution: read.pageBy(drugStocks, 'institutionId', 'id'),
  /** Stocks of a drug at those who are members of an alliance on the business day. */
  stocksInAlliance: (allianceId: string): ParentLoader<DrugStockRow[]> => {
    const membership = sql`select from ${allianceMemberships} where ${allianceMemberships.allianceId} = ${allianceId} and ${allianceMemberships.institutionId} = ${drugStocks.institutionId} and (${allianceMemberships.leftOn} is null or ${allianceMemberships.leftOn} > ${day})`;
    return read.listBy(drugStocks, 'drugId', { where: sql`exists (${membership})`, orderBy: ['institutionId', 'id'] });
  },
  procurementBatch: read.byKey(procurementBatches, 'id'),
  procurementBatches: read.page(procurementBatches, 'id'),
  prescription: read.byOwnedId(prescriptions, 'rx'),
  prescriptionsOfResident: read.pageBy(prescriptions, 'residentId', ['residentId', 'no']),
  prescriptionsOfEncounter: read.listByOwned(prescriptions, 'en', 'encounterNo', { orderBy: ['no'] }),
  medicationAdviceById: read.byOwnedId(medicationAdvice, 'ma'),
  medicationAdviceOfResident: read.pageBy(medicationAdvice, 'residentId', ['residentId', 'no']),
});
