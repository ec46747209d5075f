import {
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isLeafType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from './sample-caller.ts';
import { insertSampleRows } from './sample-rows.ts';
import { createPublicHealth, migrations } from './subgraph.ts';

/** One reference for each entity that is in the sample. */
const references: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Resident: { id: 'rs_0000000000WA' },
  Household: { id: 'hh_0000000000H1' },
  ServicePackage: { code: 'ELDERLY' },
  ServiceContract: { id: 'ct_0000000000WA_2' },
  FulfilmentPlan: { contract: { __typename: 'ServiceContract', id: 'ct_0000000000WA_2' }, year: 2024 },
  FulfilmentTask: { id: 'ft_0000000000WA_2' },
  FulfilmentEvent: { id: 'fe_0000000000WA_1' },
  CentralisedSession: { id: 'cs_ONE' },
  TeamIncentive: { team: { __typename: 'FamilyDoctorTeam', id: 'tm_ONE' }, period: '2024-Q1' },
  HealthRecord: { id: 'hr_0000000000WA_1' },
  ChronicEnrollment: { id: 'ce_0000000000WA_1' },
  FollowUp: { id: 'fu_0000000000WA_1' },
  DeviceMeasurement: { id: 'dm_0000000000WA_1' },
  HealthExam: { id: 'he_0000000000WA_1' },
  MaternalRecord: { id: 'mr_0000000000K1_1' },
  ChildRecord: { id: 'cr_0000000000ZH_1' },
  ElderlyAssessment: { id: 'ea_0000000000WA_1' },
  MentalHealthRecord: { id: 'mh_0000000000WA_1' },
  TbRecord: { id: 'tb_0000000000WA_1' },
  Immunisation: { id: 'im_0000000000ZH_1' },
  InfectiousReport: { id: 'ir_0000000000WA_1' },
  HealthEducationActivity: { id: 'ed_ONE' },
  FamilyDoctorQuestion: { id: 'fq_0000000000WA_1' },
  SatisfactionSurvey: { id: 'ss_CONTRACT' },
  SatisfactionResponse: { id: 'sn_1' },
  ContractPolicy: { id: 'kp_ONE' },
  Complaint: { id: 'cp_ONE' },
  Evaluation: { id: 'ev_TOWN' },
  IndicatorDefinition: { code: 'C-07' },
  IndicatorTarget: { id: 'it_ONE' },
  FundAllocation: { id: 'fa_ONE' },
  Inspection: { id: 'is_ONE' },
  Programme: { id: 'wp_ONE' },
  ProgrammeTask: { id: 'pt_ONE' },
  ProgrammeCase: { id: 'pc_ONE' },
  ProgrammeReview: { id: 'pv_ONE' },
  Notice: { id: 'nt_0000000000WA_1' },
  Consent: { id: 'co_0000000000WA_1' },
  AccessEvent: { id: 'ae_0000000000WA_1' },
  ResourceAssessment: { id: 'ra_ONE', region: { __typename: 'Region', code: '320322' }, period: '2024' },
  IndicatorSnapshot: {
    subjectType: 'REGION',
    subjectId: '320322',
    periodType: 'YEAR',
    period: '2024',
    capabilityScore: '80.00',
    secondedLong: 3,
    fundPaid: '18000000.00',
  },
  Region: { code: '320322' },
  Institution: { id: 'in_TOWN' },
  Alliance: { id: 'al_ONE' },
  Practitioner: { id: 'pr_DOCTOR' },
  FamilyDoctorTeam: { id: 'tm_ONE' },
  Encounter: { id: 'en_0000000000WA_3', startedAt: '2024-06-20T09:00:00+08:00' },
  Referral: { id: 'rf_0000000000WA_2' },
};

