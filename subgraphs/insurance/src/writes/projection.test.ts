import { benefitPlansOf } from '@hutong/synthetic';
import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';
import { linesFor, openWriting, serviceLine, stayOf, visitOf, type Answer, type Writing } from '../sample-writing.ts';

let writing: Writing;
let resident: string;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'), benefitPlansOf('3203', 2024));
});
beforeEach(async () => {
  resident = await writing.insure();
});
afterAll(() => writing.database.close());

const lines = [serviceLine('A', '60'), serviceLine('B', '50'), serviceLine('丙', '10')];
const steps = 'settlement { fundBasic cash steps { code nameEn formula value } }';

/** Tells how a contract of the resident stands, on a day. */
async function tellContract(day: string, contract: object = {}, seq?: number): Promise<void> {
  await writing.deliver('public-health', {
    type: 'ServiceContract',
    id: `ct_${resident.slice(3)}_1`,
    at: `${day}T09:00:00+08:00`,
    payload: {
      institutionId: 'in_T',
      teamId: 'tm_1',
      familyDoctorId: 'pr_1',
      status: 'ACTIVE',
      validFrom: '2024-01-01',
      validTo: '2024-12-31',
      terminatedOn: null,
      packageCodes: ['PK-BASIC'],
      version: 1,
      ...contract,
    },
    ...(seq === undefined ? {} : { seq }),
  });
}

/** Tells how a referral of the resident stands, on a day. */
async function tellReferral(day: string, referral: object, seq?: number): Promise<void> {
  await writing.deliver('institutions', {
    type: 'Referral',
    id: `rf_${resident.slice(3)}_1`,
    at: `${day}T09:00:00+08:00`,
    payload: {
      scope: 'INTER_ALLIANCE',
      direction: 'UP',
      toId: 'in_M',
      episodeId: `re_${resident.slice(3)}_1`,
      ...referral,
    },
    ...(seq === undefined ? {} : { seq }),
  });
}

async function settle(input: object): Promise<Answer> {
  const { errors, claim } = await writing.write('settleClaim', input, { select: `claim { id ${steps} }` });
  expect(errors).toEqual([]);
  return Object(claim);
}

/** Basic fund of a visit on a day by somebody whose outpatient fund stands at 380: 20.00 without a contract, 63.00 with one. */
async function fundOn(day: string): Promise<unknown> {
  const query =
    'query ($input: SettleClaimInput!) { previewSettlement(input: $input) { settlement { fundBasic } contractActive } }';
  const input = visitOf(resident, 'T', lines, { serviceDate: day });
  const { previewSettlement } = await writing.read(query, { input });
  return Object(previewSettlement).settlement.fundBasic;
}

async function storedClaim(id: unknown): Promise<Answer> {
  const query = `query ($id: ID!) { claim(id: $id) { status version ${steps} } }`;
  return Object((await writing.read(query, { id }))['claim']);
}

async function alerts(): Promise<readonly Answer[]> {
  const query = `query { fundAlerts(where: { rule: { eq: "CONTRACT_FACTS" } }) { nodes { status detail version claim { id } } } }`;
  const { fundAlerts } = await writing.read(query);
  const nodes: readonly { claim: { id: string } }[] = Object(fundAlerts).nodes;
  return nodes.filter(({ claim }) => claim.id.includes(resident.slice(3))).map(({ claim: _claim, ...alert }) => alert);
}

test('a contract that ends in March raises the cap up to its last day, and no longer in April', async () => {
  await writing.begin(resident, { outpatientFund: '380.00' });
  await tellContract('2024-01-05');
  await tellContract('2024-03-20', { status: 'TERMINATED', terminatedOn: '2024-03-31' });
  const days = ['2024-01-04', '2024-01-05', '2024-03-31', '2024-04-01'];
  expect(await Promise.all(days.map(fundOn))).toEqual(['20.00', '63.00', '63.00', '20.00']);
});

