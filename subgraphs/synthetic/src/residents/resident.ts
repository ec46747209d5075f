import { dateOf, firstDayOf, lastDayOf, yearOf, yearsBetween } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { citizenNumber, lastingId, publicId } from '../chance/identifiers.ts';
import { givenName, nameOf, surname } from '../chance/names.ts';
import type { ConditionFact, FocusGroup, HouseholdFact, ResidentFact } from '../facts/residents.ts';
import type { PlaceWorld } from '../place-world.ts';
import type { BlockPlan } from './block.ts';
import { serialOf } from './people.ts';
import type { PersonPlan } from './person.ts';

/** Path of the draws of a resident; everything about the resident hangs below it. */
export function residentPath(world: PlaceWorld, index: number): string {
  return `${world.model.key}/resident/${index}`;
}

/** Public id of a resident. */
export function residentId(world: PlaceWorld, index: number): string {
  return lastingId('rs', residentPath(world, index));
}

/** Every demographic fact of a resident (domain.md 2.5). */
export function residentFact(world: PlaceWorld, block: BlockPlan, plan: PersonPlan): ResidentFact {
  const draws = new Draws(world.seed, `${residentPath(world, plan.index)}/fact`);
  const birthDate = dateOf(plan.birthDay);
  const county = plan.village.slice(0, 6);
  const hospital = world.geography.townshipHospitalOf.get(plan.village.slice(0, 9));
  const household = householdFact(world, block, plan);
  const phone = `1990000${String(draws.integer(0, 9999)).padStart(4, '0')}`;
  const migrant = plan.fixture === null && draws.chance(world.model.key === 'ningbo' ? 0.28 : 0.04);
  return {
    id: residentId(world, plan.index),
    place: world.model.key,
    index: plan.index,
    test: true,
    name: residentName(world, plan),
    sex: plan.sex,
    birthDate,
    age: plan.statusDay === null ? plan.age : yearsBetween(plan.birthDay, plan.statusDay),
    idType: '01',
    idNumber: plan.fixture?.idNumber ?? citizenNumber(county, birthDate, serialOf(block.range.number, plan.sex)),
    healthRecordNo: plan.hasRecord ? `${plan.village}${String(plan.serialInVillage).padStart(5, '0')}` : null,
    healthRecordOpenedOn: plan.hasRecord ? recordOpenedOn(plan, draws) : null,
    psnNo: plan.scheme === null ? null : `${world.model.pooledRegionCode}${String(plan.index + 1).padStart(14, '0')}`,
    ethnicity: ethnicityOf(world, plan, draws),
    marital: maritalOf(plan, draws),
    education: plan.age < 6 ? null : educationOf(plan, draws),
    occupation: plan.age < 6 ? null : occupationOf(plan, draws),
    bloodType: draws.weighted([
      ['1', 28] as const,
      ['2', 27] as const,
      ['3', 32] as const,
      ['4', 8] as const,
      ['5', 5] as const,
    ]),
    rh: draws.chance(0.004) ? '1' : '2',
    phone,
    contactName: nameOf(draws, draws.chance(0.5) ? 'MALE' : 'FEMALE', 1975),
    contactPhone: `1990000${String(draws.integer(0, 9999)).padStart(4, '0')}`,
    registeredRegionCode: plan.village,
    registeredAddress: household.addressDetail,
    currentRegionCode: plan.village,
    currentAddress: household.addressDetail,
    townshipCode: plan.village.slice(0, 9),
    countyCode: county,
    residentType: migrant ? '2' : '1',
    household,
    relationToHead: plan.relation,
    guardianId: plan.guardian === null ? null : residentId(world, plan.guardian),
    allergies: draws.chance(0.03) ? [draws.pick(['青霉素', '头孢类', '磺胺类', '海鲜'])] : [],
    pastIllnesses: draws.chance(0.08)
      ? [{ icd10: draws.pick(['J18.9', 'K35.8', 'S82.2', 'K80.2']), year: draws.integer(2005, 2021) }]
      : [],
    disabilities: plan.conditions.disabled
      ? [draws.pick(['VISION', 'HEARING', 'LIMB', 'LIMB', 'INTELLECT'] as const)]
      : [],
    vulnerability: plan.vulnerability,
    inCareHome: plan.careHome,
    focusGroups: focusGroupsOf(plan),
    conditions: conditionFacts(plan, draws),
    status: plan.status,
    statusOn: plan.statusDay === null ? null : dateOf(plan.statusDay),
    deathCause: plan.status === 'DECEASED' ? draws.pick(['I63.9', 'I21.9', 'C34.9', 'J44.9', 'I61.9', 'C16.9']) : null,
    clinicId: world.geography.clinicOf.get(plan.village)?.id ?? null,
    townshipHospitalId: hospital?.id ?? '',
    countyHospitalId: world.network.leadOf.get(hospital?.id ?? '')?.id ?? '',
  };
}

/** Name of a resident; children carry the surname of the household. */
function residentName(world: PlaceWorld, plan: PersonPlan): string {
  if (plan.fixture?.name !== undefined && plan.fixture.name !== null) return plan.fixture.name;
  const own = new Draws(world.seed, `${residentPath(world, plan.index)}/name`);
  const family = new Draws(world.seed, `${residentPath(world, plan.householdHead)}/surname`);
  const ownSurname = surname(own);
  const shared = ['0', '2', '3', '4'].includes(plan.relation);
  return (shared ? surname(family) : ownSurname) + givenName(own, plan.sex, yearOf(plan.birthDay));
}

