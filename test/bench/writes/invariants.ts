import type { Sql } from '@hutong/kit';
import type { Answered, Outcome } from './table.ts';
import { firstEncounter } from './write-loads.ts';
import { beginning } from './write-order.ts';
import type { WriteRegion } from './write-region.ts';

/** What does not hold after the writes, in words. */
export async function brokenInvariants(region: WriteRegion, outcomes: readonly Outcome[]): Promise<readonly string[]> {
  const done = (name: Outcome['name']) =>
    outcomes.find((outcome) => outcome.name === name)?.inAll ?? { done: 0, unknown: 0 };
  const broken = await Promise.all([
    brokenTotals(region.database('insurance').sql, done('settlements')),
    brokenContracts(region.database('public-health').sql, done('signings')),
    brokenSlots(region.database('institutions').sql, done('bookings')),
  ]);
  return broken.flat();
}

/** Yearly totals are the sums of what was settled in the year; every settlement is there once, and told once. */
async function brokenTotals(sql: Sql, answered: Answered): Promise<readonly string[]> {
  const [wrong] = await sql<Count[]>`
    with settled as (
      select resident_id, extract(year from service_date)::integer as no,
        coalesce(sum(fund_basic) filter (where category = 'INPATIENT'), 0) as inpatient,
        coalesce(sum(fund_basic) filter (where category <> 'INPATIENT'), 0) as outpatient,
        sum(eligible - fund_basic) as own
      from claims where status = 'SETTLED' group by 1, 2)
    select count(*)::integer as n from accumulators a full join settled s using (resident_id, no)
    where coalesce(a.inpatient_fund, 0) <> coalesce(s.inpatient, 0)
      or coalesce(a.outpatient_fund + (a.two_disease_fund ->> 'htn')::numeric + (a.two_disease_fund ->> 'dm')::numeric, 0)
        <> coalesce(s.outpatient, 0)
      or coalesce(a.eligible_oop, 0) <> coalesce(s.own, 0)`;
  const [stored] = await sql<
    Count[]
  >`select count(*)::integer as n from claims where encounter_no >= ${firstEncounter}`;
  const [told] = await sql<Count[]>`
    select count(*)::integer as n from changes where type = 'Claim' and kind = 'CREATED'`;
  return [
    ...expectNone(wrong, 'yearly totals differ from what was settled'),
    ...expectAnswered(stored, answered, 'claims are stored'),
    ...expectAnswered(told, answered, 'claims are told to others'),
  ];
}

/** Nobody has two contracts, no team more than it can take, and every signing is there once. */
async function brokenContracts(sql: Sql, answered: Answered): Promise<readonly string[]> {
  const [twice] = await sql<Count[]>`
    select count(*)::integer as n from (
      select from service_contracts where status = 'ACTIVE' group by resident_id having count(*) > 1) as twice`;
  const [overfull] = await sql<Count[]>`
    select count(*)::integer as n from team_projections t
    where t.capacity < (select count(*) from service_contracts c where c.team_id = t.id and c.status = 'ACTIVE')`;
  const [active] = await sql<Count[]>`select count(*)::integer as n from service_contracts where status = 'ACTIVE'`;
  return [
    ...expectNone(twice, 'residents have two contracts'),
    ...expectNone(overfull, 'teams have more residents than they can take'),
    ...expectAnswered(active, answered, 'contracts are stored'),
  ];
}

/** What a slot counts as booked are its appointments, and no more than it has places. */
async function brokenSlots(sql: Sql, answered: Answered): Promise<readonly string[]> {
  const [wrong] = await sql<Count[]>`
    select count(*)::integer as n from appointment_slots s
    where s.id in (select a.slot_id from appointments a where a.booked_at >= ${beginning})
      and (s.booked_count > s.capacity
        or s.booked_count <> (select count(*) from appointments a where a.slot_id = s.id and a.status = 'BOOKED'))`;
  const [stored] = await sql<Count[]>`
    select count(*)::integer as n from appointments where booked_at >= ${beginning}`;
  return [
    ...expectNone(wrong, 'slots count other than their appointments'),
    ...expectAnswered(stored, answered, 'appointments are stored'),
  ];
}

interface Count {
  readonly n: number;
}

function expectNone(row: Count | undefined, said: string): readonly string[] {
  return row?.n === 0 ? [] : [`${row?.n} ${said}`];
}

/** As many as callers were told, and at most those more of which they were told nothing. */
function expectAnswered(row: Count | undefined, { done, unknown }: Answered, said: string): readonly string[] {
  const n = row?.n ?? 0;
  return n >= done && n <= done + unknown ? [] : [`${n} ${said}, ${done} were answered`];
}
