import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { citizenCheck } from './chance/identifiers.ts';
import type { PlaceKey } from './facts/places.ts';
import type { Region, RegionOptions } from './facts/region.ts';
import type { ResidentFact } from './facts/residents.ts';
import { createRegion } from './region.ts';

const options: RegionOptions = {
  seed: 'hutong',
  residentsPerPlace: 1500,
  visitScale: 0.25,
  years: 2,
  scenario: 'CURRENT',
};
const region = createRegion(options);
const people = [...region.residents('pei')];

/** Every fact of some residents and of the place, as one checksum. */
function checksum(of: Region, place: PlaceKey, residents: Iterable<ResidentFact>): string {
  const hash = createHash('sha256');
  const add = (value: unknown) => hash.update(JSON.stringify(value));
  for (const one of of.institutions(place)) add(one);
  for (const one of of.alliances(place)) add(one);
  for (const one of of.teams(place)) add(one);
  for (const one of of.secondments(place)) add(one);
  for (const resident of residents) {
    add(resident);
    add(everything(of, resident));
  }
  return hash.digest('hex');
}

/** A history with all its parts made. */
function everything(of: Region, resident: ResidentFact): Record<string, unknown> {
  return { ...of.history(resident) };
}

describe('the demo region', { timeout: 120_000 }, () => {
  test('two runs with one seed give the same facts', () => {
    const again = createRegion(options);
    expect(checksum(again, 'pei', again.residents('pei'))).toBe(checksum(region, 'pei', people));
  });

  test('another seed gives other people, under the same ids: who names one need not know the seed', () => {
    const other = createRegion({ ...options, seed: 'other' });
    const others = [...other.residents('pei')];
    expect(others.map(({ id }) => id)).toEqual(people.map(({ id }) => id));
    expect(other.fixtures).toEqual(region.fixtures);
    const unchanged = others.filter(({ birthDate }, index) => birthDate === people[index]?.birthDate);
    expect(unchanged.length / people.length).toBeLessThan(0.02);
  });

  test('a resident generated alone, in a fresh region, equals the one of the stream', () => {
    const alone = createRegion(options);
    for (const index of [1499, 3, 777]) {
      const resident = alone.resident('pei', index);
      expect(resident).toEqual(people[index]);
      expect(everything(alone, resident)).toEqual(everything(region, people[index] ?? resident));
    }
  });

  test('it does not matter which part of a history is asked for first', () => {
    const resident = people[40];
    if (resident === undefined) throw new Error('no resident');
    const claims = region.history(resident).claims;
    const history = region.history(resident);
    expect([history.followUps.length >= 0, history.reports.length >= 0, history.claims]).toEqual([true, true, claims]);
  });

  test('ids, citizen numbers and health record numbers are used once, and check', () => {
    const all = region.places.flatMap((place) => [...region.residents(place.key)]);
    const numbers = all.map((one) => one.idNumber);
    const records = all.flatMap((one) => (one.healthRecordNo === null ? [] : [one.healthRecordNo]));
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
    expect(new Set(numbers).size).toBe(all.length);
    expect(new Set(records).size).toBe(records.length);
    expect(numbers.filter((one) => !one.startsWith('99') || citizenCheck(one.slice(0, 17)) !== one.slice(17))).toEqual(
      [],
    );
    expect(records.filter((one) => !/^\d{17}$/.test(one))).toEqual([]);
  });

  test('households are contiguous and have one head, and children an adult who is responsible', () => {
    const byId = new Map(people.map((one) => [one.id, one]));
    const heads = people.filter((one) => one.relationToHead === '0');
    const minors = people.filter((one) => one.age < 18);
    const unguarded = minors.filter((one) => (byId.get(one.guardianId ?? '')?.age ?? 0) < 18);
    const sizes = new Map<string, number>();
    for (const one of people) sizes.set(one.household.id, (sizes.get(one.household.id) ?? 0) + 1);
    expect([heads.length, sizes.size, unguarded]).toEqual([500, 500, []]);
    expect(people.filter((one) => sizes.get(one.household.id) !== one.household.size)).toEqual([]);
  });
});

