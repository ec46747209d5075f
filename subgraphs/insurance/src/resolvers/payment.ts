import {
  byReference,
  columns,
  compositeKey,
  derive,
  list,
  NotFound,
  ownedId,
  reference,
  selfReference,
  payload,
  stub,
} from '@hutong/kit';
import type { Context } from '../context.ts';
import { cmiOf } from '../rules/case-mix.ts';
import { performanceFactor } from '../rules/surplus.ts';
import type {
  AllianceBudgetResolvers,
  AllianceResolvers,
  CapitationPlanResolvers,
  CapitationPrepaymentResolvers,
  SurplusShareResolvers,
  DesignatedProviderResolvers,
  DipGroupResolvers,
  DrgCaseResolvers,
  DrgGroupResolvers,
  DrgMonthResolvers,
  InstitutionResolvers,
  MutationResolvers,
  PractitionerResolvers,
  QueryResolvers,
} from '../schema-types.ts';
import {
  allianceBudgets,
  type AllianceBudgetRow,
  capitationPlans,
  capitationPrepayments,
  designatedProviders,
  dipGroups,
  drgCases,
  drgGroups,
  drgMonths,
} from '../tables/payment.ts';
import { requireDays } from './period.ts';

type Load = Context['load'];

export const Query = {
  designatedProviders: (_parent, args, { load }, info) => load.providers.load(args, info),
  drgGroups: (_parent, { version, ...page }, { load }, info) =>
    version
      ? load.drgGroups.load({ ...page, where: { version: { eq: version } } }, info)
      : load.newestDrgGroups.load(page, info),
  drgCases: (_parent, args, { load }, info) => load.drgCases.load(args, info),
  dipGroups: (_parent, args, { load }, info) => load.dipGroups.load(args, info),
  capitationPlan: (_parent, { institutionId, year }, { load }, info) =>
    load.capitationOfInstitution.load(compositeKey(institutionId, year), info),
  allianceBudget: (_parent, { allianceId, year }, { load }, info) =>
    load.allianceBudget.load(compositeKey(allianceId, year), info),
  drgMonth: (_parent, { institutionId, month }, { load }, info) =>
    load.drgMonthOfInstitution.load(compositeKey(institutionId, month), info),
} satisfies Partial<QueryResolvers>;

export const Mutation = {
  designateProvider: (_parent, { input }, { write }) => write.payment.designateProvider(input),
  prepayCapitation: (_parent, { input }, { write }) => write.payment.prepayCapitation(input),
  closeCapitationYear: (_parent, { input }, { write }) => write.payment.closeCapitationYear(input),
  closeAllianceYear: (_parent, { input }, { write }) => write.payment.closeAllianceYear(input),
  settleDrgMonth: (_parent, { input }, { write }) => write.payment.settleDrgMonth(input),
} satisfies Partial<MutationResolvers>;

export const CapitationPrepaymentPayload = payload('capitationPrepayment', (load: Load) => load.capitationPrepayment);

export const CapitationPlanPayload = payload('capitationPlan', (load: Load) => load.capitationPlan);

export const AllianceBudgetPayload = payload('allianceBudget', (load: Load) => load.allianceBudget);

export const DrgMonthPayload = payload('drgMonth', (load: Load) => load.drgMonth);

export const DrgMonth: DrgMonthResolvers = {
  __resolveReference: byReference({ id: (load) => load.drgMonth }),
  ...columns(drgMonths),
  provider: stub('Institution', 'providerCode', 'providerCode'),
};

export const DesignatedProviderPayload = payload('designatedProvider', (load: Load) => load.provider);

export const DesignatedProvider: DesignatedProviderResolvers = {
  ...columns(designatedProviders),
  institution: stub('Institution', 'providerCode', 'providerCode'),
  region: stub('Region', 'regionCode', 'code'),
};

export const CapitationPlan: CapitationPlanResolvers = {
  __resolveReference: byReference({ id: (load) => load.capitationPlan }),
  ...columns(capitationPlans),
  institution: stub('Institution', 'providerCode', 'providerCode'),
  ageFactors: derive(['ageFactors'], ({ ageFactors }) => [...ageFactors]),
  enrolled: derive(['enrolled'], ({ enrolled }) => [...enrolled]),
  prepayments: list('id', (load) => load.prepaymentsOfPlan),
};

export const CapitationPrepayment: CapitationPrepaymentResolvers = {
  __resolveReference: byReference({ id: (load) => load.capitationPrepayment }),
  ...columns(capitationPrepayments),
  plan: reference('planId', (load) => load.capitationPlan),
};

