import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask } from '../sample-caller.ts';
import { commission, openWriting, stranger, townHospital, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  await writing.addPeople(
    { id: 'pr_83', primaryCareYears: '1.0' },
    { id: 'pr_NEW', primaryCareYears: '0.9' },
    { id: 'pr_FIVE', primaryCareYears: '5.0' },
    { id: 'pr_LEFT', status: 'LEFT' },
  );
});
afterAll(() => writing.database.close());

const application = {
  practitionerId: 'pr_83',
  targetLevel: 'ASSOCIATE_SENIOR',
  year: 2024,
  serviceVolume: 4500,
  skill: '80',
  paperWaived: true,
};

test('TV-83 4,500 of 5,000 visits, satisfaction 92 and skill 80 give 88.60 to who applies', async () => {
  const select =
    'titleReview { id targetLevel year serviceVolume skill paperWaived result version practitioner { id } }';
  const self = {
    caller: { role: 'FAMILY_DOCTOR', kind: 'PERSON', practitionerId: 'pr_83', institutionId: 'in_TOWN' },
  } as const;
  const { serviceVolume, skill, ...applied } = application;
  expect(await writing.write('submitTitleReview', application, self)).toEqual({
    ok: false,
    errors: ['FORBIDDEN serviceVolume', 'FORBIDDEN skill'],
  });
  const review = {
    id: expect.stringMatching(/^tv_/),
    practitioner: { id: 'pr_83' },
    version: 1,
    targetLevel: 'ASSOCIATE_SENIOR',
    year: 2024,
    serviceVolume: null,
    skill: null,
    paperWaived: true,
    result: 'PENDING',
  };
  expect(await writing.write('submitTitleReview', applied, { select, ...self })).toEqual({
    ok: true,
    errors: [],
    titleReview: review,
  });
  const missing = ['VALIDATION_FAILED serviceVolume', 'VALIDATION_FAILED skill'];
  expect((await writing.write('submitTitleReview', applied, townHospital))['errors']).toEqual(missing);
  expect(await writing.write('submitTitleReview', application, { select, ...townHospital })).toEqual({
    ok: true,
    errors: [],
    titleReview: { ...review, serviceVolume, skill: `${skill}.00`, version: 2 },
  });
  const of = [{ __typename: 'Practitioner', id: 'pr_83', contractSatisfaction: '92' }];
  const query =
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Practitioner { titleReviewScore } } }';
  expect((await ask(writing.subgraph, query, { of })).data).toEqual({ _entities: [{ titleReviewScore: '88.60' }] });
  const again = await writing.write('submitTitleReview', application);
  expect(again['errors']).toEqual(['INVALID_TRANSITION']);
});

test('a title is applied for upwards, without a paper only after a year in primary care, this year or next', async () => {
  const errors = async (change: object, asking = {}) =>
    (await writing.write('submitTitleReview', { ...application, practitionerId: 'pr_NEW', ...change }, asking))[
      'errors'
    ];
  expect(await errors({})).toEqual(['VALIDATION_FAILED paperWaived']);
  expect(await errors({ paperWaived: false, targetLevel: 'MID' })).toEqual(['VALIDATION_FAILED targetLevel']);
  expect(await errors({ paperWaived: false, year: 2023 })).toEqual(['VALIDATION_FAILED year']);
  expect(await errors({ paperWaived: false, serviceVolume: -1 })).toEqual(['VALIDATION_FAILED serviceVolume']);
  expect(await errors({ paperWaived: false, skill: '100.01' })).toEqual(['VALIDATION_FAILED skill']);
  expect(await errors({ paperWaived: false }, stranger)).toEqual(['FORBIDDEN practitionerId']);
  expect(await errors({ practitionerId: 'pr_NONE' })).toEqual(['NOT_FOUND practitionerId']);
  expect(await errors({ practitionerId: 'pr_LEFT' })).toEqual(['VALIDATION_FAILED practitionerId']);
  expect(await errors({ paperWaived: false, year: 2025 }, townHospital)).toEqual([]);
});

