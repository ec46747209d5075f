import { benefitPlansOf } from '@hutong/synthetic';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { fundAlerts } from '../tables/fund.ts';
import { bureau, openWriting, poolBureau, township, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'), benefitPlansOf('3203', 2024));
});
afterAll(() => writing.database.close());

const errorsOf = async (name: string, input: object, asking = {}) =>
  (await writing.write(name, input, asking))['errors'];
const inJune = { businessTime: '2024-06-15T09:00:00+08:00' };
const far = { caller: { role: 'INSURANCE_BUREAU', kind: 'PERSON', regionCodes: ['310100'] } } as const;

test('a registration for two-disease drugs is in force from its day to its last one, and insulin replaces plain diabetes', async () => {
  const residentId = await writing.insure();
  const form = { residentId, disease: 'DM', institutionId: 'in_T', validFrom: '2024-06-15' };
  const select = 'twoDiseaseRegistration { id disease status validFrom validTo registeredAt { providerCode } version }';
  const registered = await writing.write('registerTwoDisease', form, { select, ...township, ...inJune });
  expect(registered).toEqual({
    ok: true,
    errors: [],
    twoDiseaseRegistration: {
      id: `tw_${residentId.slice(3)}_1`,
      disease: 'DM',
      status: 'ACTIVE',
      validFrom: '2024-06-15',
      validTo: null,
      registeredAt: { providerCode: 'H32032200001' },
      version: 1,
    },
  });
  expect(await errorsOf('registerTwoDisease', form, inJune)).toEqual(['VALIDATION_FAILED disease']);
  const insulin = { ...form, disease: 'DM_INSULIN', validFrom: '2024-07-01' };
  expect(await errorsOf('registerTwoDisease', insulin, { ...bureau, ...inJune })).toEqual([]);
  expect(await errorsOf('registerTwoDisease', form, inJune)).toEqual(['VALIDATION_FAILED disease']);
  const id = `tw_${residentId.slice(3)}_2`;
  const end = { id, validTo: '2024-08-31', reason: '停药' };
  expect(await errorsOf('endTwoDisease', { ...end, version: 3 }, inJune)).toEqual(['VERSION_CONFLICT version']);
  expect(await errorsOf('endTwoDisease', { ...end, validTo: '2024-06-14' }, { ...far, ...inJune })).toEqual([
    'FORBIDDEN id',
    'VALIDATION_FAILED validTo',
    'VALIDATION_FAILED validTo',
  ]);
  expect(await errorsOf('endTwoDisease', end, { ...township, ...inJune })).toEqual([]);
  expect(await errorsOf('endTwoDisease', end, inJune)).toEqual(['INVALID_TRANSITION id']);
  const query =
    'select disease, status, valid_from, valid_to, version from two_disease_registrations where resident_id = $1 order by no';
  expect(await writing.rows(query, residentId)).toEqual([
    { disease: 'DM', status: 'ENDED', valid_from: '2024-06-15', valid_to: '2024-06-30', version: 2 },
    { disease: 'DM_INSULIN', status: 'ENDED', valid_from: '2024-07-01', valid_to: '2024-08-31', version: 2 },
  ]);
  expect(
    await writing.rows(
      'select "from", "to", reason from status_history where resident_id = $1 order by seq',
      residentId,
    ),
  ).toEqual([
    { from: null, to: 'ACTIVE', reason: null },
    { from: null, to: 'ACTIVE', reason: null },
    { from: 'ACTIVE', to: 'ENDED', reason: '改为胰岛素备案' },
    { from: 'ACTIVE', to: 'ENDED', reason: '停药' },
  ]);
});

test('a registration that ended counts up to its last day', async () => {
  const residentId = await writing.insure();
  const form = { residentId, disease: 'HTN', institutionId: 'in_T', validFrom: '2024-06-15' };
  await writing.write('registerTwoDisease', form, inJune);
  await writing.write('endTwoDisease', { id: `tw_${residentId.slice(3)}_1`, validTo: '2024-06-30' }, inJune);
  const line = { kind: 'DRUG', itemCode: 'XHTN', name: '药', quantity: '1', unitPrice: '100', amount: '100' };
  const funds = await Promise.all(
    ['2024-06-14', '2024-06-15', '2024-06-30', '2024-07-01'].map(async (serviceDate) => {
      const claim = { residentId, institutionId: 'in_T', medicalCategory: 'TWO_DISEASE', diagnoses: ['I10'] };
      const query =
        'query ($input: SettleClaimInput!) { previewSettlement(input: $input) { settlement { fundBasic } } }';
      const { previewSettlement } = await writing.read(query, { input: { ...claim, serviceDate, lines: [line] } });
      return Object(previewSettlement).settlement.fundBasic;
    }),
  );
  expect(funds).toEqual(['60.00', '65.00', '65.00', '60.00']);
});

