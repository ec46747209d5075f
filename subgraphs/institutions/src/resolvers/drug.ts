import {
  byReference,
  children,
  coded,
  columns,
  derive,
  ownedId,
  ownedReference,
  payload,
  reference,
  stub,
  ownedList,
} from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  DrugItemResolvers,
  DrugMatchResolvers,
  DrugStockResolvers,
  MedicationAdviceResolvers,
  MutationResolvers,
  PrescriptionLineResolvers,
  PrescriptionResolvers,
  ProcurementBatchResolvers,
  QueryResolvers,
} from '../schema-types.ts';
import { drugItems, drugStocks, medicationAdvice, prescriptions, procurementBatches } from '../tables/drug.ts';
import { percent } from '../rules/percent.ts';
import { listedReferences } from './listed-references.ts';
import { comparison, narrowed } from './narrowed.ts';

type Load = Context['load'];

export const Query: Pick<
  QueryResolvers,
  'drug' | 'drugCatalogue' | 'drugAvailability' | 'drugMatch' | 'procurementBatches'
> = {
  drug: (_, { id }, { load }, info) => load.drug.drug.load(id, info),
  drugCatalogue: (_, { regionCode, version, ...page }, { load }, info) =>
    load.drug.drugsOfCatalogue(regionCode).load(narrowed(page, { catalogueVersion: comparison('eq', version) }), info),
  drugAvailability: (_, { allianceId, drugId }, { load }, info) =>
    load.drug.stocksInAlliance(allianceId).load(drugId, info),
  drugMatch: (_, { cityInstitutionId, countyInstitutionId }, { load }) =>
    load.drug.match(cityInstitutionId, countyInstitutionId),
  procurementBatches: (_, page, { load }, info) => load.drug.procurementBatches.load(page, info),
};

export const Mutation: Pick<
  MutationResolvers,
  | 'upsertDrugCatalogueItem'
  | 'recordProcurementBatch'
  | 'setDrugStock'
  | 'issuePrescription'
  | 'dispensePrescription'
  | 'giveMedicationAdvice'
> = {
  upsertDrugCatalogueItem: (_, { input }, { write }) => write.drug.upsertDrugCatalogueItem(input),
  recordProcurementBatch: (_, { input }, { write }) => write.drug.recordProcurementBatch(input),
  setDrugStock: (_, { input }, { write }) => write.drug.setDrugStock(input),
  issuePrescription: (_, { input }, { write }) => write.prescription.issuePrescription(input),
  dispensePrescription: (_, { input }, { write }) => write.prescription.dispensePrescription(input),
  giveMedicationAdvice: (_, { input }, { write }) => write.prescription.giveMedicationAdvice(input),
};

export const DrugItemPayload = payload('drugItem', (load: Load) => load.drug.drug);
export const ProcurementBatchPayload = payload('procurementBatch', (load: Load) => load.drug.procurementBatch);
export const DrugStockPayload = payload('drugStock', (load: Load) => load.drug.drugStock);
export const PrescriptionPayload = payload('prescription', (load: Load) => load.drug.prescription);
export const MedicationAdvicePayload = payload('medicationAdvice', (load: Load) => load.drug.medicationAdviceById);

export const DrugItem: DrugItemResolvers = {
  __resolveReference: byReference({
    id: (load: Load) => load.drug.drug,
    nhsaDrugCode: (load: Load) => load.drug.drugByNhsaCode,
  }),
  ...columns(drugItems),
  stocks: children('id', (load: Load) => load.drug.stocksOfDrug),
};

export const DrugMatch: DrugMatchResolvers = {
  cityDrugs: derive(['cityDrugs'], ({ cityDrugs }) => cityDrugs),
  commonDrugs: derive(['commonDrugs'], ({ commonDrugs }) => commonDrugs),
  matchRate: derive(['cityDrugs', 'commonDrugs'], ({ cityDrugs, commonDrugs }) => percent(commonDrugs, cityDrugs)),
  missing: listedReferences('missingIds', (load: Load) => load.drug.drug),
};

export const DrugStock: DrugStockResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.drug.drugStock }),
  ...columns(drugStocks),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  drug: reference('drugId', (load: Load) => load.drug.drug),
};

export const ProcurementBatch: ProcurementBatchResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.drug.procurementBatch }),
  ...columns(procurementBatches),
  alliance: reference('allianceId', (load: Load) => load.alliance.alliance),
  region: reference('regionCode', (load: Load) => load.place.region, 'code'),
  drug: reference('drugId', (load: Load) => load.drug.drug),
};

export const Prescription: PrescriptionResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.drug.prescription }),
  ...columns(prescriptions),
  id: ownedId('rx'),
  resident: stub('Resident', 'residentId'),
  encounter: ownedReference('en', 'encounterNo', (load: Load) => load.encounter.encounter),
  prescriber: stub('Practitioner', 'prescriberId'),
  dispensedBy: stub('Practitioner', 'dispensedById'),
  history: ownedList('rx', (load: Load) => load.history('Prescription')),
};

export const PrescriptionLine: PrescriptionLineResolvers = {
  drug: reference('drugId', (load: Load) => load.drug.drug),
  dose: derive(['dose'], ({ dose }) => dose),
  frequency: coded('VS-66', 'frequency'),
  days: derive(['days'], ({ days }) => days),
  quantity: derive(['quantity'], ({ quantity }) => quantity),
  unit: derive(['unit'], ({ unit }) => unit ?? null),
  price: derive(['price'], ({ price }) => price),
};

export const MedicationAdvice: MedicationAdviceResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.drug.medicationAdviceById }),
  ...columns(medicationAdvice),
  id: ownedId('ma'),
  resident: stub('Resident', 'residentId'),
  by: stub('Practitioner', 'byId'),
};