function householdFact(world: PlaceWorld, block: BlockPlan, plan: PersonPlan): HouseholdFact {
  const path = `${world.model.key}/household/${block.range.number}/${plan.householdNo}`;
  const draws = new Draws(world.seed, path);
  const id = publicId('hh', draws);
  const urban = plan.village.slice(9) < '200';
  const name = world.divisionNames.get(plan.village) ?? '';
  return {
    id,
    headResidentId: residentId(world, plan.householdHead),
    size: plan.householdSize,
    regionCode: plan.village,
    addressDetail: urban
      ? `${name}${draws.integer(1, 30)}栋${draws.integer(1, 6)}单元${draws.integer(101, 1204)}室`
      : `${name}${draws.integer(1, 12)}组${draws.integer(1, 260)}号`,
    drinkingWater: urban ? 'TAP' : draws.pick(['TAP', 'TAP', 'WELL', 'PURIFIED'] as const),
    toilet: urban || draws.chance(0.85) ? 'SANITARY' : 'DRY',
    fuel: urban ? 'GAS' : draws.pick(['GAS', 'ELECTRICITY', 'COAL', 'WOOD'] as const),
  };
}

function recordOpenedOn(plan: PersonPlan, draws: Draws): string {
  const from = Math.max(plan.birthDay + 7, firstDayOf(2010));
  const wanted = Math.min(from + draws.integer(0, 3_600), Math.max(from, firstDayOf(2024) + 200));
  return dateOf(Math.min(wanted, plan.statusDay ?? lastDayOf(2024)));
}

function ethnicityOf(world: PlaceWorld, plan: PersonPlan, draws: Draws): string {
  if (plan.fixture?.fixture === 'rs_demo_yi') return '07';
  const u = draws.uniform();
  if (world.ethnicTownships.has(plan.village.slice(0, 9)))
    return u < 0.45 ? draws.pick(['07', '09', '08', '06', '03', '25']) : '01';
  const minority = world.model.key === 'qujing' ? 0.07 : 0.008;
  return u < minority ? draws.pick(['07', '03', '08', '06', '15', '22']) : '01';
}

function maritalOf(plan: PersonPlan, draws: Draws): string {
  if (plan.age < 20) return '10';
  if (plan.married) return draws.chance(0.93) ? '21' : '22';
  if (plan.age >= 60) return draws.chance(0.8) ? '30' : '10';
  return plan.age < 32 || draws.chance(0.5) ? '10' : '40';
}

function educationOf(plan: PersonPlan, draws: Draws): string {
  if (plan.age < 13) return '80';
  if (plan.age < 16) return '70';
  if (plan.age < 19) return '60';
  if (plan.age < 40) return draws.pick(['20', '20', '30', '30', '40', '60', '70']);
  return plan.age < 60 ? draws.pick(['30', '40', '60', '70', '70', '80']) : draws.pick(['60', '70', '80', '80', '90']);
}

function occupationOf(plan: PersonPlan, draws: Draws): string {
  if (plan.age < 19) return '31';
  if (plan.age >= 60) return plan.scheme === 'EMPLOYEE' ? '80' : draws.pick(['27', '27', '70']);
  if (plan.scheme === 'EMPLOYEE') return draws.pick(['13', '17', '24', '24', '21', '11']);
  return draws.pick(['27', '27', '27', '24', '51', '54']);
}

function focusGroupsOf(plan: PersonPlan): FocusGroup[] {
  const { conditions } = plan;
  const groups: readonly (readonly [boolean, FocusGroup])[] = [
    [plan.age >= 65, 'ELDERLY'],
    [plan.pregnancy !== null, 'PREGNANT'],
    [plan.age <= 6, 'CHILD'],
    [plan.managedHtn !== null, 'HYPERTENSION'],
    [plan.managedDm !== null, 'DIABETES'],
    [conditions.tb, 'TB'],
    [conditions.mental, 'MENTAL'],
    [conditions.disabled, 'DISABLED'],
    [conditions.lowIncome, 'LOW_INCOME'],
    [conditions.onlyChildLost, 'FAMILY_PLANNING_SPECIAL'],
    [conditions.stroke, 'STROKE'],
  ];
  return groups.flatMap(([belongs, group]) => (belongs ? [group] : []));
}

/** The day of the stroke of rs_demo_wang (domain.md 8.10). */
const WANG_STROKE = '2023-05-10';

function conditionFacts(plan: PersonPlan, draws: Draws): ConditionFact[] {
  const { conditions } = plan;
  const list: readonly (readonly [boolean, ConditionFact['disease'], string])[] = [
    [conditions.htn, 'HTN', 'I10'],
    [conditions.dm, 'T2DM', 'E11.9'],
    [conditions.stroke, 'STROKE', 'I63.9'],
    [conditions.chd, 'CHD', 'I25.1'],
    [conditions.copd, 'COPD', 'J44.9'],
    [conditions.cancer, 'CANCER', 'C34.9'],
    [conditions.mental, 'MENTAL', 'F20.9'],
    [conditions.tb, 'TB', 'A16.2'],
  ];
  return list.flatMap(([has, disease, icd10]) => {
    if (!has) return [];
    const since = firstDayOf(2024) - draws.integer(30, Math.max(60, Math.min(5_000, (plan.age - 14) * 365)));
    if (disease === 'STROKE' && plan.fixture !== null) return [{ disease, icd10, since: WANG_STROKE }];
    return [{ disease, icd10, since: dateOf(disease === 'STROKE' ? Math.max(since, firstDayOf(2019)) : since) }];
  });
}