test('employees, the uninsured, past days and strangers get no registration, all told at once', async () => {
  const employee = await writing.insure({ scheme: 'EMPLOYEE', planKey: '310-3203/2024' });
  const form = { residentId: employee, disease: 'HTN', institutionId: 'in_NEW', validFrom: '2024-06-14' };
  expect(await errorsOf('registerTwoDisease', form, { ...far, ...inJune })).toEqual([
    'NOT_FOUND institutionId',
    'FORBIDDEN institutionId',
    'VALIDATION_FAILED residentId',
    'VALIDATION_FAILED validFrom',
  ]);
  const nobody = { ...form, residentId: 'rs_ZZZZZZZZZZZZ', institutionId: 'in_T', validFrom: '2024-06-15' };
  expect(await errorsOf('registerTwoDisease', nobody, { ...bureau, ...inJune })).toEqual([
    'FORBIDDEN institutionId',
    'VALIDATION_FAILED residentId',
  ]);
});

test('a resident files care outside by hand once for the same days, and nobody files for another', async () => {
  const residentId = await writing.insure();
  const self = { caller: { role: 'RESIDENT', kind: 'PERSON', residentId } } as const;
  const form = { residentId, toInstitutionId: 'in_O', from: '2024-06-20', to: '2024-08-31' };
  const select = 'outOfAreaFiling { from to status toInstitution { providerCode } referral { id } }';
  expect(await writing.write('fileOutOfArea', form, { select, ...self, ...inJune })).toEqual({
    ok: true,
    errors: [],
    outOfAreaFiling: {
      from: '2024-06-20',
      to: '2024-08-31',
      status: 'ACTIVE',
      toInstitution: { providerCode: 'H32032200004' },
      referral: null,
    },
  });
  expect(await errorsOf('fileOutOfArea', { ...form, from: '2024-08-31', to: null }, { ...bureau, ...inJune })).toEqual([
    'VALIDATION_FAILED from',
  ]);
  expect(await errorsOf('fileOutOfArea', { ...form, from: '2024-09-01', to: null }, { ...bureau, ...inJune })).toEqual(
    [],
  );
  const other = { caller: { role: 'RESIDENT', kind: 'PERSON', residentId: 'rs_ZZZZZZZZZZZZ' } } as const;
  expect(
    await errorsOf(
      'fileOutOfArea',
      { residentId, toInstitutionId: 'in_C', from: '2024-06-14', to: '2024-06-13' },
      { ...other, ...inJune },
    ),
  ).toEqual([
    'FORBIDDEN residentId',
    'VALIDATION_FAILED toInstitutionId',
    'VALIDATION_FAILED from',
    'VALIDATION_FAILED to',
  ]);
});

test('the bureau signs an agreement with an open institution of its region and renews it; the code stays', async () => {
  const form = {
    institutionId: 'in_NEW',
    providerCode: 'H32032200105',
    agreementNo: '沛医保协2024-105',
    level: 'T',
    validFrom: '2024-07-01',
    validTo: '2025-06-30',
    paymentMethods: ['DRG', 'CAPITATION', 'DRG'],
  };
  const select = 'designatedProvider { providerCode level validTo creditScore paymentMethods region { code } version }';
  expect(await writing.write('designateProvider', form, { select, ...bureau, ...inJune })).toEqual({
    ok: true,
    errors: [],
    designatedProvider: {
      providerCode: 'H32032200105',
      level: 'T',
      validTo: '2025-06-30',
      creditScore: null,
      paymentMethods: ['DRG', 'CAPITATION'],
      region: { code: '320322' },
      version: 1,
    },
  });
  const renewed = { ...form, validTo: '2026-06-30', creditScore: '91.5', version: 1 };
  expect(
    (await writing.write('designateProvider', renewed, { select, ...bureau, ...inJune }))['designatedProvider'],
  ).toMatchObject({
    validTo: '2026-06-30',
    creditScore: '91.50',
    version: 2,
  });
  expect(await errorsOf('designateProvider', { ...form, version: 1 }, inJune)).toEqual(['VERSION_CONFLICT version']);
  expect(await errorsOf('designateProvider', { ...form, providerCode: 'H32032200001' }, inJune)).toEqual([
    'VALIDATION_FAILED providerCode',
  ]);
  const wrong = {
    ...form,
    institutionId: 'in_SHUT',
    providerCode: 'X1',
    agreementNo: '',
    validTo: '2024-06-14',
    creditScore: '101',
    paymentMethods: [],
  };
  expect(await errorsOf('designateProvider', wrong, { ...far, ...inJune })).toEqual([
    'FORBIDDEN institutionId',
    'VALIDATION_FAILED institutionId',
    'VALIDATION_FAILED providerCode',
    'VALIDATION_FAILED agreementNo',
    'VALIDATION_FAILED validTo',
    'VALIDATION_FAILED validTo',
    'VALIDATION_FAILED creditScore',
    'VALIDATION_FAILED paymentMethods',
  ]);
  expect(
    await errorsOf('designateProvider', { ...form, institutionId: 'in_NONE', providerCode: 'H32032200109' }, inJune),
  ).toEqual(['NOT_FOUND institutionId']);
});

