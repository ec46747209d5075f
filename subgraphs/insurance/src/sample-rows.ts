import { createKeyRing, type Database, generateDataKeys, parseDataKeys, sealed } from '@hutong/kit';
import { EMPTY_ACCUMULATORS } from './rules/accumulators.ts';
import { benefitUses, claims, type ClaimRow, referralEffects } from './tables/claim.ts';
import type { SettlementBasis } from './tables/settlement-basis.ts';
import {
  accumulators,
  chronicOutpatientRegistrations,
  coverages,
  insuredCounts,
  outOfAreaFilings,
  twoDiseaseRegistrations,
} from './tables/coverage.ts';
import { fundAlerts, fundStatements } from './tables/fund.ts';
import { indicatorSnapshots } from './tables/indicator.ts';
import { paymentOrders, paymentReconciliations } from './tables/online-payment.ts';
import {
  allianceBudgets,
  capitationPlans,
  capitationPrepayments,
  designatedProviders,
  dipGroups,
  drgCases,
  drgGroups,
  drgMonths,
  insurancePhysicians,
} from './tables/payment.ts';
import {
  benefitPlans,
  benefitRules,
  drugPayments,
  packageBenefits,
  packageEconomics,
  packagePrices,
  priceItems,
} from './tables/policy.ts';

type Db = Database['db'];

/** Keys of the sample's encrypted columns. */
export const sampleKeys = createKeyRing(parseDataKeys(generateDataKeys()));

const updatedAt = '2024-12-31T08:00:00+08:00';

/** Wang, insured as a resident with a claim of each kind; Li, a retired employee without claims. */
export const wang = 'rs_0000000000WA';
export const li = 'rs_00000000000X';

/** A few rows of everything. */
export async function insertSampleRows(db: Db): Promise<void> {
  await insertPolicy(db);
  await insertPeople(db);
  await insertClaims(db);
  await insertPayment(db);
  await insertOnlinePayment(db);
  await insertFund(db);
}

async function insertPolicy(db: Db): Promise<void> {
  const catastrophic = {
    start: '15000',
    startAssisted: '7500',
    band: '100000',
    ratio: '0.60',
    ratioBeyond: '0.70',
    assistedPlus: '0.05',
  };
  const plan = { year: 2024, regionCode: '3203', catastrophic, assistanceRatio: '0.70' };
  const noTwoDisease = { twoDiseaseHtn: null, twoDiseaseDm: null, twoDiseaseDmInsulin: null };
  await db.insert(benefitPlans).values([
    {
      ...plan,
      key: '390-3203/2024',
      code: '390-3203',
      name: '城乡居民基本医疗保险待遇',
      scheme: 'RESIDENT',
      caps: {
        inpatient: '200000',
        outpatient: '400',
        outpatientRetired: null,
        contractIncrease: '300',
        twoDiseaseHtn: '400',
        twoDiseaseDm: '600',
        twoDiseaseDmInsulin: '900',
      },
      outpatientYearlyDeductible: '0',
    },
    {
      ...plan,
      key: '310-3203/2024',
      code: '310-3203',
      name: '城镇职工基本医疗保险待遇',
      scheme: 'EMPLOYEE',
      caps: {
        inpatient: '400000',
        outpatient: '4000',
        outpatientRetired: '5000',
        contractIncrease: '300',
        ...noTwoDisease,
      },
      retired: { inpatientPlus: '0.03', inpatientMax: '0.97', outpatientPlus: '0.05' },
      outpatientYearlyDeductible: '300',
    },
  ]);
  await db.insert(benefitRules).values([
    {
      id: 'br_INT',
      planKey: '390-3203/2024',
      medicalCategory: 'INPATIENT',
      level: 'C',
      deductible: '500',
      ratio: '0.80',
      annualCap: '200000',
      noReferralPenalty: '0',
      repeatFactor: '0.5',
      updatedAt,
    },
    {
      id: 'br_OUT',
      planKey: '390-3203/2024',
      medicalCategory: 'OUTPATIENT',
      level: 'C',
      deductible: '0',
      ratio: '0.30',
      ratioWithContract: '0.40',
      annualCap: '400',
      noReferralPenalty: '0',
      repeatFactor: '1',
      updatedAt,
    },
  ]);
  await db.insert(priceItems).values([
    {
      code: '110200001',
      name: '普通门诊诊察费',
      unit: '次',
      kind: 'SERVICE',
      chargeClass: 'A',
      selfPayRatio: '0',
      approvedPrice: [
        { level: 'T', price: '8.00' },
        { level: 'C', price: '15.00' },
      ],
      approvedBy: 'NHSA',
      validFrom: '2024-01-01',
    },
    {
      code: '210300001',
      name: 'CT平扫',
      unit: '部位',
      kind: 'SERVICE',
      chargeClass: 'B',
      selfPayRatio: '0.10',
      approvedPrice: [{ level: 'C', price: '180.00' }],
      approvedBy: 'NHSA',
      validFrom: '2023-07-01',
    },
  ]);
  await db.insert(packagePrices).values({ code: 'CHRONIC_STROKE_REHAB', price: '120.00' });
  await db.insert(packageBenefits).values([
    {
      packageCode: 'CHRONIC_STROKE_REHAB',
      no: 1,
      kind: 'CAP_INCREASE',
      value: '300',
      payer: 'FUND',
      condition: '签约生效',
    },
    {
      packageCode: 'CHRONIC_STROKE_REHAB',
      no: 2,
      kind: 'EXTRA_REIMBURSE',
      value: '0.10',
      payer: 'TOWNSHIP_HOSPITAL',
      condition: '脑卒中康复',
    },
  ]);
  await db.insert(packageEconomics).values({
    providerCode: 'H32032200104',
    packageCode: 'CHRONIC_STROKE_REHAB',
    year: 2024,
    institutionId: 'in_TOWN',
    revenue: '1200.00',
    cost: '1350.50',
  });
  await db.insert(drugPayments).values({
    nhsaDrugCode: 'XC08CAA001A001010100001',
    class: 'A',
    selfPayRatio: '0',
    priceCap: '1.2',
    twoDisease: true,
  });
}

