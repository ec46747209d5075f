import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { personaId, personaIds, resolvePersonas } from '@hutong/gateway';
import { encodeOwnedId } from '@hutong/kit';
import { repositoryRoot } from '@hutong/schema';
import { buildSchema, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clients } from '../clients.ts';
import { databaseOf, startJourney, type Journey } from './journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ background: false });
  journey.travelTo('2025-01-06T09:00:00+08:00');
});
afterAll(() => journey.close());

const { rs_demo_wang: wang, in_pei_1: hospital, in_pei_longgu: town, al_pei_1: community } = personaIds;
const api = buildSchema(readFileSync(join(repositoryRoot, 'schema', 'api.graphql'), 'utf8'));

const asked = new Set<string>();

/** Runs an operation of an app as one of its demo callers. */
async function run(app: string, persona: string, operation: string, variables: object): Promise<unknown> {
  const text = clients.find(({ id }) => id === app)?.operations[operation];
  if (text === undefined) throw new TypeError(`${app} has no operation ${operation}`);
  asked.add(`${app} ${operation}`);
  return journey.as(persona).asks(text, { ...variables });
}

/** Runs a mutation of an app that must be done, and gives what it wrote. */
async function done(app: string, persona: string, operation: string, input: object): Promise<unknown> {
  const [payload] = Object.values(Object(await run(app, persona, operation, { input })));
  const { ok, errors, ...written } = Object(payload);
  expect({ ok, errors }).toEqual({ ok: true, errors: [] });
  return Object.values(written)[0];
}

describe.each(clients)('the document of $id', ({ id, document, scopes }) => {
  test('is valid by the schema that clients see', () => {
    expect(validate(api, document)).toEqual([]);
  });

  test('belongs to a demo caller with the scopes of the app', () => {
    const callers = { 'resident-app': 'resident', 'team-app': 'family-doctor', 'admin-app': 'alliance-manager' };
    const persona = resolvePersonas(personaId).find((one) => one.id === Reflect.get(callers, id));
    expect(persona?.caller.scopes).toEqual(scopes);
  });
});

