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
import { insertSampleRows } from './sample-rows.ts';
import { ask, sampleKeys } from './sample-caller.ts';
import { createInstitutions, migrations } from './subgraph.ts';

type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** One reference for each entity that is in the sample. */
const references: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Region: { code: '320322100' },
  Institution: { id: 'in_TOWN' },
  Department: { id: 'de_LEAD03' },
  Alliance: { id: 'al_ONE' },
  AllianceMembership: { id: 'am_TOWN' },
  Encounter: { id: 'en_0000000000WA_1' },
  OutpatientVisit: { id: 'en_0000000000WA_1' },
  EmergencyVisit: { id: 'en_0000000000WA_2' },
  InpatientStay: { id: 'en_0000000000WA_3' },
  HomeVisit: { id: 'en_0000000000WA_4' },
  OnlineConsultation: { id: 'en_0000000000WA_5' },
  Referral: { id: 'rf_0000000000WA_1' },
  ReferralEpisode: { id: 're_0000000000WA_1' },
  SlotReleasePolicy: { id: 'sr_ONE' },
  AppointmentSlot: { id: 'sl_ONE' },
  Appointment: { id: 'ap_0000000000WA_1' },
  Equipment: { id: 'eq_CT' },
  EquipmentReservation: { id: 'er_0000000000WA_1' },
  WaitingListEntry: { id: 'wl_0000000000WA_1' },
  RecognitionItem: { code: 'CT_CHEST' },
  DiagnosticReport: { id: 'dr_0000000000WA_1' },
  RecognitionDecision: { id: 'rd_0000000000WA_1' },
  CareDocument: { id: 'cd_0000000000WA_1' },
  RemoteConsultation: { id: 'rc_0000000000WA_1' },
  SharedCentre: { id: 'sc_ECG' },
  SpecialtyCentre: { id: 'sp_KEY' },
  SpecialtyPlan: { id: 'pp_ONE' },
  EmergencyNode: { id: 'no_LEAD' },
  CapabilityItem: { id: 'ci_ONE' },
  CapabilityAssessment: { id: 'ca_ONE' },
  DiseaseCatalogueItem: { id: 'di_ONE' },
  DrugItem: { id: 'dg_AML' },
  DrugStock: { id: 'ds_TOWN' },
  ProcurementBatch: { id: 'pb_ONE' },
  Prescription: { id: 'rx_0000000000WA_1' },
  MedicationAdvice: { id: 'ma_0000000000WA_1' },
  ResourceAssessment: { id: 'ra_ONE' },
  LayoutPlan: { id: 'lp_ONE' },
  LayoutPlanItem: { id: 'li_ONE' },
  InstitutionLifecycleEvent: { id: 'le_ONE' },
  OutreachPoint: { id: 'op_ONE' },
  InvestmentProject: { id: 'ip_ONE' },
  PairingAgreement: { id: 'pa_ONE' },
  SystemConnection: { id: 'sy_HIS' },
  SupervisionAlert: { id: 'sa_ONE' },
  IndicatorSnapshot: { subjectType: 'REGION', subjectId: '320322', periodType: 'MONTH', period: '2024-01' },
  Resident: { id: 'rs_0000000000WA' },
  Practitioner: { id: 'pr_ONE', name: '张医生' },
};

/** Values for arguments without a default. */
const values: Readonly<Record<string, string>> = {
  from: '"2024-05-01"',
  to: '"2024-05-31"',
  period: '"2024-05"',
  code: '"320322"',
  uscc: '"12320322HX0000002G"',
  residentId: '"rs_0000000000WA"',
  itemCode: '"CT_CHEST"',
  institutionId: '"in_LEAD"',
  icd10: '"I10"',
  allianceId: '"al_ONE"',
  drugId: '"dg_AML"',
  regionCode: '"320322"',
  cityInstitutionId: '"in_LEAD"',
  countyInstitutionId: '"in_TOWN"',
  subjectType: 'REGION',
  subjectIds: '["320322"]',
  periodType: 'MONTH',
  fromInstitutionId: '"in_TOWN"',
};

const ids: Readonly<Record<string, string>> = {
  institution: 'in_TOWN',
  alliance: 'al_ONE',
  encounter: 'en_0000000000WA_3',
  referral: 'rf_0000000000WA_1',
  referralEpisode: 're_0000000000WA_1',
  appointment: 'ap_0000000000WA_1',
  equipment: 'eq_CT',
  equipmentAvailability: 'eq_CT',
  drug: 'dg_AML',
};

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

describe('every field', () => {
  test('of every entity answers, two levels deep, without an error', async () => {
    const entities = entityNames(subgraph.schema);
    expect(entities.filter((name) => references[name] === undefined)).toEqual([]);
    const problems: unknown[] = [];
    for (const name of entities) {
      const type = subgraph.schema.getType(name);
      if (!isObjectType(type) && !isInterfaceType(type)) throw new TypeError(name);
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
      const response = await ask(subgraph, `{ ${fieldText(field, 2, ids[field.name])} }`, {});
      answers[field.name] = response;
    }
    expect(answers).toEqual(
      Object.fromEntries(fields.map(({ name }) => [name, { data: { [name]: expect.anything() } }])),
    );
  });
});

function entityNames(schema: GraphQLSchema): string[] {
  const union = schema.getType('_Entity');
  const members = union && 'getTypes' in union ? union.getTypes().map((type) => type.name) : [];
  return [...members, 'Encounter'];
}

function selection(type: Composite, depth: number): string {
  const fields = Object.values(type.getFields()).map((field) => fieldText(field, depth));
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
  return name === 'IndicatorSnapshot'
    ? []
    : Object.entries(entity).flatMap(([field, value]) => (value === null ? [`${name}.${field}`] : []));
}
