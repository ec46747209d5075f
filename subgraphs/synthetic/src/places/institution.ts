import { dateOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { insuranceCode, publicId, usccOf } from '../chance/identifiers.ts';
import { departmentsOf } from '../catalogues/specialties.ts';
import type { BedFact, CareDuty, InstitutionFact, Scenario, SystemConnectionFact } from '../facts/places.ts';
import type { PlaceWorld } from '../place-world.ts';
import { staffSize } from '../staff/staff-plan.ts';
import { assessmentsOf, capabilityItemsOf } from './capability.ts';
import { equipmentOf } from './equipment.ts';
import { beginSite } from './location.ts';
import type { Site } from './site.ts';
import { emergencyNodeOf, specialtyCentresOf } from './specialty-centres.ts';

/** Every fact about one institution (domain.md 2.2, 8.6). */
export function institutionFact(world: PlaceWorld, site: Site, scenario: Scenario): InstitutionFact {
  const { established, houseNumber, location, draws } = beginSite(world, site);
  const division = site.countyCode ?? site.regionCode;
  const departments = departmentsOf(site.class);
  const village = site.careLevel === 'V';
  return {
    id: site.id,
    place: site.place,
    name: site.name,
    shortName: site.name.replace('（示例）', ''),
    class: site.class,
    level: site.level,
    grade: site.grade,
    tier: site.tier,
    careLevel: site.careLevel,
    ownership: site.ownership,
    nonProfit: true,
    duties: dutiesOf(site),
    regionCode: site.regionCode,
    countyCode: site.countyCode,
    uscc: site.kind === 'CLINIC' ? null : usccOf(division, site.serial + 1),
    orgCode: orgCodeOf(site, division),
    providerCode: providerCodeOf(site),
    parentInstitutionId: site.parentId,
    address: `${site.name.replace('（示例）', '')}所在地 ${houseNumber} 号`,
    ...location,
    licence: {
      number: `PDY${division.padEnd(6, '0')}${String(site.serial + 1).padStart(8, '0')}`,
      subjects: departments.map((department) => department.name),
      validFrom: '2021-01-01',
      validTo: village ? '2025-12-31' : '2035-12-31',
      status: 'VALID',
    },
    strongCountyHospital: site.kind === 'COUNTY_GENERAL' ? world.model.key !== 'qujing' || draws.chance(0.4) : null,
    capabilityGrade: capabilityGradeOf(site),
    integratedManagement: village && (world.model.key !== 'qujing' || draws.chance(0.7)),
    modelClinic: site.kind === 'CLINIC' && draws.chance(0.2),
    status: 'ACTIVE',
    establishedOn: dateOf(established),
    departments,
    beds: bedsOf(world, site),
    equipment: equipmentOf(world, site),
    systems: systemsOf(world, site, scenario),
    capabilityItems: capabilityItemsOf(world, site),
    assessments: assessmentsOf(world, site),
    specialtyCentres: specialtyCentresOf(world, site),
    emergencyNode: emergencyNodeOf(world, site),
    serves: village ? site.serves : [],
    staffCount: staffSize(world.staff.get(site.id) ?? []),
  };
}

/** 定点医药机构编码: H + county (or city) + serial (domain.md 5.6). */
export function providerCodeOf(site: Site): string {
  return insuranceCode('H', site.countyCode ?? site.regionCode, site.serial + 1, 5);
}

function orgCodeOf(site: Site, division: string): string {
  const organisation = `HX${String(site.serial + 1).padStart(7, '0')}`;
  return `${organisation}${division.padEnd(6, '0')}${site.class.padEnd(4, '0')}${site.level.slice(1)}${site.grade}1`;
}

function dutiesOf(site: Site): CareDuty[] {
  if (site.kind === 'CDC') return ['PUBLIC_HEALTH'];
  if (site.careLevel === 'T' || site.careLevel === 'V') {
    return ['BASIC_CARE', 'PUBLIC_HEALTH', 'HEALTH_MANAGEMENT', 'CONTRACT_SERVICE'];
  }
  return site.kind === 'MATERNAL' ? ['BASIC_CARE', 'PUBLIC_HEALTH'] : ['BASIC_CARE'];
}

function capabilityGradeOf(site: Site): string | null {
  if (site.class === 'C210') return 'LEVEL2B';
  return site.careLevel === 'C' ? 'LEVEL2A' : null;
}

/** Beds of the place spread over its hospitals: the primary share to township hospitals (domain.md 8.6). */
function bedsOf(world: PlaceWorld, site: Site): BedFact[] {
  const open = openBeds(world, site);
  if (open === 0) return [];
  const draws = new Draws(world.seed, `${site.path}/beds`);
  const primary = site.careLevel === 'T';
  const mix: readonly (readonly [BedFact['bedClass'], number])[] = primary
    ? [
        ['GENERAL', 0.55],
        ['CHRONIC', 0.2],
        ['ELDERLY', 0.1],
        ['REHAB', 0.1],
        ['NURSING', 0.05],
      ]
    : [
        ['GENERAL', 0.7],
        ['MATERNAL', 0.1],
        ['CHILD', 0.1],
        ['REHAB', 0.06],
        ['ICU', 0.04],
      ];
  let left = open;
  return mix.map(([bedClass, share], index) => {
    const count = index === mix.length - 1 ? left : Math.round(open * share);
    left -= count;
    const occupancy = primary ? 0.5 + draws.uniform() * 0.25 : 0.75 + draws.uniform() * 0.17;
    return { bedClass, open: count, physical: Math.ceil(count * 1.04), occupied: Math.floor(count * occupancy) };
  });
}

function openBeds(world: PlaceWorld, site: Site): number {
  const total = Math.round((world.model.censusPopulation * world.model.bedsPer1000) / 1000);
  const inPlace = world.geography.sites.filter((one) => BED_WEIGHT[one.kind] !== undefined && isInPlace(world, one));
  const primary = inPlace.filter((one) => one.careLevel === 'T');
  if (site.careLevel === 'T') return Math.round((total * world.model.primaryBedShare) / primary.length);
  const weight = BED_WEIGHT[site.kind];
  if (weight === undefined) return 0;
  if (!isInPlace(world, site)) return 1200;
  const weights = inPlace
    .filter((one) => one.careLevel !== 'T')
    .reduce((sum, one) => sum + (BED_WEIGHT[one.kind] ?? 0), 0);
  return Math.round((total * (1 - world.model.primaryBedShare) * weight) / weights);
}

const BED_WEIGHT: Readonly<Partial<Record<Site['kind'], number>>> = {
  TERTIARY: 14,
  COUNTY_GENERAL: 7,
  COUNTY_TCM: 5,
  COUNTY_THIRD: 4,
  MATERNAL: 1.5,
  TOWNSHIP: 0,
};

function isInPlace(world: PlaceWorld, site: Site): boolean {
  return site.kind !== 'OUTSIDE' && site.regionCode.startsWith(world.model.regionCode);
}

const SYSTEMS: readonly SystemConnectionFact['system'][] = ['HIS', 'LIS', 'PACS', 'EMR', 'PHIS'];

/** Share of systems connected; lower at the seeds' time (S0-11, S1-16). */
const CONNECTED: Readonly<Record<Scenario, Readonly<Record<string, number>>>> = {
  CURRENT: { pei: 0.9, ningbo: 0.97, qujing: 0.6 },
  SEED_BASELINE: { pei: 0.5, ningbo: 0.7, qujing: 0.25 },
};

function systemsOf(world: PlaceWorld, site: Site, scenario: Scenario): SystemConnectionFact[] {
  if (site.kind === 'OUTSIDE') return [];
  const expected = site.careLevel === 'V' ? ['HIS', 'PHIS'] : SYSTEMS;
  return SYSTEMS.filter((system) => expected.includes(system)).map((system) => {
    const draws = new Draws(world.seed, `${site.path}/system/${system}`);
    const connected = draws.chance(CONNECTED[scenario][world.model.key] ?? 1);
    const minute = draws.integer(0, 59);
    return {
      id: publicId('sy', draws),
      institutionId: site.id,
      system,
      connected,
      unifiedOperation: connected && draws.chance(0.85),
      lastExchangeAt: connected
        ? `2024-12-31T${draws.chance(0.95) ? '2' : '0'}${draws.integer(0, 3)}:${String(minute).padStart(2, '0')}:00+08:00`
        : null,
    };
  });
}