async function insertPeople(db: Db): Promise<void> {
  const coverage = { pooledRegionCode: '3203', homeRegionCode: '320322104', status: 'VALID', updatedAt } as const;
  await db.insert(coverages).values([
    {
      ...coverage,
      residentId: wang,
      no: 1,
      psnNo: sealed(sampleKeys, '32032200000000000001'),
      psnNoHash: sampleKeys.keyedHash('32032200000000000001'),
      scheme: 'RESIDENT',
      personClass: '15',
      assistance: ['DIBAO'],
      validFrom: '2023-01-01',
      validTo: '2023-12-31',
      planKey: '390-3203/2024',
    },
    {
      ...coverage,
      residentId: wang,
      no: 2,
      psnNo: sealed(sampleKeys, '32032200000000000001'),
      psnNoHash: sampleKeys.keyedHash('32032200000000000001'),
      scheme: 'RESIDENT',
      personClass: '15',
      assistance: ['DIBAO'],
      validFrom: '2024-01-01',
      validTo: '2025-12-31',
      accountBalance: '0.00',
      planKey: '390-3203/2024',
    },
    {
      ...coverage,
      residentId: li,
      no: 1,
      scheme: 'EMPLOYEE',
      personClass: '12',
      assistance: [],
      validFrom: '2020-01-01',
      accountBalance: '812.40',
      planKey: '310-3203/2024',
    },
  ]);
  await db.insert(insuredCounts).values([
    { regionCode: '320322', year: 2024, scheme: 'RESIDENT', persons: 8200 },
    { regionCode: '320322', year: 2024, scheme: 'EMPLOYEE', persons: 1500 },
  ]);
  await db.insert(accumulators).values([
    {
      ...EMPTY_ACCUMULATORS,
      residentId: wang,
      no: 2023,
      eligibleOop: '1200.00',
      admissions: 1,
      inpatientFund: '8000.00',
      updatedAt,
    },
    {
      residentId: wang,
      no: 2024,
      inpatientFund: '4905.00',
      outpatientFund: '443.00',
      twoDiseaseFund: { htn: '400.00', dm: '0.00' },
      eligibleOop: '787.00',
      admissions: 1,
      outpatientDeductiblePaid: '0.00',
      deductiblePaidByEpisode: { re_0000000000WA_1: '500.00' },
      updatedAt,
    },
  ]);
  await db.insert(twoDiseaseRegistrations).values([
    {
      residentId: wang,
      no: 1,
      disease: 'HTN',
      registeredAtCode: 'H32032200104',
      validFrom: '2023-05-01',
      status: 'ACTIVE',
      updatedAt,
    },
    {
      residentId: wang,
      no: 2,
      disease: 'DM',
      registeredAtCode: 'H32032200104',
      validFrom: '2022-05-01',
      validTo: '2024-02-29',
      status: 'ENDED',
      updatedAt,
    },
  ]);
  await db.insert(chronicOutpatientRegistrations).values({
    residentId: wang,
    no: 1,
    diseaseCode: 'M03900',
    validFrom: '2023-06-01',
    validTo: '2025-05-31',
  });
  await db.insert(outOfAreaFilings).values({
    residentId: wang,
    no: 1,
    referralNo: 1,
    toProviderCode: 'H32010000001',
    from: '2023-03-01',
    to: '2023-08-31',
    status: 'ENDED',
  });
}

