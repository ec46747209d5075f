import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { headcountAllocations, headcountPools } from '../tables/headcount.ts';
import { allianceLead, commission, openWriting, stranger, townHospital, type Writing } from '../sample-writing.ts';

let writing: Writing;
const updatedAt = '2024-12-31T08:00:00+08:00';
const contract = { employmentKind: 'CONTRACT', primaryInstitutionId: 'in_LEAD' } as const;
const candidates = Array.from({ length: 20 }, (_, index) => `pr_C${index}`);

beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  const holders = Array.from({ length: 118 }, (_, index) => `pr_H${index}`);
  await writing.addPeople(
    ...holders.map((id) => ({ id, ...contract })),
    ...candidates.map((id) => ({ id, ...contract })),
    { id: 'pr_ONE', ...contract },
    { id: 'pr_TWO', ...contract },
    { id: 'pr_CITY', ...contract, primaryInstitutionId: 'in_CITY', employmentHiredById: 'in_CITY' },
    { id: 'pr_OUTSIDE', ...contract, primaryInstitutionId: 'in_TOWN2', employmentHiredById: 'in_TOWN2' },
    { id: 'pr_LEFT', ...contract, status: 'LEFT' },
  );
  await writing.database.db.insert(headcountPools).values([
    { id: 'hp_FULL', allianceId: 'al_ONE', year: 2024, approved: 120, updatedAt },
    { id: 'hp_REGION', regionCode: '320322', year: 2024, approved: 1, updatedAt },
  ]);
  const use = { poolId: 'hp_FULL', mode: 'COUNTY_HIRED_TOWNSHIP_USED', status: 'ACTIVE' } as const;
  await writing.database.db.insert(headcountAllocations).values(
    holders.map((practitionerId, index) => ({
      ...use,
      id: `ha_H${index}`,
      practitionerId,
      from: '2023-03-01',
      updatedAt,
      hiredById: 'in_LEAD',
      usedAtId: 'in_TOWN',
    })),
  );
});
afterAll(() => writing.database.close());

const use = {
  mode: 'COUNTY_HIRED_TOWNSHIP_USED',
  hiredById: 'in_LEAD',
  usedAtId: 'in_TOWN',
  from: '2024-12-31',
};

async function allocate(input: object): Promise<unknown> {
  return (await writing.write('allocateHeadcount', { ...use, poolId: 'hp_2024', ...input }))['errors'];
}

test('TV-74 of 20 parallel allocations of the last 2 posts of a pool of 120 exactly 2 win, the others find it exhausted', async () => {
  const answers = await Promise.all(
    candidates.map((practitionerId) =>
      writing.write('allocateHeadcount', { ...use, poolId: 'hp_FULL', practitionerId }, allianceLead),
    ),
  );
  const told = answers.map(({ errors }) => String(errors)).toSorted();
  expect(told).toEqual([...Array(2).fill(''), ...Array(18).fill('POOL_EXHAUSTED')]);
  const pool = 'headcountPools(allianceId: "al_ONE", year: 2024) { nodes { id approved allocated available } }';
  expect(await writing.read(`{ ${pool} }`)).toEqual({
    headcountPools: {
      nodes: expect.arrayContaining([{ id: 'hp_FULL', approved: 120, allocated: 120, available: 0 }]),
    },
  });
});

test('TV-75 a post used at the county hospital does not fit the mode', async () => {
  expect(await allocate({ practitionerId: 'pr_ONE', usedAtId: 'in_LEAD' })).toEqual(['MODE_MISMATCH usedAtId']);
  expect(await allocate({ practitionerId: 'pr_ONE', hiredById: 'in_CITY' })).toEqual(['MODE_MISMATCH hiredById']);
  const village = { mode: 'TOWNSHIP_HIRED_VILLAGE_USED', hiredById: 'in_TOWN' };
  expect(await allocate({ practitionerId: 'pr_ONE', ...village })).toEqual(['MODE_MISMATCH usedAtId']);
});

