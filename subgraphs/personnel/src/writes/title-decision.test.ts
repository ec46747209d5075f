import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { commission, leadHospital, openWriting, townHospital, allianceLead, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  await writing.addPeople(
    ...['PASS', 'FAIL', 'WAIT', 'SAME', 'GONE', 'RACE'].map((name) => ({
      id: `pr_${name}`,
      title: '234',
      titleLevel: 'JUNIOR' as const,
      primaryCareYears: '3.0',
    })),
  );
});
afterAll(() => writing.database.close());

const passed = { result: 'PASSED', title: '233', satisfaction: '92', decidedOn: '2024-12-31' };
const failed = { result: 'FAILED', satisfaction: '92', decidedOn: '2024-12-31', reason: '技能考核不合格' };

/** Applies for a mid-level title of the year on the primary-care path; the review's id. */
async function apply(practitionerId: string, more: object = {}): Promise<string> {
  const application = { practitionerId, targetLevel: 'MID', year: 2024, serviceVolume: 4500, skill: '80', ...more };
  const answer = await writing.write(
    'submitTitleReview',
    { paperWaived: true, ...application },
    { select: 'titleReview { id }', ...townHospital },
  );
  expect(answer['errors']).toEqual([]);
  return Object(answer['titleReview']).id;
}

async function decide(input: object, asking: object = commission): Promise<readonly unknown[]> {
  return Object((await writing.write('decideTitleReview', input, asking))['errors']);
}

test('who passes a title review holds the title from the day of the decision, with the score of TV-83', async () => {
  const id = await apply('pr_PASS');
  const select = `titleReview { id result score satisfactionUsed decidedOn version practitioner { title { code } titleLevel version }
    history { from to by { id } reason } }`;
  const caller = { ...commission.caller, practitionerId: 'pr_GP' };
  expect(await writing.write('decideTitleReview', { id, ...passed, version: 1 }, { select, caller })).toEqual({
    ok: true,
    errors: [],
    titleReview: {
      id,
      result: 'PASSED',
      score: '88.60',
      satisfactionUsed: '92.00',
      decidedOn: '2024-12-31',
      version: 2,
      practitioner: { title: { code: '233' }, titleLevel: 'MID', version: 2 },
      history: [
        { from: null, to: 'PENDING', by: null, reason: null },
        { from: 'PENDING', to: 'PASSED', by: { id: 'pr_GP' }, reason: null },
      ],
    },
  });
  expect((await writing.changesOf(id)).at(-1)).toEqual([
    'UPDATED',
    {
      practitionerId: 'pr_PASS',
      targetLevel: 'MID',
      year: 2024,
      paperWaived: true,
      result: 'PASSED',
      decidedOn: '2024-12-31',
      version: 2,
    },
  ]);
  expect(await writing.changesOf('pr_PASS')).toEqual([
    [
      'UPDATED',
      {
        primaryInstitutionId: 'in_TOWN',
        category: 'PHYSICIAN',
        titleLevel: 'MID',
        status: 'ACTIVE',
        prescriber: true,
        physician: true,
        licensed: true,
        licensedUntil: '2025-12-31',
        version: 2,
      },
    ],
  ]);
  expect(await decide({ id, ...failed })).toEqual(['INVALID_TRANSITION']);
});

test('who fails keeps the title, and is told why', async () => {
  const id = await apply('pr_FAIL');
  expect(await decide({ id, ...failed, reason: ' ' })).toEqual(['VALIDATION_FAILED reason']);
  const select =
    'titleReview { result score practitioner { title { code } titleLevel version } history { to reason } }';
  expect(await writing.write('decideTitleReview', { id, ...failed }, { select, ...commission })).toEqual({
    ok: true,
    errors: [],
    titleReview: {
      result: 'FAILED',
      score: '88.60',
      practitioner: { title: { code: '234' }, titleLevel: 'JUNIOR', version: 1 },
      history: [
        { to: 'PENDING', reason: null },
        { to: 'FAILED', reason: '技能考核不合格' },
      ],
    },
  });
  expect(await writing.changesOf('pr_FAIL')).toEqual([]);
});

test('only the health commission over the applicant decides: no institution, no alliance, nobody for themselves', async () => {
  const id = await apply('pr_WAIT');
  const elsewhere = { caller: { ...commission.caller, regionCodes: ['320324'] } };
  const herself = { caller: { ...commission.caller, practitionerId: 'pr_WAIT' } };
  for (const asking of [townHospital, leadHospital, allianceLead, elsewhere, herself])
    expect(await decide({ id, ...passed }, asking)).toEqual(['FORBIDDEN id']);
  expect(await decide({ id: 'tv_NONE', ...passed })).toEqual(['NOT_FOUND id']);
  expect(await decide({ id, ...passed, version: 7 })).toEqual(['VERSION_CONFLICT version']);
});

test('a decision names a title of the level, a day since the application, and what the path asks for, all faults at once', async () => {
  const id = await apply('pr_SAME');
  expect(await decide({ id, ...passed, result: 'PENDING' })).toEqual(['VALIDATION_FAILED result']);
  expect(await decide({ id, result: 'PASSED', title: '232', satisfaction: '100.01', decidedOn: '2025-01-01' })).toEqual(
    ['VALIDATION_FAILED decidedOn', 'VALIDATION_FAILED satisfaction', 'VALIDATION_FAILED title'],
  );
  expect(await decide({ id, result: 'PASSED', decidedOn: '2024-12-30' })).toEqual([
    'VALIDATION_FAILED decidedOn',
    'VALIDATION_FAILED satisfaction',
    'VALIDATION_FAILED title',
  ]);
  expect(await decide({ id, ...passed, title: '999' })).toEqual(['VALIDATION_FAILED title']);
  await writing.database.sql`update practitioners set title_level = 'MID' where id = 'pr_SAME'`;
  expect(await decide({ id, ...passed })).toEqual(['INVALID_TRANSITION']);
});

test('nothing is decided before the institution has told the figures, nor for who has left', async () => {
  const { serviceVolume, skill, ...applied } = { serviceVolume: 4500, skill: '80', practitionerId: 'pr_GONE' };
  const self = {
    caller: { role: 'FAMILY_DOCTOR', kind: 'PERSON', practitionerId: 'pr_GONE', institutionId: 'in_TOWN' },
  } as const;
  const application = { ...applied, targetLevel: 'MID', year: 2024, paperWaived: true };
  const asked = await writing.write('submitTitleReview', application, { select: 'titleReview { id }', ...self });
  const { id } = Object(asked['titleReview']);
  expect(await decide({ id, ...passed })).toEqual(['INVALID_TRANSITION']);
  expect(await apply('pr_GONE', { serviceVolume, skill })).toBe(id);
  await writing.database.sql`update practitioners set status = 'LEFT' where id = 'pr_GONE'`;
  expect(await decide({ id, ...passed })).toEqual(['VALIDATION_FAILED id']);
});

test('eight decisions of one moment are one', async () => {
  const id = await apply('pr_RACE');
  const all = await Promise.all([1, 2, 3, 4].flatMap(() => [decide({ id, ...passed }), decide({ id, ...failed })]));
  const refused = Array.from({ length: 7 }, () => ['INVALID_TRANSITION']);
  expect(all.toSorted((a, b) => a.length - b.length)).toEqual([[], ...refused]);
});