test('an older change of a contract that comes late adds its state and overwrites nothing', async () => {
  await writing.begin(resident, { outpatientFund: '380.00' });
  await tellContract('2024-05-01', { status: 'SUSPENDED', version: 3 }, 900);
  await tellContract('2024-01-05', { status: 'ACTIVE', version: 2 }, 800);
  const [row] = await writing.rows(
    'select status, seq::int as seq, states from contract_projections where resident_id = $1',
    resident,
  );
  const packageCodes = ['PK-BASIC'];
  expect(row).toEqual({
    status: 'SUSPENDED',
    seq: 900,
    states: [
      { seq: 800, from: '2024-01-05', status: 'ACTIVE', packageCodes },
      { seq: 900, from: '2024-05-01', status: 'SUSPENDED', packageCodes },
    ],
  });
  expect([await fundOn('2024-04-30'), await fundOn('2024-05-01')]).toEqual(['63.00', '20.00']);
});

test('a claim settled before its contract was known is checked again: it says so, and a lead asks for a review with the difference', async () => {
  await writing.begin(resident, { outpatientFund: '380.00' });
  const { id } = await settle(visitOf(resident, 'T', lines));
  expect(await alerts()).toEqual([]);
  await tellContract('2024-01-05');
  const formula = '统筹基金 fundBasic: 20.00 → 63.00; 个人现金 cash: 100.00 → 57.00';
  const checked = await storedClaim(id);
  expect(checked).toMatchObject({ status: 'SETTLED', version: 2, settlement: { fundBasic: '20.00', cash: '100.00' } });
  expect(Object(checked['settlement']).steps.at(-1)).toEqual({
    code: 'recheck',
    nameEn: 'Checked again with contract facts told later; the difference waits for review',
    formula,
    value: '-43.00',
  });
  expect(await alerts()).toEqual([
    { status: 'OPEN', version: 1, detail: `签约信息后到，重算结果与结算不符：${formula}` },
  ]);
  await tellContract('2024-03-20', { status: 'TERMINATED', terminatedOn: '2024-03-31', version: 2 });
  expect(await alerts()).toMatchObject([{ status: 'DISMISSED', version: 2 }]);
  const again = Object((await storedClaim(id))['settlement']);
  expect(again.steps.map(({ code }: { code: string }) => code)).not.toContain('recheck');
});

test('a contract told after a claim has read what is known, and before it is written, waits for it and checks it', async () => {
  await writing.begin(resident, { outpatientFund: '380.00' });
  const waits = (what: string) =>
    writing.rows(`select 1 from pg_locks where not granted and ${what}
      and database = (select oid from pg_database where datname = current_database())`);
  const blocker = await writing.database.sql.reserve();
  await blocker`begin`;
  await blocker`lock table status_history in exclusive mode`;
  const settling = settle(visitOf(resident, 'T', lines));
  await vi.waitFor(async () => expect(await waits(`relation = 'status_history'::regclass`)).toHaveLength(1), 10_000);
  const telling = tellContract('2024-01-05');
  const held = vi.waitFor(async () => expect(await waits(`locktype = 'advisory'`)).toHaveLength(1), 10_000);
  await Promise.race([telling, held]);
  await blocker`commit`;
  blocker.release();
  const [{ settlement }] = await Promise.all([settling, telling, held.catch(() => undefined)]);
  expect([Object(settlement).fundBasic, (await alerts()).map(({ status }) => status)]).toEqual(['20.00', ['OPEN']]);
});

test('a contract that changes nothing of what was settled raises nothing; voided claims are not checked', async () => {
  const { id } = await settle(visitOf(resident, 'T', lines));
  await tellContract('2024-01-05');
  expect([await alerts(), (await storedClaim(id))['version']]).toEqual([[], 1]);
  const other = await settle(
    stayOf(resident, 'T', linesFor(6000, 200, 150), {
      diagnoses: ['I69.3'],
      serviceDate: '2024-02-10',
      stay: { admittedOn: '2024-02-01' },
    }),
  );
  await writing.write('voidClaim', { id: other['id'], reason: '错' });
  await tellContract('2024-01-06', { packageCodes: ['PK-STROKE'] });
  expect(await alerts()).toEqual([]);
});

test('packages count from the day they are agreed', async () => {
  await tellContract('2024-01-05');
  await tellContract('2024-06-01', { packageCodes: ['PK-BASIC', 'PK-STROKE'] });
  const stays = ['2024-05-31', '2024-06-01'].map((serviceDate) =>
    stayOf(resident, 'T', linesFor(6000, 200, 150), {
      diagnoses: ['I69.3'],
      serviceDate,
      stay: { admittedOn: '2024-05-20' },
    }),
  );
  const query =
    'query ($input: SettleClaimInput!) { previewSettlement(input: $input) { settlement { packageBenefit } } }';
  const told = await Promise.all(stays.map((input) => writing.read(query, { input })));
  expect(told).toEqual(
    ['0.00', '109.50'].map((packageBenefit) => ({ previewSettlement: { settlement: { packageBenefit } } })),
  );
});

