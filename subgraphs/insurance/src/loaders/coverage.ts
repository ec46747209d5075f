import { perArgument, type Query, type Read, type RequestClock } from '@hutong/kit';
import { sql, type SQL } from 'drizzle-orm';
import type { Scheme } from '../schema-types.ts';
import {
  accumulators,
  chronicOutpatientRegistrations,
  coverages,
  insuredCounts,
  outOfAreaFilings,
  twoDiseaseRegistrations,
} from '../tables/coverage.ts';
import { benefitPlans, type BenefitPlanRow } from '../tables/policy.ts';

/** The caps of the plan that covers a resident, and whether the resident is retired. */
export interface CapTerms {
  readonly caps: BenefitPlanRow['caps'];
  readonly retired: boolean;
}

/** Reads of coverages, yearly totals and registrations. */
export const coverageLoaders = (read: Read, clock: RequestClock) => {
  const coverageOn = perArgument((day: string) =>
    read.firstBy(coverages, 'residentId', {
      where: sql`${coverages.validFrom} <= ${day}::date and coalesce(${coverages.validTo}, 'infinity') >= ${day}::date and ${coverages.status} = 'VALID'`,
      orderBy: [['validFrom', 'DESC']],
    }),
  );
  return {
    coverage: read.byOwnedId(coverages, 'cv'),
    coverageOn,
    coverageToday: coverageOn(clock.day),
    psnNo: read.valueBy(coverages, 'residentId', 'psnNo', { orderBy: [['validFrom', 'DESC'], 'no'] }),
    accumulator: read.byOwnedId(accumulators, 'ac'),
    accumulatorsOfResident: read.listBy(accumulators, 'residentId', { orderBy: [['no', 'DESC']] }),
    twoDiseaseRegistration: read.byOwnedId(twoDiseaseRegistrations, 'tw'),
    twoDiseaseRegistrations: read.page(twoDiseaseRegistrations, ['residentId', 'no']),
    twoDiseaseOfResident: read.listBy(twoDiseaseRegistrations, 'residentId', { orderBy: ['no'] }),
    chronicRegistration: read.byOwnedId(chronicOutpatientRegistrations, 'ch'),
    chronicOfResident: read.listBy(chronicOutpatientRegistrations, 'residentId', { orderBy: ['no'] }),
    filing: read.byOwnedId(outOfAreaFilings, 'oa'),
    filingsOfResident: read.listBy(outOfAreaFilings, 'residentId', { orderBy: ['no'] }),
    capsOfYear: perArgument((year: number) => read.batch((ids, query) => loadCaps(ids, year, query))),
    insuredOfYear: perArgument((year: number) =>
      read.aggregateBy(
        insuredCounts,
        'regionCode',
        {
          all: sql<number>`sum(${insuredCounts.persons})::integer`,
          EMPLOYEE: insuredBy('EMPLOYEE'),
          CIVIL_SERVANT: insuredBy('CIVIL_SERVANT'),
          LARGE_EXPENSE: insuredBy('LARGE_EXPENSE'),
          RETIRED_CADRE: insuredBy('RETIRED_CADRE'),
          RESIDENT: insuredBy('RESIDENT'),
          RESIDENT_CATASTROPHIC: insuredBy('RESIDENT_CATASTROPHIC'),
          MATERNITY: insuredBy('MATERNITY'),
        },
        { where: newestUpTo(year) },
      ),
    ),
  };
};

const insuredBy = (scheme: Scheme) =>
  sql<number>`sum(${insuredCounts.persons}) filter (where ${insuredCounts.scheme} = ${scheme})::integer`;

/** The newest count of the division that is not later than the year. */
function newestUpTo(year: number): SQL {
  return sql`${insuredCounts.year} = (select max(n.year) from ${insuredCounts} n where n.region_code = ${insuredCounts.regionCode} and n.year <= ${year}::integer)`;
}

/** Caps by the coverage and plan of the year; of the last year before it that has a plan, when it has none. */
async function loadCaps(
  residents: readonly string[],
  year: number,
  query: Query,
): Promise<ReadonlyMap<string, CapTerms>> {
  const rows = await query(
    sql`select distinct on (${coverages.residentId}) ${coverages.residentId}, ${coverages.personClass}, plan.caps
        from ${coverages}
        join ${benefitPlans} as covered on covered.key = ${coverages.planKey}
        join ${benefitPlans} as plan on plan.code = covered.code and plan.year <= ${year}::integer
        where ${coverages.residentId} = any(${sql.param([...residents])}::text[])
          and ${coverages.validFrom} <= make_date(${year}::integer, 12, 31)
        order by ${coverages.residentId}, ${coverages.validFrom} desc, plan.year desc`,
  );
  return new Map(
    rows.map(([id, personClass, caps]) => [String(id), { caps: capsOf(caps), retired: personClass === retiredClass }]),
  );
}

/** 退休人员, PERSON-CLASS. */
const retiredClass = '12';

function capsOf(value: unknown): BenefitPlanRow['caps'] {
  // A jsonb column of our own making: parsed where it was written (seed, import).
  return (typeof value === 'string' ? JSON.parse(value) : value) as BenefitPlanRow['caps'];
}