test('an appraisal is scored, graded and recorded once for a period that has ended', async () => {
  const form = { practitionerId: 'pr_NEW', period: '2024', workload: '90', quality: '88', satisfaction: '85.5' };
  const select = 'performanceRecord { period score grade amount practitioner { id } }';
  expect(await writing.write('recordPerformance', { ...form, amount: '28000' }, { select, ...townHospital })).toEqual({
    ok: true,
    errors: [],
    performanceRecord: {
      period: '2024',
      score: '88.05',
      grade: 'B',
      amount: '28000.00',
      practitioner: { id: 'pr_NEW' },
    },
  });
  const errors = async (change: object, asking = {}) =>
    (await writing.write('recordPerformance', { ...form, ...change }, asking))['errors'];
  expect(await errors({})).toEqual(['INVALID_TRANSITION']);
  expect(await errors({ period: '2025-Q1' })).toEqual(['VALIDATION_FAILED period']);
  expect(await errors({ period: '2024-03' })).toEqual(['VALIDATION_FAILED period']);
  expect(
    await errors({ period: '2024-Q4', workload: '100.01', quality: '-1', satisfaction: '1.234', amount: '-5' }),
  ).toEqual([
    'VALIDATION_FAILED workload',
    'VALIDATION_FAILED quality',
    'VALIDATION_FAILED satisfaction',
    'VALIDATION_FAILED amount',
  ]);
  expect(await errors({ period: '2024-Q4' }, stranger)).toEqual(['FORBIDDEN practitionerId']);
});

test('an allowance is what the years in primary care give, once at a time', async () => {
  const form = {
    practitionerId: 'pr_FIVE',
    kind: 'PRIMARY_CARE_YEARS',
    amount: '200',
    from: '2025-01-01',
    basis: '满5年',
  };
  const select = 'allowance { kind amount from to basis practitioner { id } }';
  const granted = await writing.write('grantAllowance', form, { select, ...townHospital });
  expect(granted).toEqual({
    ok: true,
    errors: [],
    allowance: {
      kind: 'PRIMARY_CARE_YEARS',
      amount: '200.00',
      from: '2025-01-01',
      to: null,
      basis: '满5年',
      practitioner: { id: 'pr_FIVE' },
    },
  });
  const errors = async (change: object, asking = {}) =>
    (await writing.write('grantAllowance', { ...form, ...change }, asking))['errors'];
  expect(await errors({})).toEqual(['SCHEDULE_CONFLICT from']);
  expect(await errors({ amount: '400' })).toEqual(['VALIDATION_FAILED amount']);
  expect(await errors({ practitionerId: 'pr_NEW' })).toEqual(['VALIDATION_FAILED kind']);
  expect(await errors({ kind: 'HARDSHIP_AREA', amount: '0' })).toEqual(['VALIDATION_FAILED amount']);
  expect(await errors({ kind: 'HARDSHIP_AREA', to: '2024-12-31' })).toEqual(['VALIDATION_FAILED to']);
  expect(await errors({ kind: 'HARDSHIP_AREA' }, stranger)).toEqual(['FORBIDDEN practitionerId']);
  expect(await errors({ kind: 'HARDSHIP_AREA' }, commission)).toEqual([]);
});

test('an institution gives its own awards, the health commission those of the county, each once', async () => {
  const form = {
    practitionerId: 'pr_FIVE',
    kind: 'INSTITUTION',
    title: '先进工作者',
    on: '2024-12-30',
    basis: '年度考核',
  };
  const select = 'award { kind title on basis practitioner { id } }';
  expect(await writing.write('recordAward', form, { select, ...townHospital })).toEqual({
    ok: true,
    errors: [],
    award: {
      kind: 'INSTITUTION',
      title: '先进工作者',
      on: '2024-12-30',
      basis: '年度考核',
      practitioner: { id: 'pr_FIVE' },
    },
  });
  const errors = async (change: object, asking: object = townHospital) =>
    (await writing.write('recordAward', { ...form, ...change }, asking))['errors'];
  expect(await errors({})).toEqual(['INVALID_TRANSITION']);
  expect(await errors({ kind: 'COUNTY', title: '优秀医生' })).toEqual(['FORBIDDEN kind']);
  expect(await errors({ kind: 'COUNTY', title: '优秀医生' }, commission)).toEqual([]);
  expect(await errors({ kind: 'CITY', title: '名医' }, commission)).toEqual(['FORBIDDEN kind']);
  expect(await errors({ title: '', on: '2025-01-01' })).toEqual(['VALIDATION_FAILED title', 'VALIDATION_FAILED on']);
});