/** Values for arguments without a default. */
const values: Readonly<Record<string, string>> = {
  id: '"ct_0000000000WA_2"',
  code: '"ELDERLY"',
  period: '"2024-Q1"',
  residentId: '"rs_0000000000WA"',
  contractId: '"ct_0000000000WA_2"',
  teamId: '"tm_ONE"',
  drawSeed: '"lot"',
  subjectId: '"in_TOWN"',
  subjectType: 'INSTITUTION',
  input: '{ healthRecordNo: "32032210020000001" }',
};

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createPublicHealth({ database, keys: sampleKeys });
});
afterAll(() => database.close());

describe('every field', () => {
  test('of every entity answers, two levels deep, without an error', async () => {
    const entities = entityNames(subgraph.schema);
    expect(entities.filter((name) => references[name] === undefined)).toEqual([]);
    const problems: unknown[] = [];
    for (const name of entities) {
      const type = subgraph.schema.getType(name);
      if (!isObjectType(type)) throw new TypeError(name);
      const query = `query ($references: [_Any!]!) { _entities(representations: $references) { __typename ... on ${name} ${selection(type, 2)} } }`;
      const response = await ask(subgraph, query, { references: [{ __typename: name, ...references[name] }] });
      problems.push(...(response.errors ?? []), ...emptyFields(response.data, name));
    }
    expect(problems).toEqual([]);
  });

  test('of Query answers without an error', async () => {
    const query = subgraph.schema.getQueryType();
    if (!query) throw new TypeError('no Query');
    const fields = Object.values(query.getFields()).filter(({ name }) => !name.startsWith('_'));
    const answers: Record<string, unknown> = {};
    for (const field of fields) {
      const id = field.name === 'resident' ? '"rs_0000000000WA"' : undefined;
      answers[field.name] = await ask(subgraph, `{ ${fieldText(field, 2, id)} }`);
    }
    expect(answers).toEqual(
      Object.fromEntries(fields.map(({ name }) => [name, { data: { [name]: expect.anything() } }])),
    );
  });
});

function entityNames(schema: GraphQLSchema): string[] {
  const union = schema.getType('_Entity');
  return isUnionType(union)
    ? union.getTypes().flatMap(({ name }) => (name === 'TechnicalGuidanceGroup' ? [] : [name]))
    : [];
}

function selection(type: GraphQLObjectType, depth: number): string {
  const fields = Object.values(type.getFields()).map((field) => fieldText(field, depth));
  return `{ ${fields.filter((text) => text !== '').join(' ') || '__typename'} }`;
}

function fieldText(field: GraphQLField<unknown, unknown>, depth: number, id?: string): string {
  const type = getNamedType(field.type);
  if (!isLeafType(type) && depth === 0) return '';
  const given = field.args
    .filter((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined)
    .map(({ name }) => `${name}: ${name === 'id' ? (id ?? values['id']) : values[name]}`);
  const text = given.length === 0 ? field.name : `${field.name}(${given.join(', ')})`;
  // The parts of a connection and of a value do not count as a level.
  const deeper = /Connection$|Edge$/.test(type.name) ? depth : depth - 1;
  if (isObjectType(type)) return `${text} ${selection(type, deeper)}`;
  if (!isUnionType(type)) return text;
  const members = type.getTypes().map((member) => {
    const prefix = member.name[0]?.toLowerCase();
    const fields = selection(member, 0).replaceAll(/(\w+)/g, (name) => `${prefix}_${name}: ${name}`);
    return `... on ${member.name} ${fields}`;
  });
  return `${text} { __typename ${members.join(' ')} }`;
}

/** Stored for a month or a subject only where it has a meaning; not each snapshot has each. */
const sparse = new Set(['IndicatorSnapshot']);

/** Fields of the entity itself that are null although the sample has a value for each. */
function emptyFields(data: unknown, name: string): string[] {
  const entities: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, '_entities') : [];
  const [entity]: unknown[] = Array.isArray(entities) ? entities : [];
  if (typeof entity !== 'object' || entity === null) return [`${name} is missing`];
  if (sparse.has(name)) return [];
  return Object.entries(entity).flatMap(([field, value]) => (value === null ? [`${name}.${field}`] : []));
}
