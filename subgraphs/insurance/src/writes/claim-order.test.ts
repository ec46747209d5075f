import { benefitPlansOf } from '@hutong/synthetic';
import { array, constantFrom, integer, record, sample, boolean } from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { referralProjections } from '../tables/projection.ts';
import {
  bureau,
  linesFor,
  newEncounter,
  openWriting,
  serviceLine,
  stayOf,
  township,
  visitOf,
  type Answer,
  type Writing,
} from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'), benefitPlansOf('3203', 2024));
});
afterAll(() => writing.database.close());

const select = 'claim { id status version settlement { totalAmount fundBasic cash steps { code } } }';
const visitLines = [serviceLine('A', '60'), serviceLine('B', '50'), serviceLine('丙', '10')];
const employee = {
  scheme: 'EMPLOYEE',
  personClass: '11',
  planKey: '310-3203/2024',
  accountBalance: '3000.00',
} as const;

async function settle(input: object, asking = {}): Promise<Answer> {
  return writing.write('settleClaim', input, { select, ...asking });
}
const claimOf = (answer: Answer): Answer => Object(answer['claim']);

/** All that settling changes for a resident, but versions and instants. */
async function stateOf(resident: string): Promise<unknown> {
  const of = (columns: string, table: string) =>
    writing.rows(`select ${columns} from ${table} where resident_id = $1 order by 1, 2`, resident);
  return {
    totals: await of(
      'no, inpatient_fund, outpatient_fund, two_disease_fund, eligible_oop, admissions, outpatient_deductible_paid, deductible_paid_by_episode',
      'accumulators',
    ),
    account: await of('no, account_balance', 'coverages'),
    benefits: await of('no, cap_increase_used, extra_reimbursed, discount', 'benefit_uses'),
    effects: await of('no, ratio, deductible', 'referral_effects'),
    cases: await of('no, payable', 'drg_cases'),
  };
}

/** Claims of whatever kind, the same in every run. */
function randomClaims(resident: string, count: number): Answer[] {
  const claims = record({
    level: constantFrom('T', 'C', 'M', 'O'),
    isStay: boolean(),
    amounts: array(integer({ min: 1, max: 900_000 }), { minLength: 1, maxLength: 4 }),
    codes: array(constantFrom('A', 'B', 'B5', '丙'), { minLength: 4, maxLength: 4 }),
    emergency: boolean(),
    useAccount: boolean(),
    day: constantFrom('2024-02-01', '2024-06-15', '2024-11-30'),
  });
  return sample(claims, { numRuns: count, seed: 20_241_231 }).map(
    ({ level, isStay, amounts, codes, day, ...flags }) => {
      const lines = amounts.map((cents, index) => serviceLine(codes[index] ?? 'A', (cents / 100).toFixed(2)));
      const over = { ...flags, serviceDate: day };
      return isStay
        ? stayOf(resident, level, lines, { ...over, stay: { admittedOn: '2024-01-20' } })
        : visitOf(resident, level, lines, over);
    },
  );
}

test('of random claims one after the other, each preview tells what is settled then', async () => {
  const resident = await writing.insure(employee);
  const fields =
    'settlement { totalAmount eligible deductible ratio fundBasic fundCatastrophic assistance personalAccount cash capRemainingAfter steps { code formula value } }';
  const query = `query ($input: SettleClaimInput!) { previewSettlement(input: $input) { ok ${fields} scheme level } }`;
  for (const input of randomClaims(resident, 25)) {
    const { previewSettlement: preview } = await writing.read(query, { input });
    const { claim } = await writing.write('settleClaim', input, { select: `claim { ${fields} }` });
    const { settlement, ...shown } = Object(preview);
    expect({ settlement }).toEqual(claim);
    expect(shown).toMatchObject({ ok: true, scheme: 'EMPLOYEE' });
  }
}, 60_000);

test('settling and voiding random claims leaves totals, account, benefits, effects and cases as they were', async () => {
  const resident = await writing.insure(employee);
  await writing.database.db.insert(referralProjections).values({
    residentId: resident,
    no: 1,
    episodeNo: 1,
    direction: 'UP',
    toInstitutionId: 'in_M',
    fromEncounterNo: null,
    status: 'ARRIVED',
    acceptedOn: '2024-01-02',
    seq: 0,
  });
  const referred = { referralId: `rf_${resident.slice(3)}_1` };
  const first = await settle(stayOf(resident, 'M', linesFor(9000, 0, 0), referred));
  expect(first['errors']).toEqual([]);
  await writing.write('voidClaim', { id: claimOf(first)['id'], reason: '录入错误' });
  const before = await stateOf(resident);
  const done: unknown[] = [];
  const inputs = [stayOf(resident, 'M', linesFor(9000, 0, 0), referred), ...randomClaims(resident, 12)];
  for (const input of inputs) done.push(claimOf(await settle(input))['id']);
  const [, , third, ...others] = done;
  for (const id of [third, ...others.toReversed(), done[0], done[1]]) {
    expect(await writing.write('voidClaim', { id, reason: '录入错误' })).toEqual({ ok: true, errors: [] });
  }
  expect(await stateOf(resident)).toEqual(before);
  const [left] = await writing.rows(
    `select sum(eligible_oop) as oop, sum(admissions) as stays from accumulators where resident_id = $1`,
    resident,
  );
  expect(left).toEqual({ oop: '0.00', stays: 0 });
}, 60_000);