test('income from contract service never counts as performance pay', async () => {
  const form = { practitionerId: 'pr_NEW', period: '2024-12', source: 'CONTRACT_SERVICE', amount: '1200' };
  const select = 'incomeItem { period source amount countsTowardPerformancePay practitioner { id } }';
  expect(await writing.write('recordIncome', form, { select, ...townHospital })).toEqual({
    ok: true,
    errors: [],
    incomeItem: {
      period: '2024-12',
      source: 'CONTRACT_SERVICE',
      amount: '1200.00',
      countsTowardPerformancePay: false,
      practitioner: { id: 'pr_NEW' },
    },
  });
  const performance = await writing.write(
    'recordIncome',
    { ...form, source: 'PERFORMANCE', amount: '4900' },
    { select: 'incomeItem { countsTowardPerformancePay }' },
  );
  expect(performance['incomeItem']).toEqual({ countsTowardPerformancePay: true });
  const errors = async (change: object, asking = {}) =>
    (await writing.write('recordIncome', { ...form, ...change }, asking))['errors'];
  expect(await errors({ countsTowardPerformancePay: true })).toEqual(['VALIDATION_FAILED countsTowardPerformancePay']);
  expect(await errors({ period: '2025-01' })).toEqual(['VALIDATION_FAILED period']);
  expect(await errors({ period: '2024' })).toEqual(['VALIDATION_FAILED period']);
  expect(await errors({ amount: '0' })).toEqual(['VALIDATION_FAILED amount']);
  expect(await errors({ amount: '1.234' })).toEqual(['VALIDATION_FAILED amount']);
  expect(await errors({}, stranger)).toEqual(['FORBIDDEN practitionerId']);
});

test('nobody appraises, pays or honours themselves', async () => {
  const self = {
    caller: { role: 'INST_ADMIN', kind: 'PERSON', institutionId: 'in_TOWN', practitionerId: 'pr_FIVE' },
  } as const;
  const practitionerId = 'pr_FIVE';
  const scores = { workload: '90', quality: '90', satisfaction: '90' };
  const asked: readonly (readonly [string, object])[] = [
    ['recordPerformance', { practitionerId, period: '2024', ...scores }],
    ['grantAllowance', { practitionerId, kind: 'SECONDMENT', amount: '500', from: '2025-01-01' }],
    ['recordAward', { practitionerId, kind: 'INSTITUTION', title: '最佳', on: '2024-12-30' }],
    ['recordIncome', { practitionerId, period: '2024-12', source: 'BASIC', amount: '9000' }],
  ];
  for (const [name, input] of asked) {
    expect({ name, ...(await writing.write(name, input, self)) }).toEqual({
      name,
      ok: false,
      errors: ['FORBIDDEN practitionerId'],
    });
    expect(await writing.write(name, input, townHospital)).toEqual({ ok: true, errors: [] });
  }
});

test('staff and doctors of an institution do not manage its people, its administrators and programs do', async () => {
  await writing.addPeople({ id: 'pr_OTHER', primaryCareYears: '5.0' });
  const practitionerId = 'pr_OTHER';
  const scores = { workload: '90', quality: '90', satisfaction: '90' };
  const asked: readonly (readonly [string, object, string])[] = [
    ['recordPerformance', { practitionerId, period: '2024', ...scores }, 'practitionerId'],
    ['grantAllowance', { practitionerId, kind: 'SECONDMENT', amount: '500', from: '2025-01-01' }, 'practitionerId'],
    ['recordAward', { practitionerId, kind: 'INSTITUTION', title: '最佳', on: '2024-12-30' }, 'kind'],
    ['recordIncome', { practitionerId, period: '2024-12', source: 'BASIC', amount: '9000' }, 'practitionerId'],
    ['submitTitleReview', { ...application, practitionerId }, 'practitionerId'],
  ];
  const of = { kind: 'PERSON', institutionId: 'in_TOWN', practitionerId: 'pr_FIVE' } as const;
  for (const [name, input, path] of asked) {
    for (const role of ['INST_STAFF', 'FAMILY_DOCTOR'] as const)
      expect(await writing.write(name, input, { caller: { ...of, role } })).toEqual({
        ok: false,
        errors: [`FORBIDDEN ${path}`],
      });
    const program = { role: 'PARTNER', kind: 'CLIENT', institutionId: 'in_TOWN' } as const;
    expect(await writing.write(name, input, { caller: program })).toEqual({ ok: true, errors: [] });
  }
});