const nothing = { ...EMPTY_ACCUMULATORS, twoDiseaseFund: { htn: '0.00', dm: '0.00' } };

/** As if the claim had been settled by rule 3.1 with a contract in force. */
const basis: SettlementBasis = {
  planKey: '390-3203/2024',
  diagnoses: ['I10'],
  episode: null,
  facts: {
    contractActive: true,
    filing: false,
    retired: false,
    assistance: true,
    registrations: ['HTN'],
    strokeRehabPackage: false,
    accountToUse: '0',
  },
  before: { ...nothing, outpatientFund: '380.00' },
  added: { ...nothing, outpatientFund: '63.00', eligibleOop: '42.00' },
  aboveCap: '43.00',
};

function claim(change: Partial<ClaimRow>): typeof claims.$inferInsert {
  return {
    residentId: wang,
    no: 1,
    settlementNo: 'S1',
    encounterNo: 11,
    providerCode: 'H32032200104',
    medicalCategory: '11',
    category: 'OUTPATIENT',
    level: 'T',
    insideCounty: true,
    primaryCare: true,
    homeRegionCode: '320322104',
    scheme: 'RESIDENT',
    contractActive: true,
    lines: [
      {
        itemCode: 'XC08CAA001A001010100001',
        name: '苯磺酸氨氯地平片',
        kind: 'DRUG',
        chargeClass: 'B',
        quantity: '1',
        unitPrice: '50.00',
        amount: '50.00',
        selfPayRatio: '0.10',
        priceCap: '60.00',
        twoDisease: true,
      },
    ],
    totalAmount: '120.00',
    outOfScope: '10.00',
    aheadSelfPay: '5.00',
    eligible: '105.00',
    deductible: '0.00',
    ratio: '0.60',
    fundBasic: '63.00',
    fundCatastrophic: '0.00',
    assistance: '0.00',
    packageBenefit: '0.00',
    personalAccount: '0.00',
    cash: '57.00',
    capRemainingBefore: '320.00',
    capRemainingAfter: '257.00',
    steps: [{ code: 'E', formula: '120.00 − 10.00 − 5.00', value: '105.00' }],
    basis,
    coverageNo: 2,
    contractNo: 1,
    referralNo: null,
    episodeNo: null,
    claimRequestId: null,
    referralStatus: 'NOT_NEEDED',
    serviceDate: '2024-03-05',
    settledAt: '2024-03-05T10:30:00+08:00',
    status: 'SETTLED',
    updatedAt,
    ...change,
  };
}