test('a pooled person is counted where the post is used, and with the hiring hospital again after the release', async () => {
  const select = `headcountAllocation { status from to usedAt { id } pool { id } version
    practitioner { employment { kind hiredBy { id } usedAt { id } from to } } }`;
  const asked = { ...use, poolId: 'hp_2024', practitionerId: 'pr_ONE', to: '2026-12-30', idempotencyKey: 'pool-1' };
  const given = await writing.write('allocateHeadcount', asked, { select: `headcountAllocation { id }` });
  expect(await writing.write('allocateHeadcount', asked, { select: `headcountAllocation { id }` })).toEqual(given);
  const { id } = Object(given['headcountAllocation']);
  const release = { id, releasedOn: '2025-03-31', reason: '调回' };
  const later = { businessTime: '2025-03-31T10:00:00+08:00' };
  expect(
    await writing.read('{ practitioner(id: "pr_ONE") { version employment { kind usedAt { id } from to } } }'),
  ).toEqual({
    practitioner: {
      version: 2,
      employment: { kind: 'POOL', usedAt: { id: 'in_TOWN' }, from: '2024-12-31', to: '2026-12-30' },
    },
  });
  const right = { prescriber: expect.any(Boolean), physician: expect.any(Boolean), licensed: expect.any(Boolean) };
  expect(await writing.changesOf('pr_ONE')).toEqual([['UPDATED', expect.objectContaining({ ...right, version: 2 })]]);
  expect((await writing.write('releaseHeadcount', release))['errors']).toEqual(['VALIDATION_FAILED releasedOn']);
  expect((await writing.write('releaseHeadcount', { ...release, version: 9 }, later))['errors']).toEqual([
    'VERSION_CONFLICT version',
  ]);
  expect((await writing.write('releaseHeadcount', release, { ...later, ...townHospital }))['errors']).toEqual([
    'FORBIDDEN id',
  ]);
  expect(
    await writing.write('releaseHeadcount', { ...release, version: 1 }, { select, ...later, ...allianceLead }),
  ).toEqual({
    ok: true,
    errors: [],
    headcountAllocation: {
      status: 'RELEASED',
      from: '2024-12-31',
      to: '2025-03-31',
      usedAt: { id: 'in_TOWN' },
      pool: { id: 'hp_2024' },
      version: 2,
      practitioner: {
        employment: {
          kind: 'CONTRACT',
          hiredBy: { id: 'in_LEAD' },
          usedAt: { id: 'in_LEAD' },
          from: '2025-04-01',
          to: null,
        },
      },
    },
  });
  expect(await writing.historyOf(id)).toEqual([
    [null, 'ACTIVE', null],
    ['ACTIVE', 'RELEASED', '调回'],
  ]);
  expect((await writing.write('releaseHeadcount', release, later))['errors']).toEqual(['INVALID_TRANSITION']);
});

test('a released post can be given to the next', async () => {
  const regional = { ...use, poolId: 'hp_REGION' };
  const first = await writing.write(
    'allocateHeadcount',
    { ...regional, practitionerId: 'pr_TWO' },
    { select: 'headcountAllocation { id }', ...commission },
  );
  expect(first['errors']).toEqual([]);
  expect(await allocate({ poolId: 'hp_REGION', practitionerId: 'pr_ONE', from: '2025-04-01' })).toEqual([
    'POOL_EXHAUSTED',
  ]);
  const { id } = Object(first['headcountAllocation']);
  expect((await writing.write('releaseHeadcount', { id, releasedOn: '2024-12-31' }, commission))['errors']).toEqual([]);
  expect(await allocate({ poolId: 'hp_REGION', practitionerId: 'pr_ONE', from: '2025-04-01' })).toEqual([]);
});

test('who is on an established post, or pooled already, has left, or is not known, gets no post', async () => {
  expect(await allocate({ practitionerId: 'pr_GP' })).toEqual(['VALIDATION_FAILED practitionerId']);
  expect(await allocate({ practitionerId: 'pr_SEC' })).toEqual(['SCHEDULE_CONFLICT practitionerId']);
  expect(await allocate({ practitionerId: 'pr_LEFT' })).toEqual(['VALIDATION_FAILED practitionerId']);
  expect(await allocate({ practitionerId: 'pr_NONE' })).toEqual(['NOT_FOUND practitionerId']);
});

