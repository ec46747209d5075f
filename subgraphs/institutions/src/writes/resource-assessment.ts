import { type Write, type Written, createFaults, expectText, governs, newId } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import { percent } from '../rules/percent.ts';
import { dayStart, periodBounds, type PeriodBounds } from '../rules/period.ts';
import type { SubmitResourceAssessmentInput } from '../schema-types.ts';
import { encounters } from '../tables/encounter.ts';
import { equipment } from '../tables/equipment.ts';
import { bedStats, institutions } from '../tables/place.ts';
import { type DiseaseShareValue, resourceAssessments } from '../tables/planning.ts';
import { regionsByCode, texts } from './checks.ts';

/** Counts what a division has and what it treated in a period that has ended (domain.md S2-5); once for each period. */
export async function submitResourceAssessment(input: SubmitResourceAssessmentInput, write: Write): Promise<Written> {
  const { regionCode, period, findings } = input;
  const bounds = periodBounds(period);
  const faults = createFaults();
  faults.expect((await regionsByCode(write, [regionCode])).has(regionCode), 'NOT_FOUND', 'regionCode');
  faults.expect(governs(write.caller, regionCode), 'FORBIDDEN', 'regionCode', texts.commission);
  expectText(faults, findings, 'findings', 4000);
  const ended = bounds !== undefined && Date.parse(bounds.until) <= Date.parse(write.clock.instant);
  faults.expect(ended, 'VALIDATION_FAILED', 'period', assessmentTexts.period);
  faults.throwIfAny();
  if (bounds === undefined) throw new TypeError(`the period ${period} was checked`);

  const id = newId('ra');
  const counts = await countResources(regionCode, write);
  const now = await countEncounters(regionCode, bounds, write);
  const before = await countEncounters(regionCode, periodBefore(bounds), write);
  await write.tx.insert(resourceAssessments).values({
    id,
    regionCode,
    period,
    ...counts,
    diseaseSpectrum: now.spectrum,
    demandGrowth: percent(now.all - before.all, before.all),
    findings,
  });
  write.change({ type: 'ResourceAssessment', id, kind: 'CREATED', payload: { regionCode, period, ...counts } });
  return { id };
}

const within = (regionCode: string) =>
  sql`${institutions.regionCode} ~>=~ ${regionCode} and ${institutions.regionCode} ~<~ ${`${regionCode}:`}`;

async function countResources(regionCode: string, { tx }: Write) {
  const open = sql`${institutions.status} = 'ACTIVE' and ${within(regionCode)}`;
  const [row] = await tx.execute<{ institutions: number; beds: number; equipment: number }>(sql`
    select count(*)::integer as institutions,
      (select coalesce(sum(${bedStats.open}), 0)::integer from ${bedStats}
        join ${institutions} on ${institutions.id} = ${bedStats.institutionId} where ${open}) as beds,
      (select count(*)::integer from ${equipment}
        join ${institutions} on ${institutions.id} = ${equipment.institutionId} where ${open}) as equipment
    from ${institutions} where ${open}`);
  return {
    institutionCount: row?.institutions ?? 0,
    beds: row?.beds ?? 0,
    equipmentCount: row?.equipment ?? 0,
  };
}

/** All encounters of a period and the ten most frequent main diagnoses among them. */
async function countEncounters(regionCode: string, { from, until }: PeriodBounds, { tx }: Write) {
  const rows = await tx.execute<{ icd10: string | null; encounters: number }>(sql`
    select ${encounters.diagnoses}->0->>'icd10' as icd10, count(*)::integer as encounters
    from ${encounters} join ${institutions} on ${institutions.id} = ${encounters.institutionId}
    where ${within(regionCode)}
      and ${encounters.startedAt} >= ${from}::timestamptz and ${encounters.startedAt} < ${until}::timestamptz
    group by 1 order by 2 desc, 1`);
  const all = rows.reduce((sum, row) => sum + row.encounters, 0);
  const spectrum = rows
    .flatMap(({ icd10, encounters: met }) => (icd10 === null ? [] : [{ icd10, met }]))
    .slice(0, 10)
    .map(({ icd10, met }, index): DiseaseShareValue => ({
      rank: index + 1,
      icd10,
      encounters: met,
      share: percent(met, all),
    }));
  return { all, spectrum };
}

/** The period of the same length before, against which growth is measured. */
function periodBefore({ from, until }: PeriodBounds): PeriodBounds {
  const months = monthOf(until) - monthOf(from);
  const first = monthOf(from) - months;
  const month = `${String(Math.floor(first / 12)).padStart(4, '0')}-${String((first % 12) + 1).padStart(2, '0')}`;
  return { from: dayStart(`${month}-01`), until: from };
}

/** Months since the year 0. */
function monthOf(at: string): number {
  return Number(at.slice(0, 4)) * 12 + Number(at.slice(5, 7)) - 1;
}

const assessmentTexts = {
  period: {
    en: 'A period that has ended is needed: 2024-03, 2024-Q1 or 2024.',
    zh: '须为已结束的周期：2024-03、2024-Q1 或 2024。',
  },
};
