import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { leadHospital, openWriting, stranger, townHospital, type Writing } from '../sample-writing.ts';
import { institutionProjections, membershipProjections } from '../tables/projection.ts';
import { secondmentTargets } from '../tables/secondment.ts';

let writing: Writing;
const ofLead = { primaryInstitutionId: 'in_LEAD', titleLevel: 'MID' } as const;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  await writing.addPeople(
    ...['76', '77', '79', 'X', 'Y', 'OLD', 'LAST', 'FIRST'].map((no) => ({ id: `pr_${no}`, ...ofLead })),
    { id: 'pr_78', ...ofLead, titleLevel: 'JUNIOR' },
    { id: 'pr_PART', ...ofLead },
    { id: 'pr_AWAY', ...ofLead, status: 'ON_LEAVE' },
    { id: 'pr_CANCELLED', ...ofLead, licenceStatus: 'CANCELLED' },
    { id: 'pr_CITY', primaryInstitutionId: 'in_CITY', titleLevel: 'SENIOR' },
  );
});
afterAll(() => writing.database.close());

const form = {
  kind: 'LEAD_TO_MEMBER',
  fromId: 'in_LEAD',
  toId: 'in_TOWN',
  startOn: '2023-03-01',
  plannedEndOn: '2024-08-31',
  fullTime: true,
  purpose: 'TECHNICAL',
  objectives: ['开展胃镜检查'],
};
const spring = { businessTime: '2023-03-01T09:00:00+08:00' };
const select =
  'secondment { id compliant overSixMonths titleLevelAtStart actualEndOn version alliance { id } region { code } }';

async function create(input: object, asking: object = spring) {
  const { errors, secondment } = await writing.write('createSecondment', { ...form, ...input }, { select, ...asking });
  return { errors, ...Object(secondment) };
}

async function compliance(period: string): Promise<unknown> {
  const query = `{ secondmentCompliance(kind: LEAD_TO_MEMBER, regionCode: "320322105", period: "${period}") {
    total compliant overSixMonths institutionsCovered } }`;
  return Object(await writing.read(query)).secondmentCompliance;
}

test('TV-76 a mid-title physician seconded for exactly 18 months counts', async () => {
  expect(await create({ practitionerId: 'pr_76' }, { ...spring, ...leadHospital })).toEqual({
    errors: [],
    id: expect.stringMatching(/^sd_/),
    compliant: true,
    overSixMonths: true,
    titleLevelAtStart: 'MID',
    actualEndOn: null,
    version: 1,
    alliance: { id: 'al_ONE' },
    region: { code: '320322104' },
  });
});

test('TV-77 one day less does not, but counts for the six-month indicator', async () => {
  expect(await create({ practitionerId: 'pr_77', plannedEndOn: '2024-08-30' })).toMatchObject({
    compliant: false,
    overSixMonths: true,
  });
});

test('TV-78 a junior title never counts', async () => {
  expect(await create({ practitionerId: 'pr_78', plannedEndOn: '2025-02-28' })).toMatchObject({
    compliant: false,
    overSixMonths: false,
    titleLevelAtStart: 'JUNIOR',
  });
});

test('part time counts from three days a week on', async () => {
  const part = { practitionerId: 'pr_PART', fullTime: false };
  expect((await create(part)).errors).toEqual(['VALIDATION_FAILED daysPerWeek']);
  expect(await create({ ...part, daysPerWeek: '2.5' })).toMatchObject({ compliant: false, overSixMonths: true });
});

