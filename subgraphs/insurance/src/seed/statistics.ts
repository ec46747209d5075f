import type { SqlSession, TableProgress } from '@hutong/kit';
import type { RegionOptions } from '@hutong/synthetic';
import { computeProviderMonths } from '../tables/provider-month.ts';
import { fillSnapshots } from './snapshots.ts';
import type { SnapshotSubjects } from './subjects.ts';

/** What is computed by SQL once the rows are there. */
export interface StatisticsInput {
  readonly subjects: readonly SnapshotSubjects[];
  /** High outliers beyond the monthly limit (domain.md 3.3). */
  readonly demoted: readonly { readonly residentId: string; readonly no: number }[];
  readonly options: RegionOptions;
  readonly years: readonly number[];
}

/** Limits the high outliers, sums the providers' months, counts the insured, states the fund's income and spending, fills the snapshots. */
export async function* fillStatistics(sql: SqlSession, input: StatisticsInput): AsyncGenerator<TableProgress> {
  await payAsNormal(sql, input.demoted);
  await sql.unsafe('analyze');
  yield { table: 'providerMonths', rows: await sumProviderMonths(sql, input.years) };
  yield { table: 'insuredCounts', rows: await countInsured(sql, input.years) };
  yield { table: 'fundStatements', rows: await stateFunds(sql, input) };
  yield { table: 'indicatorSnapshots', rows: await fillSnapshots(sql, input.subjects, input.years) };
}

async function payAsNormal(sql: SqlSession, demoted: StatisticsInput['demoted']): Promise<void> {
  if (demoted.length === 0) return;
  await sql`
    update drg_cases c
    set outlier = 'NORMAL', payable = c.standard, fund_payable = c.fund_payable - (c.payable - c.standard),
        hospital_balance = c.standard - c.cost
    from unnest(${demoted.map(({ residentId }) => residentId)}::text[], ${demoted.map(({ no }) => no)}::integer[]) as d(resident_id, no)
    where c.resident_id = d.resident_id and c.no = d.no`;
}

/** What every provider earned in each month, and of what (domain.md 3.20). */
async function sumProviderMonths(sql: SqlSession, years: readonly number[]): Promise<number> {
  const rows = await sql.unsafe(
    `with span as (select make_date($1, 1, 1) as first, make_date($2, 1, 1) as until), ${computeProviderMonths}`,
    [Math.min(...years), Math.max(...years) + 1],
  );
  return rows.count;
}

/** Insured persons at the end of each year, in every division from the province to the township. */
async function countInsured(sql: SqlSession, years: readonly number[]): Promise<number> {
  const rows = await sql`
    insert into insured_counts (region_code, year, scheme, persons)
    select left(c.home_region_code, l.length), y.year, c.scheme, count(distinct c.resident_id)::integer
    from coverages c
    join unnest(${[...years]}::integer[]) y(year)
      on c.valid_from <= make_date(y.year, 12, 31) and coalesce(c.valid_to, 'infinity') >= make_date(y.year, 12, 31)
    cross join (values (2), (4), (6), (9)) l(length)
    group by 1, 2, 3`;
  return rows.count;
}

/** Yearly premium with subsidy of one insured person 筹资标准, yuan [pd]. */
const premiums = { resident: '1070', employee: '4600' } as const;

/** Income and spending of each county and place by month, quarter and year; income in the scale of the visits. */
async function stateFunds(sql: SqlSession, { options, years }: StatisticsInput): Promise<number> {
  const rows = await sql`
    with months as (
      select y.year, m.month, to_char(make_date(y.year, m.month, 1), 'YYYY-MM') as period
      from unnest(${[...years]}::integer[]) y(year), generate_series(1, 12) m(month)
    ),
    spent as (
      select left(home_region_code, l.length) as region_code, scheme, to_char(service_date, 'YYYY-MM') as period,
             sum(fund_basic + fund_catastrophic) as expense,
             sum(fund_basic + fund_catastrophic) filter (where inside_county) as inside,
             sum(fund_basic + fund_catastrophic) filter (where primary_care) as primary_part
      from claims cross join (values (4), (6)) l(length)
      where status = 'SETTLED' group by 1, 2, 3
    ),
    monthly as (
      select i.region_code, i.scheme, m.year, m.month, m.period,
             round(i.persons * (case i.scheme when 'EMPLOYEE' then ${premiums.employee} else ${premiums.resident} end)::numeric
                   * ${String(options.visitScale)}::numeric / 12, 2) as income,
             coalesce(s.expense, 0) as expense, coalesce(s.inside, 0) as inside, coalesce(s.primary_part, 0) as primary_part
      from months m
      join insured_counts i on i.year = m.year and length(i.region_code) in (4, 6)
      left join spent s on s.region_code = i.region_code and s.scheme = i.scheme and s.period = m.period
    ),
    periods as (
      select region_code, scheme, period, income, expense, inside, primary_part from monthly
      union all
      select region_code, scheme, year || '-Q' || ((month + 2) / 3), income, expense, inside, primary_part from monthly
      union all
      select region_code, scheme, year::text, income, expense, inside, primary_part from monthly
    )
    insert into fund_statements (region_code, period, scheme, income, expense, balance, inside_county, "primary")
    select region_code, period, scheme, sum(income), sum(expense), sum(income) - sum(expense), sum(inside), sum(primary_part)
    from periods group by 1, 2, 3`;
  return rows.count;
}
