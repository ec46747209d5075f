import { type DayRange, perArgument, type Query, type Read } from '@hutong/kit';
import { sql } from 'drizzle-orm';
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
} from '../tables/payment.ts';

/** What a provider's DRG cases of a period come to. */
export interface DrgSums {
  readonly cases: number;
  /** Cases neither excluded nor ungrouped. */
  readonly groupedCases: number;
  readonly weight: string;
  readonly cost: string;
  readonly payable: string;
  readonly fundPayable: string;
  readonly hospitalBalance: string;
}

/** Reads of providers and how they are paid. */
export const paymentLoaders = (read: Read) => ({
  provider: read.byKey(designatedProviders, 'providerCode'),
  providers: read.page(designatedProviders, 'providerCode'),
  capitationPlan: read.byKey(capitationPlans, 'id'),
  capitationOfInstitution: read.byKeys(capitationPlans, ['institutionId', 'year']),
  capitationOfProvider: read.byKeys(capitationPlans, ['providerCode', 'year']),
  capitationPrepayment: read.byKey(capitationPrepayments, 'id'),
  prepaymentsOfPlan: read.listBy(capitationPrepayments, 'planId', { orderBy: ['month'] }),
  drgGroup: read.byKeys(drgGroups, ['code', 'version']),
  drgGroups: read.page(drgGroups, ['version', 'code']),
  newestDrgGroups: read.page(drgGroups, ['version', 'code'], {
    where: sql`${drgGroups.version} = (select max(newest.version) from ${drgGroups} as newest)`,
  }),
  drgCase: read.byOwnedId(drgCases, 'dc'),
  drgCaseOfClaim: read.byOwnedId(drgCases, 'cl'),
  drgCaseOfEncounter: read.byOwnedId(drgCases, 'en', 'encounterNo'),
  drgCases: read.page(drgCases, ['residentId', 'no']),
  drgSumsBetween: perArgument((days: DayRange) => read.batch((providers, query) => drgSums(providers, days, query))),
  drgMonth: read.byKey(drgMonths, 'id'),
  drgMonthOfInstitution: read.byKeys(drgMonths, ['institutionId', 'month']),
  dipGroup: read.byKey(dipGroups, 'code'),
  dipGroups: read.page(dipGroups, 'code'),
  allianceBudget: read.byKeys(allianceBudgets, ['allianceId', 'year']),
  latestSplit: read.aggregateBy(allianceBudgets, 'allianceId', newestSplit),
  splitOfYear: perArgument((year: number) =>
    read.aggregateBy(allianceBudgets, 'allianceId', newestSplit, {
      where: sql`${allianceBudgets.year} = ${year}::integer`,
    }),
  ),
  physician: read.aggregateBy(insurancePhysicians, 'physicianCode', {
    status: sql<'ACTIVE' | 'SUSPENDED' | 'REMOVED'>`max(${insurancePhysicians.status})`,
    pointsDeducted: sql<number>`max(${insurancePhysicians.pointsDeducted})`,
  }),
});

const newestSplit = {
  lead: sql<string>`(array_agg(${allianceBudgets.splitLead} order by ${allianceBudgets.year} desc))[1]`,
  township: sql<string>`(array_agg(${allianceBudgets.splitTownship} order by ${allianceBudgets.year} desc))[1]`,
  village: sql<string>`(array_agg(${allianceBudgets.splitVillage} order by ${allianceBudgets.year} desc))[1]`,
};

async function drgSums(
  providers: readonly string[],
  { from, to }: DayRange,
  query: Query,
): Promise<ReadonlyMap<string, DrgSums>> {
  const rows = await query(
    sql`select ${drgCases.providerCode}, count(*)::integer,
               count(*) filter (where ${drgCases.outlier} in ('NORMAL', 'LOW', 'HIGH'))::integer,
               coalesce(sum(${drgCases.rw}) filter (where ${drgCases.outlier} in ('NORMAL', 'LOW', 'HIGH')), 0),
               sum(${drgCases.cost}), sum(${drgCases.payable}), sum(${drgCases.fundPayable}), sum(${drgCases.hospitalBalance})
        from ${drgCases}
        where ${drgCases.providerCode} = any(${sql.param([...providers])}::text[])
          and ${drgCases.month} between ${from.slice(0, 7)} and ${to.slice(0, 7)}
        group by 1`,
  );
  return new Map(
    rows.map(([provider, cases, grouped, weight, cost, payable, fundPayable, hospitalBalance]) => [
      String(provider),
      {
        cases: Number(cases),
        groupedCases: Number(grouped),
        weight: String(weight),
        cost: String(cost),
        payable: String(payable),
        fundPayable: String(fundPayable),
        hospitalBalance: String(hospitalBalance),
      },
    ]),
  );
}