test('TV-79 a secondment of 18 months ended after 7 loses its compliance, and the region’s figures with it', async () => {
  // The township joins the alliance again, so that nobody else is seconded there.
  await writing.database.sql`update membership_projections set left_on = null where institution_id = 'in_TOWN2'`;
  const { id, compliant } = await create({ practitionerId: 'pr_79', toId: 'in_TOWN2', plannedEndOn: '2024-12-31' });
  expect(compliant).toBe(true);
  const before = { total: 1, compliant: 1, overSixMonths: 1, institutionsCovered: 1 };
  expect(await compliance('2023')).toEqual(before);
  expect(await compliance('2024')).toEqual(before);

  const end = {
    id,
    actualEndOn: '2023-10-01',
    reason: '家庭原因',
    outcomes: [{ technique: '胃镜检查', peopleTrained: 2 }],
    version: 1,
  };
  const ended = await writing.write('endSecondment', end, {
    select: `secondment { compliant overSixMonths actualEndOn outcomes { technique peopleTrained } version
      history { from to at by { id } reason } }`,
    businessTime: '2023-10-01T18:00:00+08:00',
    caller: { ...leadHospital.caller, practitionerId: 'pr_GP' },
  });
  expect(ended).toEqual({
    ok: true,
    errors: [],
    secondment: {
      compliant: false,
      overSixMonths: true,
      actualEndOn: '2023-10-01',
      outcomes: [{ technique: '胃镜检查', peopleTrained: 2 }],
      version: 2,
      history: [
        { from: null, to: 'RUNNING', at: '2023-03-01T09:00:00+08:00', by: null, reason: null },
        { from: 'RUNNING', to: 'ENDED', at: '2023-10-01T18:00:00+08:00', by: { id: 'pr_GP' }, reason: '家庭原因' },
      ],
    },
  });
  expect(await compliance('2023')).toEqual({ total: 1, compliant: 0, overSixMonths: 1, institutionsCovered: 0 });
  expect(await compliance('2024')).toEqual({ total: 0, compliant: 0, overSixMonths: 0, institutionsCovered: 0 });
  expect((await writing.changesOf(id)).at(-1)).toEqual([
    'UPDATED',
    {
      practitionerId: 'pr_79',
      kind: 'LEAD_TO_MEMBER',
      fromId: 'in_LEAD',
      toId: 'in_TOWN2',
      regionCode: '320322105',
      allianceId: 'al_ONE',
      startOn: '2023-03-01',
      plannedEndOn: '2024-12-31',
      fullTime: true,
      titleLevelAtStart: 'MID',
      actualEndOn: '2023-10-01',
      compliant: false,
      overSixMonths: true,
      version: 2,
    },
  ]);
});

test('TV-80 312 and 101 reach targets of over 300 and of 100, 150 is not over 150, and every township is covered', async () => {
  const { sql, db } = writing.database;
  const open = (from: number, to: number) => sql`
    insert into institution_projections (id, class, tier, level, region_code, status, seq)
    select 'in_80_' || n, 'C210', 'TOWNSHIP', 'L1', '320791100', 'ACTIVE', 0
    from generate_series(${from}::integer, ${to}::integer) n`;
  await open(1, 52);
  const place = { level: 'L9', regionCode: '320791100', status: 'ACTIVE', parentId: null, seq: 0 };
  const county = { ...place, tier: 'COUNTY' };
  await db.insert(institutionProjections).values([
    { ...county, id: 'in_80_0', class: 'A100', level: 'L2' },
    { ...county, id: 'in_80_MATERNAL', class: 'G100', level: 'L2' },
    { ...county, id: 'in_80_CDC', class: 'J100' },
    { ...place, id: 'in_80_FARM', class: 'D400', tier: 'TOWNSHIP' },
  ]);
  const member = { allianceId: 'al_80', joinedOn: '2019-01-01', isLead: false, seq: 0 };
  await db.insert(membershipProjections).values([
    { ...member, institutionId: 'in_80_0', isLead: true },
    { ...member, institutionId: 'in_80_MATERNAL' },
  ]);
  const send = (kind: string, count: number, places: number, compliant = true) => sql`
    insert into secondments (id, practitioner_id, kind, from_id, to_id, region_code, start_on, planned_end_on, full_time, purpose,
      objectives, outcomes, title_level_at_start, compliant, over_six_months, updated_at)
    select concat_ws('_', 'sd', ${kind}::text, ${compliant}::boolean, n), 'pr_76', ${kind}, 'in_LEAD', 'in_80_' || case ${places}::integer when 0 then 0
      else n % ${places}::integer + 1 end, '320791100', '2024-01-01', '2025-06-30', true, 'TECHNICAL', '{}', '[]', 'MID', ${compliant},
      ${compliant}, '2024-01-01T00:00:00+08:00' from generate_series(1, ${count}::integer) n`;
  await Promise.all([
    send('LEAD_TO_MEMBER', 312, 52),
    send('CITY_TO_LEAD', 150, 0),
    send('CITY_TO_LEAD', 10, 0, false),
    send('CITY_TO_COUNTY', 101, 0),
  ]);
  const target = { regionCode: '3207', year: 2024 };
  await db.insert(secondmentTargets).values([
    { ...target, kind: 'LEAD_TO_MEMBER', target: 300, strict: true },
    { ...target, kind: 'CITY_TO_LEAD', target: 150, strict: true },
    { ...target, kind: 'CITY_TO_COUNTY', target: 100, strict: false },
  ]);
  const told = (
    kind: string,
  ): string => `${kind}: secondmentCompliance(kind: ${kind}, regionCode: "3207", period: "2024") {
    total compliant overSixMonths institutionsCovered institutionsUncovered target targetStrict met }`;
  const query = `{ ${['LEAD_TO_MEMBER', 'CITY_TO_LEAD', 'CITY_TO_COUNTY'].map(told).join(' ')} }`;
  const counted = (total: number, compliant: number) => ({ total, compliant, overSixMonths: compliant });
  const covered = { ...counted(312, 312), institutionsCovered: 52, institutionsUncovered: 0 };
  const one = { institutionsCovered: 1, institutionsUncovered: 0 };
  const answer = {
    LEAD_TO_MEMBER: { ...covered, target: 300, targetStrict: true, met: true },
    CITY_TO_LEAD: { ...counted(160, 150), ...one, target: 150, targetStrict: true, met: false },
    CITY_TO_COUNTY: { ...counted(101, 101), ...one, target: 100, targetStrict: false, met: true },
  };
  expect(await writing.read(query)).toEqual(answer);
  await open(53, 53);
  await db.insert(institutionProjections).values([
    { ...county, id: 'in_80_SECOND', class: 'A210', level: 'L2' },
    { ...county, id: 'in_80_THIRD', class: 'A100', level: 'L2' },
  ]);
  await db.insert(membershipProjections).values([
    { ...member, allianceId: 'al_81', institutionId: 'in_80_SECOND', isLead: true },
    { ...member, allianceId: 'al_82', institutionId: 'in_80_THIRD', isLead: true, leftOn: '2024-06-30' },
  ]);
  expect(await writing.read(query)).toMatchObject({
    LEAD_TO_MEMBER: { met: true, institutionsUncovered: 1 },
    CITY_TO_LEAD: { institutionsUncovered: 1 },
    CITY_TO_COUNTY: { institutionsUncovered: 2 },
  });
});

