import { type Day, lastDayOf, plusMonths, yearsBetween } from '../chance/calendar.ts';
import type { Draws } from '../chance/draws.ts';
import { evenly } from '../chance/sampling.ts';
import { AGE_BANDS, type PlaceModel, bandOf } from '../places/place-model.ts';
import { FIXTURE_PEOPLE, type FixturePerson } from './fixtures.ts';
import type { BlockRange, Somebody } from './person.ts';

const AS_OF_DAY = lastDayOf(2024);

/** Birth days lie in classes so that (division, birth date, serial) is unique; see serialOf. */
const BIRTH_CLASSES = 4;
const SERIALS = 500;

/** The people of a block: age bands exact over all blocks together, sexes by the ratio of the age (domain.md 8.3). */
export function peopleOf(
  model: PlaceModel,
  range: BlockRange,
  fixtures: readonly FixturePerson[],
  draws: Draws,
): Somebody[] {
  const wanted = bandCounts(model, range);
  const named = range.number === 0 ? fixtures.slice(0, range.end - range.start) : [];
  const fixed = named.map((fixture) => somebody(fixture.sex, fixture.birthDay, fixture));
  for (const one of fixed) takeFrom(wanted, one.band);
  const sexStart = draws.uniform();
  const ageStart = draws.uniform();
  let number = 0;
  const drawn = wanted.flatMap((count, band) =>
    Array.from({ length: Math.max(0, count) }, () => {
      number += 1;
      const age = ageIn(model, band, evenly(ageStart, number));
      const male = evenly(sexStart, number * 7) < maleShare(age);
      return { sex: male ? ('MALE' as const) : ('FEMALE' as const), birthDay: birthDayOf(age, draws.uniform()) };
    }),
  );
  return [...fixed, ...distinctBirths(drawn, range.number).map((one) => somebody(one.sex, one.birthDay, null))];
}

/** Serial of the citizen number: unique together with birth date and sex inside a place, up to 2,000 blocks. */
export function serialOf(blockNumber: number, sex: Somebody['sex']): number {
  return (blockNumber % SERIALS) * 2 + (sex === 'MALE' ? 1 : 0);
}

function bandCounts(model: PlaceModel, range: BlockRange): number[] {
  let cumulated = 0;
  const bounds = model.bandShares.map((share, index) => {
    cumulated = index === model.bandShares.length - 1 ? 1 : cumulated + share;
    return Math.round(cumulated * range.end) - Math.round(cumulated * range.start);
  });
  return bounds.map((bound, index) => bound - (bounds[index - 1] ?? 0));
}

/** A fixture takes a place of its band, or of the largest band when its own is empty. */
function takeFrom(counts: number[], band: number): void {
  const from = (counts[band] ?? 0) > 0 ? band : counts.indexOf(Math.max(...counts));
  counts[from] = (counts[from] ?? 0) - 1;
}

function ageIn(model: PlaceModel, band: number, u: number): number {
  const { from, to } = AGE_BANDS[band] ?? { from: 0, to: 0 };
  if (band === 0) {
    const infants = model.births / (model.bandShares[0] ?? 1);
    return u < infants ? 0 : 1 + Math.floor(((u - infants) / (1 - infants)) * 6);
  }
  if (to > 100) return from + Math.floor(-Math.log(1 - u * 0.985) * 3.6);
  return from + Math.floor(u * (to - from + 1));
}

/** 105 boys to 100 girls at birth, 95 to 100 at 85 and over. */
function maleShare(age: number): number {
  const ratio = 1.05 - (Math.min(age, 85) / 85) * 0.1;
  return ratio / (1 + ratio);
}

/** A day in the year of life `age` at AS_OF. */
function birthDayOf(age: number, u: number): Day {
  const youngest = plusMonths(AS_OF_DAY, -12 * age);
  const oldest = plusMonths(AS_OF_DAY, -12 * (age + 1)) + 1;
  return oldest + Math.floor(u * (youngest - oldest + 1));
}

interface Birth {
  readonly sex: Somebody['sex'];
  readonly birthDay: Day;
}

/** Moves birth days a little so that no two of a sex in the block share one, and none that of a fixture. */
function distinctBirths(births: readonly Birth[], blockNumber: number): Birth[] {
  const taken = new Set(FIXTURE_PEOPLE.map((one) => `${one.sex}${one.birthDay}`));
  const wanted = Math.floor(blockNumber / SERIALS) % BIRTH_CLASSES;
  return births.map(({ sex, birthDay }) => {
    const age = yearsBetween(birthDay, AS_OF_DAY);
    const youngest = plusMonths(AS_OF_DAY, -12 * age);
    let day = birthDay - ((birthDay - wanted) % BIRTH_CLASSES);
    if (yearsBetween(day, AS_OF_DAY) !== age) day += BIRTH_CLASSES;
    const first = day;
    while (taken.has(`${sex}${day}`) && day + BIRTH_CLASSES <= youngest) day += BIRTH_CLASSES;
    if (taken.has(`${sex}${day}`)) day = first;
    while (taken.has(`${sex}${day}`)) day -= BIRTH_CLASSES;
    taken.add(`${sex}${day}`);
    return { sex, birthDay: day };
  });
}

function somebody(sex: Somebody['sex'], birthDay: Day, fixture: FixturePerson | null): Somebody {
  const age = yearsBetween(birthDay, AS_OF_DAY);
  return { sex, birthDay, age, band: bandOf(age), fixture };
}
