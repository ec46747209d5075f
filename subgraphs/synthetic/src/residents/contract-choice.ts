import { Draws } from '../chance/draws.ts';
import { selectExactly, shuffled } from '../chance/sampling.ts';
import type { Scenario } from '../facts/places.ts';
import type { PlaceWorld } from '../place-world.ts';
import { DEMO_TOWN } from './fixtures.ts';
import type { BlockRange, PersonPlan } from './person.ts';

type Draft = Omit<PersonPlan, 'contracted' | 'withDemoDoctor' | 'prefersVillageDoctor'>;

/** Share of contracts whose family doctor is a village doctor of the team. */
const SIGNED_BY_VILLAGE_DOCTOR = 0.4;

/** Contracts of the demo's family doctor (domain.md 8.9), reached at 10,000 residents. */
export const DEMO_DOCTOR_CONTRACTS = 1180;
const DEMO_PER_BLOCK = 118;

/** At most this share of a block's contracts is signed with one doctor: the baseline has too few for 118 a block. */
const DEMO_SHARE = 0.4;

/** Who has a contract at AS_OF: exactly the place's rate of those alive, by the weights of domain.md 8.5. */
export function contractsOf(
  world: PlaceWorld,
  range: BlockRange,
  drafts: readonly Draft[],
  scenario: Scenario,
  activeCount: (world: PlaceWorld, end: number) => number,
  draws: Draws,
): PersonPlan[] {
  const rate = world.model.contractRate[scenario];
  const upTo = (end: number) => Math.round(rate * activeCount(world, end));
  const wanted = upTo(range.end) - upTo(range.start);
  const alive = shuffled(
    drafts.filter((one) => one.status === 'ACTIVE'),
    draws,
  );
  const weights = weightsFor(alive, wanted, scenario);
  const chosen = selectExactly(alive, (one) => weights.get(one) ?? 0, wanted, draws.uniform());
  const contracted = new Set(chosen.map((one) => one.index));
  const demo = new Set(demoPatients(world, range, chosen, upTo).map((one) => one.index));
  return drafts.map((one) => ({
    ...one,
    contracted: contracted.has(one.index),
    withDemoDoctor: demo.has(one.index),
    prefersVillageDoctor: prefersVillageDoctor(world, one),
  }));
}

/** Child, elder, managed, pregnant or disabled: the people contracts are offered to first. */
export function isFocus(one: Draft): boolean {
  return (
    one.age <= 6 ||
    one.age >= 65 ||
    one.managedHtn !== null ||
    one.managedDm !== null ||
    one.pregnancy !== null ||
    one.conditions.disabled
  );
}

/** CURRENT keeps .85 for focus groups and lets the others make up the total; SEED_BASELINE only ranks. */
function weightsFor(alive: readonly Draft[], wanted: number, scenario: Scenario): ReadonlyMap<Draft, number> {
  const sure = (one: Draft) => one.fixture?.fixture !== null && one.fixture !== null;
  if (scenario === 'SEED_BASELINE') {
    return new Map(alive.map((one) => [one, sure(one) ? 1e9 : baselineWeight(one)]));
  }
  const focus = alive.filter(isFocus);
  const others = alive.length - focus.length;
  const rest = Math.max(0.02, (wanted - 0.85 * focus.length) / Math.max(1, others));
  return new Map(alive.map((one) => [one, sure(one) ? 1e9 : isFocus(one) ? 0.85 : rest]));
}

function baselineWeight(one: Draft): number {
  if (one.pregnancy !== null) return 0.5;
  if (one.managedHtn !== null || one.managedDm !== null) return 0.4;
  if (one.age >= 65) return 0.35;
  return one.age <= 6 ? 0.25 : 0.05;
}

function prefersVillageDoctor({ seed, model }: PlaceWorld, { fixture, index }: Draft): boolean {
  return fixture === null && new Draws(seed, `${model.key}/resident/${index}/signer`).chance(SIGNED_BY_VILLAGE_DOCTOR);
}

/**
 * The demo doctor's patients, a quota in each block of Pei: of the town those who belong to the doctor's team and to no village
 * doctor, then the nearest by code. The town's other team and its village doctors keep theirs.
 */
function demoPatients(
  world: PlaceWorld,
  range: BlockRange,
  contracted: readonly Draft[],
  upTo: (end: number) => number,
): Draft[] {
  if (world.model.key !== 'pei') return [];
  const reached = (end: number) => {
    const full = Math.floor((end * DEMO_PER_BLOCK) / 1000);
    return Math.min(DEMO_DOCTOR_CONTRACTS, full, Math.floor(upTo(end) * DEMO_SHARE));
  };
  const count = reached(range.end) - reached(range.start);
  const town = world.geography.townships.find((one) => one.name === DEMO_TOWN)?.code ?? '';
  const distance = (one: Draft) => {
    if (one.fixture !== null) return -1;
    return Math.abs(Number(one.village.slice(0, 9)) - Number(town));
  };
  const candidates = contracted.filter((one) => {
    const team = world.teamOf.get(one.village);
    if (one.fixture !== null || team?.hospital !== world.demoTeam?.hospital) return true;
    return team === world.demoTeam && !prefersVillageDoctor(world, one);
  });
  return candidates.toSorted((a, b) => distance(a) - distance(b) || a.index - b.index).slice(0, count);
}