test('on the first day on which an institution is no member any more, the lead sends nobody to it', async () => {
  const asked = { startOn: '2023-04-01', plannedEndOn: '2024-09-30', toId: 'in_TOWN2' };
  await writing.database
    .sql`update membership_projections set left_on = '2023-03-01' where institution_id = 'in_TOWN2'`;
  const sent = (day: string, practitionerId: string) =>
    create({ practitionerId, ...asked }, { businessTime: `${day}T09:00:00+08:00` });
  expect(await sent('2023-02-28', 'pr_LAST')).toMatchObject({ errors: [], alliance: { id: 'al_ONE' } });
  expect((await sent('2023-03-01', 'pr_FIRST')).errors).toEqual(['MODE_MISMATCH toId']);
});

test('a secondment ends once, not before it began, not in the future, and by the people of its institutions', async () => {
  const { id } = await create({ practitionerId: 'pr_X' });
  const autumn = { businessTime: '2023-10-01T18:00:00+08:00' };
  const end = async (input: object, asking: object = autumn) =>
    (await writing.write('endSecondment', { id, actualEndOn: '2023-09-30', ...input }, asking))['errors'];
  expect(await end({ actualEndOn: '2023-02-28' })).toEqual(['VALIDATION_FAILED actualEndOn']);
  expect(await end({ actualEndOn: '2023-10-02' })).toEqual(['VALIDATION_FAILED actualEndOn']);
  expect(await end({ outcomes: [{ technique: ' ', peopleTrained: -1 }] })).toEqual([
    'VALIDATION_FAILED outcomes.0.technique',
    'VALIDATION_FAILED outcomes.0.peopleTrained',
  ]);
  expect(await end({ version: 7 })).toEqual(['VERSION_CONFLICT version']);
  expect(await end({}, { ...autumn, ...stranger })).toEqual(['FORBIDDEN id']);
  expect(await end({ id: 'sd_NONE' })).toEqual(['NOT_FOUND id']);
  expect(await end({}, { ...autumn, ...townHospital })).toEqual([]);
  expect(await end({})).toEqual(['INVALID_TRANSITION']);
});

