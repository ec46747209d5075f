import { BadInput, children, compositeKey, decodeOwnedId, derive, list, selfReference } from '@hutong/kit';
import type { Context } from '../context.ts';
import { lastTwelveMonths, rangeOfPeriod, type PeriodRange } from '../rules/period-range.ts';
import type {
  AllianceResolvers,
  EncounterResolvers,
  FamilyDoctorTeamResolvers,
  InstitutionResolvers,
  PractitionerResolvers,
  ReferralResolvers,
  RegionResolvers,
  Region_residentPopulationArgs,
  ResourceAssessmentResolvers,
} from '../schema-types.ts';
import { loadDashboard, rateOf } from './contract.ts';
import { loadSummary } from './evaluation.ts';

interface YearArgs {
  readonly year?: number | null | undefined;
}

export const Region: RegionResolvers = {
  residentPopulation: derive(
    ['code'],
    async (
      { code },
      { year, ageFrom, ageTo, sex }: Partial<Region_residentPopulationArgs>,
      { load, clock }: Context,
      info,
    ) => {
      const ask = {
        regionCode: code,
        year: year ?? yearOf(clock.day),
        ageFrom: ageFrom ?? null,
        ageTo: ageTo ?? null,
        sex: sex ?? null,
      };
      return (await load.population.load(ask, info)) ?? 0;
    },
  ),
  targetGroups: derive(['code'], async ({ code }, { year }: YearArgs, { load, clock }: Context, info) => [
    ...((await load.targetGroups.load(compositeKey(code, year ?? yearOf(clock.day)), info)) ?? []),
  ]),
};

export const ResourceAssessment: ResourceAssessmentResolvers = {
  __resolveReference: selfReference(),
  population: derive(['region', 'period'], ({ region, period }, _args: unknown, { load }: Context, info) => {
    if (region === undefined || period === undefined) return null;
    return load.population.load(
      { regionCode: region.code, year: yearOf(period), ageFrom: null, ageTo: null, sex: null },
      info,
    );
  }),
};

export const Institution: InstitutionResolvers = {
  contracts: children('id', (load) => load.contractsOfInstitution),
  contractDashboard: derive(['id'], ({ id }, { at }: { at?: string | null | undefined }, context: Context, info) =>
    loadDashboard('INSTITUTION', id, at, context, info),
  ),
  satisfaction: derive(['id'], ({ id }, { period }: { period?: string | null | undefined }, context: Context, info) =>
    loadSummary('INSTITUTION', id, period, context, info),
  ),
  evaluations: children('id', (load) => load.evaluationsOfInstitution),
  fundAllocations: derive(['id'], ({ id }, { year }: YearArgs, { load, caller }: Context, info) =>
    load.sharesOfInstitution({ caller, ...(typeof year === 'number' && { year }) }).load(id, info),
  ),
};

export const Alliance: AllianceResolvers = {
  enrolledPopulation: derive(['id'], ({ id }, { year }: YearArgs, { load, clock }: Context, info) =>
    load.enrolledPopulation.load(compositeKey(id, year ?? yearOf(clock.day)), info),
  ),
  evaluations: children('id', (load) => load.evaluationsOfAlliance),
  evaluationTotal: list('id', (load) => load.allianceTotal),
};

export const Practitioner: PractitionerResolvers = {
  signedResidentCount: list('id', (load) => load.signedByPractitioner),
  contractSatisfaction: derive(['id'], async ({ id }, _args: unknown, { load, clock }: Context, info) => {
    const ask = { subjectType: 'PRACTITIONER', subjectId: id, ...lastTwelveMonths(clock.day) } as const;
    return (await load.satisfaction.load(ask, info))?.score ?? null;
  }),
};

export const FamilyDoctorTeam: FamilyDoctorTeamResolvers = {
  contracts: children('id', (load) => load.contractsOfTeam),
  signedCount: list('id', (load) => load.signedByTeam),
  fulfilmentRate: derive(['id'], async ({ id }, { year }: YearArgs, { load, clock }: Context, info) => {
    const progress = await load.teamProgress.load({ teamId: id, ...rangeOf(year, clock.day) }, info);
    return progress === null ? null : rateOf(progress.done, progress.due);
  }),
  satisfaction: derive(['id'], async ({ id }, { year }: YearArgs, { load, clock }: Context, info) => {
    const ask = { subjectType: 'TEAM', subjectId: id, ...rangeOf(year, clock.day) } as const;
    return (await load.satisfaction.load(ask, info))?.score ?? null;
  }),
  incentive: derive(['id'], ({ id }, { period }: { period: string }, { load }: Context, info) =>
    load.teamIncentive.load(compositeKey(id, period), info),
  ),
};

/** Any visit: its id says whose it is, its begin (asked of institutions) which day counts. */
export const Encounter: EncounterResolvers = {
  contractAtVisit: derive(['id', 'startedAt'], async ({ id, startedAt }, _args: unknown, { load }: Context, info) => {
    const place = decodeOwnedId('en', id);
    if (place === undefined) throw new BadInput(`${id} is no id of a visit`, `${id} 不是就诊标识`);
    if (typeof startedAt !== 'string') return null;
    const state = await load.contractState.load({ residentId: place.residentId, day: dayOf(startedAt) }, info);
    return state?.contract ?? null;
  }),
  fulfilmentEvents: list('id', (load) => load.eventsOfEncounter),
};

export const Referral: ReferralResolvers = {
  followUpAfterDischarge: derive(
    ['id'],
    async ({ id }, _args: unknown, { load }: Context, info) =>
      (await load.followUpsOfReferral.load(id, info))[0] ?? null,
  ),
};

/** The days of a year; without one, the twelve months up to the day. */
function rangeOf(year: number | null | undefined, day: string): PeriodRange {
  return (typeof year === 'number' ? rangeOfPeriod(String(year)) : undefined) ?? lastTwelveMonths(day);
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

const shanghaiDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** The day of an instant in Asia/Shanghai. */
function dayOf(instant: string): string {
  return shanghaiDay.format(new Date(instant));
}
