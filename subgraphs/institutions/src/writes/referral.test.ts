import { createTestDatabase, decodeOwnedId, sealed, type Database, type Subgraph } from '@hutong/kit';
import type { Caller } from '@hutong/schema';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ask, changesOf, sampleKeys } from '../sample-caller.ts';
import { insertResidents, insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { encounters } from '../tables/encounter.ts';
import { contractProjections } from '../tables/projection.ts';
import { careDocuments } from '../tables/report.ts';

const resident = 'rs_0123456789AB';
let database: Database;
let subgraph: Subgraph;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  await insertResidents(database.db, [resident]);
  subgraph = createInstitutions({ database, keys: sampleKeys });
  await addPapers();
});
afterAll(() => database.close());

/** Papers and visits of the resident: summary 1 and discharge summary 2 at the town and at the county hospital. */
async function addPapers(): Promise<void> {
  const paper = {
    residentId: resident,
    createdAt: '2024-05-01T09:00:00+08:00',
    sha256: '0'.repeat(64),
    storageUri: 's3://papers/1',
  };
  await database.db.insert(careDocuments).values([
    { ...paper, no: 1, type: '01', institutionId: 'in_TOWN', confidentiality: 'N' },
    { ...paper, no: 2, type: '53', institutionId: 'in_LEAD', confidentiality: 'N' },
    { ...paper, no: 3, type: '53', institutionId: 'in_TOWN', confidentiality: 'N' },
    { ...paper, no: 4, type: '53', institutionId: 'in_CITY', confidentiality: 'N' },
  ]);
  const visit = {
    residentId: resident,
    startedAt: '2024-05-12T09:00:00+08:00',
    diagnoses: [],
    procedures: [],
    isFirstContact: false,
  };
  await database.db.insert(encounters).values([
    {
      ...visit,
      no: 1,
      class: 'INPATIENT',
      visitNo: sealed(sampleKeys, 'ZY1'),
      institutionId: 'in_LEAD',
      updatedAt: visit.startedAt,
    },
    {
      ...visit,
      no: 2,
      class: 'OUTPATIENT',
      visitNo: sealed(sampleKeys, 'MZ1'),
      institutionId: 'in_TOWN',
      updatedAt: visit.startedAt,
    },
  ]);
}

const townDoctor = {
  role: 'FAMILY_DOCTOR',
  institutionId: 'in_TOWN',
  practitionerId: 'pr_ONE',
  name: '李医生',
} as const;
const countyDoctor = {
  role: 'INST_STAFF',
  institutionId: 'in_LEAD',
  practitionerId: 'pr_TWO',
  name: '赵医生',
} as const;
const office = { role: 'HEALTH_COMMISSION', regionCodes: ['320322'] } as const;

const form = {
  residentId: resident,
  fromId: 'in_TOWN',
  toId: 'in_LEAD',
  direction: 'UP',
  reason: 'CAPABILITY',
  diagnosis: { code: 'K35.8' },
  consentId: 'co_0123456789AB_1',
};

const fields = 'id status scope greenChannel timely version dueAt approvedAt outcome events { from to at reason }';