async function insertClaims(db: Db): Promise<void> {
  await db.insert(claims).values([
    claim({}),
    claim({
      no: 2,
      settlementNo: 'S2',
      encounterNo: 12,
      medicalCategory: '21',
      category: 'INPATIENT',
      totalAmount: '6000.00',
      fundBasic: '4905.00',
      packageBenefit: '109.50',
      cash: '985.50',
      serviceDate: '2024-06-20',
      settledAt: '2024-06-20T15:00:00+08:00',
    }),
    claim({ no: 3, settlementNo: 'S3', encounterNo: 13, status: 'VOIDED', serviceDate: '2024-07-01' }),
    claim({
      no: 4,
      settlementNo: 'S4',
      encounterNo: 14,
      providerCode: 'H32010000001',
      level: 'O',
      fundBasic: '0.00',
      serviceDate: '2024-08-01',
    }),
  ]);
  await db.insert(referralEffects).values({ residentId: wang, no: 1, ratio: '0.65', deductible: '500.00' });
  await db.insert(benefitUses).values({
    residentId: wang,
    no: 1,
    capIncreaseUsed: '43.00',
    extraReimbursed: '109.50',
    discount: '0.00',
  });
}

async function insertPayment(db: Db): Promise<void> {
  await db.insert(designatedProviders).values([
    {
      providerCode: 'H32032200104',
      institutionId: 'in_TOWN',
      regionCode: '320322',
      agreementNo: '沛医保协2024-104',
      level: 'T',
      validFrom: '2024-01-01',
      validTo: '2025-12-31',
      creditScore: '96.00',
      paymentMethods: ['CAPITATION', 'DRG'],
      updatedAt,
    },
    {
      providerCode: 'H32010000001',
      institutionId: 'in_CITY',
      regionCode: '320100',
      level: 'O',
      creditScore: '99.00',
      paymentMethods: ['DRG'],
      updatedAt,
    },
  ]);
  await db.insert(capitationPlans).values({
    id: 'cn_ONE',
    providerCode: 'H32032200104',
    institutionId: 'in_TOWN',
    year: 2024,
    baseRate: '150.00',
    ageFactors: [{ band: '60+', factor: '1.8' }],
    enrolled: [{ band: '60+', count: 100 }],
    budget: '27000.00',
    prepayRatio: '0.90',
    monthlyPrepay: '2025.00',
    actual: '25000.00',
    qualityScore: '86.00',
    surplus: '2000.00',
    retained: '1600.00',
    insurerBears: '0.00',
    closedAt: updatedAt,
  });
  await db.insert(capitationPrepayments).values({
    id: 'cy_ONE',
    planId: 'cn_ONE',
    institutionId: 'in_TOWN',
    month: '2024-06',
    amount: '2025.00',
    paidAt: '2024-06-05T09:00:00+08:00',
  });
  await db.insert(drgGroups).values([
    {
      code: 'BR25',
      version: '2023',
      name: '脑缺血性疾患',
      nameEn: 'Cerebral ischaemia',
      mdc: 'B',
      adrg: 'BR2',
      rw: '0.80',
      townshipRw: '0.60',
      basic: false,
      avgCost: '5000.00',
      avgLos: '8.0',
    },
    {
      code: 'BR25',
      version: '2024',
      name: '脑缺血性疾患',
      nameEn: 'Cerebral ischaemia',
      mdc: 'B',
      adrg: 'BR2',
      rw: '0.85',
      townshipRw: '0.62',
      basic: false,
      avgCost: '5270.00',
      avgLos: '8.2',
    },
    { code: 'ES25', version: '2024', name: '呼吸系统感染', mdc: 'E', adrg: 'ES2', rw: '0.62', basic: false },
  ]);
  await db.insert(drgCases).values({
    residentId: wang,
    no: 2,
    encounterNo: 12,
    groupCode: 'BR25',
    groupVersion: '2024',
    providerCode: 'H32032200104',
    month: '2024-06',
    rw: '0.85',
    cost: '6000.00',
    standard: '4216.00',
    outlier: 'NORMAL',
    payable: '4216.00',
    fundPayable: '3121.00',
    hospitalBalance: '-1784.00',
  });
  await db.insert(drgMonths).values({
    id: 'dp_ONE',
    providerCode: 'H32032200104',
    institutionId: 'in_TOWN',
    month: '2024-06',
    cases: 1,
    highCases: 0,
    demotedCases: 0,
    cmi: '0.850',
    cost: '6000.00',
    payable: '4216.00',
    fundPayable: '3121.00',
    hospitalBalance: '-1784.00',
    settledAt: updatedAt,
  });
  await db.insert(dipGroups).values({ code: 'I63.9', name: '脑梗死（保守治疗）', score: '712.50' });
  const budget = {
    population: 500_000,
    spentOutside: '10000000.00',
    spentInside: '72500000.00',
    budget: '86000000.00',
  };
  const share = { institutionId: 'in_TOWN', providerCode: 'H32032200104' };
  await db.insert(allianceBudgets).values([
    {
      ...budget,
      allianceId: 'al_ONE',
      year: 2023,
      surplus: '3500000.00',
      retained: '2800000.00',
      splitLead: '1.00',
      splitTownship: '1.00',
      splitVillage: '1.00',
    },
    {
      ...budget,
      allianceId: 'al_ONE',
      year: 2024,
      surplus: '3500000.00',
      retained: '2800000.00',
      splitLead: '1400000.00',
      splitTownship: '980000.00',
      splitVillage: '420000.00',
      qualityScore: '88.00',
      shares: [{ ...share, part: 'TOWNSHIP', weight: '42000', amount: '980000.00' }],
      closedAt: updatedAt,
    },
  ]);
  await db.insert(insurancePhysicians).values({ physicianCode: 'D320322000001', status: 'ACTIVE', pointsDeducted: 2 });
}

