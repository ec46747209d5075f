import { BadInput, byReference, children, columns, derive, list, payload, reference, stub } from '@hutong/kit';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';
import { lastTwelveMonths, rangeOfPeriod, type PeriodRange } from '../rules/period-range.ts';
import type {
  EvaluationResolvers,
  IndicatorDefinitionResolvers,
  IndicatorTargetResolvers,
  MutationResolvers,
  QueryResolvers,
  RunEvaluationPayloadResolvers,
  SatisfactionResponseResolvers,
  SatisfactionSummary,
  SatisfactionSurveyResolvers,
  ServiceSubjectResolvers,
  ServiceSubjectType,
} from '../schema-types.ts';
import {
  evaluations,
  indicatorDefinitions,
  indicatorTargets,
  satisfactionResponses,
  satisfactionSurveys,
} from '../tables/evaluation.ts';
import { typeNameOf } from './type-name-of.ts';

type Queries = Pick<
  QueryResolvers,
  'satisfactionSummary' | 'satisfactionSurveys' | 'evaluations' | 'indicatorCatalogue' | 'indicatorTargets'
>;

type Load = Context['load'];

type Mutations = Pick<MutationResolvers, 'setIndicatorTarget' | 'runEvaluation'>;

export const evaluationMutations: Mutations = {
  setIndicatorTarget: (_, { input }, { write }) => write.evaluation.setIndicatorTarget(input),
  runEvaluation: (_, { input }, { write }) => write.evaluation.runEvaluation(input),
};

export const IndicatorTargetPayload = payload('indicatorTarget', (load: Load) => load.target);

export const RunEvaluationPayload: RunEvaluationPayloadResolvers = {
  ok: ({ ok }) => ok,
  errors: ({ errors }) => errors,
  evaluations: async ({ notes }, _, { load }, info) => {
    const ids: readonly unknown[] = Array.isArray(notes['ids']) ? notes['ids'] : [];
    const rows = await Promise.all(ids.map((id) => load.evaluation.load(String(id), info)));
    return rows.filter((row) => row !== null);
  },
};

export const ServiceSubject: ServiceSubjectResolvers = {
  __resolveType: (subject) =>
    typeNameOf(['Institution', 'FamilyDoctorTeam', 'Practitioner', 'ServiceContract', 'Alliance'], subject),
};

export const SatisfactionSurvey: SatisfactionSurveyResolvers = {
  __resolveReference: byReference({ id: (load) => load.survey }),
  ...columns(satisfactionSurveys),
  subject: derive(['subjectType', 'subjectId'], loadSubject),
  responses: children('id', (load) => load.responsesOfSurvey),
};

export const SatisfactionResponse: SatisfactionResponseResolvers = {
  __resolveReference: byReference({ id: (load) => load.response }),
  ...columns(satisfactionResponses),
  survey: reference('surveyId', (load) => load.survey),
  practitioner: stub('Practitioner', 'practitionerId'),
  team: stub('FamilyDoctorTeam', 'teamId'),
  institution: stub('Institution', 'institutionId'),
};

export const Evaluation: EvaluationResolvers = {
  __resolveReference: byReference({ id: (load) => load.evaluation }),
  ...columns(evaluations),
  region: stub('Region', 'regionCode', 'code'),
  history: list('id', (load: Load) => load.history('Evaluation')),
};

export const IndicatorDefinition: IndicatorDefinitionResolvers = {
  __resolveReference: byReference({ code: (load) => load.indicator }),
  ...columns(indicatorDefinitions),
  targets: children('code', (load) => load.targetsOfIndicator),
};

export const IndicatorTarget: IndicatorTargetResolvers = {
  __resolveReference: byReference({ id: (load) => load.target }),
  ...columns(indicatorTargets),
  indicator: reference('indicatorCode', (load) => load.indicator, 'code'),
};

export const evaluationQueries: Queries = {
  satisfactionSummary: (_, { subjectType, subjectId, period }, context, info) =>
    loadSummary(subjectType, subjectId, period, context, info),
  satisfactionSurveys: (_, page, { load }, info) => load.surveys.load(page, info),
  evaluations: (_, page, { load }, info) => load.evaluations.load(page, info),
  indicatorCatalogue: (_, { core }, { load }, info) =>
    load.indicators.load(typeof core === 'boolean' ? { core: { eq: core } } : null, info),
  indicatorTargets: (_, page, { load }, info) => load.targets.load(page, info),
};

/** Satisfaction with a subject in a period, by default the twelve months up to the business day; null without responses. */
export async function loadSummary(
  subjectType: ServiceSubjectType,
  subjectId: string,
  period: string | null | undefined,
  { load, clock }: Context,
  info: GraphQLResolveInfo,
): Promise<SatisfactionSummary | null> {
  const range = typeof period === 'string' ? parsePeriod(period) : lastTwelveMonths(clock.day);
  const figures = await load.satisfaction.load({ subjectType, subjectId, ...range }, info);
  return figures === null ? null : { subjectType, subjectId, period: range.period, ...figures };
}

/** The days of a period that a caller wrote. */
function parsePeriod(period: string): PeriodRange {
  const range = rangeOfPeriod(period);
  if (range !== undefined) return range;
  throw new BadInput(
    `"${period}" is no period; write 2024-03, 2024-Q1 or 2024`,
    `周期“${period}”格式不正确，应为 2024-03、2024-Q1 或 2024`,
  );
}

const stubTypes = {
  INSTITUTION: 'Institution',
  TEAM: 'FamilyDoctorTeam',
  PRACTITIONER: 'Practitioner',
  ALLIANCE: 'Alliance',
} as const;

interface SubjectColumns {
  readonly subjectType: ServiceSubjectType;
  readonly subjectId: string;
}

/** The subject of a survey or complaint: a contract is read here, the others belong to other subgraphs. */
export async function loadSubject(
  { subjectType, subjectId }: SubjectColumns,
  _args: unknown,
  { load }: Context,
  info: GraphQLResolveInfo,
) {
  if (subjectType !== 'CONTRACT') return { __typename: stubTypes[subjectType], id: subjectId };
  const contract = await load.contract.load(subjectId, info, 'ServiceContract');
  return contract === null ? null : { ...contract, __typename: 'ServiceContract' as const };
}
