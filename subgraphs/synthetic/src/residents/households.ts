import type { Draws } from '../chance/draws.ts';
import { evenly, shuffled } from '../chance/sampling.ts';
import type { Somebody } from './person.ts';

/** People who live together; the head comes first, a couple is the first two. */
export interface Home {
  readonly members: Somebody[];
  readonly couple: boolean;
}

const COUPLED = 0.78;
const LARGEST = 9;
const TRIES = 14;

/** Puts the people of a block into households of the wanted number; fixtures keep their own, first and in order. */
export function homesOf(people: readonly Somebody[], wanted: number, draws: Draws): Home[] {
  const fixed = fixtureHomes(people);
  const rest = shuffled(
    people.filter((one) => one.fixture === null),
    draws,
  );
  const { couples, singles } = pairUp(
    rest.filter((one) => one.age >= 18),
    draws.uniform(),
  );
  const cores: Home[] = couples.map((members) => ({ members, couple: true }));
  const alone = shuffled(singles, draws).toSorted((a, b) => Number(b.age >= 30) - Number(a.age >= 30));
  const missing = Math.max(1, wanted - fixed.length - cores.length);
  cores.push(...alone.slice(0, missing).map((one) => ({ members: [one], couple: false })));
  for (const one of alone.slice(missing)) join(one, cores, draws, one.age < 45 ? 'CHILD' : 'PARENT');
  for (const child of rest.filter((one) => one.age < 18)) join(child, cores, draws, 'CHILD');
  return [...fixed, ...shuffled(cores, draws)];
}

/** Relation to the head of the household (VS-59). */
export function relationOf(home: Home, member: Somebody): string {
  const [head, second] = home.members;
  if (head === undefined || member === head) return '0';
  if (home.couple && member === second) return '1';
  const younger = head.age - member.age;
  if (younger >= 46) return '4';
  if (younger >= 15) return member.sex === 'MALE' ? '2' : '3';
  return younger <= -15 ? '5' : '8';
}

/** The fixtures of domain.md 8.9 live with their families. */
function fixtureHomes(people: readonly Somebody[]): Home[] {
  const homes: Home[] = [];
  for (const one of people) {
    if (one.fixture === null) continue;
    const home = homes[one.fixture.household] ?? { members: [], couple: one.fixture.place === 'pei' };
    home.members.push(one);
    homes[one.fixture.household] = home;
  }
  return homes;
}

const byAge = (a: Somebody, b: Somebody) => b.age - a.age || b.birthDay - a.birthDay;

/** Couples of like age, walking both sexes by age; the others stay single. */
function pairUp(adults: readonly Somebody[], start: number): { couples: Somebody[][]; singles: Somebody[] } {
  const men = adults.filter((one) => one.sex === 'MALE' && one.age >= 23).toSorted(byAge);
  const women = adults.filter((one) => one.sex === 'FEMALE' && one.age >= 21).toSorted(byAge);
  const pairs = Math.min(men.length, women.length);
  const couples: Somebody[][] = [];
  const coupled = new Set<Somebody>();
  for (let number = 0; number < pairs; number += 1) {
    const man = men[Math.floor((number * men.length) / pairs)];
    const woman = women[Math.floor((number * women.length) / pairs)];
    if (man === undefined || woman === undefined || evenly(start, number) >= COUPLED) continue;
    couples.push([man, woman]);
    coupled.add(man).add(woman);
  }
  return { couples, singles: adults.filter((one) => !coupled.has(one)) };
}

/** Adds somebody to a household whose ages fit, looking at a few at random. */
function join(one: Somebody, homes: readonly Home[], draws: Draws, as: 'CHILD' | 'PARENT'): void {
  let best = draws.pick(homes);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const home = draws.pick(homes);
    if (home.members.length < LARGEST && fits(one, home, as)) {
      home.members.push(one);
      return;
    }
    if (home.members.length < best.members.length) best = home;
  }
  best.members.push(one);
}

function fits(one: Somebody, home: Home, as: 'CHILD' | 'PARENT'): boolean {
  const adult = home.members[home.couple ? 1 : 0];
  if (adult === undefined) return false;
  const older = adult.age - one.age;
  return as === 'CHILD' ? older >= 20 && older <= 40 : older <= -18 && older >= -42;
}
