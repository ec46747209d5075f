import { createTableBatch, type KeyRing, type SqlSession, type TableBatch, type TableProgress } from '@hutong/kit';
import type { PlaceKey, Region, ResidentFact, ResidentHistory } from '@hutong/synthetic';
import { feeOfPackage } from './rules/settlement-price.ts';
import { alertRows, providerAlertRows } from './seed/alert-rows.ts';
import { benefitUseRows, referralEffectRows } from './seed/contract-rows.ts';
import { createDrgLedger, type DrgLedger } from './seed/drg-rows.ts';
import { createFundLedger, type FundLedger } from './seed/fund-ledger.ts';
import {
  dipGroupRows,
  drgGroupRows,
  drgPolicyRows,
  drugPaymentRows,
  packageBenefitRows,
  packagePriceRow,
  planRow,
  priceItemRow,
  ruleRows,
} from './seed/policy-rows.ts';
import { createPlans, type Plans } from './seed/plans.ts';
import {
  contractProjectionRows,
  institutionProjectionRow,
  memberProjectionRows,
  referralProjectionRows,
} from './seed/projection-rows.ts';
import { physicianRows, providerRow } from './seed/provider-rows.ts';
import { type PlaceProviders, readProviders } from './seed/providers.ts';
import {
  accumulatorRow,
  chronicRow,
  claimRow,
  coverageRow,
  filingRow,
  type ResidentSetting,
  twoDiseaseRow,
} from './seed/resident-rows.ts';
import { settleHistory } from './seed/settle-history.ts';
import { fillStatistics } from './seed/statistics.ts';
import { readSubjects, type SnapshotSubjects } from './seed/subjects.ts';
import * as claim from './tables/claim.ts';
import * as coverage from './tables/coverage.ts';
import { fundAlerts } from './tables/fund.ts';
import * as payment from './tables/payment.ts';
import * as policy from './tables/policy.ts';
import * as projection from './tables/projection.ts';

/** What fills the tables: the demo region, and the keys for encrypted columns. */
export interface RegionSeed {
  readonly region: Region;
  readonly keys: KeyRing;
}

/** Fills this subgraph's empty tables from the demo region; run it in one transaction. */
export async function* seed(sql: SqlSession, { region, keys }: RegionSeed): AsyncGenerator<TableProgress> {
  const batch = createTableBatch(sql, tables, keys);
  addCatalogues(batch, region);
  const plans = createPlans(region.catalogues);
  const drg = createDrgLedger(region.catalogues);
  const subjects: SnapshotSubjects[] = [];
  for (const { key } of region.places) {
    const providers = readProviders(region, key);
    const ledger = placeLedger(region, key, providers);
    const work: ResidentWork = {
      batch,
      region,
      plans,
      drg,
      ledger,
      providers,
      setting: setting(region, keys, providers, plans),
    };
    for (const fact of region.institutions(key)) {
      batch.add(payment.designatedProviders, providerRow(fact, region.asOf));
      batch.add(projection.institutionProjections, institutionProjectionRow(fact));
      batch.add(fundAlerts, ...providerAlertRows(fact, region.asOf));
    }
    for (const fact of region.practitioners(key)) batch.add(payment.insurancePhysicians, ...physicianRows(fact));
    for (const resident of region.residents(key)) {
      addResident(work, resident, region.history(resident));
      yield* batch.flushWhenLarge();
    }
    for (const fact of region.alliances(key)) batch.add(projection.memberProjections, ...memberProjectionRows(fact));
    batch.add(payment.capitationPlans, ...ledger.capitationPlans());
    batch.add(policy.packageEconomics, ...ledger.packageEconomics());
    batch.add(payment.allianceBudgets, ...ledger.allianceBudgets());
    subjects.push(readSubjects(region, key));
  }
  yield* batch.flush();
  yield* fillStatistics(sql, { subjects, demoted: drg.demoted(), options: region.options, years: region.years });
}

const tables = {
  benefitPlans: policy.benefitPlans,
  benefitRules: policy.benefitRules,
  priceItems: policy.priceItems,
  packagePrices: policy.packagePrices,
  packageBenefits: policy.packageBenefits,
  drugPayments: policy.drugPayments,
  drgGroups: payment.drgGroups,
  drgPolicies: payment.drgPolicies,
  dipGroups: payment.dipGroups,
  designatedProviders: payment.designatedProviders,
  insurancePhysicians: payment.insurancePhysicians,
  coverages: coverage.coverages,
  accumulators: coverage.accumulators,
  twoDiseaseRegistrations: coverage.twoDiseaseRegistrations,
  chronicOutpatientRegistrations: coverage.chronicOutpatientRegistrations,
  outOfAreaFilings: coverage.outOfAreaFilings,
  claims: claim.claims,
  drgCases: payment.drgCases,
  referralEffects: claim.referralEffects,
  benefitUses: claim.benefitUses,
  fundAlerts,
  capitationPlans: payment.capitationPlans,
  packageEconomics: policy.packageEconomics,
  allianceBudgets: payment.allianceBudgets,
  institutionProjections: projection.institutionProjections,
  memberProjections: projection.memberProjections,
  contractProjections: projection.contractProjections,
  referralProjections: projection.referralProjections,
};

