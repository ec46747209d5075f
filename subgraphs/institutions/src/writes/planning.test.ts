import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sampleKeys, type Asking } from '../sample-caller.ts';
import { faultsOf, write } from '../sample-mutation.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { institutions } from '../tables/place.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  await database.db.update(institutions).set({ status: 'CLOSED' }).where(eq(institutions.id, 'in_CLINIC'));
  await database.sql`delete from outreach_points`;
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

const businessTime = '2024-06-20T10:00:00+08:00';
const at = (institutionId: string): Asking => ({ caller: { role: 'INST_ADMIN', institutionId }, businessTime });
const commission: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320322'] }, businessTime };
const cityCommission: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['3203'] }, businessTime };
const elsewhere: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320382'] }, businessTime };

const assess = {
  name: 'submitResourceAssessment',
  field: 'resourceAssessment',
  select: `{ region { code } period institutionCount beds equipmentCount demandGrowth findings
    diseaseSpectrum { rank disease { code } encounters share } }`,
};

test('an assessment counts what a division has and treated in the period, once', async () => {
  const input = { regionCode: '320322', period: '2024-05', findings: '康复床位不足' };
  expect(await write(subgraph, assess, input, commission)).toEqual({
    ok: true,
    errors: [],
    resourceAssessment: {
      region: { code: '320322' },
      period: '2024-05',
      institutionCount: 2,
      beds: 540,
      equipmentCount: 1,
      demandGrowth: null,
      findings: '康复床位不足',
      diseaseSpectrum: [{ rank: 1, disease: { code: 'I10' }, encounters: 5, share: '100.00' }],
    },
  });
  expect(await faultsOf(write(subgraph, assess, input, commission))).toEqual(['VALIDATION_FAILED period']);
  const june = await write(
    subgraph,
    assess,
    { ...input, period: '2024-06' },
    { ...commission, businessTime: '2024-07-01T00:00:00+08:00' },
  );
  expect(Object(june).resourceAssessment.demandGrowth).toBe('-80.00');
});

test('an assessment is refused to others, of a period that runs or is none, without findings', async () => {
  const input = { regionCode: '320322', period: '2024-06', findings: ' ' };
  expect(await faultsOf(write(subgraph, assess, input, elsewhere))).toEqual([
    'FORBIDDEN regionCode',
    'VALIDATION_FAILED findings',
    'VALIDATION_FAILED period',
  ]);
  const none = { regionCode: '99', period: '2024-13', findings: '无' };
  expect(await faultsOf(write(subgraph, assess, none, commission))).toEqual([
    'NOT_FOUND regionCode',
    'FORBIDDEN regionCode',
    'VALIDATION_FAILED period',
  ]);
});

const outreach = {
  name: 'openOutreachPoint',
  field: 'outreachPoint',
  select: '{ village { code } providedBy { id } weekday services }',
};
const point = { villageCode: '320322100002', providedById: 'in_TOWN', weekday: 3, services: ['测血压', '送药'] };

test('a township hospital opens a service point in a village without a clinic, once a weekday', async () => {
  expect(await write(subgraph, outreach, point, at('in_TOWN'))).toEqual({
    ok: true,
    errors: [],
    outreachPoint: {
      village: { code: '320322100002' },
      providedBy: { id: 'in_TOWN' },
      weekday: 3,
      services: ['测血压', '送药'],
    },
  });
  expect(await faultsOf(write(subgraph, outreach, point, at('in_TOWN')))).toEqual(['VALIDATION_FAILED weekday']);
  expect(await write(subgraph, outreach, { ...point, weekday: 5 }, commission)).toMatchObject({ ok: true });
});

test('a service point is refused to strangers, on no weekday, where it is no village or there is a clinic', async () => {
  const wrong = { ...point, villageCode: '320322100', weekday: 8, services: [] };
  expect(await faultsOf(write(subgraph, outreach, wrong, at('in_LEAD')))).toEqual([
    'FORBIDDEN providedById',
    'VALIDATION_FAILED villageCode',
    'VALIDATION_FAILED weekday',
    'VALIDATION_FAILED services',
    'VALIDATION_FAILED villageCode',
  ]);
  const closed = { ...point, providedById: 'in_CLINIC', villageCode: '320322100009' };
  expect(await faultsOf(write(subgraph, outreach, closed, commission))).toEqual([
    'VALIDATION_FAILED providedById',
    'NOT_FOUND villageCode',
  ]);
});

