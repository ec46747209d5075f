import { dateOf, dayOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { publicId } from '../chance/identifiers.ts';
import type { HeadcountAllocationFact, HeadcountFact, StaffingFact } from '../facts/staff.ts';
import { type PlaceWorld, practitionerId } from '../place-world.ts';
import type { AllianceDraft } from '../places/network.ts';
import type { Site } from '../places/site.ts';
import { staffSize } from './staff-plan.ts';

/** Share of a pool in use (domain.md 3.11, W-05). */
const USED = 0.92;
const POSTS_PER_TOWNSHIP = 7;

/** Headcount pools 编制周转池 of the communities; approved posts follow the number of townships. */
export function headcountPools(world: PlaceWorld, year: number): HeadcountFact[] {
  return world.network.alliances
    .filter((alliance) => alliance.kind === 'COUNTY_COMMUNITY' || alliance.kind === 'COUNTY_TOWNSHIP')
    .filter((alliance) => alliance.members.some((site) => site.kind === 'TOWNSHIP'))
    .map((alliance) => poolOf(world, alliance, year));
}

/** Approved posts and gaps of every institution from township level up. */
export function* staffingOf(world: PlaceWorld): Generator<StaffingFact> {
  for (const site of world.geography.sites) {
    if (site.careLevel === 'V' || site.kind === 'OUTSIDE') continue;
    const draws = new Draws(world.seed, `${site.path}/staffing`);
    const plan = world.staff.get(site.id) ?? [];
    const actual = staffSize(plan);
    const shortage = ['GP', 'PAEDIATRICS', 'MENTAL', 'EMERGENCY', 'ANAESTHESIA', 'ICU'];
    yield {
      institutionId: site.id,
      approvedPosts: Math.round(actual * (1.02 + draws.uniform() * 0.12)),
      actualStaff: actual,
      gapsBySpecialty: shortage.flatMap((specialty) => {
        const segment = plan.find((one) => one.specialty === specialty && one.category === '11');
        const have = segment?.count ?? 0;
        if (have === 0 && site.careLevel === 'T' && specialty !== 'GP' && specialty !== 'PAEDIATRICS') return [];
        return [{ specialty, standard: Math.ceil(have * (1.05 + draws.uniform() * 0.5)) + 1, actual: have }];
      }),
    };
  }
}

function poolOf(world: PlaceWorld, alliance: AllianceDraft, year: number): HeadcountFact {
  const path = `${alliance.path}/pool/${year}`;
  const townships = alliance.members.filter((site) => site.kind === 'TOWNSHIP');
  const clinics = alliance.members.filter((site) => site.kind === 'CLINIC');
  const approved = townships.length * POSTS_PER_TOWNSHIP;
  const used = Math.round(approved * USED);
  return {
    id: publicId('hp', new Draws(world.seed, path)),
    place: world.model.key,
    allianceId: alliance.id,
    year,
    approved,
    allocations: Array.from({ length: used }, (_, number) => {
      const clinic = number % 3 === 0 ? clinics[Math.floor(number / 3)] : undefined;
      return clinic === undefined
        ? townshipAllocation(world, path, alliance, townships, number)
        : villageAllocation(world, path, clinic, number);
    }),
  };
}

function townshipAllocation(
  world: PlaceWorld,
  path: string,
  alliance: AllianceDraft,
  townships: readonly Site[],
  number: number,
): HeadcountAllocationFact {
  const usedAt = townships[number % townships.length] ?? alliance.lead;
  const nurses = world.staff.get(alliance.lead.id)?.find((segment) => segment.category === '21');
  const before = world.network.alliances.filter((one) => one.lead === alliance.lead).indexOf(alliance);
  const serial = before * townships.length * POSTS_PER_TOWNSHIP + number;
  const position = (nurses?.from ?? 0) + (serial % Math.max(1, nurses?.count ?? 1));
  return allocation(world, `${path}/${number}`, {
    mode: 'COUNTY_HIRED_TOWNSHIP_USED',
    practitioner: practitionerId(alliance.lead, position),
    hiredBy: alliance.lead.id,
    usedAt: usedAt.id,
  });
}

function villageAllocation(world: PlaceWorld, path: string, clinic: Site, number: number): HeadcountAllocationFact {
  return allocation(world, `${path}/${number}`, {
    mode: 'TOWNSHIP_HIRED_VILLAGE_USED',
    practitioner: practitionerId(clinic, 0),
    hiredBy: clinic.parentId ?? clinic.id,
    usedAt: clinic.id,
  });
}

function allocation(
  world: PlaceWorld,
  path: string,
  parts: { mode: HeadcountAllocationFact['mode']; practitioner: string; hiredBy: string; usedAt: string },
): HeadcountAllocationFact {
  const draws = new Draws(world.seed, path);
  const id = publicId('ha', draws);
  return {
    id,
    practitionerId: parts.practitioner,
    mode: parts.mode,
    hiredByInstitutionId: parts.hiredBy,
    usedAtInstitutionId: parts.usedAt,
    from: dateOf(dayOf('2022-01-01') + draws.integer(0, 900)),
    to: null,
    status: 'ACTIVE',
  };
}