test('twenty claims of one resident at one moment: the totals are the sum of what was settled, and the account pays once', async () => {
  const resident = await writing.insure({ ...employee, accountBalance: '500.00' });
  const inputs = Array.from({ length: 20 }, (_, index) =>
    index % 2 === 0
      ? stayOf(resident, 'C', linesFor(3000 + index, 0, 0), { useAccount: true })
      : visitOf(resident, 'T', [serviceLine('A', `${100 + index}`)], {
          serviceDate: index % 4 === 1 ? '2023-12-30' : '2024-06-15',
        }),
  );
  await writing.rows(`update designated_providers set valid_from = '2023-01-01'`);
  await writing.rows(
    `insert into benefit_plans select '310-3203/2023', code, 2023, name, scheme, region_code, caps, retired, outpatient_yearly_deductible, catastrophic, assistance_ratio from benefit_plans where key = '310-3203/2024'`,
  );
  await writing.rows(
    `insert into benefit_rules select id || 'X', '310-3203/2023', medical_category, level, deductible, ratio, ratio_with_contract, annual_cap, no_referral_penalty, repeat_factor, 1, updated_at from benefit_rules where plan_key = '310-3203/2024'`,
  );
  const answers = await Promise.all(inputs.map((input) => settle(input)));
  expect(answers.map(({ errors }) => errors)).toEqual(inputs.map(() => []));
  const [sums] = await writing.rows(
    `select (select sum(inpatient_fund + outpatient_fund) from accumulators where resident_id = $1) = sum(fund_basic) as fund,
            (select sum(eligible_oop) from accumulators where resident_id = $1) = sum(eligible - fund_basic) as oop,
            (select sum(admissions) from accumulators where resident_id = $1) = count(*) filter (where category = 'INPATIENT') as stays,
            500 - (select account_balance from coverages where resident_id = $1) = sum(personal_account) as account,
            count(distinct no)::int as numbers, sum(personal_account) as paid from claims where resident_id = $1`,
    resident,
  );
  expect(sums).toEqual({ fund: true, oop: true, stays: true, account: true, numbers: 20, paid: '500.00' });
}, 60_000);

test('the order of claims of different years does not matter', async () => {
  const [one, other] = [await writing.insure(employee), await writing.insure(employee)];
  const claims = (resident: string) => [
    stayOf(resident, 'C', linesFor(12_000, 600, 900), {
      serviceDate: '2023-12-31',
      stay: { admittedOn: '2023-12-20' },
    }),
    stayOf(resident, 'M', linesFor(30_000, 2_000, 2_500)),
  ];
  const paid = async (inputs: readonly object[]) => {
    const told: unknown[] = [];
    for (const input of inputs) told.push(claimOf(await settle(input))['settlement']);
    return told;
  };
  const forward = await paid(claims(one));
  const backward = await paid(claims(other).toReversed());
  expect(backward.toReversed()).toEqual(forward);
});

