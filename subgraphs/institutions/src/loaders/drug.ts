import { sql } from 'drizzle-orm';
import type { PageLoader, ParentLoader, Read } from '@hutong/kit';
import { allianceMemberships, memberOn } from '../tables/alliance.ts';
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

/** What a city hospital has in stock, and what of it a county hospital has too. */
export interface DrugMatchValue {
  readonly cityDrugs: number;
  readonly commonDrugs: number;
  readonly missingIds: readonly string[];
}

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
    const membership = sql`select from ${allianceMemberships} where ${allianceMemberships.allianceId} = ${allianceId} and ${allianceMemberships.institutionId} = ${drugStocks.institutionId} and ${memberOn(day)}`;
    return read.listBy(drugStocks, 'drugId', { where: sql`exists (${membership})`, orderBy: ['institutionId', 'id'] });
  },
  /** Drugs that the first institution has in stock, compared with the second. */
  match: async (cityId: string, countyId: string): Promise<DrugMatchValue> => {
    const rows = await read.query(sql`
      select ${drugItems.id}, bool_or(${drugStocks.institutionId} = ${countyId})
      from ${drugStocks} join ${drugItems} on ${drugItems.id} = ${drugStocks.drugId}
      where ${drugStocks.institutionId} in (${cityId}, ${countyId}) and ${drugStocks.quantity} > 0
      group by ${drugItems.id} having bool_or(${drugStocks.institutionId} = ${cityId})
      order by ${drugItems.genericName}, ${drugItems.id}`);
    const missingIds = rows.flatMap(([id, common]) => (common === true ? [] : [String(id)]));
    return { cityDrugs: rows.length, commonDrugs: rows.length - missingIds.length, missingIds };
  },
  procurementBatch: read.byKey(procurementBatches, 'id'),
  procurementBatches: read.page(procurementBatches, 'id'),
  prescription: read.byOwnedId(prescriptions, 'rx'),
  prescriptionsOfResident: read.pageBy(prescriptions, 'residentId', ['residentId', 'no']),
  prescriptionsOfEncounter: read.listByOwned(prescriptions, 'en', 'encounterNo', { orderBy: ['no'] }),
  medicationAdviceById: read.byOwnedId(medicationAdvice, 'ma'),
  medicationAdviceOfResident: read.pageBy(medicationAdvice, 'residentId', ['residentId', 'no']),
});