test('the resident’s app shows contract, benefits and record, books a place, renews, pays, sends a reading, complains and rates the team', async () => {
  const ask = (operation: string, variables: object) => run('resident-app', 'resident', operation, variables);
  const write = (operation: string, input: object) => done('resident-app', 'resident', operation, input);
  const mine = Object(await ask('MyContract', { id: wang, year: 2024 })).resident;
  expect(mine).toEqual({
    contractStatus: 'ACTIVE',
    activePackageKinds: ['CHRONIC', 'ELDERLY', 'PUBLIC_HEALTH'],
    contract: {
      id: expect.stringMatching(/^ct_/),
      scope: 'PERSON',
      validTo: '2025-02-28',
      familyDoctor: { name: '曹佳怡' },
      team: { name: '龙固镇中心卫生院第1健康管理团队（示例）' },
    },
    outpatientCap: '700.00',
    accumulator: { outpatientFund: '486.85' },
  });
  expect(await ask('MyRecord', { id: wang, from: '2024-10-01' })).toEqual({
    healthRecord: { dynamic: true, timeline: [{ kind: 'FOLLOW_UP', at: '2024-11-03T13:05:00+08:00' }] },
  });
  const { servicePackages } = Object(await ask('Packages', {}));
  expect(servicePackages).toHaveLength(9);
  const kinds = new Set(servicePackages.map(({ kind }: { kind: string }) => kind));
  expect(kinds.size).toBe(7);
  expect(servicePackages).toContainEqual({
    code: 'PK-SPECIAL',
    kind: 'SPECIAL_NEEDS',
    nameZh: '特需服务包',
    items: [{ itemClass: 'PERSONALISED' }],
    price: '300.00',
  });
  expect(await ask('Benefits', { code: 'PK-EXAM' })).toEqual({
    packageBenefits: [{ kind: 'DISCOUNT', value: '0.40', payer: 'TOWNSHIP_HOSPITAL' }],
  });

  const slotId = await publishPlaces();
  const from = '2025-01-08T08:00:00+08:00';
  expect(await ask('FreePlaces', { institution: hospital, from })).toMatchObject({
    appointmentSlots: {
      nodes: expect.arrayContaining([{ id: slotId, start: from, capacity: 1, bookedCount: 0, price: '12.00' }]),
    },
  });
  const booked = Object(await write('Book', { slotId, residentId: wang }));
  expect(booked).toMatchObject({ status: 'BOOKED', slot: { start: from } });
  expect(await write('CancelBooking', { id: booked.id })).toEqual({ status: 'CANCELLED' });

  expect(
    await write('Renew', { id: mine.contract.id, packageCodes: ['PK-ELDERLY', 'PK-HTN'], channel: 'APP' }),
  ).toEqual({
    status: 'PENDING_CONFIRM',
    channel: 'APP',
    validFrom: '2025-03-01',
    validTo: '2026-02-28',
  });
  // The packages of the contract in force were paid at the desk when it was signed; today's visit was not.
  expect(await ask('PayPackages', { input: { contractId: mine.contract.id } })).toMatchObject({
    payPackageFee: { ok: false, errors: [{ code: 'VALIDATION_FAILED' }] },
  });
  await settleVisit();
  const { claims } = Object(Object(await ask('MyBills', { id: wang })).resident);
  const [bill] = claims.nodes;
  expect(bill.settlement).toEqual({ totalAmount: '100.00', cash: '40.00' });
  expect(await write('PayBill', { claimId: bill.id })).toEqual({ kind: 'CLAIM', amount: '40.00', status: 'PENDING' });
  const reading = { residentId: wang, deviceId: 'BP-7', kind: 'SBP', value: '128', at: '2025-01-06T07:30:00+08:00' };
  expect(await write('SendReading', reading)).toEqual({
    measurement: { kind: 'SBP', value: '128', unit: 'mmHg', source: 'DEVICE' },
  });
  const complaint = { subjectType: 'CONTRACT', subjectId: mine.contract.id, category: 'CHARGE', text: '收费不清楚' };
  expect(await write('Complain', complaint)).toEqual({ category: 'CHARGE', status: 'FILED' });
  const answers = [5, 5, 5, 5, 5, 5, 5, 5, 4, 4];
  expect(await write('RateTeam', { contractId: mine.contract.id, answers, comment: '随访及时' })).toEqual({
    score: '96.00',
  });
});

