import {
  getNamedType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { insertSampleRows, sampleKeys } from './sample-rows.ts';
import { ask, migrations } from './sample-caller.ts';
import { createPersonnel } from './subgraph.ts';

type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** One reference for each entity of the sample, with what other subgraphs say about it. */
const references: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Practitioner: { id: 'pr_VA', signedResidentCount: 430, contractSatisfaction: '92.00' },
  PracticeRegistration: { id: 'pg_ONE' },
  Post: { id: 'po_ONE' },
  Department: { id: 'de_TOWN02' },
  FamilyDoctorTeam: { id: 'tm_ONE' },
  TechnicalGuidanceGroup: { id: 'gg_ONE' },
  Resident: { id: 'rs_0000000000WA', familyDoctorTeamId: 'tm_ONE' },
  HeadcountPool: { id: 'hp_2024' },
  HeadcountAllocation: { id: 'ha_ONE' },
  Recruitment: { id: 'ru_ONE' },
  Institution: { id: 'in_TOWN', level: 'L1' },
  Alliance: { id: 'al_ONE' },
  Region: { code: '320322' },
  ResourceAssessment: { id: 'ra_ONE', region: { __typename: 'Region', code: '320322' }, period: '2024' },
  Secondment: { id: 'sd_LONG' },
  TalentPoolEntry: { practitioner: { id: 'pr_SEC' } },
  TalentDispatch: { id: 'td_ONE' },
  OrientedStudent: { id: 'os_ONE' },
  TrainingCourse: { id: 'tc_ONE' },
  TrainingRecord: { id: 'tr_ONE' },
  Mentorship: { id: 'mn_ONE' },
  FurtherStudy: { id: 'fs_ONE' },
  TrainingPriorityList: {
    institution: { id: 'in_TOWN' },
    candidates: [{ signedResidentCount: 10 }, { signedResidentCount: 900 }],
  },
  TitleReview: { id: 'tv_ONE', practitioner: { contractSatisfaction: '92.00' } },
  PerformanceRecord: { id: 'pf_ONE' },
  IncomeItem: { id: 'ic_DEC' },
  Allowance: { id: 'aw_ONE' },
  Award: { id: 'ad_ONE' },
  IndicatorSnapshot: { subjectType: 'REGION', subjectId: '320322', periodType: 'YEAR', period: '2024' },
};

/** Entities that lack something on purpose: a village doctor has no licence, title, specialty or review. */
const mayBeNull: ReadonlySet<string> = new Set([
  'Practitioner.physicianCode',
  'Practitioner.idNumber',
  'Practitioner.licence',
  'Practitioner.specialty',
  'Practitioner.title',
  'Practitioner.talentPoolEntry',
  'Practitioner.titleReviewScore',
]);

/** Fields that other subgraphs answer: the planner never asks them here. */
const external: ReadonlySet<string> = new Set([
  'level',
  'signedResidentCount',
  'contractSatisfaction',
  'familyDoctorTeamId',
]);

/** Values for arguments without a default. */
const values: Readonly<Record<string, string>> = {
  year: '2024',
  period: '"2024"',
  code: '"320322"',
  kind: 'LEAD_TO_MEMBER',
  practitionerId: '"pr_GP"',
  institutionId: '"in_TOWN"',
  regionCode: '"320322"',
};

const ids: Readonly<Record<string, string>> = {
  practitioner: 'pr_GP',
  familyDoctorTeam: 'tm_ONE',
};

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createPersonnel({ database, keys: sampleKeys });
});
afterAll(() => database.close());

describe('every field', () => {
  test('of every entity answers, two levels deep, without an error', async () => {
    const entities = entityNames(subgraph.schema);
    expect(entities.filter((name) => references[name] === undefined)).toEqual([]);
    for (const name of entities) {
      const type = subgraph.schema.getType(name);
      if (!isObjectType(type) && !isInterfaceType(type)) throw new TypeError(name);
      const query = `query ($references: [_Any!]!) { _entities(representations: $references) { __typename ... on ${name} ${selection(type, 2)} } }`;
      const response = await ask(subgraph, query, { references: [{ __typename: name, ...references[name] }] });
      expect({ name, errors: response.errors, empty: emptyFields(response.data, name) }).toEqual({ name, empty: [] });
    }
  });

  test('of Query answers without an error', async () => {
    const query = subgraph.schema.getQueryType();
    if (!query) throw new TypeError('no Query');
    for (const field of Object.values(query.getFields())) {
      if (field.name.startsWith('_')) continue;
      const response = await ask(subgraph, `{ ${fieldText(field, 2, ids[field.name])} }`, {});
      expect(response).toEqual({ data: { [field.name]: expect.anything() } });
    }
  });
});

function entityNames(schema: GraphQLSchema): string[] {
  const union = schema.getType('_Entity');
  const members = union && 'getTypes' in union ? union.getTypes().map((type) => type.name) : [];
  return members;
}

function selection(type: Composite, depth: number): string {
  const isOwn = (name: string): boolean => type.name === 'TrainingPriorityEntry' || !external.has(name);
  const fields = Object.values(type.getFields()).map((field) => (isOwn(field.name) ? fieldText(field, depth) : ''));
  return `{ ${fields.filter((text) => text !== '').join(' ') || '__typename'} }`;
}

function fieldText(field: GraphQLField<unknown, unknown>, depth: number, id?: string): string {
  const type: GraphQLNamedOutputType = getNamedType(field.type);
  if (!isLeafType(type) && depth === 0) return '';
  const given = field.args
    .filter((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined)
    .map(({ name }) => `${name}: ${name === 'id' ? JSON.stringify(id) : (values[name] ?? '')}`);
  const text = given.length === 0 ? field.name : `${field.name}(${given.join(', ')})`;
  if (!isObjectType(type) && !isInterfaceType(type)) return text;
  // The parts of a connection and of a value do not count as a level.
  const deeper = /Connection$|Edge$/.test(type.name) ? depth : depth - 1;
  return `${text} ${selection(type, deeper)}`;
}

/** Fields of the entity itself that are null although the sample has a value for each. */
function emptyFields(data: unknown, name: string): string[] {
  const entities: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, '_entities') : [];
  const [entity]: unknown[] = Array.isArray(entities) ? entities : [];
  if (typeof entity !== 'object' || entity === null) return [`${name} is missing`];
  return Object.entries(entity)
    .filter(([field, value]) => value === null && !mayBeNull.has(`${name}.${field}`))
    .map(([field]) => `${name}.${field}`);
}