describe('histories', () => {
  const histories = people.map((resident) => ({ resident, history: region.history(resident) }));

  test('every slot session is of a year whose release policy its hospital has', () => {
    const policies = new Set([...region.slotPolicies('pei')].map((one) => `${one.institutionId} ${one.effectiveFrom}`));
    const without = [...region.slotSessions('pei')].filter(
      ({ institutionId, date }) => !policies.has(`${institutionId} ${date.slice(0, 4)}-01-01`),
    );
    expect(without).toEqual([]);
  });

  test('numbers run from 1 in every list', () => {
    for (const { history } of histories) {
      for (const list of [history.encounters, history.claims, history.referrals, history.reports, history.followUps]) {
        expect(list.map((one) => one.no)).toEqual(list.map((_, index) => index + 1));
      }
    }
  });

  test('nothing happens before birth, after death or removal, or after the end', () => {
    const early = histories.flatMap(({ resident, history }) =>
      history.encounters.filter(
        (one) =>
          one.startedAt.slice(0, 10) <= resident.birthDate ||
          (resident.statusOn !== null && one.startedAt.slice(0, 10) > resident.statusOn) ||
          (one.endedAt ?? '') > '2025-01-01T03',
      ),
    );
    expect(early).toEqual([]);
  });

  test('amounts of lines are quantity times unit price, and the total is their sum', () => {
    const encounters = histories.flatMap(({ history }) => history.encounters);
    const wrong = encounters.filter((one) => {
      const cents = one.lines.map((line) => Math.round(Number(line.unitPrice) * 100) * Number(line.quantity));
      const amounts = one.lines.map((line) => Math.round(Number(line.amount) * 100));
      const total = amounts.reduce((sum, amount) => sum + amount, 0);
      return cents.join() !== amounts.join() || (total / 100).toFixed(2) !== one.totalCost;
    });
    expect([wrong, encounters.length > 3000]).toEqual([[], true]);
  });

  test('stays of a person do not overlap', () => {
    const overlaps = histories.flatMap(({ history }) => {
      const stays = history.encounters.flatMap((one) => (one.stay === null ? [] : [one.stay]));
      return stays.filter((stay, index) => index > 0 && stay.admittedAt <= (stays[index - 1]?.dischargedAt ?? ''));
    });
    expect(overlaps).toEqual([]);
  });

  test('who lies in hospital visits nobody', () => {
    const elsewhere = histories.flatMap(({ history }) =>
      history.encounters.filter((visit) =>
        history.encounters.some(
          ({ stay, no }) =>
            stay !== null &&
            no !== visit.no &&
            visit.startedAt > stay.admittedAt &&
            visit.startedAt < stay.dischargedAt,
        ),
      ),
    );
    expect(elsewhere).toEqual([]);
  });

  test('at most one contract covers a day', () => {
    const overlaps = histories.flatMap(({ history: { contracts } }) =>
      contracts.filter((one, index) => {
        const before = contracts[index - 1];
        return before !== undefined && one.validFrom <= (before.terminatedOn ?? before.validTo);
      }),
    );
    expect(overlaps).toEqual([]);
    expect(
      histories.filter(({ history }) => history.contracts.filter((one) => one.status === 'ACTIVE').length > 1),
    ).toEqual([]);
  });

  test('every appointment has a slot of its own, on the day, at the place and in the channel of its session', () => {
    const slots = new Map(
      [...region.slotSessions('pei')].flatMap((session) => session.slots.map((slot) => [slot.id, { session, slot }])),
    );
    const appointments = histories.flatMap(({ history }) => history.appointments);
    const wrong = appointments.filter((one) => {
      const found = slots.get(one.slotId);
      return (
        found?.slot.start !== one.start ||
        found.slot.channel !== one.channel ||
        found.session.institutionId !== one.institutionId ||
        found.session.departmentCode !== one.departmentCode
      );
    });
    expect([wrong, new Set(appointments.map((one) => one.slotId)).size]).toEqual([[], appointments.length]);
    const booked = [...slots.values()].filter(({ slot }) => slot.booked === 1).length;
    expect(booked).toBe(appointments.length);
  });

  test('reservations of one unit never overlap', () => {
    const all = histories.flatMap(({ history }) => history.reservations);
    const ordered = all.toSorted((a, b) => (a.equipmentId + a.start < b.equipmentId + b.start ? -1 : 1));
    const clashes = ordered.filter((one, index) => {
      const before = ordered[index - 1];
      return before?.equipmentId === one.equipmentId && one.start < before.blockedUntil;
    });
    expect([clashes, all.length > 100]).toEqual([[], true]);
  });

  test('the green channel accepts at the moment of submission', () => {
    const green = histories
      .flatMap(({ history }) => history.referrals)
      .filter((one) => one.greenChannel && one.status !== 'CANCELLED');
    expect([green.length > 0, green.filter((one) => one.acceptedAt !== one.submittedAt)]).toEqual([true, []]);
  });

  test('an examination that was recognised is neither made nor charged again', () => {
    const recognised = histories.flatMap(({ history }) =>
      history.recognitions
        .filter((one) => one.decision === 'RECOGNISED')
        .map((one) => {
          const report = history.reports[one.reportNo - 1];
          const own = history.reports.filter((other) => other.encounterNo === one.encounterNo);
          return own.some((other) => other.itemCode === report?.itemCode);
        }),
    );
    expect([recognised.length > 0, recognised.includes(true)]).toEqual([true, false]);
  });
});

