import { benefitPlansOf } from './catalogues/benefit-plans.ts';
import { DRG_GROUPS, DRG_POLICY } from './catalogues/drg.ts';
import { DRUGS } from './catalogues/drugs.ts';
import { PRICE_ITEMS, RECOGNITION_ITEMS } from './catalogues/price-items.ts';
import { SERVICE_PACKAGES } from './catalogues/service-packages.ts';
import { readDivisions } from './divisions.ts';
import type { Division, Place, PlaceKey } from './facts/places.ts';
import type { Catalogues, FixtureName, Region, RegionOptions } from './facts/region.ts';
import type { ResidentFact } from './facts/residents.ts';
import { createHistory } from './history/history.ts';
import { centralisedSessions } from './history/sessions.ts';
import { type PlaceWorld, createPlaceWorld } from './place-world.ts';
import { allianceFact, pairingAgreements, slotPolicies } from './places/alliance.ts';
import { institutionFact } from './places/institution.ts';
import { PLACE_MODELS } from './places/place-model.ts';
import { type BlockStore, createBlockStore } from './residents/block-store.ts';
import { fixtureIndex } from './residents/fixtures.ts';
import { residentFact, residentId, residentPath } from './residents/resident.ts';
import { headcountPools, staffingOf } from './staff/headcount.ts';
import { practitionersOf } from './staff/practitioner.ts';
import { demoSecondee, secondmentsOf } from './staff/secondment.ts';
import { familyDoctorOf, guidanceGroups, teamFact } from './staff/team.ts';
import { trainingCourses, trainingOf } from './staff/training.ts';

/** The end of the generated data (domain.md 8.1). */
export const AS_OF = '2024-12-31T23:59:59+08:00';
const LAST_YEAR = 2024;
const PLACES: readonly PlaceKey[] = ['pei', 'ningbo', 'qujing'];

/** The demo region: facts as functions of the options, generated on demand, the same in every process (domain.md 8). */
export function createRegion(options: RegionOptions): Region {
  const divisions = readDivisions();
  const worlds = new Map(PLACES.map((key) => [key, lazy(() => createPlaceWorld(options.seed, key, divisions))]));
  const worldOf = (key: PlaceKey): PlaceWorld => {
    const world = worlds.get(key);
    if (world === undefined) throw new RangeError(`Unknown place ${key}`);
    return world();
  };
  const years = Array.from({ length: options.years }, (_, index) => LAST_YEAR - options.years + 1 + index);
  const stores = new Map(PLACES.map((key) => [key, lazy(() => createBlockStore(worldOf(key), options, years))]));
  const storeOf = (key: PlaceKey): BlockStore => {
    const store = stores.get(key);
    if (store === undefined) throw new RangeError(`Unknown place ${key}`);
    return store();
  };
  const resident = (key: PlaceKey, index: number): ResidentFact => {
    const { block, person } = storeOf(key).person(index);
    return residentFact(worldOf(key), block, person);
  };
  return {
    options,
    asOf: AS_OF,
    years,
    places: (options.places ?? PLACES).map((key) => placeOf(key, divisions, options.residentsPerPlace)),
    catalogues: cataloguesOf(years),
    fixtures: fixturesOf(worldOf),
    divisions: (key) => worldOf(key).divisions,
    institutions: (key) =>
      mapped(worldOf(key).geography.sites, (site) => institutionFact(worldOf(key), site, options.scenario)),
    alliances: (key) =>
      mapped(worldOf(key).network.alliances, (one) => allianceFact(worldOf(key), one, options.scenario)),
    pairingAgreements: (key) => pairingAgreements(worldOf(key)),
    slotPolicies: (key) => slotPolicies(worldOf(key), years),
    practitioners: (key) => practitionersOf(worldOf(key), LAST_YEAR),
    teams: (key) => mapped(worldOf(key).teams, (team) => teamFact(worldOf(key), team)),
    guidanceGroups: (key) => guidanceGroups(worldOf(key)),
    secondments: (key) => secondmentsOf(worldOf(key), options.scenario),
    headcountPools: (key) => headcountPools(worldOf(key), LAST_YEAR),
    staffing: (key) => staffingOf(worldOf(key)),
    trainingCourses: (key) => years.flatMap((year) => trainingCourses(worldOf(key), year)),
    training: (key) => flattened(years, (year) => trainingOf(worldOf(key), year)),
    centralisedSessions: (key) => centralisedSessions(worldOf(key), years, options.residentsPerPlace),
    slotSessions: (key) => flattened(storeOf(key).numbers(), (number) => storeOf(key).sessions(number)),
    residents: (key) =>
      flattened(storeOf(key).numbers(), (number) =>
        mapped(storeOf(key).block(number).people, (person) =>
          residentFact(worldOf(key), storeOf(key).block(number), person),
        ),
      ),
    resident,
    history: (fact) => {
      const { person } = storeOf(fact.place).person(fact.index);
      return createHistory({
        world: worldOf(fact.place),
        person,
        fact,
        path: residentPath(worldOf(fact.place), fact.index),
        years: storeOf(fact.place).years(fact.index),
        visitScale: options.visitScale,
        scenario: options.scenario,
      });
    },
  };
}

