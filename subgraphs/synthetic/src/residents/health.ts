import { firstDayOf, lastDayOf } from '../chance/calendar.ts';
import type { Draws } from '../chance/draws.ts';
import { quota, selectExactly, shuffled, systematic } from '../chance/sampling.ts';
import { AGE_BANDS, type PlaceModel, meanOverBands } from '../places/place-model.ts';
import type { BlockRange, Conditions, Managed, Member, Pregnancy } from './person.ts';

const LAST_YEAR = 2024;

/** Share of true patients who are managed, standardised, and controlled (domain.md 8.5). */
const MANAGEMENT = {
  htn: { enrolled: 0.4, standardised: 0.7, controlled: 0.62 },
  dm: { enrolled: 0.32, standardised: 0.7, controlled: 0.52 },
} as const;

/** Day of the year of the last birth: its stay of two days at least ends before AS_OF. */
const LAST_DELIVERY = 363;

/** Management starts at this age (domain.md 3.10). */
const MANAGED_FROM = 35;

/** Who has what: systematic samples over the block, so prevalence is met almost exactly (domain.md 8.3, 8.5). */
export function conditionsOf(members: readonly Member[], draws: Draws): ReadonlyMap<number, Conditions> {
  const order = shuffled(members, draws).toSorted((a, b) => a.band - b.band);
  const some = (rate: (member: Member) => number): ReadonlySet<number> =>
    new Set(systematic(order, rate, draws.uniform()).map((member) => member.index));
  const htn = some((one) => forced(one, 'rs_demo_wang', AGE_BANDS[one.band]?.htn ?? 0));
  const dm = some((one) => diabetesRate(one, htn.has(one.index)));
  const stroke = some((one) => forced(one, 'rs_demo_wang', one.age >= 55 ? 0.012 : 0));
  const chd = some((one) => (one.age >= 50 ? 0.035 : 0));
  const copd = some((one) => (one.age >= 45 ? 0.03 : 0));
  const cancer = some((one) => (one.age >= 40 ? 0.008 : 0.0005));
  const mental = some((one) => (one.age >= 15 ? 0.0045 : 0));
  const tb = some((one) => (one.age >= 15 ? 0.0006 : 0));
  const disabled = some((one) => (one.fixture === null ? 0.012 + (one.age >= 60 ? 0.03 : 0) : 0));
  const lowIncome = some((one) => (one.fixture === null ? 0.03 : 0));
  const onlyChildLost = some((one) => (one.age >= 50 && one.sex === 'FEMALE' ? 0.002 : 0));
  return new Map(
    members.map(({ index }) => [
      index,
      {
        htn: htn.has(index),
        dm: dm.has(index),
        stroke: stroke.has(index),
        chd: chd.has(index),
        copd: copd.has(index),
        cancer: cancer.has(index),
        mental: mental.has(index),
        tb: tb.has(index),
        disabled: disabled.has(index),
        lowIncome: lowIncome.has(index),
        onlyChildLost: onlyChildLost.has(index),
      },
    ]),
  );
}

const isWang = (one: Member) => one.fixture?.fixture === 'rs_demo_wang';

/** Managed patients of one disease with how the year went; shares exact over the blocks (domain.md 8.5). */
export function managementOf(
  model: PlaceModel,
  patients: readonly Member[],
  disease: 'htn' | 'dm',
  draws: Draws,
): ReadonlyMap<number, Managed> {
  const terms = MANAGEMENT[disease];
  const all = meanOverBands(model, (band) => band[disease]);
  const eligible = meanOverBands(model, (band) => (band.from >= MANAGED_FROM ? band[disease] : 0));
  const rate = (terms.enrolled * all) / eligible;
  const adults = shuffled(
    patients.filter((one) => one.age >= MANAGED_FROM),
    draws,
  );
  const managed = systematic(adults, (one) => (isWang(one) ? 1 : rate), draws.uniform());
  const standardised = new Set(systematic(managed, (one) => (isWang(one) ? 1 : terms.standardised), draws.uniform()));
  const reordered = shuffled(managed, draws);
  const controlled = new Set(systematic(reordered, (one) => (isWang(one) ? 1 : terms.controlled), draws.uniform()));
  return new Map(
    managed.map((one) => [
      one.index,
      {
        enrolledDay: enrolmentDay(one, draws),
        standardised: standardised.has(one),
        controlled: controlled.has(one),
      },
    ]),
  );
}

const motherWeight = (one: Member) => (one.age <= 34 ? 3 : 1) * (one.married ? 3 : 0.3);

/** Pregnancies of the year of AS_OF: deliveries by the birth rate, and those under way (domain.md 8.3, 8.7). */
export function pregnanciesOf(
  model: PlaceModel,
  range: BlockRange,
  members: readonly Member[],
  draws: Draws,
): ReadonlyMap<number, Pregnancy> {
  const women = shuffled(
    members.filter((one) => one.sex === 'FEMALE' && one.age >= 20 && one.age <= 44 && one.fixture === null),
    draws,
  );
  const delivered = quota(model.births, range.start, range.end);
  const ongoing = quota(model.births * 0.3, range.start, range.end);
  const chosen = selectExactly(women, motherWeight, delivered + ongoing, draws.uniform());
  const mixed = shuffled(chosen, draws);
  const entries = mixed.map((one, number): [number, Pregnancy] => {
    if (number >= delivered)
      return [one.index, { lmpDay: lastDayOf(LAST_YEAR) - draws.integer(60, 260), deliveryDay: null }];
    const delivery = firstDayOf(LAST_YEAR) + draws.integer(0, LAST_DELIVERY);
    return [one.index, { lmpDay: delivery - draws.integer(266, 287), deliveryDay: delivery }];
  });
  const li = members.find((one) => one.fixture?.fixture === 'rs_demo_li');
  if (li !== undefined) entries.push([li.index, { lmpDay: lastDayOf(LAST_YEAR) - 28 * 7, deliveryDay: null }]);
  return new Map(entries);
}

function forced(one: Member, fixture: string, rate: number): number {
  if (one.fixture === null) return rate;
  return one.fixture.fixture === fixture ? 1 : 0;
}

/** 60 % of diabetics also have hypertension (domain.md 8.3). */
function diabetesRate(one: Member, htn: boolean): number {
  if (one.fixture !== null) return 0;
  const band = AGE_BANDS[one.band];
  if (band === undefined || band.htn === 0) return band?.dm ?? 0;
  return htn ? (0.6 * band.dm) / band.htn : (0.4 * band.dm) / (1 - band.htn);
}

/** 94 % were enrolled before the year of AS_OF, the others in it. */
function enrolmentDay(one: Member, draws: Draws): number {
  const thisYear = draws.chance(0.06) && one.fixture === null;
  if (thisYear) return firstDayOf(LAST_YEAR) + draws.integer(0, 330);
  return firstDayOf(LAST_YEAR) - 1 - draws.integer(0, Math.min(4_000, (one.age - 34) * 365));
}
