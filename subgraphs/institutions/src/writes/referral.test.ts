import { createTestDatabase, readChanges, startOfChanges, type Database, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, sampleKeys, type Asking } from '../sample-caller.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';

let database: Database;
let subgraph: Subgraph;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

const townDoctor: Asking = {
  caller: { role: 'FAMILY_DOCTOR', kind: 'PERSON', institutionId: 'in_TOWN', practitionerId: 'pr_ONE', name: '李医生' },
};

const create = `mutation ($input: CreateReferralInput!) { createReferral(input: $input) {
  ok errors { code path } referral { id no status scope direction version referrer { id name } diagnosis { code { code } } events { from to } }
} }`;

const form = {
  residentId: 'rs_0123456789AB',
  fromId: 'in_TOWN',
  toId: 'in_LEAD',
  direction: 'UP',
  reason: 'ACUTE_CRITICAL',
  diagnosis: { code: 'I63.9' },
  consentId: 'co_0123456789AB_1',
};

test('a township doctor makes the draft of a referral once, however often it is asked for under one key', async () => {
  const made = {
    data: {
      createReferral: {
        ok: true,
        errors: [],
        referral: {
          id: 'rf_0123456789AB_1',
          no: '320322202412310001',
          status: 'DRAFT',
          scope: 'INTER_ALLIANCE',
          direction: 'UP',
          version: 1,
          referrer: { id: 'pr_ONE', name: '李医生' },
          diagnosis: { code: { code: 'I63.9' } },
          events: [{ from: null, to: 'DRAFT' }],
        },
      },
    },
  };
  const input = { ...form, idempotencyKey: 'draft-1' };
  expect(await ask(subgraph, create, { input }, townDoctor)).toEqual(made);
  expect(await ask(subgraph, create, { input }, townDoctor)).toEqual(made);
  const { changes } = await readChanges(database.sql, startOfChanges, 10);
  expect(changes.map(({ type, id, kind, residentId, payload }) => ({ type, id, kind, residentId, payload }))).toEqual([
    {
      type: 'ReferralEpisode',
      id: 're_0123456789AB_1',
      kind: 'CREATED',
      residentId: 'rs_0123456789AB',
      payload: { closed: false, version: 1 },
    },
    {
      type: 'Referral',
      id: 'rf_0123456789AB_1',
      kind: 'CREATED',
      residentId: 'rs_0123456789AB',
      payload: { status: 'DRAFT', version: 1 },
    },
  ]);
});

test('all faults of a form are told at once, each with its place', async () => {
  const wrong = { ...form, toId: 'in_TOWN', diagnosis: { code: '?' }, consentId: null, documentIds: ['cd_1'] };
  const told = await ask(
    subgraph,
    create,
    { input: wrong },
    { caller: { role: 'INST_STAFF', institutionId: 'in_LEAD' } },
  );
  expect(told.data?.['createReferral']).toEqual({
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
