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
import { insertSampleRows, sampleKeys, wang } from './sample-rows.ts';
import { ask, migrations } from './sample-caller.ts';
import { createInsurance } from './subgraph.ts';

type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** One reference for each entity of the sample, with what other subgraphs say about it. */
const references: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Coverage: { id: 'cv_0000000000WA_2' },
  Accumulator: { resident: { id: wang }, year: 2024 },
  TwoDiseaseRegistration: { id: 'tw_0000000000WA_2' },
  ChronicOutpatientRegistration: { id: 'ch_0000000000WA_1' },
  OutOfAreaFiling: { id: 'oa_0000000000WA_1' },
  Resident: { id: wang, contractStatus: 'ACTIVE', activePackageKinds: ['PUBLIC_HEALTH'] },
  Claim: { id: 'cl_0000000000WA_2' },
  Encounter: { id: 'en_0000000000WA_C' },
  Referral: { id: 'rf_0000000000WA_1' },
  SupervisionAlert: {
    id: 'sa_ONE',
    ruleId: 'DRUG_SHARE',
    period: '2024-06',
    threshold: '35.00',
    institution: { providerCode: 'H32032200104' },
  },
  ServiceContract: { id: 'ct_0000000000WA_1' },
  BenefitPlan: { code: '310-3203', year: 2024 },
  BenefitRule: { id: 'br_OUT' },
  PriceItem: { code: '110200001' },
  ServicePackage: { code: 'CHRONIC_STROKE_REHAB' },
  DrugItem: { nhsaDrugCode: 'XC08CAA001A001010100001' },
  CapitationPlan: { id: 'cn_ONE' },
  CapitationPrepayment: { id: 'cy_ONE' },
  DrgGroup: { code: 'BR25', version: '2024' },
  DrgCase: { id: 'dc_0000000000WA_2' },
  DrgMonth: { id: 'dp_ONE' },
  DipGroup: { code: 'I63.9' },
  AllianceBudget: { alliance: { id: 'al_ONE', evaluationTotal: '76.26' }, year: 2024 },
  Alliance: { id: 'al_ONE', evaluationTotal: '91.2' },
  Institution: { providerCode: 'H32032200104' },
  Practitioner: { id: 'pr_0000000000AA', physicianCode: 'D320322000001' },
  FundStatement: { region: { code: '320322' }, period: '2024', scheme: 'RESIDENT' },
  FundAlert: { id: 'fl_ONE' },
  PaymentOrder: { id: 'pm_0000000000WA_1' },
  PaymentReconciliation: { date: '2024-06-20' },
  Region: { code: '320322' },
  IndicatorSnapshot: {
    subjectType: 'REGION',
    subjectId: '320322',
    periodType: 'YEAR',
    period: '2024',
    residentPopulation: 10_000,
  },
};

/** Entities that lack something on purpose. */
const mayBeNull: ReadonlySet<string> = new Set(['PaymentOrder.contract']);

/** Fields that other subgraphs answer: the planner never asks them here. */
const external: ReadonlySet<string> = new Set([
  'Resident.contractStatus',
  'Resident.activePackageKinds',
  'Alliance.evaluationTotal',
  'IndicatorSnapshot.residentPopulation',
  'SupervisionAlert.ruleId',
  'SupervisionAlert.period',
  'SupervisionAlert.threshold',
  'SupervisionAlert.institution',
]);

/** Values for arguments without a default. */
const values: Readonly<Record<string, string>> = {
  year: '2024',
  period: '"2024"',
  month: '"2024-06"',
  date: '"2024-06-20"',
  code: '"390-3203"',
  regionCode: '"320322"',
  residentId: JSON.stringify(wang),
  institutionId: '"in_TOWN"',
  allianceId: '"al_ONE"',
  input: `{ residentId: ${JSON.stringify(wang)}, institutionId: "in_TOWN", medicalCategory: "11", diagnoses: ["I10"],
    serviceDate: "2024-06-15", lines: [{ kind: SERVICE, itemCode: "1", name: "CT", quantity: 1, unitPrice: 1, amount: 1 }] }`,
};

const ids: Readonly<Record<string, string>> = {
  claim: 'cl_0000000000WA_1',
  paymentOrder: 'pm_0000000000WA_1',
};

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createInsurance({ database, keys: sampleKeys });
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
  const fields = Object.values(type.getFields()).map((field) =>
    external.has(`${type.name}.${field.name}`) ? '' : fieldText(field, depth),
  );
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