test('the team’s app shows whom the team serves and what it owes, follows up, serves, reminds, calls a session and refers', async () => {
  const ask = (operation: string, variables: object) => run('team-app', 'family-doctor', operation, variables);
  const write = (operation: string, input: object) => done('team-app', 'family-doctor', operation, input);
  const teamId = await teamOfWang();
  const gap = (code: string, due: number, missing: number) => ({ item: { code }, due, missing });
  const duties = ['FAMILY_DOCTOR', 'GP', 'PUBLIC_HEALTH', 'NURSE', 'NURSE', 'VILLAGE_DOCTOR', 'VILLAGE_DOCTOR'];
  expect(await ask('MyTeam', { id: teamId })).toEqual({
    familyDoctorTeam: {
      name: '龙固镇中心卫生院第1健康管理团队（示例）',
      members: duties.map((duty) => ({ duty })),
      signedCount: 42,
    },
    fulfilmentGaps: [gap('DM-FOLLOW', 13, 2), gap('DM-TEST', 1, 1), gap('PR-ANTENATAL', 4, 1), gap('PH-RECORD', 13, 1)],
  });
  const { resident } = Object(await ask('Patient', { id: wang }));
  expect(resident).toEqual({
    contractStatus: 'ACTIVE',
    vulnerability: [],
    chronic: [{ id: 'ce_6EMJFWX1Z15N_1', disease: 'HTN', status: 'ACTIVE' }],
    followUps: { nodes: [{ kind: 'HTN', nextDue: '2025-02-01' }] },
  });

  const htn = resident.chronic.find(({ disease }: { disease: string }) => disease === 'HTN');
  const followUp = {
    residentId: wang,
    institutionId: town,
    kind: 'HTN',
    enrollmentId: htn.id,
    at: '2025-01-06T08:45:00+08:00',
    mode: 'FACE',
    measurements: [
      { kind: 'SBP', value: '132' },
      { kind: 'DBP', value: '84' },
    ],
    medicationAdherence: 'REGULAR',
  };
  expect(await write('FollowUp', followUp)).toMatchObject({
    classification: { display: '控制满意' },
    nextDue: '2025-04-06',
    referralAdvised: false,
  });
  const newcomer = await unsigned();
  const terms = { teamId, familyDoctorId: personaIds['pr_demo_gp'], packageCodes: ['PK-ELDERLY'], channel: 'PAPER' };
  expect(await write('Sign', { residentId: newcomer, ...terms })).toEqual({ status: 'ACTIVE' });
  const { fulfilmentTasks } = Object(await ask('OpenTasks', { resident: newcomer, by: '2025-01-06' }));
  const window = { id: expect.stringMatching(/^ft_/), dueFrom: '2025-01-06', dueTo: '2026-01-05' };
  expect(fulfilmentTasks.nodes).toHaveLength(5);
  expect(fulfilmentTasks.nodes).toEqual(
    expect.arrayContaining([
      { ...window, item: { code: 'PH-RECORD' }, mode: 'CENTRALISED' },
      { ...window, item: { code: 'PH-EDUCATION' }, mode: 'CENTRALISED' },
      { ...window, item: { code: 'PH-ADVICE' }, mode: 'INDIVIDUAL' },
    ]),
  );
  const taskOf = (code: string) =>
    fulfilmentTasks.nodes.find((task: { item: { code: string } }) => task.item.code === code);
  const evidence = [{ kind: 'SIGNATURE', value: 'sha256:8f14' }];
  expect(
    await write('Serve', { taskId: taskOf('PH-ADVICE').id, place: 'CLINIC', evidence, residentConfirmed: true }),
  ).toEqual({
    mode: 'INDIVIDUAL',
    task: { status: 'DONE' },
  });
  expect(await write('Remind', { taskId: taskOf('PH-EDUCATION').id })).toEqual({ kind: 'FULFILMENT_DUE' });

  const { region } = Object(
    await journey.as('family-doctor').asks(`{ institution(id: "${town}") { region { code } } }`),
  ).institution;
  const session = {
    institutionId: town,
    regionCode: region.code,
    residentType: '1',
    start: '2025-02-10T08:00:00+08:00',
    end: '2025-02-10T11:00:00+08:00',
    capacity: 40,
    items: ['PH-RECORD'],
  };
  expect(await write('CallSession', session)).toEqual({ capacity: 40, served: 0 });
  const referral = {
    residentId: wang,
    fromId: town,
    toId: hospital,
    direction: 'UP',
    reason: 'ACUTE_CRITICAL',
    diagnosis: { code: 'I63.9' },
    consentId: 'co_6EMJFWX1Z15N_1',
  };
  expect(await write('Refer', referral)).toEqual({ status: 'DRAFT', direction: 'UP' });
});