test('nobody is seconded to two places at one time, not even by requests of one moment', async () => {
  const later = { practitionerId: 'pr_Y', startOn: '2024-08-31', plannedEndOn: '2025-12-31' };
  const answers = await Promise.all(Array.from({ length: 8 }, () => create({ practitionerId: 'pr_Y' })));
  expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
  expect(answers.find(({ errors }) => errors.length > 0)?.errors).toEqual(['SCHEDULE_CONFLICT startOn']);
  expect((await create(later)).errors).toEqual(['SCHEDULE_CONFLICT startOn']);
  expect((await create({ ...later, startOn: '2024-09-01' })).errors).toEqual([]);
});

test('wrong people, places, tiers and days are refused, each at its place', async () => {
  const errors = async (input: object) => (await create({ practitionerId: 'pr_OLD', ...input })).errors;
  expect(await errors({ practitionerId: 'pr_NONE' })).toEqual(['NOT_FOUND practitionerId']);
  expect(await errors({ practitionerId: 'pr_GP' })).toEqual(['VALIDATION_FAILED practitionerId']);
  expect(await errors({ practitionerId: 'pr_AWAY' })).toEqual(['VALIDATION_FAILED practitionerId']);
  expect(await errors({ practitionerId: 'pr_CANCELLED' })).toEqual(['VALIDATION_FAILED practitionerId']);
  expect(await errors({ startOn: '2026-01-01', plannedEndOn: '2027-06-30' })).toEqual([
    'VALIDATION_FAILED practitionerId',
  ]);
  expect(await errors({ toId: 'in_SHUT' })).toEqual(['VALIDATION_FAILED toId']);
  expect(await errors({ toId: 'in_NONE' })).toEqual(['NOT_FOUND toId']);
  expect(await errors({ toId: 'in_LEAD' })).toEqual(['VALIDATION_FAILED toId']);
  expect(await errors({ toId: 'in_CITY' })).toEqual(['MODE_MISMATCH toId']);
  expect(await errors({ kind: 'CITY_TO_LEAD' })).toEqual(['MODE_MISMATCH fromId', 'MODE_MISMATCH toId']);
  expect(await errors({ startOn: '2023-02-28' })).toEqual(['VALIDATION_FAILED startOn']);
  expect(await errors({ plannedEndOn: '2023-02-28' })).toEqual(['VALIDATION_FAILED plannedEndOn']);
  expect(await errors({ daysPerWeek: '8', objectives: [''] })).toEqual([
    'VALIDATION_FAILED objectives.0',
    'VALIDATION_FAILED daysPerWeek',
  ]);
  expect((await create({ practitionerId: 'pr_OLD' }, { ...spring, ...townHospital })).errors).toEqual([
    'FORBIDDEN fromId',
  ]);
});

test('a city hospital sends to the lead hospital, inside the alliance of both', async () => {
  const city = { practitionerId: 'pr_CITY', kind: 'CITY_TO_LEAD', fromId: 'in_CITY', toId: 'in_LEAD' };
  expect(await create(city)).toMatchObject({ errors: [], compliant: true, alliance: { id: 'al_CITY' } });
});

test('the five fields of guidance, and stationing on site, are purposes that people are sent and listed for', async () => {
  const purposes = ['MANAGEMENT', 'DISCIPLINE', 'TALENT', 'TECHNICAL', 'TRAINING', 'ONSITE_GUIDANCE'];
  await writing.addPeople(...purposes.map((purpose) => ({ id: `pr_FOR_${purpose}`, ...ofLead })));
  const sent: unknown[] = [];
  for (const purpose of purposes) {
    sent.push((await create({ practitionerId: `pr_FOR_${purpose}`, purpose })).errors);
  }
  expect(sent).toEqual(purposes.map(() => []));
  const of = purposes.map(
    (purpose) =>
      `${purpose}: secondments(where: { practitionerId: { eq: "pr_FOR_${purpose}" } }) { nodes { purpose } }`,
  );
  expect(await writing.read(`{ ${of.join(' ')} }`)).toEqual(
    Object.fromEntries(purposes.map((purpose) => [purpose, { nodes: [{ purpose }] }])),
  );
});

test('what city hospitals send to lead hospitals and to counties is counted apart', async () => {
  const query = `{ lead: secondmentCompliance(kind: CITY_TO_LEAD, regionCode: "3203", period: "2023") { kind total compliant }
    county: secondmentCompliance(kind: CITY_TO_COUNTY, regionCode: "3203", period: "2023") { kind total compliant } }`;
  expect(await writing.read(query)).toEqual({
    lead: { kind: 'CITY_TO_LEAD', total: 1, compliant: 1 },
    county: { kind: 'CITY_TO_COUNTY', total: 0, compliant: 0 },
  });
});
