import type { Draws } from '../chance/draws.ts';
import { isCommunity } from '../divisions.ts';
import type { PlaceWorld } from '../place-world.ts';
import { fixturesOf } from './fixtures.ts';
import { type Home, homesOf, relationOf } from './households.ts';
import { peopleOf } from './people.ts';
import type { BlockRange, Member } from './person.ts';

/** A community has more people than a village. */
const COMMUNITY_WEIGHT = 2.2;

/** Serials of health records that one block may use in one village (health record numbers have five digits). */
const SERIALS_PER_BLOCK = 90;

/** The members of a block in the order of their index: households are contiguous. */
export function membersOf(world: PlaceWorld, range: BlockRange, draws: Draws): Member[] {
  const people = peopleOf(world.model, range, fixturesOf(world.model.key), draws);
  const wanted =
    Math.round(range.end / world.model.householdSize) - Math.round(range.start / world.model.householdSize);
  const homes = homesOf(people, wanted, draws);
  const villages = villagesFor(world, homes, draws);
  const inVillage = new Map<string, number>();
  let index = range.start;
  return homes.flatMap((home, number) => {
    const head = index;
    const village = villages[number] ?? '';
    return home.members.map((one) => {
      const before = inVillage.get(village) ?? 0;
      inVillage.set(village, before + 1);
      index += 1;
      return {
        ...one,
        index: index - 1,
        householdNo: number,
        householdHead: head,
        householdSize: home.members.length,
        relation: relationOf(home, one),
        married: home.couple && home.members.indexOf(one) < 2,
        guardian: one.age < 18 ? guardianOf(home, head) : null,
        village,
        serialInVillage: range.number * SERIALS_PER_BLOCK + before + 1,
      };
    });
  });
}

/** The woman of a couple, or the head. */
function guardianOf(home: Home, head: number): number | null {
  const adult = home.couple ? 1 : 0;
  return (home.members[adult]?.age ?? 0) >= 18 ? head + adult : null;
}

/** Villages of households: evenly over the weights of all villages of the place; fixtures in their town. */
function villagesFor(world: PlaceWorld, homes: readonly Home[], draws: Draws): string[] {
  const { cumulated, total } = weightsOf(world);
  return homes.map((home, number) => {
    const u = draws.uniform();
    const town = home.members[0]?.fixture?.town;
    if (town !== undefined) return villageOfTown(world, town);
    const target = ((number + u) / homes.length) * total;
    return world.geography.villages[lowerBound(cumulated, target)]?.code ?? '';
  });
}

/** The first village of a town that has a clinic. */
function villageOfTown(world: PlaceWorld, town: string): string {
  const code = world.geography.townships.find((one) => one.name === town)?.code;
  const village = world.geography.villages.find(
    (one) => one.parentCode === code && world.geography.clinicOf.has(one.code),
  );
  if (village === undefined) throw new RangeError(`No village with a clinic in ${town}`);
  return village.code;
}

function weightsOf(world: PlaceWorld): { cumulated: number[]; total: number } {
  let total = 0;
  const cumulated = world.geography.villages.map((village) => {
    total += isCommunity(village.code) ? COMMUNITY_WEIGHT : 1;
    return total;
  });
  return { cumulated, total };
}

function lowerBound(cumulated: readonly number[], target: number): number {
  let low = 0;
  let high = cumulated.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulated[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