export const SurplusShare: SurplusShareResolvers = {
  institution: ({ providerCode }) => ({ __typename: 'Institution', providerCode }),
  part: ({ part }) => part,
  weight: ({ weight }) => weight,
  amount: ({ amount }) => amount,
};

export const DrgGroup: DrgGroupResolvers = {
  __resolveReference: async ({ code, version }, { load }, info) => {
    const row = await load.drgGroup.load(compositeKey(code, version), info, 'DrgGroup');
    if (row === null) throw new NotFound(`DrgGroup ${code} ${version}`);
    return row;
  },
  ...columns(drgGroups),
};

export const DrgCase: DrgCaseResolvers = {
  __resolveReference: byReference({ id: (load) => load.drgCase }),
  ...columns(drgCases),
  id: ownedId('dc'),
  claim: derive(['residentId', 'no'], (row, _args, { load }, info) => load.claim.load(claimId(row), info)),
  group: derive(['groupCode', 'groupVersion'], async ({ groupCode, groupVersion }, _args, { load }, info) =>
    groupCode === null || groupVersion === null
      ? null
      : load.drgGroup.load(compositeKey(groupCode, groupVersion), info),
  ),
  provider: stub('Institution', 'providerCode', 'providerCode'),
};

export const DipGroup: DipGroupResolvers = {
  __resolveReference: byReference({ code: (load) => load.dipGroup }),
  ...columns(dipGroups),
};

/** What `@requires(fields: "alliance { evaluationTotal }")` brings along. */
interface WithEvaluation extends AllianceBudgetRow {
  readonly alliance?: { readonly evaluationTotal?: string | null };
}

export const AllianceBudget: AllianceBudgetResolvers = {
  __resolveReference: async ({ alliance, year }, { load }, info) => {
    const row = await load.allianceBudget.load(compositeKey(alliance.id, year), info, 'AllianceBudget');
    if (row === null) throw new NotFound(`AllianceBudget ${alliance.id} ${year}`);
    return { ...row, alliance };
  },
  ...columns(allianceBudgets),
  alliance: stub('Alliance', 'allianceId'),
  performanceFactor: derive<WithEvaluation, 'alliance', unknown, unknown, string | null>(['alliance'], ({ alliance }) =>
    alliance?.evaluationTotal ? performanceFactor(alliance.evaluationTotal) : null,
  ),
  shares: derive(['shares'], ({ shares }) => shares && [...shares]),
  split: derive(['splitLead', 'splitTownship', 'splitVillage'], ({ splitLead, splitTownship, splitVillage }) => ({
    lead: splitLead,
    township: splitTownship,
    village: splitVillage,
  })),
};

export const Alliance: AllianceResolvers = {
  __resolveReference: selfReference(),
  globalBudget: derive(['id'], ({ id }, { year }, { load }, info) =>
    load.allianceBudget.load(compositeKey(id, year), info),
  ),
  surplusSplit: derive(['id'], async ({ id }, { year }, { load }, info) => {
    const split = await (year ? load.splitOfYear(year) : load.latestSplit).load(id, info);
    return split.lead === null ? null : split;
  }),
  performanceFactor: derive(['evaluationTotal'], ({ evaluationTotal }) =>
    evaluationTotal ? performanceFactor(evaluationTotal) : null,
  ),
};

export const Practitioner: PractitionerResolvers = {
  __resolveReference: selfReference(),
  insuranceStatus: derive(['physicianCode'], async ({ physicianCode }, _args, { load }, info) => {
    if (physicianCode === undefined) return null;
    const status = await load.physician.load(physicianCode, info);
    return status.status === null ? null : status;
  }),
};

/** What payment adds to an institution. */
export const institutionPayment = {
  designation: list('providerCode', (load) => load.provider),
  drgSummary: derive(['providerCode'], async ({ providerCode }, args, { load }, info) => {
    const period = args.period ?? null;
    const sums = await load.drgSumsBetween(period === null ? allDays : requireDays(period)).load(providerCode, info);
    if (sums === null) return null;
    return { ...sums, period, cmi: cmiOf(sums.weight, sums.groupedCases) };
  }),
  capitationPlan: derive(['providerCode'], ({ providerCode }, { year }, { load }, info) =>
    load.capitationOfProvider.load(compositeKey(providerCode, year), info),
  ),
} satisfies Partial<InstitutionResolvers>;

const claimId = ownedId('cl');

const allDays = { from: '0001-01-01', to: '9999-12-31' };
