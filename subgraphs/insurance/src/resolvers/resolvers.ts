import { selfReference } from '@hutong/kit';
import type { Resolvers } from '../schema-types.ts';
import * as claim from './claim.ts';
import * as coverage from './coverage.ts';
import * as fund from './fund.ts';
import * as indicator from './indicator.ts';
import * as payment from './payment.ts';
import * as policy from './policy.ts';

/** All resolvers of the subgraph; types that several areas add to are put together here. */
export const resolvers: Resolvers = {
  Query: {
    ...coverage.Query,
    ...claim.Query,
    ...policy.Query,
    ...payment.Query,
    ...fund.Query,
  },
  Mutation: {
    ...coverage.Mutation,
    ...claim.Mutation,
    ...policy.Mutation,
    ...payment.Mutation,
    ...fund.Mutation,
  },
  RegisterTwoDiseasePayload: coverage.TwoDiseaseRegistrationPayload,
  EndTwoDiseasePayload: coverage.TwoDiseaseRegistrationPayload,
  FileOutOfAreaPayload: coverage.OutOfAreaFilingPayload,
  SettleClaimPayload: claim.ClaimPayload,
  VoidClaimPayload: claim.ClaimPayload,
  UpsertBenefitRulePayload: policy.BenefitRulePayload,
  SettleDrgMonthPayload: payment.DrgMonthPayload,
  DesignateProviderPayload: payment.DesignatedProviderPayload,
  ReviewFundAlertPayload: fund.FundAlertPayload,
  Coverage: coverage.Coverage,
  Accumulator: coverage.Accumulator,
  TwoDiseaseRegistration: coverage.TwoDiseaseRegistration,
  ChronicOutpatientRegistration: coverage.ChronicOutpatientRegistration,
  OutOfAreaFiling: coverage.OutOfAreaFiling,
  Resident: coverage.Resident,
  Claim: claim.Claim,
  ClaimLine: claim.ClaimLine,
  SettlementStep: claim.SettlementStep,
  SettlementPreview: claim.SettlementPreview,
  Encounter: claim.Encounter,
  Referral: claim.Referral,
  ServiceContract: claim.ServiceContract,
  SupervisionAlert: claim.SupervisionAlert,
  BenefitUse: claim.BenefitUse,
  BenefitPlan: policy.BenefitPlan,
  BenefitRule: policy.BenefitRule,
  PriceItem: policy.PriceItem,
  ServicePackage: policy.ServicePackage,
  PackageBenefit: policy.PackageBenefit,
  PackageEconomics: policy.PackageEconomics,
  DrugItem: policy.DrugItem,
  DesignatedProvider: payment.DesignatedProvider,
  CapitationPlan: payment.CapitationPlan,
  DrgGroup: payment.DrgGroup,
  DrgCase: payment.DrgCase,
  DrgMonth: payment.DrgMonth,
  DipGroup: payment.DipGroup,
  AllianceBudget: payment.AllianceBudget,
  Alliance: payment.Alliance,
  Practitioner: payment.Practitioner,
  FundStatement: fund.FundStatement,
  FundAlert: fund.FundAlert,
  IndicatorSnapshot: indicator.IndicatorSnapshot,
  Institution: {
    __resolveReference: selfReference(),
    ...claim.institutionClaims,
    ...policy.institutionEconomics,
    ...payment.institutionPayment,
  },
  Region: { __resolveReference: selfReference(), ...coverage.regionInsured, ...fund.regionFund },
};
