import { Decimal } from 'decimal.js';
import { stableFraction, stableId, stableInteger } from '@hutong/kit';
import type { AllianceFact, Division, DrugFact, InstitutionFact, Place } from '@hutong/synthetic';
import type { CatalogueLevel, InvestmentPurpose, InvestmentSource } from '../schema-types.ts';
import type { diseaseCatalogueItems } from '../tables/capability.ts';
import type { drugCatalogue, drugItems, drugStocks, procurementBatches } from '../tables/drug.ts';
import type {
  institutionLifecycleEvents,
  investmentProjects,
  layoutPlanItems,
  layoutPlans,
  outreachPoints,
} from '../tables/planning.ts';

/** First and last ICD-10 code, level that treats it, limit of severity, whether it must be treated there. */
const diseases: readonly (readonly [string, string, CatalogueLevel, string | null, boolean])[] = [
  ['A09', 'A09', 'TOWNSHIP', '无重度脱水', true],
  ['J00', 'J06', 'VILLAGE', '无并发症', true],
  ['J18', 'J18', 'TOWNSHIP', '非重症', true],
  ['J20', 'J22', 'TOWNSHIP', null, true],
  ['J44', 'J44', 'TOWNSHIP', '稳定期', true],
  ['I10', 'I15', 'VILLAGE', '无并发症', true],
  ['E11', 'E11', 'VILLAGE', '血糖平稳', true],
  ['I20', 'I25', 'COUNTY', null, true],
  ['I60', 'I64', 'COUNTY', null, true],
  ['I69', 'I69', 'TOWNSHIP', '康复期', true],
  ['K29', 'K29', 'TOWNSHIP', null, true],
  ['K35', 'K35', 'COUNTY', null, true],
  ['M47', 'M54', 'TOWNSHIP', null, false],
  ['N39', 'N39', 'TOWNSHIP', null, true],
  ['O80', 'O80', 'COUNTY', null, true],
  ['O82', 'O82', 'COUNTY', null, true],
  ['S52', 'S52', 'COUNTY', '闭合性骨折', false],
  ['Z50', 'Z50', 'TOWNSHIP', null, true],
];

const catalogueVersion = '2024';

/** A drug as a row. */
export function drugRow(fact: DrugFact, asOf: string): typeof drugItems.$inferInsert {
  return {
    id: fact.id,
    nhsaDrugCode: fact.nhsaDrugCode,
    genericName: fact.genericName,
    strength: fact.strength,
    dosageForm: fact.dosageForm,
    pack: fact.pack,
    essential: fact.essential,
    contractFlexible: fact.contractFlexible,
    catalogueVersion: fact.catalogueVersion,
    updatedAt: asOf,
  };
}

/** Which divisions of a place list which drugs: essential ones everywhere, the others in most counties. */
export function drugCatalogueRows(place: Place, drugs: readonly DrugFact[]): (typeof drugCatalogue.$inferInsert)[] {
  const divisions = [...new Set([place.regionCode, ...place.counties])];
  return divisions.flatMap((regionCode) =>
    drugs
      .filter((drug) => drug.essential || stableFraction('catalogue', regionCode, drug.id) < 0.85)
      .map((drug) => ({ regionCode, drugId: drug.id })),
  );
}

/** A dozen drugs in stock at an institution of township level or above. */
export function drugStockRows(
  institution: InstitutionFact,
  drugs: readonly DrugFact[],
  asOf: string,
): (typeof drugStocks.$inferInsert)[] {
  if (institution.tier === 'VILLAGE' || institution.departments.length === 0) return [];
  return drugs
    .map((drug) => ({ drug, order: stableFraction(institution.id, drug.id) }))
    .toSorted((a, b) => a.order - b.order)
    .slice(0, 12)
    .map(({ drug }) => ({
      id: stableId('ds', institution.id, drug.id),
      institutionId: institution.id,
      drugId: drug.id,
      quantity: String(stableInteger(20, 2_000, 'stock', institution.id, drug.id)),
      unit: '盒',
      expiresOn: `2026-${String(stableInteger(1, 12, 'expiry', institution.id, drug.id)).padStart(2, '0')}-28`,
      sharedPharmacy: stableFraction('pharmacy', institution.id) < 0.4,
      updatedAt: asOf,
    }));
}

/** What a community buys together: six drugs at less than half of the old price. */
export function procurementRows(
  alliance: AllianceFact,
  drugs: readonly DrugFact[],
): (typeof procurementBatches.$inferInsert)[] {
  if (alliance.kind !== 'COUNTY_COMMUNITY') return [];
  return drugs.slice(0, 6).map((drug) => ({
    id: stableId('pb', alliance.id, drug.id),
    allianceId: alliance.id,
    regionCode: alliance.regionCode,
    drugId: drug.id,
    volume: stableInteger(2_000, 60_000, 'volume', alliance.id, drug.id),
    oldPrice: new Decimal(drug.price).times(2 + stableFraction('old price', drug.id)).toFixed(2),
    newPrice: drug.price,
    validFrom: '2024-01-01',
    validTo: '2025-12-31',
  }));
}

