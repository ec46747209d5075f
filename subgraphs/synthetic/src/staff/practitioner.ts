import { dateOf, dayOf, firstDayOf, plusMonths, yearOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { citizenNumber, insuranceCode, publicId } from '../chance/identifiers.ts';
import { nameOf } from '../chance/names.ts';
import { departmentCodeOf, departmentsOf } from '../catalogues/specialties.ts';
import type {
  EmploymentFact,
  HeadcountAllocationFact,
  PractitionerFact,
  PracticeRegistrationFact,
  TitleLevel,
} from '../facts/staff.ts';
import type { PlaceWorld } from '../place-world.ts';
import { practitionerId, staffDivision } from '../place-world.ts';
import type { Site } from '../places/site.ts';
import { headcountPools } from './headcount.ts';
import { type StaffSegment, titleLevelAt } from './staff-plan.ts';

/** Every practitioner of a place, institution by institution. */
export function* practitionersOf(world: PlaceWorld, year: number): Generator<PractitionerFact> {
  const pooled = new Map(
    headcountPools(world, year).flatMap((pool) => pool.allocations.map((one) => [one.practitionerId, one] as const)),
  );
  for (const site of world.geography.sites) {
    for (const segment of world.staff.get(site.id) ?? []) {
      for (let position = segment.from; position < segment.from + segment.count; position += 1) {
        const fact = practitionerFact(world, site, segment, position);
        const post = pooled.get(fact.id);
        yield post === undefined ? fact : { ...fact, employment: pooledEmployment(post) };
      }
    }
  }
}

/** Somebody on a post of the headcount pool 编制周转池 (domain.md 3.11). */
function pooledEmployment(post: HeadcountAllocationFact): EmploymentFact {
  return {
    kind: 'POOL',
    hiredByInstitutionId: post.hiredByInstitutionId,
    usedAtInstitutionId: post.usedAtInstitutionId,
    from: post.from,
    to: post.to,
  };
}

/** The practitioner at a position of an institution's staff (domain.md 2.3, 8.6). */
export function practitionerFact(
  world: PlaceWorld,
  site: Site,
  segment: StaffSegment,
  position: number,
): PractitionerFact {
  const draws = new Draws(world.seed, `${site.path}/staff/${position}/fact`);
  const titleLevel = titleAt(site, segment, position);
  const sex = draws.chance(segment.category === '21' || segment.category === '22' ? 0.03 : 0.52) ? 'MALE' : 'FEMALE';
  const age = Math.round(AGE_OF_TITLE[titleLevel] + draws.normal() * 5);
  const division = staffDivision(site);
  const number = (world.staffOffset.get(site.id) ?? 0) + position;
  const birth = uniqueBirth(
    dayOf('2024-12-31') - Math.max(22, Math.min(72, age)) * 365 - draws.integer(0, 364),
    number,
  );
  const birthDate = dateOf(birth.day);
  const months = draws.integer(0, 36);
  const registered = Math.min(plusMonths(dayOf(birthDate), 12 * 23 + months), dayOf('2024-12-31') - 10 * (months + 1));
  const primary = site.careLevel === 'T' || site.careLevel === 'V';
  const gp = segment.specialty === 'GP' && segment.category === '11';
  const familyDoctor = gp && position < (world.teamCount.get(site.id) ?? 0);
  return {
    id: practitionerId(site, position),
    place: world.model.key,
    index: position,
    physicianCode: codeOf(segment.category, division, number),
    name: practitionerName(world, site, position, sex, yearOf(dayOf(birthDate))),
    sex,
    birthDate,
    idNumber: citizenNumber(division, birthDate, birth.serial + (sex === 'MALE' ? 1 : 0)),
    category: segment.category,
    licence: {
      no: `${segment.category}${division}${String(site.serial).padStart(4, '0')}${String(position).padStart(4, '0')}`,
      kind: practiceClass(segment),
      scope: segment.specialty,
      firstRegisteredOn: dateOf(registered),
      status: 'VALID',
      assessedUntil: '2025-12-31',
    },
    specialty: segment.specialty,
    titleLevel,
    title: titleLevel,
    education: educationOf(draws, site, segment),
    institutionId: site.id,
    registrations: registrationsOf(world, site, position, registered),
    posts: postsOf(site, segment, draws),
    employment: employmentOf(site, segment, registered, draws),
    primaryCareYears: primary ? yearsAtPrimary(registered, draws) : '0.0',
    isGp: gp,
    isFamilyDoctor: familyDoctor,
    isVillageDoctor: segment.category === '60',
  };
}

/** Name of the person at a position: the same wherever it is copied. */
export function practitionerName(
  world: PlaceWorld,
  site: Site,
  position: number,
  sex: 'MALE' | 'FEMALE',
  birthYear: number,
): string {
  return nameOf(new Draws(world.seed, `${site.path}/staff/${position}/name`), sex, birthYear);
}

/** Title of a position; village doctors and people without a technical title have none. */
export function titleAt(site: Site, segment: StaffSegment, position: number): TitleLevel {
  if (segment.category === '80') return '9';
  if (segment.category === '60') return position % 3 === 0 ? '4' : '9';
  return titleLevelAt(site, position);
}

const AGE_OF_TITLE: Readonly<Record<TitleLevel, number>> = { '1': 52, '2': 48, '3': 42, '4': 33, '5': 27, '9': 52 };

function codeOf(category: string, division: string, number: number): string | null {
  const letter = ['11', '12', '60'].includes(category) ? 'D' : category === '21' || category === '22' ? 'N' : null;
  return letter === null ? null : insuranceCode(letter, division, number, 6);
}

/** Days between birth dates that share a serial; with 500 serials a sex it makes numbers unique for 16,000 a division. */
const BIRTH_CLASSES = 32;

/** A birth day near `day` and a serial that nobody else of the division has together (domain.md 3.21.1). */
function uniqueBirth(day: number, number: number): { readonly day: number; readonly serial: number } {
  const wanted = Math.floor(number / 500) % BIRTH_CLASSES;
  return { day: day - ((day - wanted) % BIRTH_CLASSES), serial: (number % 500) * 2 };
}

function practiceClass(segment: StaffSegment): string | null {
  if (!['11', '12'].includes(segment.category)) return null;
  if (segment.specialty === 'TCM') return '4';
  return segment.specialty === 'PUBLIC_HEALTH' ? '3' : '1';
}

function educationOf(draws: Draws, site: Site, segment: StaffSegment): string {
  if (segment.category === '60') return draws.pick(['30', '40', '40', '60']);
  const hospital = site.careLevel === 'C' || site.careLevel === 'M' || site.careLevel === 'O';
  return draws.pick(hospital ? ['10', '20', '20', '20', '30'] : ['20', '20', '30', '30', '40']);
}

/** Doctors of the lead hospital may file a further place inside the alliance (domain.md 3.13). */
function registrationsOf(
  world: PlaceWorld,
  site: Site,
  position: number,
  registered: number,
): PracticeRegistrationFact[] {
  const draws = new Draws(world.seed, `${site.path}/staff/${position}/registration`);
  const primary: PracticeRegistrationFact = {
    id: publicId('pg', draws),
    institutionId: site.id,
    kind: 'PRIMARY',
    validFrom: dateOf(registered),
    validTo: null,
    daysPerWeek: '5.0',
    status: 'VALID',
  };
  const alliance = world.network.alliancesOf.get(site.id)?.find((one) => one.lead.id === site.id);
  const townships = alliance?.members.filter((one) => one.kind === 'TOWNSHIP') ?? [];
  if (townships.length === 0 || !draws.chance(0.03)) return [primary];
  return [
    { ...primary, daysPerWeek: '4.0' },
    {
      id: publicId('pg', draws),
      institutionId: draws.pick(townships).id,
      kind: 'FILING',
      validFrom: '2023-01-01',
      validTo: '2025-12-31',
      daysPerWeek: '1.0',
      status: 'VALID',
    },
  ];
}

function postsOf(site: Site, segment: StaffSegment, draws: Draws): PractitionerFact['posts'] {
  const departments = departmentsOf(site.class).map((one) => one.code);
  const own = DEPARTMENT_OF[segment.specialty] ?? departmentCodeOf('INTERNAL');
  const departmentCode = departments.includes(own) ? own : (departments[0] ?? null);
  const main = { role: ROLES[segment.category] ?? 'STAFF', departmentCode, fte: '1.0' };
  const primary = site.careLevel === 'T' || site.careLevel === 'V';
  if (!draws.chance(primary ? 0.35 : 0.05)) return [main];
  return [
    { ...main, fte: '0.7' },
    { role: 'PUBLIC_HEALTH_DUTY', departmentCode: departments.includes('01') ? '01' : departmentCode, fte: '0.3' },
  ];
}

const ROLES: Readonly<Record<string, string>> = {
  '11': 'PHYSICIAN',
  '12': 'ASSISTANT_PHYSICIAN',
  '21': 'NURSE',
  '22': 'MIDWIFE',
  '31': 'PHARMACIST',
  '32': 'PHARMACIST',
  '41': 'TECHNICIAN',
  '42': 'TECHNICIAN',
  '43': 'TECHNICIAN',
  '60': 'VILLAGE_DOCTOR',
  '70': 'IT_STAFF',
  '80': 'MANAGER',
};

const DEPARTMENT_OF: Readonly<Record<string, string>> = {
  PUBLIC_HEALTH: '01',
  GP: '02',
  INTERNAL: '03',
  SURGERY: '04',
  OBGYN: '05',
  PAEDIATRICS: '07',
  MENTAL: '15',
  EMERGENCY: '20',
  REHAB: '21',
  ANAESTHESIA: '26',
  ICU: '28',
  LAB: '30',
  PATHOLOGY: '31',
  IMAGING: '32',
  TCM: '50',
};

function employmentOf(site: Site, segment: StaffSegment, registered: number, draws: Draws): EmploymentFact {
  const village = segment.category === '60';
  return {
    kind: village ? 'VILLAGE' : draws.chance(0.66) ? 'ESTABLISHED' : 'CONTRACT',
    hiredByInstitutionId: village ? (site.parentId ?? site.id) : site.id,
    usedAtInstitutionId: site.id,
    from: dateOf(Math.max(registered, firstDayOf(1985))),
    to: null,
  };
}

function yearsAtPrimary(registered: number, draws: Draws): string {
  const most = Math.max(0.5, (dayOf('2024-12-31') - registered) / 365.25);
  return (most * (0.4 + draws.uniform() * 0.6)).toFixed(1);
}
