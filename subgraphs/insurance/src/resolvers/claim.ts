import {
  byReference,
  coded,
  columns,
  derive,
  list,
  ownedId,
  ownedStub,
  payload,
  selfReference,
  stub,
  ownedList,
} from '@hutong/kit';
import { codeOf } from '@hutong/schema';
import type { Context } from '../context.ts';
import { toCents, toYuan } from '../rules/money.ts';
import { settlementStepName } from '../rules/settlement-steps.ts';
import type {
  BenefitUseResolvers,
  ClaimLineResolvers,
  ClaimResolvers,
  EncounterResolvers,
  InstitutionResolvers,
  MutationResolvers,
  QueryResolvers,
  ReferralResolvers,
  ServiceContractResolvers,
  SettlementPreviewResolvers,
  SettlementStepResolvers,
  SupervisionAlertResolvers,
} from '../schema-types.ts';
import { benefitUses, claims, type ClaimLineValue } from '../tables/claim.ts';
import { toldRules } from '../tables/provider-month.ts';
import { requireDays } from './period.ts';

type Load = Context['load'];

export const Query = {
  claim: (_parent, { id }, { load }, info) => load.claim.load(id, info),
  claims: (_parent, args, { load }, info) => load.claims.load(args, info),
  previewSettlement: (_parent, { input }, { write }) => write.claim.previewSettlement(input),
} satisfies Partial<QueryResolvers>;

export const Mutation = {
  settleClaim: (_parent, { input }, { write }) => write.claim.settleClaim(input),
  voidClaim: (_parent, { input }, { write }) => write.claim.voidClaim(input),
} satisfies Partial<MutationResolvers>;

export const ClaimPayload = payload('claim', (load: Load) => load.claim);

export const SettlementPreview: SettlementPreviewResolvers = {
  ok: ({ ok }) => ok,
  errors: ({ errors }) => errors,
  settlement: ({ decision }) => decision && { ...decision.settlement, steps: [...decision.settlement.steps] },
  scheme: ({ decision }) => decision && decision.coverage.scheme,
  level: ({ decision }) => decision && decision.level,
  referralStatus: ({ decision }) => decision && decision.referralStatus,
  contractActive: ({ decision }) => decision && decision.basis.facts.contractActive,
};

export const SettlementStep: SettlementStepResolvers = {
  code: ({ code }) => code,
  name: ({ code }) => settlementStepName(code).name,
  nameEn: ({ code }) => settlementStepName(code).nameEn,
  formula: ({ formula }) => formula,
  value: ({ value }) => value,
};

export const Claim: ClaimResolvers = {
  __resolveReference: byReference({ id: (load) => load.claim }),
  ...columns(claims),
  id: ownedId('cl'),
  resident: stub('Resident', 'residentId'),
  encounter: ownedStub('Encounter', 'en', 'encounterNo'),
  provider: stub('Institution', 'providerCode', 'providerCode'),
  medicalCategory: coded('VS-48', 'medicalCategory'),
  lines: derive(['lines'], ({ lines }) => [...lines]),
  settlement: derive(
    [
      'totalAmount',
      'outOfScope',
      'aheadSelfPay',
      'eligible',
      'deductible',
      'ratio',
      'fundBasic',
      'fundCatastrophic',
      'assistance',
      'packageBenefit',
      'personalAccount',
      'cash',
      'capRemainingBefore',
      'capRemainingAfter',
      'steps',
    ],
    ({ steps, ...amounts }) => ({ ...amounts, steps: [...steps] }),
  ),
  history: ownedList('cl', (load: Load) => load.history('Claim')),
  drgCase: derive(['residentId', 'no'], (row, _args, { load }, info) => load.drgCaseOfClaim.load(claimId(row), info)),
};

export const ClaimLine: ClaimLineResolvers = {
  item: ({ kind, itemCode, name }) => ({ ...codeOf(itemSets[kind], itemCode), display: name }),
  kind: ({ kind }) => kind,
  chargeClass: ({ chargeClass }) => chargeClass,
  quantity: ({ quantity }) => quantity,
  unitPrice: ({ unitPrice }) => unitPrice,
  amount: ({ amount }) => amount,
  selfPayRatio: ({ selfPayRatio }) => selfPayRatio,
  priceCap: ({ priceCap }) => priceCap,
  twoDisease: ({ twoDisease }) => twoDisease,
};

export const Encounter: EncounterResolvers = {
  __resolveReference: selfReference(),
  claim: list('id', (load) => load.claimOfEncounter),
  drg: list('id', (load) => load.drgCaseOfEncounter),
};

export const Referral: ReferralResolvers = {
  __resolveReference: selfReference(),
  settlementEffect: list('id', (load) => load.referralEffect),
};

export const ServiceContract: ServiceContractResolvers = {
  __resolveReference: selfReference(),
  benefitUse: list('id', (load) => load.benefitUse),
};

export const SupervisionAlert: SupervisionAlertResolvers = {
  __resolveReference: selfReference(),
  id: derive(['id'], ({ id }) => id),
  claims: derive(
    ['ruleId', 'period', 'threshold', 'institution'],
    ({ ruleId, period, threshold, institution: { providerCode } }, page, { load }, info) => {
      const rule = toldRules.find((told) => told === ruleId);
      if (rule === undefined || !providerCode) return null;
      const share = { rule, month: period, days: requireDays(period), limit: threshold };
      return load.claimsOfAlert(share).load(providerCode, page, info);
    },
  ),
};

export const BenefitUse: BenefitUseResolvers = {
  ...columns(benefitUses),
  total: derive(['capIncreaseUsed', 'extraReimbursed', 'discount'], ({ capIncreaseUsed, extraReimbursed, discount }) =>
    toYuan(toCents(capIncreaseUsed) + toCents(extraReimbursed) + toCents(discount)),
  ),
};

/** What claims add to an institution. */
export const institutionClaims = {
  claims: derive(['providerCode'], ({ providerCode }, page, { load }, info) =>
    load.claimsOfProvider.load(providerCode, page, info),
  ),
  fundPaid: derive(
    ['providerCode'],
    async ({ providerCode }, { period }, { load }, info) =>
      (await load.fundPaidBetween(requireDays(period)).load(providerCode, info)) ?? '0.00',
  ),
} satisfies Partial<InstitutionResolvers>;

const claimId = ownedId('cl');

const itemSets: Readonly<Record<ClaimLineValue['kind'], string>> = {
  DRUG: 'NHSA-DRUG',
  SERVICE: 'NHSA-SERVICE',
  CONSUMABLE: 'NHSA-CONSUMABLE',
};