test('no pool takes people of institutions that are neither in it nor their employer', async () => {
  const outside = ['VALIDATION_FAILED practitionerId'];
  expect(await allocate({ practitionerId: 'pr_CITY' })).toEqual(outside);
  expect(await allocate({ practitionerId: 'pr_OUTSIDE' })).toEqual(outside);
});

test('places outside the alliance, closed or unknown ones, short times and past days are refused', async () => {
  const practitionerId = 'pr_TWO';
  expect(await allocate({ practitionerId, usedAtId: 'in_TOWN2' })).toEqual(['VALIDATION_FAILED usedAtId']);
  expect(await allocate({ practitionerId, usedAtId: 'in_SHUT' })).toEqual(['VALIDATION_FAILED usedAtId']);
  expect(await allocate({ practitionerId, usedAtId: 'in_NONE' })).toEqual(['NOT_FOUND usedAtId']);
  expect(await allocate({ practitionerId, to: '2026-12-29' })).toEqual(['VALIDATION_FAILED to']);
  expect(await allocate({ practitionerId, from: '2024-12-30' })).toEqual(['VALIDATION_FAILED from']);
  expect(await allocate({ practitionerId, poolId: 'hp_NONE' })).toEqual(['NOT_FOUND poolId']);
});

test('only who leads the alliance of a pool, or the commission of its division, gives its posts', async () => {
  const input = { ...use, poolId: 'hp_FULL', practitionerId: 'pr_TWO' };
  expect((await writing.write('allocateHeadcount', input, townHospital))['errors']).toContain('FORBIDDEN poolId');
  expect((await writing.write('allocateHeadcount', { ...input, poolId: 'hp_REGION' }, stranger))['errors']).toContain(
    'FORBIDDEN poolId',
  );
});

test('a recruitment offers posts and fills them, never more than it offers', async () => {
  const form = {
    institutionId: 'in_TOWN',
    specialty: 'PAEDIATRICS',
    posts: 3,
    mode: 'OPEN_EXAM',
    openFrom: '2025-01-10',
  };
  const select = 'recruitment { id posts filled openTo version institution { id } specialty { display } }';
  const opened = await writing.write('openRecruitment', { ...form, openTo: '2025-03-31' }, { select, ...townHospital });
  expect(opened).toEqual({
    ok: true,
    errors: [],
    recruitment: {
      id: expect.stringMatching(/^ru_/),
      posts: 3,
      filled: 0,
      openTo: '2025-03-31',
      version: 1,
      institution: { id: 'in_TOWN' },
      specialty: { display: '儿科' },
    },
  });
  const { id } = Object(opened['recruitment']);
  const fill = async (filled: number, businessTime: string) =>
    (await writing.write('fillRecruitment', { id, filled }, { businessTime, ...townHospital }))['errors'];
  expect(await fill(1, '2025-01-09T10:00:00+08:00')).toEqual(['INVALID_TRANSITION']);
  expect(await fill(2, '2025-02-01T10:00:00+08:00')).toEqual([]);
  expect(await fill(2, '2025-02-01T10:00:00+08:00')).toEqual(['VALIDATION_FAILED filled']);
  expect(await fill(0, '2025-02-01T10:00:00+08:00')).toEqual(['VALIDATION_FAILED filled']);
  expect(await fill(1, '2025-04-20T10:00:00+08:00')).toEqual([]);
  const wrong = { ...form, institutionId: 'in_SHUT', specialty: '?', posts: 0, openFrom: '2024-12-30' };
  expect((await writing.write('openRecruitment', wrong))['errors']).toEqual([
    'VALIDATION_FAILED institutionId',
    'VALIDATION_FAILED specialty',
    'VALIDATION_FAILED openFrom',
    'VALIDATION_FAILED posts',
  ]);
  expect((await writing.write('openRecruitment', form, stranger))['errors']).toEqual(['FORBIDDEN institutionId']);
  expect((await writing.write('fillRecruitment', { id, filled: 1 }, stranger))['errors']).toContain('FORBIDDEN id');
});
