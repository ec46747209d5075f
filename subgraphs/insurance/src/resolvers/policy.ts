import {
  byReference,
  columns,
  compositeKey,
  derive,
  list,
  NotFound,
  reference,
  selfReference,
  payload,
  stub,
} from '@hutong/kit';
import type { Context } from '../context.ts';
import { toCents, toYuan } from '../rules/money.ts';
import type {
  BenefitPlanResolvers,
  BenefitRuleResolvers,
  DrugItemResolvers,
  InstitutionResolvers,
  PackageBenefitResolvers,
  PackageEconomicsResolvers,
  PriceItemResolvers,
  MutationResolvers,
  QueryResolvers,
  ServicePackageResolvers,
} from '../schema-types.ts';
import {
  benefitPlans,
  benefitRules,
  drugPayments,
  packageBenefits,
  packageEconomics,
  priceItems,
} from '../tables/policy.ts';

type Load = Context['load'];

export const Query = {
  benefitPlan: (_parent, { code, year }, { load }, info) => load.planOfYear.load(compositeKey(code, year), info),
  priceItems: (_parent, args, { load }, info) => load.priceItems.load(args, info),
  packageBenefits: (_parent, { code }, { load }, info) => load.benefitsOfPackage.load(code, info),
  packageEconomics: (_parent, { institutionId, year }, { load }, info) =>
    load.economicsOfInstitution(year).load(institutionId, info),
} satisfies Partial<QueryResolvers>;

export const Mutation = {
  upsertBenefitRule: (_parent, { input }, { write }) => write.policy.upsertBenefitRule(input),
} satisfies Partial<MutationResolvers>;

export const BenefitRulePayload = payload('benefitRule', (load: Load) => load.rule);

export const BenefitPlan: BenefitPlanResolvers = {
  __resolveReference: async ({ code, year }, { load }, info) => {
    const row = await load.planOfYear.load(compositeKey(code, year), info, 'BenefitPlan');
    if (row === null) throw new NotFound(`BenefitPlan ${code} ${year}`);
    return row;
  },
  ...columns(benefitPlans),
  region: stub('Region', 'regionCode', 'code'),
  rules: list('key', (load) => load.rulesOfPlan),
};

export const BenefitRule: BenefitRuleResolvers = {
  __resolveReference: byReference({ id: (load) => load.rule }),
  ...columns(benefitRules),
  plan: reference('planKey', (load) => load.plan),
};

export const PriceItem: PriceItemResolvers = {
  __resolveReference: byReference({ code: (load) => load.priceItem }),
  ...columns(priceItems),
  approvedPrice: derive(['approvedPrice'], ({ approvedPrice }) => [...approvedPrice]),
};

export const ServicePackage: ServicePackageResolvers = {
  __resolveReference: selfReference(),
  price: derive(
    ['code'],
    async ({ code }, _args, { load }, info) => (await load.priceOfPackage.load(code, info)).price,
  ),
  benefits: list('code', (load) => load.benefitsOfPackage),
};

export const PackageBenefit: PackageBenefitResolvers = {
  ...columns(packageBenefits),
  package: stub('ServicePackage', 'packageCode', 'code'),
};

export const PackageEconomics: PackageEconomicsResolvers = {
  ...columns(packageEconomics),
  institution: stub('Institution', 'providerCode', 'providerCode'),
  package: stub('ServicePackage', 'packageCode', 'code'),
  margin: derive(['revenue', 'cost'], ({ revenue, cost }) => toYuan(toCents(revenue) - toCents(cost))),
};

export const DrugItem: DrugItemResolvers = {
  __resolveReference: byReference({ nhsaDrugCode: (load) => load.drugPayment }),
  ...columns(drugPayments),
};

/** What policy adds to an institution. */
export const institutionEconomics = {
  packageEconomics: derive(['providerCode'], ({ providerCode }, { year }, { load }, info) =>
    load.economicsOfProvider(year).load(providerCode, info),
  ),
} satisfies Partial<InstitutionResolvers>;
