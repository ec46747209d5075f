import { createTableBatch, type SqlSession, type TableBatch, type TableProgress } from '@hutong/kit';
import type {
  CapabilityAssessmentFact,
  Division,
  InstitutionFact,
  Region,
  SpecialtyCentreFact,
} from '@hutong/synthetic';
import { capabilityAssessments, capabilityItems, emergencyNodes } from '../tables/capability.ts';
import { drugCatalogue, drugItems, drugStocks } from '../tables/drug.ts';
import { equipment } from '../tables/equipment.ts';
import { bedStats, departments, institutions, regions } from '../tables/place.ts';
import {
  institutionLifecycleEvents,
  investmentProjects,
  layoutPlanItems,
  layoutPlans,
  outreachPoints,
  systemConnections,
} from '../tables/planning.ts';
import { recognitionItems } from '../tables/report.ts';
import {
  admissionRow,
  drugCatalogueRows,
  drugRow,
  drugStockRows,
  investmentRows,
  layoutPlanRows,
  outreachRows,
} from './demo-rows.ts';
import {
  bedRows,
  createDepartmentIds,
  type DepartmentIds,
  departmentRows,
  equipmentRow,
  institutionRow,
  regionRow,
} from './place-rows.ts';

/** What later steps need to know of the places. */
export interface SeededPlaces {
  readonly departmentId: DepartmentIds;
  /** Six digits of division of an institution, for its referral forms. */
  readonly divisionOf: ReadonlyMap<string, string>;
  readonly specialtyCentres: readonly SpecialtyCentreFact[];
  /** Institutions of primary care 基层医疗卫生机构. */
  readonly primaryCare: ReadonlySet<string>;
}

/** Divisions, institutions with all that hangs on them, drugs and the plans of the counties. */
export async function* seedPlaces(sql: SqlSession, region: Region): AsyncGenerator<TableProgress, SeededPlaces> {
  const batch = createTableBatch(sql, {
    regions,
    recognition_items: recognitionItems,
    drug_items: drugItems,
    drug_catalogue: drugCatalogue,
    institutions,
    departments,
    bed_stats: bedStats,
    equipment,
    system_connections: systemConnections,
    capability_items: capabilityItems,
    capability_assessments: capabilityAssessments,
    emergency_nodes: emergencyNodes,
    drug_stocks: drugStocks,
    institution_lifecycle_events: institutionLifecycleEvents,
    layout_plans: layoutPlans,
    layout_plan_items: layoutPlanItems,
    investment_projects: investmentProjects,
    outreach_points: outreachPoints,
  });
  const villages = addCatalogues(batch, region);
  yield* batch.flush();
  const departmentId = createDepartmentIds();
  const divisionOf = new Map<string, string>();
  const specialtyCentres: SpecialtyCentreFact[] = [];
  const primaryCare = new Set<string>();
  const counties = new Map<string, InstitutionFact[]>();
  for (const place of region.places) {
    for (const fact of region.institutions(place.key)) {
      addInstitution(batch, fact, departmentId, region);
      divisionOf.set(fact.id, fact.providerCode.slice(1, 7));
      specialtyCentres.push(...fact.specialtyCentres);
      if (/^[BCD]/.test(fact.class)) primaryCare.add(fact.id);
      if (fact.countyCode !== null) counties.set(fact.countyCode, [...(counties.get(fact.countyCode) ?? []), fact]);
      yield* batch.flushWhenLarge();
    }
  }
  yield* batch.flush();
  addCountyPlans(batch, counties, region.asOf);
  addOutreach(batch, villages, [...counties.values()].flat());
  yield* batch.flush();
  return { departmentId, divisionOf, specialtyCentres, primaryCare };
}

/** Divisions, each once, and the catalogues; gives the villages. */
function addCatalogues(batch: TableBatch, region: Region): readonly Division[] {
  const known = new Set<string>();
  const villages: Division[] = [];
  for (const place of region.places) {
    for (const division of region.divisions(place.key)) {
      if (known.has(division.code)) continue;
      known.add(division.code);
      if (division.level === 'VILLAGE') villages.push(division);
      batch.add(regions, regionRow(division, region.asOf));
    }
  }
  const { drugs, recognitionItems: items } = region.catalogues;
  batch.add(
    recognitionItems,
    ...items.map(({ code, name, nameEn, category, validityDays }) => {
      const requiredGrade = 'CITY' as const;
      return { code, name, nameEn, category, validityDays, requiredGrade };
    }),
  );
  batch.add(drugItems, ...drugs.map((drug) => drugRow(drug, region.asOf)));
  for (const place of region.places) batch.add(drugCatalogue, ...drugCatalogueRows(place, drugs));
  return villages;
}

function addInstitution(
  batch: TableBatch,
  fact: InstitutionFact,
  ids: DepartmentIds,
  { asOf, catalogues }: Region,
): void {
  batch.add(institutions, institutionRow(fact, asOf));
  batch.add(departments, ...departmentRows(fact, ids));
  batch.add(bedStats, ...bedRows(fact, asOf));
  batch.add(equipment, ...fact.equipment.map((unit) => equipmentRow(unit, asOf)));
  batch.add(systemConnections, ...fact.systems.map((system) => ({ ...system, updatedAt: asOf })));
  batch.add(capabilityItems, ...fact.capabilityItems.map((item) => ({ ...item, updatedAt: asOf })));
  batch.add(capabilityAssessments, ...fact.assessments.map((assessment) => assessmentRow(fact, assessment)));
  batch.add(drugStocks, ...drugStockRows(fact, catalogues.drugs, asOf));
  batch.add(institutionLifecycleEvents, admissionRow(fact));
  if (fact.emergencyNode !== null) {
    const { coverageRegionCodes, ...node } = fact.emergencyNode;
    const { regionCode } = fact;
    batch.add(emergencyNodes, { ...node, regionCode, coverageCodes: [...coverageRegionCodes], updatedAt: asOf });
  }
}

/** An assessment; a model clinic 示范村卫生室 is one that reached the recommended standard, no other did. */
function assessmentRow(
  { modelClinic }: InstitutionFact,
  assessment: CapabilityAssessmentFact,
): typeof capabilityAssessments.$inferInsert {
  if (assessment.kind !== 'MODEL_VILLAGE_CLINIC') return assessment;
  if (modelClinic) return { ...assessment, result: 'RECOMMENDED' };
  return assessment.result === 'RECOMMENDED' ? { ...assessment, result: 'BASIC' } : assessment;
}

function addCountyPlans(
  batch: TableBatch,
  counties: ReadonlyMap<string, readonly InstitutionFact[]>,
  asOf: string,
): void {
  for (const [county, facts] of counties) {
    const { plan, items } = layoutPlanRows(county, facts, asOf);
    batch.add(layoutPlans, plan);
    batch.add(layoutPlanItems, ...items);
    batch.add(investmentProjects, ...investmentRows(county, asOf));
  }
}

function addOutreach(batch: TableBatch, villages: readonly Division[], facts: readonly InstitutionFact[]): void {
  const served = new Set(facts.flatMap((fact) => [...fact.serves, fact.regionCode]));
  const hospitals = new Map(
    facts.filter(({ tier }) => tier === 'TOWNSHIP').map(({ regionCode, id }) => [regionCode.slice(0, 9), id]),
  );
  batch.add(outreachPoints, ...outreachRows(villages, served, hospitals));
}