async function insertOnlinePayment(db: Db): Promise<void> {
  const paid = {
    residentId: wang,
    no: 1,
    kind: 'CLAIM' as const,
    claimNo: 2,
    providerCode: 'H32032200104',
    amount: '985.50',
    orderNo: 'ht_ONE',
    tradeNo: 'st_ONE',
    payCode: 'sc_ONE',
    expiresAt: '2024-06-20T16:00:00+08:00',
    paidAt: '2024-06-20T15:31:00+08:00',
    refundedAt: '2024-06-21T10:00:00+08:00',
  };
  await db.insert(paymentOrders).values({ ...paid, status: 'REFUNDED', updatedAt });
  const flow = { orderNo: 'ht_ONE', tradeNo: 'st_ONE', ours: '985.50', theirs: '985.50', difference: 'NONE' } as const;
  const lines = [{ ...flow, flow: 'PAYMENT' as const }];
  await db.insert(paymentReconciliations).values({ date: '2024-06-20', lines, updatedAt });
}

async function insertFund(db: Db): Promise<void> {
  const statement = {
    regionCode: '320322',
    income: '120000.00',
    expense: '100000.00',
    balance: '20000.00',
    insideCounty: '80000.00',
    primary: '30000.00',
  };
  await db.insert(fundStatements).values([
    { ...statement, period: '2024', scheme: 'RESIDENT' },
    { ...statement, period: '2024', scheme: 'EMPLOYEE' },
    { ...statement, period: '2024-03', scheme: 'RESIDENT' },
  ]);
  await db.insert(fundAlerts).values([
    {
      id: 'fl_ONE',
      residentId: wang,
      claimNo: 2,
      providerCode: 'H32032200104',
      rule: 'HIGH_COST',
      detail: '费用高于均值三倍',
      raisedOn: '2024-07-01',
      status: 'OPEN',
      updatedAt,
    },
    {
      id: 'fl_TWO',
      providerCode: 'H32010000001',
      rule: 'REPEAT',
      raisedOn: '2024-05-01',
      status: 'DISMISSED',
      updatedAt,
    },
  ]);
  await db.insert(indicatorSnapshots).values({
    subjectType: 'REGION',
    subjectId: '320322',
    periodType: 'YEAR',
    period: '2024',
    insuredCount: 9700,
    fundPaid: '1000000.00',
    fundPaidInCounty: '800000.00',
    fundPaidPrimary: '300000.00',
    inpatientFund: '600000.00',
    inpatientCases: 150,
    inpatientCost: '900000.00',
    countyInpatientCases: 120,
    oop: '400000.00',
    totalCost: '1500000.00',
    drgCases: 130,
    drgWeight: '104.5500',
    twoDiseaseUsers: 90,
    chronicDrugFund: '12000.00',
  });
}
