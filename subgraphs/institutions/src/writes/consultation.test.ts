import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
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

const asking = (institutionId: string, practitionerId: string, time: string): Asking => ({
  businessTime: `2024-05-20T${time}:00+08:00`,
  caller: { id: institutionId, role: 'INST_STAFF', institutionId, practitionerId },
});
const town = asking('in_TOWN', 'pr_ONE', '09:00');
const lead = asking('in_LEAD', 'pr_TWO', '09:42');

const resident = 'rs_0000000000Q1';
const faults = (...errors: readonly (readonly [code: string, path: string])[]) => ({
  ok: false,
  errors: errors.map(([code, path]) => ({ code, path: ['input', ...path.split('.')] })),
});

describe('from afar', () => {
  const fields = `id kind status requester { id } provider { id } centre { id } question answer minutes requestedAt answeredAt
    fee version report { id }`;
  const request = `mutation ($input: RequestRemoteConsultationInput!) { requestRemoteConsultation(input: $input) {
    ok errors { code path } remoteConsultation { ${fields} } } }`;
  const answer = `mutation ($input: AnswerRemoteConsultationInput!) { answerRemoteConsultation(input: $input) {
    ok errors { code path } remoteConsultation { ${fields} } } }`;
  const requested = async (input: object, who = town) =>
    (await ask(subgraph, request, { input }, who)).data?.['requestRemoteConsultation'];
  const answered = async (input: object, who = lead) =>
    (await ask(subgraph, answer, { input }, who)).data?.['answerRemoteConsultation'];
  const ecg = {
    residentId: resident,
    kind: 'ECG',
    requesterId: 'in_TOWN',
    centreId: 'sc_ECG',
    question: '心律失常？',
    fee: '30.00',
  };

  test('a township asks the shared centre that serves it, and its host answers once', async () => {
    const asked = {
      id: 'rc_0000000000Q1_1',
      kind: 'ECG',
      status: 'REQUESTED',
      requester: { id: 'in_TOWN' },
      provider: { id: 'in_LEAD' },
      centre: { id: 'sc_ECG' },
      question: '心律失常？',
      answer: null,
      minutes: null,
      requestedAt: '2024-05-20T09:00:00+08:00',
      answeredAt: null,
      fee: '30.00',
      version: 1,
      report: null,
    };
    const input = { ...ecg, idempotencyKey: 'ecg' };
    expect(await requested(input)).toEqual({ ok: true, errors: [], remoteConsultation: asked });
    expect(await requested(input)).toEqual({ ok: true, errors: [], remoteConsultation: asked });
    const reply = { id: asked.id, answer: '窦性心律', version: 1 };
    expect(await answered(reply, town)).toMatchObject(faults(['FORBIDDEN', 'id']));
    expect(await answered(reply)).toEqual({
      ok: true,
      errors: [],
      remoteConsultation: {
        ...asked,
        status: 'ANSWERED',
        answer: '窦性心律',
        minutes: 42,
        answeredAt: '2024-05-20T09:42:00+08:00',
        version: 2,
      },
    });
    expect(await answered({ ...reply, version: 2 })).toMatchObject(faults(['INVALID_TRANSITION', 'id']));
    const history = await database.sql`select "from", "to" from status_history where id = ${asked.id} order by seq`;
    expect(history.map((row) => ({ ...row }))).toEqual([
      { from: null, to: 'REQUESTED' },
      { from: 'REQUESTED', to: 'ANSWERED' },
    ]);
  });

  test('a centre of another kind, one that does not serve the institution, and one’s own institution are refused', async () => {
    expect(await requested({ ...ecg, kind: 'IMAGING' })).toMatchObject(faults(['VALIDATION_FAILED', 'centreId']));
    expect(await requested({ ...ecg, requesterId: 'in_CITY' }, asking('in_CITY', 'pr_SIX', '09:00'))).toMatchObject(
      faults(['FORBIDDEN', 'centreId']),
    );
    expect(await requested({ ...ecg, providerId: 'in_CITY' })).toMatchObject(
      faults(['VALIDATION_FAILED', 'providerId']),
    );
    expect(await requested({ ...ecg, centreId: null, providerId: 'in_TOWN', kind: 'CONSULTATION' })).toMatchObject(
      faults(['VALIDATION_FAILED', 'providerId']),
    );
  });

  test('a township asks for a consultation and for a remote clinic of the county hospital itself', async () => {
    const asked = { ...ecg, centreId: null, providerId: 'in_LEAD' };
    const consultations = ['CONSULTATION', 'REMOTE_CLINIC'];
    for (const kind of consultations) {
      expect(await requested({ ...asked, kind })).toMatchObject({ ok: true, remoteConsultation: { kind } });
    }
  });

  test('all faults of a request are told at once', async () => {
    const wrong = {
      residentId: 'x',
      requesterId: 'in_LEAD',
      centreId: null,
      providerId: 'in_NONE',
      question: ' ',
      fee: '-1',
    };
    expect(await requested({ ...ecg, ...wrong, reportId: 'dr_0000000000WA_1' })).toMatchObject(
      faults(
        ['FORBIDDEN', 'requesterId'],
        ['NOT_FOUND', 'providerId'],
        ['NOT_FOUND', 'residentId'],
        ['VALIDATION_FAILED', 'question'],
        ['VALIDATION_FAILED', 'fee'],
        ['NOT_FOUND', 'reportId'],
      ),
    );
  });

  test('a report that answers is read by the one who answers, and final', async () => {
    const input = { ...ecg, residentId: 'rs_0000000000WA', kind: 'IMAGING', centreId: null, providerId: 'in_LEAD' };
    expect(await requested({ ...input, reportId: 'dr_0000000000WA_1' })).toMatchObject({ ok: true });
    const reply = { id: 'rc_0000000000WA_2', answer: '同意' };
    await database.sql`update diagnostic_reports set status = 'PRELIMINARY' where resident_id = 'rs_0000000000WA'`;
    expect(await answered({ ...reply, reportId: 'dr_0000000000WA_1' })).toMatchObject(
      faults(['INVALID_TRANSITION', 'reportId']),
    );
    expect(await answered({ ...reply, reportId: 'dr_0000000000WA_2' })).toMatchObject(
      faults(['NOT_FOUND', 'reportId']),
    );
    await database.sql`update diagnostic_reports set status = 'FINAL' where resident_id = 'rs_0000000000WA'`;
    expect(await answered({ ...reply, reportId: 'dr_0000000000WA_1' })).toMatchObject({
      ok: true,
      remoteConsultation: { report: { id: 'dr_0000000000WA_1' } },
    });
  });
});