test('a settlement says from whom no news came for a minute, or never', async () => {
  const at = (instant: string, source: string) =>
    writing.rows(`update inbox_positions set up_to = ${instant} where source = '${source}'`);
  await at(`'2024-12-31T23:58:00+08:00'`, 'public-health');
  await at(`'2024-12-31T23:59:10+08:00'`, 'institutions');
  const first = await settle(visitOf(resident, 'T', lines));
  const late = (formula: string, value: string) => ({
    code: 'behind',
    nameEn: 'Not all is known of contracts and referrals yet; it will be checked again',
    formula,
    value,
  });
  expect(Object(first['settlement']).steps.at(-1)).toEqual(late('public-health: 119 s', '119'));
  await at('null', 'institutions');
  const second = await settle(visitOf(resident, 'T', lines));
  expect(Object(second['settlement']).steps.at(-1)).toEqual(late('public-health: 119 s; institutions: ?', '119'));
  for (const source of ['public-health', 'institutions']) await at(`'2025-12-31T23:59:59+08:00'`, source);
  const third = await settle(visitOf(resident, 'T', lines));
  expect(Object(third['settlement']).steps.at(-1).code).toBe('cash');
});

test('a referral means the plan’s terms until the stay it led to is settled, and again when that is voided', async () => {
  const effect = async () => {
    const of = [{ __typename: 'Referral', id: `rf_${resident.slice(3)}_1` }];
    const query =
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Referral { settlementEffect { ratio deductible } } } }';
    const { _entities: entities } = await writing.read(query, { of });
    return Object(entities)[0].settlementEffect;
  };
  const county = stayOf(resident, 'C', linesFor(12_000, 600, 900), {
    serviceDate: '2024-06-01',
    stay: { admittedOn: '2024-05-20' },
  });
  await settle(county);
  const fromEncounterId = county['encounterId'];
  await tellReferral('2024-06-01', { status: 'SUBMITTED', fromEncounterId });
  expect(await effect()).toBeNull();
  await tellReferral('2024-06-02', { status: 'ACCEPTED', fromEncounterId });
  const terms = { ratio: '0.65', deductible: '1000.00' };
  expect(await effect()).toEqual(terms);
  const referralId = `rf_${resident.slice(3)}_1`;
  const early = stayOf(resident, 'M', linesFor(9000, 0, 0), {
    referralId,
    serviceDate: '2024-06-01',
    stay: { admittedOn: '2024-05-20' },
  });
  expect((await writing.write('settleClaim', early))['errors']).toEqual(['VALIDATION_FAILED referralId']);
  const elsewhere = stayOf(resident, 'C', linesFor(9000, 0, 0), { referralId });
  expect((await writing.write('settleClaim', elsewhere))['errors']).toEqual(['VALIDATION_FAILED referralId']);
  const { id } = await settle(stayOf(resident, 'M', linesFor(9000, 0, 0), { referralId }));
  expect(await effect()).toEqual({ ratio: '0.65', deductible: '500.00' });
  await writing.write('voidClaim', { id, reason: '错' });
  expect(await effect()).toEqual(terms);
  await tellReferral('2024-06-20', { status: 'CANCELLED' }, 50);
  expect(
    (await writing.write('settleClaim', stayOf(resident, 'M', linesFor(9000, 0, 0), { referralId })))['errors'],
  ).toEqual(['VALIDATION_FAILED referralId']);
});

test('an institution that is told of can get an agreement, and none when it has closed', async () => {
  await writing.deliver('institutions', {
    type: 'Institution',
    id: 'in_TOLD',
    at: '2024-05-01T09:00:00+08:00',
    payload: { status: 'ACTIVE', regionCode: '320322107' },
  });
  expect(await writing.rows(`select status, region_code from institution_projections where id = 'in_TOLD'`)).toEqual([
    { status: 'ACTIVE', region_code: '320322107' },
  ]);
});