test('under one request number a claim is settled once, also at one moment, and stays the answer after it was voided', async () => {
  const resident = await writing.insure();
  const input = visitOf(resident, 'T', visitLines, { claimRequestId: 'HIS-1' });
  const answers = await Promise.all(Array.from({ length: 5 }, () => settle(input, township)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  const { id } = claimOf(answers[0] ?? {});
  const other = { ...input, serviceDate: '2024-06-14' };
  expect((await settle(other))['errors']).toEqual(['VALIDATION_FAILED claimRequestId']);
  expect((await writing.write('voidClaim', { id, reason: '退费', version: 1 }, township))['errors']).toEqual([]);
  const voided = { id, status: 'VOIDED', version: 2 };
  expect(claimOf(await settle(input, township))).toMatchObject(voided);
  const { claimRequestId, ...unnumbered } = input;
  expect(claimRequestId).toBe('HIS-1');
  expect(claimOf(await settle({ ...unnumbered, claimRequestId: id }))).toMatchObject(voided);
  expect((await writing.write('voidClaim', { id, reason: '退费' }))['errors']).toEqual(['INVALID_TRANSITION id']);
  expect(claimOf(await settle(unnumbered))).toMatchObject({ status: 'SETTLED' });
  expect(
    await writing.rows('select "from", "to", reason from status_history where id = $1 order by seq', String(id)),
  ).toEqual([
    { from: null, to: 'SETTLED', reason: null },
    { from: 'SETTLED', to: 'VOIDED', reason: '退费' },
  ]);
});

test('an encounter is settled once; of two at one moment one is refused', async () => {
  const resident = await writing.insure();
  const input = visitOf(resident, 'T', visitLines);
  const answers = await Promise.all([settle(input), settle(input)]);
  const told = answers.map(({ errors }) => String(errors)).toSorted();
  expect(told).toEqual(['', 'VALIDATION_FAILED encounterId']);
});

test('everything wrong with a claim is told at once, by its preview, too', async () => {
  const resident = await writing.insure({ validTo: '2024-05-31' });
  const wrong = visitOf(
    resident,
    'T',
    [serviceLine('A', '60', '2', '31'), serviceLine('A', '-1'), serviceLine(' ', '1', '0', '1')],
    {
      medicalCategory: '99',
      diagnoses: ['cough'],
      referralId: 'rf_000000000000_1',
      encounterId: 'en_000000000000_1',
      stay: { admittedOn: '2024-06-16', drgCode: 'XX99' },
      serviceDate: '2025-01-01',
    },
  );
  const errors = [
    'NOT_FOUND encounterId',
    'VALIDATION_FAILED medicalCategory',
    'VALIDATION_FAILED diagnoses.0',
    'VALIDATION_FAILED serviceDate',
    'VALIDATION_FAILED stay',
    'VALIDATION_FAILED lines.0.amount',
    'VALIDATION_FAILED lines.1.unitPrice',
    'VALIDATION_FAILED lines.1.amount',
    'VALIDATION_FAILED lines.2.itemCode',
    'VALIDATION_FAILED lines.2.quantity',
    'VALIDATION_FAILED lines.2.amount',
    'VALIDATION_FAILED residentId',
    'NOT_FOUND referralId',
    'VALIDATION_FAILED stay.drgCode',
  ];
  expect(await settle(wrong)).toEqual({ ok: false, errors, claim: null });
  const query =
    'query ($input: SettleClaimInput!) { previewSettlement(input: $input) { ok errors { code path } settlement { cash } } }';
  const { previewSettlement } = await writing.read(query, { input: wrong });
  const told = Object(previewSettlement).errors.map(
    ({ code, path }: { code: string; path: string[] }) => `${code} ${path.slice(1).join('.')}`,
  );
  expect({ told, settlement: Object(previewSettlement).settlement }).toEqual({ told: errors, settlement: null });
  expect(await writing.rows('select no from accumulators where resident_id = $1', resident)).toEqual([]);
});

test('a claim needs an agreement in force, an institution that is known, a plan of its year, and a rule of its level', async () => {
  const resident = await writing.insure({ validFrom: '2020-01-01' });
  const refused = async (input: object, asking = {}) => (await settle(input, asking))['errors'];
  const visit = (over: object) => visitOf(resident, 'T', visitLines, over);
  expect(await refused(visit({ institutionId: 'in_NEW' }))).toEqual(['NOT_FOUND institutionId']);
  const late = { businessTime: '2026-02-01T09:00:00+08:00' };
  expect(await refused(visit({ serviceDate: '2026-01-31' }), late)).toEqual(['VALIDATION_FAILED institutionId']);
  expect(await refused(visit({ serviceDate: '2022-01-31' }))).toEqual([
    'VALIDATION_FAILED institutionId',
    'VALIDATION_FAILED serviceDate',
  ]);
  expect(await refused(stayOf(resident, 'V', visitLines))).toEqual(['VALIDATION_FAILED medicalCategory']);
  expect(await refused(visit({ medicalCategory: '41' }))).toEqual(['VALIDATION_FAILED medicalCategory']);
  expect(await refused(visit({ encounterId: null }))).toEqual(['VALIDATION_FAILED encounterId']);
  expect(await refused(visit({ residentId: 'rs_NOBODY', encounterId: null }))).toEqual([
    'VALIDATION_FAILED residentId',
    'VALIDATION_FAILED encounterId',
  ]);
});

test('only the provider or the bureau of its region settles and voids', async () => {
  const resident = await writing.insure();
  const other = { caller: { role: 'INST_STAFF', kind: 'PERSON', institutionId: 'in_C' } } as const;
  const far = { caller: { role: 'INSURANCE_BUREAU', kind: 'PERSON', regionCodes: ['310100'] } } as const;
  const input = visitOf(resident, 'T', visitLines);
  expect((await settle(input, other))['errors']).toEqual(['FORBIDDEN institutionId']);
  expect((await settle(input, far))['errors']).toEqual(['FORBIDDEN institutionId']);
  const settled = await settle(input, township);
  const { id } = claimOf(settled);
  expect((await writing.write('voidClaim', { id, reason: ' ' }, other))['errors']).toEqual([
    'FORBIDDEN id',
    'VALIDATION_FAILED reason',
  ]);
  expect((await writing.write('voidClaim', { id, reason: '错', version: 7 }, bureau))['errors']).toEqual([
    'VERSION_CONFLICT version',
  ]);
  expect((await writing.write('voidClaim', { id, reason: '错' }, bureau))['errors']).toEqual([]);
  expect((await writing.write('voidClaim', { id: 'cl_000000000000_1', reason: '错' }))['errors']).toEqual([
    'NOT_FOUND id',
  ]);
});

test('the catalogue decides class, self-paid share and price cap of a line, whatever is charged', async () => {
  const resident = await writing.insure();
  const drug = { kind: 'DRUG', itemCode: 'XCAP', name: '药', quantity: '28', unitPrice: '1.5', amount: '42.00' };
  const input = visitOf(resident, 'C', [drug, serviceLine('CT', '300', '2', '150'), serviceLine('未入目录', '9')]);
  const fields = 'lines { chargeClass selfPayRatio priceCap } settlement { outOfScope aheadSelfPay eligible }';
  const { claim } = await writing.write('settleClaim', input, { select: `claim { ${fields} }` });
  expect(claim).toEqual({
    lines: [
      { chargeClass: 'A', selfPayRatio: '0.00', priceCap: '1.2500' },
      { chargeClass: 'B', selfPayRatio: '0.10', priceCap: '100.00' },
      { chargeClass: 'C', selfPayRatio: '0', priceCap: null },
    ],
    settlement: { outOfScope: '116.00', aheadSelfPay: '20.00', eligible: '215.00' },
  });
});

test('TV-26 a stay makes a DRG case; without a group it is not grouped', async () => {
  const resident = await writing.insure();
  const fields = 'drgCase { id outlier cost standard payable fundPayable hospitalBalance group { code } }';
  const cost = [serviceLine('A', '3500')];
  const settled = async (stay: object) =>
    Object(
      (await writing.write('settleClaim', stayOf(resident, 'C', cost, { stay }), { select: `claim { ${fields} }` }))[
        'claim'
      ],
    ).drgCase;
  expect(await settled({ admittedOn: '2024-06-08', drgCode: 'ES25' })).toMatchObject({
    outlier: 'NORMAL',
    standard: '3844.00',
    payable: '3844.00',
    hospitalBalance: '344.00',
    group: { code: 'ES25' },
  });
  expect(await settled({ admittedOn: '2024-06-08' })).toMatchObject({
    outlier: 'UNGROUPED',
    payable: '3500.00',
    group: null,
  });
  expect(await settled({ admittedOn: '2024-06-15', drgCode: 'ES25' })).toMatchObject({
    outlier: 'EXCLUDED',
    hospitalBalance: '0.00',
  });
});

test('the log tells of every row that a claim changes, without amounts', async () => {
  const resident = await writing.insure(employee);
  const encounterId = newEncounter(resident);
  const answer = await settle(stayOf(resident, 'C', linesFor(3000, 0, 0), { useAccount: true, encounterId }));
  const id = String(claimOf(answer)['id']);
  await writing.write('voidClaim', { id, reason: '错' });
  const told = await writing.rows(
    'select type, kind, payload from changes where resident_id = $1 order by seq',
    resident,
  );
  const claim = { providerCode: 'H32032200002', serviceDate: '2024-06-15' };
  expect(told.map(({ type, kind, payload }) => [type, kind, payload])).toEqual([
    ['Accumulator', 'UPDATED', { year: 2024, version: 2 }],
    ['Coverage', 'UPDATED', { status: 'VALID', version: 2 }],
    ['Claim', 'CREATED', { ...claim, status: 'SETTLED', version: 1 }],
    ['DrgCase', 'CREATED', { month: '2024-06' }],
    ['Accumulator', 'UPDATED', { year: 2024, version: 3 }],
    ['Coverage', 'UPDATED', { status: 'VALID', version: 3 }],
    ['DrgCase', 'DELETED', { month: '2024-06' }],
    ['Claim', 'UPDATED', { ...claim, status: 'VOIDED', version: 2 }],
  ]);
});
