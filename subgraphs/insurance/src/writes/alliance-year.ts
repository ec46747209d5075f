import { compositeKey, createFaults, expectVersion, refuse, type Write, type Written } from '@hutong/kit';
import { and, eq, gte, isNull, lte, or, sql } from 'drizzle-orm';
import { toCents, toYuan } from '../rules/money.ts';
import { allianceResult, performanceShares, SURPLUS_SHARES } from '../rules/surplus.ts';
import type { CloseAllianceYearInput, SurplusPart } from '../schema-types.ts';
import { allianceBudgets, designatedProviders, type SurplusShareValue } from '../tables/payment.ts';
import { institutionProjections, memberProjections } from '../tables/projection.ts';
import { insures } from './checks.ts';
import { notEvaluated, qualityOfYear } from './quality.ts';
import { texts } from './texts.ts';

/** Who takes part in a split, with the population that weighs. */
interface Member {
  readonly institutionId: string;
  readonly providerCode: string;
  readonly regionCode: string;
  readonly township: string;
  readonly part: SurplusPart;
}

/**
 * Closes a year of an alliance's budget 医共体年终清算 (domain.md 3.3.6): its insured are those of the townships of its member hospitals; what
 * is kept is split to the cent, inside a part by population times factor. Village clinics share the population and the evaluation of
 * their township's hospital, which manages them.
 */
export async function closeAllianceYear(input: CloseAllianceYearInput, write: Write): Promise<Written> {
  const { allianceId, year } = input;
  const [budget] = await write.tx
    .select()
    .from(allianceBudgets)
    .where(and(eq(allianceBudgets.allianceId, allianceId), eq(allianceBudgets.year, year)))
    .for('update');
  if (budget === undefined) return refuse('NOT_FOUND', 'allianceId', ownTexts.noBudget);
  expectVersion(budget, input.version);
  const members = await membersOf(write, allianceId, year);
  const lead = members.find(({ part }) => part === 'LEAD');
  const townships = members.filter(({ part }) => part === 'TOWNSHIP');
  const faults = createFaults();
  faults.expect(insures(write.caller, lead?.regionCode ?? ''), 'FORBIDDEN', 'allianceId', texts.bureau);
  faults.expect(year < Number(write.clock.day.slice(0, 4)), 'VALIDATION_FAILED', 'year', texts.yearNotOver);
  faults.expect(budget.closedAt === null, 'INVALID_TRANSITION', 'year');
  const quality = (await qualityOfYear(write, 'ALLIANCE', [allianceId], year)).get(allianceId);
  const hospitalIds = townships.map(({ institutionId }) => institutionId);
  const ofHospitals = await qualityOfYear(write, 'INSTITUTION', hospitalIds, year);
  const unknown = [...(quality === undefined ? [allianceId] : []), ...hospitalIds.filter((id) => !ofHospitals.has(id))];
  faults.expect(unknown.length === 0, 'VALIDATION_FAILED', 'year', notEvaluated(unknown, year));
  const insured = await insuredOf(write, townships, year);
  const hasInsured = [...insured.values()].some((count) => count > 0);
  faults.expect(hasInsured, 'VALIDATION_FAILED', 'allianceId', ownTexts.nobody);
  faults.throwIfAny();

  const { inside, outside } = await spentOf(write, members, year);
  const spent = toYuan(toCents(inside) + toCents(outside));
  const result = allianceResult(budget.budget, spent, quality ?? '0', SURPLUS_SHARES);
  const amounts = { LEAD: result.lead, TOWNSHIP: result.township, VILLAGE: result.village };
  const qualityOf = ({ part, township }: Member): string => {
    if (part === 'LEAD') return quality ?? '0';
    const hospital = townships.find((one) => one.township === township);
    return ofHospitals.get(hospital?.institutionId ?? '') ?? '0';
  };
  const shares = (['LEAD', 'TOWNSHIP', 'VILLAGE'] as const).flatMap((part) =>
    splitPart(
      amounts[part],
      members.filter((one) => one.part === part),
      { insured, qualityOf, lead },
    ),
  );
  const version = budget.version + 1;
  await write.tx
    .update(allianceBudgets)
    .set({
      spentInside: inside,
      spentOutside: outside,
      surplus: result.surplus,
      retained: result.retained,
      splitLead: result.lead,
      splitTownship: result.township,
      splitVillage: result.village,
      qualityScore: quality ?? null,
      shares,
      closedAt: write.clock.instant,
      version,
    })
    .where(and(eq(allianceBudgets.allianceId, allianceId), eq(allianceBudgets.year, year)));
  const id = compositeKey(allianceId, year);
  write.change({ type: 'AllianceBudget', id, kind: 'UPDATED', payload: { allianceId, year, version } });
  write.step({ type: 'AllianceBudget', id, from: 'OPEN', to: 'CLOSED' });
  return { id };
}

