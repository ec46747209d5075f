import { describe, expect, test } from 'vitest';
import { citizenCheck } from '../chance/identifiers.ts';
import type { PlaceKey } from '../facts/places.ts';
import { createRegion } from '../region.ts';

const region = createRegion({
  seed: 'hutong',
  residentsPerPlace: 500,
  visitScale: 0.25,
  years: 1,
  scenario: 'CURRENT',
});
const staff = [...region.practitioners('pei')];
const inPei = new Set(
  [...region.institutions('pei')].filter((one) => one.regionCode.startsWith('320322')).map((one) => one.id),
);
const own = staff.filter((one) => inPei.has(one.institutionId));

describe('staff of real size', () => {
  test('health technicians per 1,000 residents are 7.0, 9.2 and 6.4, without other technicians and managers', () => {
    const density = (place: PlaceKey, population: number, regionCode: string) => {
      const inside = new Set(
        [...region.institutions(place)].filter((one) => one.regionCode.startsWith(regionCode)).map((one) => one.id),
      );
      const technicians = [...region.practitioners(place)].filter(
        (one) => inside.has(one.institutionId) && !['60', '70', '80'].includes(one.category),
      );
      return ((technicians.length * 1000) / population).toFixed(1);
    };
    expect([
      density('pei', 1_038_337, '320322'),
      density('ningbo', 9_404_283, '3302'),
      density('qujing', 5_765_775, '5303'),
    ]).toEqual(['7.0', '9.2', '6.4']);
  });

  test('Pei has 2.9 general practitioners per 10,000 residents', () => {
    const gps = own.filter((one) => one.isGp).length;
    expect(((gps * 10_000) / 1_038_337).toFixed(1)).toBe('2.9');
  });

  test('a clinic has 1.6 village doctors', () => {
    const doctors = own.filter((one) => one.isVillageDoctor).length;
    expect((doctors / 323).toFixed(1)).toBe('1.6');
  });

  test('ids, physician codes and citizen numbers are used once, and check', () => {
    const codes = staff.flatMap((one) => (one.physicianCode === null ? [] : [one.physicianCode]));
    expect(new Set(staff.map((one) => one.id)).size).toBe(staff.length);
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(staff.map((one) => one.idNumber)).size).toBe(staff.length);
    expect(staff.filter((one) => citizenCheck(one.idNumber.slice(0, 17)) !== one.idNumber.slice(17))).toEqual([]);
    expect(codes.filter((code) => !/^[DN]\d{12}$/.test(code))).toEqual([]);
  });

  test('hospital physicians have the title mix 4, 12, 30, 42, 12', () => {
    const hospital = new Set(
      [...region.institutions('pei')].filter((one) => one.careLevel === 'C').map((one) => one.id),
    );
    const physicians = own.filter((one) => hospital.has(one.institutionId) && one.category === '11');
    const share = (level: string) => physicians.filter((one) => one.titleLevel === level).length / physicians.length;
    const mix = ['1', '2', '3', '4', '5'].map((level) => Math.round(share(level) * 100));
    expect(mix.map((percent, index) => Math.abs(percent - ([4, 12, 30, 42, 12][index] ?? 0)) <= 2)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  test('teams have five to seven members, all of them staff, and cover every village once', () => {
    const ids = new Set(staff.map((one) => one.id));
    const teams = [...region.teams('pei')];
    const sizes = teams.map((team) => new Set(team.members.map((member) => member.practitionerId)).size);
    const strangers = teams.flatMap((team) => team.members).filter((member) => !ids.has(member.practitionerId));
    const villages = teams.flatMap((team) => team.coverage);
    expect([Math.min(...sizes) >= 5, Math.max(...sizes) <= 7, strangers]).toEqual([true, true, []]);
    expect([villages.length, new Set(villages).size]).toEqual([402, 402]);
  });

  test('guidance groups have 3–4 departments and 4–6 specialists, and each town has one', () => {
    const groups = region.places.flatMap((place) => [...region.guidanceGroups(place.key)]);
    const odd = groups.filter(
      ({ departmentCodes, specialistIds }) =>
        departmentCodes.length < 3 ||
        departmentCodes.length > 4 ||
        specialistIds.length < 4 ||
        specialistIds.length > 6,
    );
    const towns = groups.flatMap((group) => group.assignedTowns);
    expect([odd, towns.length, new Set(towns).size]).toEqual([[], 17 + 156 + 122, 17 + 156 + 122]);
  });

  test('a member of staff completes three courses a year (domain.md 8.7: 320 records of 70 and 38)', () => {
    const records = [...region.training('pei')].length;
    expect(Math.abs(records / staff.length / (320 / 108) - 1)).toBeLessThan(0.05);
  });

  test('nobody is seconded twice, and the demo’s secondment is the one of TV-76', () => {
    const seconded = region.places.map((place) => [...region.secondments(place.key)]);
    const people = seconded.map((list) => new Set(list.map((one) => one.practitionerId)).size);
    expect(people).toEqual([24, 312 + 156 + 104, 12]);
    const demo = seconded.flat().filter((one) => one.practitionerId === region.fixtures.pr_demo_sec);
    expect(
      demo.map(({ startOn, actualEndOn, titleLevelAtStart }) => [startOn, actualEndOn, titleLevelAtStart]),
    ).toEqual([['2023-03-01', '2024-08-31', '3']]);
  });

  test('nobody has two places in a headcount pool', () => {
    for (const place of region.places) {
      const people = [...region.headcountPools(place.key)].flatMap((pool) =>
        pool.allocations.map((one) => one.practitionerId),
      );
      expect(new Set(people).size).toBe(people.length);
    }
  });

  test('who holds a post of the headcount pool is employed by it', () => {
    const allocations = [...region.headcountPools('pei')].flatMap((pool) => pool.allocations);
    const pooled = staff.filter((one) => one.employment.kind === 'POOL');
    expect(pooled.map((one) => one.id).toSorted()).toEqual(allocations.map((one) => one.practitionerId).toSorted());
  });

  test('the demo’s family doctor is a general practitioner of the demo town', () => {
    const doctor = staff.find((one) => one.id === region.fixtures.pr_demo_gp);
    expect([doctor?.isGp, doctor?.isFamilyDoctor]).toEqual([true, true]);
  });
});