describe('fixtures', () => {
  const fixture = (
    name: 'rs_demo_wang' | 'rs_demo_li' | 'rs_demo_zhang' | 'rs_demo_chen' | 'rs_demo_yi',
    place: PlaceKey,
  ) => {
    for (const resident of region.residents(place)) {
      if (resident.id === region.fixtures[name]) return { resident, history: region.history(resident) };
    }
    throw new Error(`${name} is not there`);
  };

  test('rs_demo_wang has hypertension, a stroke in 2023, and a contract with the demo’s family doctor', () => {
    const { resident, history } = fixture('rs_demo_wang', 'pei');
    expect(resident).toMatchObject({
      name: '王某',
      sex: 'MALE',
      birthDate: '1955-03-12',
      idNumber: '99032219550312001X',
    });
    expect(resident.focusGroups).toEqual(['ELDERLY', 'HYPERTENSION', 'STROKE']);
    expect(resident.conditions.find((one) => one.disease === 'STROKE')?.since).toBe('2023-05-10');
    expect(history.contracts.at(-1)).toMatchObject({
      status: 'ACTIVE',
      familyDoctorId: region.fixtures.pr_demo_gp,
      packageCodes: ['PK-PUBLIC', 'PK-ELDERLY', 'PK-STROKE'],
    });
  });

  test('rs_demo_wang went up through the green channel and came down again', () => {
    const { history } = fixture('rs_demo_wang', 'pei');
    expect(history.referrals.map((one) => [one.direction, one.status, one.greenChannel, one.timely])).toEqual([
      ['UP', 'COMPLETED', true, true],
      ['DOWN', 'COMPLETED', false, true],
    ]);
    expect(history.episodes).toMatchObject([{ closed: true }]);
    const discharge = history.followUps.find((one) => one.kind === 'DISCHARGE');
    expect(discharge?.at.slice(0, 10)).toBe('2023-05-25');
  });

  test('beside the demo’s doctor, the village doctors of the town and its other team have residents of their own', () => {
    const teams = [...region.teams('pei')];
    const demo = teams.find((team) => team.familyDoctorId === region.fixtures.pr_demo_gp);
    const own = teams.filter((team) => team.institutionId === demo?.institutionId);
    const active = people
      .flatMap((one) => region.history(one).contracts)
      .filter(({ status, teamId }) => status === 'ACTIVE' && own.some(({ id }) => id === teamId));
    const dutyOf = new Map(
      own.flatMap(({ members }) => members.map(({ practitionerId, duty }) => [practitionerId, duty])),
    );
    const signed = own.map(({ id }) => active.filter(({ teamId }) => teamId === id));
    expect(signed.map((contracts) => contracts.length >= 10)).toEqual([true, true]);
    const byVillageDoctors = signed.map(
      (contracts) => contracts.filter(({ familyDoctorId }) => dutyOf.get(familyDoctorId) === 'VILLAGE_DOCTOR').length,
    );
    expect(byVillageDoctors.map((count) => count >= 3)).toEqual([true, true]);
  });

  test('rs_demo_li is 28 weeks pregnant and guards rs_demo_zhang', () => {
    const { resident, history } = fixture('rs_demo_li', 'pei');
    const zhang = fixture('rs_demo_zhang', 'pei');
    expect([resident.idNumber, zhang.resident.idNumber]).toEqual(['990322198807060021', '990322202301150037']);
    expect(zhang.resident.guardianId).toBe(resident.id);
    expect(history.maternal).toMatchObject([{ lmp: '2024-06-18', delivery: null, status: 'OPEN' }]);
    expect(history.contracts.at(-1)).toMatchObject({
      validFrom: '2024-08-20',
      packageCodes: ['PK-PUBLIC', 'PK-PREGNANCY'],
    });
    expect(zhang.history.contracts.at(-1)?.packageCodes).toContain('PK-CHILD');
  });

  test('TV-52 the CT of rs_demo_chen is recognised 45 days later: 320.00 avoided, 208.00 of it the fund’s', () => {
    const { resident, history } = fixture('rs_demo_chen', 'ningbo');
    const decision = history.recognitions.find((one) => one.avoidedPrice === '320.00');
    expect(resident.idNumber).toBe('993302196001010103');
    expect(decision).toMatchObject({ decision: 'RECOGNISED', fundSaved: '208.00', personSaved: '112.00' });
    expect(history.reports[(decision?.reportNo ?? 0) - 1]).toMatchObject({
      itemCode: 'CT_CHEST',
      qualityGrade: 'PROVINCE',
    });
  });

  test('rs_demo_yi lives alone and is visited at home every quarter', () => {
    const { resident, history } = fixture('rs_demo_yi', 'qujing');
    expect(resident).toMatchObject({ ethnicity: '07', vulnerability: ['EMPTY_NEST'], idNumber: '995303194509090211' });
    expect(resident.household.size).toBe(1);
    expect(history.encounters.filter((one) => one.kind === 'HOME').length).toBe(4);
  });
});
