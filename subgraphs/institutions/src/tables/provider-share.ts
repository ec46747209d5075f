/**
 * SQL: the shares of supervision whose figures insurance tells (domain.md 3.20), a row for each rule, institution and month that has
 * something to count: `institution_id`, `rule_id`, `month`, `part`, `whole`.
 */
export const providerShares = `
  select i.id as institution_id, share.rule_id, p.month, share.part, share.whole
  from provider_month_projections p join institutions i on i.provider_code = p.provider_code
  cross join lateral (values
    ('DRUG_SHARE', p.drugs, p.total),
    ('CONSUMABLE_SHARE', p.consumables, p.total),
    ('LOW_OUTLIER_SHARE', p.low_outliers, p.drg_cases),
    ('HIGH_OUTLIER_SHARE', p.high_outliers, p.drg_cases)) share(rule_id, part, whole)
  where share.whole > 0`;