const invest = {
  name: 'recordInvestmentProject',
  field: 'investmentProject',
  select: '{ id region { code } source mode purpose amount paid version }',
};
const project = {
  regionCode: '320322',
  source: 'FISCAL',
  mode: 'GRANT',
  purpose: 'IT',
  amount: '500000.00',
  paid: null,
};

test('a project is recorded, and what is paid is recorded under its version', async () => {
  const made = await write(subgraph, invest, project, commission);
  const { id } = Object(made).investmentProject;
  const stored = {
    id,
    region: { code: '320322' },
    source: 'FISCAL',
    mode: 'GRANT',
    purpose: 'IT',
    amount: '500000.00',
  };
  expect(made).toEqual({ ok: true, errors: [], investmentProject: { ...stored, paid: null, version: 1 } });
  const paying = { ...project, id, paid: '500000', version: 1 };
  expect(await write(subgraph, invest, paying, commission)).toEqual({
    ok: true,
    errors: [],
    investmentProject: { ...stored, paid: '500000.00', version: 2 },
  });
  expect(await faultsOf(write(subgraph, invest, paying, commission))).toEqual(['VERSION_CONFLICT version']);
});

test('a project is refused to others, without money, with more paid than there is', async () => {
  expect(await faultsOf(write(subgraph, invest, { ...project, amount: '0', paid: '0.01' }, elsewhere))).toEqual([
    'FORBIDDEN regionCode',
    'VALIDATION_FAILED amount',
    'VALIDATION_FAILED paid',
  ]);
  expect(await faultsOf(write(subgraph, invest, { ...project, amount: '1.005' }, commission))).toEqual([
    'VALIDATION_FAILED amount',
  ]);
  expect(await faultsOf(write(subgraph, invest, { ...project, id: 'ip_NONE' }, commission))).toEqual(['NOT_FOUND id']);
});

const sign = {
  name: 'signPairingAgreement',
  field: 'pairingAgreement',
  select: '{ cityHospital { id } leadHospital { id } mode specialties { code } from to version }',
};
const agreement = {
  cityHospitalId: 'in_CITY',
  leadHospitalId: 'in_LEAD',
  mode: 'SPECIALTY_TRUSTEESHIP',
  specialties: ['ICU', 'ICU', 'EMERGENCY'],
  from: '2024-07-01',
  to: '2026-06-30',
};

test('a city hospital signs with a lead hospital; no second agreement of the mode may overlap, the next may follow', async () => {
  const signed = {
    cityHospital: { id: 'in_CITY' },
    leadHospital: { id: 'in_LEAD' },
    mode: 'SPECIALTY_TRUSTEESHIP',
    specialties: [{ code: 'ICU' }, { code: 'EMERGENCY' }],
    from: '2024-07-01',
    to: '2026-06-30',
    version: 1,
  };
  expect(await write(subgraph, sign, agreement, at('in_CITY'))).toEqual({
    ok: true,
    errors: [],
    pairingAgreement: signed,
  });
  expect(await faultsOf(write(subgraph, sign, agreement, at('in_CITY')))).toEqual(['SCHEDULE_CONFLICT from']);
  const touching = { ...agreement, from: '2026-06-30', to: null };
  expect(await faultsOf(write(subgraph, sign, touching, cityCommission))).toEqual(['SCHEDULE_CONFLICT from']);
  expect(await write(subgraph, sign, { ...touching, from: '2026-07-01' }, cityCommission)).toMatchObject({ ok: true });
  const full = { ...agreement, mode: 'FULL_TRUSTEESHIP', specialties: [], from: '2024-06-20', to: null };
  expect(await write(subgraph, sign, full, at('in_CITY'))).toMatchObject({ ok: true });
});

test('two agreements signed at one moment for one time: one stands', async () => {
  const later = { ...agreement, mode: 'SPECIALTY_COOPERATION', from: '2026-01-01', to: '2027-12-31' };
  const answers = await Promise.all(
    [at('in_CITY'), cityCommission].map((asking) => write(subgraph, sign, later, asking)),
  );
  expect(answers.filter((answer) => Object(answer).ok === true)).toHaveLength(1);
});