function placeOf(key: PlaceKey, divisions: readonly Division[], residents: number): Place {
  const model = PLACE_MODELS[key];
  const counties = divisions.filter((one) => one.level === 'COUNTY' && one.code.startsWith(model.regionCode));
  return {
    key,
    regionCode: model.regionCode,
    name: model.name,
    nameEn: model.nameEn,
    censusPopulation: model.censusPopulation,
    pooledRegionCode: model.pooledRegionCode,
    counties: counties.map((one) => one.code),
    residents,
  };
}

function cataloguesOf(years: readonly number[]): Catalogues {
  const regions = PLACES.map((key) => PLACE_MODELS[key].pooledRegionCode);
  return {
    drugs: DRUGS,
    priceItems: PRICE_ITEMS,
    recognitionItems: RECOGNITION_ITEMS,
    servicePackages: SERVICE_PACKAGES,
    benefitPlans: regions.flatMap((region) => planYears(years).flatMap((year) => benefitPlansOf(region, year))),
    drgGroups: DRG_GROUPS,
    drgPolicy: DRG_POLICY,
  };
}

/** The stroke of rs_demo_wang is of 2023, so plans of 2023 are always there. */
function planYears(years: readonly number[]): number[] {
  return [...new Set([LAST_YEAR - 1, ...years])].toSorted((a, b) => a - b);
}

function fixturesOf(worldOf: (key: PlaceKey) => PlaceWorld): Record<FixtureName, string> {
  const idOf = (fixture: Parameters<typeof fixtureIndex>[0]) => {
    const { place, index } = fixtureIndex(fixture);
    return residentId(worldOf(place), index);
  };
  const pei = worldOf('pei');
  const team = pei.demoTeam;
  if (team === undefined) throw new RangeError('The demo town has no team');
  const [peiAlliance] = pei.network.alliances;
  const cityCounty = worldOf('qujing').network.alliances.filter((one) => one.kind === 'CITY_COUNTY');
  const numbered = cityCounty.map((one, index) => [`al_qj_${String(index + 1).padStart(3, '0')}`, one.id] as const);
  return {
    rs_demo_wang: idOf('rs_demo_wang'),
    rs_demo_li: idOf('rs_demo_li'),
    rs_demo_zhang: idOf('rs_demo_zhang'),
    rs_demo_chen: idOf('rs_demo_chen'),
    rs_demo_yi: idOf('rs_demo_yi'),
    pr_demo_gp: familyDoctorOf(team),
    pr_demo_sec: demoSecondee(pei),
    al_pei_1: peiAlliance?.id ?? '',
    ...Object.fromEntries(numbered),
  };
}

function* mapped<From, To>(items: Iterable<From>, map: (item: From) => To): Generator<To> {
  for (const item of items) yield map(item);
}

function* flattened<From, To>(items: Iterable<From>, map: (item: From) => Iterable<To>): Generator<To> {
  for (const item of items) yield* map(item);
}

function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
