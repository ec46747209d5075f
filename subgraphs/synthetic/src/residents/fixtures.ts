import { dayOf } from '../chance/calendar.ts';
import type { PlaceKey } from '../facts/places.ts';
import type { Sex } from '../facts/residents.ts';

/** Names of the resident fixtures (domain.md 8.9). */
export type ResidentFixture = 'rs_demo_wang' | 'rs_demo_li' | 'rs_demo_zhang' | 'rs_demo_chen' | 'rs_demo_yi';

/** The town of Wang, Li and the demo's family doctor. */
export const DEMO_TOWN = '龙固镇';

/** A named person: index in the place and what is fixed about them. */
export interface FixturePerson {
  readonly fixture: ResidentFixture | null;
  readonly place: PlaceKey;
  readonly name: string | null;
  readonly sex: Sex;
  readonly birthDay: number;
  readonly idNumber: string | null;
  /** Households of fixtures come first in block 0, in this order. */
  readonly household: number;
  readonly town: string;
}

const person = (
  place: PlaceKey,
  household: number,
  town: string,
  who: readonly [ResidentFixture | null, string | null, Sex, string, string | null],
): FixturePerson => ({
  fixture: who[0],
  place,
  name: who[1],
  sex: who[2],
  birthDay: dayOf(who[3]),
  idNumber: who[4],
  household,
  town,
});

/** The fixtures and their families: Wang and his wife, Li with her child Zhang and her husband, Chen, and Yi alone. */
export const FIXTURE_PEOPLE: readonly FixturePerson[] = [
  person('pei', 0, DEMO_TOWN, ['rs_demo_wang', '王某', 'MALE', '1955-03-12', '99032219550312001X']),
  person('pei', 0, DEMO_TOWN, [null, null, 'FEMALE', '1957-10-02', null]),
  person('pei', 1, DEMO_TOWN, [null, null, 'MALE', '1986-05-18', null]),
  person('pei', 1, DEMO_TOWN, ['rs_demo_li', '李某', 'FEMALE', '1988-07-06', '990322198807060021']),
  person('pei', 1, DEMO_TOWN, ['rs_demo_zhang', '张某', 'MALE', '2023-01-15', '990322202301150037']),
  person('ningbo', 0, '溪口镇', ['rs_demo_chen', '陈某', 'FEMALE', '1960-01-01', '993302196001010103']),
  person('qujing', 0, '龙庆彝族壮族乡', ['rs_demo_yi', '沙某', 'MALE', '1945-09-09', '995303194509090211']),
];

/** The fixtures of a place in order of their index. */
export function fixturesOf(place: PlaceKey): FixturePerson[] {
  return FIXTURE_PEOPLE.filter((one) => one.place === place);
}

/** Index of a fixture among the residents of its place. */
export function fixtureIndex(fixture: ResidentFixture): { readonly place: PlaceKey; readonly index: number } {
  for (const place of ['pei', 'ningbo', 'qujing'] as const) {
    const index = fixturesOf(place).findIndex((one) => one.fixture === fixture);
    if (index >= 0) return { place, index };
  }
  throw new RangeError(`Unknown fixture ${fixture}`);
}