/** The catalogue of diseases of a community or of a county hospital with its townships 县乡两级疾病诊疗目录. */
export function diseaseCatalogueRows(
  alliance: AllianceFact,
  asOf: string,
): (typeof diseaseCatalogueItems.$inferInsert)[] {
  if (alliance.kind !== 'COUNTY_COMMUNITY' && alliance.kind !== 'COUNTY_TOWNSHIP') return [];
  return diseases.map(([icd10From, icd10To, level, severityLimit, mandatory]) => ({
    id: stableId('di', alliance.id, level, icd10From),
    allianceId: alliance.id,
    level,
    icd10From,
    icd10To,
    severityLimit,
    mandatory,
    version: catalogueVersion,
    updatedAt: asOf,
  }));
}

/** How an institution was admitted. */
export function admissionRow(institution: InstitutionFact): typeof institutionLifecycleEvents.$inferInsert {
  return {
    id: stableId('le', institution.id),
    institutionId: institution.id,
    event: 'ADMISSION',
    at: `${institution.establishedOn}T09:00:00+08:00`,
    basis: '医疗机构管理条例',
    decisionNo: `卫医准字〔${institution.establishedOn.slice(0, 4)}〕${stableInteger(1, 900, 'decision', institution.id)}号`,
  };
}

/** An approved plan for a county: what there is, and one more of what is short. */
export function layoutPlanRows(
  countyCode: string,
  institutions: readonly InstitutionFact[],
  asOf: string,
): { plan: typeof layoutPlans.$inferInsert; items: (typeof layoutPlanItems.$inferInsert)[] } {
  const id = stableId('lp', countyCode);
  const counts = new Map<string, { fact: InstitutionFact; count: number }>();
  for (const fact of institutions) {
    const key = `${fact.class}/${fact.level}`;
    counts.set(key, { fact, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return {
    plan: {
      id,
      regionCode: countyCode,
      validFrom: '2021-01-01',
      validTo: '2025-12-31',
      status: 'APPROVED',
      updatedAt: asOf,
    },
    items: [...counts.values()].map(({ fact, count }) => ({
      id: stableId('li', id, fact.class, fact.level),
      planId: id,
      class: fact.class,
      level: fact.level,
      regionCode: countyCode,
      planned: count + (stableFraction('planned', id, fact.class) < 0.3 ? 1 : 0),
      standard: fact.tier === 'VILLAGE' ? '每村1所' : fact.tier === 'TOWNSHIP' ? '每乡镇1所' : '每县1–2所',
    })),
  };
}

/** Service points in a third of the villages of a township that no clinic serves. */
export function outreachRows(
  villages: readonly Division[],
  servedVillages: ReadonlySet<string>,
  townshipHospitals: ReadonlyMap<string, string>,
): (typeof outreachPoints.$inferInsert)[] {
  return villages.flatMap((village) => {
    const providedById = townshipHospitals.get(village.code.slice(0, 9));
    const wanted = !servedVillages.has(village.code) && stableFraction('outreach', village.code) < 1 / 3;
    if (!wanted || providedById === undefined) return [];
    const weekday = stableInteger(1, 5, 'weekday', village.code);
    const services = ['测血压血糖', '健康咨询', '送药上门'];
    return [{ id: stableId('op', village.code), villageCode: village.code, providedById, weekday, services }];
  });
}

/** Three investments of a county. */
export function investmentRows(countyCode: string, asOf: string): (typeof investmentProjects.$inferInsert)[] {
  const projects: readonly (readonly [InvestmentSource, 'GRANT' | 'CO_BUILD' | 'FINANCE_LEASE', InvestmentPurpose])[] =
    [
      ['FISCAL', 'GRANT', 'EQUIPMENT'],
      ['FISCAL', 'GRANT', 'TRAINING'],
      ['SOCIAL_CAPITAL', 'CO_BUILD', 'IT'],
    ];
  return projects.map(([source, mode, purpose]) => {
    const amount = stableInteger(20, 900, 'amount', countyCode, purpose) * 10_000;
    const paid = Math.round(amount * stableFraction('paid', countyCode, purpose));
    return {
      id: stableId('ip', countyCode, purpose),
      regionCode: countyCode,
      source,
      mode,
      purpose,
      amount: `${amount}.00`,
      paid: `${paid}.00`,
      updatedAt: asOf,
    };
  });
}