describe('online', () => {
  const reply = `mutation ($input: ReplyConsultationInput!) { replyConsultation(input: $input) {
    ok errors { code path } onlineConsultation { id replies { at by { id } text } respondedWithin attending { id } endedAt version } } }`;
  const replied = async (input: object, who: Asking) =>
    (await ask(subgraph, reply, { input }, who)).data?.['replyConsultation'];
  const question = `mutation ($input: RecordEncounterInput!) { recordEncounter(input: $input) { ok errors { code path } } }`;

  test('the first reply is timed, the last one ends the consultation', async () => {
    const input = {
      residentId: resident,
      class: 'ONLINE',
      institutionId: 'in_TOWN',
      startedAt: '2024-05-20T08:30:00+08:00',
      online: { question: '血压高怎么办' },
    };
    expect(await ask(subgraph, question, { input }, town)).toMatchObject({ data: { recordEncounter: { ok: true } } });
    const encounterId = 'en_0000000000Q1_1';
    const first = { at: '2024-05-20T09:00:00+08:00', by: { id: 'pr_ONE' }, text: '请测血压' };
    expect(await replied({ encounterId, text: '请测血压', version: 1 }, town)).toEqual({
      ok: true,
      errors: [],
      onlineConsultation: {
        id: encounterId,
        replies: [first],
        respondedWithin: 30,
        attending: { id: 'pr_ONE' },
        endedAt: null,
        version: 2,
      },
    });
    expect(await replied({ encounterId, text: '不客气', version: 1 }, town)).toMatchObject(
      faults(['VERSION_CONFLICT', 'version']),
    );
    const later = asking('in_TOWN', 'pr_TEN', '09:30');
    expect(await replied({ encounterId, text: '不客气', ends: true }, later)).toMatchObject({
      ok: true,
      onlineConsultation: {
        replies: [first, { at: '2024-05-20T09:30:00+08:00', by: { id: 'pr_TEN' }, text: '不客气' }],
        respondedWithin: 30,
        attending: { id: 'pr_ONE' },
        endedAt: '2024-05-20T09:30:00+08:00',
      },
    });
    expect(await replied({ encounterId, text: '还有', ends: true }, later)).toMatchObject(
      faults(['INVALID_TRANSITION', 'encounterId']),
    );
  });

  test('another institution, another class of encounter and an empty text are refused', async () => {
    expect(await replied({ encounterId: 'en_0000000000WA_1', text: '好' }, town)).toMatchObject(
      faults(['VALIDATION_FAILED', 'encounterId']),
    );
    const encounterId = 'en_0000000000Q3_1';
    const input = {
      residentId: 'rs_0000000000Q3',
      class: 'ONLINE',
      institutionId: 'in_TOWN',
      startedAt: '2024-05-20T08:30:00+08:00',
      online: { question: '？' },
    };
    await ask(subgraph, question, { input }, town);
    expect(await replied({ encounterId, text: '好' }, lead)).toMatchObject(faults(['FORBIDDEN', 'encounterId']));
    const clerk: Asking = { ...town, caller: { id: 'clerk', role: 'INST_STAFF', institutionId: 'in_TOWN' } };
    expect(await replied({ encounterId, text: ' ' }, clerk)).toMatchObject(
      faults(['VALIDATION_FAILED', 'text'], ['VALIDATION_FAILED', 'practitionerId']),
    );
  });
});
