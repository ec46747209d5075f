import { describe, expect, test } from 'vitest';
import type { InstitutionFact, PlaceKey } from '../facts/places.ts';
import { readDivisions } from '../divisions.ts';
import { createRegion } from '../region.ts';

const region = createRegion({
  seed: 'hutong',
  residentsPerPlace: 500,
  visitScale: 0.25,
  years: 1,
  scenario: 'CURRENT',
});

const institutions = (place: PlaceKey): InstitutionFact[] => [...region.institutions(place)];
const counted = (place: PlaceKey, by: (one: InstitutionFact) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const one of institutions(place)) counts[by(one)] = (counts[by(one)] ?? 0) + 1;
  return counts;
};

describe('places of real size', () => {
  test('the divisions are those of domain.md 8.2', () => {
    const all = readDivisions();
    const count = (root: string, level: string) =>
      all.filter((one) => one.code.startsWith(root) && one.level === level).length;
    expect([count('320322', 'TOWNSHIP'), count('320322', 'VILLAGE')]).toEqual([18, 402]);
    expect([count('3302', 'TOWNSHIP'), count('5303', 'TOWNSHIP')]).toEqual([162, 137]);
    expect(all.filter((one) => one.specialTypes.includes('ETHNIC')).length).toBe(8);
  });

  test('Pei has 17 township hospitals, 244 clinics and 79 stations', () => {
    const { C220 = 0, C210 = 0, B100 = 0, D600, B200 } = counted('pei', (one) => one.class);
    expect([C220 + C210 + B100, D600, B200]).toEqual([17, 244, 79]);
  });

  test('Ningbo has 156 township hospitals and 4 city hospitals, Qujing 122 and 20 county hospitals', () => {
    const ningbo = counted('ningbo', (one) => one.careLevel);
    const qujing = institutions('qujing').filter((one) => one.careLevel === 'C' && one.class.startsWith('A'));
    expect([ningbo.T, ningbo.M, counted('qujing', (one) => one.careLevel).T, qujing.length]).toEqual([156, 4, 122, 20]);
  });

  test('villages lie at their clinic, as near as one looks to it, or some way off; one of fifty is not measured', () => {
    const villages = [...region.divisions('ningbo')].filter((one) => one.level === 'VILLAGE');
    const placed = new Map(
      villages.flatMap(({ code, location }) => (location === null ? [] : [[code, location] as const])),
    );
    expect(villages.length - placed.size).toBeGreaterThan(villages.length / 100);
    expect(villages.length - placed.size).toBeLessThan(villages.length / 30);
    const furthest = (pick: (clinic: InstitutionFact) => readonly string[]) =>
      Math.max(
        ...institutions('ningbo').flatMap((clinic) =>
          pick(clinic).flatMap((code) => {
            const { longitude, latitude } = placed.get(code) ?? clinic;
            return [Math.abs(longitude - clinic.longitude), Math.abs(latitude - clinic.latitude)];
          }),
        ),
      );
    const clinicsOnly = ({ class: kind, serves }: InstitutionFact) => (kind === 'D600' ? serves : []);
    const [own, neighbours] = [
      furthest((one) => clinicsOnly(one).slice(0, 1)),
      furthest((one) => clinicsOnly(one).slice(1)),
    ];
    expect(own).toBeLessThan(0.0101);
    expect(neighbours).toBeGreaterThan(0.0225);
    expect(neighbours).toBeLessThan(0.0301);
    const [town] = [...region.divisions('ningbo')].filter((one) => one.level === 'TOWNSHIP');
    expect(town?.location).toBeNull();
  });

  test('every id, provider code and organisation code is used once', () => {
    const all = region.places.flatMap((place) => institutions(place.key));
    const distinct = (of: (one: InstitutionFact) => string) => new Set(all.map(of)).size;
    expect([distinct((one) => one.id), distinct((one) => one.providerCode), distinct((one) => one.orgCode)]).toEqual([
      all.length,
      all.length,
      all.length,
    ]);
  });

  test('alliances: 2 in Pei, 16 in Ningbo, 60 city–county and 122 county–township in Qujing', () => {
    const kinds = (place: PlaceKey, kind: string) => [...region.alliances(place)].filter((one) => one.kind === kind);
    expect([
      kinds('pei', 'COUNTY_COMMUNITY').length,
      kinds('ningbo', 'COUNTY_COMMUNITY').length,
      kinds('qujing', 'CITY_COUNTY').length,
      kinds('qujing', 'COUNTY_TOWNSHIP').length,
    ]).toEqual([2, 16, 60, 122]);
  });

  test('every public primary institution of a community place is in exactly one community', () => {
    const memberships = [...region.alliances('ningbo')].flatMap((one) =>
      one.memberships.map((member) => member.institutionId),
    );
    const primary = institutions('ningbo').filter((one) => one.careLevel === 'T' || one.careLevel === 'V');
    const counts = primary.map((one) => memberships.filter((id) => id === one.id).length);
    expect(new Set(counts)).toEqual(new Set([1]));
  });

  test('D-07 6 of 122 county–township alliances of Qujing use Internet+', () => {
    const alliances = [...region.alliances('qujing')].filter((one) => one.kind === 'COUNTY_TOWNSHIP');
    const share = (100 * alliances.filter((one) => one.internetPlus).length) / alliances.length;
    expect(share.toFixed(2)).toBe('4.92');
  });

  test('W-02, W-03a, W-03b Ningbo has 312, 156 and 104 compliant secondments, every township hospital covered', () => {
    const secondments = [...region.secondments('ningbo')].filter((one) => one.compliant);
    const of = (kind: string) => secondments.filter((one) => one.kind === kind);
    const covered = new Set(of('LEAD_TO_MEMBER').map((one) => one.toInstitutionId));
    expect([of('LEAD_TO_MEMBER').length, of('CITY_TO_LEAD').length, of('CITY_TO_COUNTY').length, covered.size]).toEqual(
      [312, 156, 104, 156],
    );
    expect(new Set(secondments.map((one) => one.practitionerId)).size).toBe(572);
  });

  test('TV-76 the demo’s secondee is of mid-level title and stays exactly 18 months', () => {
    const secondment = [...region.secondments('pei')].find((one) => one.practitionerId === region.fixtures.pr_demo_sec);
    expect(secondment).toMatchObject({
      startOn: '2023-03-01',
      plannedEndOn: '2024-08-31',
      titleLevelAtStart: '3',
      compliant: true,
    });
  });

  test('the fixtures of alliances resolve to ids in order', () => {
    const cityCounty = [...region.alliances('qujing')].filter((one) => one.kind === 'CITY_COUNTY').map((one) => one.id);
    expect([region.fixtures.al_qj_001, region.fixtures.al_qj_060]).toEqual([cityCounty[0], cityCounty[59]]);
    expect(region.fixtures.al_pei_1).toBe([...region.alliances('pei')][0]?.id);
  });
});