test('nobody signs for a city hospital but its people and its commission: neither the lead hospital nor the county', async () => {
  const own = { ...agreement, mode: 'SPECIALTY_COOPERATION', from: '2030-01-01', to: '2030-12-31' };
  for (const asking of [at('in_LEAD'), commission])
    expect(await faultsOf(write(subgraph, sign, own, asking))).toEqual(['FORBIDDEN cityHospitalId']);
  expect(await write(subgraph, sign, own, cityCommission)).toMatchObject({ ok: true });
});

test('an agreement is refused to strangers, in the past, the wrong way round, with unknown specialties', async () => {
  const wrong = { ...agreement, specialties: ['MAGIC'], from: '2024-06-19', to: '2024-06-18' };
  expect(await faultsOf(write(subgraph, sign, wrong, at('in_TOWN')))).toEqual([
    'FORBIDDEN cityHospitalId',
    'VALIDATION_FAILED specialties',
    'VALIDATION_FAILED from',
    'VALIDATION_FAILED to',
  ]);
  const turned = { ...agreement, cityHospitalId: 'in_LEAD', leadHospitalId: 'in_TOWN', specialties: [] };
  expect(await faultsOf(write(subgraph, sign, turned, commission))).toEqual([
    'VALIDATION_FAILED cityHospitalId',
    'VALIDATION_FAILED leadHospitalId',
    'VALIDATION_FAILED specialties',
  ]);
  const closed = { ...agreement, leadHospitalId: 'in_CLINIC', cityHospitalId: 'in_NONE' };
  expect(await faultsOf(write(subgraph, sign, closed, commission))).toEqual([
    'NOT_FOUND cityHospitalId',
    'VALIDATION_FAILED leadHospitalId',
    'VALIDATION_FAILED leadHospitalId',
  ]);
});

const connect = {
  name: 'recordSystemConnection',
  field: 'systemConnection',
  select: '{ institution { id } system connected unifiedOperation lastExchangeAt version }',
};
const connection = { institutionId: 'in_TOWN', system: 'HIS', connected: false, unifiedOperation: true };

test('an institution records its systems, one row for each; the last exchange stays until a newer one is told', async () => {
  const stored = { institution: { id: 'in_TOWN' }, connected: false, unifiedOperation: true };
  expect(await write(subgraph, connect, { ...connection, version: 1 }, at('in_TOWN'))).toEqual({
    ok: true,
    errors: [],
    systemConnection: { ...stored, system: 'HIS', lastExchangeAt: '2024-05-06T09:00:00+08:00', version: 2 },
  });
  const added = { ...connection, system: 'LIS', lastExchangeAt: businessTime };
  expect(await write(subgraph, connect, added, at('in_TOWN'))).toEqual({
    ok: true,
    errors: [],
    systemConnection: { ...stored, system: 'LIS', lastExchangeAt: businessTime, version: 1 },
  });
});

test('a system is refused to strangers, with an exchange in the future, under an old version, at a closed institution', async () => {
  const wrong = { ...connection, lastExchangeAt: '2024-06-20T10:00:01+08:00' };
  expect(await faultsOf(write(subgraph, connect, wrong, commission))).toEqual([
    'FORBIDDEN institutionId',
    'VALIDATION_FAILED lastExchangeAt',
  ]);
  expect(await faultsOf(write(subgraph, connect, { ...connection, version: 1 }, at('in_TOWN')))).toEqual([
    'VERSION_CONFLICT version',
  ]);
  const closed = { ...connection, institutionId: 'in_CLINIC' };
  expect(await faultsOf(write(subgraph, connect, closed, at('in_CLINIC')))).toEqual([
    'VALIDATION_FAILED institutionId',
  ]);
});

test('lists that are longer than anybody needs are refused before anything is read', async () => {
  const specialties = Array.from({ length: 201 }, () => 'ICU');
  const long = { ...agreement, cityHospitalId: 'in_NONE', specialties };
  expect(await faultsOf(write(subgraph, sign, long, at('in_CITY')))).toEqual(['VALIDATION_FAILED specialties']);
  const found = { name: 'createAlliance', field: 'alliance', select: '{ id }' };
  const memberIds = Array.from({ length: 1001 }, (_, index) => `in_${index}`);
  const alliance = { name: '医联体', kind: 'SPECIALTY', tightness: 'LOOSE', regionCode: '3203', leadId: 'in_NONE' };
  expect(await faultsOf(write(subgraph, found, { ...alliance, memberIds }, commission))).toEqual([
    'VALIDATION_FAILED memberIds',
  ]);
});
