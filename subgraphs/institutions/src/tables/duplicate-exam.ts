/** Grades of quality 质控等级 from the lowest to the highest (VS-30), as a rank. */
const rankOf = (grade: string) => `array_position(array['NONE', 'ALLIANCE', 'CITY', 'PROVINCE', 'NATIONAL'], ${grade})`;

/**
 * SQL: reasons for examining again though a report was to be recognised. The others say that it was not: by the tests of 3.23, by its age
 * or its quality.
 */
const weighedReasons = `('CONDITION_CHANGED', 'FAST_CHANGING', 'MAJOR_DECISION', 'EMERGENCY', 'FORENSIC', 'OTHER')`;

/**
 * SQL: number of the report that a report `r` repeats without a reason 重复检查 (domain.md 3.7), null when it repeats none: a final
 * report of the item, made in another encounter, was recognisable, and nobody stored why it would not do. Another institution's goes before the
 * own, for that was to be recognised, and the newest before older ones. A reason counts for the encounter that it was given in, and before the report where that names none.
 */
export function duplicatedBy(r: string): string {
  return `select o.no from diagnostic_reports o join recognition_items t on t.code = o.item
    where ${r}.status <> 'CANCELLED' and o.resident_id = ${r}.resident_id and o.item = ${r}.item and o.no <> ${r}.no
      and (o.encounter_no is null or o.encounter_no is distinct from ${r}.encounter_no)
      and coalesce(o.body_site, o.specimen) is not distinct from coalesce(${r}.body_site, ${r}.specimen)
      and o.method is not distinct from ${r}.method
      and o.performed_time < ${r}.performed_time
      and ${r}.performed_time < o.performed_time + t.validity_days * interval '24 hours'
      and ${rankOf('o.quality_grade')} >= ${rankOf('t.required_grade')} and o.status = 'FINAL'
      and not exists (
        select from recognition_decisions d
        join diagnostic_reports x on x.resident_id = d.resident_id and x.no = d.report_no and x.item = ${r}.item
        where d.resident_id = ${r}.resident_id and d.at_institution_id = ${r}.performed_at_id
          and (d.report_no = o.no and d.reason is not null or d.reason in ${weighedReasons})
          and (d.encounter_no = ${r}.encounter_no
            or ${r}.encounter_no is null and d.at between o.performed_time and ${r}.issued_time))
    order by o.performed_at_id = ${r}.performed_at_id, o.performed_time desc, o.no desc limit 1`;
}

/** SQL: judges every stored report that repeats another; for rows that were not recorded one by one. */
export const markDuplicates = `update diagnostic_reports r set duplicate_of_no = judged.of_no
  from (select resident_id, no, (${duplicatedBy('s')}) as of_no from diagnostic_reports s) judged
  where judged.of_no is not null and r.resident_id = judged.resident_id and r.no = judged.no`;

/**
 * SQL: orders for which another institution's report was recognisable (E-06, domain.md 3.7): recognised, examined again with a reason, or
 * without one. What was never recognisable is no such order, and of the own reports there is nothing to recognise. However many reports
 * there were, an item of one site and method is one order of its encounter; without an encounter, each decision and examination is one.
 */
export const ordersWithReport = `
  select institution_id, min(at) as at, bool_or(recognised) and not bool_or(repeated) as recognised, max(avoided_price) as avoided_price
  from (
    select d.at_institution_id as institution_id, d.at, d.decision = 'RECOGNISED' as recognised, false as repeated, d.avoided_price,
      d.resident_id, d.encounter_no, case when d.encounter_no is null then d.no end as decision_no, null::integer as repetition_no,
      o.item, coalesce(o.body_site, o.specimen) as site, o.method
    from recognition_decisions d
    join diagnostic_reports o on o.resident_id = d.resident_id and o.no = d.report_no and o.performed_at_id <> d.at_institution_id
    where d.decision = 'RECOGNISED' or d.reason in ${weighedReasons}
    union all
    select r.performed_at_id, r.performed_time, false, true, null,
      r.resident_id, r.encounter_no, null, case when r.encounter_no is null then r.no end,
      r.item, coalesce(r.body_site, r.specimen), r.method
    from diagnostic_reports r
    join diagnostic_reports o on o.resident_id = r.resident_id and o.no = r.duplicate_of_no and o.performed_at_id <> r.performed_at_id) asked
  group by institution_id, resident_id, encounter_no, decision_no, repetition_no, item, site, method`;