function addCatalogues(batch: TableBatch, { catalogues, years, asOf }: Region): void {
  for (const fact of catalogues.benefitPlans) {
    batch.add(policy.benefitPlans, planRow(fact));
    batch.add(policy.benefitRules, ...ruleRows(fact, asOf));
  }
  for (const fact of catalogues.priceItems) batch.add(policy.priceItems, priceItemRow(fact));
  for (const fact of catalogues.servicePackages) {
    batch.add(policy.packagePrices, packagePriceRow(fact));
    batch.add(policy.packageBenefits, ...packageBenefitRows(fact));
  }
  batch.add(policy.drugPayments, ...drugPaymentRows(catalogues));
  batch.add(payment.drgGroups, ...drgGroupRows(catalogues));
  batch.add(payment.drgPolicies, ...drgPolicyRows(catalogues, years));
  batch.add(payment.dipGroups, ...dipGroupRows);
}

function setting(region: Region, keys: KeyRing, providers: PlaceProviders, plans: Plans): ResidentSetting {
  return { asOf: region.asOf, keyedHash: keys.keyedHash, provider: providers.get, planKey: plans.key };
}

function placeLedger(region: Region, place: PlaceKey, providers: PlaceProviders): FundLedger {
  const fees = new Map(region.catalogues.servicePackages.map((fact) => [fact.code, feeOfPackage(fact)]));
  return createFundLedger({
    year: Number(region.asOf.slice(0, 4)),
    alliances: [...region.alliances(place)],
    providerCode: (id) => providers.get(id)?.code,
    packageFee: (code) => fees.get(code) ?? '0',
  });
}

/** What turning a resident into rows needs. */
interface ResidentWork {
  readonly batch: TableBatch;
  readonly region: Region;
  readonly plans: Plans;
  readonly drg: DrgLedger;
  readonly ledger: FundLedger;
  readonly providers: PlaceProviders;
  readonly setting: ResidentSetting;
}

function addResident(work: ResidentWork, resident: ResidentFact, history: ResidentHistory): void {
  const { batch, region, plans, drg, ledger, providers, setting: rows } = work;
  const { id } = resident;
  const settled = settleHistory(id, history, plans.find);
  const cover = history.coverages.at(-1);
  const year = Number(region.asOf.slice(0, 4));
  const plan = cover === undefined ? undefined : plans.find(cover.scheme, cover.pooledRegionCode, year);
  for (const fact of history.coverages) {
    const balance = fact === cover ? settled.accountBalance : null;
    batch.add(coverage.coverages, coverageRow(resident, fact, balance, rows));
  }
  for (const [one, totals] of settled.accumulators) {
    batch.add(coverage.accumulators, accumulatorRow(id, one, totals, region.asOf));
  }
  for (const one of settled.claims) {
    batch.add(claim.claims, claimRow(resident, one, rows));
    if (one.fact.kind === 'INPATIENT') batch.add(payment.drgCases, drg.add(id, one));
  }
  batch.add(coverage.twoDiseaseRegistrations, ...history.twoDisease.map((fact) => twoDiseaseRow(id, fact, rows)));
  batch.add(coverage.chronicOutpatientRegistrations, ...history.chronicOutpatient.map((fact) => chronicRow(id, fact)));
  batch.add(coverage.outOfAreaFilings, ...history.outOfArea.map((fact) => filingRow(id, fact, rows)));
  batch.add(claim.referralEffects, ...referralEffectRows(id, history.referrals, settled, plan, providers.level));
  batch.add(claim.benefitUses, ...benefitUseRows(id, history.contracts, settled, region.catalogues));
  batch.add(projection.contractProjections, ...contractProjectionRows(id, history.contracts));
  batch.add(projection.referralProjections, ...referralProjectionRows(id, history.referrals));
  batch.add(fundAlerts, ...alertRows(id, settled, region.asOf));
  ledger.add(resident, history.contracts, settled, cover !== undefined);
}
