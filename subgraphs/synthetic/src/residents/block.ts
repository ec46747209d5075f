import { type Day, firstDayOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { quota, selectExactly, shuffled, systematic } from '../chance/sampling.ts';
import type { Scenario } from '../facts/places.ts';
import type { Vulnerability } from '../facts/residents.ts';
import type { PlaceWorld } from '../place-world.ts';
import { AGE_BANDS, meanOverBands } from '../places/place-model.ts';
import { contractsOf } from './contract-choice.ts';
import { conditionsOf, managementOf, pregnanciesOf } from './health.ts';
import { membersOf } from './members.ts';
import { type BlockRange, type Conditions, type Member, type PersonPlan, RETIREMENT_AGE } from './person.ts';

const LAST_YEAR = 2024;

/** Share of residents who moved away in the year of AS_OF, and of records opened (domain.md 8.7). */
const MOVED = 0.004;
const RECORDS = 0.94;
const ELDERLY_MANAGED = 0.72;

/** Everything that is decided about the residents of a block together. */
export interface BlockPlan {
  readonly range: BlockRange;
  readonly people: readonly PersonPlan[];
}

/** Plans a block: the same whoever asks, and whether or not other blocks were made. */
export function planBlock(world: PlaceWorld, range: BlockRange, scenario: Scenario): BlockPlan {
  const draws = new Draws(world.seed, `${world.model.key}/block/${range.number}/${range.end}`);
  const members = membersOf(world, range, draws);
  const conditions = conditionsOf(members, draws);
  const fates = fatesOf(world, range, members, draws);
  const alive = members.filter((one) => !fates.has(one.index));
  const has = (one: Member, condition: keyof Conditions) => conditions.get(one.index)?.[condition] ?? false;
  const managedHtn = managementOf(
    world.model,
    alive.filter((one) => has(one, 'htn')),
    'htn',
    draws,
  );
  const managedDm = managementOf(
    world.model,
    alive.filter((one) => has(one, 'dm')),
    'dm',
    draws,
  );
  const pregnancies = pregnanciesOf(world.model, range, alive, draws);
  const elderly = shuffled(
    alive.filter((one) => one.age >= 65),
    draws,
  );
  const elderlyManaged = new Set(
    systematic(elderly, (one) => (one.fixture === null ? ELDERLY_MANAGED : 1), draws.uniform()),
  );
  const insured = insuranceOf(world, range, members, draws);
  const recorded = new Set(
    systematic(shuffled(members, draws), (one) => (one.fixture === null ? RECORDS : 1), draws.uniform()),
  );
  const drafts = members.map((one): Omit<PersonPlan, 'contracted' | 'withDemoDoctor' | 'prefersVillageDoctor'> => {
    const own = conditions.get(one.index) ?? HEALTHY;
    const vulnerability = vulnerabilityOf(one, members, own, draws);
    const scheme = insured.get(one.index) ?? null;
    const fate = fates.get(one.index);
    return {
      ...one,
      conditions: own,
      managedHtn: managedHtn.get(one.index) ?? null,
      managedDm: managedDm.get(one.index) ?? null,
      insulin: own.dm && draws.chance(0.2),
      elderlyManaged: elderlyManaged.has(one),
      pregnancy: pregnancies.get(one.index) ?? null,
      vulnerability,
      careHome: vulnerability.includes('FIVE_GUARANTEE') && draws.chance(0.6),
      status: fate?.status ?? 'ACTIVE',
      statusDay: fate?.day ?? null,
      scheme,
      retired: scheme === 'EMPLOYEE' && one.age >= RETIREMENT_AGE,
      assistance: own.lowIncome || vulnerability.includes('FIVE_GUARANTEE'),
      hasRecord: recorded.has(one),
    };
  });
  return { range, people: contractsOf(world, range, drafts, scenario, activeCount, draws) };
}

/** How many of the first `end` residents are alive and present at AS_OF: exact, so that shares of them are. */
export function activeCount(world: PlaceWorld, end: number): number {
  return end - Math.round(deathRate(world) * end) - Math.round(MOVED * end);
}

const HEALTHY: Conditions = {
  htn: false,
  dm: false,
  stroke: false,
  chd: false,
  copd: false,
  cancer: false,
  mental: false,
  tb: false,
  disabled: false,
  lowIncome: false,
  onlyChildLost: false,
};

interface Fate {
  readonly status: 'MOVED' | 'DECEASED';
  readonly day: Day;
}

function deathRate(world: PlaceWorld): number {
  return meanOverBands(world.model, (band) => band.deaths);
}

/** Deaths by the rates of the bands, and removals, in the year of AS_OF. */
function fatesOf(
  world: PlaceWorld,
  range: BlockRange,
  members: readonly Member[],
  draws: Draws,
): ReadonlyMap<number, Fate> {
  const order = shuffled(
    members.filter((one) => one.fixture === null),
    draws,
  ).toSorted((a, b) => a.band - b.band);
  const deaths = quota(deathRate(world), range.start, range.end);
  const died = selectExactly(order, (one) => AGE_BANDS[one.band]?.deaths ?? 0, deaths, draws.uniform());
  const left = shuffled(
    order.filter((one) => !died.includes(one) && one.age >= 18),
    draws,
  );
  const moved = left.slice(0, quota(MOVED, range.start, range.end));
  const fate = (status: Fate['status'], one: Member): [number, Fate] => {
    const from = Math.max(firstDayOf(LAST_YEAR), one.birthDay);
    return [one.index, { status, day: from + draws.integer(0, firstDayOf(LAST_YEAR + 1) - 1 - from) }];
  };
  return new Map([...died.map((one) => fate('DECEASED', one)), ...moved.map((one) => fate('MOVED', one))]);
}

const employeeWeight = (one: Member) => (one.age < 60 ? 1.3 : 0.8);

/** Scheme of the insured: employees among adults, a few without cover (domain.md 8.2). */
function insuranceOf(
  world: PlaceWorld,
  range: BlockRange,
  members: readonly Member[],
  draws: Draws,
): ReadonlyMap<number, 'EMPLOYEE' | 'RESIDENT'> {
  const free = shuffled(
    members.filter((one) => one.fixture === null),
    draws,
  );
  const none = new Set(free.slice(0, quota(world.model.insured.none, range.start, range.end)));
  const adults = free.filter((one) => one.age >= 20 && !none.has(one)).toSorted((a, b) => a.band - b.band);
  const employees = quota(world.model.insured.employee, range.start, range.end);
  const employed = new Set(selectExactly(adults, employeeWeight, employees, draws.uniform()));
  return new Map(
    members.flatMap((one): [number, 'EMPLOYEE' | 'RESIDENT'][] =>
      none.has(one) ? [] : [[one.index, employed.has(one) ? 'EMPLOYEE' : 'RESIDENT']],
    ),
  );
}

/** VS-34: elders who live only with elders, alone, without anybody, or who cannot leave the house. */
function vulnerabilityOf(
  one: Member,
  members: readonly Member[],
  conditions: Conditions,
  draws: Draws,
): Vulnerability[] {
  if (one.fixture?.fixture === 'rs_demo_yi') return ['EMPTY_NEST'];
  if (one.fixture !== null) return [];
  const u = draws.uniform();
  const found: Vulnerability[] = [];
  if (one.age >= 65) {
    const first = members[0]?.index ?? 0;
    const head = one.householdHead - first;
    const home = members.slice(head, head + one.householdSize);
    const onlyElders = home.every((other) => other.age >= 60);
    if (onlyElders && home.length === 1 && u < 0.08) found.push('FIVE_GUARANTEE');
    else if (onlyElders && home.length === 1 && u < 0.35) found.push('LONELY');
    else if (onlyElders && u < 0.5) found.push('EMPTY_NEST');
  }
  if (conditions.disabled && (one.age >= 75 || u < 0.25)) found.push('DISABLED_HOME');
  return found;
}