test('the back office shows a community, its contracting and its evaluations, inspects a town and a team, and works out its incentive', async () => {
  const ask = (operation: string, variables: object) => run('admin-app', 'alliance-manager', operation, variables);
  const govern = (operation: string, input: object) => done('admin-app', 'health-commission', operation, input);
  expect(await ask('Community', { id: community, period: '2024', year: 2024 })).toEqual({
    allianceDashboard: {
      members: 148,
      visits: 382,
      primaryVisitShare: '72.25',
      referralTimeliness: '83.33',
      openBeds: 3531,
    },
    alliance: {
      name: '沛县人民医院医共体（示例）',
      globalBudget: { population: 223, budget: '62489.06', surplus: '19211.07' },
    },
  });
  expect(await ask('Contracting', { subject: community, at: '2024-12-31' })).toEqual({
    contractDashboard: {
      residentPopulation: 229,
      contracts: 105,
      contractRate: '45.85',
      focusContractRate: '82.22',
      tasksDue: 131,
      tasksDone: 125,
      fulfilmentRate: '95.42',
    },
  });
  expect(await ask('Indicators', { subject: '320322', period: '2024' })).toMatchInlineSnapshot(`
    {
      "indicatorSnapshots": [
        {
          "contracts": 181,
          "dischargeFollowUps": 10,
          "focusContracts": 113,
          "focusResidents": 133,
          "recordsDynamic": 203,
          "truthful": 46,
          "vulnerableVisited": 21,
        },
      ],
    }
  `);
  expect(await ask('Evaluations', { subject: community })).toEqual({
    evaluations: { nodes: [{ kind: 'ALLIANCE', period: '2024', total: '67.27', grade: 'D', rank: 2 }] },
  });

  // In the quarter after, the team's one service is checked, and its one signing of an elder earns 15 yuan.
  journey.travelTo('2025-04-02T09:00:00+08:00');
  const team = { teamId: await teamOfWang(), period: '2025-Q1' };
  const draw = { drawSeed: '20250402' };
  const sample = { team: team.teamId, period: team.period, ...draw };
  const { fulfilmentSample } = Object(await run('admin-app', 'health-commission', 'Sample', sample));
  const results = fulfilmentSample.map(({ id }: { id: string }) => ({ eventId: id, truthful: true }));
  const inspection = { ...team, ...draw, results, teamSize: 42, unannounced: true, visitedHouseholds: 12 };
  expect(await govern('Inspect', inspection)).toEqual({ samples: 1, truthful: 1, truthRate: '100.00' });
  const visit = {
    regionCode: '320322',
    institutionId: town,
    at: '2025-04-01T09:00:00+08:00',
    teamSize: 42,
    unannounced: true,
    findings: '转诊登记不全',
    rectifyBy: '2025-05-01',
  };
  for (const scope of ['LAYOUT', 'SHARING', 'TIERED_CARE']) {
    expect(await govern('RecordVisit', { ...visit, scope })).toEqual({ scope, teamSize: 42, unannounced: true });
  }
  expect(await govern('WorkOutIncentive', team)).toEqual({
    period: '2025-Q1',
    prenatalSignings: 0,
    elderlySignings: 1,
    unit: '15.00',
    amount: '15.00',
  });
});

test('every operation of the three apps was run', () => {
  const all = clients.flatMap(({ id, operations }) => Object.keys(operations).map((name) => `${id} ${name}`));
  expect([...asked].toSorted()).toEqual(all.toSorted());
});

async function teamOfWang(): Promise<string> {
  const { resident } = await journey
    .as('family-doctor')
    .asks(`{ resident(id: "${wang}") { contract { team { id } } } }`);
  return Object(resident).contract.team.id;
}

/** An elder of the county who has never signed. */
async function unsigned(): Promise<string> {
  const [row] = await databaseOf(journey.databases, 'public-health').sql<{ id: string }[]>`
    select id from residents r
    where status = 'ACTIVE' and birth_date < '1955-01-01' and vulnerability = '{}' and not in_care_home
      and not exists (select from service_contracts c where c.resident_id = r.id)
    order by id limit 1`;
  return row?.id ?? '';
}

/** The town hospital settles a visit of 100 yuan, of which the fund pays 60 %. */
async function settleVisit(): Promise<void> {
  const doctor = journey.as('family-doctor');
  const { priceItems } = await doctor.asks('{ priceItems(first: 200) { nodes { code name } } }');
  const { code: itemCode, name } = Object(priceItems).nodes.find(
    (item: { name: string }) => item.name === '普通门诊诊察费',
  );
  const line = { kind: 'SERVICE', itemCode, name, quantity: '10', unitPrice: '10.00', amount: '100.00' };
  const visit = { residentId: wang, institutionId: town, encounterId: encodeOwnedId('en', wang ?? '', 900_000) };
  const bill = { ...visit, medicalCategory: '11', diagnoses: ['J06.9'], serviceDate: '2025-01-06', lines: [line] };
  await doctor.does('settleClaim', bill, 'claim { status }');
}

/** The hospital publishes two places two days ahead, when all that is left is for everybody. */
async function publishPlaces(): Promise<string> {
  const doctor = journey.as('hospital-doctor');
  const { institution } = await doctor.asks(
    `{ institution(id: "${hospital}") { departments { id specialty { code } } } }`,
  );
  const { id: departmentId } = Object(institution).departments.find(
    ({ specialty }: { specialty: { code: string } | null }) => specialty?.code === 'REHAB',
  );
  const session = {
    institutionId: hospital,
    departmentId,
    start: '2025-01-08T08:00:00+08:00',
    end: '2025-01-08T10:00:00+08:00',
    places: 2,
    price: '12.00',
  };
  const { slots } = await doctor.does('publishSlots', session, 'slots { id channel }');
  return Object(slots).at(-1).id;
}
