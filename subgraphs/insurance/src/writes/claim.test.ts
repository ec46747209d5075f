import { encodeOwnedId } from '@hutong/kit';
import { benefitPlansOf } from '@hutong/synthetic';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { contractProjections, referralProjections } from '../tables/projection.ts';
import { outOfAreaFilings, twoDiseaseRegistrations } from '../tables/coverage.ts';
import {
  institutionOf,
  linesFor,
  openWriting,
  serviceLine,
  stayOf,
  visitOf,
  type Answer,
  type Level,
  type Writing,
} from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'), benefitPlansOf('3203', 2024));
});
afterAll(() => writing.database.close());

const updatedAt = '2024-01-01T00:00:00+08:00';
const amounts =
  'outOfScope aheadSelfPay eligible deductible ratio fundBasic fundCatastrophic packageBenefit personalAccount cash';
/** Previews a claim, settles it, and gives what both came to; they must not differ. */
async function settled(input: object): Promise<string> {
  const query = `query ($input: SettleClaimInput!) { previewSettlement(input: $input) { ok errors { code path } settlement { totalAmount ${amounts} } } }`;
  const { previewSettlement: preview } = await writing.read(query, { input });
  const select = `claim { settlement { totalAmount ${amounts} } }`;
  const { ok, errors, claim: done } = await writing.write('settleClaim', input, { select });
  expect({ ok, errors }).toEqual({ ok: true, errors: [] });
  const settlement: Answer = Object(Object(done).settlement);
  expect(preview).toEqual({ ok: true, errors: [], settlement });
  const parts = ['fundBasic', 'fundCatastrophic', 'packageBenefit', 'personalAccount', 'cash'] as const;
  const names = ['outOfScope', 'aheadSelfPay', 'eligible', 'deductible', 'ratio', ...parts];
  return names.map((name) => settlement[name]).join(' ');
}

/** A contract in force this year, with packages. */
async function sign(residentId: string, packageCodes: readonly string[] = [], to = '2024-12-31'): Promise<void> {
  const states = [{ seq: 0, from: '2024-01-01', status: 'ACTIVE', packageCodes }];
  await writing.database.db.insert(contractProjections).values({
    residentId,
    no: 1,
    institutionId: 'in_T',
    teamId: 'tm_1',
    familyDoctorId: 'pr_1',
    status: 'ACTIVE',
    validFrom: '2024-01-01',
    validTo: to,
    states,
    seq: 0,
  });
}

/** A referral of episode 1 that the receiving institution accepted. */
async function refer(
  residentId: string,
  no: number,
  direction: string,
  to: Level,
  fromEncounter?: unknown,
): Promise<string> {
  const fromEncounterNo = typeof fromEncounter === 'string' ? Number.parseInt(fromEncounter.slice(16), 32) : null;
  await writing.database.db.insert(referralProjections).values({
    residentId,
    no,
    episodeNo: 1,
    direction,
    toInstitutionId: institutionOf(to),
    fromEncounterNo,
    status: 'ACCEPTED',
    acceptedOn: '2024-06-01',
    seq: 0,
  });
  return encodeOwnedId('rf', residentId, no);
}

const three = [serviceLine('A', '60'), serviceLine('B', '50'), serviceLine('丙', '10')];
const retired = { scheme: 'EMPLOYEE', personClass: '12', planKey: '310-3203/2024' } as const;