/** What a mutation told, as one of these callers at an instant. */
async function mutate(name: string, input: object, caller: Partial<Caller>, at: string, more = ''): Promise<Told> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ok errors { code path } referral { ${fields} } ${more} } }`;
  const { data, errors } = await ask(subgraph, query, { input }, { caller, businessTime: at });
  expect(errors).toBeUndefined();
  // What the query above asks for.
  return data?.[name] as Told;
}

interface Told {
  readonly ok: boolean;
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
  readonly referral: {
    readonly id: string;
    readonly status: string;
    readonly version: number;
    readonly timely: boolean | null;
    readonly events: readonly { readonly to: string; readonly at: string; readonly reason: string | null }[];
  } | null;
  readonly downReferral?: { readonly id: string };
  readonly suggestions?: readonly unknown[];
  readonly warnings?: readonly unknown[];
}

/** A referral that was submitted with its summary. */
async function submitted(at: string, more: object = {}): Promise<string> {
  const { referral } = await mutate(
    'createReferral',
    { ...form, documentIds: ['cd_0123456789AB_1'], ...more },
    townDoctor,
    at,
  );
  const id = referral?.id ?? '';
  const told = await mutate('submitReferral', { id, documentIds: ['cd_0123456789AB_1'] }, townDoctor, at);
  expect(told.errors).toEqual([]);
  return id;
}

const step = (id: string, event: string, caller: Partial<Caller>, at: string, more: object = {}, asked = '') =>
  mutate('transitionReferral', { id, event, ...more }, caller, at, asked);

const visit = { encounterId: 'en_0123456789AB_1' };
const outcome = { outcome: 'IMPROVED', dischargeSummaryId: 'cd_0123456789AB_2' };

const numberOf = (id: string) => decodeOwnedId('rf', id)?.no ?? 0;

async function read(id: string): Promise<unknown> {
  const { data } = await ask(subgraph, `{ referral(id: "${id}") { status timely events { from to at } } }`);
  return data?.['referral'];
}

describe('a draft', () => {
  test('is made once, however often it is asked for under one key, and told to the change log', async () => {
    const input = { ...form, idempotencyKey: 'draft-1' };
    const made = await mutate('createReferral', input, townDoctor, '2024-12-31T09:00:00+08:00');
    expect(made).toEqual({
      ok: true,
      errors: [],
      referral: {
        id: 'rf_0123456789AB_1',
        status: 'DRAFT',
        scope: 'INTER_ALLIANCE',
        greenChannel: false,
        timely: null,
        version: 1,
        dueAt: null,
        approvedAt: null,
        outcome: null,
        events: [{ from: null, to: 'DRAFT', at: '2024-12-31T09:00:00+08:00', reason: null }],
      },
    });
    expect(await mutate('createReferral', input, townDoctor, '2024-12-31T09:05:00+08:00')).toEqual(made);
    const changes = await changesOf(database);
    expect(changes.map(({ type, id, kind, residentId }) => ({ type, id, kind, residentId }))).toEqual([
      { type: 'ReferralEpisode', id: 're_0123456789AB_1', kind: 'CREATED', residentId: resident },
      { type: 'Referral', id: 'rf_0123456789AB_1', kind: 'CREATED', residentId: resident },
    ]);
  });

  test('has a form number of its own, also when there are more than 9999 of a day', async () => {
    const at = '2024-12-30T09:00:00+08:00';
    const made = async () => numberOf((await mutate('createReferral', form, townDoctor, at)).referral?.id ?? '');
    const first = await made();
    const formNos = async (...numbers: readonly number[]) => {
      const rows = await database.sql<{ form_no: string }[]>`
        select form_no from referrals where resident_id = ${resident} and no = any (${numbers}) order by no`;
      return rows.map((row) => row.form_no);
    };
    const [prefix = ''] = (await formNos(first)).map((formNo) => formNo.slice(0, 14));
    await database.sql`update referrals set form_no = ${`${prefix}9999`} where resident_id = ${resident} and no = ${first}`;
    const [second, third] = [await made(), await made()];
    expect(await formNos(first, second, third)).toEqual(
      ['9999', '10000', '10001'].map((serial) => `${prefix}${serial}`),
    );
    await expect(
      database.sql`update referrals set form_no = ${`${prefix}9999`} where resident_id = ${resident} and no = ${third}`,
    ).rejects.toThrow('referrals_by_form_no');
  });

  test('is refused with all its faults at once, each with its place', async () => {
    const wrong = { ...form, toId: 'in_TOWN', diagnosis: { code: '?' }, consentId: null, documentIds: ['cd_1'] };
    const told = await mutate(
      'createReferral',
      wrong,
      { role: 'INST_STAFF', institutionId: 'in_LEAD' },
      '2024-12-31T09:00:00+08:00',
    );
    expect(told).toEqual({
      ok: false,
      errors: [
        { code: 'FORBIDDEN', path: ['input', 'fromId'] },
        { code: 'VALIDATION_FAILED', path: ['input', 'toId'] },
        { code: 'NOT_FOUND', path: ['input', 'documentIds', '0'] },
        { code: 'CONSENT_REQUIRED', path: ['input', 'consentId'] },
        { code: 'VALIDATION_FAILED', path: ['input', 'diagnosis', 'code'] },
        { code: 'VALIDATION_FAILED', path: ['input', 'referrerId'] },
        { code: 'VALIDATION_FAILED', path: ['input', 'referrerName'] },
      ],
      referral: null,
    });
  });

  test('to a closed institution is refused', async () => {
    await database.sql`update institutions set status = 'CLOSED' where id = 'in_CLINIC'`;
    const told = await mutate(
      'createReferral',
      { ...form, toId: 'in_CLINIC' },
      townDoctor,
      '2024-12-31T09:00:00+08:00',
    );
    expect(told.errors).toEqual([{ code: 'VALIDATION_FAILED', path: ['input', 'toId'] }]);
  });

  test('is not submitted without a summary', async () => {
    const { referral } = await mutate('createReferral', form, townDoctor, '2024-05-06T09:00:00+08:00');
    const told = await mutate('submitReferral', { id: referral?.id }, townDoctor, '2024-05-06T09:00:00+08:00');
    expect(told.errors).toEqual([{ code: 'VALIDATION_FAILED', path: ['input', 'documentIds'] }]);
  });

  test('TV-38 a draft cannot arrive', async () => {
    const { referral } = await mutate('createReferral', form, townDoctor, '2024-05-06T09:00:00+08:00');
    const told = await step(referral?.id ?? '', 'ARRIVE', countyDoctor, '2024-05-06T10:00:00+08:00', visit);
    expect(told.errors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'event'] }]);
    expect(await read(referral?.id ?? '')).toMatchObject({ status: 'DRAFT' });
  });
});

describe('limits', () => {
  test('TV-35 accepted within a day and arrived within a week is timely', async () => {
    const id = await submitted('2024-05-06T09:00:00+08:00');
    await step(id, 'ACCEPT', countyDoctor, '2024-05-07T08:59:00+08:00');
    const { referral } = await step(id, 'ARRIVE', countyDoctor, '2024-05-12T09:00:00+08:00', visit);
    expect(referral).toMatchObject({
      status: 'ARRIVED',
      timely: true,
      scope: 'INTRA_ALLIANCE',
      dueAt: '2024-05-07T09:00:00+08:00',
    });
  });

  test('TV-36 accepting a minute after the limit is refused; the timer writes the expiry at the limit, once', async () => {
    const id = await submitted('2024-05-06T09:00:00+08:00');
    const late = await step(id, 'ACCEPT', countyDoctor, '2024-05-07T09:01:00+08:00');
    expect(late.errors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'id'] }]);
    await Promise.all([1, 2, 3].map(() => subgraph.runJob('expireReferrals', '2024-05-07T09:01:30+08:00')));
    expect(await read(id)).toEqual({
      status: 'EXPIRED',
      timely: false,
      events: [
        { from: null, to: 'DRAFT', at: '2024-05-06T09:00:00+08:00' },
        { from: 'DRAFT', to: 'SUBMITTED', at: '2024-05-06T09:00:00+08:00' },
        { from: 'SUBMITTED', to: 'EXPIRED', at: '2024-05-07T09:00:00+08:00' },
      ],
    });
  });

  test('TV-37 an urgent one accepted in time and arrived an hour late is not timely', async () => {
    const id = await submitted('2024-05-06T09:00:00+08:00', { urgency: 'URGENT' });
    await step(id, 'ACCEPT', countyDoctor, '2024-05-06T10:59:00+08:00');
    const { referral } = await step(id, 'ARRIVE', countyDoctor, '2024-05-09T11:59:00+08:00', visit);
    expect(referral).toMatchObject({ status: 'ARRIVED', timely: false });
  });

  test('a scheduled resident who does not come within seven days lets it expire', async () => {
    const id = await submitted('2024-05-06T09:00:00+08:00');
    await step(id, 'ACCEPT', countyDoctor, '2024-05-06T10:00:00+08:00');
    const bed = await step(id, 'SCHEDULE', countyDoctor, '2024-05-06T11:00:00+08:00', { bedClass: 'GENERAL' });
    expect(bed.referral?.status).toBe('SCHEDULED');
    await subgraph.runJob('expireReferrals', '2024-05-13T09:59:00+08:00');
    expect(await read(id)).toMatchObject({ status: 'SCHEDULED' });
    await subgraph.runJob('expireReferrals', '2024-05-13T10:00:00+08:00');
    expect(await read(id)).toMatchObject({ status: 'EXPIRED', timely: false });
  });
});

describe('ways', () => {
  test('TV-39 an emergency with chest pain to an accredited centre is accepted right after it is submitted', async () => {
    const more = { urgency: 'EMERGENCY', diagnosis: { code: 'I21.9' } };
    const { referral } = await mutate('createReferral', { ...form, ...more }, townDoctor, '2024-05-06T09:00:00+08:00');
    const id = referral?.id ?? '';
    const told = await mutate(
      'submitReferral',
      { id, documentIds: ['cd_0123456789AB_1'] },
      townDoctor,
      '2024-05-06T09:00:00+08:00',
    );
    expect(told).toMatchObject({ ok: true, referral: { status: 'ACCEPTED', greenChannel: true } });
    expect(told.referral?.events.map(({ to }) => to)).toEqual(['DRAFT', 'SUBMITTED', 'ACCEPTED']);
  });

  test('out of the county the target waits for the county referral office', async () => {
    const id = await submitted('2024-05-06T09:00:00+08:00', { toId: 'in_CITY' });
    const cityDoctor = { ...countyDoctor, institutionId: 'in_CITY' };
    const early = await step(id, 'ACCEPT', cityDoctor, '2024-05-06T10:00:00+08:00');
    expect(early.errors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'event'] }]);
    const stranger = await mutate(
      'approveOutOfCounty',
      { id },
      { ...office, regionCodes: ['330201'] },
      '2024-05-06T10:10:00+08:00',
    );
    expect(stranger.errors).toEqual([{ code: 'FORBIDDEN', path: ['input', 'id'] }]);
    const approved = await mutate('approveOutOfCounty', { id }, office, '2024-05-06T10:10:00+08:00');
    expect(approved.referral).toMatchObject({
      status: 'SUBMITTED',
      scope: 'OUT_OF_COUNTY',
      approvedAt: '2024-05-06T10:10:00+08:00',
    });
    const twice = await mutate('approveOutOfCounty', { id }, office, '2024-05-06T10:11:00+08:00');
    expect(twice.errors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'id'] }]);
    expect((await step(id, 'ACCEPT', cityDoctor, '2024-05-06T11:00:00+08:00')).referral?.status).toBe('ACCEPTED');
  });

  test('home from a city hospital nobody waits for the county referral office', async () => {
    const id = await submitted('2024-05-06T09:00:00+08:00', { toId: 'in_CITY' });
    await database.sql`update referrals set direction = 'DOWN' where resident_id = ${resident} and no = ${numberOf(id)}`;
    const cityDoctor = { ...countyDoctor, institutionId: 'in_CITY' };
    expect((await step(id, 'ACCEPT', cityDoctor, '2024-05-06T10:00:00+08:00')).referral?.status).toBe('ACCEPTED');
  });

  test('who rejects says why, and other targets are suggested', async () => {
    const id = await submitted('2024-05-06T09:00:00+08:00', { toId: 'in_CITY' });
    await mutate('approveOutOfCounty', { id }, office, '2024-05-06T09:10:00+08:00');
    const cityDoctor = { ...countyDoctor, institutionId: 'in_CITY' };
    const silent = await step(id, 'REJECT', cityDoctor, '2024-05-06T10:00:00+08:00', { reason: ' ' });
    expect(silent.errors).toEqual([{ code: 'VALIDATION_FAILED', path: ['input', 'reason'] }]);
    const asked = 'suggestions { institution { id } isOwnLead isCountyHospital distanceKm }';
    const told = await step(id, 'REJECT', cityDoctor, '2024-05-06T10:00:00+08:00', { reason: '无床位' }, asked);
    expect(told).toMatchObject({
      ok: true,
      referral: { status: 'REJECTED' },
      suggestions: [{ institution: { id: 'in_LEAD' }, isOwnLead: true, isCountyHospital: true, distanceKm: '0.0' }],
    });
  });

  test('a stranger takes no step, an old version is refused, and of two who accept at one moment one is told that it is done', async () => {
    const id = await submitted('2024-05-06T09:00:00+08:00');
    const stranger = await step(id, 'ACCEPT', townDoctor, '2024-05-06T10:00:00+08:00');
    expect(stranger.errors).toEqual([{ code: 'FORBIDDEN', path: ['input', 'id'] }]);
    const old = await step(id, 'ACCEPT', countyDoctor, '2024-05-06T10:00:00+08:00', { version: 1 });
    expect(old.errors).toEqual([{ code: 'VERSION_CONFLICT', path: ['input', 'version'] }]);
    const both = await Promise.all([1, 2].map(() => step(id, 'ACCEPT', countyDoctor, '2024-05-06T10:00:00+08:00')));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.flatMap(({ errors }) => errors)).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'event'] }]);
  });

  test('the resident may cancel until arrival, with a reason; nobody after the end', async () => {
    const id = await submitted('2024-05-06T09:00:00+08:00');
    const own = { role: 'RESIDENT', residentId: resident } as const;
    expect(
      (
        await step(id, 'CANCEL', { ...own, residentId: 'rs_000000000000' }, '2024-05-06T10:00:00+08:00', {
          reason: '他人',
        })
      ).errors,
    ).toEqual([{ code: 'FORBIDDEN', path: ['input', 'id'] }]);
    const told = await step(id, 'CANCEL', own, '2024-05-06T10:00:00+08:00', { reason: '已好转' });
    expect(told).toMatchObject({ ok: true, referral: { status: 'CANCELLED', timely: null } });
    expect(told.referral?.events.at(-1)).toMatchObject({ to: 'CANCELLED', reason: '已好转' });
    const again = await step(id, 'CANCEL', own, '2024-05-06T10:01:00+08:00', { reason: '再次' });
    expect(again.errors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'event'] }]);
  });

  test('a step lacks nothing that it needs, and points to nothing elsewhere', async () => {
    const id = await submitted('2024-05-06T09:00:00+08:00');
    await step(id, 'ACCEPT', countyDoctor, '2024-05-06T10:00:00+08:00');
    expect((await step(id, 'SCHEDULE', countyDoctor, '2024-05-06T10:00:00+08:00')).errors).toEqual([
      { code: 'VALIDATION_FAILED', path: ['input', 'appointmentId'] },
    ]);
    const elsewhere = { encounterId: 'en_0123456789AB_2' };
    expect((await step(id, 'ARRIVE', countyDoctor, '2024-05-06T11:00:00+08:00', elsewhere)).errors).toEqual([
      { code: 'NOT_FOUND', path: ['input', 'encounterId'] },
    ]);
  });
});

describe('the loop', () => {
  test('goes up, down to the contracted institution and ends with rehabilitation there', async () => {
    await database.db.insert(contractProjections).values({
      residentId: resident,
      no: 1,
      institutionId: 'in_TOWN',
      teamId: 'tm_ONE',
      status: 'ACTIVE',
      validFrom: '2024-01-01',
      validTo: '2024-12-31',
      seq: 1,
    });
    const id = await submitted('2024-05-06T09:00:00+08:00');
    await step(id, 'ACCEPT', countyDoctor, '2024-05-06T10:00:00+08:00');
    await step(id, 'ARRIVE', countyDoctor, '2024-05-07T10:00:00+08:00', visit);
    await step(id, 'START_TREATMENT', countyDoctor, '2024-05-07T11:00:00+08:00');
    const asked = 'downReferral { id direction status dueAt from { id } to { id } }';
    const down = await step(id, 'PROPOSE_DOWN', countyDoctor, '2024-05-15T09:00:00+08:00', {}, asked);
    expect(down).toMatchObject({
      referral: { status: 'DOWN_PROPOSED' },
      downReferral: {
        direction: 'DOWN',
        status: 'SUBMITTED',
        dueAt: '2024-05-17T09:00:00+08:00',
        from: { id: 'in_LEAD' },
        to: { id: 'in_TOWN' },
      },
    });
    await step(id, 'COMPLETE', countyDoctor, '2024-05-16T09:00:00+08:00', outcome);
    const downId = down.downReferral?.id ?? '';
    await step(downId, 'ACCEPT', townDoctor, '2024-05-16T10:00:00+08:00');
    await step(downId, 'ARRIVE', townDoctor, '2024-05-17T10:00:00+08:00', { encounterId: 'en_0123456789AB_2' });
    await step(downId, 'START_TREATMENT', townDoctor, '2024-05-17T10:30:00+08:00');
    const end = { outcome: 'CURED', dischargeSummaryId: 'cd_0123456789AB_3' };
    await step(downId, 'COMPLETE', townDoctor, '2024-06-06T09:00:00+08:00', end);
    const query = `{ referral(id: "${id}") { outcome dischargeSummary { id } toEncounter { id } episode {
      closed closedAt days rehabInstitution { id } stages { stage at } referrals { id } } } }`;
    expect((await ask(subgraph, query)).data?.['referral']).toEqual({
      outcome: 'IMPROVED',
      dischargeSummary: { id: 'cd_0123456789AB_2' },
      toEncounter: { id: 'en_0123456789AB_1' },
      episode: {
        closed: true,
        closedAt: '2024-06-06T09:00:00+08:00',
        days: 31,
        rehabInstitution: { id: 'in_TOWN' },
        stages: [
          { stage: 'UP', at: '2024-05-06T09:00:00+08:00' },
          { stage: 'TREATMENT', at: '2024-05-07T11:00:00+08:00' },
          { stage: 'DOWN', at: '2024-05-15T09:00:00+08:00' },
          { stage: 'REHAB', at: '2024-05-17T10:30:00+08:00' },
        ],
        referrals: [{ id }, { id: downId }],
      },
    });
  });

  test('nobody is sent down to a closed institution, or to where he lies', async () => {
    const id = await submitted('2024-05-06T09:00:00+08:00');
    await step(id, 'ACCEPT', countyDoctor, '2024-05-06T10:00:00+08:00');
    await step(id, 'ARRIVE', countyDoctor, '2024-05-07T10:00:00+08:00', visit);
    await step(id, 'START_TREATMENT', countyDoctor, '2024-05-07T11:00:00+08:00');
    const down = (asked = '') => step(id, 'PROPOSE_DOWN', countyDoctor, '2024-05-15T09:00:00+08:00', {}, asked);
    await database.sql`update contract_projections set institution_id = 'in_LEAD' where resident_id = ${resident}`;
    await database.sql`update institutions set status = 'CLOSED' where id = 'in_TOWN'`;
    const refused = await down();
    const before = await read(id);
    await database.sql`update institutions set status = 'ACTIVE' where id = 'in_TOWN'`;
    const told = await down('downReferral { id to { id } }');
    await database.sql`update contract_projections set institution_id = 'in_TOWN' where resident_id = ${resident}`;
    expect(refused.errors).toEqual([{ code: 'VALIDATION_FAILED', path: ['input', 'id'] }]);
    expect(before).toMatchObject({ status: 'IN_TREATMENT' });
    expect(told).toMatchObject({ ok: true, downReferral: { to: { id: 'in_TOWN' } } });
  });

  test.each([
    ['CANCEL', townDoctor, '2024-10-07T10:00:00+08:00'],
    ['REJECT', countyDoctor, '2024-10-07T10:00:00+08:00'],
    ['EXPIRE', undefined, '2024-10-07T09:00:00+08:00'],
  ] as const)('%s of the last referral that was open closes what is done', async (event, caller, at) => {
    const first = await submitted('2024-10-06T09:00:00+08:00');
    const { episode } = Object(
      (await ask(subgraph, `{ referral(id: "${first}") { episode { id } } }`)).data?.['referral'],
    );
    const second = await submitted('2024-10-06T09:00:00+08:00', { episodeId: episode.id });
    const done = { status: 'COMPLETED', completedAt: '2024-10-06T12:00:00+08:00' };
    await database.sql`
      update referrals set status = ${done.status}, completed_at = ${done.completedAt}
      where resident_id = ${resident} and no = ${numberOf(first)}`;
    await database.sql`
      insert into follow_up_projections (resident_id, no, at, seq)
      values (${resident}, ${numberOf(second) + 100}, '2024-10-07T08:00:00+08:00', 1)`;
    await (caller === undefined
      ? subgraph.runJob('expireReferrals', at)
      : step(second, event, caller, '2024-10-07T08:30:00+08:00', { reason: '无床位' }));
    const { data } = await ask(subgraph, `{ referral(id: "${second}") { episode { closed closedAt } } }`);
    await database.sql`delete from follow_up_projections where resident_id = ${resident}`;
    expect(data?.['referral']).toEqual({ episode: { closed: true, closedAt: '2024-10-07T08:00:00+08:00' } });
  });

  test('TV-41 ends with the follow-up at primary level when nobody went down', async () => {
    const id = await submitted('2024-07-06T09:00:00+08:00');
    await step(id, 'ACCEPT', countyDoctor, '2024-07-06T10:00:00+08:00');
    await step(id, 'ARRIVE', countyDoctor, '2024-07-07T10:00:00+08:00', visit);
    await step(id, 'START_TREATMENT', countyDoctor, '2024-07-07T11:00:00+08:00');
    await step(id, 'COMPLETE', countyDoctor, '2024-07-12T09:00:00+08:00', outcome);
    const followUp = {
      position: '9-900',
      at: '2024-07-18T09:00:00+08:00',
      type: 'FollowUp',
      id: 'fu_0123456789AB_1',
      kind: 'CREATED',
      residentId: resident,
      payload: { kind: 'DISCHARGE', isPrimaryCare: true, at: '2024-07-18T09:00:00+08:00' },
    } as const;
    const { position } = await subgraph.takeIn({
      source: 'public-health',
      after: null,
      changes: [],
      position: '',
      businessTime: followUp.at,
    });
    const page = {
      source: 'public-health',
      after: position,
      changes: [followUp],
      position: '9-900',
      businessTime: followUp.at,
    };
    expect(await subgraph.takeIn(page)).toMatchObject({ position: '9-900' });
    const query = `{ referral(id: "${id}") { episode { closed closedAt days stages { stage } } } }`;
    expect((await ask(subgraph, query)).data?.['referral']).toEqual({
      episode: {
        closed: true,
        closedAt: '2024-07-18T09:00:00+08:00',
        days: 12,
        stages: [{ stage: 'UP' }, { stage: 'TREATMENT' }, { stage: 'FOLLOW_UP' }],
      },
    });
  });
});
