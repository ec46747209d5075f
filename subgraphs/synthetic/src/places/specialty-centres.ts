import { Draws } from '../chance/draws.ts';
import { publicId } from '../chance/identifiers.ts';
import type { EmergencyNodeFact, SpecialtyCentreFact } from '../facts/places.ts';
import type { PlaceWorld } from '../place-world.ts';
import type { Site } from './site.ts';

type Kind = SpecialtyCentreFact['kind'];
type Centre = readonly [Kind, string, SpecialtyCentreFact['level']];

const GENERAL: readonly Centre[] = [
  ['CHEST_PAIN', 'INTERNAL', 'PROVINCIAL'],
  ['STROKE', 'INTERNAL', 'CITY'],
  ['TRAUMA', 'SURGERY', 'CITY'],
  ['CHRONIC', 'INTERNAL', 'COUNTY'],
  ['KEY_SPECIALTY', 'SURGERY', 'CITY'],
  ['KEY_SPECIALTY', 'INTERNAL', 'CITY'],
  ['WEAK_SPECIALTY', 'ICU', 'COUNTY'],
];

const TCM: readonly Centre[] = [
  ['KEY_SPECIALTY', 'TCM', 'CITY'],
  ['KEY_SPECIALTY', 'REHAB', 'CITY'],
  ['STROKE', 'TCM', 'COUNTY'],
];

const THIRD: readonly Centre[] = [
  ['KEY_SPECIALTY', 'INTERNAL', 'COUNTY'],
  ['KEY_SPECIALTY', 'SURGERY', 'COUNTY'],
];

const MATERNAL: readonly Centre[] = [
  ['MATERNAL_CRITICAL', 'OBGYN', 'CITY'],
  ['CHILD_CRITICAL', 'PAEDIATRICS', 'CITY'],
];

const TERTIARY: readonly Centre[] = [
  ['CHEST_PAIN', 'INTERNAL', 'NATIONAL'],
  ['STROKE', 'INTERNAL', 'NATIONAL'],
  ['REGIONAL_DISEASE', 'SURGERY', 'PROVINCIAL'],
];

/** Specialty centres of an institution: each community's lead has at least two key specialties (domain.md 3.19.2). */
export function specialtyCentresOf(world: PlaceWorld, site: Site): SpecialtyCentreFact[] {
  return centresOf(world, site).map(([kind, specialty, level], number) => {
    const draws = new Draws(world.seed, `${site.path}/specialty/${number}`);
    const accredited = site.kind !== 'COUNTY_GENERAL' || world.model.key !== 'qujing' || draws.chance(0.5);
    return {
      id: publicId('sp', draws),
      institutionId: site.id,
      kind,
      specialty,
      level,
      year: kind === 'FEATURE_SPECIALTY' ? 2024 : draws.integer(2017, 2024),
      accredited: accredited && kind !== 'WEAK_SPECIALTY',
      radiatesRegionCodes: site.countyCode === null ? [] : [site.countyCode],
    };
  });
}

/** Whether a hospital has an accredited centre of a kind. */
export function hasCentre(world: PlaceWorld, site: Site, kind: Kind): boolean {
  return specialtyCentresOf(world, site).some((one) => one.kind === kind && one.accredited);
}

/** The place of a hospital in the emergency network 急救网络. */
export function emergencyNodeOf(world: PlaceWorld, site: Site): EmergencyNodeFact | null {
  const level = { M: 1, C: 2, T: 3, V: 4, O: 0 }[site.careLevel];
  if (level === 0 || level === 4 || site.kind === 'CDC' || site.kind === 'MATERNAL') return null;
  const draws = new Draws(world.seed, `${site.path}/emergency`);
  return {
    id: publicId('nd', draws),
    institutionId: site.id,
    level: level === 1 ? 1 : level === 2 ? 2 : 3,
    duty: ['区域救治中心', '县级急救站', '乡镇急救点'][level - 1] ?? '急救点',
    ambulances: level === 3 ? 1 : draws.integer(3, 8),
    coverageRegionCodes: site.careLevel === 'T' ? site.serves : site.countyCode === null ? [] : [site.countyCode],
  };
}

function centresOf(world: PlaceWorld, site: Site): readonly Centre[] {
  switch (site.kind) {
    case 'COUNTY_GENERAL':
      return GENERAL;
    case 'COUNTY_TCM':
      return TCM;
    case 'COUNTY_THIRD':
      return THIRD;
    case 'MATERNAL':
      return MATERNAL;
    case 'TERTIARY':
      return TERTIARY;
    case 'TOWNSHIP':
      return featureOf(world, site);
    case 'OUTSIDE':
    case 'CDC':
    case 'CLINIC':
    case 'STATION':
    case 'FARM_CLINIC':
      return [];
  }
}

/** One city-level feature specialty in the first township hospital of a county, county-level ones in central towns (3.19.4). */
function featureOf(world: PlaceWorld, site: Site): readonly Centre[] {
  const first = world.geography.sites.find((one) => one.kind === 'TOWNSHIP' && one.countyCode === site.countyCode);
  if (first?.id === site.id) return [['FEATURE_SPECIALTY', 'REHAB', 'CITY']];
  const second = world.geography.sites.findLast((one) => one.kind === 'TOWNSHIP' && one.countyCode === site.countyCode);
  return site.class === 'C210' || second?.id === site.id ? [['FEATURE_SPECIALTY', 'INTERNAL', 'COUNTY']] : [];
}
