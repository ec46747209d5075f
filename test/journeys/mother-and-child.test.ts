import { personaIds } from '@hutong/gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startJourney, type Journey } from './journey.ts';

const { in_pei_longgu: town, in_pei_1: hospital, pr_demo_gp: gp, rs_demo_wang: wang } = personaIds;
let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ background: false });
});
afterAll(() => journey.close());

/** Travels to noon of a day. */
const travelTo = (day: string) => journey.travelTo(`${day}T12:00:00+08:00`);

test("a pregnant woman goes from the booking over the delivery to her child's package, visits and vaccinations", async () => {
  const doctor = journey.as('family-doctor');
  const midwife = journey.as('hospital-doctor');
  const place = { institutionId: town };
  const { resident: neighbour } = await doctor.asks(
    `{ resident(id: "${wang}") { region { code } contract(at: "2024-12-31") { team { id } } } }`,
  );
  const { region, contract: neighbours } = Object(neighbour);

  // She comes to the town's hospital in the tenth week: a record is opened, and the pregnancy is booked with its first visit.
  travelTo('2025-01-06');
  const newcomer = { name: '孙某', sex: 'FEMALE', birthDate: '1996-05-06', regionCode: region.code, residentType: '1' };
  const { resident: woman } = await doctor.does(
    'registerResident',
    { ...place, ...newcomer },
    'resident { id household { id } }',
  );
  const { id: motherId, household } = Object(woman);
  const visit = { residentId: motherId, ...place };
  const booking = { lmp: '2024-10-28', gravidity: 1, parity: 0 };
  const first = { ...visit, on: '2025-01-06', booking, antenatal: { sbp: 116, dbp: 72, weight: '54.5' } };
  const record = 'maternalRecord { id early status riskColour referralAdvised edd nextDue }';
  const { maternalRecord: booked } = await doctor.does('recordMaternalVisit', first, record);
  expect(booked).toEqual({
    id: `mr_${motherId.slice(3)}_1`,
    early: true,
    status: 'PREGNANT',
    riskColour: 'GREEN',
    referralAdvised: false,
    edd: '2025-08-04',
    nextDue: '2025-02-17',
  });
  const terms = { teamId: neighbours.team.id, familyDoctorId: gp, channel: 'PAPER' };
  const contractFields = 'serviceContract { status packages { kind } }';
  const signing = { ...terms, residentId: motherId, packageCodes: ['PK-PREGNANCY'] };
  expect(await doctor.does('signContract', signing, contractFields)).toMatchObject({
    serviceContract: { status: 'ACTIVE' },
  });

  // Four more visits; in July her pressure is high, and she is looked after at the county hospital.
  for (const [on, sbp, dbp] of [
    ['2025-02-24', 118, 74],
    ['2025-04-07', 120, 76],
    ['2025-05-26', 126, 80],
    ['2025-07-14', 162, 98],
  ] as const) {
    travelTo(on);
    await doctor.does('recordMaternalVisit', { ...visit, on, antenatal: { sbp, dbp } }, record);
  }
  const { resident: grown } = await doctor.asks(
    `{ resident(id: "${motherId}") { maternal { riskColour referralAdvised nextDue } } }`,
  );
  expect(grown).toEqual({ maternal: [{ riskColour: 'ORANGE', referralAdvised: true, nextDue: '2025-08-04' }] });

  // The child is born in the county hospital; the town records the delivery and registers the child in the mother's household.
  travelTo('2025-08-03');
  const delivery = { outcome: 'LIVE_BIRTH', mode: 'CAESAREAN', institutionId: hospital };
  await doctor.does('recordMaternalVisit', { ...visit, on: '2025-08-01', delivery }, record);
  const newborn = {
    ...place,
    name: '孙小某',
    sex: 'MALE',
    birthDate: '2025-08-01',
    regionCode: region.code,
    residentType: '1',
    householdId: household.id,
    relationToHead: '2',
    content: { guardianId: motherId },
  };
  const { resident: child } = await doctor.does('registerResident', newborn, 'resident { id focusGroups }');
  const { id: childId, focusGroups } = Object(child);
  expect(focusGroups).toEqual(['CHILD']);

  // At home on the fifth day: mother and child are seen, and the child's record leads back to the birth.
  travelTo('2025-08-06');
  await doctor.does(
    'recordMaternalVisit',
    { ...visit, on: '2025-08-06', postpartum: { findings: '恢复良好' } },
    record,
  );
  const home = {
    residentId: childId,
    ...place,
    on: '2025-08-06',
    birthWeight: '3.300',
    growth: {
      weight: '3.4',
      height: '50.5',
    },
    maternalRecordId: Object(booked).id,
  };
  const { childRecord } = await doctor.does('recordChildVisit', home, 'childRecord { id guardian { id } nextDue }');
  expect(childRecord).toEqual({ id: `cr_${childId.slice(3)}_1`, guardian: { id: motherId }, nextDue: '2025-08-29' });

  // The county hospital vaccinated at birth; the town gives the second dose, a month later and not before.
  const dose = { residentId: childId, vaccine: 'HEP_B', lotNo: 'B20250701' };
  const atBirth = { ...dose, institutionId: hospital, dose: 1, givenAt: '2025-08-01T20:00:00+08:00' };
  const { immunisation } = await midwife.does('recordImmunisation', atBirth, 'immunisation { status dueOn }');
  expect(immunisation).toEqual({ status: 'GIVEN', dueOn: '2025-08-01' });
  expect(await midwife.isRefused('recordImmunisation', atBirth)).toEqual(['INVALID_TRANSITION input.dose']);
  travelTo('2025-09-02');
  const second = { ...dose, ...place, dose: 2 };
  const early = { ...second, givenAt: '2025-08-28T09:00:00+08:00' };
  expect(await doctor.isRefused('recordImmunisation', early)).toEqual(['VALIDATION_FAILED input.givenAt']);
  await doctor.does('recordImmunisation', { ...second, givenAt: '2025-09-02T09:00:00+08:00' }, 'immunisation { id }');
  const monthly = { residentId: childId, ...place, on: '2025-09-02', growth: { weight: '4.6', height: '55' } };
  await doctor.does('recordChildVisit', monthly, 'childRecord { id }');

  // On day 42 the mother's record is closed, and the child has the package for children.
  travelTo('2025-09-12');
  await doctor.does('recordMaternalVisit', { ...visit, on: '2025-09-12', postpartum: {} }, record);
  const childs = { ...terms, residentId: childId, packageCodes: ['PK-CHILD'] };
  const { serviceContract } = await doctor.does('signContract', childs, contractFields);
  expect(serviceContract).toMatchObject({
    status: 'ACTIVE',
    packages: expect.arrayContaining([{ kind: 'CHILD_CARE' }]),
  });
  expect(await doctor.isRefused('signContract', { ...childs, residentId: motherId })).toContain(
    'VALIDATION_FAILED input.packageCodes.0',
  );
  const family = `{
    mother: resident(id: "${motherId}") { focusGroups maternal { status open systemManaged nextDue children { id } history { to } } }
    child: resident(id: "${childId}") {
      activePackageKinds
      child { visits { ageMonths } growth { weight } nextDue maternalRecord { delivery { institution { name } } } }
      immunisations { vaccine dose status }
    } }`;
  const { mother, child: grownChild } = await doctor.asks(family);
  expect(mother).toEqual({
    focusGroups: [],
    maternal: [
      {
        status: 'CLOSED',
        open: false,
        systemManaged: true,
        nextDue: null,
        children: [{ id: `cr_${childId.slice(3)}_1` }],
        history: [{ to: 'PREGNANT' }, { to: 'POSTPARTUM' }, { to: 'CLOSED' }],
      },
    ],
  });
  expect(grownChild).toMatchObject({
    activePackageKinds: expect.arrayContaining(['CHILD_CARE', 'PUBLIC_HEALTH']),
    child: [
      {
        visits: [{ ageMonths: 0 }, { ageMonths: 1 }],
        nextDue: '2025-11-01',
        maternalRecord: { delivery: { institution: { name: '沛县人民医院（示例）' } } },
      },
    ],
  });
  const given = Object(grownChild).immunisations.filter(
    ({ status }: { readonly status: string }) => status === 'GIVEN',
  );
  expect([Object(grownChild).immunisations.length, given]).toEqual([
    22,
    [1, 2].map((number) => ({ vaccine: 'HEP_B', dose: number, status: 'GIVEN' })),
  ]);
});
