import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from '../sample-caller.ts';
import { createInstitutions, migrations } from '../subgraph.ts';

let database: Database;
let subgraph: Subgraph;

// An empty database: whatever is looked for is not there, so that other faults would be told if anything was read first.
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

const short = 'x'.repeat(201);
const prose = 'x'.repeat(4_001);
const id = 'xx_0000000000WA_1';
const at = '2024-05-20T09:00:00+08:00';
const many = <T>(entry: T): readonly T[] => Array.from({ length: 201 }, () => entry);

/** Inputs whose every list and text is one too long, and where. */
const inputs: readonly (readonly [mutation: string, input: object, paths: readonly string[]])[] = [
  [
    'recordEncounter',
    {
      residentId: id,
      class: 'HOME',
      institutionId: short,
      startedAt: at,
      visitNo: short,
      diagnoses: many({ code: 'I10' }),
      procedures: many('99.25'),
      outpatient: { steps: many({ step: 'PAY', at }) },
      home: { vulnerability: many('LONELY'), services: ['测血压', short] },
      online: { question: prose },
    },
    [
      'visitNo',
      'institutionId',
      'diagnoses',
      'procedures',
      'outpatient.steps',
      'home.vulnerability',
      'home.services.1',
      'online.question',
    ],
  ],
  [
    'recordDischarge',
    { encounterId: id, dischargeMode: short, diagnoses: [{ code: short, tcmCode: short }], procedures: many('99.25') },
    ['dischargeMode', 'diagnoses.0.code', 'diagnoses.0.tcmCode', 'procedures'],
  ],
  ['replyConsultation', { encounterId: id, text: prose }, ['text']],
  [
    'recordReport',
    {
      residentId: id,
      performedAtId: id,
      performedTime: at,
      qualityGrade: 'CITY',
      item: short,
      bodySite: short,
      specimen: short,
      method: short,
      imagingStudyUid: short,
      doseMsv: '1'.repeat(201),
      conclusion: prose,
      results: [{ item: 'WBC', value: short, unit: short }],
    },
    [
      'item',
      'bodySite',
      'specimen',
      'method',
      'conclusion',
      'results.0.value',
      'results.0.unit',
      'imagingStudyUid',
      'doseMsv',
    ],
  ],
  [
    'recordRecognition',
    {
      reportId: id,
      encounterId: id,
      institutionId: id,
      decision: 'RECOGNISED',
      item: short,
      site: short,
      method: short,
    },
    ['item', 'site', 'method'],
  ],
  [
    'recordDocument',
    { residentId: id, type: '01', institutionId: id, title: short, sha256: short, storageUri: 'x'.repeat(1_001) },
    ['title', 'sha256', 'storageUri'],
  ],
  [
    'requestRemoteConsultation',
    { residentId: id, kind: 'ECG', requesterId: id, providerId: short, question: prose },
    ['providerId', 'question'],
  ],
  ['answerRemoteConsultation', { id, answer: prose }, ['answer']],
  [
    'issuePrescription',
    { encounterId: id, lines: many({ drugId: id, unitsPerDose: '1', frequency: '1', days: 1 }) },
    ['lines'],
  ],
  [
    'issuePrescription',
    { encounterId: id, lines: [{ drugId: short, dose: short, unitsPerDose: '1', frequency: short, days: 1 }] },
    ['lines.0.drugId', 'lines.0.dose', 'lines.0.frequency'],
  ],
  ['dispensePrescription', { id: short, institutionId: id }, ['id']],
  ['giveMedicationAdvice', { residentId: id, institutionId: id, text: prose }, ['text']],
  [
    'upsertDrugCatalogueItem',
    {
      regionCode: '32',
      genericName: short,
      pack: short,
      essential: true,
      contractFlexible: true,
      catalogueVersion: short,
    },
    ['genericName', 'pack', 'catalogueVersion'],
  ],
  ['setDrugStock', { institutionId: id, drugId: id, quantity: '1', unit: short, sharedPharmacy: true }, ['unit']],
  [
    'recordInstitutionLifecycle',
    {
      event: 'ADMISSION',
      basis: prose,
      registration: {
        duties: many('BASIC_CARE'),
        licence: { number: short, subjects: many('02'), validFrom: '2024-05-01', validTo: '2029-04-30' },
      },
    },
    ['registration.duties', 'registration.licence.number', 'registration.licence.subjects', 'basis'],
  ],
];

test.each(inputs)(
  '%s takes no longer lists and texts than anybody needs, and reads nothing for them',
  async (name, input, paths) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ok errors { code path } } }`;
    const answer = await ask(subgraph, query, { input });
    const errors = paths.map((path) => ({ code: 'VALIDATION_FAILED', path: ['input', ...path.split('.')] }));
    expect(answer.data?.[name] ?? answer).toEqual({ ok: false, errors: expect.arrayContaining(errors) });
    expect(Object(answer.data?.[name]).errors).toHaveLength(errors.length);
  },
);