/** Splits a part among who is of it; a part that nobody is of goes to the lead hospital. */
function splitPart(
  amount: string,
  members: readonly Member[],
  of: {
    readonly insured: ReadonlyMap<string, number>;
    readonly qualityOf: (member: Member) => string;
    readonly lead: Member | undefined;
  },
): readonly SurplusShareValue[] {
  const populationOf = ({ part, township }: Member): number => {
    const neighbours = members.filter((one) => one.township === township).length;
    return part === 'LEAD' ? 1 : (of.insured.get(township) ?? 0) / neighbours;
  };
  const populated = members.filter((member) => populationOf(member) > 0);
  const taking = populated.length === 0 && of.lead !== undefined ? [of.lead] : populated;
  if (taking.length === 0) return [];
  const weighed = taking.map((member) => ({
    population: populated.length === 0 ? '1' : populationOf(member).toFixed(4),
    quality: of.qualityOf(member),
  }));
  const split = performanceShares(amount, weighed);
  return taking.map(({ institutionId, providerCode, part }, index) => ({
    institutionId,
    providerCode,
    part,
    weight: split[index]?.weight ?? '0',
    amount: split[index]?.amount ?? '0.00',
  }));
}

/** The members at the end of a year: the lead, township hospitals, and the clinics of their townships. */
async function membersOf({ tx }: Write, allianceId: string, year: number): Promise<readonly Member[]> {
  const lastDay = `${year}-12-31`;
  const joined = await tx
    .select({ institutionId: memberProjections.institutionId, role: memberProjections.role })
    .from(memberProjections)
    .where(
      and(
        eq(memberProjections.allianceId, allianceId),
        lte(memberProjections.joinedOn, lastDay),
        or(isNull(memberProjections.leftOn), gte(memberProjections.leftOn, lastDay)),
      ),
    );
  const roles = new Map(joined.map(({ institutionId, role }) => [institutionId, role]));
  const { providerCode, institutionId, regionCode, level } = designatedProviders;
  const known = await tx
    .select({ providerCode, institutionId, regionCode, level, place: institutionProjections.regionCode })
    .from(designatedProviders)
    .innerJoin(institutionProjections, eq(institutionProjections.id, institutionId))
    .orderBy(providerCode);
  const members = known.filter((one) => roles.has(one.institutionId));
  const townships = new Set(members.filter((one) => one.level === 'T').map(({ place }) => place.slice(0, 9)));
  return known.flatMap(({ place, level: of, ...one }): Member[] => {
    const township = place.slice(0, 9);
    if (roles.get(one.institutionId) === 'LEAD') return [{ ...one, township, part: 'LEAD' }];
    if (roles.has(one.institutionId) && of === 'T') return [{ ...one, township, part: 'TOWNSHIP' }];
    return of === 'V' && townships.has(township) ? [{ ...one, township, part: 'VILLAGE' }] : [];
  });
}

/** The insured of each township at the end of a year. */
async function insuredOf(
  { tx }: Write,
  townships: readonly Member[],
  year: number,
): Promise<ReadonlyMap<string, number>> {
  const codes = townships.map(({ township }) => township);
  const rows = await tx.execute<{ township: string; insured: number }>(sql`
    select home_region_code as township, count(distinct resident_id)::integer as insured from coverages
    where home_region_code = any(${sql.param(codes)}::text[]) and valid_from <= make_date(${year}::integer, 12, 31)
      and coalesce(valid_to, 'infinity') >= make_date(${year}::integer, 12, 31)
    group by 1`);
  return new Map(rows.map(({ township, insured }) => [township, insured]));
}

/** Fund spent in a year on the insured of the townships, at members and elsewhere. */
async function spentOf(
  { tx }: Write,
  members: readonly Member[],
  year: number,
): Promise<{ readonly inside: string; readonly outside: string }> {
  const townships = members.filter(({ part }) => part === 'TOWNSHIP').map(({ township }) => township);
  const providers = members.map(({ providerCode }) => providerCode);
  const [row] = await tx.execute<{ inside: string; outside: string }>(sql`
    select coalesce(sum(fund_basic) filter (where provider_code = any(${sql.param(providers)}::text[])), 0)::text as inside,
           coalesce(sum(fund_basic) filter (where provider_code <> all(${sql.param(providers)}::text[])), 0)::text as outside
    from claims
    where home_region_code = any(${sql.param(townships)}::text[]) and status = 'SETTLED'
      and service_date between make_date(${year}::integer, 1, 1) and make_date(${year}::integer, 12, 31)`);
  return { inside: row?.inside ?? '0', outside: row?.outside ?? '0' };
}

const ownTexts = {
  noBudget: { en: 'The alliance has no budget for that year.', zh: '该医共体该年度无总额预算。' },
  nobody: {
    en: 'Nobody insured is known in the townships of its members; check the members first.',
    zh: '成员机构所在乡镇无参保人，请先核实成员。',
  },
};
