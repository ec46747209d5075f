import type { Facts } from './facts.ts';

/** The facts of domain.md §1 that insurance 医保 serves, alone or with others: how, among its fields. */
export const factsOfInsurance: Facts = {
  'S0-13': {
    term: '报销向基层倾斜',
    fields: ['BenefitRule.ratio', 'IndicatorSnapshot.fundPaidPrimary', 'IndicatorSnapshot.fundPaidInCounty'],
  },
  'S0-37': {
    term: '差异化支付',
    fields: ['BenefitRule.level', 'Query.previewSettlement', 'Settlement.ratio', 'Mutation.upsertBenefitRule'],
  },
  'S0-38': {
    term: '“两病”门诊用药保障',
    fields: [
      'Mutation.registerTwoDisease',
      'Mutation.endTwoDisease',
      'TwoDiseaseRegistration.disease',
      'Query.twoDiseaseRegistrations',
      'IndicatorSnapshot.twoDiseaseUsers',
    ],
  },
  'S0-39': {
    term: '按人头、DRG',
    fields: [
      'Query.capitationPlan',
      'CapitationPlan.budget',
      'Mutation.prepayCapitation',
      'Mutation.closeCapitationYear',
      'Claim.drgCase',
      'DrgCase.payable',
      'Mutation.settleDrgMonth',
      'Mutation.designateProvider',
      'IndicatorSnapshot.drgWeight',
    ],
  },
  'S1-9': {
    term: '县域内就诊率',
    fields: ['IndicatorSnapshot.fundPaidInCounty', 'IndicatorSnapshot.fundPaid', 'FundStatement.insideCounty'],
  },
  'S1-24': {
    term: '费用常态监管',
    fields: [
      'IndicatorSnapshot.totalCost',
      'DrgSummary.cmi',
      'ClaimLine.kind=DRUG',
      'Query.fundAlerts',
      'Mutation.reviewFundAlert',
    ],
  },
  'S1-33': { term: '外转费用', fields: ['IndicatorSnapshot.countyInpatientCases', 'IndicatorSnapshot.inpatientCases'] },
  'S1-53': {
    term: '县域外转诊',
    fields: ['Mutation.fileOutOfArea', 'OutOfAreaFiling.referral', 'Referral.settlementEffect'],
  },
  'S2-20': {
    term: '一站式缴费',
    fields: ['Mutation.settleClaim', 'Mutation.voidClaim', 'Mutation.payClaimOnline', 'Encounter.claim'],
  },
  'S2-30': { term: '考核与医保支付挂钩', fields: ['AllianceBudget.performanceFactor', 'Mutation.closeAllianceYear'] },
  'S3-15': {
    term: '签约群众受益',
    fields: ['BenefitUse.capIncreaseUsed', 'BenefitUse.extraReimbursed', 'ServiceContract.benefitUse'],
  },
  'S3-18': {
    term: '门诊封顶线增加 300 元',
    fields: ['Resident.outpatientCap', 'BenefitCaps.contractIncrease', 'Settlement.capRemainingAfter'],
  },
  'S3-20': {
    term: '脑卒中康复包再报销 10%',
    fields: ['Settlement.packageBenefit', 'PackageBenefit.kind=EXTRA_REIMBURSE'],
  },
  'S3-21': {
    term: '健康体检包四折',
    fields: ['PriceItem.approvedPrice', 'PackageBenefit.kind=DISCOUNT', 'Mutation.payPackageFee'],
  },
  'S3-22': { term: '儿童保健包六折', fields: ['Query.packageBenefits', 'PackageBenefit.value'] },
  'S3-23': { term: '不牺牲卫生院利益', fields: ['Query.packageEconomics', 'PackageEconomics.margin'] },
  'S3-27': { term: '医保杠杆', fields: ['BenefitRule.ratioWithContract', 'Settlement.steps'] },
  'S3-41': {
    term: '签约平台 20 项功能',
    fields: ['Mutation.payClaimOnline', 'Mutation.payPackageFee', 'Query.previewSettlement', 'Query.packageBenefits'],
  },
  'S4-25': {
    term: '利益分配',
    fields: ['Alliance.surplusSplit', 'SurplusSplit.lead', 'SurplusSplit.township', 'SurplusSplit.village'],
  },
};
