import type { BenefitPlanFact, BenefitRuleFact, MedicalKind, Scheme } from '../facts/insurance.ts';
import type { CareLevel } from '../facts/places.ts';

const LEVELS: readonly CareLevel[] = ['V', 'T', 'C', 'M', 'O'];

/** The columns V, T, C, M, O of one line of domain.md 3.1.2; null where the plan has no rule. */
type Row = readonly [string | null, string | null, string | null, string | null, string | null];

interface PlanTable {
  readonly inpatientDeductible: Row;
  readonly inpatientRatio: Row;
  readonly penalty: Row;
  readonly repeat: Row;
  readonly outpatientRatio: Row;
  readonly outpatientRatioWithReferral: Row;
  readonly twoDiseaseRatio: Row;
}

const RESIDENT_TABLE: PlanTable = {
  inpatientDeductible: [null, '200', '500', '1000', '1500'],
  inpatientRatio: [null, '0.90', '0.80', '0.65', '0.55'],
  penalty: [null, '0', '0', '0.10', '0.15'],
  repeat: [null, '0.5', '0.5', '0.5', '1'],
  outpatientRatio: ['0.60', '0.60', '0.30', '0', '0'],
  outpatientRatioWithReferral: [null, null, '0.40', null, null],
  twoDiseaseRatio: ['0.65', '0.65', '0.55', '0', '0'],
};

const EMPLOYEE_TABLE: PlanTable = {
  ...RESIDENT_TABLE,
  inpatientDeductible: [null, '300', '600', '900', '1200'],
  inpatientRatio: [null, '0.92', '0.88', '0.84', '0.74'],
  outpatientRatio: ['0.70', '0.70', '0.60', '0.50', '0'],
  outpatientRatioWithReferral: [null, null, null, null, null],
  twoDiseaseRatio: [null, null, null, null, null],
};

const CATASTROPHIC: BenefitPlanFact['catastrophic'] = {
  start: '15000',
  startAssisted: '7500',
  band: '100000',
  ratio: '0.60',
  ratioBeyond: '0.70',
  assistedPlus: '0.05',
};

/** The default benefit plans of one pooled region and year (domain.md 3.1.2). */
export function benefitPlansOf(regionCode: string, year: number): BenefitPlanFact[] {
  return [residentPlan(regionCode, year), employeePlan(regionCode, year)];
}

function residentPlan(regionCode: string, year: number): BenefitPlanFact {
  return {
    ...identity('RESIDENT', '390', '城乡居民基本医疗保险待遇', regionCode, year),
    rules: rulesOf(RESIDENT_TABLE),
    caps: {
      inpatient: '200000',
      outpatient: '400',
      outpatientRetired: null,
      contractIncrease: '300',
      twoDiseaseHtn: '400',
      twoDiseaseDm: '600',
      twoDiseaseDmInsulin: '900',
    },
    retired: null,
    outpatientYearlyDeductible: '0',
  };
}

function employeePlan(regionCode: string, year: number): BenefitPlanFact {
  return {
    ...identity('EMPLOYEE', '310', '城镇职工基本医疗保险待遇', regionCode, year),
    rules: rulesOf(EMPLOYEE_TABLE),
    caps: {
      inpatient: '400000',
      outpatient: '4000',
      outpatientRetired: '5000',
      contractIncrease: '300',
      twoDiseaseHtn: null,
      twoDiseaseDm: null,
      twoDiseaseDmInsulin: null,
    },
    retired: { inpatientPlus: '0.03', inpatientMax: '0.97', outpatientPlus: '0.05' },
    outpatientYearlyDeductible: '300',
  };
}

function identity(scheme: Scheme, insurance: string, name: string, regionCode: string, year: number) {
  return {
    code: `${insurance}-${regionCode}`,
    year,
    scheme,
    regionCode,
    nameZh: `${name}（${year}）`,
    catastrophic: CATASTROPHIC,
    assistanceRatio: '0.70',
  };
}

function rulesOf(table: PlanTable): BenefitRuleFact[] {
  return LEVELS.flatMap((level, column) => [
    ...inpatientRule(table, level, column),
    ...simpleRule('OUTPATIENT', table.outpatientRatio, level, column, table.outpatientRatioWithReferral),
    ...simpleRule('TWO_DISEASE', table.twoDiseaseRatio, level, column),
  ]);
}

function inpatientRule(table: PlanTable, level: CareLevel, column: number): BenefitRuleFact[] {
  const deductible = table.inpatientDeductible[column];
  const ratio = table.inpatientRatio[column];
  if (deductible === null || deductible === undefined || ratio === null || ratio === undefined) return [];
  return [
    {
      medicalCategory: 'INPATIENT',
      level,
      deductible,
      ratio,
      ratioWithReferral: null,
      noReferralPenalty: table.penalty[column] ?? '0',
      repeatFactor: table.repeat[column] ?? '1',
    },
  ];
}

function simpleRule(
  medicalCategory: MedicalKind,
  ratios: Row,
  level: CareLevel,
  column: number,
  withReferral?: Row,
): BenefitRuleFact[] {
  const ratio = ratios[column];
  if (ratio === null || ratio === undefined) return [];
  return [
    {
      medicalCategory,
      level,
      deductible: '0',
      ratio,
      ratioWithReferral: withReferral?.[column] ?? null,
      noReferralPenalty: '0',
      repeatFactor: '1',
    },
  ];
}