test('TV-86 a plan that pays less at the township than at the county is refused, and one that pays more is kept', async () => {
  const rule = {
    planCode: '390-3203',
    year: 2024,
    medicalCategory: 'INPATIENT',
    level: 'T',
    deductible: '200',
    ratio: '0.75',
  };
  expect(await errorsOf('upsertBenefitRule', rule, { ...poolBureau, ...inJune })).toEqual(['TILT_VIOLATED ratio']);
  expect(await errorsOf('upsertBenefitRule', { ...rule, ratio: '0.90', deductible: '501' }, inJune)).toEqual([
    'TILT_VIOLATED deductible',
  ]);
  const select = 'benefitRule { level ratio deductible repeatFactor version plan { code year } }';
  const kept = { ...rule, ratio: '0.92', noReferralPenalty: '0', repeatFactor: '0.5', version: 1 };
  expect(await writing.write('upsertBenefitRule', kept, { select, ...poolBureau, ...inJune })).toEqual({
    ok: true,
    errors: [],
    benefitRule: {
      level: 'T',
      ratio: '0.92',
      deductible: '200.00',
      repeatFactor: '0.50',
      version: 2,
      plan: { code: '390-3203', year: 2024 },
    },
  });
});

test('a rule is set by the bureau of the pooled region, for this year or later, with terms that make sense', async () => {
  const rule = {
    planCode: '390-3203',
    year: 2024,
    medicalCategory: 'OUTPATIENT',
    level: 'C',
    deductible: '0',
    ratio: '0.30',
  };
  expect(await errorsOf('upsertBenefitRule', rule, { ...bureau, ...inJune })).toEqual(['FORBIDDEN planCode']);
  const wrong = {
    ...rule,
    deductible: '-1',
    ratio: '0.305',
    ratioWithContract: '0.20',
    noReferralPenalty: '0.50',
    repeatFactor: '1.1',
  };
  expect(await errorsOf('upsertBenefitRule', wrong, { businessTime: '2025-01-01T09:00:00+08:00' })).toEqual([
    'VALIDATION_FAILED year',
    'VALIDATION_FAILED deductible',
    'VALIDATION_FAILED ratio',
    'VALIDATION_FAILED repeatFactor',
    'VALIDATION_FAILED ratioWithContract',
    'VALIDATION_FAILED noReferralPenalty',
    'TILT_VIOLATED deductible',
  ]);
  expect(await errorsOf('upsertBenefitRule', { ...rule, planCode: 'X' }, inJune)).toEqual(['NOT_FOUND planCode']);
  expect(await errorsOf('upsertBenefitRule', { ...rule, version: 4 }, inJune)).toEqual(['VERSION_CONFLICT version']);
});

test('an open lead is reviewed once, with a reason, by the bureau of the provider’s region', async () => {
  const lead = { providerCode: 'H32032200001', rule: 'HIGH_COST', raisedOn: '2024-06-01', status: 'OPEN' } as const;
  await writing.database.db.insert(fundAlerts).values({ ...lead, id: 'fl_A', updatedAt: '2024-06-01T00:00:00+08:00' });
  expect(await errorsOf('reviewFundAlert', { id: 'fl_A', status: 'OPEN', reason: ' ' }, { ...far, ...inJune })).toEqual(
    ['FORBIDDEN id', 'VALIDATION_FAILED status', 'VALIDATION_FAILED reason'],
  );
  const review = { id: 'fl_A', status: 'CONFIRMED', reason: '查实超标准收费', version: 1 };
  expect(
    await writing.write('reviewFundAlert', review, { select: 'fundAlert { status version }', ...bureau, ...inJune }),
  ).toEqual({
    ok: true,
    errors: [],
    fundAlert: { status: 'CONFIRMED', version: 2 },
  });
  const { version, ...again } = review;
  expect(await errorsOf('reviewFundAlert', again, inJune)).toEqual(['INVALID_TRANSITION id']);
  expect(await errorsOf('reviewFundAlert', { ...again, version }, inJune)).toEqual(['VERSION_CONFLICT version']);
  expect(await errorsOf('reviewFundAlert', { ...again, id: 'fl_NONE' }, inJune)).toEqual(['NOT_FOUND id']);
});