describe('a settled claim, as its preview', () => {
  test('TV-1 a visit at a township hospital without contract', async () => {
    const resident = await writing.insure();
    expect(await settled(visitOf(resident, 'T', three))).toBe('10.00 5.00 105.00 0.00 0.60 63.00 0.00 0.00 0.00 57.00');
  });

  test('TV-2 the outpatient cap leaves 20.00; TV-3 with a contract it is higher; TV-20 a contract that ended yesterday does not help', async () => {
    const resident = await writing.insure();
    await writing.begin(resident, { outpatientFund: '380.00' });
    expect(await settled(visitOf(resident, 'T', three))).toBe(
      '10.00 5.00 105.00 0.00 0.60 20.00 0.00 0.00 0.00 100.00',
    );
    const signed = await writing.insure();
    await sign(signed);
    await writing.begin(signed, { outpatientFund: '380.00' });
    expect(await settled(visitOf(signed, 'T', three))).toBe('10.00 5.00 105.00 0.00 0.60 63.00 0.00 0.00 0.00 57.00');
    const ended = await writing.insure();
    await sign(ended, [], '2024-06-14');
    await writing.begin(ended, { outpatientFund: '520.00' });
    expect(await settled(visitOf(ended, 'T', three))).toBe('10.00 5.00 105.00 0.00 0.60 0.00 0.00 0.00 0.00 120.00');
  });

  test('TV-4 a stay at a township hospital', async () => {
    const resident = await writing.insure();
    const paid = '100.00 80.00 3020.00 200.00 0.90 2538.00 0.00 0.00 0.00 662.00';
    expect(await settled(stayOf(resident, 'T', linesFor(3200, 100, 80)))).toBe(paid);
  });

  test('TV-5 the stroke-rehabilitation package pays 10 % of the remainder at the contract’s hospital, and counts as the contract’s benefit', async () => {
    const lines = linesFor(6000, 200, 150);
    const resident = await writing.insure();
    await sign(resident, ['PK-STROKE']);
    const paid = '200.00 150.00 5650.00 200.00 0.90 4905.00 0.00 109.50 0.00 985.50';
    expect(await settled(stayOf(resident, 'T', lines, { diagnoses: ['I69.3', 'I10'] }))).toBe(paid);
    const query = 'select cap_increase_used, extra_reimbursed from benefit_uses where resident_id = $1';
    expect(await writing.rows(query, resident)).toEqual([{ cap_increase_used: '0.00', extra_reimbursed: '109.50' }]);
    const elsewhere = await writing.insure();
    await sign(elsewhere, ['PK-STROKE']);
    const unshared = '200.00 150.00 5650.00 500.00 0.80 4120.00 0.00 0.00 0.00 1880.00';
    expect(await settled(stayOf(elsewhere, 'C', lines, { diagnoses: ['I69.3'] }))).toBe(unshared);
  });

  test('TV-6 a county stay, TV-7 the up-referral in its episode, TV-12 the second admission of a year', async () => {
    const resident = await writing.insure();
    const county = stayOf(resident, 'C', linesFor(12_000, 600, 900));
    const up = await refer(resident, 1, 'UP', 'M', county['encounterId']);
    expect(await settled(county)).toBe('600.00 900.00 10500.00 500.00 0.80 8000.00 0.00 0.00 0.00 4000.00');
    const onward = stayOf(resident, 'M', linesFor(30_000, 2_000, 2_500), { referralId: up });
    expect(await settled(onward)).toBe('2000.00 2500.00 25500.00 500.00 0.65 16250.00 0.00 0.00 0.00 13750.00');
    const next = await writing.insure();
    await writing.begin(next, { admissions: 1 });
    const second = '600.00 900.00 10500.00 250.00 0.80 8200.00 0.00 0.00 0.00 3800.00';
    expect(await settled(stayOf(next, 'C', linesFor(12_000, 600, 900)))).toBe(second);
  });

  test('TV-8 without referral a tertiary stay loses ten points; TV-9 an emergency does not, nor one that was filed', async () => {
    const lines = linesFor(30_000, 2_000, 2_500);
    const penalised = '2000.00 2500.00 25500.00 1000.00 0.55 13475.00 0.00 0.00 0.00 16525.00';
    const full = '2000.00 2500.00 25500.00 1000.00 0.65 15925.00 0.00 0.00 0.00 14075.00';
    expect(await settled(stayOf(await writing.insure(), 'M', lines))).toBe(penalised);
    expect(await settled(stayOf(await writing.insure(), 'M', lines, { emergency: true }))).toBe(full);
    const filed = await writing.insure();
    const filing = { residentId: filed, no: 1, toProviderCode: 'H32032200003', status: 'ACTIVE' } as const;
    await writing.database.db.insert(outOfAreaFilings).values({ ...filing, from: '2024-06-01' });
    expect(await settled(stayOf(filed, 'M', lines))).toBe(full);
  });

  test('TV-10 outside the region the catastrophic insurance pays above 15,000', async () => {
    const paid = '5000.00 5000.00 40000.00 1500.00 0.40 15400.00 5760.00 0.00 0.00 28840.00';
    expect(await settled(stayOf(await writing.insure(), 'O', linesFor(50_000, 5_000, 5_000)))).toBe(paid);
  });

  test('TV-11 a down-referral has no deductible', async () => {
    const resident = await writing.insure();
    const referralId = await refer(resident, 1, 'DOWN', 'T');
    const paid = '50.00 50.00 2300.00 0.00 0.90 2070.00 0.00 0.00 0.00 330.00';
    expect(await settled(stayOf(resident, 'T', linesFor(2_400, 50, 50), { referralId }))).toBe(paid);
  });

  test('TV-13 the inpatient cap leaves 5,000.00; TV-14 the catastrophic insurance counts what the year brought before', async () => {
    const capped = await writing.insure();
    await writing.begin(capped, { inpatientFund: '195000.00' });
    const paid = '600.00 900.00 10500.00 500.00 0.80 5000.00 0.00 0.00 0.00 7000.00';
    expect(await settled(stayOf(capped, 'C', linesFor(12_000, 600, 900)))).toBe(paid);
    const totals = 'select eligible_oop, inpatient_fund, admissions from accumulators where resident_id = $1';
    expect(await writing.rows(totals, capped)).toEqual([
      { eligible_oop: '5500.00', inpatient_fund: '200000.00', admissions: 1 },
    ]);
    const resident = await writing.insure();
    const county = stayOf(resident, 'C', linesFor(12_000, 600, 900));
    const up = await refer(resident, 1, 'UP', 'M', county['encounterId']);
    await settled(county);
    await writing.rows('update accumulators set eligible_oop = 13000 where resident_id = $1', resident);
    const severe = '2000.00 2500.00 25500.00 500.00 0.65 16250.00 4350.00 0.00 0.00 9400.00';
    expect(await settled(stayOf(resident, 'M', linesFor(30_000, 2_000, 2_500), { referralId: up }))).toBe(severe);
  });

  test('TV-15 a two-disease drug near its cap, the rest as outpatient; without a registration all of it', async () => {
    const drug = { kind: 'DRUG', itemCode: 'XHTN', name: '氨氯地平', quantity: '10', unitPrice: '15', amount: '150' };
    const over = { medicalCategory: 'TWO_DISEASE', diagnoses: ['I10'] };
    const resident = await writing.insure();
    const registration = { residentId: resident, no: 1, disease: 'HTN', registeredAtCode: 'H32032200001' } as const;
    await writing.database.db
      .insert(twoDiseaseRegistrations)
      .values({ ...registration, validFrom: '2024-01-01', status: 'ACTIVE', updatedAt });
    await writing.begin(resident, { twoDiseaseFund: { htn: '350.00', dm: '0.00' } });
    const paid = '0.00 0.00 150.00 0.00 0.65 93.85 0.00 0.00 0.00 56.15';
    expect(await settled(visitOf(resident, 'T', [drug], over))).toBe(paid);
    const totals = 'select two_disease_fund, outpatient_fund from accumulators where resident_id = $1';
    expect(await writing.rows(totals, resident)).toEqual([
      { two_disease_fund: { htn: '400.00', dm: '0.00' }, outpatient_fund: '43.85' },
    ]);
    const pooled = '0.00 0.00 150.00 0.00 0.60 90.00 0.00 0.00 0.00 60.00';
    expect(await settled(visitOf(await writing.insure(), 'T', [drug], { ...over, medicalCategory: '1404' }))).toBe(
      pooled,
    );
  });

  test('TV-16 a retired employee’s stay; the personal account pays before cash where it is used', async () => {
    const employee = { ...retired, accountBalance: '100.00' };
    const lines = linesFor(9_000, 300, 400);
    const cash = '300.00 400.00 8300.00 600.00 0.91 7007.00 0.00 0.00 0.00 1993.00';
    expect(await settled(stayOf(await writing.insure(employee), 'C', lines))).toBe(cash);
    const account = '300.00 400.00 8300.00 600.00 0.91 7007.00 0.00 0.00 100.00 1893.00';
    expect(await settled(stayOf(await writing.insure(employee), 'C', lines, { useAccount: true }))).toBe(account);
  });

  test('TV-19 the residents’ scheme pays nothing for a visit at a tertiary hospital', async () => {
    const paid = '0.00 0.00 200.00 0.00 0.00 0.00 0.00 0.00 0.00 200.00';
    expect(await settled(visitOf(await writing.insure(), 'M', [serviceLine('A', '200')]))).toBe(paid);
  });
});
