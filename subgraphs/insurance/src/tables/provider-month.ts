import { integer, numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

const money = () => numeric({ precision: 16, scale: 2 }).notNull();

/** What the providers earned in a month, and of what 定点机构月度费用构成: the figures that supervision is told (domain.md 3.20). */
export const providerMonths = pgTable(
  'provider_months',
  {
    providerCode: text().notNull(),
    /** Month of service, a stay's of discharge; `2024-03`. */
    month: text().notNull(),
    total: money(),
    drugs: money(),
    consumables: money(),
    /** Cases that DRG pays; without those paid by item. */
    drgCases: integer().notNull(),
    lowOutliers: integer().notNull(),
    highOutliers: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.month, table.providerCode] })],
);
export type ProviderMonthRow = typeof providerMonths.$inferSelect;

/** Rules of supervision that rest on these figures (domain.md 3.20). */
export const toldRules = ['DRUG_SHARE', 'CONSUMABLE_SHARE', 'LOW_OUTLIER_SHARE', 'HIGH_OUTLIER_SHARE'] as const;
export type ToldRule = (typeof toldRules)[number];

/** What institutions says of an alert that it raised. */
export interface AlertReference {
  readonly id: string;
  readonly ruleId: string;
  readonly period: string;
  readonly threshold: string;
  readonly institution: { readonly providerCode?: string | null };
}

/** SQL: whether DRG pays a case `d`. */
export const paidByDrg = `d.outlier not in ('EXCLUDED', 'UNGROUPED')`;

/** SQL: whether a case `d` is a high outlier by its cost (domain.md 3.3), also when the limit of its month has it paid as normal. */
export const highByCost = `d.cost > d.standard * (
  select (band->>'factor')::numeric
  from (select policy from drg_policies where year <= left(d.month, 4)::integer order by year desc limit 1) p,
    jsonb_array_elements(p.policy->'high') with ordinality bands(band, place)
  where band->>'upToRw' is null or d.rw <= (band->>'upToRw')::numeric
  order by place limit 1)`;

/**
 * SQL: computes the months from `span.first` until `span.until`, which a `with` before it gives as days, and gives the rows that changed. Voided
 * claims count nowhere.
 */
export const computeProviderMonths = `
  revenue as (
    select c.provider_code, to_char(c.service_date, 'YYYY-MM') as month, sum(c.total_amount) as total,
      coalesce(sum(l.drugs), 0) as drugs, coalesce(sum(l.consumables), 0) as consumables
    from claims c cross join lateral (
      select sum((line->>'amount')::numeric) filter (where line->>'kind' = 'DRUG') as drugs,
        sum((line->>'amount')::numeric) filter (where line->>'kind' = 'CONSUMABLE') as consumables
      from jsonb_array_elements(c.lines) line) l
    where c.status = 'SETTLED' and c.service_date >= (select first from span) and c.service_date < (select until from span)
    group by 1, 2),
  grouped as (
    select d.provider_code, d.month, count(*)::integer as cases,
      (count(*) filter (where d.outlier = 'LOW'))::integer as low,
      (count(*) filter (where ${highByCost}))::integer as high
    from drg_cases d
    where ${paidByDrg}
      and d.month >= (select to_char(first, 'YYYY-MM') from span) and d.month < (select to_char(until, 'YYYY-MM') from span)
    group by 1, 2),
  before as (
    select provider_code, month from provider_months
    where month >= (select to_char(first, 'YYYY-MM') from span) and month < (select to_char(until, 'YYYY-MM') from span))
  insert into provider_months as m (provider_code, month, total, drugs, consumables, drg_cases, low_outliers, high_outliers)
  select provider_code, month, coalesce(total, 0), coalesce(drugs, 0), coalesce(consumables, 0),
    coalesce(cases, 0), coalesce(low, 0), coalesce(high, 0)
  from revenue full join grouped using (provider_code, month) full join before using (provider_code, month)
  order by 1, 2
  on conflict (month, provider_code) do update set total = excluded.total, drugs = excluded.drugs, consumables = excluded.consumables,
    drg_cases = excluded.drg_cases, low_outliers = excluded.low_outliers, high_outliers = excluded.high_outliers
  where (m.total, m.drugs, m.consumables, m.drg_cases, m.low_outliers, m.high_outliers) is distinct from
    (excluded.total, excluded.drugs, excluded.consumables, excluded.drg_cases, excluded.low_outliers, excluded.high_outliers)
  returning provider_code as "providerCode", month, total::text, drugs::text, consumables::text,
    drg_cases::text as "drgCases", low_outliers::text as "lowOutliers", high_outliers::text as "highOutliers"`;
